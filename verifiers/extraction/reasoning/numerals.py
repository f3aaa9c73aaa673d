"""How statements and conclusions are numbered: "2", "II", "iii"."""

import re
from typing import Final

NUMERAL: Final = r"\b(?:\d|I{1,3}|IV|VI{0,3}|V|i{1,3}|iv)\b"
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}


def number_of(label: str) -> int:
    """The number of "2" or "II", 0 where it is none."""
    if label.isdigit():
        return int(label)
    total = 0
    values = [_ROMAN.get(letter, 0) for letter in label.lower()]
    for at, value in enumerate(values):
        total += -value if at + 1 < len(values) and value < values[at + 1] else value
    return total if all(values) else 0


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers that stand in a text, in its order."""
    return tuple(number_of(label) for label in re.findall(NUMERAL, text))
