"""What a worker tells those who wait for a task, over Redis' publish and subscribe, and what is kept as its result."""

from collections.abc import Sequence
from typing import Final

import msgspec

MOST_BYTES: Final = 256 * 2**10
"""Larger results are fetched by who waits for them: Redis drops subscribers that lag behind by megabytes."""


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Frames of `task` from number `first` on. With `done` they are all of its frames, `first` being 0; with `stored`
    they are to be fetched. `error` says what went wrong where a worker could not read the task.
    """

    task: str
    first: int = 0
    frames: tuple[msgspec.Raw, ...] = ()
    done: bool = False
    stored: bool = False
    cancelled: bool = False
    error: str = ""


_NOTICE: Final = msgspec.json.Decoder(Notice)
_ENCODER: Final = msgspec.json.Encoder()


def frame_notice(task: str, number: int, frame: bytes) -> bytes:
    return _ENCODER.encode(Notice(task=task, first=number, frames=(msgspec.Raw(frame),)))


def result_notice(task: str, frames: Sequence[bytes], error: str = "") -> bytes:
    """What is kept as the task's result."""
    return _ENCODER.encode(Notice(task=task, frames=tuple(map(msgspec.Raw, frames)), done=True, error=error))


def stored_notice(task: str) -> bytes:
    return _ENCODER.encode(Notice(task=task, stored=True))


def cancelled_notice(task: str) -> bytes:
    return _ENCODER.encode(Notice(task=task, cancelled=True))


def decode_notice(data: bytes) -> Notice:
    """
    Raises:
        msgspec.MsgspecError: not a notice.
    """
    return _NOTICE.decode(data)
