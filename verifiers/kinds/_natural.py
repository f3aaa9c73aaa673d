"""Where a real function of one letter has a value: conditions on the letter, from the outside in."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.expr import Apply, Const, Expr, Num, app, free_symbols, num
from verifiers.kinds._wholes import UnsuitedError

_EVERYWHERE: Final = frozenset({
    "add", "mul", "neg", "abs", "floor", "ceil", "sin", "cos", "exp", "arctan", "sinh", "cosh", "tanh", "sign",
})  # fmt: skip


def conditions(body: Expr, letter: str) -> list[Expr]:
    """Relations that together say where the body has a real value; none where it always has one.

    Raises:
        UnsuitedError: a part without a domain that everybody agrees on, like x^(1/3), or one not known here.
    """
    return list(dict.fromkeys(_conditions(body, letter)))


def _conditions(tree: Expr, letter: str) -> Iterator[Expr]:
    if not isinstance(tree, Apply) or letter not in free_symbols(tree):
        return
    zero, args = num(0), tree.args
    match tree.head:
        case "div":
            if letter in free_symbols(args[1]):
                yield app("ne", args[1], zero)
        case "sqrt":
            yield app("ge", args[0], zero)
        case "root":
            index = _whole(args[1])
            if index is None or index < 2:
                raise UnsuitedError("a root of no whole order")
            if index % 2 == 0:
                yield app("ge", args[0], zero)
        case "ln" | "log":
            if len(args) == 2 and not _is_base(args[1]):
                raise UnsuitedError("a logarithm to no fixed base")
            yield app("gt", args[0], zero)
        case "arcsin" | "arccos":
            yield app("ge", args[0], num(-1))
            yield app("le", args[0], num(1))
        case "pow":
            yield from _power(args[0], args[1], letter)
        case head if head not in _EVERYWHERE:
            raise UnsuitedError(f"the domain of {head}")
    for argument in args:
        yield from _conditions(argument, letter)


def _power(base: Expr, exponent: Expr, letter: str) -> Iterator[Expr]:
    if letter in free_symbols(exponent):
        if letter in free_symbols(base) or not _is_base(base):
            raise UnsuitedError("a power with the letter in base and exponent")
        return
    value = exact.value(exponent)
    if not isinstance(value, Fraction) or value == 0:
        raise UnsuitedError("a power with no fraction as exponent")
    if value.denominator % 2 == 0:
        yield app("ge" if value > 0 else "gt", base, num(0))
    elif value.denominator != 1:
        raise UnsuitedError("a fractional power, which some take for an odd root")
    elif value < 0:
        yield app("ne", base, num(0))


def _whole(tree: Expr) -> int | None:
    return int(tree.value) if isinstance(tree, Num) and tree.value.denominator == 1 else None


def _is_base(tree: Expr) -> bool:
    """A positive number other than one."""
    if tree == Const("e"):
        return True
    value = exact.value(tree) if not free_symbols(tree) else None
    return isinstance(value, Fraction) and value > 0 and value != 1
