"""What commands read: files, standard input, JSON lines. Bad input is a message and exit status 2."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Generic, NoReturn, TypeVar

import msgspec
import typer

MAX_INPUT = 64 * 2**20
"""Bytes of a text that is read whole."""
MAX_LINE = 16 * 2**20
"""Bytes of one JSON line."""


def fail(message: str) -> NoReturn:
    """Ends the command with exit status 2."""
    typer.echo(f"pramana: {message}", err=True)
    raise typer.Exit(2)


def read_text(source: str) -> str:
    """The text of a file, or of standard input for `-`."""
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_INPUT + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_INPUT + 1)
    except OSError as error:
        fail(f"cannot read {source}: {error.strerror}")
    if len(data) > MAX_INPUT:
        fail(f"{source} is larger than {MAX_INPUT // 2**20} MiB")
    return data.decode("utf-8-sig", "replace")


def text_or_file(value: str) -> str:
    """The content of the file of that name where there is one, else the value itself."""
    try:
        known = len(value) < 4096 and "\0" not in value and Path(value).is_file()
    except OSError:
        known = False
    return read_text(value) if known else value


Row = TypeVar("Row")


class Lines(Generic[Row]):
    """JSON lines of standard input or a file, one decoded row each. A bad line is reported with its number on
    standard error, counted in `bad`, and loses no other.
    """

    def __init__(self, source: str, kind: type[Row]) -> None:
        self._source = source
        self._decoder = msgspec.json.Decoder(kind)
        self.bad = 0

    def __iter__(self) -> Iterator[Row]:
        if self._source == "-":
            yield from self._rows(sys.stdin.buffer)
            return
        try:
            with Path(self._source).open("rb") as file:
                yield from self._rows(file)
        except OSError as error:
            fail(f"cannot read {self._source}: {error.strerror}")

    def _rows(self, file: BinaryIO) -> Iterator[Row]:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                self._report(number, f"longer than {MAX_LINE // 2**20} MiB")
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE)
                continue
            if not line.strip():
                continue
            try:
                yield self._decoder.decode(line.removeprefix(b"\xef\xbb\xbf"))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
                self._report(number, str(error))

    def _report(self, number: int, message: str) -> None:
        self.bad += 1
        typer.echo(f"pramana: line {number}: {message}", err=True)
