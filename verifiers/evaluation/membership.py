"""Membership and inclusion, in three values, by the trees of the sets."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Protocol

from flint import acb, arb

from verifiers.evaluation.scalars import Group, Value, real_ball
from verifiers.expr import Apply, Const, Expr, Num, Sym, substitute, walk


class Truth(Protocol):
    """What decides relations between numbers at a point (`verifiers.exact`)."""

    def of(self, relation: Expr) -> bool | None: ...

    def sub(self, relation: Expr) -> bool | None: ...

    def exact(self, expr: Expr) -> Value: ...

    def compare(self, a: Expr, b: Expr) -> int | None: ...


def negation(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def conjunction(answers: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            result = None
    return result


def disjunction(answers: Iterable[bool | None]) -> bool | None:
    return negation(conjunction(negation(a) for a in answers))


def is_set(expr: Expr) -> bool:
    if isinstance(expr, Const):
        return expr.name in ("empty", "reals", "integers", "naturals", "rationals", "complexes", "primes")
    return isinstance(expr, Apply) and expr.head in (
        "set", "interval", "union", "intersection", "setminus", "such_that", "range", "complement",
    )  # fmt: skip


def subset(truth: Truth, a: Expr, b: Expr) -> bool | None:
    if a == Const("empty") or a == Apply("set", ()):
        return True
    if isinstance(a, Apply) and a.head == "union":
        return conjunction(subset(truth, part, b) for part in a.args)
    if isinstance(a, Apply) and a.head == "set":
        return conjunction(member(truth, item, b) for item in a.args)
    if isinstance(a, Apply) and a.head == "range":
        found = truth.exact(a)
        if isinstance(found, Group):
            return conjunction(member(truth, Num(item), b) for item in found.items if isinstance(item, Fraction))
    if isinstance(a, Apply) and isinstance(b, Apply) and a.head == b.head == "interval":
        return _interval_inside(truth, a, b)
    if isinstance(a, Apply) and a.head == "interval":
        return _interval_in_union(truth, a, b)
    chain = ("primes", "naturals", "integers", "rationals", "reals", "complexes")
    if isinstance(a, Const) and isinstance(b, Const) and a.name in chain and b.name in chain:
        return chain.index(a.name) <= chain.index(b.name)
    return None


def _interval_inside(truth: Truth, a: Apply, b: Apply) -> bool | None:
    if truth.sub(Apply("lt", a.args[:2])) is not True:
        return None
    low, high = truth.compare(a.args[0], b.args[0]), truth.compare(a.args[1], b.args[1])
    results: list[bool | None] = []
    for order, inside, end in ((low, 1, 2), (high, -1, 3)):
        if order is None:
            results.append(None)
        elif order == 0:
            closed = [getattr(side.args[end], "value", "") == "closed" for side in (a, b)]
            results.append(closed[1] or not closed[0])
        else:
            results.append(order == inside)
    return conjunction(results)


def _interval_in_union(truth: Truth, a: Apply, b: Expr) -> bool | None:
    if isinstance(b, Const):
        return True if b.name in ("reals", "complexes") else None
    if isinstance(b, Apply) and b.head == "union" and any(subset(truth, a, part) is True for part in b.args):
        return True
    middle = Apply("div", (Apply("add", a.args[:2]), Num(Fraction(2))))
    if Const("inf") in walk(a) or truth.sub(Apply("lt", a.args[:2])) is not True:
        return None
    points: list[Expr] = [middle]
    for end, flag in ((0, 2), (1, 3)):
        points.append(Apply("div", (Apply("add", (a.args[end], middle)), Num(Fraction(2)))))
        if getattr(a.args[flag], "value", "") == "closed":
            points.append(a.args[end])
    return False if any(member(truth, point, b) is False for point in points) else None


def member(truth: Truth, item: Expr, collection: Expr) -> bool | None:
    if isinstance(collection, Const):
        return _in_number_set(truth, item, collection.name)
    if not isinstance(collection, Apply):
        return None
    head, args = collection.head, collection.args
    if head in ("set", "list"):
        return disjunction(truth.sub(Apply("eq", (item, a))) for a in args)
    if head == "interval":
        below, above = (getattr(a, "value", "") for a in args[2:])
        return conjunction(
            (
                truth.sub(Apply("le" if below == "closed" else "lt", (args[0], item))),
                truth.sub(Apply("le" if above == "closed" else "lt", (item, args[1]))),
            )
        )
    if head == "union":
        return disjunction(member(truth, item, a) for a in args)
    if head == "intersection":
        return conjunction(member(truth, item, a) for a in args)
    if head == "setminus":
        return conjunction((member(truth, item, args[0]), negation(member(truth, item, args[1]))))
    if head == "complement":
        return negation(member(truth, item, args[0]))
    if head == "range":
        return conjunction(
            (
                _in_number_set(truth, item, "integers"),
                truth.sub(Apply("le", (args[0], item))),
                truth.sub(Apply("le", (item, args[1]))),
            )
        )
    if head == "such_that":
        letter, condition = args
        inside: bool | None = True
        if isinstance(letter, Apply) and letter.head == "in":
            inside = member(truth, item, letter.args[1])
            letter = letter.args[0]
        if isinstance(letter, Sym):
            return conjunction((inside, truth.sub(substitute(condition, {letter.name: item}))))
    return None


def _in_number_set(truth: Truth, item: Expr, name: str) -> bool | None:
    if name == "empty":
        return False
    found = truth.exact(item)
    if not isinstance(found, Fraction | arb | acb):
        return None
    if name == "complexes":
        return True
    if isinstance(found, acb):
        return False if not found.imag.contains(0) else None
    if name == "reals":
        return True
    if isinstance(found, Fraction):
        whole = found.denominator == 1
        if name == "rationals":
            return True
        if name == "primes":
            return truth.of(Apply("is_prime", (item,))) if whole else False
        return whole and (name == "integers" or found >= (1 if name == "naturals" else 0))
    if name in ("integers", "naturals", "primes") and not real_ball(found).contains_integer():
        return False
    return None
