"""Fair coins that are tossed: how many of them come up heads."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from verifiers.expr import Expr, app, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

_MOST: Final = 60
_FACE: Final = r"(?:heads?|tails?)"
_ASK: Final = r"(?:what is|what's|find|compute|determine|calculate) (?:the )?probability (?:(?:that|of) )?"
_FAIR: Final = r"(?:(?:fair|standard|ordinary|regular|normal|unbiased|balanced|identical|two-sided|«\d+»-sided),? )*"
_TOSSED: Final = r"(?:tossed|flipped|thrown|tosses|flips|throws|toss|flip|throw)"
_TIMES: Final = r"(?P<times>twice|thrice|once|«\d+» times)"
_WHO: Final = r"(?:you|i|we|he|she|[a-z]+)"
_AND: Final = r"(?: simultaneously| together| at once| at the same time| in a row| independently)*"
_RECORDED: Final = r"(?: and the sequence of (?:heads and tails|tosses|results|outcomes) is recorded)?"
_SETUPS: Final = (
    rf"(?:a|one|the same) {_FAIR}coin is {_TOSSED} {_TIMES}",
    rf"(?:{_WHO} )?{_TOSSED} (?:a|one) {_FAIR}coin {_TIMES}",
    rf"(?:(?:{_WHO} )?{_TOSSED} )?(?P<coins>a pair of|«\d+») {_FAIR}coins(?: are {_TOSSED})?",
)
_TOSSES: Final = (
    rf"(?:tossing|flipping|throwing) (?:a|one) {_FAIR}coin {_TIMES}",
    rf"(?:tossing|flipping|throwing) (?P<coins>«\d+») {_FAIR}coins",
    rf"{_WHO} {_TOSSED} (?:a|one) {_FAIR}coin {_TIMES}",
    rf"(?:a|one) {_FAIR}coin (?:is {_TOSSED} )?{_TIMES}",
    rf"(?P<coins>«\d+») {_FAIR}coins(?: are {_TOSSED})?",
    rf"(?P<coins>«\d+») {_FAIR}(?:coin )?(?:tosses|flips|throws)(?: of (?:a|one) {_FAIR}coin)?",
)
_EVENT: Final = r"(?P<event>[^/]+?)"
_LED: Final = re.compile(
    r"(?:getting|obtaining|tossing|flipping|throwing|seeing|observing|there (?:is|are|will be)|it (?:lands"
    r"|comes up)(?: on)?"
    r"|(?:you|he|she|i|we|they|it|[a-z]+) (?:will )?(?:gets?|has|have|obtains?|tosses|tosse?s?|flips?|sees?|throws?)"
    r"|the (?:coin|coins|sequence|result) (?:contains?|has|have|lands?|comes? up|shows?|includes?|will land"
    r"|consists? of)(?: on)?) "
)
_QUANTIFIED: Final = re.compile(
    r"(?P<how>exactly |at least |at most |only |no more than |no fewer than |no less than |more than |fewer than "
    rf"|less than )?"
    rf"(?:of )?(?P<k>«\d+»|an?|one|no|zero)(?: of (?:the|them|the «\d+»)(?: coins?| tosses| flips)?"
    rf"| coins?| tosses| flips)?(?: (?:land|lands|come|comes|show|shows|turn|turns|is|are)(?: up| on)?)?"
    rf" (?P<face>{_FACE})(?: up)?(?: (?:come|comes|turns?) up| appears?| occurs?| (?:is|are) (?:obtained|tossed"
    rf"|flipped|thrown))?"
)
_ALL: Final = re.compile(
    r"(?P<all>both|all|all (?:the )?«(?P<n>\d+)»|every|each|neither|none|no)(?: of (?:the|them|the «\d+»))?(?: coins?"
    rf"| tosses"
    rf"| toss| flips?| flip)?(?: (?:will )?(?:land|lands|come|comes|show|shows|turn|turns|is|are|be|result|results)"
    rf"(?: up| on| in)?)? (?P<face>{_FACE})(?: up)?"
)
_NOT: Final = re.compile(r"not (?:getting |tossing |flipping |obtaining )?(?P<what>all .+)")
_BOTH_COUNTED: Final = re.compile(
    r"(?:exactly )?(?P<k>«\d+»|an?|one) (?P<face>heads?|tails?) and (?:exactly )?(?P<m>«\d+»|an?"
    r"|one) (?!(?P=face)s?)(?:heads?|tails?)"
)
_TIMES_OVER: Final = re.compile(rf"{_FACE} (?:all |on all )?(?P<n>both|«\d+») (?:times|tosses|flips)")
_SAME: Final = re.compile(
    r"(?:both|all|the|they|all (?:the )?«\d+»|the «\d+»)(?: (?:coins|tosses|flips))? (?:land on|show|are|have|come up"
    r"|land|match|get)"
    r"(?: all)?(?: up)?(?: the)?(?: same)?(?: (?:side|face|result|outcome|way))?(?: up)?|all heads or all tails"
    r"|the same (?:result|face|side)"
)
_EACH: Final = re.compile(
    r"(?:at least )?one head and (?:at least )?one tail|at least one of each|a head and a tail"
    r"|one of each"
)
_MORE: Final = re.compile(r"(?P<which>more|fewer) (?P<a>heads|tails) than (?:heads|tails)")
_PARITY: Final = re.compile(rf"an (?P<parity>even|odd) number of {_FACE}")

Meets = Callable[[int], bool]
"""Of the number of heads, or of tails, which is as likely."""


def _chance(match: re.Match[str], skeleton: Skeleton) -> tuple[Expr, ...] | None:
    said = match.groupdict()
    n = _tosses(said, skeleton)
    if n is None or not 1 <= n <= _MOST:
        return None
    found = []
    for meets in _meets((said["event"] or "").strip(" ,") + (said.get("rest") or ""), n, skeleton):
        terms = [app("binom", num(n), num(k)) for k in range(n + 1) if meets(k)]
        total = app("add", *terms) if len(terms) > 1 else terms[0] if terms else num(0)
        found.append(app("div", total, app("pow", num(2), num(n))))
    return tuple(found) or None


def _tosses(said: Mapping[str, str | None], skeleton: Skeleton) -> int | None:
    times = said.get("times")
    if times in ("once", "twice", "thrice"):
        return {"once": 1, "twice": 2, "thrice": 3}[times]
    if said.get("coins") == "a pair of":
        return 2
    slot = re.search(r"\d+", times or said.get("coins") or "")
    many = rational(skeleton.tree(slot.group())) if slot else None
    return int(many) if many is not None and many.denominator == 1 else None


def _meets(text: str, n: int, skeleton: Skeleton) -> list[Meets]:
    if (match := _NOT.fullmatch(text)) is not None:
        return [_other(meets) for meets in _meets(match["what"], n, skeleton)]
    found = _bare(text, n, skeleton) or _bare(_LED.sub("", text, count=1), n, skeleton)
    pieces = re.sub(r"^either ", "", _LED.sub("", text, count=1)).split(" or ")
    if found or len(pieces) != 2:
        return found
    sides = [_of_heads(piece, n, skeleton) for piece in pieces]
    first, second = sides
    return [_either(first, second)] if first is not None and second is not None else []


def _of_heads(piece: str, n: int, skeleton: Skeleton) -> Meets | None:
    """An event that names one face, as one of the number of heads."""
    found = _bare(piece, n, skeleton)
    if not found or ("head" in piece) == ("tail" in piece):
        return None
    meets = found[0]
    return meets if "head" in piece else lambda k: meets(n - k)


def _other(meets: Meets) -> Meets:
    return lambda k: not meets(k)


def _either(first: Meets, second: Meets) -> Meets:
    return lambda k: first(k) or second(k)


def _bare(bare: str, n: int, skeleton: Skeleton) -> list[Meets]:
    if match := _QUANTIFIED.fullmatch(bare):
        k = _number(match["k"], skeleton)
        return [] if k is None else _counts((match["how"] or "").strip(), k, n)
    if match := _ALL.fullmatch(bare):
        told = rational(skeleton.tree(match["n"])) if match["n"] else n
        if told != n or (match["all"] in ("both", "neither") and n != 2):
            return []
        none = match["all"] in ("neither", "none", "no")
        return [lambda k: k == (0 if none else n)]
    if match := _BOTH_COUNTED.fullmatch(bare):
        k, rest = (_number(match[name], skeleton) for name in "km")
        return [lambda j: j == k] if k is not None and rest is not None and k + rest == n else []
    if match := _TIMES_OVER.fullmatch(bare):
        told = 2 if match["n"] == "both" else rational(skeleton.tree(match["n"].strip("«»")))
        return [lambda k: k == n] if told == n else []
    if _SAME.fullmatch(bare) and re.search(r"same|match|or all", bare):
        return [lambda k: k in (0, n)]
    if _EACH.fullmatch(bare):
        if "at least" in bare or n == 2:
            return [lambda k: 0 < k < n]
        return []
    if _MORE.fullmatch(bare) and len(set(re.findall(_FACE, bare))) == 2:
        return [lambda k: 2 * k > n]
    if match := _PARITY.fullmatch(bare):
        odd = match["parity"] == "odd"
        found: list[Meets] = [lambda k: k % 2 == odd]
        return found if n % 2 else []
    if n == 1 and re.fullmatch(r"heads|tails|a head|a tail", bare):
        return [lambda k: k == 1]
    return []


def _number(said: str, skeleton: Skeleton) -> int | None:
    if said in ("a", "an", "one"):
        return 1
    if said in ("no", "zero"):
        return 0
    value = rational(skeleton.tree(said.strip("«»")))
    return int(value) if value is not None and value.denominator == 1 and value >= 0 else None


def _counts(how: str, k: int, n: int) -> list[Meets]:
    """Without a word on it, "2 heads in 5 tosses" are exactly two, and for some at least two."""
    if k > n:
        return []
    match how:
        case "exactly" | "only":
            return [lambda j: j == k]
        case "at least" | "no fewer than" | "no less than":
            return [lambda j: j >= k]
        case "at most" | "no more than":
            return [lambda j: j <= k]
        case "more than":
            return [lambda j: j > k]
        case "fewer than" | "less than":
            return [lambda j: j < k]
    if k == 0 or k == n:
        return [lambda j: j == k]
    return [lambda j: j == k, lambda j: j >= k]


QUESTIONS: Final[Sequence[Template]] = (
    *(
        template("probability", rf"(?:if |when |suppose )?{setup}{_AND}{_RECORDED}(?: //|,) {_ASK}{_EVENT}", _chance)
        for setup in _SETUPS
    ),
    template(
        "probability",
        rf"{_ASK}(?P<event>(?:exactly |at least |at most )?(?:one|«\d+»)) of (?P<coins>«\d+») {_FAIR}coins"
        rf"(?P<rest> (?:land|come up|show|are|turn up)(?: on)? {_FACE})",
        _chance,
    ),
    *(
        template("probability", rf"{_ASK}{_EVENT} (?:when|if|after|by|in|from|with|on) {tosses}{_AND}", _chance)
        for tosses in _TOSSES
    ),
)
