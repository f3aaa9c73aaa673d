"""The border to SymPy: trees over, trees back. Sizes are estimated on the tree before anything is built."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from verifiers.claims import Context
from verifiers.evaluation.normal import Domains, equal
from verifiers.evaluation.scalars import UndefinedError, UnknownError
from verifiers.expr import Apply, Const, Expr, Num, Sym, heads, walk

_MOST_NODES: Final = 80
_MOST_BITS: Final = 4_096
_ASSUMPTIONS: Final[Mapping[str, dict[str, bool]]] = {
    "complex": {"complex": True}, "real": {"real": True}, "positive": {"positive": True},
    "nonnegative": {"nonnegative": True}, "rational": {"rational": True}, "integer": {"integer": True},
    "natural": {"integer": True, "positive": True}, "prime": {"prime": True},
}  # fmt: skip
_WORTHWHILE: Final = frozenset({
    "sum", "prod", "integral", "limit", "arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc", "arcsinh",
    "arccosh", "arctanh", "gamma", "zeta", "re", "im", "conj", "arg",
})  # fmt: skip
"""What the normal form treats as opaque and SymPy has laws for."""


def to_sympy(expr: Expr, context: Context = Context()) -> Any | None:  # noqa: B008
    """The SymPy expression of a tree, or `None` where there is none or it would be too large."""
    if sum(1 for _ in walk(expr)) > _MOST_NODES * 4:
        return None
    try:
        return _Lowering(context).of(expr)
    except (UnknownError, UndefinedError, ValueError, TypeError, OverflowError, RecursionError):
        return None


class _Lowering:
    def __init__(self, context: Context) -> None:
        import sympy

        self.sympy = sympy
        self.domains = dict(context.domains)

    def symbol(self, name: str) -> Any:
        return self.sympy.Symbol(name, **_ASSUMPTIONS[self.domains.get(name, "real")])

    def of(self, expr: Expr) -> Any:
        sympy = self.sympy
        if isinstance(expr, Num):
            return sympy.Rational(expr.value.numerator, expr.value.denominator)
        if isinstance(expr, Sym):
            return self.symbol(expr.name)
        if isinstance(expr, Const):
            found = {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "inf": sympy.oo, "empty": sympy.S.EmptySet}
            if expr.name not in found:
                raise UnknownError(f"no counterpart for {expr.name}")
            return found[expr.name]
        if not isinstance(expr, Apply):
            raise UnknownError("words have no counterpart")
        head, args = expr.head, expr.args
        if head in ("sum", "prod", "integral", "limit", "derivative"):
            return self._calculus(expr)
        if head == "call" and isinstance(args[0], Sym):
            return sympy.Function(args[0].name)(*(self.of(a) for a in args[1:]))
        if head == "matrix":
            return sympy.Matrix([[self.of(a) for a in row.args] for row in args if isinstance(row, Apply)])
        parts = [self.of(a) for a in args]
        if head == "pow":
            return self._power(*parts)
        if head in ("factorial", "double_factorial", "binom", "perm") and any(
            p.is_number and abs(p) > 1_000 for p in parts
        ):
            raise UnknownError("too large")
        rule = _rules(sympy).get(head)
        if rule is None:
            raise UnknownError(f"no counterpart for {head}")
        return rule(*parts)

    def _power(self, base: Any, exponent: Any) -> Any:
        if exponent.is_number:
            size = abs(float(exponent)) if exponent.is_real else 1.0
            if size > _MOST_BITS:
                raise UnknownError("exponent too large")
            if base.is_Rational and size * (abs(base.p).bit_length() + abs(base.q).bit_length()) > _MOST_BITS:
                raise UnknownError("power too large")
            if base.is_Add and size > 30:
                raise UnknownError("expansion too large")
        return base**exponent

    def _calculus(self, expr: Apply) -> Any:
        sympy, args = self.sympy, expr.args
        letter = self.of(args[1])
        body = self.of(args[0])
        if expr.head == "derivative":
            return sympy.diff(body, letter, *(int(self.of(a)) for a in args[2:]))
        if expr.head == "limit":
            side = getattr(args[3], "value", "+-") if len(args) == 4 else "+-"
            return sympy.Limit(body, letter, self.of(args[2]), side)
        if expr.head == "integral":
            return sympy.Integral(body, (letter, *(self.of(a) for a in args[2:])) if len(args) == 4 else letter)
        index = sympy.Symbol(letter.name, integer=True)
        body = body.subs(letter, index)
        return (sympy.Sum if expr.head == "sum" else sympy.Product)(body, (index, self.of(args[2]), self.of(args[3])))


def _rules(sympy: Any) -> dict[str, Callable[..., Any]]:
    same = {
        "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "arcsin": "asin",
        "arccos": "acos", "arctan": "atan", "arccot": "acot", "arcsec": "asec", "arccsc": "acsc", "sinh": "sinh",
        "cosh": "cosh", "tanh": "tanh", "coth": "coth", "sech": "sech", "csch": "csch", "arcsinh": "asinh",
        "arccosh": "acosh", "arctanh": "atanh", "exp": "exp", "ln": "log", "re": "re", "im": "im",
        "conj": "conjugate", "arg": "arg", "gamma": "gamma", "zeta": "zeta", "sqrt": "sqrt", "abs": "Abs",
        "floor": "floor", "ceil": "ceiling", "factorial": "factorial", "binom": "binomial",
        "double_factorial": "factorial2", "gcd": "gcd", "lcm": "lcm", "min": "Min", "max": "Max", "sign": "sign",
        "mod": "Mod",
    }  # fmt: skip
    rules: dict[str, Callable[..., Any]] = {head: getattr(sympy, name) for head, name in same.items()}
    rules |= {
        "add": sympy.Add,
        "mul": sympy.Mul,
        "neg": lambda x: -x,
        "div": lambda x, y: _quotient(x, y),
        "root": lambda x, n: sympy.real_root(x, n),
        "percent": lambda x: x / 100,
        "degree": lambda x: x * sympy.pi / 180,
        "mixed": lambda x, y: x + y,
        "log": lambda x, b: sympy.log(x, b),
        "perm": lambda n, k: sympy.factorial(n) / sympy.factorial(n - k),
        "eq": sympy.Eq, "ne": sympy.Ne, "lt": sympy.Lt, "le": sympy.Le, "gt": sympy.Gt, "ge": sympy.Ge,
    }  # fmt: skip
    return rules


def _quotient(above: Any, below: Any) -> Any:
    if below.is_zero:
        raise UndefinedError("division by zero")
    return above / below


def from_sympy(value: Any) -> Expr | None:
    """The tree of a SymPy number or expression; `None` for what has no counterpart."""
    try:
        return _raise(value, 0)
    except (UnknownError, AttributeError, ValueError, TypeError):
        return None


_NAMES: Final = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "asin": "arcsin",
    "acos": "arccos", "atan": "arctan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "exp": "exp", "log": "ln",
    "Abs": "abs", "floor": "floor", "ceiling": "ceil", "factorial": "factorial", "binomial": "binom", "gamma": "gamma",
    "sign": "sign", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "re": "re", "im": "im", "zeta": "zeta",
}  # fmt: skip
_ATOMS: Final = {
    "Pi": Const("pi"), "Exp1": Const("e"), "ImaginaryUnit": Const("i"), "Infinity": Const("inf"),
    "EmptySet": Const("empty"),
}  # fmt: skip


def _raise(value: Any, depth: int) -> Expr:
    if depth > 60:
        raise UnknownError("nested too deep")
    name = type(value).__name__
    if name in _ATOMS:
        return _ATOMS[name]
    if name == "NegativeInfinity":
        return Apply("neg", (Const("inf"),))
    if value.is_Rational:
        return Num(Fraction(int(value.p), int(value.q)))
    if value.is_Symbol:
        return Sym(value.name)
    parts = tuple(_raise(a, depth + 1) for a in value.args)
    if value.is_Add:
        return Apply("add", parts)
    if value.is_Mul:
        return Apply("mul", parts)
    if value.is_Pow:
        if parts[1] == Num(Fraction(1, 2)):
            return Apply("sqrt", parts[:1])
        return Apply("pow", parts)
    if name == "FiniteSet":
        return Apply("set", parts)
    if name in _NAMES and len(parts) == 1:
        return Apply(_NAMES[name], parts)
    raise UnknownError(f"no tree for {name}")


def proves_equal(left: Expr, right: Expr, context: Context = Context()) -> bool:  # noqa: B008
    """Whether SymPy reduces the difference to zero. Tried only where it knows more than the normal form."""
    used = heads(left) | heads(right)
    if {"sum", "prod"} & used and not all(_endless(side) for side in (left, right)):
        return False
    if not used & _WORTHWHILE or sum(1 for side in (left, right) for _ in walk(side)) > _MOST_NODES:
        return False
    difference = to_sympy(Apply("add", (left, Apply("neg", (right,)))), context)
    if difference is None:
        return False
    try:
        done = difference.doit()
        return bool(done.is_zero or done == 0 or done.simplify() == 0)
    except (ValueError, TypeError, NotImplementedError, AttributeError, ArithmeticError, RecursionError):
        return False


def _endless(expr: Expr) -> bool:
    """Whether every sum or product runs to infinity; SymPy adds up the others term by term."""
    return all(
        node.args[3] == Const("inf")
        for node in walk(expr)
        if isinstance(node, Apply) and node.head in ("sum", "prod")
    )


def antiderivative(integrand: Expr, letter: str, context: Context = Context()) -> Expr | None:  # noqa: B008
    """An antiderivative that SymPy proposes and the normal form confirms."""
    import sympy

    body = to_sympy(integrand, context)
    if body is None or sum(1 for _ in walk(integrand)) > _MOST_NODES:
        return None
    variable = sympy.Symbol(letter, **_ASSUMPTIONS[dict(context.domains).get(letter, "real")])
    try:
        found = sympy.integrate(body, variable)
    except (ValueError, TypeError, NotImplementedError, AttributeError, ArithmeticError, RecursionError):
        return None
    tree = None if found.has(sympy.Integral) else from_sympy(found)
    if tree is None:
        return None
    confirmed = equal(Apply("derivative", (tree, Sym(letter))), integrand, domains=Domains())
    return tree if confirmed else None
