"""Quantities in another unit of their scale: "seconds in 2.5 minutes"."""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.expr import Expr, num
from verifiers.extraction.results.matched import only, rational
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

_TIMES: Final = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800,
}  # fmt: skip
_LENGTHS: Final = {"inch": 1, "inche": 1, "foot": 12, "feet": 12, "yard": 36, "mile": 63_360}
_METRES: Final = {"millimeter": 1, "centimeter": 10, "meter": 1_000, "kilometer": 1_000_000}
_MONEY: Final = {"cent": 1, "penny": 1, "pennie": 1, "nickel": 5, "dime": 10, "quarter": 25, "dollar": 100}
_WEIGHTS: Final = {"gram": 1, "kilogram": 1_000}
_OUNCES: Final = {"ounce": 1, "pound": 16}
_SCALES: Final = (_TIMES, _LENGTHS, _METRES, _MONEY, _WEIGHTS, _OUNCES)
_UNITS: Final = "|".join(unit for scale in _SCALES for unit in scale)


def _converted(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    value = rational(only(match, skeleton))
    small, large = match["unit"], match["of"]
    for scale in _SCALES:
        if value is not None and small in scale and large in scale:
            return num(value * scale[large] / scale[small])
    return None


PHRASES: Final[Sequence[Template]] = (
    template(
        "how many",
        rf"(?:for )?how many (?P<unit>{_UNITS})s? (?:are (?:there )?|is )?in «\d+» (?P<of>{_UNITS})s?",
        _converted,
    ),
)
