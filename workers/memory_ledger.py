"""The ledger's double: the same promises, kept only as long as the process."""

import threading
from collections import Counter
from collections.abc import Sequence

import msgspec

from workers.errors import UnknownJobError
from workers.ledger import Chunk, Item, ItemReport, Job, JobState
from workers.work import Answer


class _Record:
    """A job with everything under it."""

    def __init__(self, job: Job, answers: Sequence[Answer], owner: str) -> None:
        self.job = job
        self.owner = owner
        self.answers = dict(enumerate(answers))
        self.packed: dict[int, str] = {}
        self.tasks: dict[str, None] = {}
        self.reports: dict[int, ItemReport] = {}
        self.late: dict[tuple[int, int], tuple[str, str, float]] = {}
        self.chunks: dict[int, Chunk] = {}
        self.seen: set[int] = set()
        """Sequence numbers of chunks, which outlive their texts."""

    @property
    def is_open(self) -> bool:
        return self.job.state is JobState.OPEN

    def end(self, state: JobState, now: float) -> None:
        self.job = msgspec.structs.replace(self.job, state=state, finished=now)

    def is_of(self, tenant: str, student: str) -> bool:
        return (self.job.principal.tenant, self.job.principal.student) == (tenant, student)

    def forget(self) -> int:
        rows = [report for report in self.reports.values() if report.row is not None]
        gone = len(self.answers) + len(self.chunks) + len(rows)
        self.answers.clear()
        self.chunks.clear()
        self.reports |= {report.n: msgspec.structs.replace(report, row=None) for report in rows}
        return gone


class MemoryLedger:
    """Every call is one step under one lock."""

    def __init__(self) -> None:
        self._records: dict[str, _Record] = {}
        self._alive: dict[str, float] = {}
        self._lock = threading.Lock()

    def open(self, job: Job, answers: Sequence[Answer], owner: str, until: float) -> None:
        if len(answers) > job.total:
            raise ValueError(f"a job of {job.total} cannot hold {len(answers)} answers")
        with self._lock:
            if job.id not in self._records:
                self._records[job.id] = _Record(job, answers, owner)
                self._alive[owner] = until

    def job(self, job_id: str, tenant: str) -> Job | None:
        with self._lock:
            record = self._records.get(job_id)
            return record.job if record and record.job.principal.tenant == tenant else None

    def jobs(self, tenant: str, limit: int) -> list[Job]:
        with self._lock:
            mine = [record.job for record in self._records.values() if record.job.principal.tenant == tenant]
        return sorted(mine, key=lambda job: (job.created, job.id), reverse=True)[:limit]

    def assign(self, job_id: str, task: str, numbers: Sequence[int]) -> None:
        with self._lock:
            record = self._known(job_id)
            record.tasks[task] = None
            record.packed |= dict.fromkeys(numbers, task)

    def open_items(self, job_id: str, after: int, limit: int) -> list[Item]:
        with self._lock:
            record = self._records.get(job_id)
            if record is None or not record.is_open:
                return []
            numbers = [n for n in sorted(record.answers) if n > after and n not in record.reports][:limit]
            return [Item(n=n, answer=record.answers[n], task=record.packed.get(n, "")) for n in numbers]

    def record(self, job_id: str, reports: Sequence[ItemReport], now: float) -> int:
        with self._lock:
            record = self._known(job_id)
            if any(not 0 <= report.n < record.job.total for report in reports):
                raise ValueError(f"job {job_id} has answers 0 to {record.job.total - 1}")
            if not record.is_open:
                return 0
            before = len(record.reports)
            for report in reports:
                record.reports.setdefault(report.n, report)
            done = len(record.reports)
            labels = dict(Counter(report.label for report in record.reports.values()))
            record.job = msgspec.structs.replace(record.job, done=done, labels=labels)
            if done == record.job.total:
                record.end(JobState.DONE, now)
            return done - before

    def record_late(self, job_id: str, n: int, claim: int, label: str, reason: str, now: float) -> None:
        with self._lock:
            self._known(job_id).late.setdefault((n, claim), (label, reason, now))

    def reports(self, job_id: str, start: int, limit: int) -> list[ItemReport]:
        with self._lock:
            record = self._records.get(job_id)
            numbers = sorted(n for n in record.reports if n >= start)[:limit] if record else []
            return [record.reports[n] for n in numbers] if record else []

    def cancel(self, job_id: str, now: float) -> bool:
        with self._lock:
            record = self._records.get(job_id)
            if record is None or not record.is_open:
                return False
            record.end(JobState.CANCELLED, now)
            return True

    def add_chunk(self, job_id: str, chunk: Chunk) -> bool:
        with self._lock:
            record = self._known(job_id)
            if not record.is_open or chunk.seq in record.seen:
                return False
            record.seen.add(chunk.seq)
            record.chunks[chunk.seq] = chunk
            return True

    def chunks(self, job_id: str) -> list[Chunk]:
        with self._lock:
            record = self._records.get(job_id)
            return [record.chunks[seq] for seq in sorted(record.chunks)] if record else []

    def renew(self, owner: str, until: float) -> None:
        with self._lock:
            self._alive[owner] = until

    def adopt(self, owner: str, now: float, until: float) -> list[Job]:
        with self._lock:
            self._alive = {name: end for name, end in self._alive.items() if end >= now} | {owner: until}
            left = [r for r in self._records.values() if r.is_open and r.owner not in self._alive]
            for record in left:
                record.owner = owner
            return sorted((record.job for record in left), key=lambda job: (job.created, job.id))

    def tasks_of(self, tenant: str, student: str) -> list[str]:
        with self._lock:
            return list({t: None for r in self._records.values() if r.is_of(tenant, student) for t in r.tasks})

    def erase(self, tenant: str, student: str, now: float) -> int:
        with self._lock:
            theirs = [record for record in self._records.values() if record.is_of(tenant, student)]
            for record in theirs:
                if record.is_open:
                    record.end(JobState.CANCELLED, now)
            return sum(record.forget() for record in theirs)

    def close(self) -> None:
        """What was kept stays for whoever still holds this ledger."""

    def _known(self, job_id: str) -> _Record:
        if job_id not in self._records:
            raise UnknownJobError(f"there is no job {job_id}")
        return self._records[job_id]
