"""Things of several colours drawn from a bag without looking, with or without replacement."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.expr import Expr, app, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

_THINGS: Final = (
    r"(?:marbles?|balls?|socks?|chips?|tiles?|candies|beads?|jelly ?beans?|cards?|blocks?|pens?|apples?|shirts?"
    r"|coins?|cubes?)"
)
_COLOURS: Final = r"(?:red|blue|green|white|black|yellow|orange|purple|brown|pink|gray|grey|gold|silver)"
_HELD: Final = rf"«\d+» {_COLOURS}(?: {_THINGS})?"
_LARGEST: Final = 500


class _Bag(msgspec.Struct, frozen=True):
    colours: dict[str, int]
    drawn: int
    replaced: bool

    @property
    def total(self) -> int:
        return sum(self.colours.values())

    def ways(self, marked: int, hits: int) -> Expr:
        """Chance of exactly `hits` marked ones among the drawn."""
        misses = self.drawn - hits
        if self.replaced:
            share = Fraction(marked, self.total)
            return app("mul", app("binom", num(self.drawn), num(hits)), num(share**hits * (1 - share) ** misses))
        if hits > marked or misses > self.total - marked:
            return num(0)
        favourable = app(
            "mul", app("binom", num(marked), num(hits)), app("binom", num(self.total - marked), num(misses))
        )
        return app("div", favourable, app("binom", num(self.total), num(self.drawn)))


def _drawn(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    held = re.findall(rf"«(\d+)» ({_COLOURS})", match["held"])
    counts = [rational(skeleton.tree(slot)) for slot, _ in held]
    if None in counts or len({colour for _, colour in held}) != len(held) or len(held) < 2:
        return None
    colours = {colour: int(n) for (_, colour), n in zip(held, counts, strict=True) if n is not None}
    many = 1 if match["one"] else rational(skeleton.tree(match["many"]))
    how = (match["how"] or "") + (match["after"] or "")
    if (
        many is None
        or sum(colours.values()) > _LARGEST
        or any(n is None or n.denominator != 1 or n < 1 for n in counts)
    ):
        return None
    bag = _Bag(colours, int(many), "with replacement" in how)
    if not 1 <= bag.drawn <= 20 or (not bag.replaced and bag.drawn > bag.total):
        return None
    return _chance(match["event"], bag, skeleton)


def _chance(event: str, bag: _Bag, skeleton: Skeleton) -> Expr | None:
    n = bag.drawn
    if match := re.fullmatch(
        rf"(?P<all>both|all|all «(?P<many>\d+)»|it|the {_THINGS}|neither|none|at least one|exactly one)"
        rf"(?: of (?:the|them|the «\d+»))?(?: {_THINGS})?(?: drawn| chosen| selected| picked)? (?:is|are"
        rf"|will be) (?P<not>not )?(?:an? )?(?P<colour>{_COLOURS})"
        rf"(?: {_THINGS})?",
        event,
    ):
        colour, word = match["colour"], match["all"]
        if (
            colour not in bag.colours
            or (word == "both" and n != 2)
            or (match["many"] and rational(skeleton.tree(match["many"])) != n)
        ):
            return None
        marked = bag.colours[colour]
        if word.startswith(("it", "the")):
            if n != 1:
                return None
            return bag.ways(marked, 0 if match["not"] else 1)
        if match["not"] or n == 1:
            return None
        if word.startswith(("both", "all")):
            return bag.ways(marked, n)
        if word in ("neither", "none"):
            return bag.ways(marked, 0)
        return bag.ways(marked, 1) if word == "exactly one" else app("add", num(1), app("neg", bag.ways(marked, 0)))
    if n == 2 and re.fullmatch(
        rf"(?:they|both|the «?\d*»? ?{_THINGS}|both {_THINGS})(?: drawn)? (?:are|will be|have)"
        rf" (?:of )?(?:the )?(?:same|different) colou?rs?",
        event,
    ):
        same = app("add", *(bag.ways(marked, 2) for marked in bag.colours.values()))
        return same if "same" in event else app("add", num(1), app("neg", same))
    if n == 2 and (
        match := re.fullmatch(
            rf"one(?: {_THINGS})? is (?P<a>{_COLOURS}) and (?:one|the other)(?: {_THINGS})? is (?P<b>{_COLOURS})", event
        )
    ):
        a, b = bag.colours.get(match["a"]), bag.colours.get(match["b"])
        if a is None or b is None or match["a"] == match["b"]:
            return None
        if bag.replaced:
            return num(Fraction(2 * a * b, bag.total**2))
        return app("div", app("mul", num(a), num(b)), app("binom", num(bag.total), num(2)))
    return None


_HOW: Final = (
    r"(?: (?:at random|randomly|without replacement|with replacement|simultaneously|at once|without looking"
    r"|from the (?:bag|box|urn|jar|drawer)|at the same time))*"
)
_VERB: Final = r"(?:drawn|chosen|selected|picked|removed|taken|pulled)"
QUESTIONS: Final[Sequence[Template]] = (
    template(
        "probability",
        rf"(?:an?|the) (?:bag|box|jar|urn|drawer|basket|hat) (?:contains|has|holds)"
        rf" (?:exactly )?(?P<held>{_HELD}(?:(?:, and |, | and ){_HELD})+)"
        rf" // (?:if )?(?:(?P<one>a|one)|«(?P<many>\d+)»)(?: {_THINGS})? (?:is|are)"
        rf" (?:randomly )?{_VERB}(?P<how>{_HOW})(?: //|,) what is the probability that"
        r" (?P<event>[^/]+?)(?P<after> without replacement| with replacement)?",
        _drawn,
    ),
)
