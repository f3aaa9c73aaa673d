"""Proves closed forms of finite sums and products by induction on the letter in their upper end."""

from fractions import Fraction

from verifiers.evaluation.derivatives import ONE, add, mul
from verifiers.evaluation.normal import Domains, equal
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, heads, substitute, walk

_MOST_START = 20


def by_induction(left: Expr, right: Expr, domains: Domains) -> str:
    """The letter by which the equation is proved for every whole value from the first at which all sums have a term,
    or the empty string.
    """
    sums = [n for side in (left, right) for n in walk(side) if isinstance(n, Apply) and n.head in ("sum", "prod")]
    letters = set().union(*(free_symbols(node.args[3]) for node in sums), set())
    for letter in sorted(letters):
        start = _start(sums, letter)
        if start is not None and _steps(left, right, letter, start, domains):
            return letter
    return ""


def _start(sums: list[Apply], letter: str) -> int | None:
    """The first value of the letter at which no sum is empty."""
    least = 0
    for node in sums:
        term, index, low, high = node.args
        if not isinstance(index, Sym) or not isinstance(low, Num) or low.value.denominator != 1:
            return None
        if letter in free_symbols(term) or not equal(_next(high, letter), add(high, ONE)):
            return None
        offset = _offset(high, letter)
        if offset is None:
            return None
        least = max(least, int(low.value) - offset)
    return least if least <= _MOST_START else None


def _offset(high: Expr, letter: str) -> int | None:
    """`c` where the upper end is the letter plus c."""
    for c in range(-4, 5):
        if equal(high, add(Sym(letter), Num(Fraction(c)))):
            return c
    return None


def _next(expr: Expr, letter: str) -> Expr:
    return substitute(expr, {letter: add(Sym(letter), ONE)})


def _steps(left: Expr, right: Expr, letter: str, start: int, domains: Domains) -> bool:
    first = {letter: Num(Fraction(start))}
    if not equal(_written_out(substitute(left, first)), _written_out(substitute(right, first)), domains=domains):
        return False
    grown = [_one_more(side, letter) for side in (left, right)]
    if heads(right) & {"sum", "prod"} or heads(left) & {"prod"}:
        change: list[Expr] = [Apply("div", (after, before)) for after, before in zip(grown, (left, right), strict=True)]
        if equal(change[0], change[1], domains=domains):
            return True
    change = [add(after, Apply("neg", (before,))) for after, before in zip(grown, (left, right), strict=True)]
    return equal(change[0], change[1], domains=domains)


def _one_more(expr: Expr, letter: str) -> Expr:
    """The tree with the letter raised by one, and every sum up to it written as the old sum and one term more."""
    if isinstance(expr, Sym):
        return add(expr, ONE) if expr.name == letter else expr
    if not isinstance(expr, Apply):
        return expr
    if expr.head in ("sum", "prod") and letter in free_symbols(expr.args[3]):
        term, index, _, high = expr.args
        assert isinstance(index, Sym)
        last = substitute(term, {index.name: add(high, ONE)})
        return Apply("add" if expr.head == "sum" else "mul", (expr, last))
    return Apply(expr.head, tuple(_one_more(a, letter) for a in expr.args))


def _written_out(expr: Expr) -> Expr:
    """Sums with number ends as their terms."""
    if not isinstance(expr, Apply):
        return expr
    if expr.head in ("sum", "prod") and isinstance(expr.args[1], Sym):
        low, high = (_whole(a) for a in expr.args[2:])
        if low is not None and high is not None and high - low <= _MOST_START:
            name = expr.args[1].name
            terms = [substitute(expr.args[0], {name: Num(Fraction(k))}) for k in range(low, high + 1)]
            return add(*terms) if expr.head == "sum" else mul(*terms)
    return Apply(expr.head, tuple(_written_out(a) for a in expr.args))


def _whole(expr: Expr) -> int | None:
    from verifiers import exact

    value = exact.value(expr)
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else None
