"""Equations and inequalities claimed for all values of their letters.

An equation is supported by a proof that its sides have one normal form (or that their difference lies in the ideal
of the givens), and only if both sides are defined at the same points but for isolated ones: `ln x² = 2 ln x` is not
supported for real x. It is refuted by a point alone.
"""

from typing import Final

from verifiers import exact
from verifiers.claims import Context, Identity
from verifiers.evaluation.induction import by_induction
from verifiers.evaluation.normal import positive_everywhere
from verifiers.expr import ORDER_RELATIONS, Apply, Const, Expr, Num, free_symbols, heads, violation, walk
from verifiers.kinds import _values, arithmetic
from verifiers.kinds._closing import close
from verifiers.kinds._givens import bearing
from verifiers.kinds._proof import known_domains, proof
from verifiers.kinds._search import Failure, defined_alike, search
from verifiers.kinds._signs import SIGNS, signed
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, supported, undecided

_PARTIAL: Final = frozenset({"sqrt", "root", "ln", "log", "pow", "arcsin", "arccos", "arccosh", "arctanh"})
"""Operators that are undefined on whole regions."""
_LOGIC: Final = frozenset({"and", "or", "not", "implies", "iff", "in", "notin", "subset", "divides", "congruent"})


def verify(formula: Identity, budget: Budget) -> Verdict:
    relation = close(formula.relation, formula.context)
    for tree in (relation, *formula.context.givens):
        message = violation(tree, budget.bounds)
        if message:
            return undecided(Reason.TOO_LARGE, message)
    if not free_symbols(relation):
        return arithmetic.decide(relation)
    return decide(relation, formula.context, budget)


def decide(relation: Expr, context: Context, budget: Budget) -> Verdict:
    """Decides a relation that was closed under the context."""
    if not isinstance(relation, Apply):
        return undecided(Reason.UNSUPPORTED, "not a relation")
    if relation.head == "and":
        return _each(relation, context, budget)
    context = bearing(relation, context)
    if relation.head == "eq":
        return _equation(relation, context, budget)
    if relation.head in ORDER_RELATIONS | {"ne"}:
        return _inequality(relation, context, budget)
    if relation.head in _LOGIC:
        return _searched(relation, context, budget)
    return undecided(Reason.UNSUPPORTED, f"{relation.head} with letters")


def _each(relation: Apply, context: Context, budget: Budget) -> Verdict:
    """All parts of a conjunction; those without letters first."""
    verdicts = []
    for part in sorted(relation.args, key=lambda p: bool(free_symbols(p))):
        verdict = decide(part, context, budget) if free_symbols(part) else arithmetic.decide(part)
        if verdict.label is Label.REFUTED:
            return verdict
        verdicts.append(verdict)
    undecided_ = [v for v in verdicts if v.label is Label.UNDECIDED]
    return undecided_[0] if undecided_ else verdicts[0]


def _equation(relation: Apply, context: Context, budget: Budget) -> Verdict:
    left, right = relation.args
    if heads(relation) & SIGNS:
        return _signed(relation, context, budget)
    method = proof(left, right, context, budget)
    if method:
        if _is_partial(relation) and not defined_alike(relation, context, 12):
            return undecided(Reason.UNDEFINED, "the sides are equal only where both are defined")
        return supported(Reason.PROVED, method, f"{show(left)} and {show(right)} are equal for all values.")
    return _searched(relation, context, budget)


def _is_partial(expr: Expr) -> bool:
    """Whether something in the tree is undefined for whole regions of values."""
    for node in walk(expr):
        if isinstance(node, Apply) and node.head in _PARTIAL:
            if node.head != "pow":
                return True
            base, exponent = node.args
            whole = isinstance(exponent, Num) and exponent.value.denominator == 1
            if not whole and not (isinstance(base, Num) and base.value > 0) and base != Const("e"):
                return True
    return False


def _signed(relation: Apply, context: Context, budget: Budget) -> Verdict:
    """Equal for the upper and for the lower signs."""
    if not all(heads(side) & SIGNS for side in relation.args):
        return undecided(Reason.AMBIGUOUS, "± on one side only")
    for sign in (0, 1):
        sides = [signed(side)[sign] for side in relation.args]
        if not proof(sides[0], sides[1], context, budget):
            return undecided(Reason.INCONCLUSIVE, "not proved for both signs")
    return supported(Reason.PROVED, "normal form", f"{show(relation)} holds for either sign.")


def _inequality(relation: Apply, context: Context, budget: Budget) -> Verdict:
    seen = search(relation, context, budget.samples)
    if seen.failure:
        return _refutation(seen.failure)
    if seen.confirmed:
        method = _inequality_proof(relation, context)
        if method:
            return supported(Reason.PROVED, method, f"{show(relation)} holds for all values.")
    return undecided(Reason.INCONCLUSIVE, "neither proved nor refuted")


def _inequality_proof(relation: Apply, context: Context) -> str:
    left, right = relation.args
    if relation.head == "ne":
        strict = [Apply("gt", (a, b)) for a, b in ((left, right), (right, left))]
        return next((m for m in (_inequality_proof(s, context) for s in strict) if m), "")
    greater, smaller = (left, right) if relation.head in ("gt", "ge") else (right, left)
    strict_ = relation.head in ("gt", "lt")
    if positive_everywhere(greater, smaller, strict=strict_, domains=known_domains(context)):
        return "a sum of terms none of which is negative"
    return ""


def _searched(relation: Apply, context: Context, budget: Budget) -> Verdict:
    seen = search(relation, context, budget.samples)
    if seen.failure:
        return _refutation(seen.failure)
    if relation.head == "eq" and seen.confirmed and defined_alike(relation, context, 12):
        from verifiers.kinds import _sympy

        if {"sum", "prod"} & heads(relation):
            letter = by_induction(relation.args[0], relation.args[1], known_domains(context))
            if letter:
                text = f"{show(relation)} is true for the first {letter}, and with each {letter} for the next."
                return supported(Reason.PROVED, "induction", text)
        if _sympy.proves_equal(relation.args[0], relation.args[1], context):
            text = f"{show(relation.args[0])} and {show(relation.args[1])} are equal for all values."
            return supported(Reason.PROVED, "SymPy", text)
    return undecided(Reason.INCONCLUSIVE, "neither proved nor refuted")


def _refutation(failure: Failure) -> Verdict:
    text = told(failure.conclusion, failure.point)
    witness = Witness(conclusion=failure.conclusion, assignment=failure.point, premises=failure.premises)
    return refuted(Reason.COUNTEREXAMPLE, "exact evaluation at a point", text, witness)


def told(relation: Expr, point: tuple[tuple[str, Expr], ...]) -> str:
    """The failure at a point in one sentence: "For x = -1 the left side is 1 and the right side is -1."."""
    used = free_symbols(relation)
    place = " and ".join(f"{name} = {show(value)}" for name, value in point if name in used)
    if isinstance(relation, Apply) and relation.head in ORDER_RELATIONS | {"eq", "ne"}:
        sides = [_values.as_expr(exact.value(side, point)) for side in relation.args]
        if sides[0] is not None and sides[1] is not None:
            left, right = (_values.told(side) for side in sides if side is not None)
            return f"For {place} the left side is {left} and the right side is {right}."
    return f"For {place} it is false."
