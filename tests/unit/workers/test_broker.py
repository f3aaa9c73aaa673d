"""Where things lie on the broker."""

import pytest

from verifiers.cost import CostClass
from workers.broker import BrokerConfig, lane, lanes
from workers.work import CompareResults, Task


@pytest.mark.parametrize(
    ("url", "celery"),
    [
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
        ("redis://:p%2Fw@host/3", "redis://:p%2Fw@host/3"),
        ("redis://host?db=3", "redis://host/3"),
        ("rediss://host:6380/1?ssl_cert_reqs=required", "rediss://host:6380/1?ssl_cert_reqs=required"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
        ("unix:///run/redis.sock?db=2", "redis+socket:///run/redis.sock?virtual_host=2"),
    ],
)
def test_celery_and_redis_mean_the_same_database(url: str, celery: str) -> None:
    assert BrokerConfig(url=url).celery_url == celery


@pytest.mark.parametrize("cost", CostClass)
@pytest.mark.parametrize("urgent", [True, False])
def test_a_task_waits_in_one_of_the_lists_of_its_queue(cost: CostClass, urgent: bool) -> None:
    task = Task(id="t", work=CompareResults(gold="1", pred="1"), cost=cost, urgent=urgent)
    assert lane(task) in lanes(f"checks.{cost.value}")
