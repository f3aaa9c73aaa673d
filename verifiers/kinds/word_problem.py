"""Relations of a word problem at the values the answer itself gives: stated relations, givens, units, counts."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.claims import WordProblem
from verifiers.expr import Apply, Const, Expr, Num, substitute, violation
from verifiers.notation.units import plural
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided

_SLACK: Final = Fraction(1, 50)
"""A decimal among the values may have been rounded on the way; what differs by less is left undecided."""


def verify(formula: WordProblem, budget: Budget) -> Verdict:
    """Evaluates the relation exactly at the values."""
    for expr in (formula.relation, *(value for _, value in formula.values)):
        if problem := violation(expr, budget.bounds):
            return undecided(Reason.TOO_LARGE, problem)
    answer = exact.holds(formula.relation, formula.values)
    method = f"word problem: {formula.rule}"
    if answer is None:
        return undecided(Reason.INCONCLUSIVE, "the relation cannot be evaluated at these values")
    if answer:
        return supported(Reason.COMPUTED, method, f"{_values(formula)} fits “{formula.stated}”.")
    if _rounded(formula):
        return undecided(Reason.INCONCLUSIVE, "the values differ by no more than rounding on the way may explain")
    witness = Witness(conclusion=formula.relation, assignment=formula.values, found=_found(formula))
    return refuted(Reason.CONTRADICTS, method, _TEXTS[formula.rule](formula), witness)


def _sides(formula: WordProblem) -> tuple[Fraction, Fraction] | None:
    relation = formula.relation
    if not (isinstance(relation, Apply) and relation.head == "eq"):
        return None
    left, right = (exact.value(side, formula.values) for side in relation.args)
    return (left, right) if isinstance(left, Fraction) and isinstance(right, Fraction) else None


def _rounded(formula: WordProblem) -> bool:
    sides = _sides(formula)
    decimals = any(isinstance(v, Num) and v.value.denominator > 1 for _, v in formula.values)
    return bool(sides and decimals and abs(sides[0] - sides[1]) <= _SLACK * max(abs(sides[0]), abs(sides[1])))


def _found(formula: WordProblem) -> Expr | None:
    """The value that should have stood on the left of an equation, where the left is a single quantity."""
    sides = _sides(formula)
    return Num(sides[1]) if sides else None


def _number(expr: Expr) -> str:
    if not isinstance(expr, Num):
        return "a value"
    value = expr.value
    if value.denominator == 1:
        return f"{value.numerator:,}"
    places = next((p for p in range(1, 7) if (value * 10**p).denominator == 1), None)
    return f"{float(value):.{places}f}" if places else f"{value.numerator}/{value.denominator}"


def _values(formula: WordProblem) -> str:
    parts = [f"{name} = {_number(value)}" for name, value in formula.values]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _relation(formula: WordProblem) -> str:
    sides = _sides(formula)
    if sides is None or len(formula.values) != 2:
        return f"“{formula.stated}” does not hold for {_values(formula)}."
    (name, _), (other, value) = formula.values
    should, said = _number(Num(sides[1])), _number(Num(sides[0]))
    return f"“{formula.stated}”: with {other} = {_number(value)}, {name} should be {should}, not {said}."


def _contradiction(formula: WordProblem) -> str:
    return f"“{formula.stated}” is stated, and the answer has {_values(formula)}."


def _unit(formula: WordProblem) -> str:
    (name, said), *_ = formula.values
    sides = _sides(formula)
    if sides is None or not isinstance(said, Num) or not said.value or not sides[0]:
        return f"The units of “{formula.stated}” do not fit."
    should = sides[1] * said.value / sides[0]
    right = f"{_number(Num(should))} {plural(name)}, not {_number(said)}"
    return f"The units of “{formula.stated}” do not fit: it is {right}."


def _count(formula: WordProblem) -> str:
    relation = substitute(formula.relation, dict(formula.values))
    negative = isinstance(relation, Apply) and relation.head in ("ge", "gt")
    why = "a count cannot be negative" if negative else "they come whole"
    integers = isinstance(relation, Apply) and Const("integers") in relation.args
    return f"There cannot be {formula.stated}: {why}." if negative or integers else f"{_values(formula)} is impossible."


_TEXTS: Final[Mapping[str, Callable[[WordProblem], str]]] = {
    "relation": _relation,
    "contradiction": _contradiction,
    "unit": _unit,
    "count": _count,
}
