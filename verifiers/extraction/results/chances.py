"""Arrangements of letters and tosses of coins."""

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import Final

from verifiers.expr import Expr, app, num
from verifiers.extraction.results.matched import rational, slots
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template


def _arranged(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    del skeleton
    word = match["word"]
    count = factorial(len(word))
    for repeated in Counter(word).values():
        count //= factorial(repeated)
    return num(count) if 2 <= len(word) <= 20 else None


def _heads(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    trees = [rational(tree) for tree in slots(match, skeleton)]
    tosses = trees[0] if trees else None
    if tosses is None or tosses.denominator != 1 or not 1 <= tosses <= 60:
        return None
    said = match["count"]
    wanted = Fraction(1) if said in ("a", "one") else trees[-1] if len(trees) > 1 else None
    if wanted is None or wanted.denominator != 1:
        return None
    n, k = int(tosses), int(wanted)
    how = match["how"].strip()
    allowed = range(k, n + 1) if how == "at least" else range(k + 1) if how == "at most" else range(k, k + 1)
    terms = [app("binom", num(n), num(j)) for j in allowed if j <= n]
    if not terms or not how:
        return None
    return app("div", app("add", *terms) if len(terms) > 1 else terms[0], app("pow", num(2), num(n)))


PHRASES: Final[Sequence[Template]] = (
    template(
        "letters",
        r"how many (?:different |distinct |unique )*(?:arrangements|permutations|orderings|ways to arrange"
        r"|ways can) ?(?:of |are there of )?(?:you arrange )?(?:all )?(?:the )?letters (?:in|of) (?:the )?"
        r"(?:word )?['\"“‘]?(?P<word>[a-z]{2,20})['\"”’]?(?: are there| be arranged)?",
        _arranged,
    ),
    template(
        "probability",
        r"(?:the )?probability (?:that|of getting|of obtaining) (?P<how>exactly|at least|at most) (?:«\d+»|"
        r"(?P<count>a|one)) (?:heads?|tails?) (?:when|if|in) «\d+» (?:fair )?(?:coins? (?:are|is) (?:tossed|flipped)"
        r"|tosses of a fair coin)",
        _heads,
    ),
)
QUESTIONS: Final[Sequence[Template]] = (
    template(
        "probability",
        r"(?:(?:a|one) fair coin is (?:tossed|flipped) «\d+» times|[a-z]+ (?:tosses|flips) «\d+» (?:fair )?coins"
        r"|«\d+» (?:fair )?coins are (?:tossed|flipped))(?: and the sequence of heads and tails is recorded)?(?: //"
        r"|,) what is the probability (?:that (?:the sequence contains|he will get|she will get|there are|he gets"
        r"|she gets|you get|we get)|of getting|of obtaining) (?P<how>exactly|at least|at most) (?:«\d+»|"
        r"(?P<count>a|one)) (?:heads?|tails?)",
        _heads,
    ),
)
