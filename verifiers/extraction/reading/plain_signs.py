"""What a sign between operands means in prose: a sum, a ratio, an exclamation, a remark in brackets."""

from collections.abc import Sequence
from typing import Final

from verifiers.extraction.reading.plain_tokens import Token, neighbour

FUNCTIONS: Final = frozenset(
    {"sqrt", "log", "ln", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "gcd", "lcm"}
    | {"hcf", "max", "min", "floor", "ceil", "abs", "mod", "pi", "sum", "prod"}
)
APPLIED: Final = FUNCTIONS - {"pi", "mod"}
UNARY: Final = frozenset("-+−–√±")
TIMES: Final = frozenset("xX")
DASHES: Final = frozenset("-–−")
"""Glued to a number at the beginning of a line they may be its sign or a bullet."""


def belongs(tokens: Sequence[Token], index: int) -> bool:
    """Whether the bracket at `index` is an operand, and no remark in brackets."""
    before = neighbour(tokens, index, -1)
    touching = tokens[index - 1].kind in ("num", "word", "close", "post", "cmd")
    return touching or (before is not None and before.kind in ("op", "cmd"))


def tokens_of_subscript(tokens: Sequence[Token], index: int) -> int:
    """Tokens of the subscript `_2` of a function's name, else 0."""
    if tokens[index - 1].text not in APPLIED or index + 1 >= len(tokens):
        return 0
    return 2 if tokens[index + 1].kind in ("num", "word") else 0


def joins_number(tokens: Sequence[Token], index: int, spaced: bool) -> bool:
    """A number after an operand: the fraction of a mixed number, or digits that end a name (`x2`)."""
    before = tokens[index - 2 if spaced else index - 1]
    if before.text == "!":
        return True
    if not spaced:
        return before.kind in ("word", "close", "op")
    after = tokens[index + 1 : index + 3]
    return before.kind == "num" and len(after) == 2 and after[0].text == "/" and after[1].kind == "num"


def groups_digits(tokens: Sequence[Token], index: int) -> bool:
    """`350 000`: digits grouped by blanks, which the notation does not read."""
    return len(tokens[index].text) == 3 and tokens[index - 2].kind == "num"


def is_times(tokens: Sequence[Token], index: int) -> bool:
    following = neighbour(tokens, index, 1)
    previous = neighbour(tokens, index, -1)
    if following is None or previous is None:
        return False
    adjacent = index > 0 and tokens[index - 1].kind != "space"
    if previous.kind == "num" and adjacent and following.kind != "num":
        return False
    return following.kind in ("num", "cur", "open", "math") or (following.kind == "word" and not adjacent)


def exclaims(tokens: Sequence[Token], index: int) -> bool:
    """An exclamation mark that ends the sentence rather than a factorial."""
    rest = neighbour(tokens, index, 1)
    return rest is None or (rest.kind == "word" and rest.text[0].isupper())


def operand_follows(tokens: Sequence[Token], index: int) -> bool:
    following = neighbour(tokens, index, 1)
    if following is None:
        return False
    if following.kind in ("num", "cur", "open", "math", "cmd"):
        return True
    if following.kind == "op":
        return following.text in UNARY
    return following.kind == "word" and (len(following.text) == 1 or following.text in FUNCTIONS)


def is_ratio(tokens: Sequence[Token], index: int) -> bool:
    nearby = tokens[index - 1].kind, (tokens[index + 1].kind if index + 1 < len(tokens) else "")
    return nearby[0] in ("num", "word") and nearby[1] in ("num", "word")
