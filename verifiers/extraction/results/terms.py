"""Terms and coefficients of polynomials, poles of fractions."""

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num
from verifiers.extraction.meaning.polynomials import Polynomial, expanded
from verifiers.extraction.results.matched import only, slots
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template


def _asymptote(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    quotient = tree.args[1] if isinstance(tree, Apply) and tree.head == "eq" else tree
    if not isinstance(quotient, Apply) or quotient.head != "div":
        return None
    top, bottom = expanded(quotient.args[0]), expanded(quotient.args[1])
    if top is None or bottom is None or not all(key in ((), (("x", 1),)) for key in bottom):
        return None
    slope = bottom.get((("x", 1),), Fraction(0))
    if not slope:
        return None
    root = -bottom.get((), Fraction(0)) / slope
    value = sum((c * root ** dict(key).get("x", 0) for key, c in top.items()), Fraction(0))
    return num(root) if value and free_symbols(quotient) == {"x"} else None


def _reciprocals(tree: Expr) -> Expr:
    """`1/c` as a letter of its own."""
    if not isinstance(tree, Apply):
        return tree
    args = tuple(_reciprocals(argument) for argument in tree.args)
    if tree.head == "div" and isinstance(args[1], Sym):
        return app("mul", args[0], Sym("/" + args[1].name))
    return Apply(tree.head, args)


def laurent(tree: Expr) -> Polynomial | None:
    """The expansion with negative powers of single letters."""
    poly = expanded(_reciprocals(tree))
    if poly is None:
        return None
    found: Polynomial = {}
    for monomial, coefficient in poly.items():
        powers: Counter[str] = Counter()
        for letter, power in monomial:
            powers[letter.removeprefix("/")] += -power if letter.startswith("/") else power
        key = tuple(sorted((letter, power) for letter, power in powers.items() if power))
        found[key] = found.get(key, Fraction(0)) + coefficient
    return found


def _coefficient(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    trees = slots(match, skeleton)
    if len(trees) != 2:
        return None
    wanted, poly = expanded(trees[0]), laurent(trees[1])
    if wanted is None or poly is None or len(wanted) != 1 or set(wanted.values()) != {Fraction(1)}:
        return None
    return num(poly.get(tuple(sorted(next(iter(wanted)))), Fraction(0)))


def _leading(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    poly = expanded(tree) if tree is not None and len(free_symbols(tree)) == 1 else None
    if not poly:
        return None
    kept = {monomial: value for monomial, value in poly.items() if value}
    highest = max(kept, key=lambda monomial: sum(power for _, power in monomial), default=())
    return num(kept[highest]) if kept else None


def _constant_term(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = only(match, skeleton)
    poly = laurent(tree) if tree is not None else None
    return None if poly is None else num(poly.get((), Fraction(0)))


PHRASES: Final[Sequence[Template]] = (
    template(
        "coefficient",
        r"(?:the )?coefficient of (?:the )?«\d+»(?: term)? (?:in|when) (?:the )?(?:expansion of |polynomial "
        r"|product |expression )*«\d+»(?: is expanded)?",
        _coefficient,
    ),
    template(
        "leading",
        r"(?:the )?leading coefficient (?:in|of) (?:the )?(?:polynomial |expression )?«\d+»"
        r"(?: after it is simplified)?",
        _leading,
    ),
    template(
        "constant term",
        r"(?:the )?constant term (?:in|of) (?:the )?(?:expansion of |polynomial |expression )*«\d+»",
        _constant_term,
    ),
)
QUESTIONS: Final[Sequence[Template]] = (
    template(
        "asymptote", r"for (?:the graph of )?«\d+», at what «\d+»-value is there a vertical asymptote", _asymptote
    ),
)
