"""Who may call from a browser: nobody but pages of this server itself.

A server without keys trusts whoever reaches its loopback address. A foreign page in a browser on the same machine can
reach it too, through a name that it points at 127.0.0.1 or by sending blindly, so the name the server is called by
and the page that calls are looked at first.
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tutor.api.problems import Problem, response

LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class HostGuard:
    """Refuses other `Host` names than `names` (any, where there are none) and pages of other origins."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self.names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = self._problem(Headers(scope=scope)) if scope["type"] == "http" else None
        if problem is None:
            await self.app(scope, receive, send)
        else:
            await response(problem, scope["state"]["request_id"])(scope, receive, send)

    def _problem(self, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        if self.names and _name(f"//{host}") not in self.names:
            return Problem("misdirected", "call it as localhost, or name the host in PRAMANA_HOSTS")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return Problem("not-allowed", "pages of other origins may not call this server")
        return None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    return host.lower() in LOCAL_NAMES or (host.startswith("127.") and host.replace(".", "").isdigit())


def _name(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
