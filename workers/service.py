"""The submit side: answers become tasks, frames become events and reports, equal formulas are checked once.

An answer takes one trip for reading and all quick verdicts; each heavy formula found on it goes alone, at once, and
its neighbours do not wait. What is not back by the deadline is `undecided(timeout)` in the report, which never changes
again; the verdict that comes after all is kept in the cache and told to `late`.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeAlias, TypeVar

import msgspec

from verifiers.checker import UNREAD, Reading
from verifiers.claims import Claim, Span
from verifiers.comparison import CompareOptions, Comparison
from verifiers.extraction.document import Extraction
from verifiers.protocol import QUICK, Budget
from verifiers.rows import ReportRow, claim_row, decode_row, remark_row, row_of
from verifiers.verdicts import Checked, Reason, undecided
from workers.cache import VerdictCache
from workers.clocks import Clocks
from workers.dispatch import Dispatcher
from workers.events import Claimed, Event, Judged, Remarked, Reported
from workers.formula_desk import FormulaDesk, new_id
from workers.metrics import Metrics
from workers.principal import Principal
from workers.work import (
    Answer,
    CheckAnswers,
    Compared,
    CompareResults,
    Decided,
    Found,
    Task,
    Work,
    Written,
    decode_frame,
    encode,
)

LateSink: TypeAlias = Callable[[int, Checked], Awaitable[None]]
"""Is told the number of a claim and the verdict that missed the report."""

T = TypeVar("T")


class ServiceConfig(msgspec.Struct, frozen=True, kw_only=True):
    """`budget` must be the one the workers check under: it is part of every cache key."""

    budget: Budget = QUICK
    clocks: Clocks = Clocks()


class CheckService:
    """Checks answers through a dispatcher. Lives in one event loop."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        cache: VerdictCache,
        config: ServiceConfig = ServiceConfig(),  # noqa: B008 - a frozen value
        metrics: Metrics | None = None,
    ) -> None:
        self.dispatcher = dispatcher
        self.cache = cache
        self.config = config
        self.metrics = metrics or Metrics()
        self._formulas = FormulaDesk(dispatcher, cache, config.budget, self.metrics)
        self._background: set[asyncio.Task[Any]] = set()

    async def check(
        self, answer: Answer, principal: Principal, *, late: LateSink | None = None, task_id: str = ""
    ) -> bytes:
        """The JSON of the `rows.ReportRow`.

        Raises:
            UnavailableError: no worker can be asked.
        """
        row = b""
        async for event in self.events(answer, principal, follow=False, late=late, task_id=task_id):
            if isinstance(event, Reported):
                row = bytes(event.row)
        return row

    def follow(
        self, answer: Answer, principal: Principal, *, late: LateSink | None = None, task_id: str = ""
    ) -> AsyncGenerator[Event, None]:
        """As `check`, step by step; ends with `Reported`."""
        return self.events(answer, principal, follow=True, late=late, task_id=task_id)

    async def read(self, answer: Answer) -> ReportRow | Reading:
        """What one trip tells of an answer, without a deadline: the report, or a reading with heavy formulas left
        open. Gives way to whoever waits for a whole report; nothing is counted or kept.

        Raises:
            UnavailableError: no worker can be asked.
        """
        task = Task(id=new_id(), work=CheckAnswers(answers=(answer,)))
        extraction: Extraction | None = None
        checked: list[Checked | None] = []
        row: ReportRow | None = None
        try:
            async for data in self.dispatcher.run(task):
                match decode_frame(data):
                    case Written(row=written):
                        row = decode_row(bytes(written))
                    case Found(extraction=extraction):
                        pass
                    case Decided(checked=one):
                        checked.append(one)
        except asyncio.CancelledError:
            self._spawn(self.dispatcher.cancel(task.id))
            raise
        await self.dispatcher.forget([task.id])
        if row is not None:
            return row
        assert extraction is not None
        return Reading(extraction, tuple(checked))

    async def check_pack(
        self, task_id: str, answers: Sequence[Answer], principal: Principal
    ) -> AsyncGenerator[tuple[int, bytes], None]:
        """Reports of many answers, each with its place in `answers`, as they come. Nobody is waiting for these: the
        only deadline is the group's, from the moment an answer is read.

        Raises:
            UnavailableError: no worker can be asked.
            CancelledTaskError: `dispatcher.cancel(task_id)` was called.
        """
        began = time.monotonic()
        task = Task(id=task_id, work=CheckAnswers(answers=tuple(answers)))
        open_: dict[int, tuple[Extraction, list[Checked | None]]] = {}
        finishing: dict[asyncio.Task[bytes], int] = {}
        async for data in self.dispatcher.run(task):
            match decode_frame(data):
                case Written(answer=n, row=written):
                    self.metrics.reported(bytes(written), "batch", time.monotonic() - began)
                    yield n, bytes(written)
                case Found(answer=n, extraction=extraction):
                    open_[n] = (extraction, [])
                case Decided(answer=n, checked=checked):
                    extraction, so_far = open_[n]
                    so_far.append(checked)
                    if len(so_far) == len(extraction.claims):
                        reading = Reading(extraction, tuple(so_far))
                        finishing[self._spawn(self._finish(answers[n].id, reading, principal))] = n
        while finishing:
            finished, _ = await asyncio.wait(finishing, return_when=asyncio.FIRST_COMPLETED)
            for one in finished:
                row = await one
                self.metrics.reported(row, "batch", time.monotonic() - began)
                yield finishing.pop(one), row

    async def compare(self, gold: str, pred: str, options: CompareOptions = CompareOptions()) -> Comparison:  # noqa: B008
        """Whether two final answers are the same; `undecided` where nobody said so in time."""
        frame = await self._one(CompareResults(gold=gold, pred=pred, options=options))
        if isinstance(frame, Compared):
            return frame.comparison
        return Comparison(label="undecided", reason=Reason.TIMEOUT.value)

    async def decide(self, claims: Sequence[Claim], principal: Principal) -> list[Checked]:
        """Verdicts on claims that were found elsewhere, in their order."""
        return list(await asyncio.gather(*(self._decide_in_time(claim, principal) for claim in claims)))

    async def close(self) -> None:
        """Gives up what is under way. The dispatcher and the cache are their maker's to close."""
        await self._formulas.close()
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def events(
        self, answer: Answer, principal: Principal, *, follow: bool, late: LateSink | None = None, task_id: str = ""
    ) -> AsyncGenerator[Event, None]:
        """As `follow`; without `follow` only what a whole report leaves to say is said on the way to it."""
        began = time.monotonic()
        until = asyncio.get_running_loop().time() + self.config.clocks.deadline
        said: asyncio.Queue[_Said] = asyncio.Queue()
        task = Task(
            id=task_id or new_id(), work=CheckAnswers(answers=(answer,), follow=follow, certify=True), urgent=True
        )
        pump = self._spawn(self._pump(task, principal, said))
        extraction: Extraction | None = None
        checked: dict[int, Checked] = {}
        row = b""
        while not row and (extraction is None or len(checked) < len(extraction.claims)):
            try:
                async with asyncio.timeout_at(until):
                    message = await said.get()
            except TimeoutError:
                break
            match message:
                case bytes():
                    row = message
                case Extraction():
                    extraction = message
                    for n, claim in enumerate(extraction.claims):
                        yield _claimed(n, claim)
                case (n, verdict):
                    checked[n] = verdict
                    yield Judged(claim=n, row=claim_row(verdict))
                case Exception():
                    raise message
        if not row:
            report = self._report(answer, extraction, checked)
            for n, missed in enumerate(report.checked):
                if missed is not None and n not in checked:
                    yield Judged(claim=n, row=claim_row(missed))
            for remark in report.extraction.remarks:
                yield Remarked(row=remark_row(remark))
            row = encode(row_of(answer.id, report.report()))
        if not pump.done():
            self._spawn(self._await_late(pump, said, set(checked), late))
        self.metrics.reported(row, "follow" if follow else "check", time.monotonic() - began)
        yield Reported(row=msgspec.Raw(row))

    def _report(self, answer: Answer, extraction: Extraction | None, checked: dict[int, Checked]) -> Reading:
        """What is known at the deadline; the rest is undecided."""
        seconds = self.config.clocks.deadline
        if extraction is None:
            text = answer.steps[0] if answer.steps else ""
            extraction = Extraction((Claim(span=Span(0, 0, len(text)), text=text, problem=UNREAD),), ())
        verdict = undecided(Reason.TIMEOUT, f"not decided within {seconds:g} s")
        rest = (checked.get(n) or Checked(claim=c, verdict=verdict) for n, c in enumerate(extraction.claims))
        return Reading(extraction, tuple(rest))

    async def _pump(self, task: Task, principal: Principal, said: "asyncio.Queue[_Said]") -> None:
        """Everything that is said of one answer, until nothing is left to say; a failure is said too."""
        claims: tuple[Claim, ...] = ()
        try:
            async with asyncio.TaskGroup() as heavy:
                async for data in self.dispatcher.run(task):
                    match decode_frame(data):
                        case Written(row=row):
                            said.put_nowait(bytes(row))
                        case Found(extraction=extraction):
                            claims = extraction.claims
                            said.put_nowait(extraction)
                        case Decided(claim=n, checked=None):
                            heavy.create_task(self._say(n, claims[n], principal, said))
                        case Decided(claim=n, checked=Checked() as checked):
                            said.put_nowait((n, checked))
            await self.dispatcher.forget([task.id])
        except* Exception as group:
            said.put_nowait(group.exceptions[0])

    async def _say(self, n: int, claim: Claim, principal: Principal, said: "asyncio.Queue[_Said]") -> None:
        said.put_nowait((n, await self._formulas.decide(claim, principal, urgent=True)))

    async def _await_late(
        self, pump: asyncio.Task[None], said: "asyncio.Queue[_Said]", reported: set[int], late: LateSink | None
    ) -> None:
        await asyncio.wait([pump])
        while not said.empty():
            match said.get_nowait():
                case (n, checked) if n not in reported:
                    self.metrics.late()
                    if late is not None:
                        await late(n, checked)

    async def _finish(self, id: str | int | None, reading: Reading, principal: Principal) -> bytes:
        """The row of a reading, with its heavy formulas decided; as all rows of a batch without certificates' files."""
        late = undecided(Reason.TIMEOUT, f"not decided within {self.config.clocks.group:g} s")

        async def decided(claim: Claim) -> Checked:
            try:
                async with asyncio.timeout(self.config.clocks.group):
                    return await self._formulas.decide(claim, principal, urgent=False)
            except TimeoutError:
                return Checked(claim=claim, verdict=late)

        claims, checked = reading.extraction.claims, list(reading.checked)
        left = [n for n, done in enumerate(checked) if done is None]
        for n, verdict in zip(left, await asyncio.gather(*(decided(claims[n]) for n in left)), strict=True):
            checked[n] = verdict
        bare = tuple(one and one.without_files() for one in checked)
        return encode(row_of(id, Reading(reading.extraction, bare).report()))

    async def _decide_in_time(self, claim: Claim, principal: Principal) -> Checked:
        seconds = self.config.clocks.deadline
        try:
            async with asyncio.timeout(seconds):
                return await self._formulas.decide(claim, principal, urgent=True)
        except TimeoutError:
            return Checked(claim=claim, verdict=undecided(Reason.TIMEOUT, f"not decided within {seconds:g} s"))

    async def _one(self, work: Work) -> object:
        """The only frame of urgent work, or None at the deadline."""
        task = Task(id=new_id(), work=work, urgent=True)
        try:
            async with asyncio.timeout(self.config.clocks.deadline):
                async for data in self.dispatcher.run(task):
                    frame = decode_frame(data)
                await self.dispatcher.forget([task.id])
                return frame
        except TimeoutError:
            return None

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task that is kept until it is done, whoever stops waiting for it."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task


_Said: TypeAlias = Extraction | tuple[int, Checked] | bytes | Exception


def _claimed(n: int, claim: Claim) -> Claimed:
    return Claimed(
        claim=n, step=claim.span.step, span=(claim.span.start, claim.span.end), text=claim.text, kind=claim.kind
    )
