"""A batch accepted over HTTP, checked by workers over Redis: whatever dies, each answer has one report in the end."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from tests.api_server import ApiServer
from tests.batches import label_of, made_answers
from tests.services import CEILING, RedisServer, WorkerProcess, catch_at_work, executions, running_workers, wait_until
from verifiers.rows import decode_row
from workers.broker import BrokerConfig
from workers.clocks import Clocks

ANSWERS = 300
SOON = Clocks(lease=3.0, renewal=0.5)


class Service(NamedTuple):
    """All of it, on one machine."""

    api: ApiServer
    redis: RedisServer
    config: BrokerConfig
    workers: list[WorkerProcess]

    def submit(self) -> str:
        """A batch that is in its middle when this returns."""
        lines = [json.dumps({"id": a.id, "question": a.question, "steps": a.steps}) for a in made_answers(ANSWERS)]
        kind = {"content-type": "application/x-ndjson"}
        answer = self.api.client.post("/v1/check/batch", content="\n".join(lines), headers=kind)
        job = answer.raise_for_status().json()["id"]
        wait_until(lambda: self.job(job)["done"] >= ANSWERS // 10, "the batch is under way")
        assert self.job(job)["state"] == "open"
        return str(job)

    def job(self, id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.api.client.get(f"/v1/jobs/{id}").raise_for_status().json()
        return found

    def assert_one_report_each(self, job: str) -> None:
        wait_until(lambda: self.job(job)["state"] == "done", "the batch is done", 2 * CEILING)
        assert self.job(job)["done"] == self.job(job)["total"] == ANSWERS
        rows = [decode_row(line) for line in self.api.client.get(f"/v1/jobs/{job}/reports").text.splitlines()]
        assert [(row.id, row.label) for row in rows] == [(n, label_of(n)) for n in range(ANSWERS)]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("service")
    redis = RedisServer(folder, durable=True)
    config = BrokerConfig(url=redis.url, clocks=SOON)
    try:
        with running_workers(redis, config, folder, count=2) as workers:
            settings = {"broker_url": redis.url, "lease_seconds": str(SOON.lease), "renewal_seconds": str(SOON.renewal)}
            api = ApiServer(folder, **settings)
            try:
                yield Service(api, redis, config, workers)
            finally:
                api.stop()
    finally:
        redis.stop()


def kill_the_server(service: Service) -> None:
    service.api.kill()
    service.api.start()


def kill_the_server_and_a_worker(service: Service) -> None:
    catch_at_work(service.redis, service.config, service.workers)
    service.workers[0].kill()
    service.api.kill()
    service.workers[1].resume()
    service.api.start()


def kill_redis(service: Service) -> None:
    service.redis.kill()
    service.redis.start()


def kill_redis_and_the_server(service: Service) -> None:
    service.redis.kill()
    service.api.kill()
    service.redis.start()
    service.api.start()


@pytest.mark.parametrize(
    ("fault", "more"),
    [(kill_the_server, 0), (kill_redis, 2), (kill_redis_and_the_server, 2), (kill_the_server_and_a_worker, 1)],
)
def test_every_answer_has_one_report(service: Service, fault: Callable[[Service], None], more: int) -> None:
    """`more`: executions beyond one a task, at most; what was under way on a worker that died is done again. The last
    fault leaves one worker.
    """
    before = executions(service.workers)
    job = service.submit()
    fault(service)
    service.assert_one_report_each(job)
    began = executions(service.workers) - before
    assert began.total() <= len(began) + more
