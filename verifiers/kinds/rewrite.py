"""One expression in another form: equal, and really factored, expanded or simplified."""

from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from verifiers.claims import Context, Rewrite
from verifiers.expr import Apply, Const, Expr, Num, Sym, free_symbols, violation, walk
from verifiers.kinds import _sympy, arithmetic, identity
from verifiers.kinds._closing import close
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, supported, undecided

_MOST_DEGREE: Final = 40


def verify(formula: Rewrite, budget: Budget) -> Verdict:
    source, target = (close(side, formula.context) for side in (formula.source, formula.target))
    relation = Apply("eq", (source, target))
    message = violation(relation, budget.bounds)
    if message:
        return undecided(Reason.TOO_LARGE, message)
    bare = Context(givens=formula.context.givens, domains=formula.context.domains)
    if free_symbols(relation):
        verdict = identity.decide(relation, bare, budget)
    else:
        verdict = arithmetic.decide(relation)
    if verdict.label is Label.REFUTED and verdict.evidence and verdict.evidence.text.startswith("For "):
        told = f"{show(source)} is not {show(target)}: f{verdict.evidence.text[1:]}"
        return replace(verdict, evidence=replace(verdict.evidence, text=told))
    if verdict.label is not Label.SUPPORTED:
        return verdict
    if formula.form == "expand" and not is_expanded(target):
        return undecided(Reason.INCONCLUSIVE, "equal, but not expanded")
    if formula.form == "factor" and not is_factored(target, bare):
        return undecided(Reason.INCONCLUSIVE, "equal, but not factored into irreducible factors")
    text = f"{show(source)} is {show(target)}, {_FORMS[formula.form]}."
    return supported(Reason.PROVED, verdict.evidence.method if verdict.evidence else "normal form", text)


_FORMS: Final = {"factor": "factored", "expand": "expanded", "simplify": "simplified", "combine": "combined"}


def is_expanded(expr: Expr) -> bool:
    """Whether no product, power or negation stands over a sum."""
    for node in walk(expr):
        if not isinstance(node, Apply):
            continue
        inside = node.args[:1] if node.head == "pow" else node.args
        if node.head in ("mul", "pow", "neg") and any(isinstance(a, Apply) and a.head == "add" for a in inside):
            return False
    return True


def is_factored(expr: Expr, context: Context) -> bool:
    """Whether the tree is a product of powers of factors that are irreducible over the rationals.

    A factor that is no polynomial counts as irreducible.
    """
    import sympy

    for factor in factors(expr):
        if isinstance(factor, Num | Sym | Const):
            continue
        lowered = _sympy.to_sympy(factor, context)
        if lowered is None or not lowered.is_polynomial():
            continue
        polynomial = sympy.Poly(lowered) if lowered.free_symbols else None
        if polynomial is None:
            continue
        if polynomial.total_degree() > _MOST_DEGREE or not polynomial.domain.is_Numerical:
            return False
        if polynomial.domain.is_ZZ or polynomial.domain.is_QQ:
            content, parts = polynomial.factor_list()
            if sum(count for _, count in parts) > 1 or (parts and abs(content) not in (1,) and _whole(polynomial)):
                return False
    return True


def _whole(polynomial: object) -> bool:
    return all(getattr(c, "is_integer", False) for c in polynomial.coeffs())  # type: ignore[attr-defined]


def factors(expr: Expr) -> list[Expr]:
    """The factors of a product, powers by their base."""
    if isinstance(expr, Apply):
        if expr.head == "mul":
            return [f for a in expr.args for f in factors(a)]
        if expr.head == "neg":
            return factors(expr.args[0])
        if expr.head == "pow" and isinstance(expr.args[1], Num) and expr.args[1].value.denominator == 1:
            return factors(expr.args[0])
        if expr.head == "div" and isinstance(expr.args[1], Num) and expr.args[1].value != Fraction(0):
            return factors(expr.args[0])
    return [expr]
