"""Results about whole numbers under givens, held against every case or against the first members of a class."""

from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.claims import Result
from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num
from verifiers.kinds._closing import close
from verifiers.kinds._enumerate import compiled
from verifiers.kinds._rounding import has_decimals
from verifiers.kinds._tuples import premises, solutions
from verifiers.kinds._whole_sets import measure
from verifiers.kinds._wholes import UndefinedError, UnsuitedError
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported

TRIED: Final = "every case tried"
MEMBER: Final = "members tried"
_MOST_VALUES: Final = 12


def over_wholes(target: Expr, formula: Result, budget: Budget) -> Verdict | None:
    """The values that whole numbers under the givens allow, where they are few enough to be tried."""
    givens = [close(given, formula.context) for given in formula.context.givens]
    letters = sorted(free_symbols(target).union(*(free_symbols(given) for given in givens)))
    whole = premises(letters, dict(formula.context.domains))
    if whole is None or has_decimals(formula.claimed):
        return None
    restriction = app("and", *whole, *givens) if len(whole) + len(givens) > 1 else whole[0]
    try:
        function = compiled(target)
        values = sorted({function(env) for env in solutions(letters, restriction, budget)})
    except (UnsuitedError, UndefinedError):
        return None
    relations = [app("eq", num(Fraction(value)), formula.claimed) for value in values[:_MOST_VALUES]]
    judged = [exact.holds(relation) for relation in relations]
    if not values or len(values) > _MOST_VALUES or None in judged:
        return None
    shown = ", ".join(show(num(Fraction(value))) for value in values)
    if True in judged:
        if len(values) > 1:
            return None
        return supported(
            Reason.COMPUTED, TRIED, f"Whole numbers under the givens make {show(target)} equal to {shown}."
        )
    text = f"Whole numbers under the givens make {show(target)} equal to {shown}, not {show(formula.claimed)}."
    conclusion = relations[0] if len(relations) == 1 else app("or", *relations)
    found = num(Fraction(values[0])) if len(values) == 1 else None
    return refuted(Reason.DIFFERS, TRIED, text, Witness(conclusion=conclusion, found=found))


def at_a_member(target: Expr, formula: Result, budget: Budget) -> Verdict | None:
    """A value said to hold for every multiple of a number, put to the test at the first few of them."""
    letters = free_symbols(target)
    givens = [close(given, formula.context) for given in formula.context.givens]
    divided = all(isinstance(given, Apply) and given.head in ("divides", "congruent", "is_prime") for given in givens)
    if len(letters) != 1 or not givens or not divided or any(free_symbols(given) != letters for given in givens):
        return None
    (name,) = letters
    whole = [app("in", Sym(name), Const("integers")), app("gt", Sym(name), num(0))]
    try:
        low = measure("least", app("such_that", Sym(name), app("and", *whole, *givens)), budget)
        later = app("and", *whole, *givens, app("gt", Sym(name), num(Fraction(low))))
        second = measure("least", app("such_that", Sym(name), later), budget)
    except (UnsuitedError, UndefinedError):
        return None
    for member in (low, second):
        point = {name: num(Fraction(member))}
        relation = app("eq", target, formula.claimed)
        if exact.holds(relation, point) is False and all(exact.holds(given, point) is True for given in givens):
            text = f"With {name} = {member}, {show(target)} is not {show(formula.claimed)}."
            witness = Witness(conclusion=relation, assignment=tuple(point.items()), premises=tuple(givens))
            return refuted(Reason.DIFFERS, MEMBER, text, witness)
    return None
