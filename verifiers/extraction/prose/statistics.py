"""Statistics in words: "the median of 3, 1, 7 is 3", "for the data 2, 4, 9 the mean is 5"."""

import re
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, get_args

from verifiers.claims import Claim, Statistic
from verifiers.expr import Expr, Text, app
from verifiers.extraction.prose.phrases import DATA, END, IS, UNIT, Phrase, V, bare, vocabulary

Measure: TypeAlias = Literal[
    "mean", "median", "mode", "range", "variance", "standard_deviation", "lower_quartile", "upper_quartile",
    "interquartile_range", "geometric_mean", "harmonic_mean",
]  # fmt: skip

_NAMES: Final = (
    r"(?P<geometric_mean>geometric mean)|(?P<harmonic_mean>harmonic mean)|(?P<mean>(?:arithmetic )?mean|average)"
    r"|(?P<median>median)|(?P<mode>mode)|(?P<interquartile_range>inter-?quartile range|iqr)|(?P<range>range)"
    r"|(?:sample |population )?(?:(?P<variance>variance)|(?P<standard_deviation>standard deviation))"
    r"|(?P<lower_quartile>lower quartile|first quartile|q1)|(?P<upper_quartile>upper quartile|third quartile|q3)"
)
_HINTS: Final = vocabulary(
    """
    mean average median mode range variance deviation quartile iqr q
    """
)
_SET: Final = (
    r"(?:the )?(?:data |numbers |values |scores |data set |dataset |set |list |test scores |observations"
    r" )?(?:of )?[\[{(]?"
    rf"(?P<data>{DATA})[\]}})]?"
)
_OF: Final = re.compile(
    rf"\b(?:{_NAMES}) (?:value )?of {_SET} (?:{IS}) (?P<result>{V}){UNIT}(?: and (?P<second>{V}))?{END}", re.IGNORECASE
)
_NO_MODE: Final = re.compile(rf"\b(?P<mode>)(?P<data>{DATA}) ha(?:s|ve) no mode{END}", re.IGNORECASE)
_FOR: Final = re.compile(
    rf"\bfor {_SET},? the (?:{_NAMES}) (?:{IS}) (?P<result>{V}){UNIT}(?: and (?P<second>{V}))?{END}", re.IGNORECASE
)


def find(phrase: Phrase) -> Iterator[Claim]:
    if phrase.words.isdisjoint(_HINTS):
        return
    for pattern in (_OF, _FOR):
        for match in pattern.finditer(phrase.text):
            yield from _claim(phrase, match)
    for match in _NO_MODE.finditer(phrase.text):
        data = phrase.data(match["data"])
        if data is not None and phrase.asserts(match.start(), match.end()):
            formula = Statistic(measure="mode", data=data, result=Text("none"))
            yield phrase.claim(match.start(), match.end(), formula)


def _claim(phrase: Phrase, match: re.Match[str]) -> Iterator[Claim]:
    data = phrase.data(match["data"])
    measure = next((name for name in get_args(Measure) if match[name] is not None), None)
    result, _ = bare(phrase.first(match["result"]))
    if data is None or len(data) < 2 or measure is None or result is None:
        return
    if not phrase.asserts(match.start(), match.end()):
        return
    if match["second"] is not None:
        other, _ = bare(phrase.first(match["second"]))
        if measure != "mode" or other is None:
            return
        result = app("set", result, other)
    values: tuple[Expr, ...] = tuple(value for datum in data for value in [bare(datum)[0]] if value is not None)
    yield phrase.claim(match.start(), match.end(), Statistic(measure=measure, data=values, result=result))
