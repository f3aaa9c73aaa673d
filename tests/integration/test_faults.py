"""What goes wrong on a real Redis with real worker processes, and that it costs neither a report nor a second one."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.batches import Batch, made_answers
from tests.services import (
    CEILING,
    RedisServer,
    WorkerProcess,
    catch_at_work,
    executions,
    running_workers,
    wait_until,
    workers_alive,
)
from verifiers.rows import decode_row
from verifiers.verdicts import Reason
from workers.broker import QUEUES, BrokerConfig, lane
from workers.celery_app import make_app
from workers.celery_dispatch import CeleryDispatcher
from workers.clocks import Clocks
from workers.dispatch import Dispatcher
from workers.errors import UnavailableError
from workers.sender import Sender
from workers.station import MOST_ATTEMPTS
from workers.work import Answer, CheckAnswers, Task, Written, decode_frame

ANSWERS = 200
SOON = Clocks(lease=3.0, renewal=0.5)
"""Leases that end sooner than those of an installation, where a test need not wait for the real ones."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    yield server
    server.stop()


class Pair(NamedTuple):
    """Two workers that outlive the test, on a Redis that keeps its memory over a restart unless told otherwise."""

    server: RedisServer
    config: BrokerConfig
    workers: list[WorkerProcess]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    server = RedisServer(folder, durable=True)
    config = BrokerConfig(url=server.url, clocks=SOON)
    try:
        with running_workers(server, config, folder, count=2) as workers:
            yield Pair(server, config, workers)
    finally:
        server.stop()


@asynccontextmanager
async def dispatching(config: BrokerConfig) -> AsyncIterator[CeleryDispatcher]:
    dispatcher = CeleryDispatcher(config)
    await dispatcher.start()
    try:
        yield dispatcher
    finally:
        await dispatcher.close()


@asynccontextmanager
async def under_way(dispatcher: Dispatcher, batch: Batch) -> AsyncIterator[None]:
    """The batch in its middle; on the way out it is done."""
    running = asyncio.create_task(batch.run(dispatcher))
    try:
        async with asyncio.timeout(CEILING):
            await batch.until_done(0.2)
            yield
            await running
    finally:
        running.cancel()


def test_a_worker_is_killed_in_the_middle_of_a_batch(server: RedisServer, tmp_path: Path) -> None:
    config = BrokerConfig(url=server.url)
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario(workers: Sequence[WorkerProcess]) -> None:
        async with dispatching(config) as dispatcher, under_way(dispatcher, batch):
            catch_at_work(server, config, workers)
            workers[0].kill()
            workers[1].resume()

    with running_workers(server, config, tmp_path, count=2) as workers:
        asyncio.run(scenario(workers))
        batch.assert_one_report_each()
        began = executions(workers)
        assert set(began) == {task.id for task in batch.tasks}
        assert began.total() == len(batch.tasks) + 1, "only the task that the dead worker had is done again"


def test_a_worker_hangs_and_comes_back(pair: Pair) -> None:
    server, config, workers = pair
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario() -> None:
        async with dispatching(config) as dispatcher:
            async with under_way(dispatcher, batch):
                catch_at_work(server, config, workers)
                workers[1].resume()
            kept = {task.id: server.client.get(config.key("result", task.id)) for task in batch.tasks}
            workers[0].resume()
            workers[1].pause()
            later = Batch(made_answers(20), ms=8)
            await later.run(dispatcher)
            workers[1].resume()
            later.assert_one_report_each()
            assert {task.id: server.client.get(config.key("result", task.id)) for task in batch.tasks} == kept

    asyncio.run(scenario())
    batch.assert_one_report_each()
    began = executions(workers)
    assert sum(began[task.id] for task in batch.tasks) == len(batch.tasks) + 1


def test_a_worker_is_told_to_end_in_the_middle_of_a_batch(server: RedisServer, tmp_path: Path) -> None:
    config = BrokerConfig(url=server.url, clocks=SOON)
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario(workers: Sequence[WorkerProcess]) -> None:
        async with dispatching(config) as dispatcher, under_way(dispatcher, batch):
            workers[0].process.terminate()

    with running_workers(server, config, tmp_path, count=2) as workers:
        asyncio.run(scenario(workers))
        assert workers[0].process.wait(CEILING) == 0
        batch.assert_one_report_each()
        assert set(executions(workers).values()) == {1}
        wait_until(lambda: workers_alive(server, config) == 1, "who ended is not counted on")


def test_redis_restarts_and_remembers(pair: Pair) -> None:
    server, config, workers = pair
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario() -> None:
        async with dispatching(config) as dispatcher, under_way(dispatcher, batch):
            server.kill()
            await asyncio.to_thread(server.start)

    asyncio.run(scenario())
    batch.assert_one_report_each()
    began = executions(workers)
    assert all(began[task.id] for task in batch.tasks)
    assert sum(began[task.id] for task in batch.tasks) <= len(batch.tasks) + len(workers)


