"""Errors as problem documents (RFC 9457). `type` is one of `PROBLEMS`, each explained in `docs/api.md`."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from workers.errors import CancelledTaskError, ClosedJobError, LedgerFullError, UnavailableError, UnknownJobError

MEDIA_TYPE: Final = "application/problem+json"


class _Sort(NamedTuple):
    status: int
    title: str


PROBLEMS: Final[Mapping[str, _Sort]] = {
    "malformed-body": _Sort(400, "The body cannot be read"),
    "key-needed": _Sort(401, "A valid key is needed"),
    "not-allowed": _Sort(403, "This caller may not do that"),
    "not-found": _Sort(404, "There is no such thing here"),
    "method-not-allowed": _Sort(405, "This cannot be done here"),
    "too-slow": _Sort(408, "The body took too long to arrive"),
    "conflict": _Sort(409, "That does not fit what was said before"),
    "body-too-large": _Sort(413, "The body is too large"),
    "unsupported-media-type": _Sort(415, "This content type is not read here"),
    "misdirected": _Sort(421, "The server is not called by that name"),
    "invalid-request": _Sort(422, "The request does not say what is needed"),
    "too-many-requests": _Sort(429, "This key asks too often"),
    "internal-error": _Sort(500, "Something went wrong here"),
    "unavailable": _Sort(503, "Nobody can check just now"),
    "storage-full": _Sort(507, "Nothing more can be stored"),
}
_LONGEST: Final = 500
"""Characters of a sentence about what is wrong."""
_BY_STATUS: Final = {sort.status: name for name, sort in PROBLEMS.items()}


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a body, and where: a path into its JSON, or the line of a list of lines."""

    detail: str
    path: str = ""
    line: int | None = None


class ProblemDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457. `request_id` is also in the server's log."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[Fault, ...] = ()


class Problem(Exception):  # noqa: N818 - the RFC's word
    """What a request is answered with instead. `name` is one of `PROBLEMS`."""

    def __init__(
        self, name: str, detail: str, *, errors: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.name = name
        self.detail = _short(detail)
        self.errors = tuple(msgspec.structs.replace(fault, detail=_short(fault.detail)) for fault in errors)
        self.headers = dict(headers or {})


def _short(text: str) -> str:
    """What a caller sent may be quoted, not repeated."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def document(problem: Problem, request_id: str) -> ProblemDocument:
    sort = PROBLEMS[problem.name]
    return ProblemDocument(
        type=f"/problems/{problem.name}",
        title=sort.title,
        status=sort.status,
        detail=problem.detail,
        request_id=request_id,
        errors=problem.errors,
    )


def response(problem: Problem, request_id: str) -> Response:
    return Response(
        msgspec.json.encode(document(problem, request_id)),
        PROBLEMS[problem.name].status,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )


def problem_of(error: Exception) -> Problem:
    """The problem an error is told as; what nobody expected is an `internal-error` without words of its own."""
    match error:
        case Problem():
            return error
        case UnknownJobError():
            return Problem("not-found", str(error))
        case UnavailableError():
            return Problem("unavailable", str(error), headers={"Retry-After": str(max(1, round(error.retry_after)))})
        case LedgerFullError():
            return Problem("storage-full", str(error))
        case CancelledTaskError() | ClosedJobError():
            return Problem("conflict", str(error))
        case RequestValidationError():
            faults = tuple(Fault(e["msg"], ".".join(map(str, e["loc"]))) for e in error.errors())
            return Problem("invalid-request", "; ".join(f"{f.path}: {f.detail}" for f in faults), errors=faults)
        case HTTPException() if name := _BY_STATUS.get(error.status_code):
            return Problem(name, str(error.detail), headers=error.headers)
        case HTTPException():
            return Problem("malformed-body", str(error.detail))
    return Problem("internal-error", "the server's log has more under this request id")


def request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


async def _answer(request: Request, error: Exception) -> Response:
    return response(problem_of(error), request_id(request))


def install(app: FastAPI) -> None:
    """Every expected error is answered with its problem. Others are `context.RequestContext`'s."""
    for kind in (
        Problem,
        HTTPException,
        RequestValidationError,
        UnknownJobError,
        UnavailableError,
        LedgerFullError,
        CancelledTaskError,
        ClosedJobError,
    ):
        app.add_exception_handler(kind, _answer)
