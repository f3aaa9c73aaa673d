"""Whatever goes wrong behind the API is told as the problem that it is."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from tests.unit.tutor.api.app import play
from tutor.api import Services
from tutor.api.problems import PROBLEMS
from verifiers.checker import Checker
from verifiers.sandbox import InlineSandbox
from workers.dispatch import Status
from workers.errors import LedgerFullError, UnavailableError
from workers.in_process import InProcess
from workers.memory_ledger import MemoryLedger
from workers.work import Task


class Full(MemoryLedger):
    """A ledger whose disk is full."""

    def open(self, *_: Any) -> None:
        raise LedgerFullError("the disk is full")

    def jobs(self, *_: Any) -> list[Any]:
        raise LedgerFullError("the disk is full")


class Away(InProcess):
    """A dispatcher whose broker is gone."""

    def __init__(self) -> None:
        super().__init__(Checker(sandbox=InlineSandbox()))

    async def run(self, task: Task) -> AsyncGenerator[bytes, None]:
        raise UnavailableError("the broker is gone", retry_after=7.0)
        yield b""

    async def status(self) -> Status:
        return Status(missing=("the broker is gone",))


class Broken(InProcess):
    """A dispatcher with a bug."""

    def __init__(self) -> None:
        super().__init__(Checker(sandbox=InlineSandbox()))

    async def run(self, task: Task) -> AsyncGenerator[bytes, None]:
        raise ZeroDivisionError("Zwetschgen")
        yield b""


ASKED = (("/v1/check", {"answer": "2 + 2 = 5"}), ("/v1/check/batch", [{"answer": "2 + 2 = 5"}]), ("/v1/checks", {}))


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_a_full_disk_is_507_and_nothing_is_accepted(path: str, body: Any) -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        answer = await client.post(path, json=body)
        assert answer.status_code == 507
        assert answer.json()["type"] == "/problems/storage-full"

    play(scenario, ledger=Full())


def test_readiness_names_what_is_missing() -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"ready": False, "missing": ["the broker is gone", "the disk is full"]}
        services.stopping.set()
        assert len((await client.get("/readyz")).json()["missing"]) == 3
        assert (await client.get("/healthz")).status_code == 200

    play(scenario, ledger=Full(), dispatcher=Away())


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_no_broker_is_503_with_when_to_come_again(accept: str) -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        answer = await client.post("/v1/check", json={"answer": "2 + 2 = 5"}, headers={"accept": accept})
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "7"
        assert answer.json()["type"] == "/problems/unavailable"

    play(scenario, dispatcher=Away())


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_bug_is_500_and_says_nothing_of_itself(accept: str) -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        answer = await client.post("/v1/check", json={"answer": "2 + 2 = 5"}, headers={"accept": accept})
        assert answer.status_code == 500
        assert answer.json()["type"] == "/problems/internal-error"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]
        assert "Zwetschgen" not in answer.text

    play(scenario, dispatcher=Broken())


def test_every_problem_has_a_status_of_its_own() -> None:
    statuses = [sort.status for sort in PROBLEMS.values()]
    assert len(set(statuses)) == len(statuses)
