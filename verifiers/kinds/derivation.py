"""One display to the next: does the conclusion keep the solutions of the premises?

Solution sets are compared exactly: on the cells of the line for one letter (`_cells`), by elimination and exact points
for several (`_points`). A conclusion that only loses solutions (a case, a sign, a cancelled factor) or only gains some
(a square, a weaker inequality) is never refuted: a rewrite is refuted when each side has a solution the other lacks,
a consequence when none of the premises' solutions satisfies it. The witness is confirmed by `exact`.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from verifiers.claims import Context, Derivation
from verifiers.expr import ORDER_RELATIONS, Apply, Expr, Num, Sym, violation
from verifiers.kinds._cells import Cell, cells
from verifiers.kinds._domains import admissible, pools
from verifiers.kinds._points import Point, System
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._relations import conjuncts, leaves
from verifiers.kinds._step import ZERO, Step
from verifiers.kinds._truth import holds, undefined
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, refuted, supported, undecided

METHOD: Final = "solution sets compared"
ATTEMPTS: Final = 16


def verify(formula: Derivation, budget: Budget) -> Verdict:
    """Supported when the conclusion has the premises' solutions, refuted with a solution of the premises at which it
    fails.
    """
    for expr in (*formula.premises, formula.conclusion, *formula.context.givens):
        if message := violation(expr, budget.bounds):
            return undecided(Reason.TOO_LARGE, message)
    step = Step(formula)
    if step.problem:
        return undecided(Reason.UNSUPPORTED, step.problem)
    try:
        if len(step.letters) == 1:
            verdict = _one_letter(step, next(iter(step.letters)))
            if verdict is not None:
                return verdict
        return _several_letters(step)
    except NotPolynomialError as reason:
        return undecided(Reason.UNSUPPORTED, str(reason))


def _one_letter(step: Step, letter: str) -> Verdict | None:
    """By cells of the line; None where they do not decide."""
    try:
        edge = Apply("gt", (Sym(letter), ZERO))
        pieces = cells([*step.assumed, step.conclusion, edge], letter)
    except NotPolynomialError:
        return None
    both = lost = gained = unknown = 0
    failing: Point | None = None
    for piece in pieces:
        sample = _sample(piece, letter, step.context)
        if sample is None:
            unknown += not (piece.point and _whole(letter, step.context) and piece.sample is None)
            continue
        point = {letter: sample}
        if not admissible(point, step.context):
            continue
        before, given = _all(step.premises, point), _all(step.givens, point)
        after = _value(step.conclusion, point)
        if given is False:
            continue
        if before is None or after is None or given is None:
            unknown += 1
        elif before and after:
            both += 1
        elif before:
            lost += 1
            if failing is None and step.fails_at(point):
                failing = point
        elif after:
            gained += 1
    if unknown:
        return None
    if not lost and (not gained or not step.rewrite) and both:
        return supported(Reason.PROVED, METHOD, "Both have the same solutions." if not gained else
                         "Every solution of the one satisfies the other.")  # fmt: skip
    if failing is not None and not both and _meet(step):
        return undecided(Reason.NOT_ENTAILED, "they share complex solutions")
    if failing is not None and (not both or (step.rewrite and gained) or step.expressions):
        return _refuted(step, failing, contradiction=not both)
    if not both and not lost:
        return undecided(Reason.INCONSISTENT_CONTEXT, "the premises have no solution")
    return undecided(Reason.NOT_ENTAILED, "the solutions are narrowed or widened")


def _meet(step: Step) -> bool:
    """An equation before and the conclusion share a factor, hence solutions outside the reals."""
    leaf = step.conclusion
    if not (isinstance(leaf, Apply) and leaf.head == "eq"):
        return False
    ring = Ring([side for r in (*step.premises, leaf) if isinstance(r, Apply) and r.head == "eq" for side in r.args])
    after = ring.difference(leaf).top
    before = [ring.difference(r).top for r in step.premises if isinstance(r, Apply) and r.head == "eq"]
    return any(not p.is_zero() and not after.is_zero() and not p.gcd(after).is_constant() for p in before)


def _sample(piece: Cell, letter: str, context: Context) -> Expr | None:
    if piece.point or not _whole(letter, context):
        return piece.sample
    if isinstance(piece.sample, Num) and piece.sample.value.denominator == 1:
        return piece.sample
    return Num(Fraction(1, 2))


def _whole(letter: str, context: Context) -> bool:
    return dict(context.domains).get(letter) in ("integer", "natural", "prime")


def _value(relation: Expr, point: Mapping[str, Expr]) -> bool | None:
    value = holds(relation, point)
    if value is None and undefined(relation, point):
        return False
    return value


def _all(relations: Sequence[Expr], point: Mapping[str, Expr]) -> bool | None:
    values = [_value(r, point) for r in relations]
    if False in values:
        return False
    return None if None in values else True


def _several_letters(step: Step) -> Verdict:
    equations = [r for r in step.assumed if isinstance(r, Apply) and r.head == "eq"]
    system = System(equations, [*leaves(step.conclusion), *(leaf for r in step.assumed for leaf in leaves(r))])
    if system.contradictory:
        return undecided(Reason.INCONSISTENT_CONTEXT, "the premises contradict each other")
    if _proved(step, system):
        return supported(Reason.PROVED, METHOD, "The difference of the sides follows from that before it.")
    excluded = _excluded(step.conclusion, system, step)
    if not (step.rewrite or excluded or (step.expressions and not step.givens)):
        return undecided(Reason.INCONCLUSIVE, "neither proved nor contradicted")
    failing = _simplest(p for p in system.points(ATTEMPTS, pools(step.letters, step.context)) if step.fails_at(p))
    if failing is None:
        return undecided(Reason.INCONCLUSIVE, "no point found at which the step fails")
    if excluded or step.expressions or _gains(step):
        return _refuted(step, failing, contradiction=excluded)
    return undecided(Reason.NOT_ENTAILED, "the solutions are narrowed or widened")


def _simplest(points: Iterator[Point]) -> Point | None:
    """The first point of positive whole numbers, else the first rational one, else the first."""

    def cost(point: Point) -> int:
        whole = all(isinstance(v, Num) and v.value.denominator == 1 and v.value > 0 for v in point.values())
        return 0 if whole else 1 if all(isinstance(v, Num) for v in point.values()) else 2

    best: Point | None = None
    for point in points:
        if best is None or cost(point) < cost(best):
            best = point
        if not cost(best):
            break
    return best


def _proved(step: Step, system: System) -> bool:
    """Every equation of the conclusion vanishes under the premises; for a rewrite, also the other way round."""
    if not all(_follows(r, system, step.premises) for r in conjuncts(step.conclusion)):
        return False
    if not step.rewrite or step.expressions:
        return True
    back = [r for r in (*conjuncts(step.conclusion), *step.givens) if isinstance(r, Apply) and r.head == "eq"]
    try:
        reverse = System(back, [*leaves(step.conclusion), *(leaf for r in step.assumed for leaf in leaves(r))])
        return all(_follows(r, reverse, list(conjuncts(step.conclusion))) for r in step.premises)
    except NotPolynomialError:
        return False


def _follows(relation: Expr, system: System, premises: Sequence[Expr]) -> bool:
    if not isinstance(relation, Apply):
        return False
    if relation.head in ORDER_RELATIONS:
        return any(_same_order(relation, p, system) for p in premises if isinstance(p, Apply))
    return relation.head == "eq" and system.vanishes(relation)


def _same_order(relation: Apply, premise: Apply, system: System) -> bool:
    """The two inequalities differ by a rational factor, with the sign turned where it is negative."""
    if premise.head not in ORDER_RELATIONS:
        return False
    one, other = (system.ring.difference(system.put_names(r)) for r in (relation, premise))
    if not (one.bottom.is_constant() and other.bottom.is_constant()) or other.top.is_zero() or one.top.is_zero():
        return False
    below = system.reduce(other.top * one.bottom)
    if below.is_zero():
        return False
    quotient, rest = divmod(system.reduce(one.top * other.bottom), below)
    if not rest.is_zero() or not quotient.is_constant() or quotient.is_zero():
        return False
    turned = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}[premise.head]
    return relation.head == (premise.head if quotient.leading_coefficient() > 0 else turned)


def _excluded(conclusion: Expr, system: System, step: Step) -> bool:
    """No point of the system satisfies the conclusion."""
    match conclusion:
        case Apply(head="and", args=args):
            return any(_excluded(a, system, step) for a in args)
        case Apply(head="or", args=args):
            return all(_excluded(a, system, step) for a in args)
        case Apply(head="eq"):
            return system.excludes(conclusion) or _outside(conclusion, system, step)
    return False


def _outside(conclusion: Expr, system: System, step: Step) -> bool:
    """Every common point lies outside a declared domain, or breaks a relation that is no equation."""
    if not step.context.domains:
        return False
    points = system.all_points(conclusion)
    return points is not None and all(
        not admissible(p, step.context) or any(holds(r, p) is False for r in step.assumed) for p in points
    )


def _gains(step: Step) -> bool:
    """Some point satisfies the conclusion and the givens but not the premises."""
    equations = [r for r in (*conjuncts(step.conclusion), *step.givens) if isinstance(r, Apply) and r.head == "eq"]
    try:
        system = System(equations, [leaf for r in step.assumed for leaf in leaves(r)])
    except NotPolynomialError:
        return False
    return any(step.gains_at(p) for p in system.points(ATTEMPTS, pools(step.letters, step.context)))


def _refuted(step: Step, point: Point, *, contradiction: bool) -> Verdict:
    where = ", ".join(f"{name} = {show(value)}" for name, value in sorted(point.items()) if name in step.letters)
    said, before = show(step.conclusion), " and ".join(map(show, step.premises))
    if step.expressions:
        text = f"At {where} the two expressions differ."
    elif contradiction:
        text = f"{said} contradicts {before}: at {where} the latter is true and the former is false."
    else:
        text = f"{said} is not {before} rewritten: at {where} the latter is true and the former is false."
    reason = Reason.CONTRADICTS if contradiction else Reason.COUNTEREXAMPLE
    return refuted(reason, METHOD, text, step.witness(point))
