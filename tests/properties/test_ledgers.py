"""Whatever is asked of them, in whatever order: the ledger in memory and the one in a database say the same."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tutor.store import make_engine, upgrade
from workers.errors import UnknownJobError
from workers.ledger import Chunk, ItemReport, Job, JobKind, Ledger
from workers.memory_ledger import MemoryLedger
from workers.principal import Principal
from workers.sql_ledger import SqlLedger
from workers.tables import metadata
from workers.work import Answer

JOBS = st.sampled_from(["j1", "j2"])
TENANTS = st.sampled_from(["school", "club"])
STUDENTS = st.sampled_from([None, "mira", "\0"])
OWNERS = st.sampled_from(["a", "b"])
TASKS = st.sampled_from(["t1", "t2", "t3"])
TIMES = st.integers(0, 3).map(float)
NUMBERS = st.integers(-1, 4)
REPORTS = st.builds(
    ItemReport, n=NUMBERS, label=st.sampled_from(["supported", "refuted"]), row=st.none() | st.binary(max_size=4)
)
ANSWERS = st.lists(st.builds(Answer, steps=st.tuples(st.text(max_size=3)), id=st.none() | st.integers()), max_size=4)


def outcome(call: Callable[[], Any]) -> Any:
    """What was returned, or how it failed."""
    try:
        return call()
    except (ValueError, UnknownJobError) as error:
        return type(error), str(error)


class Ledgers(RuleBasedStateMachine):
    folder: TemporaryDirectory[str]
    database: SqlLedger

    def __init__(self) -> None:
        super().__init__()
        engine = make_engine(f"sqlite:///{Path(self.folder.name) / 'ledger.db'}")
        upgrade(engine)
        with engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
        self.database = SqlLedger(engine)
        self.memory = MemoryLedger()

    def teardown(self) -> None:
        self.database.close()

    def both(self, call: Callable[[Ledger], Any]) -> None:
        assert outcome(lambda: call(self.memory)) == outcome(lambda: call(self.database))

    @rule(
        job=JOBS, tenant=TENANTS, student=STUDENTS, created=TIMES, answers=ANSWERS, more=st.integers(0, 1),
        kind=st.sampled_from(JobKind), owner=OWNERS, until=TIMES,
    )  # fmt: skip
    def open(
        self, job: str, tenant: str, student: str | None, created: float, answers: list[Answer], more: int,
        kind: JobKind, owner: str, until: float,
    ) -> None:  # fmt: skip
        total = max(1, len(answers) + more - (len(answers) > 3))
        principal = Principal(tenant=tenant, student=student)
        made = Job(id=job, kind=kind, principal=principal, created=created, total=total)
        self.both(lambda ledger: ledger.open(made, answers, owner, until))

    @rule(job=JOBS, task=TASKS, numbers=st.lists(NUMBERS, max_size=3))
    def assign(self, job: str, task: str, numbers: list[int]) -> None:
        self.both(lambda ledger: ledger.assign(job, task, numbers))

    @rule(job=JOBS, reports=st.lists(REPORTS, max_size=4), now=TIMES)
    def record(self, job: str, reports: list[ItemReport], now: float) -> None:
        self.both(lambda ledger: ledger.record(job, reports, now))

    @rule(job=JOBS, n=NUMBERS, now=TIMES)
    def record_late(self, job: str, n: int, now: float) -> None:
        self.both(lambda ledger: ledger.record_late(job, n, 0, "supported", "computed", now))

    @rule(job=JOBS, now=TIMES)
    def cancel(self, job: str, now: float) -> None:
        self.both(lambda ledger: ledger.cancel(job, now))

    @rule(job=JOBS, chunk=st.builds(Chunk, seq=st.integers(0, 3), text=st.text(max_size=3), final=st.booleans()))
    def add_chunk(self, job: str, chunk: Chunk) -> None:
        self.both(lambda ledger: ledger.add_chunk(job, chunk))

    @rule(owner=OWNERS, until=TIMES)
    def renew(self, owner: str, until: float) -> None:
        self.both(lambda ledger: ledger.renew(owner, until))

    @rule(owner=OWNERS, now=TIMES, until=TIMES)
    def adopt(self, owner: str, now: float, until: float) -> None:
        self.both(lambda ledger: ledger.adopt(owner, now, until))

    @rule(tenant=TENANTS, student=STUDENTS.filter(bool), now=TIMES)
    def erase(self, tenant: str, student: str, now: float) -> None:
        self.both(lambda ledger: ledger.erase(tenant, student, now))

    @rule(job=JOBS, start=NUMBERS, limit=st.integers(0, 3))
    def page(self, job: str, start: int, limit: int) -> None:
        self.both(lambda ledger: ledger.open_items(job, start, limit))
        self.both(lambda ledger: ledger.reports(job, start, limit))

    @invariant()
    def they_say_the_same(self) -> None:
        for tenant in ("school", "club"):
            self.both(lambda ledger, tenant=tenant: ledger.jobs(tenant, 10))  # type: ignore[misc]
            self.both(lambda ledger, tenant=tenant: sorted(ledger.tasks_of(tenant, "mira")))  # type: ignore[misc]
        for job in ("j1", "j2"):
            self.both(lambda ledger, job=job: ledger.job(job, "school"))  # type: ignore[misc]
            self.both(lambda ledger, job=job: ledger.open_items(job, -1, 10))  # type: ignore[misc]
            self.both(lambda ledger, job=job: ledger.reports(job, 0, 10))  # type: ignore[misc]
            self.both(lambda ledger, job=job: ledger.chunks(job))  # type: ignore[misc]


class TestLedgers(Ledgers.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

    @classmethod
    def setup_class(cls) -> None:
        Ledgers.folder = TemporaryDirectory()

    @classmethod
    def teardown_class(cls) -> None:
        Ledgers.folder.cleanup()
