"""Passages: short pieces of text that can be cited, with source, licence and the days they are valid on."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from curriculum.names import read_id, read_ids
from curriculum.yaml_file import Place, Reader, YamlError, read_yaml

_KEYS: Final = ("id", "title", "skills", "source", "licence", "valid_from", "valid_until")
_NEEDED: Final = ("id", "title", "source", "licence")
_RULE: Final = re.compile(r"---[ \t]*")
_LIKE_A_KEY: Final = re.compile(r"[a-z_]+:(?:\s|$)")
LONGEST: Final = 20_000
"""Code points of one passage."""


class Passage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: str
    text: str
    """Markdown."""
    skills: tuple[str, ...] = ()
    source: str
    licence: str
    valid_from: date | None = None
    """First day it is true on; None is always."""
    valid_until: date | None = None
    """Last day it is true on; None is until further notice."""

    def valid_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


def read_passages(reader: Reader, text: str) -> list[tuple[int, Passage]]:
    """The passages of a Markdown file, each with its line. Each begins with a block of keys between `---` lines."""
    found: list[tuple[int, Passage]] = []
    lines = text.split("\n")
    for start, begin, end in _blocks(reader, lines):
        passage = _passage(reader, lines, start, begin, end)
        if passage is not None:
            found.append((start + 1, passage))
    return found


def _blocks(reader: Reader, lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """Where a block of keys opens, where its text begins and ends (0-based lines, half-open).

    A `---` line opens a block where a key follows it; any other is a rule of the text.
    """
    opens: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if _RULE.fullmatch(lines[at]) and at + 1 < len(lines) and _LIKE_A_KEY.match(lines[at + 1]):
            close = next((n for n in range(at + 1, len(lines)) if _RULE.fullmatch(lines[n])), None)
            if close is None:
                reader.fault(Place(at + 1, 1), "this block of keys is not closed by a line `---`")
                return
            opens.append((at, close))
            at = close
        elif not opens and lines[at].strip():
            reader.fault(Place(at + 1, 1), "a passage begins with a block of keys between two lines `---`")
            return
        at += 1
    if not opens:
        reader.fault(Place(1, 1), "there is no passage here; one begins with a block of keys between lines `---`")
    for number, (start, close) in enumerate(opens):
        yield start, close + 1, opens[number + 1][0] if number + 1 < len(opens) else len(lines)


def _passage(reader: Reader, lines: list[str], start: int, begin: int, end: int) -> Passage | None:
    try:
        value = read_yaml("\n".join(lines[start + 1 : begin - 1]), start + 2)
    except YamlError as error:
        reader.fault(error.fault.place, error.fault.message)
        return None
    table = reader.table(value, "the head of a passage", _KEYS, _NEEDED)
    if table is None:
        return None
    entries = table.entries
    name = read_id(reader, entries.get("id"), "the passage's id")
    title = reader.text(entries.get("title"), "the passage's title")
    skills = read_ids(reader, entries.get("skills"), "`skills`")
    source = reader.text(entries.get("source"), "the source")
    licence = reader.text(entries.get("licence"), "the licence")
    first = reader.day(entries.get("valid_from"), "`valid_from`")
    last = reader.day(entries.get("valid_until"), "`valid_until`")
    if first is not None and last is not None and last < first:
        reader.fault(entries["valid_until"].place, f"`valid_until` {last} is before `valid_from` {first}")
    body = "\n".join(line.rstrip() for line in lines[begin:end]).strip()
    if not body:
        reader.fault(Place(begin, 1), "the passage has no text")
    elif len(body) > LONGEST:
        reader.fault(Place(begin + 1, 1), f"the passage has more than {LONGEST:,} characters; cut it into several")
    elif (bad := _bad_line(lines[begin:end])) is not None:
        reader.fault(Place(begin + bad + 1, 1), "a control character in the text")
    elif name is not None and title is not None and source is not None and licence is not None:
        return Passage(
            id=name, title=title, text=body, skills=skills, source=source, licence=licence,
            valid_from=first, valid_until=last,
        )  # fmt: skip
    return None


def _bad_line(lines: list[str]) -> int | None:
    return next((n for n, line in enumerate(lines) if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", line)), None)
