"""The expression tree every notation is read into and every verifier starts from.

Shape: leaves are `Num`, `Sym`, `Const`, `Unit`, `Text`; everything else is `Apply(head, args)` with a head out of
`OPERATORS`, in the manner of OpenMath and Strict Content MathML (W3C MathML 3.0, section 4.3). A tree is immutable,
hashable and has one canonical JSON form, so it can be a cache key and cross a process boundary.

Nothing here evaluates. `9**9**9` is a tree of five nodes; `violation` says whether it may be handed on.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec


class Num(msgspec.Struct, frozen=True, array_like=True, tag="num", cache_hash=True):
    """An exact rational literal.

    `value` is exact: `0.1` is 1/10. `places` is the number of decimals the author wrote (`2.50` has 2, `1.2e3` has
    -2 because its last written digit counts hundreds) and `None` for anything not written as a decimal; rounding
    claims are judged by it.
    """

    value: Fraction
    places: int | None = None


class Sym(msgspec.Struct, frozen=True, array_like=True, tag="sym", cache_hash=True):
    """A letter or named quantity: `x`, `x_1`, `theta`, `AB`. What it stands for is the context's business."""

    name: str


class Const(msgspec.Struct, frozen=True, array_like=True, tag="const", cache_hash=True):
    """A fixed mathematical object out of `CONSTANTS`."""

    name: str


class Unit(msgspec.Struct, frozen=True, array_like=True, tag="unit", cache_hash=True):
    """A unit of measure by its singular English name or symbol (`metre`, `kg`, `usd`); read by `kinds/quantity`."""

    name: str


class Text(msgspec.Struct, frozen=True, array_like=True, tag="text", cache_hash=True):
    """Words where a value was expected (`even`, `A` of a multiple choice, `no solution`)."""

    value: str


class Apply(msgspec.Struct, frozen=True, array_like=True, tag="app", cache_hash=True):
    """An operator of `OPERATORS` applied to its arguments, in written order."""

    head: str
    args: tuple["Num | Sym | Const | Unit | Text | Apply", ...]


Expr: TypeAlias = Num | Sym | Const | Unit | Text | Apply

CONSTANTS: Final = frozenset(
    {"pi", "e", "i", "inf", "reals", "integers", "naturals", "rationals", "complexes", "primes", "empty"}
    | {"true", "false"}
)

Arity: TypeAlias = tuple[int, int | None]
"""Least and greatest number of arguments; `None` is no upper limit."""

