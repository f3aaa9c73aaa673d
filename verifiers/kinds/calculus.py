"""Derivatives, antiderivatives, definite integrals and limits.

A derivative is taken by the rules and compared as an identity; an antiderivative is differentiated; a definite
integral is enclosed rigorously and supported by an antiderivative that was confirmed; a limit is computed where it is
certain.
"""

from typing import Final

from flint import arb
from msgspec.structs import replace

from verifiers import exact
from verifiers.claims import Calculus, Context
from verifiers.evaluation.derivatives import expanded
from verifiers.evaluation.scalars import UnknownError
from verifiers.expr import Apply, Const, Expr, Sym, free_symbols, num, substitute, violation
from verifiers.kinds import _sympy, _values, arithmetic, identity
from verifiers.kinds._closing import close
from verifiers.kinds._proof import proof
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, supported, undecided


def verify(formula: Calculus, budget: Budget) -> Verdict:
    context = formula.context
    bare = Context(
        definitions=tuple((n, v) for n, v in context.definitions if n != formula.variable),
        functions=context.functions,
        conventions=context.conventions,
    )
    operand, result = close(formula.operand, bare), close(formula.result, bare)
    bounds = tuple(close(bound, bare) for bound in formula.bounds)
    for tree in (operand, result, *bounds):
        message = violation(tree, budget.bounds)
        if message:
            return undecided(Reason.TOO_LARGE, message)
    rest = Context(givens=context.givens, domains=context.domains, conventions=context.conventions)
    return _RULES[formula.operation](operand, formula, result, bounds, rest, budget)


def _derivative(
    operand: Expr, formula: Calculus, result: Expr, bounds: tuple[Expr, ...], context: Context, budget: Budget
) -> Verdict:
    letter = Sym(formula.variable)
    order = () if formula.order == 1 else (num(formula.order),)
    taken: Expr = Apply("derivative", (operand, letter, *order))
    if bounds:
        try:
            taken = substitute(expanded(taken), {formula.variable: bounds[0]})
        except UnknownError as error:
            return undecided(Reason.UNSUPPORTED, str(error))
    verdict = _equation(Apply("eq", (taken, result)), context, budget)
    told = f"The derivative of {show(operand)} by {formula.variable}"
    if bounds:
        told = f"{told} at {show(bounds[0])}"
    return _retold(verdict, f"{told} is {show(result)}.", f"{told} is not {show(result)}")


def _antiderivative(
    operand: Expr, formula: Calculus, result: Expr, bounds: tuple[Expr, ...], context: Context, budget: Budget
) -> Verdict:
    relation = Apply("eq", (Apply("derivative", (result, Sym(formula.variable))), operand))
    verdict = _equation(relation, context, budget)
    told = f"the derivative of {show(result)} by {formula.variable}"
    return _retold(verdict, f"{told[0].upper()}{told[1:]} is {show(operand)}.", f"{told} is not {show(operand)}")


def _retold(verdict: Verdict, proved: str, failed: str) -> Verdict:
    """The verdict in the words of the claim; a failure keeps the point or the value by which it shows."""
    evidence = verdict.evidence
    if evidence is None:
        return verdict
    if verdict.label is Label.SUPPORTED:
        return supported(verdict.reason, evidence.method, proved)
    found = evidence.witness.found if evidence.witness else None
    point = f" but {_values.told(found)}." if found is not None else "."
    if evidence.text.startswith("For "):
        point = f": {evidence.text[0].lower()}{evidence.text[1:]}"
    text = f"{failed[0].upper()}{failed[1:]}{point}"
    return replace(verdict, evidence=replace(evidence, text=text))


def _equation(relation: Apply, context: Context, budget: Budget) -> Verdict:
    if not free_symbols(relation):
        return arithmetic.decide(relation)
    return identity.decide(relation, context, budget)


