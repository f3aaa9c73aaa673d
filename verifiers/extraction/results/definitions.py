"""Givens that fix a letter by themselves or after one another: `s = 2^n + 1` with `n = 2`, `log_5 (x + 4) = 3`."""

from collections.abc import Mapping
from fractions import Fraction
from math import log
from typing import Final

import msgspec

from verifiers.claims import Context
from verifiers.expr import Apply, Expr, Num, Sym, app, free_symbols, num, walk
from verifiers.extraction.meaning.polynomials import expanded

_MOST_BITS: Final = 4_000
_EXPONENTS: Final = 60


def defined(context: Context) -> Context:
    """The context with every given that fixes a fresh letter turned into a definition, in an order that can be used."""
    definitions: list[tuple[str, Expr]] = []
    rest = [
        given
        for given in context.givens
        if free_symbols(given) or any(isinstance(node, Apply) and node.head == "call" for node in walk(given))
    ]
    domains = dict(context.domains)
    found = True
    while found:
        found = False
        for given in rest:
            known = {name for name, _ in definitions}
            fixed = _assigned(given) or (_solved(given) if _real(given, domains) else None)
            if fixed is not None and fixed[0] not in known and not free_symbols(fixed[1]) - known:
                definitions.append(fixed)
                rest.remove(given)
                found = True
                break
    return msgspec.structs.replace(context, definitions=tuple(definitions), givens=tuple(rest))


def _real(given: Expr, domains: Mapping[str, str]) -> bool:
    return all(domains.get(name) != "complex" for name in free_symbols(given))


def _assigned(given: Expr) -> tuple[str, Expr] | None:
    if isinstance(given, Apply) and given.head == "eq" and isinstance(given.args[0], Sym):
        return given.args[0].name, given.args[1]
    return None


def _solved(given: Expr) -> tuple[str, Expr] | None:
    """The letter of a linear argument of a logarithm, or of a linear exponent, that is equal to a closed tree."""
    if not isinstance(given, Apply) or given.head != "eq":
        return None
    left, right = given.args
    if not free_symbols(left):
        left, right = right, left
    if free_symbols(right) or not isinstance(left, Apply) or len(left.args) != 2:
        return None
    if left.head == "log" and _positive(left.args[1]):
        return _inverted(left.args[0], app("pow", left.args[1], right))
    if left.head == "pow" and _positive(left.args[0]) and _positive(right):
        return _inverted(left.args[1], logarithm(right, left.args[0]))
    return None


def _positive(tree: Expr) -> bool:
    if isinstance(tree, Num):
        return tree.value > 0 and tree.value != 1
    if isinstance(tree, Apply) and tree.head in ("pow", "sqrt", "mul", "div") and not free_symbols(tree):
        base = tree.args[:1] if tree.head == "pow" else tree.args
        return all(_positive(part) for part in base)
    return False


def _inverted(argument: Expr, value: Expr) -> tuple[str, Expr] | None:
    letters = free_symbols(argument)
    poly = expanded(argument)
    if len(letters) != 1 or poly is None:
        return None
    (letter,) = letters
    if set(poly) - {(), ((letter, 1),)} or not poly.get(((letter, 1),)):
        return None
    slope, start = poly[((letter, 1),)], poly.get((), Fraction(0))
    tree = app("add", value, num(-start)) if start else value
    return letter, app("div", tree, num(slope)) if slope != 1 else tree


def logarithm(value: Expr, base: Expr) -> Expr:
    """Of `value` to `base`, as a fraction where both are powers of one number."""
    a, b = _power(value), _power(base)
    if a is not None and b is not None:
        guess = Fraction(log(a) / log(b)).limit_denominator(_EXPONENTS)
        if abs(guess.numerator) <= _EXPONENTS and b**guess.numerator == a**guess.denominator:
            return num(guess)
    return app("log", value, base)


def _power(tree: Expr) -> Fraction | None:
    """The value of a number or a whole power of one."""
    if isinstance(tree, Num):
        return tree.value
    if isinstance(tree, Apply) and tree.head == "pow":
        base, exponent = tree.args
        if isinstance(base, Num) and isinstance(exponent, Num) and exponent.value.denominator == 1:
            bits = base.value.numerator.bit_length() + base.value.denominator.bit_length()
            if 0 < bits * abs(exponent.value) <= _MOST_BITS:
                return base.value ** int(exponent.value)
    return None
