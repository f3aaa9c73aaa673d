"""Ids: what they may look like, so that they can stand in a path, a URL and an answer."""

import re
from typing import Final

from curriculum.yaml_file import Reader, Value, quoted

_ID: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.\-/]{0,198}[A-Za-z0-9])?")
_PACK: Final = re.compile(r"[a-z0-9](?:[a-z0-9_\-]{0,62}[a-z0-9])?")


def is_id(text: str) -> bool:
    """Letters, digits, `_`, `-`, `.` and `/`, beginning and ending with a letter or digit, no `..` or `//`."""
    return _ID.fullmatch(text) is not None and ".." not in text and "//" not in text


def is_pack_id(text: str) -> bool:
    """Small letters, digits, `_` and `-`: it names a folder."""
    return _PACK.fullmatch(text) is not None


def slug(text: str, most: int = 60) -> str:
    """The words of a text as an id; empty where it has none in Latin letters."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    found = ""
    for word in words:
        if len(found) + len(word) + 1 > most and found:
            break
        found = f"{found}-{word}" if found else word[:most]
    return found


def read_id(reader: Reader, value: Value | None, what: str) -> str | None:
    text = reader.text(value, what)
    if text is None or value is None:
        return None
    if not is_id(text):
        reader.fault(value.place, f"{quoted(text)} is no id; use letters, digits, “_”, “-”, “.” and “/”")
        return None
    return text


def read_ids(reader: Reader, value: Value | None, what: str) -> tuple[str, ...]:
    found: list[str] = []
    for item in reader.items(value, what):
        name = read_id(reader, item, "an id")
        if name is None:
            continue
        if name in found:
            reader.fault(item.place, f"{quoted(name)} is there twice")
            continue
        found.append(name)
    return tuple(found)
