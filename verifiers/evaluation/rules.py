"""What each operator means in the normal form: a rule from the tree to a node of atoms."""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Final

from flint import arb, fmpq

from verifiers.evaluation.atoms import ONE, ZERO, Node, constant, fraction, plus, times
from verifiers.evaluation.building import HALF, Builder
from verifiers.evaluation.derivatives import expanded
from verifiers.evaluation.scalars import UnknownError
from verifiers.expr import Apply, Const, Expr, Num, Sym, free_symbols, substitute

_MOST_TERMS: Final = 30


def _neg(builder: Builder, expr: Apply) -> Node:
    return times((constant(-1), builder.node(expr.args[0])))


def _power(builder: Builder, expr: Apply) -> Node:
    base, exponent = expr.args
    return builder.power(builder.node(base), _simple(builder, exponent), exponent)


def _simple(builder: Builder, expr: Expr) -> Node:
    """A node that is a plain constant where the tree has a rational value."""
    node = builder.node(expr)
    if node[0] == "c":
        return node
    form = builder.atoms.form(node)
    if form.numerator.is_constant() and form.denominator.is_constant():
        return constant(fraction(form.numerator.leading_coefficient()) if not form.numerator.is_zero() else 0)
    return node


def _root(builder: Builder, expr: Apply) -> Node:
    degree = _simple(builder, expr.args[1])
    if degree[0] != "c" or degree[1].denominator != 1 or not 0 < degree[1] <= 60:
        raise UnknownError("root of an unknown degree")
    node = builder.node(expr.args[0])
    return node if degree[1] == 1 else builder.root(node, 1 / degree[1])


def _circular(builder: Builder, expr: Apply) -> Node:
    cosine, sine = builder.circle(builder.node(expr.args[0]))
    return {
        "sin": sine, "cos": cosine, "tan": ("/", sine, cosine), "cot": ("/", cosine, sine),
        "sec": ("^", cosine, -1), "csc": ("^", sine, -1),
    }[expr.head]  # fmt: skip


def _hyperbolic(builder: Builder, expr: Apply) -> Node:
    up = builder.exponential(builder.node(expr.args[0]))
    down: Node = ("^", up, -1)
    cosine = times((constant(HALF), plus((up, down))))
    sine = times((constant(HALF), plus((up, times((constant(-1), down))))))
    return {
        "sinh": sine, "cosh": cosine, "tanh": ("/", sine, cosine), "coth": ("/", cosine, sine),
        "sech": ("^", cosine, -1), "csch": ("^", sine, -1),
    }[expr.head]  # fmt: skip


def _logarithm(builder: Builder, expr: Apply) -> Node:
    if len(expr.args) == 1:
        key = builder.atoms.make("ln:base", "free")
        return ("/", builder.logarithm(builder.node(expr.args[0])), ("a", key, Fraction(1)))
    argument, base = expr.args
    below = builder.logarithm(builder.node(base))
    return ("/", builder.logarithm(builder.node(argument)), below)


def _factorial(builder: Builder, expr: Apply) -> Node:
    node = _simple(builder, expr.args[0])
    if node[0] == "c":
        return _computed(builder, Apply(expr.head, (Num(node[1]),)))
    return builder.factorial(node)


def _binomial(builder: Builder, expr: Apply) -> Node:
    upper, lower = (_simple(builder, a) for a in expr.args)
    if upper[0] == lower[0] == "c":
        return _computed(builder, Apply(expr.head, (Num(upper[1]), Num(lower[1]))))
    if lower[0] == "c" and lower[1].denominator == 1 and 0 <= lower[1] <= 30:
        count = int(lower[1])
        parts = [plus((upper, constant(-k))) for k in range(count)]
        if expr.head == "binom":
            parts += [constant(Fraction(1, k)) for k in range(2, count + 1)]
        return times(tuple(parts))
    difference = _simple(builder, Apply("add", (expr.args[0], Apply("neg", (expr.args[1],)))))
    above = builder.factorial(upper) if upper[0] != "c" else _factorial(builder, Apply("factorial", (Num(upper[1]),)))
    if difference[0] == "c":
        below = _computed(builder, Apply("factorial", (Num(difference[1]),)))
    else:
        below = builder.factorial(difference)
    if expr.head == "binom":
        below = times((below, builder.factorial(lower)))
    return ("/", above, below)


def _computed(builder: Builder, expr: Expr) -> Node:
    """A closed tree that has a rational value."""
    from verifiers.evaluation.machine import Machine
    from verifiers.evaluation.scalars import rational

    return constant(rational(Machine({}, 64, 100_000, 2_000, builder.principal).run(expr)))


def _inverse_circular(builder: Builder, expr: Apply) -> Node:
    """An angle that is a rational multiple of pi, as arctan 1 is; the guess is checked by the circular function."""
    from verifiers import exact

    if free_symbols(expr):
        return builder.opaque(expr)
    found = exact.value(expr)
    if isinstance(found, arb):
        turns = (found / arb.pi() * 60).mid()
        guess = Fraction(round(float(turns)), 60)
        angle = Apply("mul", (Num(guess), Const("pi")))
        if (
            exact.holds(Apply("eq", (Apply(expr.head[3:], (angle,)), expr.args[0])))
            and abs(float(turns) - float(guess * 60)) < 1e-9
        ):
            return times((constant(guess), builder.free("pi")))
    return builder.opaque(expr) if not isinstance(found, Fraction) else constant(found)


