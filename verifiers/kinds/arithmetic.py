"""Closed relations: `16 - 3 = 13`, `7/3 ≈ 2.33`, `√8 = 2√2`, `π < 22/7`. Rounding follows the digits written."""

from itertools import product
from typing import Final

from verifiers import exact
from verifiers.claims import Arithmetic
from verifiers.evaluation.point import SHORT
from verifiers.expr import Apply, Expr, Num, free_symbols, heads, violation
from verifiers.kinds import _values
from verifiers.kinds._closing import close, conventional
from verifiers.kinds._proof import proof
from verifiers.kinds._rounding import Agreement, agreement
from verifiers.kinds._signs import SIGNS, signed
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided

_WORDS: Final = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "approx": "≈"}
_MEASURED: Final = frozenset({"quantity", "clock", "angle", "triangle", "segment", "arc", "call", "prime", "ellipsis"})
_BASES: Final = ("10", "e", "2")


def verify(formula: Arithmetic, budget: Budget) -> Verdict:
    relation = close(formula.relation, formula.context)
    message = violation(relation, budget.bounds)
    if message:
        return undecided(Reason.TOO_LARGE, message)
    return decide(relation)


def decide(relation: Expr) -> Verdict:
    """Decides a relation that has no free letters."""
    used = heads(relation)
    if used & _MEASURED or free_symbols(relation):
        return undecided(Reason.UNSUPPORTED, "not a relation between numbers")
    if "log" in used and (readings := _logarithms(relation)):
        return _by_readings(readings)
    if not isinstance(relation, Apply):
        return undecided(Reason.UNSUPPORTED, "not a relation")
    if used & SIGNS:
        return _signs(relation)
    if relation.head in ("eq", "approx") and len(relation.args) == 2:
        return _equality(relation)
    return _truth(relation)


def _equality(relation: Apply) -> Verdict:
    left, right = relation.args
    stage = agreement(left, right, approximate=relation.head == "approx")
    if stage is Agreement.EQUAL:
        return supported(Reason.COMPUTED, "exact evaluation", f"{show(left)} is {show(right)}.")
    if stage is Agreement.ROUNDED:
        return supported(Reason.ROUNDED, "exact evaluation", f"{show(left)} rounds to {show(right)}.")
    if stage is Agreement.CLOSE:
        return undecided(Reason.INCONCLUSIVE, "the two sides agree only up to rounding")
    if stage is Agreement.UNDEFINED:
        return undecided(Reason.UNDEFINED, "one side has no value")
    if stage is Agreement.UNKNOWN:
        return _unknown(relation)
    if _percentage(left, right) or _percentage(right, left):
        return undecided(Reason.AMBIGUOUS, "the two sides agree up to a percent sign")
    return different(relation)


def different(relation: Apply) -> Verdict:
    """The refutation of a closed equation whose sides differ."""
    left, right = relation.args
    claim = Apply("eq", (left, right))
    found, other = (_values.as_expr(exact.value(side, most_bits=SHORT)) for side in (left, right))
    if found is None or other is None:
        text = f"{show(left)} and {show(right)} are different."
    elif _is_plain(right) or other == right:
        whole = {"div", "mixed"} & heads(right)
        value = _values.told(found) if whole else _values.told_as_decimal(found)
        text = f"{show(left)} is {value}, not {show(right)}."
        if value == show(left):
            text = f"{show(left)} is not {show(right)}."
    elif _is_plain(left):
        text = f"{show(right)} is {_values.told(other)}, not {show(left)}."
    else:
        text = f"{show(left)} is {_values.told(found)}, but {show(right)} is {_values.told(other)}."
    return refuted(Reason.DIFFERS, "exact evaluation", text, Witness(conclusion=claim, found=found))


def _is_plain(expr: Expr) -> bool:
    return isinstance(expr, Num) or (
        isinstance(expr, Apply)
        and expr.head in ("neg", "percent", "div", "mixed")
        and all(isinstance(a, Num) or _is_plain(a) for a in expr.args)
        and len([a for a in expr.args if isinstance(a, Apply)]) < 2
        and (expr.head != "div" or all(isinstance(a, Num) for a in expr.args))
    )


def _unknown(relation: Apply) -> Verdict:
    from verifiers.kinds import _sympy

    left, right = relation.args
    if relation.head == "eq":
        method = proof(left, right) or ("SymPy" if _sympy.proves_equal(left, right) else "")
        if method:
            return supported(Reason.PROVED, method, f"{show(left)} is {show(right)}.")
    return undecided(Reason.INCONCLUSIVE, "neither equality nor difference could be proved")


def _percentage(whole: Expr, percent: Expr) -> bool:
    """`0.5 · 100 = 50%`: the percent sign is a unit here."""
    if not (isinstance(percent, Apply) and percent.head == "percent"):
        return False
    return agreement(whole, percent.args[0]) in (Agreement.EQUAL, Agreement.ROUNDED, Agreement.CLOSE)


def _truth(relation: Apply) -> Verdict:
    answer = exact.holds(relation)
    if answer is True:
        return supported(Reason.COMPUTED, "exact evaluation", f"{show(relation)} is true.")
    if answer is None:
        return undecided(Reason.INCONCLUSIVE, "the relation could not be evaluated")
    return refuted(Reason.DIFFERS, "exact evaluation", _why_not(relation), Witness(conclusion=relation))


def _why_not(relation: Apply) -> str:
    if relation.head in _WORDS:
        told = []
        for side in relation.args:
            found = _values.as_expr(exact.value(side))
            if found is not None and not _is_plain(side):
                told.append(f"{show(side)} is {_values.told(found)}")
        if told:
            return f"{' and '.join(told)}, so {show(relation)} is false."
    return f"{show(relation)} is false."


def _logarithms(relation: Expr) -> list[Expr]:
    """The relation under each convention for a logarithm without base; empty if there is none."""
    readings = [conventional(relation, (("log", base),)) for base in _BASES]
    return readings if readings[0] != relation else []


def _by_readings(readings: list[Expr]) -> Verdict:
    verdicts = [decide(reading) for reading in readings]
    for verdict in verdicts[:2]:
        if verdict.label.value == "supported":
            return verdict
    if all(verdict.label.value == "refuted" for verdict in verdicts):
        return verdicts[0]
    return undecided(Reason.AMBIGUOUS, "the base of the logarithm is not said")


def _signs(relation: Apply) -> Verdict:
    """An equation with ±: the sets of values must be the same; it is refuted when they have none in common."""
    if relation.head != "eq":
        return undecided(Reason.UNSUPPORTED, "± outside an equation")
    sides = [signed(side) for side in relation.args]
    pairs = [Apply("eq", pair) for pair in product(*sides)]
    if len(pairs) > 16:
        return undecided(Reason.TOO_LARGE, "too many signs")
    truths = {pair: exact.holds(pair) for pair in pairs}
    same = all(any(truths[Apply("eq", (a, b))] for b in sides[1]) for a in sides[0]) and all(
        any(truths[Apply("eq", (a, b))] for a in sides[0]) for b in sides[1]
    )
    if same:
        return supported(Reason.COMPUTED, "exact evaluation", f"{show(relation)} is true for both signs.")
    if all(agreement(*pair.args) is Agreement.DIFFERENT for pair in pairs):
        text = f"{show(relation)} is false for either sign."
        return refuted(Reason.DIFFERS, "exact evaluation", text, Witness(conclusion=Apply("or", tuple(pairs))))
    return undecided(Reason.AMBIGUOUS, "some values of ± fit")
