"""Ways to choose, to order and to distribute, as textbook models word them."""

import re
from collections.abc import Sequence
from fractions import Fraction
from math import comb
from typing import Final

from verifiers.expr import Apply, Expr, app, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

_LARGEST: Final = 200
_HOW: Final = r"(?:in )?how many (?:different |distinct |possible )*"
_ONES: Final = r"(?!identical|alike|indistinguishable|same)[a-z]+"
_MEMBERS: Final = (
    r"(?:people|persons|students|members|men|women|boys|girls|players|candidates|teachers|employees|friends|children"
    r"|volunteers|individuals|senators|officers|kids|adults|workers|applicants|seniors|juniors|athletes)"
)
_GROUP: Final = (
    r"(?:among )?(?:a |the )?(?:(?:group|class|club|set|team|pool|total|collection) of )?«(?P<n>\d+)»"
    rf"(?: (?:different |distinct )?{_MEMBERS})?"
)
_TEAM: Final = r"(?:-person |-member )?(?:committee|team|group|subcommittee|delegation)s?"
_PEOPLE: Final = r"(?:people|students|children|friends|persons|boys|girls|men|women|kids|adults|runners|players)"
_ROLES: Final = r"(?:president|vice[- ]president|secretary|treasurer|captain|manager|leader|chairperson|chair|chairman)"
_ONCE: Final = (
    r"(?:,? (?:if|assuming|given|provided)(?: that)? (?:no (?:one|person|member|one person|individual|student)"
    r" (?:can|may)"
    r" (?:hold|have) (?:more than one|two) (?:offices?|positions?|roles?)|each (?:office|position"
    r"|role) must be (?:held|filled)"
    r" by a different (?:person|member)|the (?:offices|positions|roles) are held by different (?:people|members)))"
)


def _count(slot: str | None, skeleton: Skeleton) -> int | None:
    value = rational(skeleton.tree(slot)) if slot else None
    return int(value) if value is not None and value.denominator == 1 and 0 <= value <= _LARGEST else None


