"""Percentages of known wordings: shares, changes, several changes one after the other.

A number of percent may be written as "28%", "28" or "0.28", and a decrease with or without its sign. What would have
to be rounded is left alone.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Expr, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton

N: Final = r"\$?«(\d+)»(?: dollars)?"
P: Final = r"⟨(\d+)⟩"
_PERCENT: Final = r"(?:percent|percentage|per cent|%)"
_WHAT: Final = rf"(?:what|which|how many) {_PERCENT}"
_UP: Final = r"(?:increased?|increases|raised|raises|rises|rose|grows|grew|marked up|goes up|went up|gains|gained)"
_DOWN: Final = (
    r"(?:decreased?|decreases|reduced|reduces|lowered|falls|fell|drops|dropped|discounted|marked down|goes down"
    r"|went down"
    r"|cut|loses|lost)"
)
_COUNTED: Final = re.compile(r"population|people|students|number of|members|employees|books|animals")
"""What comes in whole numbers, so that its share is rounded."""
_MORE: Final = r"(?:more|greater|larger|higher|bigger)"
_LESS: Final = r"(?:less|smaller|lower|fewer)"
_THING: Final = r"(?:a|an|the|its|his|her) [a-z' ]{2,40}?"
_STEP: Final = (
    r"(?:it |the (?:new |resulting |reduced |increased )?(?:price|result|number|value|amount|salary|population) )"
    r"(?:is |was )?(?:then |later )?"
)
_FURTHER: Final = r"(?:another |an additional |a further )"
_CHAIN: Final = (
    rf"(?P<v1>{_UP}|{_DOWN}) by ⟨(?P<p1>\d+)⟩(?P<more>(?:(?:,| //)? ?(?:and |but )?(?:then |afterwards |later "
    rf"|subsequently )?(?:{_STEP})?"
    rf"(?:(?:{_UP}|{_DOWN})(?: again)? by {_FURTHER}?|by {_FURTHER}|{_FURTHER})⟨\d+⟩)+)(?: (?:afterwards|later|again))?"
)
_NEXT: Final = re.compile(rf"(?:(?P<verb>{_UP}|{_DOWN})(?: again)? by )?(?:by )?{_FURTHER}?⟨(?P<p>\d+)⟩")
_MOST_STEPS: Final = 6
_WHOLE: Final = r"(?:net |overall |total |resulting |final |equivalent |single )*"


def percents(text: str, skeleton: Skeleton) -> tuple[Expr, ...]:
    """Readings of a whole question, its sentences joined by " // ", that asks for a number of percent."""
    if "percent" not in text and "discount" not in text and "per cent" not in text:
        return ()
    words = _marked(text, skeleton)
    if words.count("⟨") > _MOST_STEPS:
        return ()
    for pattern, share in _SHARES:
        if (match := pattern.fullmatch(words)) is not None:
            value = share(match, skeleton)
            return () if value is None or (10_000 * value).denominator != 1 else _written(value)
    return ()


def amounts(text: str, skeleton: Skeleton) -> tuple[Expr, ...]:
    """Readings of a whole question that asks for what a number becomes, or was, by percentages."""
    words = _marked(text, skeleton)
    if not 1 <= words.count("⟨") <= _MOST_STEPS:
        return ()
    for pattern, amount in _AMOUNTS:
        if (match := pattern.fullmatch(words)) is not None:
            value = amount(match, skeleton)
            whole = value is not None and value.denominator == 1
            broken = value is None or (100 * value).denominator != 1 or (not whole and _COUNTED.search(words))
            return () if broken or value is None else (num(value),)
    return ()


def _marked(text: str, skeleton: Skeleton) -> str:
    """Slots of percent as `⟨k⟩`."""
    text = re.sub(r"«(\d+)» ?(?:percent|per cent)\b(?! (?:more|less|of what))", r"⟨\1⟩", text)

    def put(match: re.Match[str]) -> str:
        tree = skeleton.tree(match.group(1))
        return f"⟨{match.group(1)}⟩" if isinstance(tree, Apply) and tree.head == "percent" else match.group()

    return re.sub(r"«(\d+)»", put, text)


def _rate(slot: str, skeleton: Skeleton) -> Fraction | None:
    tree = skeleton.tree(slot)
    if isinstance(tree, Apply) and tree.head == "percent":
        tree = tree.args[0]
    value = rational(tree)
    return None if value is None or value < 0 else value / 100


def _factor(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    """What the changes of a chain multiply by."""
    steps = [(match["v1"], match["p1"]), *((m["verb"], m["p"]) for m in _NEXT.finditer(match["more"]))]
    factor, verb = Fraction(1), match["v1"]
    for said, slot in steps:
        rate, verb = _rate(slot, skeleton), said or verb
        if rate is None or (re.fullmatch(_DOWN, verb) and rate > 1):
            return None
        factor *= 1 + rate if re.fullmatch(_UP, verb) else 1 - rate
    return factor


def _written(share: Fraction) -> tuple[Expr, ...]:
    values = (100 * abs(share), abs(share), -100 * abs(share), -abs(share))
    return tuple(num(value) for value in dict.fromkeys(values if share else (Fraction(0),)))


def _numbers(match: re.Match[str], skeleton: Skeleton) -> tuple[Fraction, Fraction] | None:
    first, second = (rational(skeleton.tree(match[name])) for name in "ab")
    return None if first is None or second is None or first <= 0 or second <= 0 else (first, second)


def _share(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    """`a` of the whole `b`."""
    pair = _numbers(match, skeleton)
    return None if pair is None else pair[0] / pair[1]


def _change(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    """From `b` to `a`; what is called more must be more."""
    pair = _numbers(match, skeleton)
    if pair is None:
        return None
    share = (pair[0] - pair[1]) / pair[1]
    said = match.groupdict().get("way") or ""
    up, down = re.fullmatch(rf"{_UP}|{_MORE}|increase", said), re.fullmatch(rf"{_DOWN}|{_LESS}|decrease|discount", said)
    again = match.groupdict().get("again") or ""
    if (up and again in ("decrease", "discount")) or (down and again == "increase"):
        return None
    return None if (up and share < 0) or (down and share > 0) else share


def _net(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    factor = _factor(match, skeleton)
    if factor is None:
        return None
    said = match.groupdict().get("way") or ""
    return (
        None if (said == "increase" and factor < 1) or (said in ("decrease", "discount") and factor > 1) else factor - 1
    )


def _discounts(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    rates = [_rate(slot, skeleton) for slot in re.findall(r"⟨(\d+)⟩", match.group())]
    factor = Fraction(1)
    for rate in rates:
        if rate is None or rate > 1:
            return None
        factor *= 1 - rate
    return factor - 1 if len(rates) > 1 else None


def _becomes(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    start, factor = rational(skeleton.tree(match["a"])), _factor(match, skeleton)
    return None if start is None or factor is None else start * factor


def _once(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    start, rate = rational(skeleton.tree(match["a"])), _rate(match["p"], skeleton)
    if start is None or rate is None:
        return None
    up = re.fullmatch(rf"{_UP}|{_MORE}", match["way"])
    return start * (1 + rate if up else 1 - rate)


def _whole(match: re.Match[str], skeleton: Skeleton) -> Fraction | None:
    part, rate = rational(skeleton.tree(match["a"])), _rate(match["p"], skeleton)
    return None if part is None or not rate else part / rate


_A: Final = r"\$?«(?P<a>\d+)»(?: dollars)?"
_B: Final = r"\$?«(?P<b>\d+)»(?: dollars)?"
_NAMED: Final = r"(?:the number |the price |the value )?"


def _ask_change(group: str) -> str:
    return (
        rf"(?:what is|what's|what was|find|calculate|compute|determine) the {_WHOLE}{_PERCENT} {_WHOLE}"
        rf"(?P<{group}>change|increase|decrease|discount)"
        r"(?: in (?:the |its |his |her )?(?:original )?[a-z' ]{2,40}| of the [a-z ]{2,30})?"
    )


_SHARES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Skeleton], Fraction | None]], ...]] = tuple(
    (re.compile(pattern), share)
    for pattern, share in (
        (rf"{_WHAT} of {_NAMED}{_B} is {_NAMED}{_A}", _share),
        (rf"{_NAMED}{_A} is {_WHAT} of {_NAMED}{_B}", _share),
        (rf"(?:what is|express|write|find) {_A} (?:out )?of {_B} as a {_PERCENT}", _share),
        (rf"(?:by )?{_WHAT} (?P<way>{_MORE}|{_LESS}) is {_NAMED}{_A} than {_NAMED}{_B}", _change),
        (rf"(?:by )?{_WHAT} is {_NAMED}{_A} (?P<way>{_MORE}|{_LESS}) than {_NAMED}{_B}", _change),
        (rf"{_NAMED}{_A} is {_WHAT} (?P<way>{_MORE}|{_LESS}) than {_NAMED}{_B}", _change),
        (rf"{_ask_change('way')} from {_B} to {_A}", _change),
        (
            r"(?:if )?(?:the (?:price|cost|value|population|salary|number|amount|weight|height"
            rf"|temperature)[a-z' ]{{0,40}}?|{_THING})"
            rf" (?:is |was |has )?(?P<way>{_UP}|{_DOWN}|changes|changed) from {_B} to {_A}(?: //"
            rf"|,) {_ask_change('again')}",
            _change,
        ),
        (
            rf"(?:if )?(?:the |a |an )?[a-z' ]{{2,60}}? (?:is |was |are |has been )?(?:first )?{_CHAIN}(?: //|,) "
            rf"(?:then )?{_ask_change('way')}",
            _net,
        ),
        (
            r"(?:two |three |«\d+» )?successive discounts of ⟨\d+⟩(?:(?:, and |, | and )⟨\d+⟩)+ (?:are"
            rf"|is) equivalent to a single"
            rf" discount of {_WHAT}",
            _discounts,
        ),
        (
            r"(?:what|find the|what is the) (?:single|one"
            rf"|equivalent)(?: single)?(?: {_PERCENT})? discount (?:is )?(?:that is )?"
            r"(?:equivalent|equal) to (?:two |«\d+» )?(?:successive|consecutive) discounts of ⟨\d+⟩(?:(?:, and |, "
            r"| and )⟨\d+⟩)+",
            _discounts,
        ),
    )
)
_ASK_AMOUNT: Final = (
    r"(?:what is|what's|what was|find|calculate|compute|determine) (?:the|its|his|her) (?:final |new |sale |resulting "
    r"|discounted |reduced |current )*"
    r"(?:price|result|number|value|amount|cost|salary|population|size)(?: of the [a-z]+| now| after (?:the )?(?:both "
    r"|two |these )?(?:changes|discounts))?"
)
_AMOUNTS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Skeleton], Fraction | None]], ...]] = tuple(
    (re.compile(pattern), amount)
    for pattern, amount in (
        (rf"(?:what is |find |compute )?{_A} (?P<way>{_UP}|{_DOWN}) by ⟨(?P<p>\d+)⟩", _once),
        (rf"(?P<way>increase|decrease|reduce) {_A} by ⟨(?P<p>\d+)⟩", _once),
        (rf"what (?:number )?is ⟨(?P<p>\d+)⟩ (?P<way>{_MORE}|{_LESS}) than {_A}", _once),
        (rf"⟨(?P<p>\d+)⟩ of what number is {_A}", _whole),
        (rf"{_A} is ⟨(?P<p>\d+)⟩ of what(?: number)?", _whole),
        (
            r"(?:if )?(?:an? |the )?(?:(?:number|original price|price|salary|population|value"
            rf"|[a-z]+)[a-z' ]{{0,40}}? (?:is|was|costs|of) )?{_A}"
            r"(?: [a-z]+)?(?:(?: //|,)? (?:it|the price|the number|the salary|the value))?(?: and)? (?:is "
            rf"|was )?(?:first )?{_CHAIN}(?: //|,) {_ASK_AMOUNT}",
            _becomes,
        ),
    )
)
