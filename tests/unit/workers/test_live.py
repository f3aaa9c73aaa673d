"""Live checks: pieces in any order, verdicts on the way, one report that is the whole answer's."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
import pytest

from verifiers.checker import Checker
from verifiers.rows import decode_row, row_of
from verifiers.sandbox import InlineSandbox
from verifiers.verdicts import Label, encode
from workers.cache import MemoryCache
from workers.errors import ClosedJobError, UnavailableError, UnknownJobError
from workers.events import Claimed, Event, Judged, Reported, Restarted, Withdrawn
from workers.in_process import InProcess
from workers.jobs import Jobs
from workers.ledger import Chunk, JobKind, JobState
from workers.live import LiveChecks, LiveConfig
from workers.memory_ledger import MemoryLedger
from workers.principal import LOCAL, Principal
from workers.service import CheckService

ANSWER = (
    "Let n = 12. Then 2n = 24. We see that 16 - 3 = 14.\n"
    r"Next $\int_0^1 x^2 \, dx = \frac{1}{3}$. " + "So the total is 24 + 14 = 38. Done: 38 - 1 = 36."
)
QUESTION = "What is the total?"

Scenario = Callable[[LiveChecks, MemoryLedger], Coroutine[Any, Any, None]]


def play(scenario: Scenario, **config: Any) -> None:
    async def run() -> None:
        dispatcher = InProcess(Checker(sandbox=InlineSandbox()))
        service = CheckService(dispatcher, MemoryCache())
        ledger = MemoryLedger()
        live = LiveChecks(service, ledger, "me", LiveConfig(**{"pause": 0.0, "share": 0.0, **config}))
        await scenario(live, ledger)
        await live.close()
        await service.close()
        await dispatcher.close()

    asyncio.run(asyncio.wait_for(run(), 60))


def pieces(text: str, size: int = 7) -> list[Chunk]:
    cut = [text[n : n + size] for n in range(0, len(text), size)]
    return [Chunk(seq=n, text=piece, final=n == len(cut) - 1) for n, piece in enumerate(cut)]


async def heard(live: LiveChecks, check: str, after: int | None = None) -> list[tuple[int, Event]]:
    return [event async for event in live.events(check, LOCAL, after)]


def expected() -> bytes:
    return encode(row_of(None, Checker(sandbox=InlineSandbox()).check_answer(QUESTION, [ANSWER])))


def plain(row: bytes) -> object:
    claims = [msgspec.structs.replace(claim, certificate=None) for claim in decode_row(row).claims]
    return msgspec.structs.replace(decode_row(row), claims=tuple(claims))


def standing(events: list[Event]) -> dict[int, Label]:
    labels: dict[int, Label] = {}
    for event in events:
        match event:
            case Judged(claim=n, row=row):
                labels[n] = row.label
            case Withdrawn(claim=n):
                labels.pop(n, None)
    return labels


def test_the_report_is_the_whole_answers_and_what_was_said_adds_up_to_it() -> None:
    async def scenario(live: LiveChecks, ledger: MemoryLedger) -> None:
        check = await live.open(LOCAL, QUESTION)
        listening = asyncio.create_task(heard(live, check))
        for chunk in pieces(ANSWER):
            assert await live.add(check, LOCAL, chunk) == chunk.seq + 1
            await asyncio.sleep(0.001)
        events = [event for _, event in await listening]
        assert isinstance(events[-1], Reported)
        assert plain(bytes(events[-1].row)) == plain(expected())
        assert sorted(standing(events).values()) == sorted(c.label for c in decode_row(expected()).claims)
        claimed = [e.claim for e in events if isinstance(e, Claimed)]
        assert claimed == sorted(set(claimed))
        job = ledger.job(check, "local")
        assert job is not None
        assert job.state is JobState.DONE

    play(scenario)


def test_a_wrong_statement_is_told_while_the_answer_is_still_written() -> None:
    async def scenario(live: LiveChecks, _: MemoryLedger) -> None:
        check = await live.open(LOCAL, QUESTION)
        await live.add(check, LOCAL, Chunk(seq=0, text="We see that 16 - 3 = 14.\nAnd now"))
        async for _n, event in live.events(check, LOCAL):
            if isinstance(event, Judged):
                assert event.row.label is Label.REFUTED
                break
        await live.add(check, LOCAL, Chunk(seq=1, text=" we go on.", final=True))
        assert isinstance((await heard(live, check))[-1][1], Reported)

    play(scenario)


def test_what_the_next_sentence_takes_back_is_withdrawn() -> None:
    async def scenario(live: LiveChecks, _: MemoryLedger) -> None:
        check = await live.open(LOCAL, QUESTION)
        await live.add(check, LOCAL, Chunk(seq=0, text="Suppose that 16 - 3 = 14"))
        await live.add(check, LOCAL, Chunk(seq=1, text=". That is false.\n", final=True))
        events = [event for _, event in await heard(live, check)]
        final = events[-1]
        assert isinstance(final, Reported)
        assert sorted(standing(events).values()) == sorted(c.label for c in decode_row(bytes(final.row)).claims)

    play(scenario)


def test_pieces_come_in_any_order_and_more_than_once() -> None:
    async def scenario(live: LiveChecks, _: MemoryLedger) -> None:
        check = await live.open(LOCAL, QUESTION)
        chunks = pieces(ANSWER) * 2
        random.Random(3).shuffle(chunks)
        for chunk in chunks:
            await live.add(check, LOCAL, chunk)
        events = [event for _, event in await heard(live, check)]
        assert isinstance(events[-1], Reported)
        assert plain(bytes(events[-1].row)) == plain(expected())

    play(scenario)


def test_events_go_on_where_a_listener_left_off() -> None:
    async def scenario(live: LiveChecks, _: MemoryLedger) -> None:
        check = await live.open(LOCAL, QUESTION)
        for chunk in pieces(ANSWER):
            await live.add(check, LOCAL, chunk)
        all_of_it = await heard(live, check)
        for n, (number, _event) in enumerate(all_of_it):
            assert await heard(live, check, after=number) == all_of_it[n + 1 :]
        again = await heard(live, check, after=5)
        assert isinstance(again[0][1], Restarted)
        assert again[1:] == all_of_it

    play(scenario)


def test_another_process_goes_on_with_what_was_taken() -> None:
    async def scenario(live: LiveChecks, ledger: MemoryLedger) -> None:
        check = await live.open(LOCAL, QUESTION)
        *most, last = pieces(ANSWER)
        for chunk in most:
            await live.add(check, LOCAL, chunk)
        await live.close()
        dispatcher = InProcess(Checker(sandbox=InlineSandbox()))
        service = CheckService(dispatcher, MemoryCache())
        jobs = Jobs(service, ledger, "heir", clock=lambda: 1e12)
        heir = LiveChecks(service, ledger, "heir", LiveConfig(pause=0.0, share=0.0))
        jobs.adopt_with(JobKind.LIVE, heir.adopt)
        await jobs.start()
        assert await heir.add(check, LOCAL, last) == last.seq + 1
        events = [event for _, event in await heard(heir, check, after=3)]
        assert isinstance(events[0], Restarted)
        assert isinstance(events[-1], Reported)
        assert plain(bytes(events[-1].row)) == plain(expected())
        await jobs.close()
        await heir.close()
        await service.close()
        await dispatcher.close()

    play(scenario)


def test_a_check_that_nobody_holds_yet_is_to_be_asked_for_again() -> None:
    async def scenario(live: LiveChecks, ledger: MemoryLedger) -> None:
        check = await live.open(LOCAL, QUESTION)
        other = LiveChecks(live._service, ledger, "other")
        with pytest.raises(UnavailableError):
            await other.add(check, LOCAL, pieces(ANSWER)[0])
        with pytest.raises(UnavailableError):
            await heard(other, check)
        for chunk in pieces(ANSWER):
            await live.add(check, LOCAL, chunk)
        await heard(live, check)
        with pytest.raises(ClosedJobError):
            await other.add(check, LOCAL, Chunk(seq=1_000, text=""))
        assert [type(event) for _, event in await heard(other, check)] == [Restarted, Reported]

    play(scenario)


def test_who_is_somebody_else_sees_nothing() -> None:
    async def scenario(live: LiveChecks, ledger: MemoryLedger) -> None:
        mira = Principal(tenant="school", student="mira")
        check = await live.open(mira, QUESTION)
        for other in (LOCAL, Principal(tenant="school", student="ben"), Principal(tenant="other")):
            with pytest.raises(UnknownJobError):
                await live.add(check, other, Chunk(seq=0, text="x"))
            with pytest.raises(UnknownJobError):
                [_ async for _ in live.events(check, other)]
        assert await live.add(check, Principal(tenant="school"), Chunk(seq=0, text="x")) == 1
        live.forget("school", "mira")
        ledger.erase("school", "mira", 1.0)
        with pytest.raises(UnknownJobError):
            await live.add(check, mira, Chunk(seq=1, text="x"))

    play(scenario)


def test_bounds_are_kept() -> None:
    async def scenario(live: LiveChecks, _: MemoryLedger) -> None:
        check = await live.open(LOCAL, "")
        with pytest.raises(ClosedJobError, match="characters"):
            await live.add(check, LOCAL, Chunk(seq=0, text="x" * 101))
        with pytest.raises(ClosedJobError, match="still missing"):
            await live.add(check, LOCAL, Chunk(seq=9, text="x"))
        await live.add(check, LOCAL, Chunk(seq=0, text="1 + 1 = 2", final=True))
        with pytest.raises(ClosedJobError, match="complete"):
            await live.add(check, LOCAL, Chunk(seq=1, text="x"))

    play(scenario, characters=100, ahead=5)


def test_an_answer_that_nobody_finishes_is_reported_as_it_is() -> None:
    async def scenario(live: LiveChecks, _: MemoryLedger) -> None:
        check = await live.open(LOCAL, "")
        await live.add(check, LOCAL, Chunk(seq=0, text="1 + 1 = 3"))
        events = [event for _, event in await heard(live, check)]
        assert isinstance(events[-1], Reported)
        assert decode_row(bytes(events[-1].row)).label.value == "refuted"

    play(scenario, idle=0.05)


def test_steps_are_steps() -> None:
    async def scenario(live: LiveChecks, _: MemoryLedger) -> None:
        check = await live.open(LOCAL, "")
        await live.add(check, LOCAL, Chunk(seq=0, text="1 + 1 = 2"))
        await live.add(check, LOCAL, Chunk(seq=1, text="2 + 2 = 5", step=True, final=True))
        events = [event for _, event in await heard(live, check)]
        assert isinstance(events[-1], Reported)
        assert decode_row(bytes(events[-1].row)).first_refuted_step == 1

    play(scenario)