def test_redis_restarts_and_has_forgotten_everything(pair: Pair) -> None:
    server, config, workers = pair
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario() -> None:
        async with dispatching(config) as dispatcher:
            async with under_way(dispatcher, batch):
                server.kill(forgetting=True)
                with pytest.raises(UnavailableError):
                    await anext(dispatcher.run(Task(id="now", work=batch.tasks[0].work, urgent=True)))
                await asyncio.to_thread(server.start)
            assert (await dispatcher.status()).missing == ()

    asyncio.run(scenario())
    batch.assert_one_report_each()
    began = executions(workers)
    assert all(began[task.id] for task in batch.tasks)
    assert sum(began[task.id] for task in batch.tasks) <= len(batch.tasks) + len(workers), (
        "at most what was under way is done again"
    )


def test_redis_hangs_and_comes_back(pair: Pair) -> None:
    server, config, workers = pair
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario() -> None:
        async with dispatching(config) as dispatcher, under_way(dispatcher, batch):
            server.process.send_signal(signal.SIGSTOP)
            try:
                async with asyncio.timeout(CEILING):
                    while not (await dispatcher.status()).missing:
                        pass
            finally:
                server.process.send_signal(signal.SIGCONT)

    asyncio.run(scenario())
    batch.assert_one_report_each()
    began = executions(workers)
    assert all(began[task.id] for task in batch.tasks)
    assert sum(began[task.id] for task in batch.tasks) <= len(batch.tasks) + len(workers)


def test_messages_are_delivered_twice(pair: Pair) -> None:
    server, config, workers = pair
    batch = Batch(made_answers(ANSWERS), ms=8)
    sender = Sender(make_app(config))

    def again() -> None:
        for task in batch.tasks:
            sender.publish(task.id, QUEUES[task.cost], urgent=False)

    async def scenario() -> None:
        async with dispatching(config) as dispatcher:
            async with under_way(dispatcher, batch):
                await asyncio.to_thread(again)
            again()
            await asyncio.to_thread(
                wait_until, lambda: not server.client.exists(config.prefix + lane(batch.tasks[0])), "all are taken"
            )

    asyncio.run(scenario())
    sender.close()
    batch.assert_one_report_each()
    began = executions(workers)
    assert [began[task.id] for task in batch.tasks] == [1] * len(batch.tasks)


def test_messages_are_lost(pair: Pair) -> None:
    server, config, workers = pair
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario() -> None:
        async with dispatching(config) as dispatcher, under_way(dispatcher, batch):
            server.client.delete(config.prefix + lane(batch.tasks[0]))

    asyncio.run(scenario())
    batch.assert_one_report_each()
    began = executions(workers)
    assert [began[task.id] for task in batch.tasks] == [1] * len(batch.tasks)


def test_a_task_that_kills_its_workers_is_given_up(pair: Pair) -> None:
    """The deaths are told, not died: the count is what a worker goes by."""
    task = Task(id="deadly", work=CheckAnswers(answers=(Answer(id="a", steps=("1 + 1 = 2",)),)))
    pair.server.client.hset(pair.config.key("task", task.id), "attempts", str(MOST_ATTEMPTS))

    async def scenario() -> None:
        async with dispatching(pair.config) as dispatcher:
            (frame,) = [decode_frame(data) async for data in dispatcher.run(task)]
            assert isinstance(frame, Written)
            row = decode_row(bytes(frame.row))
            assert (row.id, row.label) == ("a", "undecided")
            assert [(claim.reason, claim.detail) for claim in row.claims] == [
                (Reason.CRASHED, f"{MOST_ATTEMPTS} workers died of it")
            ]

    asyncio.run(scenario())


def test_a_worker_ends_when_told_to_though_redis_is_gone(server: RedisServer, tmp_path: Path) -> None:
    config = BrokerConfig(url=server.url, clocks=SOON)
    batch = Batch(made_answers(ANSWERS), ms=8)

    async def scenario(worker: WorkerProcess) -> None:
        async with dispatching(config) as dispatcher:
            running = asyncio.create_task(batch.run(dispatcher))
            await batch.until_done(0.2)
            server.kill()
            worker.process.terminate()
            await asyncio.to_thread(worker.process.wait, CEILING)
            running.cancel()

    with running_workers(server, config, tmp_path) as workers:
        asyncio.run(scenario(workers[0]))


def test_work_waits_for_a_worker_and_a_broker(server: RedisServer, tmp_path: Path) -> None:
    config = BrokerConfig(url=server.url, clocks=SOON)
    task = Task(id="early", work=CheckAnswers(answers=(Answer(id=1, steps=("1 + 1 = 2",)),)))

    async def scenario() -> None:
        server.kill()
        async with dispatching(config) as dispatcher:
            assert (await dispatcher.status()).missing == ("the broker cannot be reached",)
            frames = asyncio.create_task(anext(dispatcher.run(task)))
            await asyncio.sleep(0)
            await asyncio.to_thread(server.start)
            async with asyncio.timeout(CEILING):
                while (await dispatcher.status()).waiting["checks.quick"] == 0:
                    await asyncio.sleep(0.02)
            assert (await dispatcher.status()).missing == (
                "no worker listens on checks.quick",
                "no worker listens on checks.heavy",
            )
            with running_workers(server, config, tmp_path):
                assert isinstance(decode_frame(await frames), Written)

    asyncio.run(scenario())
