"""One router a file: decode, call, encode."""

from tutor.api.routes import batches, checks, comparisons, deductions, health, jobs, kinds, live, students

ROUTERS = (checks.router, live.router, batches.router, jobs.router, comparisons.router, deductions.router,
           kinds.router, students.router, health.router)  # fmt: skip
