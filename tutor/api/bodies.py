"""Bodies: read within their limits, decoded into values, and never a surprise for what comes after."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec
import structlog
from fastapi import Request, Response

from tutor.api.problems import Fault, Problem
from tutor.api.services import Services
from verifiers.verdicts import encode

T = TypeVar("T")
MOST_FAULTS: Final = 20
"""Of the lines of a batch that are wrong, so many are told."""
_PATH: Final = re.compile(r" - at `(\$[^`]*)`$")
JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
_DRAINED: Final = 32 * 2**20
_DRAIN_SECONDS: Final = 5.0
_CLOSE: Final = {"Connection": "close"}
_log = structlog.get_logger("pramana.api")


async def json(request: Request, services: Services, kind: type[T]) -> T:
    """The JSON body as a value.

    Raises:
        Problem: unsupported-media-type, body-too-large, too-slow, malformed-body, invalid-request.
    """
    expect(request, JSON)
    return decode(await read(request, services, services.config.body_limit), kind)


def answer(value: msgspec.Struct, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(encode(value), status, headers=headers, media_type=JSON)


def media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def expect(request: Request, *known: str) -> str:
    """The content type of the request, one of these.

    Raises:
        Problem: unsupported-media-type.
    """
    given = media_type(request)
    if given not in known:
        raise Problem("unsupported-media-type", f"send Content-Type: {' or '.join(known)}")
    return given


async def read(request: Request, services: Services, limit: int) -> bytes:
    """The body, kept no further than to `limit`.

    Raises:
        Problem: body-too-large, too-slow.
    """
    seconds = services.config.body_seconds
    length = request.headers.get("content-length", "")
    told = int(length[:20]) if length.isdigit() else 0
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            if told <= limit:
                async for piece in request.stream():
                    body += piece
                    if len(body) > limit:
                        break
    except TimeoutError:
        raise Problem("too-slow", f"it was not there within {seconds:g} s", headers=_CLOSE) from None
    if told > limit or len(body) > limit:
        if "expect" not in request.headers:
            await _drain(request)
        raise Problem("body-too-large", f"the limit is {limit} bytes", headers=_CLOSE)
    if services.config.log_text:
        _log.info("body", text=body.decode("utf-8", "replace"))
    return bytes(body)


async def _drain(request: Request) -> None:
    """Lets a caller finish who would not look for an answer before; within bounds, for some never do."""
    left = _DRAINED
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while left > 0:
                message = await request.receive()
                left -= len(message.get("body", b"")) + 1
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return
    except TimeoutError:
        return


def decode(body: bytes, kind: type[T]) -> T:
    """
    Raises:
        Problem: malformed-body for what is no JSON, invalid-request for JSON that is not of this kind.
    """
    try:
        return _value(body, kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _problem(error) from error


def _value(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        if "`int" not in str(error):
            raise
        # To JSON Schema 3.0 is as good an integer as 3, and some languages write no other.
        return msgspec.convert(_whole_floats(msgspec.json.decode(body)), type=kind)


def _whole_floats(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole_floats(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole_floats(item) for key, item in value.items()}
    return value


def decode_lines(body: bytes, kind: type[T], most: int) -> list[T]:
    """One value a line; all lines that are wrong are told at once.

    Raises:
        Problem: as `decode`, and for more than `most`.
    """
    rows: list[T] = []
    faults: list[Fault] = []
    for number, line in enumerate(_lines(body), 1):
        if not line.strip():
            continue
        try:
            rows.append(_value(line, kind))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            faults.append(msgspec.structs.replace(_fault(error), line=number))
        if len(rows) > most:
            raise Problem("invalid-request", f"more than {most} answers; send them as several batches")
        if len(faults) == MOST_FAULTS:
            break
    if faults:
        raise Problem("invalid-request", "; ".join(f"line {f.line}: {f.detail}" for f in faults[:3]), errors=faults)
    return rows


def decode_list(body: bytes, kind: type[T], most: int) -> list[T]:
    """A JSON list of values.

    Raises:
        Problem: as `decode`, and for more than `most`.
    """
    listed: Any = list[kind]  # type: ignore[valid-type]
    rows: list[T] = decode(body, listed)
    if len(rows) > most:
        raise Problem("invalid-request", f"more than {most} answers; send them as several batches")
    return rows


def _lines(body: bytes) -> Iterator[bytes]:
    start = 3 if body.startswith(b"\xef\xbb\xbf") else 0
    while start < len(body):
        end = body.find(b"\n", start)
        end = len(body) if end < 0 else end
        yield body[start:end]
        start = end + 1


def _problem(error: Exception) -> Problem:
    fault = _fault(error)
    if isinstance(error, msgspec.ValidationError):
        return Problem(
            "invalid-request", f"{fault.path}: {fault.detail}" if fault.path else fault.detail, errors=[fault]
        )
    return Problem("malformed-body", fault.detail)


def _fault(error: Exception) -> Fault:
    if isinstance(error, RecursionError):
        return Fault("nested too deep")
    if isinstance(error, UnicodeDecodeError):
        return Fault("not UTF-8")
    said = str(error)
    if match := _PATH.search(said):
        return Fault(said[: match.start()], match[1])
    return Fault(said)