def _closed_only(builder: Builder, expr: Apply) -> Node:
    try:
        return _computed(builder, expr)
    except UnknownError:
        return builder.opaque(expr)


def _series(builder: Builder, expr: Apply) -> Node:
    """A sum or product with few terms is written out."""
    term, letter, *ends = expr.args
    low, high = (_simple(builder, end) if end != Const("inf") else ONE for end in ends)
    if isinstance(letter, Sym) and Const("inf") not in ends and low[0] == high[0] == "c":
        first, last = low[1], high[1]
        if first.denominator == last.denominator == 1 and 0 <= last - first < _MOST_TERMS:
            terms = [substitute(term, {letter.name: Num(Fraction(k))}) for k in range(int(first), int(last) + 1)]
            nodes = tuple(builder.node(t) for t in terms)
            return plus(nodes) if expr.head == "sum" else times(nodes)
    if expr.head == "sum" and isinstance(letter, Sym) and Const("inf") not in ends:
        found = _polynomial_sum(builder, expr, letter.name)
        if found is not None:
            return found
    return _closed_only(builder, expr)


def _polynomial_sum(builder: Builder, expr: Apply, letter: str) -> Node | None:
    """The sum of a polynomial in the index by Bernoulli's formula, for an upper end not below the lower one."""
    key = f"x:{letter}"
    form = builder.atoms.form(builder.node(expr.args[0]))
    if any(key in k and k != key for k in form.keys) or letter in free_symbols(Apply("tuple", expr.args[2:])):
        return None
    at = form.keys.index(key) if key in form.keys else -1
    if at >= 0 and (form.roots[at] != 1 or form.denominator.degrees()[at]):
        return None
    powers: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in form.numerator.to_dict().items():
        rest = tuple(0 if j == at else int(e) for j, e in enumerate(exponents))
        powers.setdefault(int(exponents[at]) if at >= 0 else 0, {})[rest] = coefficient
    if max(powers, default=0) > 12:
        return None
    low, high = (builder.node(end) for end in expr.args[2:])
    before = plus((low, constant(-1)))
    below = builder.atoms.node_of(form.denominator, form)
    terms = []
    for power, terms_of in powers.items():
        share = builder.atoms.node_of(form.numerator.context().from_dict(terms_of), form)
        span = plus((_power_sum(power, high), times((constant(-1), _power_sum(power, before)))))
        terms.append(times((share, span)))
    return ("/", plus(tuple(terms)), below) if terms else ZERO


def _power_sum(power: int, upper: Node) -> Node:
    """1^p + … + n^p as a polynomial in n."""
    terms = []
    for j in range(power + 1):
        bernoulli = fmpq.bernoulli(j) if j != 1 else fmpq(1, 2)
        coefficient = fraction(bernoulli) * comb(power + 1, j) / (power + 1)
        if coefficient:
            terms.append(times((constant(coefficient), ("^", upper, power + 1 - j))))
    return plus(tuple(terms))


def _degrees(builder: Builder, expr: Apply) -> Node:
    return times((constant(Fraction(1, 180)), builder.free("pi"), builder.node(expr.args[0])))


def _derived(builder: Builder, expr: Apply) -> Node:
    try:
        return builder.node(expanded(expr))
    except UnknownError:
        return builder.opaque(expr)


RULES: Final[dict[str, Callable[[Builder, Apply], Node]]] = {
    "add": lambda b, e: plus(tuple(b.node(a) for a in e.args)),
    "mul": lambda b, e: times(tuple(b.node(a) for a in e.args)),
    "neg": _neg,
    "div": lambda b, e: ("/", b.node(e.args[0]), b.node(e.args[1])),
    "pow": _power,
    "sqrt": lambda b, e: b.root(b.node(e.args[0]), HALF),
    "root": _root,
    "abs": lambda b, e: b.absolute(b.node(e.args[0])),
    "percent": lambda b, e: times((constant(Fraction(1, 100)), b.node(e.args[0]))),
    "mixed": lambda b, e: plus(tuple(b.node(a) for a in e.args)),
    "degree": _degrees,
    **dict.fromkeys(("sin", "cos", "tan", "cot", "sec", "csc"), _circular),
    **dict.fromkeys(("sinh", "cosh", "tanh", "coth", "sech", "csch"), _hyperbolic),
    **dict.fromkeys(("arcsin", "arccos", "arctan"), _inverse_circular),
    "exp": lambda b, e: b.exponential(b.node(e.args[0])),
    "ln": lambda b, e: b.logarithm(b.node(e.args[0])),
    "log": _logarithm,
    "factorial": _factorial, "binom": _binomial, "perm": _binomial,
    "derivative": _derived,
    **dict.fromkeys(("based", "repeating", "floor", "ceil", "gcd", "lcm", "mod", "double_factorial", "totient",
                     "divisor_count", "divisor_sum", "digit_sum", "determinant"), _closed_only),
    "sum": _series, "prod": _series,
}  # fmt: skip
