"""Several server processes on one socket: started, watched, started again, and ended together."""

import asyncio
import signal
import socket
import sys
from typing import Final

import structlog

from tutor.settings import Settings

_PAUSE: Final = 1.0
"""Seconds before a process that ended is started again."""
_log = structlog.get_logger("pramana.serve")


async def supervise(settings: Settings, public: socket.socket) -> int:
    """Runs until a signal says otherwise. Returns the exit status: 0 if every process ended in order."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with asyncio.TaskGroup() as group:
        kept = [group.create_task(_keep(settings, public, n, stopping)) for n in range(settings.processes)]
    return 0 if all(task.result() for task in kept) else 1


async def _keep(settings: Settings, public: socket.socket, number: int, stopping: asyncio.Event) -> bool:
    """Keeps process `number` running; at the end, whether it ended in order."""
    stop = asyncio.create_task(stopping.wait())
    try:
        while True:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                "from tutor.serving.process import main; main()",
                str(number),
                str(public.fileno()),
                stdin=asyncio.subprocess.PIPE,
                pass_fds=[public.fileno()],
            )
            assert process.stdin is not None
            # Not as an argument or in the environment: these can be read by others, and passwords are in it.
            process.stdin.write(settings.model_dump_json().encode() + b"\n")
            ended = asyncio.create_task(process.wait())
            await asyncio.wait([ended, stop], return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                process.terminate()
            status = await ended
            if stopping.is_set():
                # By the signal itself where it came before the process could listen for it.
                return status in (0, -signal.SIGTERM)
            _log.warning("a server process ended and is started again", number=number, status=status)
            await asyncio.wait([stop], timeout=_PAUSE)
            if stopping.is_set():
                return True
    finally:
        stop.cancel()
