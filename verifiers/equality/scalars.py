"""Two numbers or two expressions: exact evaluation, polynomial identity, points, and a prover for the rest."""

from fractions import Fraction
from typing import Final

from flint import arb

from verifiers import exact
from verifiers.claims import Arithmetic, Context, Identity
from verifiers.equality.letters import whole
from verifiers.equality.outcome import CompareOptions, Comparison, Prove, different, equal, undecided, unequal
from verifiers.evaluation.scalars import real_ball
from verifiers.expr import Apply, Const, Expr, Num, Sym, free_symbols, walk
from verifiers.kinds._poly import Ring, opaque
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.verdicts import Label

POINTS: Final = tuple(
    tuple(Fraction(value) for value in row)
    for row in (
        ("2", "3", "5", "7", "11", "13"),
        ("3/2", "5/7", "1/3", "4/5", "9/4", "2/9"),
        ("-2", "3", "-5", "1/2", "-7", "4"),
        ("1/5", "-1/3", "2/7", "-3/4", "5/9", "-1/8"),
        ("-3", "-4", "6", "-1/2", "9", "10"),
        ("17/10", "-11/10", "13/10", "-7/10", "1/10", "19/10"),
    )
)
WHOLE_POINTS: Final = tuple(
    tuple(map(Fraction, row))
    for row in ((3, 2, 5, 4, 1, 7), (4, 5, 2, 3, 6, 1), (6, 3, 1, 2, 8, 4), (1, 1, 3, 2, 2, 5))
)
LONG: Final = 10
"""A decimal with this many places may stand for a shorter one: 0.30000000000000004."""
_UNENDING: Final = frozenset({"integral", "sum", "prod", "limit", "derivative", "prime"})


def compare(a: Expr, b: Expr, options: CompareOptions, prove: Prove) -> Comparison:
    """Equality of values for every value of the letters, reals unless the imaginary unit occurs."""
    a, b = opaque((a, b)) if _has_calls(a) or _has_calls(b) else (a, b)
    if not free_symbols(a) and not free_symbols(b):
        return _numbers(a, b, options, prove)
    if _identical(a, b):
        return equal("same polynomial")
    return _expressions(a, b, prove)


def _numbers(a: Expr, b: Expr, options: CompareOptions, prove: Prove) -> Comparison:
    relation = Apply("eq", (a, b))
    truth = exact.holds(relation)
    if truth is True:
        return equal("same value")
    if rounded(a, b, options.decimals) or rounded(b, a, options.decimals):
        return equal("same to the decimals that count")
    if truth is False:
        return unequal(a, b)
    found = [exact.evaluate(side) for side in (a, b)]
    undefined = [isinstance(value, exact.Undefined) for value in found]
    if any(undefined):
        return undecided("undefined") if all(undefined) else different("one side has no value")
    return _proved(prove, Arithmetic(relation=relation))


def _expressions(a: Expr, b: Expr, prove: Prove) -> Comparison:
    names = sorted(free_symbols(a) | free_symbols(b))
    counted = whole(a) | whole(b)
    relation = Apply("eq", (a, b))
    for row in WHOLE_POINTS if counted else POINTS:
        point = tuple((name, Num(row[k % len(row)] + k // len(row))) for k, name in enumerate(names))
        if exact.holds(relation, point) is False:
            return unequal(a, b, point)
    if _rewritten(a) == _rewritten(b):
        return equal("same up to order")
    context = Context(domains=tuple((name, "natural") for name in sorted(counted)))
    return _proved(prove, Identity(relation=relation, context=context))


def _proved(prove: Prove, formula: Arithmetic | Identity) -> Comparison:
    verdict = prove(formula)
    if verdict.label is Label.SUPPORTED and verdict.reason.value != "rounded":
        return equal("proved equal")
    if verdict.label is Label.REFUTED and verdict.evidence is not None:
        return different("values differ", verdict.evidence.witness)
    return undecided(verdict.reason.value)


def _has_calls(expr: Expr) -> bool:
    return any(isinstance(node, Apply) and node.head in ("call", "prime") for node in walk(expr))


def _identical(a: Expr, b: Expr) -> bool:
    if any(isinstance(node, Const) and node.name == "i" for side in (a, b) for node in walk(side)):
        return False
    try:
        ring = Ring((a, b))
        return bool(ring.difference(Apply("eq", (a, b))).top.is_zero())
    except (NotPolynomialError, ValueError, OverflowError):
        return False


def _rewritten(expr: Expr) -> Expr:
    """Sums and products in one order; for trees that nothing can evaluate."""
    if not isinstance(expr, Apply):
        return expr
    args = tuple(_rewritten(a) for a in expr.args)
    if expr.head in ("add", "mul", "gcd", "lcm", "min", "max"):
        flat = [x for a in args for x in (a.args if isinstance(a, Apply) and a.head == expr.head else (a,))]
        args = tuple(sorted(flat, key=repr))
    return Apply(expr.head, args)


def rounded(decimal: Expr, value: Expr, decimals: int) -> bool:
    """Whether a written decimal stands for a value that has none, to the decimals that count.

    Below one it is digits that count, so that two tiny numbers are not both zero.
    """
    written = _written(decimal)
    if written is None or written.places is None or written.places < decimals:
        return False
    number = exact.value(value, precision=128)
    if isinstance(number, Fraction):
        step = Fraction(10) ** -max(written.places, 0)
        if (number / step).denominator == 1 and written.places < LONG:
            return False
    elif not isinstance(number, arb):
        return False
    size = abs(written.value)
    unit = Fraction(1, 10**decimals)
    while size and size < Fraction(1, 10) and unit > Fraction(1, 10**400):
        size, unit = size * 10, unit / 10
    last = Fraction(1, 10) ** written.places
    gap = abs(real_ball(number) - real_ball(written.value))
    cut = abs(real_ball(number)) > real_ball(abs(written.value))
    if last <= unit and (gap <= real_ball(last / 2) or (cut and gap < real_ball(last))):
        return True
    low, high = (_to_unit(real_ball(number) + real_ball(s * unit / 10**6), unit) for s in (-1, 1))
    return low is not None and low == high == round(written.value / unit)


def _to_unit(number: arb, unit: Fraction) -> int | None:
    scaled = (number / real_ball(unit) + arb("0.5")).floor().unique_fmpz()
    return None if scaled is None else int(scaled)


def _written(expr: Expr) -> Num | None:
    if isinstance(expr, Apply) and expr.head == "neg":
        inner = _written(expr.args[0])
        return None if inner is None else Num(-inner.value, inner.places)
    return expr if isinstance(expr, Num) else None


def is_name(expr: Expr) -> bool:
    """Whether the tree names a quantity rather than states an equation's side: `x`, `f(x)`, `AB`, `NO/BO`, `|AB|`."""
    match expr:
        case Sym():
            return True
        case Apply(
            head="call" | "prime" | "cardinality" | "segment" | "angle" | "arc" | "triangle" | "vector" | "derivative"
        ):
            return True
        case Apply(head="abs" | "norm" | "determinant" | "div" | "ratio" | "mul" | "tuple" | "degree", args=args):
            return all(is_name(a) for a in args)
        case Apply(head="sin" | "cos" | "tan" | "cot" | "re" | "im" | "arg", args=(inner,)):
            return is_name(inner)
    return False
