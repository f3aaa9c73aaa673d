"""Percentages, ratios and money: "an increase from 50 to 60 is 20%", "15% of 80 is 12".

`_RULES` is the list: rule, parameters in the order of the builder's arguments, and the value. A percentage is given
and claimed as the number before the sign: 20 for 20%. Rates are per year, `years` may be broken, `periods` is how
often a year interest is added. Several rows for one rule and set of parameters are readings of which the claim must
fail all to be refuted.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from verifiers.claims import Finance
from verifiers.expr import Apply, Expr, Num, app
from verifiers.kinds._judgement import compare, decide, obstacle, plain_value
from verifiers.kinds._terms import both, equal, minus, over, plus, power, times
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, undecided

Row: TypeAlias = tuple[str, tuple[str, ...], Callable[..., Expr]]


def verify(formula: Finance, budget: Budget) -> Verdict:
    """Computes what the rule gives and compares the claimed value."""
    parameters = dict(formula.parameters)
    if (problem := obstacle([*parameters.values(), formula.result], budget)) is not None:
        return problem
    if formula.rule == "ratio_shares":
        return _shares(parameters, formula.result)
    if any(plain_value(parameters[name]) == 0 for name in _NONZERO & parameters.keys()):
        return undecided(Reason.UNDEFINED, "a share of nothing")
    expected = [
        build(*(parameters[name] for name in names))
        for rule, names, build in _RULES
        if rule == formula.rule and set(names) == parameters.keys()
    ]
    if not expected:
        return undecided(Reason.UNSUPPORTED, f"{formula.rule} from {', '.join(parameters)}")
    what = f"The {_NAMES.get(formula.rule, formula.rule.replace('_', ' '))}"
    return compare(expected, _number(formula.result), f"percentage: {formula.rule}", what, budget)


def _number(result: Expr) -> Expr:
    """20% is claimed as 20."""
    return result.args[0] if isinstance(result, Apply) and result.head == "percent" else result


def _shares(parameters: dict[str, Expr], claimed: Expr) -> Verdict:
    ratio, total = parameters.get("ratio"), parameters.get("total")
    if not (isinstance(ratio, Apply) and total is not None and isinstance(claimed, Apply)):
        return undecided(Reason.UNSUPPORTED, "a ratio, a total and the shares are needed")
    parts, shares = ratio.args, claimed.args
    whole = plain_value(plus(*parts))
    if len(parts) != len(shares) or whole is None or whole == 0:
        return undecided(Reason.UNSUPPORTED, "as many shares as parts are needed")
    right = [over(times(total, part), plus(*parts)) for part in parts]
    values = [value for value in map(plain_value, right) if value is not None]
    if any(value.denominator != 1 for value in values):
        return undecided(Reason.INCONCLUSIVE, "shares that do not come out even")
    if sorted(values) == sorted(v for v in map(plain_value, shares) if v is not None):
        # Whose share is whose is not in the numbers.
        shares = tuple(map(Num, values))
    relation = both([equal(value, share) for value, share in zip(right, shares, strict=True)])
    return decide(relation, "percentage: ratio_shares", found=app("tuple", *map(Num, values)))


def _growth(percent: Expr) -> Expr:
    return plus(1, over(percent, 100))


def _loss(percent: Expr) -> Expr:
    return minus(1, over(percent, 100))


def _change(old: Expr, new: Expr) -> Expr:
    return times(100, over(minus(new, old), old))


def _compound(principal: Expr, rate: Expr, years: Expr, periods: Expr) -> Expr:
    return times(principal, power(plus(1, over(rate, times(100, periods))), times(periods, years)))


_NONZERO: Final = frozenset({"from", "whole", "cost", "percent", "periods"})

_RULES: Final[tuple[Row, ...]] = (
    ("percent_of", ("percent", "whole"), lambda p, w: times(over(p, 100), w)),
    ("fraction_of", ("fraction", "whole"), lambda f, w: times(f, w)),
    ("what_percent", ("part", "whole"), lambda a, w: times(100, over(a, w))),
    ("whole", ("percent", "part"), lambda p, a: over(times(100, a), p)),
    ("percent_increase", ("from", "to"), _change),
    ("percent_decrease", ("from", "to"), lambda a, b: app("neg", _change(a, b))),
    ("increased_by", ("percent", "whole"), lambda p, w: times(w, _growth(p))),
    ("decreased_by", ("percent", "whole"), lambda p, w: times(w, _loss(p))),
    # "A 20% discount on 50 is …" tells what is taken off or what is left; so with tips and taxes.
    ("taken_off", ("percent", "whole"), lambda p, w: times(over(p, 100), w)),
    ("taken_off", ("percent", "whole"), lambda p, w: times(w, _loss(p))),
    ("added", ("percent", "whole"), lambda p, w: times(over(p, 100), w)),
    ("added", ("percent", "whole"), lambda p, w: times(w, _growth(p))),
    ("simple_interest", ("principal", "rate", "years"), lambda p, r, t: times(p, over(r, 100), t)),
    ("simple_amount", ("principal", "rate", "years"), lambda p, r, t: times(p, plus(1, times(over(r, 100), t)))),
    ("compound_amount", ("principal", "rate", "years", "periods"), _compound),
    ("compound_interest", ("principal", "rate", "years", "periods"), lambda *a: minus(_compound(*a), a[0])),
    ("profit", ("cost", "price"), lambda c, s: minus(s, c)),
    ("loss", ("cost", "price"), lambda c, s: minus(c, s)),
    # Margins are told over the cost or over the selling price.
    ("profit_percent", ("cost", "price"), lambda c, s: times(100, over(minus(s, c), c))),
    ("profit_percent", ("cost", "price"), lambda c, s: times(100, over(minus(s, c), s))),
    ("loss_percent", ("cost", "price"), lambda c, s: times(100, over(minus(c, s), c))),
    ("loss_percent", ("cost", "price"), lambda c, s: times(100, over(minus(c, s), s))),
    ("successive_increase", ("first", "second"), lambda p, q: times(100, minus(times(_growth(p), _growth(q)), 1))),
    ("successive_decrease", ("first", "second"), lambda p, q: times(100, minus(1, times(_loss(p), _loss(q))))),
)  # fmt: skip

_NAMES: Final = {
    "percent_of": "percentage of the whole", "what_percent": "share in percent", "whole": "whole",
    "taken_off": "reduction", "added": "addition", "increased_by": "increased value", "decreased_by": "decreased value",
    "percent_increase": "increase in percent", "percent_decrease": "decrease in percent",
    "profit_percent": "profit in percent", "loss_percent": "loss in percent",
    "successive_increase": "increase over both steps in percent",
    "successive_decrease": "decrease over both steps in percent",
}  # fmt: skip
