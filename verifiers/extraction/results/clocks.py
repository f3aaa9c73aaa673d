"""The angle between the hands of a clock."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Expr, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

_TIME: Final = (
    r"(?:exactly )?(?:(?P<half>half past |quarter past |quarter to |a quarter past |a quarter to )«(?P<past>\d+)»"
    r"|«(?P<h>\d+)»(?: ?: ?«(?P<m>\d+)»)?)(?: ?(?:o'clock|a\.?m\.?|p\.?m\.?))?(?: in the (?:morning|afternoon"
    r"|evening))?"
)
_WHICH: Final = r"(?P<which>smaller|lesser|acute|minor|smallest|larger|greater|reflex|obtuse|largest|)"
_DEGREES: Final = r"(?:,? (?:in|measured in) degrees,?)?"
_ANGLE: Final = (
    rf"(?:the )?(?:(?:degree )?measure{_DEGREES} of the |number of degrees in the |size of the )?{_WHICH} ?"
    rf"angle{_DEGREES}(?: (?:that is )?(?:formed|made|measured))? (?:between|by|of) the (?:(?:hour"
    rf"|minute)(?: hand)? and (?:the )?(?:hour|minute) hands?"
    r"|(?:«\d+» )?hands)(?: (?:of|on) (?:a|an|the|this) (?:(?:standard|regular|analog|analogue|circular|normal|accurate"
    r"|«\d+»[- ]hour),? )*(?:clock|watch))?"
)
_AT: Final = (
    r"(?:at|when (?:the time is|it is|(?:the|it) ?(?:clock )?(?:shows|reads|strikes|says))|if (?:the time is"
    r"|it is))"
)
_FIND: Final = r"(?:find|what is|what's|compute|calculate|determine)(?:,? in degrees,?)?"


def _hands(match: re.Match[str], skeleton: Skeleton) -> tuple[Expr, ...] | None:
    time = _time(match, skeleton)
    if time is None:
        return None
    hour, minute = time
    gap = abs(30 * hour - Fraction(11, 2) * minute)
    small = min(gap, 360 - gap)
    match match["which"]:
        case "":
            return tuple(num(value) for value in dict.fromkeys((small, 360 - small)))
        case "acute" if small >= 90:
            return None
        case "obtuse" if small <= 90:
            return None
        case "larger" | "greater" | "reflex" | "largest":
            return (num(360 - small),)
    return (num(small),)


def _time(match: re.Match[str], skeleton: Skeleton) -> tuple[Fraction, Fraction] | None:
    """Hour on the dial and minute; the hour hand moves on with the minutes."""
    if match["half"]:
        hour = rational(skeleton.tree(match["past"]))
        minutes = 30 if "half" in match["half"] else 15
        if hour is None or hour.denominator != 1 or not 1 <= hour <= 12:
            return None
        return ((hour - 1) % 12, Fraction(45)) if " to" in match["half"] else (hour % 12, Fraction(minutes))
    tree = skeleton.tree(match["h"])
    if isinstance(tree, Apply) and tree.head in ("ratio", "clock") and len(tree.args) == 2 and not match["m"]:
        hour, minute = (rational(part) for part in tree.args)
    else:
        hour, minute = rational(tree), rational(skeleton.tree(match["m"])) if match["m"] else Fraction(0)
    if hour is None or minute is None or hour.denominator != 1 or minute.denominator != 1:
        return None
    return (hour % 12, minute) if 0 <= hour <= 24 and 0 <= minute < 60 else None


QUESTIONS: Final[Sequence[Template]] = (
    template("angle", rf"{_FIND} {_ANGLE}{_DEGREES} {_AT} {_TIME}{_DEGREES}", _hands),
    template("angle", rf"{_AT} {_TIME},? {_FIND} {_ANGLE}{_DEGREES}", _hands),
    template("angle", rf"how many degrees (?:are|is)(?: there)? in {_ANGLE} {_AT} {_TIME}", _hands),
    template("angle", rf"{_AT} {_TIME},? how many degrees (?:are|is)(?: there)? in {_ANGLE}", _hands),
)
