"""Laws stated for all values of their letters: `1 + 2 + … + n = n(n + 1)/2`, `sin²x + cos²x = 1`.

An equation in letters is mostly one to be solved. It is taken for a law where it sums up to a letter that is given no
value anywhere, or where its sides agree at a few points, so that only what is likely true is handed on; a polynomial
law is also held where it is called an identity or a formula and has no letter of the question.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

from verifiers.claims import Claim, Context, Identity
from verifiers.expr import Apply, Expr, Num, Sym, app, free_symbols, heads, num, substitute, walk
from verifiers.extraction.document import Chain, Document, Mood
from verifiers.extraction.formulas.identities import of_a_quadrant
from verifiers.extraction.meaning.polynomials import difference, expanded
from verifiers.extraction.meaning.scope import scope_of
from verifiers.extraction.meaning.values import rough, same
from verifiers.extraction.reading.chains import is_lone
from verifiers.extraction.reading.told import claim
from verifiers.verdicts import Remark

_MEANT: Final = (Mood.ASSERTED, Mood.DEFINED, Mood.QUOTED)
_CALLED_LAW: Final = re.compile(
    r"\b(?:identity|formula|factori[sz]ation|expansion|binomial theorem|for (?:all|any|every))\b[^.;]{0,60}$"
)
_CONDITIONAL: Final = re.compile(r"\b(?:if|when|whenever|given|since|because|under|unless|suppose|case|provided|mod)\b")
_SPECIAL: Final = frozenset({"i", "j", "e", "omega", "zeta", "varepsilon"})
_SUMMED: Final = frozenset({"sum", "prod", "ellipsis"})
_COUNTING: Final = frozenset({"binom", "perm", "factorial"})
_UNFIT: Final = frozenset({
    "call", "pm", "mp", "list", "set", "tuple", "matrix", "determinant", "derivative", "prime", "integral", "limit",
    "quantity", "or", "and", "mod", "gcd", "lcm", "min", "max", "sign", "abs",
    "interval", "vector", "such_that", "floor", "ceil",
})  # fmt: skip
_MOST_TRIED: Final = 60
"""Laws of one answer that are claimed."""


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims that a law holds for all values of its letters."""
    yield from islice(_laws(document), _MOST_TRIED)


def _laws(document: Document) -> Iterator[Claim]:
    valued = scope_of(document).valued
    asked = frozenset(
        name for c in document.question.chains for t in c.terms if t.expr is not None for name in free_symbols(t.expr)
    )
    for part in document.steps:
        for chain in part.chains:
            if chain.mood not in _MEANT or set(chain.relations) != {"eq"} or chain.approximate:
                continue
            left, right = chain.terms[0].expr, chain.terms[1].expr
            if left is None or right is None or _CONDITIONAL.search(chain.lead + " " + chain.trail):
                continue
            formula = _law(chain, left, right, valued, asked)
            if formula is not None:
                yield claim(part, chain.terms[0].start, chain.terms[1].end, formula)


def _law(chain: Chain, left: Expr, right: Expr, valued: frozenset[str], asked: frozenset[str]) -> Identity | None:
    letters = free_symbols(left) | free_symbols(right)
    used = heads(left) | heads(right)
    if not letters or letters & (valued | _SPECIAL) or used & _UNFIT or is_lone(left) or of_a_quadrant(left, right):
        return None
    if used & _SUMMED:
        return _summed(left, right)
    if is_lone(right) and free_symbols(right):
        return None
    fact = app("eq", left, right)
    if _agrees(left, right, letters):
        return Identity(relation=fact, context=_context(letters, used))
    called = _CALLED_LAW.search(chain.lead) is not None and not letters & asked
    if called and free_symbols(left) == free_symbols(right) and all(len(name) == 1 for name in letters):
        found = difference(left, right)
        if found is not None and _is_homogeneous(left, right):
            return Identity(relation=fact)
    return None


def _context(letters: frozenset[str], used: frozenset[str]) -> Context:
    """Letters of counts are whole numbers, those under logarithms and roots positive."""
    if used & _COUNTING:
        return Context(domains=tuple((name, "natural") for name in sorted(letters)))
    if used & {"ln", "log", "sqrt", "root"}:
        return Context(domains=tuple((name, "positive") for name in sorted(letters)))
    return Context()


