"""Around every request: its id, one line in the log, and an answer whatever happens."""

import re
import time
import uuid
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tutor.api.problems import problem_of, response
from tutor.tracing import Tracing

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_FREQUENT: Final = frozenset({"/v1/checks/{check_id}/chunks", "/healthz", "/readyz", "/metrics"})
_LEFT: Final = 499
"""Logged as the status, as others do, where the caller left before it could be told one."""
_log = structlog.get_logger("pramana.api")


class RequestContext:
    """Takes `X-Request-Id` where it is well formed, makes one where it is not, and gives it back. The log line holds
    the route, not the address asked for, and no text.
    """

    def __init__(self, app: ASGIApp, tracing: Tracing | None = None) -> None:
        self.app = app
        self.tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif self.tracing is None:
            await self._around(scope, receive, send)
        else:
            with self.tracing.request(scope["method"], Headers(scope=scope)) as end:
                status = await self._around(scope, receive, send)
                end(_route(scope), status, scope["state"]["request_id"])

    async def _around(self, scope: Scope, receive: Receive, send: Send) -> int:
        """The status that was sent."""
        began = time.monotonic()
        request_id = _given_id(scope) or uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_id)
            except ClientDisconnect:
                status = status or _LEFT
            except Exception as error:
                _log.exception("request failed", kind=type(error).__name__)
                if status:
                    raise
                await response(problem_of(error), request_id)(scope, receive, send_with_id)
            finally:
                route = _route(scope)
                principal = scope["state"].get("principal")
                # What comes many times a second, or every few seconds for ever, is not worth a line each.
                log = _log.debug if route in _FREQUENT and status < 400 else _log.info
                log(
                    "request",
                    method=scope["method"],
                    route=route,
                    status=status,
                    ms=round((time.monotonic() - began) * 1000, 1),
                    key=getattr(principal, "key", None),
                )
        return status


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", ""))


def _given_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            text = value.decode("latin-1")
            return text if _ID.fullmatch(text) else ""
    return ""
