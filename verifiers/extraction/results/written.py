"""Trees with what they abbreviate written out: sums and products over dots, sets over dots, determinants in letters.

`1·2 - 2·3 + … + 2001·2002` becomes a sum over an index where the first terms and the last ones agree on one
progression; where they leave a choice it stays as it was.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from verifiers.expr import Apply, Expr, Num, Sym, app, free_symbols, num

INDEX: Final = Sym("k_")
_DOTS: Final = Apply("ellipsis", ())
_LESS_DOTS: Final = Apply("neg", (_DOTS,))
_MOST_TERMS: Final = 10_000
_MOST_WRITTEN: Final = 60
"""Terms of a series in letters, which is written as it stands."""
_MOST_POWER: Final = 400
_MOST_ROWS: Final = 4


def written_out(tree: Expr) -> Expr:
    if not isinstance(tree, Apply):
        return tree
    if tree.head == "determinant" and free_symbols(tree):
        rows = _rows(tree.args[0])
        return tree if rows is None else _determinant(rows)
    args = tuple(_DOTS if argument == _LESS_DOTS else written_out(argument) for argument in tree.args)
    if args.count(_DOTS) == 1:
        at = args.index(_DOTS)
        if tree.head in ("add", "mul"):
            return _series(tree.head, args[:at], args[at + 1 :]) or tree
        if tree.head == "set":
            return _range(args[:at], args[at + 1 :]) or tree
    return Apply(tree.head, args) if args != tree.args else tree


def _series(head: str, before: Sequence[Expr], after: Sequence[Expr]) -> Expr | None:
    if len(before) < 2 or not after:
        return None
    signed = [_signed(term) for term in (*before, *after)]
    signs = [sign for sign, _ in signed]
    alternates = len(before) > 2 and all(a != b for a, b in pairwise(signs[: len(before)]))
    if not alternates and len(set(signs)) > 1:
        return None
    bodies = [body for _, body in signed]
    found = _common(bodies[: len(before)])
    if found is None:
        return None
    body, last = found, _place(found, bodies[-1])
    if last is None or not len(before) <= last - len(after) + 1 or last > _MOST_TERMS:
        return None
    if any(_at(body, last - len(after) + 1 + k) != bodies[len(before) + k] for k in range(len(after))):
        return None
    if alternates and any(
        signs[len(before) + k] != signs[0] * (-1) ** (last - len(after) + 1 + k) for k in range(len(after))
    ):
        return None
    term = body
    if alternates:
        term = app("mul", app("pow", num(-1), INDEX), term)
    if signs[0] < 0:
        term = app("neg", term)
    if free_symbols(term) != {INDEX.name}:
        if alternates or last > _MOST_WRITTEN:
            return None
        terms = [_at(body, k) for k in range(last + 1)]
        return app(head, *(app("neg", one) for one in terms)) if signs[0] < 0 else app(head, *terms)
    letter = next((Sym(name) for name in "kjm" if name not in free_symbols(term)), INDEX)
    return app("sum" if head == "add" else "prod", _plain(term, letter), letter, num(0), num(last))


def _plain(tree: Expr, letter: Sym) -> Expr:
    """Progressions without their zeros and ones."""
    if tree == INDEX:
        return letter
    if not isinstance(tree, Apply) or INDEX.name not in free_symbols(tree):
        return tree
    args = tuple(_plain(argument, letter) for argument in tree.args)
    if _value(tree, 0) is not None:
        start, rest = args
        if tree.head == "add" and rest == app("mul", num(1), letter):
            rest = letter
        return rest if start == num(0 if tree.head == "add" else 1) else Apply(tree.head, (start, rest))
    return Apply(tree.head, args)


def _signed(term: Expr) -> tuple[int, Expr]:
    if isinstance(term, Apply) and term.head == "neg":
        return -1, term.args[0]
    if isinstance(term, Num) and term.value < 0:
        return -1, num(-term.value)
    return 1, term


def _common(terms: Sequence[Expr]) -> Expr | None:
    """One tree over the index with these values at 0, 1, 2, …"""
    first = terms[0]
    if all(term == first for term in terms):
        return first
    if all(isinstance(term, Num) for term in terms):
        return _progression([term.value for term in terms if isinstance(term, Num)])
    if not isinstance(first, Apply):
        return None
    if not all(isinstance(t, Apply) and t.head == first.head and len(t.args) == len(first.args) for t in terms):
        return None
    columns = zip(*(term.args for term in terms if isinstance(term, Apply)), strict=True)
    parts = [_common(column) for column in columns]
    return None if None in parts else Apply(first.head, tuple(part for part in parts if part is not None))


def _progression(values: Sequence[Fraction]) -> Expr | None:
    step = values[1] - values[0]
    if all(b - a == step for a, b in pairwise(values)):
        return app("add", num(values[0]), app("mul", num(step), INDEX))
    if len(values) < 3 or not all(values):
        return None
    ratio = values[1] / values[0]
    if all(b / a == ratio for a, b in pairwise(values)):
        return app("mul", num(values[0]), app("pow", num(ratio), INDEX))
    return None


def _at(tree: Expr, k: int) -> Expr:
    """The tree at an index, progressions evaluated."""
    if not isinstance(tree, Apply) or INDEX.name not in free_symbols(tree):
        return tree
    value = _value(tree, k)
    return num(value) if value is not None else Apply(tree.head, tuple(_at(argument, k) for argument in tree.args))


def _value(tree: Apply, k: int) -> Fraction | None:
    """Of a progression as `_progression` makes it."""
    if len(tree.args) != 2 or not isinstance(tree.args[0], Num) or not isinstance(tree.args[1], Apply):
        return None
    start, rest = tree.args[0].value, tree.args[1]
    if tree.head == "add" and rest.head == "mul" and rest.args[1] == INDEX and isinstance(rest.args[0], Num):
        return start + k * rest.args[0].value
    if tree.head == "mul" and rest.head == "pow" and rest.args[1] == INDEX and isinstance(rest.args[0], Num):
        return start * rest.args[0].value ** k if k <= _MOST_POWER else None
    return None


def _place(body: Expr, last: Expr) -> int | None:
    """The index at which the body has the value of the last term."""
    if not isinstance(body, Apply) or INDEX.name not in free_symbols(body):
        return None
    if isinstance(last, Num):
        return _index(body, last.value)
    if not isinstance(last, Apply) or last.head != body.head or len(last.args) != len(body.args):
        return None
    for part, there in zip(body.args, last.args, strict=True):
        if (found := _place(part, there)) is not None:
            return found
    return None


def _index(body: Apply, value: Fraction) -> int | None:
    first, second = _value(body, 0), _value(body, 1)
    if first is None or second is None:
        return None
    if body.head == "add":
        place = (value - first) / (second - first)
        return int(place) if place.denominator == 1 and place > 0 else None
    return next((k for k in range(_MOST_POWER) if _value(body, k) == value), None)


def _range(before: Sequence[Expr], after: Sequence[Expr]) -> Expr | None:
    """`{1, 2, …, 30}`; steps other than 1 stay as they were."""
    values = [item.value for item in (*before, *after) if isinstance(item, Num)]
    if len(after) != 1 or not before or len(values) != len(before) + 1 or values[-1] <= values[-2]:
        return None
    if any(b - a != 1 for a, b in pairwise(values[:-1])) or any(v.denominator != 1 for v in values):
        return None
    return app("range", num(values[0]), num(values[-1]))


def _rows(tree: Expr) -> list[tuple[Expr, ...]] | None:
    if not isinstance(tree, Apply) or tree.head != "matrix" or not 2 <= len(tree.args) <= _MOST_ROWS:
        return None
    rows = [row.args for row in tree.args if isinstance(row, Apply) and row.head == "row"]
    return rows if len(rows) == len(tree.args) and all(len(row) == len(rows) for row in rows) else None


def _determinant(rows: Sequence[tuple[Expr, ...]]) -> Expr:
    """By the first row."""
    if len(rows) == 1:
        return rows[0][0]
    terms = []
    for at, entry in enumerate(rows[0]):
        minor = _determinant([row[:at] + row[at + 1 :] for row in rows[1:]])
        term = app("mul", entry, minor)
        terms.append(app("neg", term) if at % 2 else term)
    return app("add", *terms)