_POINTS: Final = (("17/13", "5/7", "11/9", "3/11"), ("7/9", "6/5", "5/13", "10/7"))
"""Acute as angles, so that no function is negative."""
_WHOLE: Final = (("7", "3", "2", "5"), ("9", "4", "6", "2"))


def _agrees(left: Expr, right: Expr, letters: frozenset[str]) -> bool:
    """Whether the sides have the same value at two points; no ground for a verdict, but for asking for a proof."""
    if len(letters) > 4:
        return False
    points = _WHOLE if (heads(left) | heads(right)) & _COUNTING else _POINTS
    for point in points:
        at = {name: num(value) for name, value in zip(_in_order(left, right), point, strict=False)}
        a, b = rough(_natural(substitute(left, at))), rough(_natural(substitute(right, at)))
        if a is None or b is None or not same(a, b):
            return False
    return True


def _natural(expr: Expr) -> Expr:
    """With every logarithm the natural one: a law of logarithms holds for all bases."""
    if not isinstance(expr, Apply):
        return expr
    head = "ln" if expr.head == "log" and len(expr.args) == 1 else expr.head
    return Apply(head, tuple(_natural(a) for a in expr.args))


def _in_order(*sides: Expr) -> list[str]:
    """The letters as they come, so that n stands before k in C(n, k)."""
    return list(dict.fromkeys(n.name for side in sides for n in walk(side) if isinstance(n, Sym)))


def _is_homogeneous(left: Expr, right: Expr) -> bool:
    """All monomials of both sides have one degree, at least two: `a³ + b³ = (a + b)(a² + ab + b²)`."""
    degrees: set[int] = set()
    for side in (left, right):
        for monomial in expanded(side) or {}:
            degrees.add(sum(power for _, power in monomial))
    return len(degrees) == 1 and degrees.pop() >= 2


# Sums up to a letter.


def _summed(left: Expr, right: Expr) -> Identity | None:
    """`∑_{k=1}^n k = n(n + 1)/2` and the same with dots, for every n from the first on."""
    written = left if heads(left) & _SUMMED else right
    closed = right if written is left else left
    if heads(closed) & _SUMMED or not isinstance(written, Apply):
        return None
    total = _with_sign(written) if written.head == "add" else written
    if not isinstance(total, Apply) or total.head not in ("sum", "prod"):
        return None
    term, index, first, last = total.args
    if not isinstance(last, Sym) or not isinstance(first, Num) or not isinstance(index, Sym):
        return None
    if free_symbols(closed) != {last.name} or free_symbols(term) != {index.name} or heads(term) & _SUMMED:
        return None
    if is_lone(closed) or first.value not in (0, 1, 2):
        return None
    return Identity(relation=app("eq", total, closed), context=Context(domains=((last.name, "natural"),)))


def _with_sign(written: Apply) -> Expr | None:
    """`1 + 3 + … + (2n - 1)` as a sum over k, if the last term gives the first ones for k = s, s + 1, …"""
    dots = [i for i, a in enumerate(written.args) if isinstance(a, Apply) and a.head == "ellipsis"]
    if len(dots) != 1 or dots[0] != len(written.args) - 2 or dots[0] < 2:
        return None
    shown, last = written.args[: dots[0]], written.args[-1]
    letters = free_symbols(last)
    if len(letters) != 1 or any(free_symbols(a) for a in shown):
        return None
    (letter,) = letters
    index = "k" if letter != "k" else "j"
    for start in range(3):
        values = [rough(substitute(last, {letter: num(start + i)})) for i in range(len(shown))]
        if all(_is(a, value) for a, value in zip(shown, values, strict=True)):
            return app("sum", substitute(last, {letter: Sym(index)}), Sym(index), num(start), Sym(letter))
    return None


def _is(shown: Expr, value: Fraction | float | None) -> bool:
    known = rough(shown)
    return known is not None and value is not None and same(known, value)
