"""One contract for every `Dispatcher`."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

import pytest

from tests.services import RedisServer, running_workers
from verifiers.checker import Checker
from verifiers.sandbox import InlineSandbox, PoolConfig, ProcessSandbox
from workers.broker import BrokerConfig
from workers.celery_dispatch import CeleryDispatcher
from workers.dispatch import Dispatcher
from workers.errors import CancelledTaskError, UnavailableError
from workers.in_process import InProcess
from workers.work import (
    Answer,
    CheckAnswers,
    CheckClaims,
    Compared,
    CompareResults,
    Decided,
    Found,
    Task,
    Written,
    decode_frame,
)

RIGHT = Answer(id="a", question="What is 2 + 3?", steps=("2 + 3 = 5",))
WRONG = Answer(id="b", steps=("We have 16 - 3 = 14.", "So 14 + 1 = 15."))
HEAVY = Answer(id="c", steps=(r"$1 + 1 = 2$ and $\int_0^1 x^2 \, dx = \frac{1}{3}$.",))

Made: TypeAlias = Callable[[], AbstractAsyncContextManager[Dispatcher]]


@asynccontextmanager
async def in_process() -> AsyncIterator[Dispatcher]:
    dispatcher = InProcess(Checker(sandbox=InlineSandbox()))
    await dispatcher.start()
    yield dispatcher
    await dispatcher.close()


@asynccontextmanager
async def in_processes() -> AsyncIterator[Dispatcher]:
    dispatcher = InProcess(Checker(sandbox=ProcessSandbox(PoolConfig(processes=2))))
    await dispatcher.start()
    yield dispatcher
    await dispatcher.close()


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerConfig]:
    folder = tmp_path_factory.mktemp("broker")
    server = RedisServer(folder)
    config = BrokerConfig(url=server.url, prefix="contract:")
    try:
        with running_workers(server, config, folder, slots=2):
            yield config
    finally:
        server.stop()


@pytest.fixture(params=["inline", "processes", "celery"])
def made(request: pytest.FixtureRequest) -> Made:
    if request.param == "inline":
        return in_process
    if request.param == "processes":
        return in_processes
    config = request.getfixturevalue("broker")

    @asynccontextmanager
    async def over_redis() -> AsyncIterator[Dispatcher]:
        dispatcher = CeleryDispatcher(config)
        await dispatcher.start()
        yield dispatcher
        await dispatcher.close()

    return over_redis


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(sandbox=InlineSandbox())


def task(work: CheckAnswers | CheckClaims | CompareResults, *, urgent: bool = True, id: str = "") -> Task:
    return Task(id=id or uuid.uuid4().hex, work=work, urgent=urgent)


async def said(dispatcher: Dispatcher, asked: Task) -> list[bytes]:
    return [frame async for frame in dispatcher.run(asked)]


def test_answers_come_back_as_the_rows_the_checker_writes(made: Made, checker: Checker) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            frames = [decode_frame(f) for f in await said(dispatcher, task(CheckAnswers(answers=(RIGHT, WRONG))))]
            assert [f.answer for f in frames if isinstance(f, Written)] == [0, 1]
            for frame, answer in zip(frames, (RIGHT, WRONG), strict=True):
                assert isinstance(frame, Written)
                assert bytes(frame.row) == checker.check_row(answer.id, answer.question, answer.steps)

    asyncio.run(scenario())


def test_a_heavy_formula_is_left_open(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            found, *decided = [decode_frame(f) for f in await said(dispatcher, task(CheckAnswers(answers=(HEAVY,))))]
            assert isinstance(found, Found)
            assert [d.checked is None for d in decided if isinstance(d, Decided)] == [False, True]
            left = task(CheckClaims(claims=(found.extraction.claims[1],)))
            (late,) = [decode_frame(f) for f in await said(dispatcher, left)]
            assert isinstance(late, Decided)
            assert late.checked
            assert late.checked.verdict.label.value == "supported"

    asyncio.run(scenario())


def test_following_gives_what_is_found_and_then_each_verdict(made: Made, checker: Checker) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            asked = task(CheckAnswers(answers=(WRONG,), follow=True))
            found, *decided = [decode_frame(f) for f in await said(dispatcher, asked)]
            assert isinstance(found, Found)
            report = checker.check_answer(WRONG.question, WRONG.steps)
            assert [d.checked for d in decided if isinstance(d, Decided)] == list(report.claims)
            assert [d.claim for d in decided if isinstance(d, Decided)] == list(range(len(report.claims)))

    asyncio.run(scenario())


def test_results_are_compared(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            (frame,) = await said(dispatcher, task(CompareResults(gold="1/2", pred="0.5")))
            compared = decode_frame(frame)
            assert isinstance(compared, Compared)
            assert compared.comparison.label == "equal"

    asyncio.run(scenario())


def test_one_id_is_done_once_and_says_the_same_to_everybody(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            asked = task(CheckAnswers(answers=(WRONG,)))
            first, second = await asyncio.gather(said(dispatcher, asked), said(dispatcher, asked))
            third = await said(dispatcher, asked)
            assert first == second == third

    asyncio.run(scenario())


def test_who_stops_listening_loses_nothing_for_others(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            asked = task(CheckAnswers(answers=(WRONG,), follow=True))
            frames = dispatcher.run(asked)
            first = await anext(frames)
            await frames.aclose()
            again = await said(dispatcher, asked)
            assert again[0] == first
            assert len(again) > 1

    asyncio.run(scenario())


def test_many_at_once_all_come_back(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            many = [task(CheckAnswers(answers=(Answer(id=n, steps=(f"{n} + 1 = {n + 1}",)),))) for n in range(60)]
            rows = await asyncio.gather(*(said(dispatcher, one) for one in many))
            for n, (frame,) in enumerate(rows):
                assert f'"id":{n},'.encode() in frame

    asyncio.run(scenario())


def test_who_asks_in_a_hurry_does_not_queue_behind_a_batch(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            done: list[str] = []

            async def run(asked: Task, name: str) -> None:
                await said(dispatcher, asked)
                done.append(name)

            pack = CheckAnswers(answers=tuple(Answer(steps=(f"{n} + 1 = {n + 1}",)) for n in range(40)))
            async with asyncio.TaskGroup() as group:
                for _ in range(30):
                    group.create_task(run(task(pack, urgent=False), "batch"))
                await asyncio.sleep(0)
                group.create_task(run(task(CheckAnswers(answers=(RIGHT,))), "urgent"))
            assert done.index("urgent") < len(done) - 5

    asyncio.run(scenario())


def test_what_is_cancelled_before_it_began_never_begins(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            pack = CheckAnswers(answers=tuple(Answer(steps=(f"{n} + 1 = {n + 1}",)) for n in range(200)))
            busy = [asyncio.create_task(said(dispatcher, task(pack, urgent=False))) for _ in range(20)]
            await asyncio.sleep(0)
            last = task(CheckAnswers(answers=(RIGHT,)), urgent=False)
            waiting = asyncio.create_task(said(dispatcher, last))
            await asyncio.sleep(0)
            await dispatcher.cancel(last.id)
            with pytest.raises(CancelledTaskError):
                await waiting
            await asyncio.gather(*busy)

    asyncio.run(scenario())


def test_after_forgetting_nothing_is_kept_of_a_task(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            asked = task(CheckAnswers(answers=(RIGHT,)))
            await said(dispatcher, asked)
            await dispatcher.forget([asked.id, "never heard of"])

    asyncio.run(scenario())


def test_a_closed_dispatcher_refuses(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            pass
        with pytest.raises(UnavailableError):
            await said(dispatcher, task(CheckAnswers(answers=(RIGHT,))))

    asyncio.run(scenario())


def test_status_says_how_much_can_run(made: Made) -> None:
    async def scenario() -> None:
        async with made() as dispatcher:
            status = await dispatcher.status()
            assert status.missing == ()
            assert status.capacity == dispatcher.capacity >= 1
            assert set(status.waiting) == {"checks.quick", "checks.heavy"}

    asyncio.run(scenario())
