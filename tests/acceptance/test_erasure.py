"""One call erases a student from everything that keeps something: the database's files, Redis, the server's memory."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.api_server import PRAMANA, ApiServer, api_server
from tests.services import RedisServer, WorkerProcess, wait_until
from workers.broker import BrokerConfig

MIRA, TOM = {"X-Pramana-Student": "mira"}, {"X-Pramana-Student": "tom"}
WRONG = "Zwetschgen: 17 + 4 = 22, and $x^2 = 4$ has only the solution $x = 2$."


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    folder = tmp_path / "redis"
    folder.mkdir()
    server = RedisServer(folder)
    yield server
    server.stop()


def contents(client: Redis) -> str:
    """Everything in a Redis, as text."""
    readers = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"set": client.smembers,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"zset": lambda key: client.zrange(key, 0, -1),
        b"stream": client.xrange,
    }
    return repr([(key, readers[client.type(key)](key)) for key in client.scan_iter()])


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def make_key(server: ApiServer) -> dict[str, str]:
    command = [PRAMANA, "key", "create", "eraser", "--scopes", "check,erase"]
    done = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True, timeout=60)
    return {"Authorization": f"Bearer {done.stdout.strip()}"}


def leave_traces(server: ApiServer, student: dict[str, str], word: str) -> tuple[str, str]:
    """Asks in every way there is; ids of the batch and of a live check that is not complete."""
    client, text = server.client, WRONG.replace("Zwetschgen", word)
    client.post("/v1/check", json={"question": f"{word}?", "answer": text}, headers=student).raise_for_status()
    rows = [{"id": f"{word} {n}", "answer": f"{word} {n}: {n} + 1 = {n + 2}"} for n in range(30)]
    batch = client.post("/v1/check/batch", json=rows, headers=student).raise_for_status().json()["id"]
    wait_until(lambda: client.get(f"/v1/jobs/{batch}", headers=student).json()["state"] == "done", "the batch is done")
    live = client.post("/v1/checks", json={"question": f"{word}?"}, headers=student).raise_for_status().json()["id"]
    for seq in range(3):
        chunk = {"seq": seq, "text": f"{word} {seq}: {seq} + 1 = 5. "}
        client.post(f"/v1/checks/{live}/chunks", json=chunk, headers=student).raise_for_status()
    return batch, live


def test_a_student_is_erased_from_database_redis_and_memory(tmp_path: Path, redis: RedisServer) -> None:
    home = tmp_path / "home"
    home.mkdir()
    worker = WorkerProcess(BrokerConfig(url=redis.url), tmp_path, slots=1, level="warning")
    try:
        with api_server(home, broker_url=redis.url) as server:
            wait_until(server.is_ready, "the worker is there")
            key = make_key(server)
            mira, tom = key | MIRA, key | TOM
            batch, live = leave_traces(server, mira, "Zwetschgen")
            toms, _ = leave_traces(server, tom, "Marillen")
            # So that nothing of this student's is under way any more.
            wait_until(lambda: all(n == 0 for n in waiting(server)), "the queues are empty")
            assert b"Zwetschgen" in files(home)

            erased = server.client.delete("/v1/students/mira", headers=key)
            assert erased.json()["texts"] > 60
            assert b"Zwetschgen" not in files(home)
            assert "Zwetschgen" not in contents(redis.client)
            assert b"Marillen" in files(home)

            assert server.client.get(f"/v1/checks/{live}/events", headers=mira).status_code == 404
            reports = server.client.get(f"/v1/jobs/{batch}/reports", headers=mira).text
            assert reports.count('"erased":true') == 30
            assert "Zwetschgen" not in reports
            assert "Marillen" in server.client.get(f"/v1/jobs/{toms}/reports", headers=tom).text
            assert server.client.delete("/v1/students/mira", headers=key).json() == {"texts": 0}
    finally:
        worker.stop()
    assert b"Zwetschgen" not in files(home)


def waiting(server: ApiServer) -> list[float]:
    lines = server.client.get("/metrics").text.splitlines()
    return [float(line.split()[-1]) for line in lines if line.startswith("pramana_queue_depth{")]
