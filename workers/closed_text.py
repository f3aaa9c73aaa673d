"""How much of an answer that is still being written can be read already."""

import re
from typing import Final

_ENDS: Final = re.compile(r"\n+|(?<=[.!?;:])\s+")
_MATHS: Final = re.compile(r"\\begin\{[^}]*\}|\\end\{[^}]*\}|\\\[|\\\]|\\\(|\\\)|(?<!\\)\$\$?")
_OPENING: Final = {"\\[": "\\]", "\\(": "\\)"}


def closed_length(text: str) -> int:
    """Length of the longest beginning that ends with a sentence or line and leaves no formula open. Linear."""
    closed = 0
    open_until = ""
    depth = 0
    marks = _MATHS.finditer(text)
    mark = next(marks, None)
    for end in _ENDS.finditer(text):
        while mark is not None and mark.end() <= end.start():
            sign = mark.group()
            if sign.startswith("\\begin"):
                depth += 1
            elif sign.startswith("\\end"):
                depth = max(0, depth - 1)
            elif open_until:
                open_until = "" if sign == open_until else open_until
            elif sign[0] == "$":
                open_until = sign
            else:
                open_until = _OPENING.get(sign, "")
            mark = next(marks, None)
        if not open_until and not depth:
            closed = end.end()
    return closed
