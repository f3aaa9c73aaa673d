"""The composition of `deploy/`, played with processes in place of containers: its commands, its environment, its health
checks, in its order.
"""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.compose import interpolated, service
from tests.postgres import fresh_database
from tests.services import RedisServer, free_port, wait_until

PRAMANA = str(Path(sys.executable).parent / "pramana")


class Composition:
    """The services that are ours; Redis and PostgreSQL are at `redis` and `database`."""

    def __init__(self, home: Path, database: str, redis: str) -> None:
        self.port = free_port()
        self._addresses = {
            "postgresql://pramana:pw@postgres:5432/pramana": database,
            "redis://redis:6379/0": redis,
            "http://127.0.0.1:8000": f"http://127.0.0.1:{self.port}",
        }
        self._home = home
        self._running: dict[str, subprocess.Popen[str]] = {}

    def run(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """`docker compose run NAME COMMAND`: the service's own command unless another is given."""
        words = command or self._here(service(name)["command"])
        return subprocess.run(
            [PRAMANA, *words], env=self._environment(name), capture_output=True, text=True, timeout=120
        )

    def start(self, name: str) -> None:
        words = self._here(service(name)["command"])
        self._running[name] = subprocess.Popen([PRAMANA, *words], env=self._environment(name), text=True)

    def is_healthy(self, name: str) -> bool:
        _, program, *words = self._here(service(name)["healthcheck"]["test"])
        found = PRAMANA if program == "pramana" else sys.executable
        done = subprocess.run([found, *words], env=self._environment(name), capture_output=True, timeout=60)
        return done.returncode == 0

    def ask(self, path: str, key: str = "", body: bytes | None = None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def stop(self) -> dict[str, int]:
        """Exit statuses after SIGTERM."""
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        statuses = {name: process.wait(timeout=75) for name, process in self._running.items()}
        self._running = {}
        return statuses

    def kill(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    def _here(self, words: list[str]) -> list[str]:
        return [self._moved(interpolated(word)) for word in words]

    def _moved(self, text: str) -> str:
        for there, here in self._addresses.items():
            text = text.replace(there, here)
        return text

    def _environment(self, name: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PRAMANA_")}
        given = {
            key: self._moved(interpolated(value, POSTGRES_PASSWORD="pw"))
            for key, value in service(name)["environment"].items()
        }
        return {**kept, **given, "PRAMANA_HOME": str(self._home), "PRAMANA_PORT": str(self.port)}


@pytest.fixture
def composition(tmp_path: Path) -> Iterator[Composition]:
    with fresh_database() as database:
        redis = RedisServer(tmp_path)
        made = Composition(tmp_path / "home", database, redis.url)
        yield made
        made.kill()
        redis.stop()


def test_the_composition_serves_checks_and_stops(composition: Composition) -> None:
    assert composition.run("api").stderr.startswith("pramana: the database has no tables yet")
    assert composition.run("migrate").returncode == 0
    refused = composition.run("api")
    assert refused.returncode == 2
    assert "pramana key create" in refused.stderr
    key = composition.run("api", "key", "create", "first").stdout.strip()

    for name in ("api", "quick", "heavy"):
        composition.start(name)
    wait_until(lambda: composition.ask("/readyz")[0] == 200, "the server is ready")
    assert all(composition.is_healthy(name) for name in ("api", "quick", "heavy"))

    body = b'{"answer": "There are 37 \\u00d7 48 = 1,776 pencils. Then 1,776 - 1,250 = 536 are left."}'
    assert composition.ask("/v1/check", body=body)[0] == 401
    status, report = composition.ask("/v1/check", key, body)
    assert status == 200
    assert [claim["label"] for claim in json.loads(report)["claims"]] == ["supported", "refuted"]
    metrics = composition.ask("/metrics")[1].decode()
    assert 'pramana_claims_total{kind="arithmetic",label="refuted"} 1.0' in metrics
    assert 'pramana_queue_depth{queue="checks.quick"}' in metrics

    assert composition.stop() == {"api": 0, "quick": 0, "heavy": 0}
    assert not composition.is_healthy("api")
    assert not composition.is_healthy("quick")