def _chosen(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    n, k = _count(match["n"], skeleton), _count(match["k"], skeleton)
    return None if n is None or k is None or k > n else app("binom", num(n), num(k))


def _mixed(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """A committee of 2 men and 3 women out of 5 men and 6 women."""
    if match["first"] != match["third"] or match["second"] != match["fourth"] or match["first"] == match["second"]:
        return None
    numbers = [_count(match[name], skeleton) for name in "abmn"]
    if None in numbers:
        return None
    a, b, m, n = (value for value in numbers if value is not None)
    return app("mul", app("binom", num(m), num(a)), app("binom", num(n), num(b))) if a <= m and b <= n else None


def _officers(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    n, roles = _count(match["n"], skeleton), re.findall(_ROLES, match["roles"])
    if n is None or len(set(roles)) != len(roles) or not 2 <= len(roles) <= n:
        return None
    return app("perm", num(n), num(len(roles)))


def _row(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    n = _count(match["n"], skeleton)
    chairs = match["chairs"]
    if n is None or (chairs and _count(chairs, skeleton) != n):
        return None
    return app("factorial", num(n))


def _subsets(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree = skeleton.tree(match["set"]) if match["set"] else None
    if isinstance(tree, Apply) and tree.head == "range":
        low, high = (rational(end) for end in tree.args)
        size = None if low is None or high is None else int(high - low) + 1
    elif isinstance(tree, Apply) and tree.head == "set":
        size = len(set(tree.args))
    else:
        size = _count(match["n"], skeleton)
    return None if size is None else app("pow", num(2), num(size))


def _meetings(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    n = _count(match["n"], skeleton)
    return None if n is None or n < 2 else app("binom", num(n), num(2))


def _outfits(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    counts = [_count(slot, skeleton) for slot in re.findall(r"«(\d+)»", match["clothes"])]
    kinds = len(re.findall(r"\bone\b", match["each"])) if match["each"] else len(counts)
    if None in counts or len(counts) < 2 or kinds != len(counts):
        return None
    return app("mul", *(num(count) for count in counts if count is not None))


def _distributed(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """Balls in boxes, each distinguishable or not (the twelvefold way, without restrictions)."""
    n, k = _count(match["n"], skeleton), _count(match["k"], skeleton)
    if n is None or k is None or not 1 <= k <= 40 or not 1 <= n <= 40:
        return None
    told = match["balls"].startswith(("not", "in", "identical"))
    if match["same"]:
        alike, boxes_alike = told, told
        if ("neither" in match["same"]) != told:
            return None
    else:
        alike, boxes_alike = told, match["boxes"].startswith(("not", "in", "identical"))
    if alike and boxes_alike:
        return num(_partitions(n, k))
    if alike:
        return app("binom", num(n + k - 1), num(k - 1))
    return num(sum(_blocks(n, j) for j in range(k + 1))) if boxes_alike else app("pow", num(k), num(n))


def _partitions(n: int, k: int) -> int:
    """Into at most k parts."""
    ways = [1] + [0] * n
    for part in range(1, k + 1):
        for total in range(part, n + 1):
            ways[total] += ways[total - part]
    return ways[n]


def _blocks(n: int, k: int) -> int:
    """Stirling numbers of the second kind."""
    terms = (Fraction((-1) ** (k - j) * comb(k, j) * j**n) for j in range(k + 1))
    total = sum(terms, Fraction(0))
    for j in range(2, k + 1):
        total /= j
    return int(total)


_ALIKE: Final = r"(?:not distinguishable|indistinguishable|identical|distinguishable|distinct|different)"
QUESTIONS: Final[Sequence[Template]] = (
    template(
        "how many",
        rf"{_HOW}ways (?:can|could) an? {_TEAM} of «(?P<k>\d+)»(?: {_ONES})? be (?:chosen|selected|formed|picked|made)"
        rf" from {_GROUP}",
        _chosen,
    ),
    template(
        "how many",
        rf"{_HOW}{_TEAM} of «(?P<k>\d+)»(?: {_ONES})? (?:can|could) be (?:chosen|selected|formed|picked"
        rf"|made) from {_GROUP}",
        _chosen,
    ),
    template(
        "how many",
        rf"{_HOW}ways can «(?P<k>\d+)» (?P<what>{_ONES}) be (?:chosen|selected) from (?:a (?:group|set|class|club"
        rf"|team) of )?"
        r"«(?P<n>\d+)»(?: (?:different |distinct )?(?P=what))?",
        _chosen,
    ),
    template(
        "how many",
        rf"{_HOW}(?:ways can an? {_TEAM} of «(?P<a>\d+)» (?P<first>[a-z]+) and «(?P<b>\d+)» (?P<second>[a-z]+) be"
        r" (?:chosen|selected|formed)) from (?:a group of |a class of )?«(?P<m>\d+)» (?P<third>[a-z]+) and «(?P<n>\d+)»"
        r" (?P<fourth>[a-z]+)",
        _mixed,
    ),
    template(
        "how many",
        rf"(?:(?:a|the|our|my) (?:[a-z]+ )?(?:club|team|class|group|committee) (?:has|of|consists of"
        rf"|with) «(?P<n>\d+)» "
        rf"{_MEMBERS} // )"
        rf"{_HOW}ways can (?:they|it|we|the (?:club|team|class|group|committee)|[a-z]+) (?:choose|elect|select|pick)"
        rf" (?P<roles>(?:(?:an?|the|and|,| )*{_ROLES})+){_ONCE}",
        _officers,
    ),
    template(
        "how many",
        rf"{_HOW}ways can (?P<roles>(?:(?:an?|the|and|,| )*{_ROLES})+) be (?:chosen|elected"
        rf"|selected) from {_GROUP}{_ONCE}",
        _officers,
    ),
    template(
        "how many",
        rf"{_HOW}ways can «(?P<n>\d+)» (?:{_PEOPLE}|(?:different|distinct) [a-z]+) (?:be (?:seated|arranged"
        rf"|lined up|placed)|sit"
        r"|stand|line up|arrange themselves|be seated) (?:in|on) (?:a|the) (?:straight |single )?(?:row|line|shelf"
        r"|bookshelf)"
        r"(?: of «(?P<chairs>\d+)» (?:chairs|seats))?",
        _row,
    ),
    template(
        "subsets",
        r"(?:how many|what is the (?:total )?number of|find the number of) (?:different |distinct )?subsets (?:does"
        r"|of|are there of|has)"
        r" (?:the |a )?(?:set )?(?:«(?P<set>\d+)»|with «(?P<n>\d+)» (?:distinct |different )?elements)(?: have"
        r"| are there)?",
        _subsets,
    ),
    template(
        "other",
        r"(?:(?:there are|at a party,? there are|a group of) )?(?:at a (?:party|meeting|conference"
        r"|gathering),? )?«(?P<n>\d+)» (?:people|persons"
        r"|teams|students|players|guests|friends)(?: (?:at|in) (?:a|the) [a-z]+)?(?: //|,| and) (?:if )?(?:each|every)"
        r" (?:one|person|team|student|player|guest|friend)? ?(?:shakes hands|plays|shakes the hand of|plays a game)"
        r"(?: exactly)?(?: once)? (?:with |against )?(?:each|every) other (?:one|person|team|student|player|guest"
        r"|friend)"
        r"(?: exactly)?(?: once)?(?: //|,) how many (?:total )?(?:handshakes|games|matches)(?: (?:are|will be|were"
        r"|take)"
        r"(?: there| played| place| exchanged)?(?: in (?:total|all))?| occur)?",
        _meetings,
    ),
    template(
        "outfits",
        r"(?:you have|i have|[a-z]+ has|[a-z]+ owns|there are) (?P<clothes>«\d+»"
        r" (?:pairs of )?(?:[a-z]+ )?[a-z]+(?:(?:, and |, | and )«\d+» (?:pairs of )?(?:[a-z]+ )?[a-z]+){1,3})"
        r" // how many (?:different |distinct |possible )*outfits(?: consisting of (?P<each>one [a-z ,]{3,80}?))?"
        r" (?:can (?:you|i|he|she|be) (?:make|made|wear|create|created)|are (?:possible|there))",
        _outfits,
    ),
    template(
        "boxes",
        r"how many ways (?:are there )?(?:to|can you|can we) (?:put|place|distribute) «(?P<n>\d+)» balls (?:in|into"
        r"|among) «(?P<k>\d+)» boxes"
        rf",? (?:if|given that|when|where) (?:the balls are (?P<balls>{_ALIKE})(?: (?P<same>and (?:neither"
        rf"|so) are the boxes)"
        rf"|,? (?:and|but) the boxes are (?P<boxes>{_ALIKE})))",
        _distributed,
    ),
)
