"""Conditions on the digits of numbers whose length is known: "with distinct digits", "that have at least one 7"."""

import re
from itertools import combinations
from typing import Final

from verifiers.expr import Const, Expr, app, num
from verifiers.extraction.results.conditions import both
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton

MOST: Final = 6
_HAS: Final = re.compile(
    r"(?:that |which )?(?P<no>do not |don't |does not )?(?:(?:contain|include|contains)(?P<how> at least one"
    r"| the digit| a| an| no)? "
    r"«(?P<digit>\d+)»s?|(?:have|has)(?P<much> at least one| a| an| no) «(?P<same>\d+)»s?(?= as a digit| as one of"
    r"| in their| among))"
    r"(?: as a digit| as one of (?:its|their) digits| at least once| in their digits| among (?:its"
    r"|their) digits)?(?= |,|$)"
)
_DISTINCT: Final = re.compile(
    r"(?:(?:that |which )?(?:with|have|has) (?:all |no two )?(?:of )?(?:its |their )?(?:distinct|different) digits"
    r"|(?:whose digits|(?:such that|in which) (?:all )?(?:of )?(?:the|its|their) digits) are (?:all )?(?:distinct"
    r"|different)"
    r"|(?:with|have|that have) no repeated digits)"
)
_SORTED: Final = re.compile(
    r"(?:(?:that |which )?(?:with|have|has|contain|using) (?:only|all) (?P<a>even|odd|prime) digits|(?:whose"
    r"|such that (?:the|both|all of the"
    r"|all the|all)|(?:that )?have the property that (?:both|all|all the)|in which (?:all|all the"
    r"|both)) digits are (?:all "
    r"|both |also )*(?P<b>even"
    r"|odd|primes?))"
)


def digits(n: Expr, many: int) -> list[Expr]:
    """From the last one."""
    return [app("mod", app("floor", app("div", n, num(10**place))), num(10)) for place in range(many)]


def mirrored(n: Expr, many: int) -> Expr:
    """A palindrome of so many digits."""
    each = digits(n, many)
    pairs = [app("eq", each[k], each[-1 - k]) for k in range(many // 2)]
    return both(*pairs) if pairs else app("ge", n, num(0))


def digit_restriction(rest: str, n: Expr, many: int, skeleton: Skeleton) -> tuple[Expr, str] | None:
    """The condition on digits that the phrase begins with, and what follows it."""
    each = digits(n, many)
    if match := _HAS.match(rest):
        wanted = rational(skeleton.tree(match["digit"] or match["same"]))
        none = " no" in (match["how"], match["much"])
        if wanted is None or wanted not in range(10) or (none and match["no"]):
            return None
        one = [app("eq", digit, num(wanted)) for digit in each]
        some = app("or", *one) if len(one) > 1 else one[0]
        negated = match["no"] or none
        return (app("not", some) if negated else some), rest[match.end() :].removeprefix(" ")
    if match := _DISTINCT.match(rest):
        pairs = [app("ne", a, b) for a, b in combinations(each, 2)]
        return (both(*pairs) if pairs else app("ge", n, num(0))), rest[match.end() :].removeprefix(" ")
    if match := _SORTED.match(rest):
        word = match["a"] or match["b"]
        if word.startswith("prime"):
            made = [app("in", digit, Const("primes")) for digit in each]
        else:
            made = [app("congruent", digit, num(1 if word == "odd" else 0), num(2)) for digit in each]
        return both(*made), rest[match.end() :].removeprefix(" ")
    return None
