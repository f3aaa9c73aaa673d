"""Several values: lists, sets, tuples, alternatives, ±, assignments to several letters, matrices."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias

import msgspec

from verifiers.equality.outcome import Comparison, different, equal, every, undecided
from verifiers.equality.scalars import is_name
from verifiers.expr import Apply, Const, Expr, Num, Sym, free_symbols, substitute

Same: TypeAlias = Callable[[Expr, Expr], Comparison]

MOST: Final = 64
"""Values in a group that are paired off; more are compared in their order."""
_ALTERNATIVES: Final = 16
_SUBSCRIPT: Final = re.compile(r"^(.*?)_?\{?(\d+)\}?$")


class Entry(msgspec.Struct, frozen=True):
    """A value and the name it was given, if any."""

    name: Expr | None
    value: Expr


class Several(msgspec.Struct, frozen=True):
    """`ordered` for a tuple, where place matters; a `set` written in braces has no order at all."""

    entries: tuple[Entry, ...]
    ordered: bool
    braces: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple("" if entry.name is None else title(entry.name) for entry in self.entries)


def title(name: Expr) -> str:
    """What tells two names apart: a function's letter, not its argument."""
    if isinstance(name, Apply) and name.head == "call" and all(isinstance(a, Sym) for a in name.args[1:]):
        return f"{name.args[0]!r}()"
    if isinstance(name, Apply) and name.head in ("derivative", "prime") and isinstance(name.args[0], Sym):
        return f"{name.args[0].name}'" if len(name.args) == (2 if name.head == "derivative" else 1) else repr(name)
    return name.name if isinstance(name, Sym) else repr(name)


def assignment(expr: Expr) -> Entry:
    """`x = 5`, `x ≈ 5`, `5 = x` and `x ∈ S` taken apart."""
    match expr:
        case Apply(head="eq" | "approx" | "in", args=(left, right)) if is_name(left):
            return Entry(left, right)
        case Apply(head="eq" | "approx", args=(left, right)) if is_name(right) and not is_name(left):
            return Entry(right, left) if isinstance(right, Sym) else Entry(None, expr)
    return Entry(None, expr)


def spelled_out(entry: Entry) -> Several | None:
    """`(x, y) = (2, 3)` as `x = 2, y = 3`."""
    name, value = entry.name, entry.value
    if not isinstance(name, Apply) or not isinstance(value, Apply) or value.head != "tuple":
        return None
    if len(name.args) != len(value.args):
        return None
    return Several(tuple(Entry(n, v) for n, v in zip(name.args, value.args, strict=True)), False)


def several(expr: Expr) -> Several | None:
    """The values of a list, set, tuple, alternatives or ± expression; `None` for a single value."""
    match expr:
        case Apply(head="tuple" | "vector", args=args):
            return Several(tuple(map(assignment, args)), True)
        case Apply(head="list" | "or" | "and", args=args):
            return _listed(args, False)
        case Apply(head="set", args=args):
            return _listed(args, True)
        case Const(name="empty"):
            return Several((), False, True)
        case Apply():
            chosen = both_signs(expr)
            return None if len(chosen) == 1 else Several(tuple(Entry(None, value) for value in chosen), False)
    return None


_UNIT_VECTORS: Final = ("i_hat", "j_hat", "k_hat")


def components(expr: Expr) -> Expr | None:
    """`3 i + 4 j` with unit vectors as a tuple, in the plane unless k occurs."""
    used = free_symbols(expr) & set(_UNIT_VECTORS)
    if not used or not isinstance(expr, Apply) or expr.head not in ("add", "mul", "neg"):
        return None
    names = _UNIT_VECTORS if "k_hat" in used else _UNIT_VECTORS[:2]
    axes = [{other: Num(Fraction(int(other == name))) for other in names} for name in names]
    return Apply("tuple", tuple(substitute(expr, axis) for axis in axes))


def _filled(args: Sequence[Expr]) -> Sequence[Expr]:
    """`1, 3, 5, …, 99` written out where the numbers before the dots have one step."""
    if len(args) < 4 or args[-2] != Apply("ellipsis", ()):
        return args
    numbers = [a.value for a in (*args[:-2], args[-1]) if isinstance(a, Num)]
    if len(numbers) != len(args) - 1:
        return args
    step = numbers[1] - numbers[0]
    count = (numbers[-1] - numbers[0]) / step if step else Fraction(0)
    if count.denominator != 1 or not 0 < count < MOST or any(y - x != step for x, y in pairwise(numbers[:-1])):
        return args
    return [Num(numbers[0] + step * k) for k in range(int(count) + 1)]


def _listed(args: Sequence[Expr], braces: bool) -> Several:
    args = _filled(args)
    entries: list[Entry] = []
    name: Expr | None = None
    for arg in args:
        entry = assignment(arg)
        if isinstance(entry.name, Apply) and entry.name.head == "tuple":
            entry = Entry(None, entry.value)
        name = entry.name or name
        inner = several(entry.value)
        if inner is not None and not inner.ordered and not isinstance(entry.value, Const):
            entries += [Entry(name, one.value) for one in inner.entries]
        else:
            entries.append(Entry(name, entry.value))
    return _grouped(Several(tuple(entries), False, braces))


def _grouped(group: Several) -> Several:
    """`p=5, q=2; p=7, q=2` as two pairs: names that come round again in the same order."""
    names = group.names
    if "" in names or len(set(names)) < 2 or len(set(names)) == len(names):
        return group
    period = len(set(names))
    if len(names) % period or any(names[k] != names[k % period] for k in range(len(names))):
        return group
    tuples = [
        Entry(None, Apply("tuple", tuple(entry.value for entry in group.entries[k : k + period])))
        for k in range(0, len(names), period)
    ]
    return Several(tuple(tuples), False)


