"""Several server processes behind one address: a live check lives in one of them, and the others pass on what belongs
to it, over Unix sockets in PRAMANA_HOME/run.
"""

import asyncio
import os
import re
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import httpx
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tutor.api.problems import Problem, response
from tutor.serving.merged import merged

_ERASURE: Final = re.compile(r"/v1/students/[^/]+")
_LIVE: Final = re.compile(r"/v1/checks/(\d{1,4})-[^/]*/(?:chunks|events)")
_MARK: Final = b"x-pramana-passed-on"
_NOT_HERE: Final = frozenset({404, 503})
_HOP: Final = frozenset(
    {b"connection", b"transfer-encoding", b"keep-alive", b"date", b"content-length", b"x-request-id"}
)
"""Headers that belong to one connection, or are set anew."""


def listen(path: Path) -> socket.socket:
    """A socket on which a process hears its siblings; whatever is left of an earlier one goes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.fspath(path))
    path.chmod(0o600)
    listener.listen(128)
    listener.setblocking(False)
    return listener


class PassOn:
    """Asks the process named in a check's id first, then the others: one of them may have adopted it."""

    def __init__(self, app: ASGIApp, number: int, paths: Sequence[Path], body_limit: int, body_seconds: float) -> None:
        self.app = app
        self._number = number
        self._limit = body_limit
        self._seconds = body_seconds
        self._clients = {
            n: httpx.AsyncClient(
                transport=httpx.AsyncHTTPTransport(uds=os.fspath(path)), base_url="http://sibling", timeout=None
            )
            for n, path in enumerate(paths)
            if n != number
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        passed_on = any(name == _MARK for name, _ in scope.get("headers", ()))
        if scope["type"] == "http" and not passed_on and _ERASURE.fullmatch(scope["path"]):
            await self._everywhere(scope, receive, send)
            return
        if scope["type"] == "http" and not passed_on and scope["path"] == "/metrics":
            await self._merged(scope, receive, send)
            return
        match = _LIVE.fullmatch(scope["path"]) if scope["type"] == "http" and not passed_on else None
        if match is None:
            await self.app(scope, receive, send)
            return
        said = _Said(receive)
        body = await said.body(self._limit, self._seconds)
        if body is None:
            await self.app(scope, said.again(), send)
            return
        first = int(match[1])
        unsure = False
        for n in sorted({self._number, *self._clients}, key=lambda n: n != first):
            if n == self._number:
                status = await self._here(scope, said.again(), send)
            else:
                status = await self._there(n, scope, body, said, send)
            if status not in _NOT_HERE:
                return
            unsure = unsure or status == 503
        if unsure:
            problem = Problem("unavailable", "this check is being taken over", headers={"Retry-After": "2"})
        else:
            problem = Problem("not-found", "there is no such check")
        await response(problem, scope["state"]["request_id"])(scope, receive, send)

    async def _everywhere(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What each process holds in memory goes too; this one answers."""

        async def unheard(_message: Message) -> None:
            pass

        await asyncio.gather(*(self._relay(n, scope, b"", unheard) for n in self._clients))
        await self.app(scope, receive, send)

    async def _merged(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The metrics of all processes that answer."""
        pages: dict[int, bytearray] = {n: bytearray() for n in sorted({self._number, *self._clients})}

        def into(n: int) -> Send:
            async def take(message: Message) -> None:
                pages[n] += message.get("body", b"")

            return take

        await asyncio.gather(
            self.app(scope, receive, into(self._number)),
            *(self._relay(n, scope, b"", into(n)) for n in self._clients),
        )
        page = await asyncio.to_thread(merged, {n: bytes(page).decode() for n, page in pages.items()})
        await Response(page, media_type=CONTENT_TYPE_LATEST)(scope, receive, send)

    async def _here(self, scope: Scope, receive: Receive, send: Send) -> int:
        """The status of this process's answer, which goes out unless it is `_NOT_HERE`."""
        status = 0

        async def send_if_here(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            if status not in _NOT_HERE:
                await send(message)

        await self.app(scope, receive, send_if_here)
        return status

    async def _there(self, n: int, scope: Scope, body: bytes, said: "_Said", send: Send) -> int:
        """As `_here`, of process `n`; 503 where it does not answer. Given up when the caller leaves."""
        gone = asyncio.create_task(said.gone())
        relay = asyncio.create_task(self._relay(n, scope, body, send))
        try:
            await asyncio.wait([gone, relay], return_when=asyncio.FIRST_COMPLETED)
            return relay.result() if relay.done() else 0
        finally:
            gone.cancel()
            relay.cancel()
            await asyncio.wait([gone, relay])

    async def _relay(self, n: int, scope: Scope, body: bytes, send: Send) -> int:
        path, query = scope["raw_path"].decode("ascii"), scope["query_string"].decode("latin-1")
        headers = [(name, value) for name, value in scope["headers"] if name not in _HOP]
        headers += [(_MARK, b"1"), (b"x-request-id", scope["state"]["request_id"].encode())]
        client = self._clients[n]
        url = f"{path}?{query}" if query else path
        try:
            async with client.stream(scope["method"], url, headers=headers, content=body) as answer:
                if answer.status_code in _NOT_HERE:
                    return answer.status_code
                kept = [(k.lower(), v) for k, v in answer.headers.raw if k.lower() not in _HOP]
                await send({"type": "http.response.start", "status": answer.status_code, "headers": kept})
                async for piece in answer.aiter_raw():
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
                return answer.status_code
        except httpx.ConnectError:
            return 503


class _Said:
    """What a caller sends, for more than one reader."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._said: list[Message] = []
        self._lock = asyncio.Lock()

    def again(self) -> Receive:
        """Everything from the start, and then what comes."""
        at = 0

        async def receive() -> Message:
            nonlocal at
            async with self._lock:
                if at == len(self._said):
                    self._said.append(await self._receive())
            at += 1
            return self._said[at - 1]

        return receive

    async def body(self, limit: int, seconds: float) -> bytes | None:
        """The whole body; None where it is too large, too slow or broken off."""
        receive = self.again()
        body = bytearray()
        try:
            async with asyncio.timeout(seconds):
                while True:
                    message = await receive()
                    body += message.get("body", b"")
                    if message["type"] == "http.disconnect" or len(body) > limit:
                        return None
                    if not message.get("more_body"):
                        return bytes(body)
        except TimeoutError:
            return None

    async def gone(self) -> None:
        receive = self.again()
        while (await receive())["type"] != "http.disconnect":
            pass
