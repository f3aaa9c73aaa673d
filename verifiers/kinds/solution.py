"""Claimed solutions put into the problem, and complete ones compared with the exact solution set.

One letter: the problem and the claim are compared on every piece of the line (`_cells`). Several: each claimed tuple
is put in. A wrong member is refuted by itself; a missing one by a value that solves the problem and is not claimed.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final

from verifiers import exact
from verifiers.claims import Solution
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, free_symbols, violation, walk
from verifiers.kinds._cells import Cell, cells
from verifiers.kinds._closing import close
from verifiers.kinds._domains import admissible
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._relations import conjuncts, decidable
from verifiers.kinds._rounding import has_decimals
from verifiers.kinds._signs import alternatives
from verifiers.kinds._truth import holds, nearly, undefined
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided

METHOD: Final = "claimed solutions put in"
_SHOWN_BITS: Final = 400
"""Of a value that is written out; Python itself refuses to write more than some thousand digits."""
COMPLETE: Final = "solution sets compared"


def verify(formula: Solution, budget: Budget) -> Verdict:
    """Supported when every claimed member solves the problem (and, if `complete`, nothing else does)."""
    for expr in (*formula.problem, formula.claimed, *formula.context.givens):
        if message := violation(expr, budget.bounds):
            return undecided(Reason.TOO_LARGE, message)
    problem = [r for p in formula.problem for r in conjuncts(alternatives(close(p, formula.context)))]
    claimed = alternatives(close(formula.claimed, formula.context))
    if len(formula.unknowns) == 1 and isinstance(claimed, Apply) and claimed.head == "tuple" and len(claimed.args) == 2:
        claimed = Apply("interval", (*claimed.args, Text("open"), Text("open")))
    if len(formula.unknowns) == 1 and all(decidable(r) for r in problem):
        verdict = _by_cells(formula, problem, claimed)
        if verdict is not None:
            return verdict
    return _by_members(formula, problem, claimed)


def _by_cells(formula: Solution, problem: Sequence[Expr], claimed: Expr) -> Verdict | None:
    letter = formula.unknowns[0]
    inside = membership(claimed, letter)
    if inside is None or any(free_symbols(r) - {letter} for r in (*problem, inside)):
        return None
    givens = [g for g in formula.context.givens if decidable(g) and free_symbols(g) == {letter}]
    try:
        pieces = cells([*problem, *givens, inside], letter)
    except NotPolynomialError:
        return None
    if has_decimals(claimed):
        return _rounded(formula, problem, claimed, [p.sample for p in pieces if p.point])
    whole = dict(formula.context.domains).get(letter) in ("integer", "natural", "prime")
    unknown = missed = False
    for piece in pieces:
        sample = piece.sample if not whole or piece.point else whole_number(piece)
        if sample is None:
            unknown = unknown or not whole
            continue
        point = {letter: sample}
        if not admissible(point, formula.context) or any(holds(g, point) is False for g in givens):
            continue
        here, there = holds(inside, point), _solves(problem, point)
        if here is None or there is None:
            unknown = True
        elif here and not there:
            return _extraneous(formula, problem, point)
        elif there and not here and formula.complete:
            missed = True
            missing = point
    if missed:
        text = f"{letter} = {show(missing[letter])} solves it as well and is not among them."
        witness = Witness(conclusion=inside, assignment=tuple(missing.items()), premises=tuple(problem))
        return refuted(Reason.INCOMPLETE, COMPLETE, text, witness)
    if unknown:
        return None
    return supported(Reason.PROVED, COMPLETE, "The solution set is exactly the claimed one." if formula.complete
                     else "Every claimed value solves it.")  # fmt: skip


def _rounded(
    formula: Solution, problem: Sequence[Expr], claimed: Expr, points: Sequence[Expr | None]
) -> Verdict | None:
    """Decimals against the exact solutions: each has to be one of them within its own last digit."""
    letter = formula.unknowns[0]
    members = listed(claimed)
    if members is None or None in points:
        return None
    solutions = [p for p in points if p is not None and _solves(problem, {letter: p}) is True]
    for member in members:
        unit = max((Fraction(1, 10 ** max(n.places or 0, 0)) for n in walk(member) if isinstance(n, Num)
                    and n.places is not None), default=Fraction(0))  # fmt: skip
        gaps = [Apply("abs", (Apply("add", (member, Apply("neg", (s,)))),)) for s in solutions]
        if any(exact.holds(Apply("le", (gap, Num(unit * Fraction(3, 2))))) is True for gap in gaps):
            continue
        if _solves(problem, {letter: member}) is False and not any(
            exact.holds(Apply("le", (gap, Num(unit * 5)))) is not False for gap in gaps
        ):
            return _extraneous(formula, problem, {letter: member})
        return undecided(Reason.INCONCLUSIVE, "nearly: the claimed value is rounded")
    if formula.complete and len(solutions) != len(members):
        return undecided(Reason.INCONCLUSIVE, "the claimed values are rounded")
    return supported(Reason.ROUNDED, COMPLETE, "The exact solutions round to the claimed ones.")


def _by_members(formula: Solution, problem: Sequence[Expr], claimed: Expr) -> Verdict:
    members = listed(claimed)
    if members is None:
        return undecided(Reason.UNSUPPORTED, "the claimed solutions are no list of values")
    every = bool(members)
    for member in members:
        values = member.args if isinstance(member, Apply) and member.head == "tuple" else (member,)
        if len(values) != len(formula.unknowns):
            return undecided(Reason.AMBIGUOUS, "not one value for each unknown")
        if any(isinstance(v, Text) for v in values) or any(free_symbols(v) & set(formula.unknowns) for v in values):
            return undecided(Reason.UNSUPPORTED, "a claimed value is no number")
        point = dict(zip(formula.unknowns, values, strict=True))
        truth = _solves(problem, point)
        if truth is False:
            return _extraneous(formula, problem, point)
        every = every and truth is True
    if every and not formula.complete:
        return supported(Reason.COMPUTED, METHOD, "Put in, it makes every relation true.")
    return undecided(Reason.INCONCLUSIVE, "completeness was not decided" if every else "a value could not be decided")


def _extraneous(formula: Solution, problem: Sequence[Expr], point: Mapping[str, Expr]) -> Verdict:
    failing = next((r for r in problem if holds(r, point) is False), None)
    shown = ", ".join(f"{name} = {show(value)}" for name, value in point.items())
    if failing is None:
        return undecided(Reason.UNDEFINED, f"a side has no value at {shown}")
    if any(has_decimals(v) for v in point.values()) and (nearly(failing, point) or _changes_sign(failing, point)):
        return undecided(Reason.INCONCLUSIVE, "nearly: the claimed value is rounded")
    found = exact.value(failing.args[0], point) if isinstance(failing, Apply) else None
    short = not isinstance(found, Fraction) or max(map(int.bit_length, found.as_integer_ratio())) <= _SHOWN_BITS
    left = f": the left side is {found}" if found is not None and short else ""
    text = f"With {shown}, {show(failing)} is false{left}."
    return refuted(Reason.DIFFERS, METHOD, text, Witness(conclusion=failing, assignment=tuple(point.items())))


def _changes_sign(relation: Expr, point: Mapping[str, Expr]) -> bool:
    """An equation is crossed, or cannot be followed, within five units of the last digits of a point."""
    if not isinstance(relation, Apply) or relation.head != "eq":
        return False
    below, above = ({name: _moved(v, sign) for name, v in point.items()} for sign in (-5, 5))
    orders = [holds(Apply("lt", relation.args), p) for p in (below, above)]
    return None in orders or orders[0] != orders[1]


def _moved(value: Expr, units: int) -> Expr:
    if isinstance(value, Num) and value.places is not None and value.places > 0:
        return Num(value.value + Fraction(units, 10**value.places))
    return value


def _solves(problem: Sequence[Expr], point: Mapping[str, Expr]) -> bool | None:
    result: bool | None = True
    for relation in problem:
        truth = holds(relation, point)
        if truth is False or (truth is None and undefined(relation, point)):
            return False
        if truth is None:
            result = None
    return result


def listed(claimed: Expr) -> tuple[Expr, ...] | None:
    """The members of a finite claim; None where it is no list of values."""
    match claimed:
        case Const(name="empty"):
            return ()
        case Apply(head="set" | "list", args=args):
            return args
        case Apply(head="interval" | "union" | "such_that" | "setminus" | "intersection" | "range"):
            return None
        case Const(name="reals" | "integers" | "naturals" | "rationals" | "complexes" | "primes") | Text():
            return None
    return (claimed,)


def membership(claimed: Expr, letter: str) -> Expr | None:
    """`letter in claimed` written with comparisons only, None where it cannot be."""
    x = Sym(letter)
    match claimed:
        case Const(name="empty") | Apply(head="set", args=()):
            return Apply("ne", (x, x))
        case Const(name="reals"):
            return Apply("eq", (x, x))
        case Apply(head="union", args=args):
            parts = [membership(a, letter) for a in args]
            return None if None in parts else Apply("or", tuple(p for p in parts if p is not None))
        case Apply(head="interval", args=(low, high, opens, closes)):
            conditions: list[Expr] = []
            if not _infinite(low):
                conditions.append(Apply("ge" if opens == Text("closed") else "gt", (x, low)))
            if not _infinite(high):
                conditions.append(Apply("le" if closes == Text("closed") else "lt", (x, high)))
            if not conditions:
                return Apply("eq", (x, x))
            return conditions[0] if len(conditions) == 1 else Apply("and", tuple(conditions))
        case Apply(head="set" | "list", args=args) if all(_number(a) for a in args):
            equations = tuple(Apply("eq", (x, a)) for a in args)
            return equations[0] if len(equations) == 1 else Apply("or", equations)
        case _ if decidable(claimed):
            return claimed
        case _ if _number(claimed):
            return Apply("eq", (x, claimed))
    return None


def whole_number(piece: Cell) -> Expr | None:
    """An integer of an open interval, the one nearest zero."""
    low = None if piece.low is None else floor(piece.low) + 1
    high = None if piece.high is None else ceil(piece.high) - 1
    if low is not None and high is not None and low > high:
        return None
    near = 0
    if low is not None and low > 0:
        near = low
    elif high is not None and high < 0:
        near = high
    return Num(Fraction(near))


def _infinite(end: Expr) -> bool:
    return any(n == Const("inf") for n in walk(end))


def _number(expr: Expr) -> bool:
    return not free_symbols(expr) and exact.value(expr) is not None and not isinstance(expr, Text)
