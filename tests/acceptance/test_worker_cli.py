"""`pramana worker` as one starts it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import PRAMANA, RedisServer, WorkerProcess, wait_until, workers_alive
from verifiers.cost import CostClass
from workers.broker import BrokerConfig
from workers.celery_dispatch import CeleryDispatcher
from workers.work import Answer, CheckAnswers, CheckClaims, Decided, Found, Task, decode_frame

BARE = {name: value for name, value in os.environ.items() if not name.startswith("PRAMANA_")}


@pytest.mark.parametrize(
    ("options", "settings", "said"),
    [
        ([], {}, "set PRAMANA_BROKER_URL"),
        ([], {"PRAMANA_BROKER_URL": "amqp://localhost"}, "must begin with redis://"),
        (
            ["--queues", "checks.slow"],
            {"PRAMANA_BROKER_URL": "redis://localhost"},
            "there are checks.heavy, checks.quick",
        ),
        (["--concurrency", "0"], {"PRAMANA_BROKER_URL": "redis://localhost"}, "--concurrency"),
    ],
)
def test_what_cannot_be_used_is_said_at_once(
    options: list[str], settings: dict[str, str], said: str, tmp_path: Path
) -> None:
    environment = BARE | {"PRAMANA_HOME": str(tmp_path)} | settings
    ended = subprocess.run([PRAMANA, "worker", *options], env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_quick_and_heavy_work_can_go_to_workers_of_their_own(tmp_path: Path) -> None:
    """One of them started with Celery's own command."""
    server = RedisServer(tmp_path)
    config = BrokerConfig(url=server.url, prefix="apart:")
    celery = [sys.executable, "-m", "celery", "-A", "tutor.celery", "worker", "--without-mingle", "--without-gossip"]
    workers: list[WorkerProcess] = []

    async def scenario() -> None:
        dispatcher = CeleryDispatcher(config)
        await dispatcher.start()
        assert (await dispatcher.status()).missing == ("no worker listens on checks.heavy",)
        answer = Answer(steps=(r"$\int_0^1 x^2 \, dx = \frac{1}{3}$",))
        asked = Task(id="a", work=CheckAnswers(answers=(answer,)), urgent=True)
        found, left = [decode_frame(frame) async for frame in dispatcher.run(asked)]
        assert isinstance(found, Found)
        assert isinstance(left, Decided)
        assert left.checked is None
        workers.append(WorkerProcess(config, tmp_path, command=[*celery, "-Q", "checks.heavy"]))
        asked = Task(id="b", work=CheckClaims(claims=found.extraction.claims), cost=CostClass.HEAVY, urgent=True)
        (decided,) = [decode_frame(frame) async for frame in dispatcher.run(asked)]
        assert isinstance(decided, Decided)
        assert decided.checked
        assert decided.checked.verdict.label.value == "supported"
        assert (await dispatcher.status()).missing == ()
        await dispatcher.close()

    try:
        workers.append(WorkerProcess(config, tmp_path, command=[PRAMANA, "worker", "--queues", "checks.quick"]))
        wait_until(lambda: workers_alive(server, config) == 1, "the quick worker comes up")
        asyncio.run(scenario())
    finally:
        for worker in workers:
            worker.stop()
        server.stop()
    assert [worker.process.returncode for worker in workers] == [0, 0]
