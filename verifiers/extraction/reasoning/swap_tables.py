"""States in a table: a column for each holder and a row for each moment, or a row for each holder."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.extraction.reasoning.held import Held
from verifiers.extraction.reasoning.names import Names

_ROW: Final = re.compile(r"^[ \t]*\|(?P<cells>[^\n]*\|[^\n]*)$", re.MULTILINE)
_CELL: Final = re.compile(r"[^|\n]+")
MOST_ROWS: Final = 200


class Row(msgspec.Struct, frozen=True):
    """`label` is the text of the cells that belong to no holder."""

    start: int
    end: int
    label: str
    held: tuple[Held, ...]


def is_row(line: str) -> bool:
    return _ROW.match(line) is not None


def rows(text: str, holders: Names, things: Names) -> Iterator[Row]:
    """Rows that say who has what, in order."""
    if "|" not in text:
        return
    columns: dict[int, int] = {}
    for count, line in enumerate(_ROW.finditer(text)):
        if count >= MOST_ROWS:
            return
        cells = [(m.start(), m.end(), m.group()) for m in _CELL.finditer(text, line.start("cells"), line.end())]
        named = {at: who for at, (_, _, cell) in enumerate(cells) if (who := holders.resolve(cell)) is not None}
        there = {at: what for at, (_, _, cell) in enumerate(cells) if (what := things.resolve(cell)) is not None}
        if len(named) > 1 and not there:
            columns = named
        elif len(named) == len(there) == 1 and min(named) < min(there) and not columns:
            (at, who), (under, what) = *named.items(), *there.items()
            held = Held(start=cells[at][0], end=cells[under][1], holder=who, thing=what)
            yield Row(line.start(), line.end(), "", (held,))
        elif columns and there:
            found = tuple(
                Held(start=cells[at][0], end=cells[at][1], holder=columns[at], thing=what)
                for at, what in there.items()
                if at in columns
            )
            label = " ".join(cell.strip() for at, (_, _, cell) in enumerate(cells) if at not in columns)
            yield Row(line.start(), line.end(), label, found)
