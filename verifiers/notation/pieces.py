"""Tokens cut up before they are read: brackets that nest, rows of a display, statements between commas."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from verifiers.notation.cursor import CLOSERS, OPENERS
from verifiers.notation.tokens import Token

EDGES: Final = frozenset({".", "to", "gap", "row", ",", ";", "implies", "iff", "therefore", "because"})
_BREAKS: Final = (EDGES | {"and", "or"}) - {"."}
_WITH_ARGUMENTS: Final = frozenset({"frac", "binom", "sqrt", "root", "^", "_", "command"})
_DOUBLED: Final = 30
"""Brackets that make it worth while to look for doubled ones."""


def levels(tokens: Sequence[Token]) -> list[int]:
    """How many brackets are open at each token, its own aside."""
    level = 0
    depths = []
    for token in tokens:
        if token.kind in CLOSERS and level:
            level -= 1
        depths.append(level)
        if token.kind in OPENERS:
            level += 1
    return depths


def unnested(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without doubled brackets `((…))`, so that they cost no depth."""
    if len(tokens) < 2 * _DOUBLED or sum(token.kind == "(" for token in tokens) < _DOUBLED:
        return tokens
    stack: list[int] = []
    partner: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.kind in OPENERS:
            stack.append(at)
        elif token.kind in CLOSERS and stack:
            partner[stack.pop()] = at
    drop: set[int] = set()
    for at, end in partner.items():
        kinds = [tokens[place].kind for place in (at, at + 1, end - 1, end)]
        if kinds == ["(", "(", ")", ")"] and partner.get(at + 1) == end - 1:
            drop |= {at + 1, end - 1}
    return [token for at, token in enumerate(tokens) if at not in drop]


def unbraced(tokens: list[Token]) -> list[Token]:
    """`f{(x)}`, as computer algebra writes `f(x)`, without the braces."""
    if not any(a.kind == "{" and b.kind == "(" for a, b in pairwise(tokens)):
        return tokens
    drop: set[int] = set()
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind in OPENERS:
            opened.append(at)
        elif token.kind in CLOSERS and opened:
            start = opened.pop()
            inner = opened[-1] if opened else -1
            closes = tokens[at + 1].kind == "}" if at + 1 < len(tokens) else False
            if token.kind == ")" and closes and inner == start - 1 >= 1 and _is_applied(tokens, inner):
                drop |= {inner, at + 1}
    return [token for at, token in enumerate(tokens) if at not in drop]


def _is_applied(tokens: Sequence[Token], brace: int) -> bool:
    """A letter stands before the brace, and not as the first argument of a command."""
    before = tokens[brace - 2].kind if brace > 1 else ""
    return tokens[brace].kind == "{" and tokens[brace - 1].kind == "name" and before not in _WITH_ARGUMENTS


def alignment(tokens: Sequence[Token]) -> set[int]:
    """Places of the marks `&` outside of matrices."""
    level = 0
    places = set()
    for at, (kind, *_) in enumerate(tokens):
        if kind == "begin":
            level += 1
        elif kind == "end":
            level -= 1
        elif kind == "&" and level <= 0:
            places.add(at)
    return places


def outer_rows(tokens: list[Token]) -> list[Token]:
    """Without a `cases` or `array` around the whole, when it only stacks relations."""
    if len(tokens) < 4 or tokens[0].kind != "begin" or tokens[0].value not in ("cases", "array"):
        return tokens
    ends = [at for at, token in enumerate(tokens) if token.kind == "end"]
    inner = tokens[1 : len(tokens) - 2]
    conditions = any(a.kind == "&" and b.kind in ("words", ",") for a, b in pairwise(inner))
    if ends != [len(tokens) - 2] or conditions or not any(token.kind == "rel" for token in inner):
        return tokens
    return [*inner, tokens[-1]]


def pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each chain of a display, every piece with a `stop` of its own."""
    depths = levels(tokens)
    stop = tokens[-1]
    groups: list[list[list[Token]]] = [[[]]]
    for at, token in enumerate(tokens):
        kind = token.kind
        piece = groups[-1][-1]
        if kind == "stop":
            break
        if depths[at] or kind not in _BREAKS:
            piece.append(token)
        elif kind == ",":
            groups[-1].append([])
        elif kind == "row":
            after = next((t for t in tokens[at + 1 :] if t.kind != "&"), stop)
            if after.kind not in ("rel", "+", "*", "/"):
                groups.append([[]])
        else:
            groups.append([[]])
    found: list[list[Token]] = []
    for group in groups:
        merged: list[list[Token]] = []
        comma = Token(",", ",", 0, 0)
        for piece in group:
            related = any(t.kind == "rel" for t in piece)
            if merged and (not related or not any(t.kind == "rel" for t in merged[-1])):
                place = merged[-1][-1].end if merged[-1] else 0
                merged[-1] = [*merged[-1], comma._replace(start=place, end=place), *piece]
            elif piece:
                merged.append(piece)
        found += [piece for piece in merged if any(t.kind not in EDGES and t.kind != "&" for t in piece)]
    ends = [[*piece, Token("stop", "", piece[-1].end, piece[-1].end)] for piece in found]
    return ends or [[stop]]
