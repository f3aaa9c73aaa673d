"""The page on operations: its commands run, in the places it names."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.compose import COMPOSE
from tests.postgres import fresh_database
from tests.services import RedisServer, free_port, wait_until

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text("utf-8")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def blocks(title: str) -> list[list[str]]:
    """The commands of each block of a section."""
    return [block.splitlines() for block in re.findall(r"^```sh\n(.*?)^```$", section(title), re.M | re.S)]


class Machine:
    """A shell with a data folder of its own, in which the page's addresses lead to `places`."""

    def __init__(self, folder: Path, **places: str) -> None:
        self._folder = folder
        self._places = places
        self._variables = {name: value for name, value in os.environ.items() if not name.startswith("PRAMANA_")}
        self._variables |= {"PRAMANA_HOME": str(folder / "home"), "PRAMANA_LOG_LEVEL": "warning"}
        self._variables["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._running: list[subprocess.Popen[str]] = []
        folder.mkdir()

    def type(self, command: str, **settings: str) -> str:
        """What it prints; the ones that run on are left running."""
        exported = re.fullmatch(r"export (\w+)='(.*)'", command)
        if exported:
            self._variables[exported[1]] = self._places[exported[2]]
            return ""
        given = {**self._variables, **settings}
        if re.match(r"pramana (serve|worker)\b", command):
            words = command.split()
            self._running.append(subprocess.Popen(words, env=given, cwd=self._folder, text=True))
            return ""
        done = subprocess.run(
            ["bash", "-c", command], env=given, cwd=self._folder, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, (command, done.stderr)
        return done.stdout

    def end(self) -> None:
        for process in self._running:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(timeout=75) for process in self._running] == [0] * len(self._running)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def test_many_machines_are_set_up_as_the_page_says(tmp_path: Path, redis: RedisServer) -> None:
    on_server, on_worker, looking = blocks("On many")
    with fresh_database() as database:
        places = {
            "postgresql://pramana:PASSWORD@db.internal/pramana": database,
            "redis://:PASSWORD@queue.internal:6379/0": redis.url,
        }
        server, worker = Machine(tmp_path / "server", **places), Machine(tmp_path / "worker", **places)
        port = free_port()
        said = [server.type(command, PRAMANA_PORT=str(port)) for command in on_server]
        key = said[-2].strip()
        for command in on_worker:
            worker.type(command)

        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:

            def ready() -> bool:
                try:
                    return client.get("/readyz").status_code == 200
                except httpx.TransportError:
                    return False

            wait_until(ready, "server and workers are there")
            headers = {"Authorization": f"Bearer {key}"}
            report = client.post("/v1/check", json={"answer": "2 + 2 = 5"}, headers=headers)
        assert report.json()["label"] == "refuted"
        shown = re.findall(r"^```text\n(.*?)^```$", section("On many"), re.M | re.S)
        assert worker.type(looking[0]) == shown[0]
        server.end()
        worker.end()
        assert not (tmp_path / "worker" / "home").exists()


def test_the_other_commands_do_what_the_page_says(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "machine")
    (_, (create, _)) = blocks("On one machine")
    assert machine.type(create).startswith("pramana_")
    ((erase,),) = blocks("Erasing a student")
    assert f"```text\n{machine.type(erase)}```" in section("Erasing a student")
    ((backup,),) = blocks("Backups")
    assert "bytes" in machine.type(backup)
    ((current,),) = blocks("Upgrades")
    assert "up to date" in machine.type(current)


def test_what_the_page_says_of_the_composition_is_in_it() -> None:
    text = COMPOSE.read_text()
    for name in re.findall(r"`([A-Z]+_PROCESSES)`", section("In containers")):
        assert f"${{{name}:-" in text
    for command in blocks("In containers")[0]:
        if command.startswith("docker compose run"):
            assert f"\n  {command.split()[4]}:\n" in text
