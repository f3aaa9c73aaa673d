"""What a whole text says about its letters, gathered before it is read."""

from collections.abc import Sequence
from typing import NamedTuple

from verifiers.notation.lexer import Token
from verifiers.notation.options import Options


class Evidence(NamedTuple):
    """What the whole text says about its letters."""

    bare: frozenset[str]
    """Letters that stand somewhere without a bracket after them."""
    exponential: bool
    """`e` is Euler's number."""
    imaginary: bool
    """`i` is the imaginary unit."""


def evidence_of(tokens: Sequence[Token], options: Options) -> Evidence:
    """What the whole text says about its letters: which stand bare, whether `e` is the number, `i` the unit."""
    bare: set[str] = set()
    exponential = False
    unit, index = options.imaginary, False
    for at in range(len(tokens) - 1):
        kind, value = tokens[at][:2]
        if kind == "func" and value == "ln":
            exponential = True
        if kind != "name":
            continue
        after = tokens[at + 1].kind
        if after not in ("(", "'", "''", "_", "sub"):
            bare.add(value)
        if value == "e" and (after == "^" or after == "sup"):
            exponential = True
        elif value == "i":
            if at > 1 and tokens[at - 1].kind == "*":
                at -= 1
            before = tokens[at - 1].kind if at else ""
            if before in ("_", "{") and at > 1 and "_" in (before, tokens[at - 2].kind):
                index = True
            elif after == "^" and tokens[at + 2].value == "2":
                unit = True
            elif before == "num" and at > 2 and tokens[at - 2].kind in "+-" and tokens[at - 3].kind in ("num", ")"):
                unit = unit or after not in ("+", "-", "name", "(")
            elif before in ("+", "-") and at > 1 and tokens[at - 2].kind == "num" and after in ("stop", ")", "rel"):
                unit = unit or after != "rel"
    return Evidence(frozenset(bare), exponential, options.imaginary or (unit and not index))
