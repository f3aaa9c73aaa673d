"""The domain and the range of a real function of one letter against a claimed set."""

from typing import Final

from verifiers import exact
from verifiers.claims import Result
from verifiers.equality import regions
from verifiers.equality.outcome import Comparison, different, equal
from verifiers.equality.outcome import undecided as unknown
from verifiers.equality.pieces import NotARegionError
from verifiers.expr import Apply, Const, Expr, Sym, app, violation
from verifiers.kinds._images import image
from verifiers.kinds._natural import conditions
from verifiers.kinds._rounding import has_decimals
from verifiers.kinds._wholes import UnsuitedError
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, refuted, supported, undecided

METHOD: Final = "set computed"


def verify(formula: Result, budget: Budget) -> Verdict:
    given = dict(formula.parameters)
    body, letter = given["body"], given["letter"]
    for tree in (body, formula.claimed):
        if message := violation(tree, budget.bounds):
            return undecided(Reason.TOO_LARGE, message)
    if not isinstance(letter, Sym) or has_decimals(formula.claimed):
        return undecided(Reason.UNSUPPORTED, "no function of one letter, or a rounded set")
    try:
        computed = _domain(body, letter) if formula.template == "domain" else image(body, letter.name)
        outcome = regions.compare(computed, formula.claimed, _same)
    except (UnsuitedError, NotARegionError) as error:
        return undecided(Reason.UNSUPPORTED, str(error) or "no set of real numbers")
    said = f"The {formula.template} of {show(body)} is {show(computed)}"
    if outcome.label == "equal":
        return supported(Reason.COMPUTED, METHOD, f"{said}.")
    if outcome.label == "different" and outcome.witness is not None:
        ((_, value),) = outcome.witness.assignment
        left_out = outcome.witness.premises != (regions.condition(formula.claimed),)
        where = "is left out of the claimed set" if left_out else "is in the claimed set but not in it"
        return refuted(Reason.DIFFERS, METHOD, f"{said}; {show(value)} {where}.", outcome.witness)
    return undecided(Reason.INCONCLUSIVE, "the sets could not be compared")


def _domain(body: Expr, letter: Sym) -> Expr:
    found = conditions(body, letter.name)
    if not found:
        return Const("reals")
    return app("such_that", letter, app("and", *found) if len(found) > 1 else found[0])


def _same(a: Expr, b: Expr) -> Comparison:
    if a == b:
        return equal("same end")
    if any(isinstance(node, Apply) and node.head == "neg" and node.args == (Const("inf"),) for node in (a, b)):
        return different("an end at infinity")
    if Const("inf") in (a, b):
        return different("an end at infinity")
    truth = exact.holds(app("eq", a, b))
    return unknown("ends") if truth is None else equal("same end") if truth else different("other ends")
