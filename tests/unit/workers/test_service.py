"""What the submit side promises, on the in-process dispatcher and on one that misbehaves."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

import pytest

from verifiers.checker import Checker
from verifiers.rows import decode_row, row_of
from verifiers.sandbox import InlineSandbox
from verifiers.verdicts import Checked, Label, Reason, encode
from workers.cache import MemoryCache
from workers.clocks import Clocks
from workers.errors import UnavailableError
from workers.events import Claimed, Event, Judged, Reported
from workers.in_process import InProcess
from workers.principal import LOCAL, Principal
from workers.service import CheckService, ServiceConfig
from workers.work import Answer, CheckAnswers, CheckClaims, CostClass, Task

HEAVY = Answer(
    id="h",
    steps=(
        r"$1 + 1 = 3$ and $\int_0^1 x^2 \, dx = \frac{1}{3}$.",
        r"Again $\int_0^1 x^2 \, dx = \frac{1}{3}$ and $\int_0^1 x \, dx = 1$.",
    ),
)
PLAIN = Answer(id="p", question="What is 2 + 2?", steps=("2 + 2 = 4", "2 + 2 = 5"))
LOGIC = Answer(
    id="l",
    question="Five friends A, B, C, D and E sit in a row. B is immediately to the right of A. C is at the left end. "
    "D is to the right of E. E is to the right of B. Who sits in the middle?",
    steps=("E sits in the middle. This is the only possible arrangement.",),
)


class Spy(InProcess):
    """Counts what is asked, holds heavy work back until `release`, breaks when told to."""

    def __init__(self) -> None:
        super().__init__(Checker(sandbox=InlineSandbox()))
        self.asked: list[Task] = []
        self.release = asyncio.Event()
        self.release.set()
        self.broken = False

    async def run(self, task: Task) -> AsyncGenerator[bytes, None]:
        self.asked.append(task)
        if self.broken:
            raise UnavailableError("nobody there")
        if task.cost is CostClass.HEAVY:
            await self.release.wait()
        async for frame in super().run(task):
            yield frame

    @property
    def heavy(self) -> list[Task]:
        return [task for task in self.asked if task.cost is CostClass.HEAVY]


Scenario = Callable[[CheckService, Spy], Coroutine[Any, Any, None]]


def play(scenario: Scenario, deadline: float = 30.0) -> None:
    async def run() -> None:
        spy = Spy()
        service = CheckService(spy, MemoryCache(), ServiceConfig(clocks=Clocks(deadline=deadline)))
        await scenario(service, spy)
        await service.close()
        await spy.close()

    asyncio.run(run())


def expected(answer: Answer) -> bytes:
    return encode(row_of(answer.id, Checker(sandbox=InlineSandbox()).check_answer(answer.question, answer.steps)))


def judged(events: list[Event]) -> dict[int, Label]:
    return {e.claim: e.row.label for e in events if isinstance(e, Judged)}


@pytest.mark.parametrize("answer", [PLAIN, HEAVY, LOGIC, Answer(steps=("No claims here.",)), Answer(steps=("",))])
def test_the_report_is_the_command_lines(answer: Answer) -> None:
    async def scenario(service: CheckService, _: Spy) -> None:
        assert await service.check(answer, LOCAL) == expected(answer)

    play(scenario)


def test_every_claim_is_announced_judged_once_and_in_the_report() -> None:
    async def scenario(service: CheckService, _: Spy) -> None:
        events = [event async for event in service.follow(HEAVY, LOCAL)]
        claims = [e.claim for e in events if isinstance(e, Claimed)]
        assert claims == list(range(4))
        assert sorted(e.claim for e in events if isinstance(e, Judged)) == claims
        assert isinstance(events[-1], Reported)
        row = decode_row(bytes(events[-1].row))
        assert [judged(events)[n] for n in claims] == [claim.label for claim in row.claims]

    play(scenario)


def test_quick_verdicts_do_not_wait_for_heavy_ones() -> None:
    async def scenario(service: CheckService, spy: Spy) -> None:
        spy.release.clear()
        events: list[Event] = []
        async for event in service.follow(HEAVY, LOCAL):
            events.append(event)
            if isinstance(event, Judged) and event.row.label is Label.REFUTED and not spy.release.is_set():
                assert set(judged(events)) == {0}
                spy.release.set()
        assert isinstance(events[-1], Reported)

    play(scenario)


def test_equal_heavy_formulas_are_checked_once_and_then_known() -> None:
    async def scenario(service: CheckService, spy: Spy) -> None:
        await asyncio.gather(service.check(HEAVY, LOCAL), service.check(HEAVY, LOCAL))
        assert len(spy.heavy) == 2
        await service.check(HEAVY, LOCAL)
        assert len(spy.heavy) == 2

    play(scenario)


def test_a_batch_gets_the_same_reports_each_once() -> None:
    async def scenario(service: CheckService, _: Spy) -> None:
        rows = {n: row async for n, row in service.check_pack("pack", (PLAIN, HEAVY, LOGIC), LOCAL)}
        assert set(rows) == {0, 1, 2}
        checker = Checker(sandbox=InlineSandbox())
        for row, answer in ((rows[0], PLAIN), (rows[1], HEAVY), (rows[2], LOGIC)):
            assert row == checker.check_row(answer.id, answer.question, answer.steps)

    play(scenario)


def test_what_misses_the_deadline_is_undecided_and_told_when_it_comes() -> None:
    async def scenario(service: CheckService, spy: Spy) -> None:
        late: list[tuple[int, Checked]] = []
        told = asyncio.Event()

        async def sink(n: int, checked: Checked) -> None:
            late.append((n, checked))
            if len(late) == 3:
                told.set()

        spy.release.clear()
        row = decode_row(await service.check(HEAVY, LOCAL, late=sink))
        assert [c.reason for c in row.claims[1:]] == [Reason.TIMEOUT] * 3
        assert row.claims[0].label is Label.REFUTED
        spy.release.set()
        await asyncio.wait_for(told.wait(), 20)
        assert sorted(n for n, _ in late) == [1, 2, 3]
        heavy = len(spy.heavy)
        again = decode_row(await service.check(HEAVY, LOCAL))
        assert again.claims[1].label is Label.SUPPORTED
        assert len(spy.heavy) == heavy, "what came late is known now"

    play(scenario, deadline=0.5)


def test_an_answer_that_nobody_read_in_time_is_one_undecided_claim() -> None:
    class Silent(Spy):
        async def run(self, task: Task) -> AsyncGenerator[bytes, None]:
            await asyncio.Event().wait()
            yield b""

    async def run() -> None:
        spy = Silent()
        service = CheckService(spy, MemoryCache(), ServiceConfig(clocks=Clocks(deadline=0.1)))
        row = decode_row(await service.check(PLAIN, LOCAL))
        assert [(c.label, c.reason) for c in row.claims] == [(Label.UNDECIDED, Reason.TIMEOUT)]
        assert (await service.compare("1", "1")).label == "undecided"
        await service.close()
        await spy.close()

    asyncio.run(run())


def test_nobody_to_ask_is_an_error_for_the_caller() -> None:
    async def scenario(service: CheckService, spy: Spy) -> None:
        spy.broken = True
        for call in (service.check(PLAIN, LOCAL), service.compare("1", "1")):
            with pytest.raises(UnavailableError):
                await call

    play(scenario)


def test_a_timeout_is_never_cached() -> None:
    async def scenario(service: CheckService, spy: Spy) -> None:
        reading = Checker(sandbox=InlineSandbox()).read_answer("", HEAVY.steps, defer=True)
        claim = reading.extraction.claims[1]

        class Late(Checker):
            def check_claims(self, claims: Any) -> list[Checked]:
                from verifiers.verdicts import undecided

                return [Checked(claim=c, verdict=undecided(Reason.TIMEOUT, "too slow")) for c in claims]

        patient, spy._checker = spy._checker, Late(sandbox=InlineSandbox())
        (first,) = await service.decide([claim], LOCAL)
        assert first.verdict.reason is Reason.TIMEOUT
        spy._checker = patient
        (second,) = await service.decide([claim], LOCAL)
        assert second.verdict.label is Label.SUPPORTED

    play(scenario)


def test_a_students_findings_can_be_forgotten() -> None:
    async def scenario(service: CheckService, spy: Spy) -> None:
        student = Principal(tenant="school", student="mira")
        await service.check(HEAVY, student)
        known = len(spy.heavy)
        await service.cache.forget("school", "mira")
        await service.check(HEAVY, student)
        assert len(spy.heavy) == 2 * known

    play(scenario)


def test_work_is_marked_with_its_cost_and_urgency() -> None:
    async def scenario(service: CheckService, spy: Spy) -> None:
        await service.check(HEAVY, LOCAL)
        assert all(task.urgent for task in spy.asked)
        assert [type(task.work) for task in spy.asked[:1]] == [CheckAnswers]
        assert all(isinstance(t.work, CheckClaims) and len(t.work.claims) == 1 for t in spy.heavy)
        spy.asked.clear()
        [_ async for _ in service.check_pack("x", (PLAIN,), LOCAL)]
        assert not spy.asked[0].urgent

    play(scenario)
