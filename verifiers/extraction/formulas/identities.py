"""When an equation with letters is a step of a rewriting, true for all their values, and what it takes for granted."""

import re
from typing import Final

import msgspec

from verifiers.claims import Context
from verifiers.expr import Apply, Expr, free_symbols, heads, walk
from verifiers.extraction.document import Chain, Part
from verifiers.extraction.formulas.readings import QUOTIENT_OF_PRODUCT
from verifiers.extraction.meaning.polynomials import difference
from verifiers.extraction.meaning.values import rough
from verifiers.extraction.reading.chains import is_lone

_SPECIAL: Final = frozenset({"omega", "zeta", "i", "e", "varepsilon", "epsilon", "xi", "j"})
"""Letters that mostly stand for one number: a root of unity, the imaginary unit."""
_ROOTS: Final = frozenset({"sqrt", "root", "ln", "log", "abs"})
_OF_ANGLES: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_DIGIT_STRING: Final = re.compile(r"[a-zA-Z]\d|overline")
_LOG_OF_PRODUCT: Final = re.compile(r"\\(?:log|ln)[^=+]*\)\s*\(")


def identity_is_meant(part: Part, chain: Chain, index: int, left: Expr, right: Expr, valued: frozenset[str]) -> bool:
    """A step in a chain of rewritings of one expression. An equation between two expressions is something else: its
    letters are unknowns that get values elsewhere, or vanish at the end of the chain.
    """
    if chain.ambiguous or set(chain.relations) != {"eq"} or "call" in heads(left) | heads(right):
        return False
    letters = free_symbols(left)
    if is_lone(left) or not letters or letters != free_symbols(right):
        return False
    if letters & _SPECIAL or is_lone(right) or of_a_quadrant(left, right):
        return False
    if _puts_value_in(left, right) or _puts_value_in(right, left):
        return False
    text = part.text[chain.terms[index].start : chain.terms[index + 1].end]
    if not chain.latex and "/" in text:
        return False
    if _DIGIT_STRING.search(text) or _LOG_OF_PRODUCT.search(text):
        return False
    if QUOTIENT_OF_PRODUCT.search(text) or _adds_to(left, right) or _adds_to(right, left):
        return False
    if _nearly_the_same(left, right):
        return True
    if len(chain.terms) < 3 or letters & valued:
        return False
    rewritten = chain.terms if index == 0 else chain.terms[1:]
    return all(t.expr is not None and free_symbols(t.expr) == letters for t in rewritten)


def of_a_quadrant(left: Expr, right: Expr) -> bool:
    """`cos θ = √(1 - sin² θ)`: the sign is that of an angle said in words to be acute, or of a triangle."""
    found = heads(left) | heads(right)
    return bool(found & {"sqrt", "abs", "arcsin", "arccos", "arctan"}) and bool(found & _OF_ANGLES)


def _adds_to(left: Expr, right: Expr) -> bool:
    """`x² + 12x = x² + 12x + 36`: the square is being completed, the sign used as an arrow."""
    if not isinstance(left, Apply) or not isinstance(right, Apply) or {left.head, right.head} != {"add"}:
        return False
    added = [a for a in right.args if a not in left.args]
    return all(a in right.args for a in left.args) and bool(added) and not any(free_symbols(a) for a in added)


def _nearly_the_same(left: Expr, right: Expr) -> bool:
    """Multiplied out, the sides of at least three monomials differ in one at most: no equation to be solved."""
    found = difference(left, right)
    return found is not None and len(found[0]) <= 1 and found[1] >= 3


def _puts_value_in(left: Expr, right: Expr) -> bool:
    """Whether the trees are the same but for one place where letters gave way to a number."""
    while isinstance(left, Apply) and isinstance(right, Apply):
        if left.head != right.head or len(left.args) != len(right.args):
            break
        unlike = [(a, b) for a, b in zip(left.args, right.args, strict=True) if a != b]
        if len(unlike) != 1:
            break
        left, right = unlike[0]
    return bool(free_symbols(left)) and not free_symbols(right)


def identity_context(fact: Expr, context: Context) -> Context:
    """Under roots and logarithms a letter of which nothing is said is positive, as lengths and amounts are."""
    powers = [n for n in walk(fact) if isinstance(n, Apply) and n.head == "pow" and not _is_whole(n.args[1])]
    if not heads(fact) & _ROOTS and not powers:
        return context
    known = {name for name, _ in context.domains}
    positive = tuple((name, "positive") for name in sorted(free_symbols(fact) - known))
    return msgspec.structs.replace(context, domains=(*context.domains, *positive))


def _is_whole(expr: Expr) -> bool:
    value = rough(expr)
    return value is not None and value == int(value)
