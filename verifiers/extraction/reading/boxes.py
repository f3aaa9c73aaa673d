"""`\\boxed{…}` in a text: the last group of boxes side by side, closed or not."""

import re
from typing import Final

import msgspec


class Boxes(msgspec.Struct, frozen=True):
    """Contents of boxes joined by nothing but connectives, in the order of the text, and where the group stands."""

    texts: tuple[str, ...]
    start: int
    end: int


_BOX: Final = re.compile(r"\\(?:boxed|fbox)\s*(\{|(?:[-+]?\d+(?:\.\d+)?|[A-Za-z](?![A-Za-z])))")
_DRESSING: Final = re.compile(
    r"\\(?:text|textbf|textrm|mathrm|mbox|textnormal)\s*\{([^{}]*)\}"
    r"|\\(?:quad|qquad|,|;|!|:| |\[|\]|\(|\))|\$+|[~{}\s]+"
)
_NAMED: Final = r"(?:[A-Za-z]\w{0,3}(?:_\{?\w{1,4}\}?)? ?(?:=|\\in) ?)?"
_JOINED: Final = re.compile(
    rf"(?:[^A-Za-z]{{0,12}}{_NAMED}|[,;]? ?(?:[A-Za-z()]+ ){{0,4}}(?:and|or),? ?{_NAMED}) ?", re.IGNORECASE
)
_PERCENT: Final = re.compile(r"[\s$)\\]*(?:\\?%|percent\b|pct\b|per cent\b|percentage\b)")
_UNIT: Final = re.compile(r"\s*(?:\\[,; ]\s*)?\\(?:text|mathrm|mbox|textnormal)\s*\{([^{}$]{1,24})\}(\^\{?\d\}?)?")
_UNCLOSED_END: Final = re.compile(r"\$|\\\]|\\\)|\n")
MOST: Final = 64
"""Boxes looked at, from the end of the text."""
NEAR: Final = 80
"""Code points between two boxes of a group."""


def boxed(text: str) -> Boxes | None:
    """The last group of boxes of the text, or `None`. Repeated contents count once."""
    group: list[tuple[int, int, str]] = []
    at = len(text)
    for _ in range(MOST):
        start = max(text.rfind("\\boxed", 0, at), text.rfind("\\fbox", 0, at))
        if start < 0:
            break
        at = start
        if (found := _box_at(text, start)) is None:
            continue
        end, content = found
        if group:
            if end > group[-1][0]:
                continue
            if not _side_by_side(text[end : group[-1][0]]):
                break
        group.append((start, end, content))
    if not group:
        return None
    group.reverse()
    last = group[-1]
    texts = list(dict.fromkeys(content for _, _, content in group))
    if (percent := _PERCENT.match(text, last[1])) is not None and not texts[-1].rstrip().endswith("%"):
        texts[-1] += r"\%"
        end = percent.end()
    elif len(group) == 1 and (unit := _UNIT.match(text, last[1])) is not None:
        texts[-1] += unit.group()
        end = unit.end()
    else:
        end = last[1]
    return Boxes(tuple(texts), group[0][0], end)


def outermost_unboxed(text: str) -> str:
    """The text with the commands of its boxes taken off and their contents left in place."""
    for _ in range(MOST):
        start = max(text.find("\\boxed"), text.find("\\fbox"))
        found = _box_at(text, start) if start >= 0 else None
        if found is None:
            return text
        end, content = found
        text = f"{text[:start]}{{{content}}}{text[end:]}"
    return text


def _box_at(text: str, start: int) -> tuple[int, str] | None:
    match = _BOX.match(text, start)
    if match is None:
        return None
    if match.group(1) != "{":
        return match.end(), match.group(1)
    depth = 1
    at = match.end()
    for brace in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at):
        token = brace.group()
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth == 0:
            return brace.end(), text[at : brace.start()].strip()
    stop = _UNCLOSED_END.search(text, at)
    end = stop.start() if stop else len(text)
    content = text[at:end]
    return end, content.strip().rstrip(".")


def _side_by_side(between: str) -> bool:
    if len(between) > NEAR:
        return False
    plain = _DRESSING.sub(lambda match: f" {match.group(1) or ''} ", between)
    return _JOINED.fullmatch(" ".join(plain.split()) + " ") is not None
