"""A `pramana serve` of one's own, what it costs, and a client that costs little beside it."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

COMMAND = str(Path(sys.executable).parent / "pramana")
_TICKS = os.sysconf("SC_CLK_TCK")


class Tree(NamedTuple):
    """A process with all its descendants."""

    pid: int

    def members(self) -> list[int]:
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        found, waiting = [self.pid], [self.pid]
        while waiting:
            parent = waiting.pop()
            children = [pid for pid, of in parents.items() if of == parent]
            found += children
            waiting += children
        return found

    def cpu_seconds(self) -> float:
        """Of all members that live."""
        total = 0
        for pid in self.members():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += sum(int(field) for field in fields[11:15])
        return total / _TICKS

    def pss_mib(self) -> list[float]:
        """Proportional set size of each member, this process first: what shared pages weigh is divided among those who
        share them.
        """
        return [_pss_kib(pid) / 1024 for pid in self.members()]


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class Server(NamedTuple):
    port: int
    tree: Tree


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(**settings: str) -> Iterator[Server]:
    """The server in a data folder of its own, ready."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PRAMANA_")}
        environment |= {"PRAMANA_HOME": home, "PRAMANA_RATE_LIMIT": "none", "PRAMANA_LOG_LEVEL": "error"} | settings
        process = subprocess.Popen([COMMAND, "serve", "--port", str(port)], env=environment)
        try:
            deadline = time.monotonic() + 60
            while asyncio.run(_status(port)) != 200:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise RuntimeError("the server did not come up")
                time.sleep(0.1)
            yield Server(port, Tree(process.pid))
        finally:
            process.terminate()
            process.wait(30)


async def _status(port: int) -> int:
    try:
        async with connection(port) as line:
            status, _ = await line.ask("GET", "/readyz")
            return status
    except OSError:
        return 0


class Line:
    """One HTTP/1.1 connection, kept alive; just enough of the protocol for this server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, method: str, path: str, body: bytes = b"", accept: str = "*/*") -> tuple[int, bytes]:
        await self._send(method, path, body, accept)
        status, headers = await self._head()
        if headers.get("transfer-encoding") == "chunked":
            return status, b"".join([piece async for piece in self._chunks()])
        return status, await self._reader.readexactly(int(headers.get("content-length", "0")))

    async def stream(self, path: str) -> AsyncIterator[bytes]:
        """The lines of an event stream until it ends."""
        await self._send("GET", path, b"", "text/event-stream")
        status, _ = await self._head()
        if status != 200:
            raise RuntimeError(f"{path} says {status}")
        rest = b""
        async for piece in self._chunks():
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line

    async def _send(self, method: str, path: str, body: bytes, accept: str) -> None:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode() + body)
        await self._writer.drain()

    async def _head(self) -> tuple[int, dict[str, str]]:
        first, *fields = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (field.partition(":") for field in fields if field)
        return int(first.split()[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}

    async def _chunks(self) -> AsyncIterator[bytes]:
        while size := int(await self._reader.readline(), 16):
            yield await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()


@contextlib.asynccontextmanager
async def connection(port: int) -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    try:
        yield Line(reader, writer)
    finally:
        writer.close()
