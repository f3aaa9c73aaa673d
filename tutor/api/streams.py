"""Server-sent events from a stream of values."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, Final, TypeVar

import msgspec
import structlog
from fastapi import Request
from fastapi.responses import StreamingResponse

from tutor.api.problems import document, problem_of, request_id
from tutor.api.services import Services
from verifiers.verdicts import encode
from workers.events import Event, name_of

EVENT_STREAM: Final = "text/event-stream"
_PATIENCE: Final = 0.25
"""Seconds in which a failure is still told by the status; later it is an event."""
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_log = structlog.get_logger("pramana.api")

T = TypeVar("T")


def wants_events(request: Request) -> bool:
    return EVENT_STREAM in request.headers.get("accept", "")


async def event_stream(
    request: Request, services: Services, events: AsyncGenerator[tuple[int | None, Event], None], *, endless: bool
) -> StreamingResponse:
    """The events as they come, with a comment now and then so that nobody in between thinks the line dead. `endless`
    ones end when the server stops; whoever listens asks again with `Last-Event-ID`.

    Raises:
        Exception: what the stream raises at once.
    """
    stopping = services.stopping if endless else asyncio.Event()
    beats = _with_beats(events, services.config.heartbeat, stopping)
    first = asyncio.ensure_future(anext(beats, None))
    try:
        await asyncio.wait([first], timeout=_PATIENCE)
    except asyncio.CancelledError:
        await _close(first, beats)
        raise
    if first.done() and (error := first.exception()):
        raise error
    return StreamingResponse(_written(request, first, beats), headers=_HEADERS, media_type=EVENT_STREAM)


async def _written(
    request: Request,
    first: "asyncio.Future[tuple[int | None, Event] | None]",
    rest: AsyncGenerator[tuple[int | None, Event] | None, None],
) -> AsyncIterator[bytes]:
    try:
        yield _line(await first)
        async for item in rest:
            yield _line(item)
    except Exception as error:
        problem = problem_of(error)
        if problem.name == "internal-error":
            _log.exception("stream failed", kind=type(error).__name__)
        yield _event(None, "error", msgspec.json.encode(document(problem, request_id(request))))
    finally:
        await _close(first, rest)


async def _close(first: "asyncio.Future[Any]", rest: AsyncGenerator[Any, None]) -> None:
    if not first.done():
        first.cancel()
        await asyncio.wait([first])
    await rest.aclose()


def _line(item: tuple[int | None, Event] | None) -> bytes:
    """An event, or a comment for None."""
    if item is None:
        return b":\n\n"
    at, event = item
    return _event(at, name_of(event), encode(event))


def _event(at: int | None, name: str, data: bytes) -> bytes:
    # JSON holds no line ends, so the data is one line.
    return (b"" if at is None else b"id: %d\n" % at) + b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"


async def _with_beats(
    values: AsyncGenerator[T, None], seconds: float, stopping: asyncio.Event
) -> AsyncGenerator[T | None, None]:
    """The values, and None wherever so many seconds pass without one; ends early at `stopping`."""
    stopped = asyncio.ensure_future(stopping.wait())
    coming: asyncio.Future[T] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(anext(values))
            either: list[asyncio.Future[Any]] = [coming, stopped]
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                try:
                    value = coming.result()
                except StopAsyncIteration:
                    return
                coming = None
                yield value
            elif stopped.done():
                return
            else:
                yield None
    finally:
        stopped.cancel()
        if coming is not None:
            coming.cancel()
            await asyncio.wait([coming])
        await values.aclose()
