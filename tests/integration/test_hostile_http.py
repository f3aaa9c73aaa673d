"""Bodies that make no sense and callers that never finish cost no process and nobody else's time."""

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api_server import ApiServer, api_server
from tests.hostile_bodies import throw
from tests.slow_callers import slow_callers


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    with api_server(tmp_path_factory.mktemp("hostile"), rate_limit="none", log_level="warning") as running:
        yield running


def processes(server: ApiServer) -> set[str]:
    """The server with all that it started."""
    found = {str(server.process.pid)}
    while True:
        done = subprocess.run(["ps", "-o", "pid=", "--ppid", ",".join(found)], capture_output=True, text=True)
        more = found | set(done.stdout.split())
        if more == found:
            return found
        found = more


def test_random_bodies_cost_no_process(server: ApiServer) -> None:
    assert server.check("2 + 2 = 5")["label"] == "refuted"
    before = processes(server)
    statuses = asyncio.run(throw(server.port, 600, seed=20261124))
    assert sum(statuses.values()) == 600
    assert not [status for status in statuses if status >= 500]
    assert {200, 400, 415, 422} <= set(statuses)
    assert processes(server) == before
    assert server.check("2 + 2 = 5")["label"] == "refuted"
    assert "exception" not in server.said()


def test_slow_callers_do_not_keep_others_from_their_answers(server: ApiServer) -> None:
    async def asked() -> list[int]:
        async with slow_callers(server.port, 240, pause=0.5), httpx.AsyncClient(base_url=server.url) as client:
            answers = [await client.post("/v1/check", json={"answer": f"{n} + 2 = 5"}) for n in range(20)]
            return [answer.status_code for answer in answers]

    assert asyncio.run(asked()) == [200] * 20


def test_a_body_that_never_ends_is_given_up(tmp_path: Path) -> None:
    async def told(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
        writer.write(b"Content-Length: 100\r\n\r\n{")
        line = await reader.readline()
        writer.close()
        return line

    with api_server(tmp_path, body_seconds="0.2") as server:
        assert asyncio.run(told(server.port)).startswith(b"HTTP/1.1 408 ")
