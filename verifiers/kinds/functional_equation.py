"""What is said of all functions that meet the conditions of a question.

It is refuted by a function of the bank (`_bank`) that provably meets every condition and of which it is false: "the
only solution is f(x) = x" by f(x) = -x, "f(0) = 0" by f(x) = x + 1. It is supported where it is a condition with values
put in for its letters, or a sum of multiples of such.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Final

from flint import fmpq, fmpq_mat

from verifiers import exact
from verifiers.claims import FunctionalEquation
from verifiers.evaluation.atoms import fraction
from verifiers.expr import Apply, Const, Expr, Num, Sym, app, free_symbols, substitute
from verifiers.kinds import _values
from verifiers.kinds._bank import Hypotheses, Member, called, members, points, unfolded
from verifiers.kinds._poly import Ring, opaque
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided

METHOD: Final = "a function that meets the conditions"
_MOST_POINTS: Final = 60
_MOST_INSTANCES: Final = 64


def verify(formula: FunctionalEquation, budget: Budget) -> Verdict:
    """Tries the functions of the bank, then instances of the conditions."""
    given = Hypotheses(
        function=formula.function, source=formula.source, target=formula.target, conditions=formula.conditions,
        domains=formula.context.domains, restrictions=formula.context.givens, traits=formula.traits,
    )  # fmt: skip
    known = members(given, budget)
    for member in known:
        verdict = _broken(formula, given, member)
        if verdict is not None:
            return verdict
    if len(formula.alternatives) == 1 and not formula.constants and _is_instance(formula.alternatives[0], given):
        return supported(Reason.PROVED, "conditions with values put in", "It follows from the conditions themselves.")
    return undecided(Reason.INCONCLUSIVE, f"true of {len(known)} functions that meet the conditions")


def _broken(formula: FunctionalEquation, given: Hypotheses, member: Member) -> Verdict | None:
    """The refutation by this function, if every alternative is false of it."""
    conclusions: list[Expr] = []
    premises: list[Expr] = []
    values: dict[str, Expr] = {}
    for alternative in formula.alternatives:
        used = [c for c in formula.constants if c in free_symbols(alternative)]
        found = _fitted(alternative, used, given, member) if used else _failing(alternative, given, member)
        if found is None:
            return None
        conclusion, needed, chosen = found
        if len(formula.alternatives) > 1:
            conclusion, needed, chosen = substitute(conclusion, chosen), [substitute(p, chosen) for p in needed], {}
        conclusions.append(conclusion)
        premises += needed
        values |= chosen
    if not conclusions:
        return None
    conclusion = conclusions[0] if len(conclusions) == 1 else Apply("or", tuple(conclusions))
    head = f"{formula.function}({_letter(formula)}) = {show(substitute(member.body, {'x': Sym(_letter(formula))}))}"
    text = f"{head} meets every condition, but " + _told(conclusions, values)
    witness = Witness(conclusion=conclusion, assignment=tuple(sorted(values.items())), premises=tuple(premises))
    return refuted(Reason.COUNTEREXAMPLE, METHOD, text, witness)


def _letter(formula: FunctionalEquation) -> str:
    letters = dict(formula.context.domains)
    return "x" if "x" in letters or not letters else min(letters)


def _told(conclusions: Sequence[Expr], values: Mapping[str, Expr]) -> str:
    if len(conclusions) > 1:
        return "it is none of those named."
    relation = conclusions[0]
    used = free_symbols(relation)
    place = " and ".join(f"{name} = {show(value)}" for name, value in values.items() if name in used)
    start = f"for {place} " if place else ""
    if isinstance(relation, Apply) and len(relation.args) == 2 and relation.head != "implies":
        sides = [_values.as_expr(exact.value(side, values)) for side in relation.args]
        if sides[0] is not None and sides[1] is not None:
            left, right = (_values.told(side) for side in sides if side is not None)
            return f"{start}the left side is {left} and the right side is {right}."
    return f"{start}it is false of this one."


_Found = tuple[Expr, list[Expr], dict[str, Expr]]


def _failing(relation: Expr, given: Hypotheses, member: Member) -> _Found | None:
    """A point at which the relation is false of the function."""
    written = unfolded(relation, given.function, member.body)
    inside = [_within(unfolded(a, given.function, member.body), given) for a in called(relation)]
    places = [place for place in inside if place is not None]
    for point in points(free_symbols(relation), given, _MOST_POINTS):
        if exact.all_hold(places, point) is True and exact.holds(written, point) is False:
            closed = [p for p in places if free_symbols(p)]
            bearing = [r for r in given.restrictions if free_symbols(r) <= point.keys()]
            return written, [*bearing, *closed], point
    return None


def _within(argument: Expr, given: Hypotheses) -> Expr | None:
    """That a value lies where the function is defined; None where it has to."""
    match given.source:
        case "positive":
            return app("gt", argument, Num(Fraction(0)))
        case "nonnegative":
            return app("ge", argument, Num(Fraction(0)))
        case "natural" | "integer" | "rational":
            return app("in", argument, Const(given.source + "s"))
    return None


def _fitted(relation: Expr, constants: Sequence[str], given: Hypotheses, member: Member) -> _Found | None:
    """Points that leave but one choice of the constants, and one more at which that choice fails."""
    if not isinstance(relation, Apply) or relation.head != "eq":
        return None
    written = unfolded(relation, given.function, member.body)
    difference = (
        Apply("add", (written.args[0], Apply("neg", (written.args[1],)))) if isinstance(written, Apply) else None
    )
    if difference is None:
        return None
    rows: list[list[Fraction]] = []
    used: list[Expr] = []
    letters = free_symbols(relation) - set(constants)
    for point in points(letters, given, 12):
        row = _row(substitute(difference, point), constants)
        if row is None:
            continue
        rank = _rank(rows)
        if rank < len(constants):
            if _rank([*(r[:-1] for r in rows), row[:-1]]) > _rank([r[:-1] for r in rows]):
                rows.append(row)
                used.append(substitute(written, point))
            continue
        solved, _ = fmpq_mat([[_rational(c) for c in r] for r in rows]).rref()
        chosen: dict[str, Expr] = {name: Num(fraction(solved[k, len(constants)])) for k, name in enumerate(constants)}
        instance = substitute(written, point)
        if exact.holds(instance, chosen) is False and exact.all_hold(used, chosen) is True:
            return instance, used, chosen
    return None


def _row(difference: Expr, constants: Sequence[str]) -> list[Fraction] | None:
    """Coefficients and right side of an equation linear in the constants, judged at the unit points and twice them."""
    zero: dict[str, Expr] = {c: Num(Fraction(0)) for c in constants}
    origin = exact.value(difference, zero)
    if not isinstance(origin, Fraction):
        return None
    row: list[Fraction] = []
    for name in constants:
        one, two = (exact.value(difference, {**zero, name: Num(Fraction(k))}) for k in (1, 2))
        if not isinstance(one, Fraction) or not isinstance(two, Fraction) or two - origin != 2 * (one - origin):
            return None
        row.append(one - origin)
    everything = exact.value(difference, {c: Num(Fraction(1)) for c in constants})
    if everything != origin + sum(row, Fraction(0)):
        return None
    return [*row, -origin]


def _rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _rank(rows: Sequence[Sequence[Fraction]]) -> int:
    if not rows or not rows[0]:
        return 0
    return int(fmpq_mat([[_rational(c) for c in row] for row in rows]).rank())


# Support.


def _is_instance(relation: Expr, given: Hypotheses) -> bool:
    """A linear combination of conditions with values or letters put in."""
    if not isinstance(relation, Apply) or relation.head != "eq" or given.restrictions:
        return False
    equations = [relation, *_instances(relation, given)]
    trees = opaque([Apply("add", (e.args[0], Apply("neg", (e.args[1],)))) for e in equations])
    try:
        ring = Ring(trees)
        ratios = [ring.ratio(tree) for tree in trees]
    except NotPolynomialError:
        return False
    tops = [r.top.to_dict() for r in ratios if r.bottom.is_constant()]
    if not ratios[0].bottom.is_constant():
        return False
    monomials = sorted({m for top in tops for m in top})
    rows = [[fraction(top[m]) if m in top else Fraction(0) for m in monomials] for top in tops]
    return bool(monomials) and _rank(rows) == _rank(rows[1:])


def _instances(relation: Expr, given: Hypotheses) -> Iterator[Apply]:
    letters = sorted(free_symbols(relation))
    choices: list[Expr] = [Sym(name) for name in letters]
    choices += [Num(Fraction(v)) for v in ((1, 0, -1) if given.source in ("real", "rational", "integer") else (1, 2))]
    count = 0
    for condition in given.conditions:
        if not isinstance(condition, Apply) or condition.head != "eq":
            continue
        names = sorted(free_symbols(condition))
        allowed = [n for n in names if dict(given.domains).get(n, given.source) == given.source]
        if allowed != names:
            continue
        for values in product(choices, repeat=len(names)):
            count += 1
            if count > _MOST_INSTANCES:
                return
            instance = substitute(condition, dict(zip(names, values, strict=True)))
            if isinstance(instance, Apply):
                yield instance
