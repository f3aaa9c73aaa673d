"""A `pramana serve` that a test starts for itself, with a data folder of its own."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from tests.services import free_port, wait_until

PRAMANA = str(Path(sys.executable).parent / "pramana")


class ApiServer:
    """Serves from `folder`; can be ended and started again on the same port. Settings are given as for the
    environment, without their prefix; `inherited` is the rest of the environment.
    """

    def __init__(
        self, folder: Path, *options: str, inherited: Mapping[str, str] | None = None, **settings: str
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PRAMANA_")}
        given = {"HOME": str(folder), "PORT": str(self.port), "LOG_FORMAT": "json", "CONCURRENCY": "2", **settings}
        self.environment = (
            clean | dict(inherited or {}) | {f"PRAMANA_{name.upper()}": value for name, value in given.items()}
        )
        self._options = options
        self.client = httpx.Client(base_url=self.url, timeout=60)
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([PRAMANA, "serve", *self._options], env=self.environment, stderr=log)
        wait_until(lambda: self.answers("/healthz"), "the server comes up")

    def is_ready(self) -> bool:
        """Whether a check would be done: not without workers."""
        return self.answers("/readyz")

    def answers(self, path: str) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended: {self.said()}")
        with contextlib.suppress(httpx.TransportError):
            return self.client.get(path).status_code == 200
        return False

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")[-2_000:]

    def terminate(self) -> int:
        """As a supervisor does it; the exit status."""
        self.process.terminate()
        return self.process.wait(60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.terminate()

    def check(self, answer: str, **more: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.client.post("/v1/check", json={"answer": answer, **more}).raise_for_status().json()
        return found


@contextlib.contextmanager
def api_server(
    folder: Path, *options: str, inherited: Mapping[str, str] | None = None, **settings: str
) -> Iterator[ApiServer]:
    server = ApiServer(folder, *options, inherited=inherited, **settings)
    try:
        yield server
    finally:
        server.stop()


def events(lines: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    """`(id, event, data)` of a stream's lines."""
    fields: dict[str, str] = {}
    for line in lines:
        if not line:
            if "event" in fields:
                yield fields.get("id", ""), fields["event"], fields["data"]
            fields = {}
            continue
        name, _, value = line.partition(":")
        fields[name] = value.removeprefix(" ")