def both_signs(expr: Expr) -> tuple[Expr, ...]:
    """The values of an expression with ±; every ± of it has the same sign, every ∓ the other."""
    if not _has_sign(expr):
        return (expr,)
    return tuple(dict.fromkeys(_signed(expr, plus) for plus in (True, False)))


def _has_sign(expr: Expr) -> bool:
    if not isinstance(expr, Apply) or expr.head in ("list", "set", "tuple", "or", "and", "eq", "matrix", "in"):
        return False
    return expr.head in ("pm", "mp") or any(_has_sign(a) for a in expr.args)


def _signed(expr: Expr, plus: bool) -> Expr:
    if not isinstance(expr, Apply):
        return expr
    args = tuple(_signed(a, plus) for a in expr.args)
    if expr.head not in ("pm", "mp"):
        return Apply(expr.head, args)
    last = args[-1] if plus == (expr.head == "pm") else Apply("neg", (args[-1],))
    return last if len(args) == 1 else Apply("add", (args[0], last))


def compare(a: Several, b: Several, same: Same) -> Comparison:
    """Equality of groups: by name where both are named, by place where one is a tuple, else in any order."""
    if a.ordered and b.ordered:
        return _in_order(a, b, same)
    if _by_name(a) and _by_name(b):
        if sorted(a.names) != sorted(b.names):
            return different("other names")
        values = dict(zip(b.names, b.entries, strict=True))
        pairs = zip(a.names, a.entries, strict=True)
        return every((same(entry.value, values[name].value) for name, entry in pairs), "same values by name")
    if a.ordered or b.ordered:
        return _tuple_and_list(a, b, same)
    if _by_name(a) != _by_name(b):
        outcome = _in_order(a, b, same)
        if outcome.label != "different" or not _numbered(a if _by_name(a) else b):
            return outcome
    elif any(a.names) and any(b.names) and len(set(a.names) | set(b.names)) > 1:
        return different("other names")
    return _in_any_order(a, b, same)


def _by_name(group: Several) -> bool:
    """Each value for a letter of its own."""
    return len(group.entries) > 1 and "" not in group.names and len(set(group.names)) == len(group.names)


def _numbered(group: Several) -> bool:
    """`x_1, x_2`: one letter with running subscripts, the order of which is nobody's choice."""
    parts = [_SUBSCRIPT.match(name) for name in group.names]
    if any(part is None for part in parts):
        return False
    found = [(part.group(1), int(part.group(2))) for part in parts if part is not None]
    return len({base for base, _ in found}) == 1 and all(y - x == 1 for (_, x), (_, y) in pairwise(found))


def _tuple_and_list(a: Several, b: Several, same: Same) -> Comparison:
    plain = b if a.ordered else a
    if len(plain.entries) == 1 and several(plain.entries[0].value) is None:
        return different("a tuple and a single value")
    if len(plain.entries) == 1:
        whole = a if a.ordered else b
        return same(Apply("tuple", tuple(e.value for e in whole.entries)), plain.entries[0].value)
    if plain.braces:
        return different("a set and a tuple")
    return _in_order(a, b, same)


def _in_order(a: Several, b: Several, same: Same) -> Comparison:
    if len(a.entries) != len(b.entries):
        return different("another number of values")
    pairs = list(zip(a.entries, b.entries, strict=True))
    if any(x.name is not None and y.name is not None and title(x.name) != title(y.name) for x, y in pairs):
        return different("other names")
    return every((same(x.value, y.value) for x, y in pairs), "same values in order")


def _in_any_order(a: Several, b: Several, same: Same) -> Comparison:
    left = tuple(dict.fromkeys(entry.value for entry in a.entries))
    right = tuple(dict.fromkeys(entry.value for entry in b.entries))
    if any(Apply("ellipsis", ()) in side for side in (left, right)) and left != right:
        return undecided("dots")
    if max(len(left), len(right)) > MOST:
        return _in_order(a, b, same)
    shared = set(left) & set(right)
    outcomes = [
        _among(value, others, same)
        for values, others in ((left, right), (right, left))
        for value in values
        if value not in shared
    ]
    return every(outcomes, "same values")


def _among(value: Expr, others: Sequence[Expr], same: Same) -> Comparison:
    open_one = False
    for other in others:
        outcome = same(value, other)
        if outcome.label == "equal":
            return outcome
        open_one |= outcome.label == "undecided"
    return undecided("a value is not decided") if open_one else different("a value is in one only")


def table(expr: Expr) -> tuple[tuple[Expr, ...], ...] | None:
    """Rows of a matrix, one column of a tuple."""
    match expr:
        case Apply(head="matrix", args=rows):
            found = [row.args for row in rows if isinstance(row, Apply) and row.head == "row"]
            return tuple(found) if len(found) == len(rows) else None
        case Apply(head="tuple" | "vector", args=args):
            return tuple((a,) for a in args)
    return None


def compare_tables(a: Expr, b: Expr, same: Same) -> Comparison:
    """Equality entry by entry; a row and a column are the same vector only where one is written as a tuple."""
    left, right = table(a), table(b)
    if left is None or right is None:
        return different("a matrix and a single value")
    if any(isinstance(side, Apply) and side.head != "matrix" for side in (a, b)):
        left, right = _column(left), _column(right)
    if [len(row) for row in left] != [len(row) for row in right]:
        return different("another shape")
    pairs = ((x, y) for row, other in zip(left, right, strict=True) for x, y in zip(row, other, strict=True))
    return every((same(x, y) for x, y in pairs), "same entries") if left else equal("same entries")


def _column(rows: tuple[tuple[Expr, ...], ...]) -> tuple[tuple[Expr, ...], ...]:
    return tuple((x,) for x in rows[0]) if len(rows) == 1 else rows
