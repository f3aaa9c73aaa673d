"""Definite integrals as balls, by the rigorous quadrature of Arb (F. Johansson, "Numerical integration in
arbitrary-precision ball arithmetic", 2018).
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from flint import acb, arb

from verifiers.evaluation.machine import Machine
from verifiers.evaluation.scalars import (
    Infinity,
    UndefinedError,
    UnknownError,
    UnresolvedError,
    Value,
    ball,
    real_ball,
    scalar,
)
from verifiers.expr import Apply, Const, Expr, Num, Sym

_EVALUATIONS: Final = 2_000
_NAN: Final = acb("nan")
_MEROMORPHIC: Final = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "exp": "exp",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "sech": "sech", "csch": "csch",
}  # fmt: skip


def definite(machine: Machine, expr: Apply) -> Value:
    """The integral between real ends of a function that is analytic near the path but for jumps of |·|."""
    if len(expr.args) != 4 or not isinstance(expr.args[1], Sym):
        raise UnknownError("an indefinite integral has no value")
    ends = [machine.run(a) for a in expr.args[2:]]
    if any(isinstance(end, Infinity) for end in ends):
        raise UnknownError("an integral to infinity")
    low, high = (scalar(end) for end in ends)
    if isinstance(low, acb) or isinstance(high, acb):
        raise UnknownError("a path in the complex plane")
    if isinstance(low, Fraction) and isinstance(high, Fraction) and low == high:
        return Fraction(0)
    machine.meter.charge(50_000)
    integrand = _Integrand(machine, expr.args[1].name, expr.args[0])
    total = acb.integral(
        integrand, acb(real_ball(low)), acb(real_ball(high)), eval_limit=_EVALUATIONS, rel_tol=arb(2) ** -60
    )
    if integrand.problem:
        raise UnknownError(integrand.problem)
    if not total.is_finite():
        raise UnknownError("the integral does not converge here")
    if not total.imag.contains(0):
        raise UndefinedError("the function is not real on the whole interval")
    if total.real.rad() > arb(2) ** -20 * (1 + abs(total.real)):
        raise UnknownError("the integral does not converge here")
    result: arb = total.real
    return result


class _Integrand:
    def __init__(self, machine: Machine, letter: str, body: Expr) -> None:
        self.machine = machine
        self.letter = letter
        self.body = body
        self.problem = ""

    def __call__(self, x: acb, analytic: bool) -> acb:
        """The value, or no number: an exception may not cross the quadrature."""
        if self.problem:
            return _NAN
        try:
            return self.at(self.body, x, analytic)
        except (UndefinedError, UnresolvedError, ZeroDivisionError):
            return _NAN
        except (UnknownError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
            self.problem = str(error) or type(error).__name__
            return _NAN

    def at(self, expr: Expr, x: acb, analytic: bool) -> acb:
        if isinstance(expr, Num):
            return acb(real_ball(expr.value))
        if isinstance(expr, Sym) and expr.name == self.letter:
            return x
        if isinstance(expr, Sym | Const):
            return acb(ball(self.machine.number(expr)))
        if not isinstance(expr, Apply):
            raise UnknownError("words have no value")
        rule = _RULES.get(expr.head)
        if rule is not None:
            return rule(self, expr.args, x, analytic)
        if expr.head in _MEROMORPHIC:
            found: acb = getattr(self.at(expr.args[0], x, analytic), _MEROMORPHIC[expr.head])()
            return found
        raise UnknownError(f"{expr.head} is not integrated")


Rule = Callable[[_Integrand, tuple[Expr, ...], acb, bool], acb]


def _sum(f: _Integrand, args: tuple[Expr, ...], x: acb, analytic: bool) -> acb:
    total = acb(0)
    for argument in args:
        total = total + f.at(argument, x, analytic)
    return total


def _product(f: _Integrand, args: tuple[Expr, ...], x: acb, analytic: bool) -> acb:
    total = acb(1)
    for argument in args:
        total = total * f.at(argument, x, analytic)
    return total


def _power(f: _Integrand, args: tuple[Expr, ...], x: acb, analytic: bool) -> acb:
    base, exponent = args
    if isinstance(exponent, Num) and exponent.value.denominator == 1 and abs(exponent.value) <= 1_000:
        return f.at(base, x, analytic) ** int(exponent.value)
    if base == Const("e"):
        return f.at(exponent, x, analytic).exp()
    return f.at(base, x, analytic).pow(f.at(exponent, x, analytic), analytic=analytic)


def _root(f: _Integrand, args: tuple[Expr, ...], x: acb, analytic: bool) -> acb:
    inner = f.at(args[0], x, analytic)
    if len(args) == 1:
        return inner.sqrt(analytic=analytic)
    return inner.pow(1 / f.at(args[1], x, analytic), analytic=analytic)


def _logarithm(f: _Integrand, args: tuple[Expr, ...], x: acb, analytic: bool) -> acb:
    if len(args) == 1:
        raise UnknownError("a logarithm without base")
    return f.at(args[0], x, analytic).log(analytic=analytic) / f.at(args[1], x, analytic).log(analytic=analytic)


def _inverse(name: str) -> Rule:
    def rule(f: _Integrand, args: tuple[Expr, ...], x: acb, analytic: bool) -> acb:
        inner = f.at(args[0], x, analytic)
        across, along = (inner.real, inner.imag) if name == "atan" else (inner.imag, inner.real)
        if analytic and across.contains(0) and not abs(along) < 1:
            return _NAN
        found: acb = getattr(inner, name)()
        return found

    return rule


_RULES: Final[dict[str, Rule]] = {
    "arctan": _inverse("atan"), "arcsin": _inverse("asin"), "arccos": _inverse("acos"),
    "add": _sum, "mul": _product, "pow": _power, "sqrt": _root, "root": _root, "log": _logarithm,
    "neg": lambda f, args, x, analytic: -f.at(args[0], x, analytic),
    "div": lambda f, args, x, analytic: f.at(args[0], x, analytic) / f.at(args[1], x, analytic),
    "ln": lambda f, args, x, analytic: f.at(args[0], x, analytic).log(analytic=analytic),
    "abs": lambda f, args, x, analytic: f.at(args[0], x, analytic).real_abs(analytic=analytic),
    "degree": lambda f, args, x, analytic: f.at(args[0], x, analytic) * arb.pi() / 180,
    "percent": lambda f, args, x, analytic: f.at(args[0], x, analytic) / 100,
}  # fmt: skip
