"""The life of a task in Redis, step by step, without workers."""

import time
import uuid
from collections.abc import Iterator

import pytest

from tests.services import RedisServer, wait_until
from workers.broker import BATCH, BrokerConfig, lane
from workers.clocks import Clocks
from workers.leases import Leases
from workers.notices import decode_notice
from workers.records import Asked, Records, Seen
from workers.work import CompareResults, Task

SHORT = Clocks(check=0.02, reading=0.05, group=0.05, lease=0.3, renewal=0.05, visibility=10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("leases"))
    yield server
    server.stop()


@pytest.fixture
def config(server: RedisServer) -> BrokerConfig:
    return BrokerConfig(url=server.url, prefix=f"{uuid.uuid4().hex}:", clocks=SHORT)


@pytest.fixture
def records(config: BrokerConfig) -> Iterator[Records]:
    records = Records(config, config.prefix + "here")
    yield records
    records.close()


@pytest.fixture
def leases(config: BrokerConfig) -> Iterator[Leases]:
    leases = Leases(config)
    leases.start(["checks.quick"], 3)
    yield leases
    leases.close()


def task(id: str = "t") -> Task:
    return Task(id=id, work=CompareResults(gold="1", pred="1"))


def test_a_task_is_held_once_and_finished_once(records: Records, leases: Leases) -> None:
    assert records.ask(task()) == (Asked.NEW, None)
    assert records.ask(task()) == (Asked.KNOWN, None)
    lease = leases.acquire("t")
    assert lease
    assert lease.attempt == 1
    assert leases.acquire("t") is None
    assert records.look([task()]) == [Seen.RUNNING]
    assert lease.finish([b"1", b"2"])
    assert not lease.finish([b"3"])
    assert leases.acquire("t") is None
    assert records.look([task()]) == [Seen.DONE]
    state, notice = records.ask(task())
    assert state is Asked.DONE
    assert notice
    assert [bytes(frame) for frame in notice.frames] == [b"1", b"2"]


def test_an_unknown_task_is_not_taken(records: Records, leases: Leases) -> None:
    assert leases.acquire("never asked") is None
    assert records.look([task()]) == [Seen.UNKNOWN]


def test_who_waits_is_told_each_frame_and_the_end(server: RedisServer, records: Records, leases: Leases) -> None:
    subscription = server.client.pubsub(ignore_subscribe_messages=True)
    subscription.subscribe(records.channel)
    records.ask(task())
    lease = leases.acquire("t")
    assert lease
    lease.say(0, b'"a"')
    lease.finish([b'"a"', b'"b"'])
    notices: list[bytes] = []

    def both() -> bool:
        message = subscription.get_message(timeout=0.1)
        notices.extend([message["data"]] if message else [])
        return len(notices) == 2

    wait_until(both, "both notices come")
    first, last = map(decode_notice, notices)
    assert (first.first, [bytes(f) for f in first.frames], first.done) == (0, [b'"a"'], False)
    assert ([bytes(f) for f in last.frames], last.done) == ([b'"a"', b'"b"'], True)
    subscription.close()


def test_a_large_result_is_fetched_rather_than_sent_around(records: Records, leases: Leases) -> None:
    records.ask(task())
    lease = leases.acquire("t")
    assert lease
    lease.finish([b'"' + b"x" * 500_000 + b'"'])
    notice = records.result("t")
    assert notice
    assert len(bytes(notice.frames[0])) == 500_002


def test_a_lease_is_renewed_while_there_is_progress_and_lapses_without(records: Records, leases: Leases) -> None:
    records.ask(task())
    lease = leases.acquire("t")
    assert lease

    def lapsed() -> bool:
        return records.look([task()]) == [Seen.LOST]

    until = time.monotonic() + 3 * SHORT.lease
    while time.monotonic() < until:
        lease.progress()
        assert not lapsed()
    wait_until(lapsed, "the lease lapses")
    assert records.look([task()]) == [Seen.WAITING], "told once, so that it is sent once"
    second = leases.acquire("t")
    assert second
    assert second.attempt == 2
    assert lease.finish([b"1"])
    assert not second.finish([b"2"])
    result = records.result("t")
    assert result
    assert bytes(result.frames[0]) == b"1"


def test_a_message_that_is_nowhere_is_lost_and_one_in_its_list_is_not(
    server: RedisServer, config: BrokerConfig, records: Records, leases: Leases
) -> None:
    server.client.lpush(config.prefix + lane(task()), "a message")
    records.ask(task("a"))
    records.ask(task("b"))
    assert records.look([task("a"), task("b")]) == [Seen.WAITING, Seen.WAITING]
    server.client.delete(config.prefix + lane(task()))
    wait_until(lambda: records.look([task("a")]) == [Seen.LOST], "it is old enough to be lost")
    assert lane(task()) == f"checks.quick:{BATCH}"


def test_a_message_that_was_overtaken_is_lost(
    server: RedisServer, config: BrokerConfig, records: Records, leases: Leases
) -> None:
    """Lists are taken from in order: what was sent before the one begun last is in no list any more."""
    server.client.lpush(config.prefix + lane(task()), "others, without end")
    records.ask(task("early"))
    server.client.hset(config.key("task", "early"), "sent", "1")
    assert records.look([task("early")]) == [Seen.WAITING]
    records.ask(task("late"))
    assert leases.acquire("late")
    assert records.look([task("early")]) == [Seen.LOST]


def test_cancelling_ends_what_has_not_begun(records: Records, leases: Leases) -> None:
    records.ask(task("a"))
    records.cancel("a")
    assert leases.acquire("a") is None
    assert records.ask(task("a"))[0] is Asked.CANCELLED
    assert records.look([task("a")]) == [Seen.CANCELLED]
    records.ask(task("b"))
    assert leases.acquire("b")
    records.cancel("b")
    records.cancel("never asked")
    assert records.look([task("b")]) == [Seen.RUNNING]


def test_forgetting_leaves_no_text_behind(server: RedisServer, config: BrokerConfig, records: Records) -> None:
    leases = Leases(config)
    secret = Task(id="t", work=CompareResults(gold="a secret", pred="1"))
    records.ask(secret)
    lease = leases.acquire("t")
    assert lease
    assert b"a secret" in lease.work
    records.forget(["t", "never asked"])
    assert lease.finish([b'"a secret"'])
    for key in server.client.scan_iter(config.prefix + "*"):
        kept = server.client.hgetall(key) if server.client.type(key) == b"hash" else key
        assert b"secret" not in repr(kept).encode()
        assert b":result:" not in key
    assert records.ask(task())[0] is Asked.NEW


def test_a_lease_is_kept_over_a_redis_without_memory(
    server: RedisServer, config: BrokerConfig, records: Records, leases: Leases
) -> None:
    records.ask(task())
    lease = leases.acquire("t")
    assert lease

    def again() -> bool:
        lease.progress()
        return bool(server.client.exists(config.key("lease", "t")))

    server.client.flushall()
    wait_until(again, "the lease is taken again")
    assert records.ask(task())[0] is Asked.NEW
    assert leases.acquire("t") is None


def test_workers_are_counted_while_they_live(config: BrokerConfig, records: Records) -> None:
    leases = Leases(config)
    assert records.census().workers == ()
    leases.start(["checks.quick"], 3)
    wait_until(lambda: records.census().slots("checks.quick") == 3, "it announces itself")
    assert records.census().slots("checks.heavy") == 0
    assert records.census().waiting == {"checks.quick": 0, "checks.heavy": 0}
    leases.leave()
    assert records.census().slots() == 0
    leases.close()
