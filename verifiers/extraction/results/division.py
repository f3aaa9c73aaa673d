"""Division of polynomials in one letter with rational coefficients."""

from fractions import Fraction

from verifiers.expr import Expr, Sym, app, free_symbols, num
from verifiers.extraction.meaning.polynomials import expanded


def quotient(top: Expr, bottom: Expr) -> Expr | None:
    """The polynomial quotient written out; None where a side is no polynomial in the one letter of both."""
    divided = _divided(top, bottom)
    return None if divided is None else _written(divided[0], divided[2])


def remainder(top: Expr, bottom: Expr) -> Expr | None:
    divided = _divided(top, bottom)
    return None if divided is None else _written(divided[1], divided[2])


def _divided(top: Expr, bottom: Expr) -> tuple[list[Fraction], list[Fraction], str] | None:
    letters = free_symbols(top) | free_symbols(bottom)
    if len(letters) != 1:
        return None
    (letter,) = letters
    rest, divisor = _coefficients(top, letter), _coefficients(bottom, letter)
    if rest is None or divisor is None or len(divisor) < 2:
        return None
    found = [Fraction(0)] * max(len(rest) - len(divisor) + 1, 0)
    for k in reversed(range(len(found))):
        found[k] = rest[k + len(divisor) - 1] / divisor[-1]
        for j, coefficient in enumerate(divisor):
            rest[k + j] -= found[k] * coefficient
    return found, rest[: len(divisor) - 1], letter


def _coefficients(tree: Expr, letter: str) -> list[Fraction] | None:
    """From the constant term up, without leading zeros."""
    poly = expanded(tree)
    if not poly:
        return None
    found = [Fraction(0)] * (1 + max(dict(monomial).get(letter, 0) for monomial in poly))
    for monomial, value in poly.items():
        found[dict(monomial).get(letter, 0)] = value
    while found and not found[-1]:
        found.pop()
    return found


def _written(coefficients: list[Fraction], letter: str) -> Expr:
    terms = [_term(value, power, letter) for power, value in reversed(list(enumerate(coefficients))) if value]
    return num(0) if not terms else terms[0] if len(terms) == 1 else app("add", *terms)


def _term(value: Fraction, power: int, letter: str) -> Expr:
    if power == 0:
        return num(value)
    bare = Sym(letter) if power == 1 else app("pow", Sym(letter), num(power))
    size = bare if abs(value) == 1 else app("mul", num(abs(value)), bare)
    return app("neg", size) if value < 0 else size
