"""Proofs that two trees are equal wherever both are defined."""

from verifiers.claims import Context
from verifiers.evaluation.ideals import in_ideal
from verifiers.evaluation.normal import Domains, equal
from verifiers.expr import ORDER_RELATIONS, Apply, Const, Expr, Num, Sym, walk
from verifiers.protocol import Budget


def proof(left: Expr, right: Expr, context: Context = Context(), budget: Budget | None = None) -> str:  # noqa: B008
    """The method by which the sides are proved equal wherever both are defined, or the empty string."""
    limit = min(budget.expansion, 4_000) if budget else 4_000
    domains = known_domains(context)
    principal = "complex" in dict(context.domains).values() or "i" in _constants(left) | _constants(right)
    if equal(left, right, principal=principal, domains=domains, limit=limit):
        return "normal form"
    equations = [g for g in context.givens if isinstance(g, Apply) and g.head == "eq"]
    if equations and in_ideal(left, right, equations, principal=principal, domains=domains):
        return "reduction by the givens"
    return ""


def known_domains(context: Context) -> Domains:
    """What domains and simple givens (`x > 0`, `x ≥ 0`) say of the letters."""
    by_name: dict[str, set[str]] = {}
    for name, domain in context.domains:
        by_name.setdefault(domain, set()).add(name)
    positive = by_name.get("positive", set()) | by_name.get("natural", set()) | by_name.get("prime", set())
    nonnegative = by_name.get("nonnegative", set())
    for given in context.givens:
        bound = _lower_bound(given)
        if bound is not None:
            (positive if bound[1] else nonnegative).add(bound[0])
    integers = by_name.get("integer", set()) | by_name.get("natural", set()) | by_name.get("prime", set())
    return Domains(positive, nonnegative, integers)


def _lower_bound(given: Expr) -> tuple[str, bool] | None:
    """`x` and whether it is above zero, from `x > c`, `c < x`, `x ≥ c` with `c ≥ 0`."""
    if not isinstance(given, Apply) or given.head not in ORDER_RELATIONS:
        return None
    greater, smaller = given.args if given.head in ("gt", "ge") else reversed(given.args)
    if isinstance(greater, Sym) and isinstance(smaller, Num) and smaller.value >= 0:
        return greater.name, given.head in ("gt", "lt") or smaller.value > 0
    return None


def _constants(expr: Expr) -> set[str]:
    return {node.name for node in walk(expr) if isinstance(node, Const)}
