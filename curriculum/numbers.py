"""Exact numbers as a student or an author writes them."""

from fractions import Fraction
from typing import Final

from verifiers.exact import evaluate
from verifiers.expr import Apply, Expr, free_symbols, heads
from verifiers.notation import Unread, read

_MOST: Final = 200
_LARGEST: Final = 10**60
"""A number with more digits is not written out again."""
_NOT_A_NUMBER: Final = frozenset({"list", "quantity", "ratio", "eq", "approx", "tuple", "set", "ellipsis"})


def exact_number(text: str) -> Fraction | None:
    """The rational value of `3/4`, `-12.5`, `1,234`, `1 1/2`, `25%`, `2^10`; None where it is something else."""
    expr = read(text) if len(text) <= _MOST else None
    return None if expr is None or isinstance(expr, Unread) else exact_value(expr)


def exact_value(expr: Expr) -> Fraction | None:
    """The rational value of a tree without letters, None where it has none or it cannot be told."""
    if free_symbols(expr) or (isinstance(expr, Apply) and heads(expr) & _NOT_A_NUMBER):
        return None
    found = evaluate(expr)
    if not isinstance(found, Fraction) or max(abs(found.numerator), found.denominator) > _LARGEST:
        return None
    return found


def plain(number: Fraction) -> str:
    """`3`, `-3/4`: what `exact_number` reads back."""
    return str(number)


def decimal(number: Fraction) -> str | None:
    """The finite decimal of a number, None where it has none or more than 12 places."""
    for places in range(13):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            sign = "-" if number < 0 else ""
            return sign + (digits if not places else f"{digits[:-places]}.{digits[-places:]}")
    return None
