"""Statistics of given data: "the median of 3, 1, 7 is 3".

Where textbooks differ (variance over n or n - 1, quartiles) the claim is held against every definition and refuted
only when it fails all of them. Quartile methods are those of Hyndman and Fan, "Sample quantiles in statistical
packages" (1996), with the two ways of halving the data that schools teach.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Final, TypeAlias

from verifiers.claims import Statistic
from verifiers.expr import Apply, Expr, Num, Text, app
from verifiers.kinds._judgement import compare, decide, obstacle, plain_value
from verifiers.kinds._terms import leaf, minus, over, plus, root, square, times
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, undecided

Values: TypeAlias = Sequence[Fraction]


def verify(formula: Statistic, budget: Budget) -> Verdict:
    """Computes the measure from the data by every textbook definition and compares the claimed value."""
    data = formula.data
    if not data:
        return undecided(Reason.UNDEFINED, "no data")
    if (problem := obstacle([*data, formula.result], budget)) is not None:
        return problem
    if len(data) > budget.bounds.nodes // 8:
        return undecided(Reason.TOO_LARGE, f"{len(data)} values")
    values = [value for value in map(plain_value, data) if value is not None]
    if len(values) != len(data):
        return undecided(Reason.UNSUPPORTED, "data that are no rational numbers")
    if formula.measure == "mode":
        return _mode(values, formula.result)
    expected = _MEASURES[formula.measure](values)
    if not expected:
        return undecided(Reason.UNDEFINED, f"{formula.measure.replace('_', ' ')} of {len(values)} values")
    what = f"The {formula.measure.replace('_', ' ')} of the {len(values)} values"
    return compare(expected, formula.result, f"statistics: {formula.measure}", what, budget)


def _mode(values: Values, claimed: Expr) -> Verdict:
    counts = Counter(values)
    most = max(counts.values())
    modes = sorted(value for value, count in counts.items() if count == most)
    method = "statistics: mode"
    found: Expr = Num(modes[0]) if len(modes) == 1 else app("set", *map(Num, modes))
    if isinstance(claimed, Text) and claimed.value == "none":
        # Data whose values all occur equally often are said to have no mode, or every value as one.
        return decide(app("eq", leaf(most), leaf(min(counts.values()))), method, found=found, text="There is a mode.")
    members = claimed.args if isinstance(claimed, Apply) and claimed.head in ("set", "list", "tuple") else (claimed,)
    named = [plain_value(member) for member in members]
    if any(value is None for value in named):
        return undecided(Reason.UNSUPPORTED, "a mode that is no rational number")
    for value in named:
        if value not in modes:
            occurs = counts[value] if value is not None else 0
            relation = app("ge", leaf(occurs), leaf(most))
            text = f"{value} occurs {_times(occurs)}, {modes[0]} occurs {_times(most)}."
            return decide(relation, method, found=found, text=text)
    if len(set(named)) < len(modes):
        return undecided(Reason.AMBIGUOUS, "the data have several modes")
    return decide(app("eq", leaf(len(set(named))), leaf(len(modes))), method, found=found)


def _times(count: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _mean(values: Values) -> Expr:
    return over(plus(*values), len(values))


def _squares(values: Values) -> Expr:
    mean = sum(values, Fraction(0)) / len(values)
    return plus(*(square(minus(value, mean)) for value in values))


def _variances(values: Values) -> list[Expr]:
    population = over(_squares(values), len(values))
    return [population] if len(values) < 2 else [population, over(_squares(values), len(values) - 1)]


def _between(ordered: Values, position: Fraction) -> Fraction:
    """The value at a 1-based position, linear between neighbours and constant beyond the ends."""
    position = min(max(position, Fraction(1)), Fraction(len(ordered)))
    below = floor(position)
    part = position - below
    return ordered[below - 1] if part == 0 else ordered[below - 1] * (1 - part) + ordered[below] * part


def _median(values: Values) -> Fraction:
    ordered = sorted(values)
    return _between(ordered, Fraction(len(ordered) + 1, 2))


def _quartile_pairs(values: Values) -> list[tuple[Fraction, Fraction]]:
    """Lower and upper quartile by every method."""
    ordered = sorted(values)
    n = len(ordered)
    if n < 2:
        return []
    half = n // 2
    pairs = [(_median(ordered[:half]), _median(ordered[n - half :]))]
    inclusive = n - half
    pairs.append((_median(ordered[:inclusive]), _median(ordered[n - inclusive :])))
    quarter = Fraction(1, 4)
    third, eighth = Fraction(1, 3), Fraction(3, 8)
    for a, b in ((0, 0), (0, 1), (Fraction(1, 2), 0), (1, -1), (third, third), (eighth, quarter), (Fraction(1, 2), 1)):
        low, high = (a + (n + b) * p for p in (quarter, 1 - quarter))
        pairs.append((_between(ordered, Fraction(low)), _between(ordered, Fraction(high))))
        for rounding in (floor, lambda x: -floor(-x), lambda x: floor(x + Fraction(1, 2))):
            pairs.append((_between(ordered, Fraction(rounding(low))), _between(ordered, Fraction(rounding(high)))))
    return list(dict.fromkeys(pairs))


def _quartile(pick: Callable[[tuple[Fraction, Fraction]], Fraction]) -> Callable[[Values], list[Expr]]:
    def measure(values: Values) -> list[Expr]:
        return [Num(value) for value in dict.fromkeys(pick(pair) for pair in _quartile_pairs(values))]

    return measure


def _geometric(values: Values) -> list[Expr]:
    return [app("root", times(*values), leaf(len(values)))] if all(v >= 0 for v in values) else []


def _harmonic(values: Values) -> list[Expr]:
    return [over(len(values), plus(*(over(1, v) for v in values)))] if all(v > 0 for v in values) else []


_MEASURES: Final[Mapping[str, Callable[[Values], list[Expr]]]] = {
    "mean": lambda v: [_mean(v)],
    "median": lambda v: [Num(_median(v))],
    "range": lambda v: [minus(max(v), min(v))],
    "variance": _variances,
    "standard_deviation": lambda v: [root(variance) for variance in _variances(v)],
    "sum": lambda v: [plus(*v)],
    "count": lambda v: [leaf(len(v))],
    "minimum": lambda v: [Num(min(v))],
    "maximum": lambda v: [Num(max(v))],
    "lower_quartile": _quartile(lambda pair: pair[0]),
    "upper_quartile": _quartile(lambda pair: pair[1]),
    "interquartile_range": _quartile(lambda pair: pair[1] - pair[0]),
    "geometric_mean": _geometric,
    "harmonic_mean": _harmonic,
}  # fmt: skip
