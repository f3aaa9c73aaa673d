"""One server process: services, the API on top, uvicorn around it, and an end in which nothing accepted is lost."""

import asyncio
import contextlib
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Final

import uvicorn
from starlette.middleware import Middleware

from tutor.api import Services, make_app
from tutor.logs import configure
from tutor.main import running, socket_path
from tutor.serving.siblings import PassOn, listen
from tutor.settings import Settings

_OPEN_FILES: Final = 65_536
_GRACE: Final = 5.0
"""Seconds beyond the deadline that responses have to be sent when the server stops."""


class _Server(uvicorn.Server):
    """Ends endless streams before it waits for responses; a signal is an orderly end, not a status."""

    def __init__(self, config: uvicorn.Config, services: Services) -> None:
        super().__init__(config)
        self._services = services

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._services.stopping.set()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        yield

    def stop(self) -> None:
        """Once: no new connections, and an end when all is answered. Twice: now."""
        self.force_exit = self.should_exit
        self.should_exit = True


async def serve(settings: Settings, public: socket.socket, number: int = 0, *, watched: bool = False) -> None:
    """Serves until a signal says otherwise; `watched` also until standard input ends, which says that the parent is
    gone.

    Raises:
        Exception: what keeps `main.running` from starting.
    """
    _allow_many_files()
    async with running(settings, number) as services:
        sockets, inner = [public], []
        if settings.processes > 1:
            paths = [socket_path(settings, n) for n in range(settings.processes)]
            limits = (settings.body_limit, services.config.body_seconds)
            inner = [Middleware(PassOn, number, paths, *limits)]
            sockets.append(listen(paths[number]))
        config = uvicorn.Config(
            make_app(services, inner),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(settings.deadline_seconds + _GRACE),
        )
        server = _Server(config, services)
        if watched:
            asyncio.get_running_loop().add_reader(sys.stdin, server.stop)
        await server.serve(sockets=sockets)
        asyncio.get_running_loop().remove_reader(sys.stdin)


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one.

    Raises:
        OSError: the address is taken, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=2_048)
    # Accepted connections inherit it. asyncio sets it only on sockets that call themselves TCP, which these do not, and
    # without it every answer waits 40 ms for the caller's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setblocking(False)
    return listener


def _allow_many_files() -> None:
    """Slow callers hold connections open; the usual 1,024 would be used up by them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def main() -> None:
    """A process of several: its number, the file number of the public socket; settings on the first line of input."""
    number, descriptor = map(int, sys.argv[1:3])
    settings = Settings.model_validate_json(sys.stdin.readline())
    configure(settings.log_level, settings.log_format, text=settings.log_text)
    public = socket.socket(fileno=descriptor)
    public.setblocking(False)
    asyncio.run(serve(settings, public, number, watched=True))
