"""Callers that hold a connection and hardly use it: a byte of a head, of a body, or of an answer now and then."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final

_BODY: Final = b'{"answer": "2 + 2 = 5"}'
_HEAD: Final = b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@contextlib.asynccontextmanager
async def slow_callers(port: int, count: int, pause: float = 1.0) -> AsyncIterator[None]:
    """So many of all three sorts, connected and at it."""
    connected = asyncio.Semaphore(0)
    sorts = (_slow_head, _slow_body, _slow_reader)
    callers = [asyncio.create_task(sorts[n % 3](port, pause, connected)) for n in range(count)]
    try:
        for _ in range(count):
            await connected.acquire()
        yield
    finally:
        for caller in callers:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)


async def _slow_head(port: int, pause: float, connected: asyncio.Semaphore) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    connected.release()
    with contextlib.closing(writer):
        writer.write(_HEAD)
        while True:
            writer.write(b"X-Filler: y\r\n")
            await asyncio.sleep(pause)


async def _slow_body(port: int, pause: float, connected: asyncio.Semaphore) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    connected.release()
    with contextlib.closing(writer):
        writer.write(_HEAD + b"Content-Length: 100000\r\n\r\n" + _BODY[:-2])
        while True:
            writer.write(b" ")
            await asyncio.sleep(pause)


async def _slow_reader(port: int, pause: float, connected: asyncio.Semaphore) -> None:
    """Asks for much, again and again on one line, and takes little of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2)
    connected.release()
    with contextlib.closing(writer):
        writer.write(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 4)
        while True:
            await reader.read(1)
            await asyncio.sleep(pause)
