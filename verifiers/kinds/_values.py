"""Values of the exact evaluator as trees again, to be shown and to stand in witnesses."""

from fractions import Fraction

from flint import acb, arb, fmpq

from verifiers.evaluation.scalars import Group, Infinity, Value, bits, real_ball
from verifiers.expr import Apply, Const, Expr, Num
from verifiers.notation.show import show

_DIGITS = 6
_MOST_BITS = 256


def as_expr(value: Value | None) -> Expr | None:
    """The value as a tree; an irrational or very long number as a decimal of six significant digits."""
    if isinstance(value, Fraction):
        return Num(value) if bits(value) <= _MOST_BITS else _decimal(real_ball(value))
    if isinstance(value, bool):
        return Const("true" if value else "false")
    if isinstance(value, Infinity):
        return Const("inf") if value.sign > 0 else Apply("neg", (Const("inf"),))
    if isinstance(value, arb):
        return _decimal(value)
    if isinstance(value, acb):
        re, im = _decimal(value.real), _decimal(value.imag)
        return None if re is None or im is None else Apply("add", (re, Apply("mul", (im, Const("i")))))
    if isinstance(value, Group):
        return _group(value)
    return None


def _group(value: Group) -> Expr | None:
    if value.kind == "matrix":
        rows = []
        for row in value.items:
            cells = [as_expr(cell) for cell in row] if isinstance(row, tuple) else [None]
            if any(cell is None for cell in cells):
                return None
            rows.append(Apply("row", tuple(cell for cell in cells if cell is not None)))
        return Apply("matrix", tuple(rows))
    items = [as_expr(item) for item in value.items]
    if any(item is None for item in items):
        return None
    return Apply(value.kind, tuple(item for item in items if item is not None))


def _decimal(value: arb) -> Num | None:
    if abs(value) > arb(2) ** 990:
        return None
    middle = float(value.mid())
    if not -1e300 < middle < 1e300:
        return None
    if middle == 0:
        return Num(Fraction(0))
    text = f"{middle:.{_DIGITS - 1}e}"
    digits, exponent = text.split("e")
    places = _DIGITS - 1 - int(exponent)
    return Num(Fraction(digits) * Fraction(10) ** int(exponent), places)


def told(found: Expr) -> str:
    """A value in a sentence: `13`, `about 1.41421`."""
    rounded = isinstance(found, Num) and found.places is not None
    return f"about {show(found)}" if rounded else show(found)


def told_as_decimal(found: Expr) -> str:
    """A value in a sentence, fractions as decimals: `39.375`, `about 29.3333`."""
    if not isinstance(found, Num) or found.value.denominator == 1 or found.places is not None:
        return told(found)
    for places in range(1, _DIGITS + 1):
        if 10**places % found.value.denominator == 0:
            return show(Num(found.value, places))
    return told(_decimal(arb(fmpq(found.value.numerator, found.value.denominator))) or found)
