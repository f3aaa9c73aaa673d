"""Quick values of closed expressions, for judging how a formula was meant. They never decide a claim: that is what the
verifiers and `exact` are for.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

from verifiers.expr import Apply, Const, Expr, Num, free_symbols, walk

Rough: TypeAlias = Fraction | float
_LARGEST: Final = 4_000
"""Most bits of an exact intermediate value; beyond that nothing is said."""


def rough(expr: Expr) -> Rough | None:
    """The value: exact for rational arithmetic, a float with irrational parts, None where letters or anything else
    stand in the way.
    """
    try:
        value = _value(expr, 0)
    except (ArithmeticError, ValueError, OverflowError, RecursionError, TypeError):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def same(left: Rough, right: Rough) -> bool:
    """Equal, up to the last bits where a float is involved."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    return math.isclose(float(left), float(right), rel_tol=1e-11, abs_tol=1e-12)


def near(left: Rough, right: Rough, share: Fraction) -> bool:
    """Whether the two differ by at most `share` of the larger one."""
    try:
        a, b = Fraction(left), Fraction(right)
    except (OverflowError, ValueError):
        return False
    return abs(a - b) <= share * max(abs(a), abs(b))


def apart_by_less(left: Rough, right: Rough, gap: int) -> bool:
    """Whether the two differ by less than `gap`."""
    try:
        return abs(Fraction(left) - Fraction(right)) < gap
    except (OverflowError, ValueError):
        return False


def is_closed(expr: Expr) -> bool:
    return not free_symbols(expr) and not any(
        isinstance(n, Apply) and n.head in ("call", "ellipsis") for n in walk(expr)
    )


def _value(expr: Expr, depth: int) -> Rough:
    if depth > 200:
        raise ValueError("too deep")
    if isinstance(expr, Num):
        return expr.value
    if isinstance(expr, Const):
        return {"pi": math.pi, "e": math.e}[expr.name] if expr.name in ("pi", "e") else _refuse()
    if not isinstance(expr, Apply):
        return _refuse()
    rule = _RULES.get(expr.head)
    if rule is None:
        return _refuse()
    values = [_value(a, depth + 1) for a in expr.args]
    result = rule(*values)
    if isinstance(result, Fraction) and result.numerator.bit_length() + result.denominator.bit_length() > _LARGEST:
        return _refuse()
    return result


def _refuse() -> Rough:
    raise ValueError("no quick value")


def _power(base: Rough, exponent: Rough) -> Rough:
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and isinstance(base, Fraction):
        size = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(exponent) * size > _LARGEST:
            return _refuse()
        return base ** int(exponent)
    return float(base) ** float(exponent) if base >= 0 else _refuse()


def _root(value: Rough, degree: Rough = Fraction(2)) -> Rough:
    if value < 0 or degree <= 0:
        return _refuse()
    if isinstance(value, Fraction) and degree == 2:
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    found: float = float(value) ** (1 / float(degree))
    nearest = Fraction(round(found))
    if (
        isinstance(value, Fraction)
        and isinstance(degree, Fraction)
        and degree <= 64
        and nearest ** int(degree) == value
    ):
        return nearest
    return found


def _sum(*values: Rough) -> Rough:
    total: Rough = Fraction(0)
    for value in values:
        total = total + value
    return total


def _product(*values: Rough) -> Rough:
    total: Rough = Fraction(1)
    for value in values:
        total = total * value
    return total


def _whole(value: Rough) -> int:
    if not isinstance(value, Fraction) or value.denominator != 1 or abs(value) > 2_000:
        raise ValueError("not a small whole number")
    return int(value)


_RULES: Final[dict[str, Callable[..., Rough]]] = {
    "add": _sum,
    "mul": _product,
    "neg": lambda a: -a,
    "div": lambda a, b: a / b,
    "pow": _power,
    "sqrt": _root,
    "root": _root,
    "abs": abs,
    "floor": lambda a: Fraction(math.floor(a)),
    "ceil": lambda a: Fraction(math.ceil(a)),
    "factorial": lambda a: Fraction(math.factorial(min(_whole(a), 400))) if _whole(a) <= 400 else _refuse(),
    "binom": lambda n, k: Fraction(math.comb(_whole(n), _whole(k))),
    "perm": lambda n, k: Fraction(math.perm(_whole(n), _whole(k))),
    "percent": lambda a: a / 100,
    "degree": lambda a: a,
    "mixed": lambda a, b: a + b if a >= 0 else a - b,
    "gcd": lambda *a: Fraction(math.gcd(*(int(x) for x in a))),
    "lcm": lambda *a: Fraction(math.lcm(*(int(x) for x in a))),
    "max": max,
    "min": min,
    "ln": lambda a: math.log(a),
    "sin": lambda a: math.sin(a),
    "cos": lambda a: math.cos(a),
    "tan": lambda a: math.tan(a),
    "arcsin": lambda a: math.asin(a),
    "arccos": lambda a: math.acos(a),
    "arctan": lambda a: math.atan(a),
}
