"""Answers checked while they are being written: pieces come in, events go out, one report at the end.

Each time sentences have closed, the answer so far is read again from its start, so that a claim is always read in the
same light as in the whole answer; what was said already is not said twice. Under load an answer is read less often in
between, never at the end. The report is that of the whole answer, whatever was said on the way.
"""

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, Final, TypeVar

import msgspec

from verifiers.checker import Reading
from verifiers.claims import Claim
from verifiers.rows import ReportRow, claim_row, decode_row
from workers.errors import NOT_NOW, ClosedJobError, UnavailableError, UnknownJobError
from workers.events import Event, Remarked, Reported, Restarted
from workers.jobs import report_of
from workers.ledger import Chunk, Job, JobKind, JobState, Ledger
from workers.live_session import EPOCH, LiveSession, Place, Standing
from workers.principal import Principal
from workers.service import CheckService
from workers.work import Answer

_RETRY: Final = 1.0

_log = logging.getLogger("pramana.live")

T = TypeVar("T")


class LiveConfig(msgspec.Struct, frozen=True, kw_only=True):
    """`pause` seconds pass at least between two readings of one answer, and `share` times what the last reading took.
    An answer has at most `characters`, and `ahead` pieces may come before the one that is missing. After `idle` seconds
    without a piece it counts as complete; `kept` seconds after the report its events can still be heard.
    """

    pause: float = 0.2
    share: float = 10.0
    characters: int = 200_000
    ahead: int = 1_000
    idle: float = 900.0
    kept: float = 600.0