RELATIONS: Final[Mapping[str, Arity]] = {
    "eq": (2, 2), "ne": (2, 2), "lt": (2, 2), "le": (2, 2), "gt": (2, 2), "ge": (2, 2),
    "approx": (2, 2),
    "in": (2, 2), "notin": (2, 2), "subset": (2, 2),
    "divides": (2, 2),                       # divides(a, b): a | b
    "congruent": (3, 3),                     # congruent(a, b, m): a ≡ b (mod m)
    "proportional": (2, 2), "parallel": (2, 2), "perpendicular": (2, 2), "similar": (2, 2),
}  # fmt: skip
LOGIC: Final[Mapping[str, Arity]] = {
    "and": (2, None), "or": (2, None), "not": (1, 1), "implies": (2, 2), "iff": (2, 2), "xor": (2, 2),
    "forall": (2, 2), "exists": (2, 2),      # forall(x, body) or forall(in(x, S), body): x is bound in the body
    "ite": (3, 3),                           # ite(condition, a, b), a term or a formula
    "distinct": (2, None),
}  # fmt: skip
ARITHMETIC: Final[Mapping[str, Arity]] = {
    "add": (2, None), "mul": (2, None), "neg": (1, 1), "div": (2, 2), "pow": (2, 2),
    "pm": (1, 2),                            # pm(a): ±a; pm(a, b): a ± b
    "mp": (1, 2),                            # ∓, opposite sign to the pm it stands beside
    "sqrt": (1, 1), "root": (2, 2),          # root(x, n): the real n-th root
    "abs": (1, 1), "floor": (1, 1), "ceil": (1, 1), "factorial": (1, 1), "double_factorial": (1, 1),
    "binom": (2, 2), "perm": (2, 2),         # perm(n, k) = n! / (n - k)!
    "gcd": (2, None), "lcm": (2, None), "mod": (2, 2), "min": (1, None), "max": (1, None), "sign": (1, 1),
    "percent": (1, 1), "degree": (1, 1),     # percent(50) = 1/2; degree(90) = pi/2
    "mixed": (2, 2),                         # mixed(3, 1/2) = 3 1/2
    "ratio": (2, None),                      # 3:2, equal up to a common factor
    "based": (2, 2),                         # based(text of the digits, base)
    "repeating": (2, 2),                     # repeating(0.1, text "6") = 0.1666...
    "totient": (1, 1), "divisor_count": (1, 1), "divisor_sum": (1, 1), "digit_sum": (1, 1),
    "is_prime": (1, 1), "is_integer": (1, 1), "is_square": (1, 1), "is_cube": (1, 1),
}  # fmt: skip
FUNCTIONS: Final[Mapping[str, Arity]] = {
    **dict.fromkeys(
        ("sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc",
         "sinh", "cosh", "tanh", "coth", "sech", "csch", "arcsinh", "arccosh", "arctanh",
         "exp", "ln", "re", "im", "conj", "arg", "gamma", "zeta"), (1, 1)),
    "log": (1, 2),                           # log(x): base 10 or e by convention; log(x, b): base b
    "call": (1, None),                       # call(f, a, ...): an opaque function applied
}  # fmt: skip
CALCULUS: Final[Mapping[str, Arity]] = {
    "derivative": (2, 3),                    # derivative(f, x[, n])
    "prime": (1, 2),                         # prime(f[, n]): f' with the variable left to the context
    "integral": (2, 4),                      # integral(f, x) or integral(f, x, a, b)
    "limit": (3, 4),                         # limit(f, x, a[, text "+" or "-"])
    "sum": (4, 4), "prod": (4, 4),           # sum(term, k, from, to)
    "ellipsis": (0, 0),                      # "..." inside a sum, product or list
}  # fmt: skip
COLLECTIONS: Final[Mapping[str, Arity]] = {
    "set": (0, None), "tuple": (1, None), "list": (1, None),
    "interval": (4, 4),                      # interval(a, b, text, text): "open" or "closed" at each end
    "union": (2, None), "intersection": (2, None), "setminus": (2, 2), "complement": (1, 1), "cardinality": (1, 1),
    "such_that": (2, 2),                     # such_that(x, condition); x may be in(x, S)
    "range": (2, 2),                         # range(a, b): a, ..., b
    "matrix": (1, None), "row": (1, None),   # matrix(row(...), row(...)), rows of one length
    "determinant": (1, 1), "inverse": (1, 1), "transpose": (1, 1), "trace": (1, 1), "rank": (1, 1),
    "dot": (2, 2), "cross": (2, 2), "norm": (1, 1),
}  # fmt: skip
MEASURES: Final[Mapping[str, Arity]] = {
    "quantity": (2, 2),                      # quantity(value, unit): unit is Unit under mul, div, pow
    "clock": (2, 3),                         # clock(hours, minutes[, seconds]): a time of day
    "angle": (1, None), "triangle": (1, None), "segment": (1, None), "arc": (1, None), "vector": (1, None),
}  # fmt: skip
OPERATORS: Final[Mapping[str, Arity]] = {
    **RELATIONS, **LOGIC, **ARITHMETIC, **FUNCTIONS, **CALCULUS, **COLLECTIONS, **MEASURES
}  # fmt: skip

