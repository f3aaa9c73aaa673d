"""Jobs: what was accepted is in the ledger before anybody hears of it, and ends with exactly one report an answer,
whatever dies in between.

A process owns the jobs it took on and renews that; the jobs of one that is gone are adopted by another. Packs keep the
ids and members they were first sent with, so that work done elsewhere meanwhile is taken over instead of done again.
"""

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, TypeVar

import msgspec

from verifiers.verdicts import Checked
from workers.errors import (
    NOT_NOW,
    CancelledTaskError,
    ClosedJobError,
    FailedTaskError,
    LedgerFullError,
    UnavailableError,
    UnknownJobError,
)
from workers.events import Event, Reported
from workers.ledger import Item, ItemReport, Job, JobKind, JobState, Ledger
from workers.packing import packs
from workers.principal import Principal
from workers.service import CheckService, LateSink
from workers.work import Answer

_PAGE: Final = 500
"""Open answers taken from the ledger at a time."""
_RETRY: Final = 1.0
"""Seconds between two tries to write to a full disk or to reach a broker or database that is gone."""

_log = logging.getLogger("pramana.jobs")

T = TypeVar("T")


class _Label(msgspec.Struct):
    label: str


_LABEL: Final = msgspec.json.Decoder(_Label)


class Jobs:
    """Lives in one event loop, from `start` to `close`. `owner` names this process; `clock` gives Unix seconds."""

    def __init__(
        self, service: CheckService, ledger: Ledger, owner: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._service = service
        self._ledger = ledger
        self._owner = owner
        self._clock = clock
        self._clocks = service.config.clocks
        self._running: dict[str, asyncio.Task[None]] = {}
        self._background: set[asyncio.Task[Any]] = set()
        self._in_flight = 0
        self._freed = asyncio.Event()
        self._closing = False
        self._adopters: dict[JobKind, Callable[[Job], Awaitable[None]]] = {
            JobKind.CHECK: self._resume,
            JobKind.BATCH: self._resume,
        }

    def adopt_with(self, kind: JobKind, adopter: Callable[[Job], Awaitable[None]]) -> None:
        """Who goes on with jobs of this kind that another process left behind."""
        self._adopters[kind] = adopter

    async def start(self) -> None:
        """Takes over what a process before this one left open, and keeps doing so."""
        await self._renew()
        self._spawn(self._keep_renewing())

    async def close(self) -> None:
        """Lets go of everything: what is open stays open in the ledger, and whoever comes next may have it at once."""
        self._closing = True
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        try:
            await self._write(self._ledger.renew, self._owner, self._clock())
        except NOT_NOW:
            _log.warning("the ledger cannot be written: open jobs are adopted only when this process's lease lapses")

    async def check(self, principal: Principal, answer: Answer) -> bytes:
        """The report on one answer; both are in the ledger when it returns.

        Raises:
            UnavailableError: no worker can be asked; nothing was accepted.
            LedgerFullError: the answer could not be written down.
        """
        row = b""
        async for event in self._checked(principal, answer, follow=False):
            if isinstance(event, Reported):
                row = bytes(event.row)
        return row

    def follow(self, principal: Principal, answer: Answer) -> AsyncGenerator[Event, None]:
        """As `check`, step by step."""
        return self._checked(principal, answer, follow=True)

    async def submit(self, principal: Principal, answers: Sequence[Answer]) -> Job:
        """Accepts a batch: from here on every answer of it will get its report.

        Raises:
            LedgerFullError: nothing was accepted.
        """
        job = self._new(JobKind.BATCH, principal, len(answers))
        await self._open(job, answers)
        await self._resume(job)
        return job if answers else await self.job(job.id, principal)

    async def job(self, job_id: str, principal: Principal) -> Job:
        """
        Raises:
            UnknownJobError: there is none, or it is somebody else's.
        """
        job = await self._write(self._ledger.job, job_id, principal.tenant)
        if job is None or principal.student not in {None, job.principal.student}:
            raise UnknownJobError(f"there is no job {job_id}")
        return job

    async def jobs(self, principal: Principal, limit: int = 50) -> list[Job]:
        """The principal's jobs, newest first."""
        jobs = await self._write(self._ledger.jobs, principal.tenant, limit)
        return [job for job in jobs if principal.student in {None, job.principal.student}]

    async def reports(self, job_id: str, principal: Principal, start: int = 0, limit: int = 100) -> list[ItemReport]:
        """Reports there are so far, by number from `start`.

        Raises:
            UnknownJobError: there is no such job, or it is somebody else's.
        """
        await self.job(job_id, principal)
        return await self._write(self._ledger.reports, job_id, start, limit)

    async def cancel(self, job_id: str, principal: Principal) -> Job:
        """What has no report yet will get none.

        Raises:
            UnknownJobError: there is no such job, or it is somebody else's.
            ClosedJobError: it was done or cancelled already.
        """
        await self.job(job_id, principal)
        if not await self._write(self._ledger.cancel, job_id, self._clock()):
            raise ClosedJobError(f"job {job_id} is no longer open")
        if running := self._running.get(job_id):
            running.cancel()
        return await self.job(job_id, principal)

    async def _checked(self, principal: Principal, answer: Answer, *, follow: bool) -> AsyncGenerator[Event, None]:
        job = self._new(JobKind.CHECK, principal, 1)
        opened = self._spawn(self._open(job, [answer]))
        events = self._service.events(
            answer, principal, follow=follow, late=self._late_sink(job.id), task_id=f"{job.id}-0"
        )
        settled = False
        try:
            async for event in events:
                if isinstance(event, Reported):
                    await opened
                    await self._record(job.id, [report_of(0, bytes(event.row))])
                    settled = True
                yield event
        except (UnavailableError, LedgerFullError):
            settled = True
            self._spawn(self._withdraw(job, opened))
            raise
        finally:
            if not settled:
                self._spawn(self._take_over(job, opened))

    async def _take_over(self, job: Job, opened: asyncio.Task[None]) -> None:
        """Who asked has left: what was accepted gets its report all the same."""
        await opened
        await self._resume(job)

    async def _withdraw(self, job: Job, opened: asyncio.Task[None]) -> None:
        """Who asked was told that nothing came of it."""
        await asyncio.wait([opened])
        if opened.exception() is None:
            await self._until_written(self._ledger.cancel, job.id, self._clock())

    def _late_sink(self, job_id: str) -> LateSink:
        async def late(claim: int, checked: Checked) -> None:
            verdict = checked.verdict
            await self._write(
                self._ledger.record_late, job_id, 0, claim, verdict.label.value, verdict.reason.value, self._clock()
            )

        return late

    async def _resume(self, job: Job) -> None:
        """Goes on with a job that is this process's now."""
        if job.id not in self._running:
            task = self._running[job.id] = self._spawn(self._run(job))
            task.add_done_callback(lambda _: self._running.pop(job.id, None))

    async def _run(self, job: Job) -> None:
        """All open answers of a job, pack by pack, as many packs at once as keep the workers busy."""
        after = -1
        try:
            async with asyncio.TaskGroup() as group:
                while items := await self._until_written(self._ledger.open_items, job.id, after, _PAGE):
                    items = _whole_packs(items)
                    after = items[-1].n
                    for pack in _packed(items):
                        await self._slot()
                        group.create_task(self._run_pack(job, pack)).add_done_callback(self._free)
        except* CancelledTaskError:
            _log.info("job %s was cancelled", job.id)

    async def _run_pack(self, job: Job, pack: list[Item]) -> None:
        numbers = [item.n for item in pack]
        task_id = pack[0].task or f"{job.id}-{pack[0].n}"
        try:
            if not pack[0].task:
                await self._until_written(self._ledger.assign, job.id, task_id, numbers)
            rows: dict[int, bytes] = {}
            while len(rows) < len(pack):
                try:
                    answers = [item.answer for item in pack]
                    rows = {at: row async for at, row in self._service.check_pack(task_id, answers, job.principal)}
                except UnavailableError as error:
                    if isinstance(error, FailedTaskError):
                        await self._service.dispatcher.forget([task_id])
                    await asyncio.sleep(_RETRY)
            await self._record(job.id, [report_of(numbers[at], row) for at, row in sorted(rows.items())])
            await self._service.dispatcher.forget([task_id])
        except asyncio.CancelledError:
            if not self._closing:
                self._spawn(self._service.dispatcher.cancel(task_id))
            raise

    async def _slot(self) -> None:
        """Waits until another pack may be sent: enough to keep every worker busy, little enough for others."""
        while self._in_flight >= 2 * self._service.dispatcher.capacity + 2:
            self._freed.clear()
            await self._freed.wait()
        self._in_flight += 1

    def _free(self, _: asyncio.Task[None]) -> None:
        self._in_flight -= 1
        self._freed.set()

    async def _record(self, job_id: str, reports: list[ItemReport]) -> None:
        await self._until_written(self._ledger.record, job_id, reports, self._clock())

    async def _until_written(self, write: Callable[..., T], *arguments: Any) -> T:
        """A report that was made is not lost to a full disk or a database that restarts: it waits."""
        while True:
            try:
                return await self._write(write, *arguments)
            except NOT_NOW as error:
                _log.warning("%s; trying again every %g s", error, _RETRY)
                await asyncio.sleep(_RETRY)

    async def _write(self, call: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.to_thread(call, *arguments)

    async def _open(self, job: Job, answers: Sequence[Answer]) -> None:
        await self._write(self._ledger.open, job, answers, self._owner, self._clock() + self._clocks.lease)

    async def _keep_renewing(self) -> None:
        while True:
            await asyncio.sleep(self._clocks.renewal)
            try:
                await self._renew()
            except NOT_NOW as error:
                _log.warning("leases are not renewed: %s", error)

    async def _renew(self) -> None:
        now = self._clock()
        await self._write(self._ledger.renew, self._owner, now + self._clocks.lease)
        for job in await self._write(self._ledger.adopt, self._owner, now, now + self._clocks.lease):
            _log.info("job %s is adopted", job.id)
            if adopter := self._adopters.get(job.kind):
                await self._until_adopted(adopter, job)

    async def _until_adopted(self, adopter: Callable[[Job], Awaitable[None]], job: Job) -> None:
        """A job that is this process's now and that it did not begin would be nobody's."""
        while True:
            try:
                return await adopter(job)
            except NOT_NOW as error:
                _log.warning("job %s waits: %s", job.id, error)
                await asyncio.sleep(_RETRY)

    def _new(self, kind: JobKind, principal: Principal, total: int) -> Job:
        state = JobState.OPEN if total else JobState.DONE
        return Job(id=uuid.uuid4().hex, kind=kind, principal=principal, created=self._clock(), total=total, state=state)

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task


def _whole_packs(items: list[Item]) -> list[Item]:
    """Without a pack at the end that the page may have cut: it comes first on the next."""
    last = items[-1].task
    if len(items) < _PAGE or not last:
        return items
    return [item for item in items if item.task != last]


def _packed(items: list[Item]) -> Iterator[list[Item]]:
    """Packs that were sent before, as they were; then the rest."""
    sent = sorted((item for item in items if item.task), key=lambda item: (item.task, item.n))
    for _, members in groupby(sent, key=lambda item: item.task):
        yield list(members)
    for pack in packs([(item, item.answer) for item in items if not item.task]):
        yield [item for item, _ in pack]


def report_of(n: int, row: bytes) -> ItemReport:
    """A report as the ledger keeps it."""
    return ItemReport(n=n, label=_LABEL.decode(row).label, row=row)
