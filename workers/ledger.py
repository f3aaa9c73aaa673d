"""The job ledger's port: what was asked, by which principal, what is answered. Submit side only.

Append-only rows hold ids and labels; all personal text (questions, answers, reports) sits in one table that `erase`
empties. `MemoryLedger` is the double, `SqlLedger` (`sql_ledger.py`) the real one; one contract suite for both
(`tests/contracts/test_ledger.py`).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from workers.principal import Principal
from workers.work import Answer


class JobKind(StrEnum):
    CHECK = "check"
    LIVE = "live"
    BATCH = "batch"
    COMPARE = "compare"


class JobState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """`created` and `finished` are Unix seconds. `done` of `total` answers have their report."""

    id: str
    kind: JobKind
    principal: Principal
    created: float
    total: int
    done: int = 0
    state: JobState = JobState.OPEN
    finished: float | None = None
    labels: dict[str, int] = {}
    """Reports so far by label."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a job, `n` counted from 0. `task` is the task it was last packed into, "" for none yet."""

    n: int
    answer: Answer
    task: str = ""


class ItemReport(msgspec.Struct, frozen=True, kw_only=True):
    """`row` is the JSON of a `rows.ReportRow`, None after erasure."""

    n: int
    label: str
    row: bytes | None


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of an answer that is still being written, in the sequence its author gave it. `step` begins a new step
    before the text.
    """

    seq: int
    text: str
    step: bool = False
    final: bool = False


class Ledger(Protocol):
    """Thread-safe and blocking: call it through `asyncio.to_thread`. Every write is one transaction; what returned is
    on disk.

    Every method raises `LedgerFullError` when the disk is, `UnavailableError` when the database is away or locked for
    long, and then nothing of the call has happened. Writing to a job that is not there raises `UnknownJobError`.
    """

    def open(self, job: Job, answers: Sequence[Answer], owner: str, until: float) -> None:
        """Takes a job on, with all its answers. Opening the same id again changes nothing.

        Raises:
            ValueError: more answers than `job.total`.
        """
        ...

    def job(self, job_id: str, tenant: str) -> Job | None: ...

    def jobs(self, tenant: str, limit: int) -> list[Job]:
        """Newest first."""
        ...

    def assign(self, job_id: str, task: str, numbers: Sequence[int]) -> None:
        """These answers travel together as `task`; after a restart they are packed the same way. A task that carries
        texts of the job beside its answers, as heavy formulas do, is assigned no numbers.
        """
        ...

    def open_items(self, job_id: str, after: int, limit: int) -> list[Item]:
        """Answers without a report whose number is above `after` (-1 for all), in order; of an open job only."""
        ...

    def record(self, job_id: str, reports: Sequence[ItemReport], now: float) -> int:
        """Writes reports down; for an answer that has one already the new one is dropped: a report is immutable.
        Returns how many were new. The job is done when all are there; one that was cancelled takes no more.

        Raises:
            ValueError: a number that is not from 0 to the job's total; nothing is written.
        """
        ...

    def record_late(self, job_id: str, n: int, claim: int, label: str, reason: str, now: float) -> None:
        """A verdict that came after its report, where it was `undecided(timeout)`."""
        ...

    def reports(self, job_id: str, start: int, limit: int) -> list[ItemReport]:
        """Reports there are, by number from `start`."""
        ...

    def cancel(self, job_id: str, now: float) -> bool:
        """False when it was no longer open."""
        ...

    def add_chunk(self, job_id: str, chunk: Chunk) -> bool:
        """Keeps a piece of a live answer; False when this sequence number is there already, or the job not open."""
        ...

    def chunks(self, job_id: str) -> list[Chunk]:
        """By sequence number."""
        ...

    def renew(self, owner: str, until: float) -> None:
        """The owner lives: its jobs stay its own until then."""
        ...

    def adopt(self, owner: str, now: float, until: float) -> list[Job]:
        """Takes over the open jobs whose owner has not renewed, of all kinds; returns them. No job is ever given to two
        owners.
        """
        ...

    def tasks_of(self, tenant: str, student: str) -> list[str]:
        """Task ids that carried this student's texts, for `Dispatcher.forget`."""
        ...

    def erase(self, tenant: str, student: str, now: float) -> int:
        """Deletes every text of a student; the rows of ids, labels and times stay. Returns how many texts went.

        The student's open jobs are cancelled, so that nothing under way brings a text back.
        """
        ...

    def close(self) -> None: ...
