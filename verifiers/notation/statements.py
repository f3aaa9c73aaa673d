"""Whole statements: relations joined by `and`, `or`, `⟹`, and lists of values."""

from typing import Final

from verifiers.expr import Apply, Expr, Sym
from verifiers.notation.grammar import Parser

_SEPARATORS: Final = frozenset({",", ";", "or", "and", "gap", "row", "&"})
_RELATIONS: Final = frozenset({
    "eq", "ne", "lt", "le", "gt", "ge", "approx", "in", "notin", "subset", "divides", "congruent", "and", "not",
})  # fmt: skip
_SHARED: Final = frozenset({"in", "notin", "lt", "le", "gt", "ge", "ne"})


def statement(parser: Parser) -> Expr:
    """The whole text.

    Raises:
        StoppedReading: something is left over or wrong.
    """
    left = joined(parser)
    while parser.kind in ("implies", "iff"):
        head = parser.take().kind
        left = Apply(head, (left, joined(parser)))
    parser.accept(".")
    if parser.kind != "stop":
        raise parser.stop("the end expected")
    return left


def joined(parser: Parser) -> Expr:
    """Relations and values up to the end of the text or group, with the commas and connectives between them."""
    items = [_logic(parser)]
    signs: set[str] = set()
    while parser.kind in _SEPARATORS:
        here = set()
        while parser.kind in _SEPARATORS:
            here.add(parser.take().kind)
        if parser.kind in ("stop", "implies", "iff"):
            break
        signs |= here
        items.append(_logic(parser))
    if len(items) == 1:
        return items[0]
    return _combined(items, signs)


def _logic(parser: Parser) -> Expr:
    """Relations or propositions under `∧` and `∨`."""
    cases = []
    while True:
        parts = [parser.statement_item()]
        while parser.accept("land"):
            parts.append(parser.statement_item())
        cases.append(parts[0] if len(parts) == 1 else Apply("and", tuple(parts)))
        if not parser.accept("lor"):
            return cases[0] if len(cases) == 1 else Apply("or", tuple(cases))


def _combined(items: list[Expr], signs: set[str]) -> Expr:
    related = [isinstance(item, Apply) and item.head in _RELATIONS for item in items]
    first, last = items[0], items[-1]
    if related[0] and not any(related[1:]) and isinstance(first, Apply) and first.head == "eq":
        letter = first.args[0]
        if isinstance(letter, Sym):
            return Apply("or", (first, *(Apply("eq", (letter, item)) for item in items[1:])))
    letters = all(isinstance(item, Sym) for item in items[:-1])
    if letters and isinstance(last, Apply) and last.head in _SHARED:
        return Apply("and", (*(Apply(last.head, (item, last.args[1])) for item in items[:-1]), last))
    if "or" in signs:
        return Apply("or", tuple(items))
    if all(related) and ("and" in signs or "row" in signs):
        return Apply("and", tuple(items))
    return Apply("list", tuple(items))