class LiveChecks:
    """Lives in one event loop, from `start` to `close`. `prefix` begins every id: with several processes it says
    whose a check is.
    """

    def __init__(
        self,
        service: CheckService,
        ledger: Ledger,
        owner: str,
        config: LiveConfig = LiveConfig(),  # noqa: B008 - a frozen value
        prefix: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._service = service
        self._ledger = ledger
        self._owner = owner
        self._config = config
        self._prefix = prefix
        self._clock = clock
        self._sessions: dict[str, LiveSession] = {}
        self._watching: dict[str, asyncio.Task[None]] = {}
        self._background: set[asyncio.Task[Any]] = set()

    async def open(self, principal: Principal, question: str = "") -> str:
        """Begins a check; returns its id.

        Raises:
            LedgerFullError: nothing was accepted.
        """
        now = self._clock()
        job = Job(id=self._prefix + uuid.uuid4().hex, kind=JobKind.LIVE, principal=principal, created=now, total=1)
        until = now + self._service.config.clocks.lease
        answer = Answer(question=question, steps=())
        await asyncio.to_thread(self._ledger.open, job, [answer], self._owner, until)
        self._begin(job, question)
        return job.id

    async def add(self, check_id: str, principal: Principal, chunk: Chunk) -> int:
        """Takes a piece; one that was taken before changes nothing. Returns how many pieces from the first on are
        there without a gap: the next sequence number to send.

        Raises:
            UnknownJobError: there is no such check, or it is somebody else's.
            UnavailableError: the process that had it is gone, and nobody has taken it over yet.
            ClosedJobError: its last piece has come already, or it grew too long.
            LedgerFullError: the piece was not taken.
        """
        try:
            session = self._session(check_id, principal)
        except UnknownJobError:
            await self._done(check_id, principal)
            raise ClosedJobError(f"check {check_id} is complete and takes nothing more") from None
        if session.has(chunk.seq):
            return session.received
        if session.complete.is_set():
            raise ClosedJobError(f"check {check_id} is complete and takes nothing more")
        if session.characters + len(chunk.text) > self._config.characters:
            raise ClosedJobError(f"an answer may have {self._config.characters:,} characters at most")
        if chunk.seq > session.received + self._config.ahead:
            raise ClosedJobError(f"piece {session.received} is still missing; send that first")
        if await asyncio.to_thread(self._ledger.add_chunk, check_id, chunk):
            session.take(chunk)
        return session.received

    async def events(
        self, check_id: str, principal: Principal, after: int | None = None
    ) -> AsyncGenerator[tuple[int, Event], None]:
        """What is said of the check, numbered, from the one after `after` on; ends with the report.

        Raises:
            UnknownJobError: there is no such check, or it is somebody else's.
            UnavailableError: the process that had it is gone, and nobody has taken it over yet.
        """
        try:
            session = self._session(check_id, principal)
        except UnknownJobError:
            async for event in self._recorded(check_id, principal):
                yield event
            return
        told = session.transcript
        at = 0
        if after is not None:
            if told.first - 1 <= after < told.next:
                at = after - told.first + 1
            else:
                yield told.first - 1, Restarted()
        while await told.more(at):
            for numbered in told.log[at:]:
                yield numbered
                at += 1

    async def adopt(self, job: Job) -> None:
        """Goes on with a check that another process left behind."""
        if job.id in self._sessions:
            return
        items = await asyncio.to_thread(self._ledger.open_items, job.id, -1, 1)
        session = self._begin(job, items[0].answer.question if items else "")
        for chunk in await asyncio.to_thread(self._ledger.chunks, job.id):
            session.take(chunk)

    def forget(self, tenant: str, student: str) -> None:
        """Drops what is kept of a student's checks; one under way ends without a report."""
        for session in list(self._sessions.values()):
            principal = session.job.principal
            if (principal.tenant, principal.student) == (tenant, student):
                del self._sessions[session.job.id]
                self._watching.pop(session.job.id).cancel()

    async def close(self) -> None:
        """Lets go; what was taken is in the ledger, and whoever adopts a check goes on with it."""
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        for session in self._sessions.values():
            await session.transcript.say(last=True)

    async def _recorded(self, check_id: str, principal: Principal) -> AsyncGenerator[tuple[int, Event], None]:
        """Of a check whose events are gone the report is left."""
        await self._done(check_id, principal)
        number = int(self._clock()) * EPOCH
        yield number, Restarted()
        for report in await asyncio.to_thread(self._ledger.reports, check_id, 0, 1):
            if report.row is not None:
                yield number + 1, Reported(row=msgspec.Raw(report.row))

    async def _done(self, check_id: str, principal: Principal) -> None:
        """Of a check that is not held here: that it has its report.

        Raises:
            UnknownJobError, UnavailableError: see `events`.
        """
        job = await asyncio.to_thread(self._ledger.job, check_id, principal.tenant)
        if job is None or job.kind is not JobKind.LIVE or principal.student not in {None, job.principal.student}:
            raise UnknownJobError(f"there is no check {check_id}")
        if job.state is JobState.OPEN:
            raise UnavailableError(f"check {check_id} is being taken over")
        if job.state is not JobState.DONE:
            raise UnknownJobError(f"there is no check {check_id}")

    def _session(self, check_id: str, principal: Principal) -> LiveSession:
        session = self._sessions.get(check_id)
        owner = session.job.principal if session else None
        if session is None or owner is None or owner.tenant != principal.tenant:
            raise UnknownJobError(f"there is no check {check_id}")
        if principal.student not in {None, owner.student}:
            raise UnknownJobError(f"there is no check {check_id}")
        return session

    def _begin(self, job: Job, question: str) -> LiveSession:
        session = self._sessions[job.id] = LiveSession(job, question, int(self._clock()) * EPOCH)
        self._watching[job.id] = self._spawn(self._watch(session))
        return session

    async def _watch(self, session: LiveSession) -> None:
        """Reads the answer again whenever there is more of it to read."""
        read: tuple[str, ...] = ()
        while not session.complete.is_set():
            try:
                async with asyncio.timeout(self._config.idle):
                    await session.touched.wait()
            except TimeoutError:
                break
            session.touched.clear()
            steps = session.readable()
            if steps == read or not any(steps):
                continue
            began = time.monotonic()
            reading = self._spawn(self._read(session, steps))
            await self._rest(session, None, reading)
            if reading.done() and reading.result():
                read = steps
                await self._rest(session, max(self._config.pause, self._config.share * (time.monotonic() - began)))
            elif not session.complete.is_set():
                await self._rest(session, _RETRY)
                session.touched.set()
            else:
                reading.cancel()
        session.complete.set()
        await self._report(session)

    async def _read(self, session: LiveSession, steps: tuple[str, ...]) -> bool:
        try:
            await self._hear(session, await self._service.read(Answer(question=session.question, steps=steps)))
        except UnavailableError:
            return False
        return True

    async def _rest(self, session: LiveSession, seconds: float | None, work: asyncio.Task[bool] | None = None) -> None:
        """Waits for the time to pass or the work to end, but not past the last piece."""
        complete = asyncio.create_task(session.complete.wait())
        waited: list[asyncio.Task[bool]] = [complete, work] if work else [complete]
        try:
            await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            complete.cancel()

    async def _report(self, session: LiveSession) -> None:
        answer = Answer(question=session.question, steps=tuple(session.steps))
        while True:
            try:
                row = await self._service.check(answer, session.job.principal)
                break
            except UnavailableError:
                await asyncio.sleep(_RETRY)
        report = decode_row(row)
        await self._hear(session, report)
        while True:
            try:
                now = self._clock()
                await asyncio.to_thread(self._ledger.record, session.job.id, [report_of(0, row)], now)
                break
            except NOT_NOW:
                await asyncio.sleep(_RETRY)
        remarks = (Remarked(row=remark) for remark in report.remarks)
        await session.transcript.say(*remarks, Reported(row=msgspec.Raw(row)), last=True)
        await asyncio.sleep(self._config.kept)
        self._sessions.pop(session.job.id, None)
        self._watching.pop(session.job.id, None)

    async def _hear(self, session: LiveSession, said: Reading | ReportRow) -> None:
        """Tells what is new in a reading, and has its heavy formulas checked while reading goes on."""
        if isinstance(said, ReportRow):
            await session.transcript.hear([Standing((r.step, r.span, r.text), r.kind, r) for r in said.claims])
            return
        pairs = list(zip(said.extraction.claims, said.checked, strict=True))
        await session.transcript.hear(
            [Standing(_place_of(c), c.kind, claim_row(checked) if checked else None) for c, checked in pairs]
        )
        for claim, checked in pairs:
            if checked is None and _place_of(claim) not in session.heavy:
                session.heavy.add(_place_of(claim))
                self._spawn(self._decide(session, claim))

    async def _decide(self, session: LiveSession, claim: Claim) -> None:
        try:
            (checked,) = await self._service.decide([claim], session.job.principal)
        except UnavailableError:
            session.heavy.discard(_place_of(claim))
            return
        await session.transcript.judge(_place_of(claim), claim_row(checked))

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task


def _place_of(claim: Claim) -> Place:
    return (claim.span.step, (claim.span.start, claim.span.end), claim.text)
