"""What a whole text says about its letters, gathered before it is read."""

from collections.abc import Sequence
from typing import NamedTuple

from verifiers.notation.options import Options
from verifiers.notation.tokens import Token


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
    exponential = unit = index = False
    for at in range(len(tokens) - 1):
        kind, value, _, _ = tokens[at]
        if kind != "name":
            exponential = exponential or (kind == "func" and value == "ln")
            continue
        after = tokens[at + 1].kind
        if after not in ("(", "'", "''", "_", "sub") and not (after == "[" and value in ("E", "P")):
            bare.add(value)
        if value == "e" and after in ("^", "sup"):
            exponential = True
            unit = unit or _turns(tokens, at + 2)
        elif value == "i":
            index = index or _is_index(tokens, at)
            unit = unit or _is_unit(tokens, at)
    imaginary = options.imaginary or (unit and not index)
    return Evidence(frozenset(bare), exponential, imaginary)


def _is_index(tokens: Sequence[Token], at: int) -> bool:
    """`a_i`, `\\sum_{i=1}`, or an `i` beside a `j`."""
    before = tokens[at - 1].kind if at else ""
    if before == "_" or (before == "{" and at > 1 and tokens[at - 2].kind == "_"):
        return True
    return any(token.kind == "name" and token.value == "j" for token in tokens[max(0, at - 40) : at + 40])


def _is_unit(tokens: Sequence[Token], at: int) -> bool:
    """`i^2`, `2 + 3i`, `(1 - i)`."""
    after = tokens[at + 1]
    if after.kind in ("^", "sup"):
        return after.value == "²" or tokens[at + 2].value == "2"
    if at > 1 and tokens[at - 1].kind == "*":
        at -= 1
    kinds = ["", "", "", *(token.kind for token in tokens[max(0, at - 3) : at])]
    if kinds[-1] == "num" and kinds[-2] in ("+", "-") and kinds[-3] == "num":
        return after.kind not in ("+", "-", "name", "(")
    return kinds[-1] in ("+", "-") and kinds[-2] == "num" and after.kind in ("stop", ")")


def _turns(tokens: Sequence[Token], at: int) -> bool:
    """`e^{2\\pi i/3}`, `e^{i\\theta}`: an `i` in the exponent beside an angle."""
    if tokens[at].kind != "{":
        return False
    names: set[str] = set()
    for place in range(at + 1, min(at + 40, len(tokens))):
        if tokens[place].kind == "}":
            break
        if tokens[place].kind in ("name", "const") and tokens[place - 1].kind != "_":
            names.add(tokens[place].value)
    return "i" in names and not names.isdisjoint({"pi", "theta", "phi", "alpha", "x", "t"})
