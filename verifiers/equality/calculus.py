"""Antiderivatives, which are the same up to a constant."""

import re
from fractions import Fraction
from typing import Final

from verifiers.claims import Calculus
from verifiers.equality import scalars
from verifiers.equality.outcome import CompareOptions, Comparison, Prove, equal, undecided
from verifiers.evaluation.derivatives import derivative
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, substitute, walk
from verifiers.verdicts import Label

_CONSTANT_OF_INTEGRATION: Final = re.compile(r"^(?:[CKck](?:_?\{?\d\}?)?|const)$")
_ZERO: Final = Num(Fraction(0))


def compare(a: Expr, b: Expr, options: CompareOptions, prove: Prove) -> Comparison | None:
    """∫ f dx against a function, or two functions each with a constant of integration; `None` for anything else."""
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Apply) and one.head == "integral" and len(one.args) == 2 and isinstance(one.args[1], Sym):
            body, letter = one.args
            assert isinstance(letter, Sym)
            if isinstance(other, Apply) and other.head == "integral":
                if other.args[1:] != one.args[1:]:
                    return None
                return scalars.compare(body, other.args[0], options, prove)
            slope = scalars.compare(derivative(other, letter.name), body, options, prove)
            if slope.label != "undecided":
                return equal("an antiderivative") if slope.label == "equal" else slope
            verdict = prove(Calculus(operation="antiderivative", operand=body, variable=letter.name, result=other))
            if verdict.label is Label.SUPPORTED:
                return equal("an antiderivative")
            return undecided(verdict.reason.value)
    left, right = _constant_term(a), _constant_term(b)
    if left is None or right is None:
        return None
    return _up_to_constant(substitute(a, {left: _ZERO}), substitute(b, {right: _ZERO}), options, prove)


def _up_to_constant(a: Expr, b: Expr, options: CompareOptions, prove: Prove) -> Comparison:
    outcome = scalars.compare(a, b, options, prove)
    names = free_symbols(a) | free_symbols(b)
    if outcome.label == "equal" or len(names) != 1:
        return outcome
    name = next(iter(names))
    slopes = scalars.compare(derivative(a, name), derivative(b, name), options, prove)
    return equal("same up to a constant") if slopes.label == "equal" else outcome


def _constant_term(expr: Expr) -> str | None:
    """The constant of integration: a letter such as C that is added once and occurs nowhere else."""
    if not isinstance(expr, Apply) or expr.head != "add":
        return None
    found = [a.name for a in expr.args if isinstance(a, Sym) and _CONSTANT_OF_INTEGRATION.match(a.name)]
    if len(found) != 1 or sum(node == Sym(found[0]) for node in walk(expr)) != 1:
        return None
    return found[0] if free_symbols(expr) - {found[0]} else None