ORDER_RELATIONS: Final = frozenset({"lt", "le", "gt", "ge"})


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How large a tree may be before anything is built from it."""

    nodes: int = 2_000
    depth: int = 120
    digits: int = 1_000
    exponent: int = 10_000
    factorial: int = 5_000
    towers: bool = False
    """Let powers and factorials in exponents through, for a reader that only looks at the tree."""


def app(head: str, *args: Expr) -> Apply:
    """`Apply` with head and arity checked.

    Raises:
        ValueError: the head is not in `OPERATORS` or does not take that many arguments.
    """
    least, most = OPERATORS.get(head, (-1, -1))
    if least < 0:
        raise ValueError(f"unknown operator {head!r}")
    if len(args) < least or (most is not None and len(args) > most):
        raise ValueError(f"{head} takes {least} to {most or 'any number of'} arguments, got {len(args)}")
    return Apply(head, args)


def num(value: int | str | Fraction, places: int | None = None) -> Num:
    """An exact literal: `num(3)`, `num("1/2")`, `num("0.50", places=2)`."""
    return Num(Fraction(value), places)


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node, parents before children, without recursion."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Apply):
            stack.extend(reversed(node.args))


@lru_cache(8192)
def heads(expr: Expr) -> frozenset[str]:
    """The operators that occur in the tree."""
    found: set[str] = set()
    stack = [expr]
    while stack:
        node = stack.pop()
        if isinstance(node, Apply):
            found.add(node.head)
            stack += node.args
    return frozenset(found)


_BINDERS: Final = {"sum": 1, "prod": 1, "integral": 1, "limit": 1}


@lru_cache(8192)
def free_symbols(expr: Expr) -> frozenset[str]:
    """Names of the free letters. Index letters of sums, products, limits, definite integrals and set-builders are
    bound.
    """
    found: set[str] = set()
    plain = [expr]
    while plain:
        node = plain.pop()
        if isinstance(node, Sym):
            found.add(node.name)
        elif isinstance(node, Apply):
            if node.head in _NAMING:
                return _free_symbols(expr)
            plain += node.args
    return frozenset(found)


_SCOPED: Final = frozenset({"such_that", "forall", "exists"})
"""Operators whose first argument, `x` or `in(x, S)`, binds the letter in the second."""

_NAMING: Final = frozenset({*_BINDERS, *_SCOPED, "call"})
"""Operators with letters among their arguments that are not free; most trees have none."""


def _free_symbols(expr: Expr) -> frozenset[str]:
    found: set[str] = set()
    stack: list[tuple[Expr, frozenset[str]]] = [(expr, frozenset())]
    while stack:
        node, bound = stack.pop()
        if isinstance(node, Sym):
            if node.name not in bound:
                found.add(node.name)
        elif isinstance(node, Apply):
            inner = bound
            binder = _BINDERS.get(node.head)
            if binder is not None and (node.head != "integral" or len(node.args) == 4):
                letter = node.args[binder]
                if isinstance(letter, Sym):
                    inner = bound | {letter.name}
                stack.append((node.args[0], inner))
                stack.extend((a, bound) for a in node.args[binder + 1 :])
                continue
            if node.head in _SCOPED:
                inner = bound | {n.name for n in walk(node.args[0]) if isinstance(n, Sym)}
            arguments = node.args[1:] if node.head == "call" and isinstance(node.args[0], Sym) else node.args
            stack.extend((a, inner) for a in arguments)
    return frozenset(found)


def substitute(expr: Expr, values: Mapping[str, Expr]) -> Expr:
    """The tree with free letters replaced. Bound letters are left alone; values must not mention them."""
    if isinstance(expr, Sym):
        return values.get(expr.name, expr)
    if not isinstance(expr, Apply) or not values:
        return expr
    bound: set[str] = set()
    binder = _BINDERS.get(expr.head)
    if binder is not None and (expr.head != "integral" or len(expr.args) == 4):
        letter = expr.args[binder]
        if isinstance(letter, Sym):
            bound = {letter.name}
            inner = {k: v for k, v in values.items() if k not in bound}
            head = substitute(expr.args[0], inner)
            rest = tuple(substitute(a, values) for a in expr.args[binder + 1 :])
            return Apply(expr.head, (head, letter, *rest))
    if expr.head in _SCOPED:
        names = {n.name for n in walk(expr.args[0]) if isinstance(n, Sym)}
        values = {k: v for k, v in values.items() if k not in names}
    if expr.head == "call" and isinstance(expr.args[0], Sym):
        return Apply("call", (expr.args[0], *(substitute(a, values) for a in expr.args[1:])))
    args = tuple(substitute(a, values) for a in expr.args)
    return expr if args == expr.args else Apply(expr.head, args)


def violation(expr: Expr, bounds: Bounds = Bounds()) -> str | None:  # noqa: B008 - a frozen value
    """Which bound the tree breaks, in words, or `None`. Linear in the nodes it may have."""
    stack = [(expr, 1)]
    count = 0
    limit = bounds.digits * 10 // 3 + 4
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > bounds.nodes:
            return f"more than {bounds.nodes} nodes"
        if depth > bounds.depth:
            return f"nested deeper than {bounds.depth}"
        if isinstance(node, Num):
            if node.value.numerator.bit_length() > limit or node.value.denominator.bit_length() > limit:
                return f"a number of more than {bounds.digits} digits"
        elif isinstance(node, Apply):
            if node.head == "pow" and not bounds.towers and (message := _tower(node, bounds)):
                return message
            if node.head in ("factorial", "double_factorial", "binom", "perm"):
                for argument in node.args:
                    if isinstance(argument, Num) and abs(argument.value) > bounds.factorial:
                        return f"{node.head} of a number above {bounds.factorial}"
                    if isinstance(argument, Apply) and argument.head in ("pow", "factorial") and not bounds.towers:
                        return f"{node.head} of a {'power' if argument.head == 'pow' else 'factorial'}"
            stack += [(a, depth + 1) for a in node.args]
    return None


def _tower(node: Apply, bounds: Bounds) -> str | None:
    exponent = node.args[1]
    if isinstance(exponent, Apply) and exponent.head == "neg":
        exponent = exponent.args[0]
    if isinstance(exponent, Num) and abs(exponent.value) > bounds.exponent:
        return f"an exponent above {bounds.exponent}"
    if isinstance(exponent, Apply) and exponent.head == "pow" and not free_symbols(exponent):
        base, power = exponent.args
        if not (isinstance(base, Num) and isinstance(power, Num) and 0 <= power.value <= 16 and abs(base.value) <= 9):
            return "a tower of powers"
        if abs(base.value) ** int(power.value) > bounds.exponent:
            return f"an exponent above {bounds.exponent}"
    if isinstance(exponent, Apply) and exponent.head == "factorial":
        return "a factorial as exponent"
    return None


def encode_hook(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(f"no JSON form for {type(value).__name__}")


def decode_hook(kind: type, value: Any) -> Any:
    if kind is Fraction:
        if not isinstance(value, str) or len(value) > 4_000:
            raise ValueError("a fraction is written as text, at most 4000 characters")
        return Fraction(value)
    raise NotImplementedError(f"no JSON form for {kind.__name__}")


def to_json(expr: Expr) -> bytes:
    """Canonical JSON: equal trees give equal bytes."""
    return msgspec.json.encode(expr, enc_hook=encode_hook)


_DECODER: Final = msgspec.json.Decoder(Expr, dec_hook=decode_hook)


def from_json(data: bytes | str) -> Expr:
    """The tree of `to_json`'s bytes.

    Raises:
        ValueError: not an expression, an unknown operator, a wrong number of arguments, or nested too deep to read.
    """
    try:
        expr: Expr = _DECODER.decode(data)
    except RecursionError as error:
        raise ValueError("expression is nested too deep") from error
    for node in walk(expr):
        if isinstance(node, Apply):
            app(node.head, *node.args)
        elif isinstance(node, Const) and node.name not in CONSTANTS:
            raise ValueError(f"unknown constant {node.name!r}")
    return expr