def _integral(
    operand: Expr, formula: Calculus, result: Expr, bounds: tuple[Expr, ...], context: Context, budget: Budget
) -> Verdict:
    if len(bounds) != 2:
        return undecided(Reason.UNSUPPORTED, "a definite integral needs two ends")
    letter = formula.variable
    whole = Apply("integral", (operand, Sym(letter), *bounds))
    relation = Apply("eq", (whole, result))
    if free_symbols(relation):
        return _by_antiderivative(relation, operand, letter, bounds, context, budget)
    verdict = arithmetic.decide(relation)
    if verdict.label is not Label.UNDECIDED:
        return verdict
    found = _sympy.antiderivative(operand, letter, context)
    if found is None:
        return verdict
    value = _between(found, letter, bounds)
    return _confirmed(relation, whole, value, verdict)


def _between(found: Expr, letter: str, bounds: tuple[Expr, ...]) -> Expr:
    ends = [substitute(found, {letter: end}) for end in bounds]
    return Apply("add", (ends[1], Apply("neg", (ends[0],))))


def _confirmed(relation: Apply, whole: Expr, value: Expr, verdict: Verdict) -> Verdict:
    """Support by the fundamental theorem. The enclosure of the integral excludes a jump of the antiderivative."""
    enclosed, difference = exact.value(whole), exact.value(value)
    if not isinstance(enclosed, arb) or difference is None or exact.holds(Apply("eq", (whole, value))) is False:
        return verdict
    if exact.holds(Apply("eq", (value, relation.args[1]))) is True:
        text = f"{show(whole)} is {show(relation.args[1])}."
        return supported(Reason.PROVED, "an antiderivative, confirmed by its derivative", text)
    return verdict


def _by_antiderivative(
    relation: Apply, operand: Expr, letter: str, bounds: tuple[Expr, ...], context: Context, budget: Budget
) -> Verdict:
    """With letters in the ends: refuted at a point only, supported where the integrand is a polynomial in the
    letter, which has no gaps.
    """
    verdict = identity.decide(relation, context, budget)
    if verdict.label is not Label.UNDECIDED or not _entire(operand, letter):
        return verdict
    found = _sympy.antiderivative(operand, letter, context)
    if found is None:
        return verdict
    value = _between(found, letter, bounds)
    if proof(value, relation.args[1], context, budget):
        text = f"{show(relation.args[0])} is {show(relation.args[1])}."
        return supported(Reason.PROVED, "an antiderivative, confirmed by its derivative", text)
    return verdict


_ENTIRE: Final = frozenset({"add", "mul", "neg", "sin", "cos", "exp", "sinh", "cosh", "percent"})


def _entire(expr: Expr, letter: str) -> bool:
    """Whether the function has no gap in the letter."""
    if not isinstance(expr, Apply) or letter not in free_symbols(expr):
        return True
    if expr.head == "pow":
        base, exponent = expr.args
        whole = exact.value(exponent)
        natural = exact.holds(Apply("and", (Apply("is_integer", (exponent,)), Apply("ge", (exponent, _ZERO)))))
        return (whole is not None and natural is True and _entire(base, letter)) or (
            base == Const("e") and _entire(exponent, letter)
        )
    if expr.head == "div":
        return letter not in free_symbols(expr.args[1]) and _entire(expr.args[0], letter)
    return expr.head in _ENTIRE and all(_entire(a, letter) for a in expr.args)


_ZERO: Final = num(0)


def _limit(
    operand: Expr, formula: Calculus, result: Expr, bounds: tuple[Expr, ...], context: Context, budget: Budget
) -> Verdict:
    if not bounds:
        return undecided(Reason.UNSUPPORTED, "a limit needs a point")
    whole = Apply("limit", (operand, Sym(formula.variable), *bounds))
    relation = Apply("eq", (whole, result))
    if free_symbols(relation):
        if _sympy.proves_equal(whole, result, context):
            return supported(Reason.PROVED, "SymPy", f"{show(whole)} is {show(result)}.")
        return undecided(Reason.INCONCLUSIVE, "the limit has other letters")
    return arithmetic.decide(relation)


_RULES: Final = {
    "derivative": _derivative,
    "antiderivative": _antiderivative,
    "integral": _integral,
    "limit": _limit,
}
