"""Two answers written with other habits: `ab` for a·b in plain text, `i` for the imaginary unit, other letters."""

from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym, free_symbols, substitute, walk

_SHORT: Final = 3
_WHOLE_SETS: Final = (Const("integers"), Const("naturals"))
_GREEK: Final = frozenset(
    {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi"}
    | {"rho", "sigma", "tau", "phi", "chi", "psi", "omega", "varphi", "ell"}
)


def aligned(a: Expr, b: Expr) -> tuple[Expr, Expr]:
    """Both trees with the imaginary unit and products of letters read the same way on either side."""
    nodes = [set(walk(side)) for side in (a, b)]
    letters = [{node.name for node in side if isinstance(node, Sym)} for side in nodes]
    either = letters[0] | letters[1]
    for name in ("i", "e"):
        if name in either and (
            any(Const(name) in side for side in nodes) or free_symbols(a) | free_symbols(b) == {name}
        ):
            a, b = (substitute(side, {name: Const(name)}) for side in (a, b))
    runs = {name for name in letters[0] ^ letters[1] if len(name) > 1 and name.isalpha() and name.isascii()} - _GREEK
    if not runs:
        return a, b
    split = {name for name in runs if len(name) <= _SHORT or set(name) <= either | {"e", "i"}}
    euler = any(Const("e") in side for side in nodes)
    return _split(a, split, euler), _split(b, split, euler)


def parameters_named(expr: Expr) -> Expr:
    """`kπ, k ∈ ℤ` with the letters that run over the integers called by one name."""
    if not isinstance(expr, Apply) or expr.head not in ("list", "and"):
        return expr
    running = [
        arg.args[0].name
        for arg in expr.args
        if isinstance(arg, Apply) and arg.head == "in" and isinstance(arg.args[0], Sym) and arg.args[1] in _WHOLE_SETS
    ]
    return substitute(expr, {name: Sym(f"k_{at}") for at, name in enumerate(running)})


def _split(expr: Expr, names: set[str], euler: bool) -> Expr:
    if isinstance(expr, Sym) and expr.name in names:
        return Apply("mul", _product(expr.name, euler))
    if not isinstance(expr, Apply):
        return expr
    if expr.head == "pow" and isinstance(expr.args[0], Sym) and expr.args[0].name in names:
        *before, last = _product(expr.args[0].name, euler)
        return Apply("mul", (*before, Apply("pow", (last, _split(expr.args[1], names, euler)))))
    return Apply(expr.head, tuple(_split(a, names, euler) for a in expr.args))


def _product(name: str, euler: bool) -> tuple[Expr, ...]:
    return tuple(Const("e") if letter == "e" and euler else Sym(letter) for letter in name)


def renamed(expr: Expr, model: Expr) -> Expr:
    """The tree with its letters renamed, in order of appearance, to those of `model`."""
    orders = []
    for side in (model, expr):
        free = free_symbols(side)
        orders.append(list(dict.fromkeys(n.name for n in walk(side) if isinstance(n, Sym) and n.name in free)))
    if len(orders[0]) != len(orders[1]):
        return expr
    return substitute(expr, {old: Sym(new) for new, old in zip(*orders, strict=True)})


def with_arguments(body: Expr, old: Expr, new: Expr) -> Expr:
    """The body of `f(t) = …` with the letters of `f(t)` called as in `f(x)`."""
    assert isinstance(old, Apply)
    assert isinstance(new, Apply)
    pairs = zip(old.args[1:], new.args[1:], strict=False)
    return substitute(body, {a.name: b for a, b in pairs if isinstance(a, Sym)})


_COUNTED: Final = {"binom": (0, 1), "perm": (0, 1), "factorial": (0,), "double_factorial": (0,), "mod": (0, 1),
                   "sum": (2, 3), "prod": (2, 3), "gcd": (0, 1), "lcm": (0, 1)}  # fmt: skip


def whole(expr: Expr) -> frozenset[str]:
    """Letters that must be whole numbers: ends of sums, arguments of factorials and the like, exponents of −1."""
    found: set[str] = set()
    for node in walk(expr):
        if not isinstance(node, Apply):
            continue
        places = _COUNTED.get(node.head, ())
        found.update(name for at in places if at < len(node.args) for name in free_symbols(node.args[at]))
        if node.head == "pow" and _is_negative(node.args[0]):
            found |= free_symbols(node.args[1])
    return frozenset(found)


def _is_negative(expr: Expr) -> bool:
    if isinstance(expr, Apply) and expr.head == "neg":
        return isinstance(expr.args[0], Num)
    return isinstance(expr, Num) and expr.value < Fraction(0)
