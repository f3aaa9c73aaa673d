"""Digits of written numbers."""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num
from verifiers.extraction.results.matched import only, rational
from verifiers.extraction.results.skeleton import Skeleton, is_relation
from verifiers.extraction.results.template import Template, template

_MOST_ZEROS: Final = 1_000


def _digit(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """The largest or smallest digit N that makes 2345N divisible by a number."""
    letter, numeral, divisor = re.findall(r"«(\d+)»", match.group())
    name, by = skeleton.tree(letter), skeleton.tree(divisor)
    digits = skeleton.slots[int(numeral)].text.strip()
    if not isinstance(name, Sym) or by is None or not re.fullmatch(rf"\d*{re.escape(name.name)}\d*", digits):
        return None
    before, after = digits.split(name.name)
    whole = app(
        "add", num(int((before or "0") + "0" + after)), app("mul", num(10 ** len(after)), name)
    )  # fmt: skip
    low = 0 if before else 1
    condition = app(
        "and", app("in", name, Const("integers")), app("ge", name, num(low)), app("le", name, num(9)),
        app("divides", by, whole),
    )  # fmt: skip
    least = match["which"] in ("smallest", "least")
    return app("call", Sym("least" if least else "greatest"), app("such_that", name, condition))


def _zeros(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """Zeros at the end of a whole number: the greatest k with 10^k dividing it."""
    tree = only(match, skeleton)
    if tree is None or is_relation(tree) or free_symbols(tree):
        return None
    return _power_in(num(10), tree)


def _power_in(base: Expr, whole: Expr) -> Expr:
    exponent = Sym("k_")
    condition = app(
        "and", app("in", exponent, Const("integers")), app("ge", exponent, num(0)),
        app("le", exponent, num(_MOST_ZEROS)),
        app("divides", app("pow", base, exponent), whole),
    )  # fmt: skip
    return app("call", Sym("greatest"), app("such_that", exponent, condition))


def _largest_power(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """The largest n such that 2^n divides 20!"""
    letter, power, whole = (skeleton.tree(index) for index in re.findall(r"«(\d+)»", match.group()))
    if not isinstance(power, Apply) or power.head != "pow" or power.args[1] != letter or whole is None:
        return None
    base = rational(power.args[0])
    if base is None or base.denominator != 1 or base < 2 or is_relation(whole) or free_symbols(whole):
        return None
    return _power_in(power.args[0], whole)


def _last_digits(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    tree, many = skeleton.tree(match["number"]), rational(skeleton.tree(match["many"]))
    if tree is None or is_relation(tree) or free_symbols(tree) or many is None or many not in (2, 3, 4):
        return None
    return app("mod", tree, num(10 ** int(many)))


def _decimal_digit(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """The n-th digit behind the point of a fraction."""
    place = re.match(r"\d{1,4}", skeleton.slots[int(match["place"])].text)
    value = rational(skeleton.tree(match["number"]))
    if place is None or value is None or value < 0 or int(place.group()) < 1:
        return None
    shifted = app(
        "mod",
        app("mul", num(value.numerator), app("pow", num(10), num(int(place.group()) - 1))),
        num(value.denominator),
    )
    return app("floor", app("div", app("mul", num(10), shifted), num(value.denominator)))


def _to_ten(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    ten = rational(skeleton.tree(match["ten"])) if match["ten"] else 10
    tree = skeleton.tree(match["number"])
    return tree if ten == 10 and isinstance(tree, Apply) and tree.head == "based" else None


QUESTIONS: Final[Sequence[Template]] = (
    template(
        "digit",
        r"what is the (?P<which>largest|greatest|smallest|least) (?:possible )?digit «\d+» (?:for which|such that"
        r"|so that) (?:the (?:number|integer) )?«\d+» is divisible by «\d+»",
        _digit,
    ),
    template(
        "zero",
        r"(?:how many (?:trailing )?zeroe?s are (?:there )?at the end of (?:the )?"
        r"(?:decimal (?:representation|expansion) of |number |product |expansion of )*«\d+»"
        r"|how many (?:trailing )?zeroe?s does (?:the (?:number|product) )?«\d+» (?:end (?:with|in)|have at the end)"
        r"|how many trailing zeroe?s (?:are (?:there )?in «\d+»|does «\d+» have)"
        r"|(?:what is|find|determine|compute) the number of (?:trailing zeros|trailing zeroes"
        r"|zeros at the end) (?:of|in) «\d+»)",
        _zeros,
    ),
    template(
        "divides",
        r"(?:what is|find|determine|compute) the (?:largest|greatest) (?:positive )?(?:integer|value of"
        r"|integer value of|possible integer)"
        r" «\d+» (?:such that|for which|so that) «\d+» (?:evenly )?divides «\d+»",
        _largest_power,
    ),
    template(
        "digits",
        r"(?:what are|what is|find|compute|determine) the (?:last|final|rightmost) «(?P<many>\d+)» digits (?:of"
        r"|in) (?:the (?:number|integer"
        r"|product|sum|value|value of|decimal representation of) )?«(?P<number>\d+)»",
        _last_digits,
    ),
    template(
        "decimal",
        r"(?:what is|find|determine) the «(?P<place>\d+)» digit (?:to the right of|after|past"
        r"|beyond|behind) the decimal point"
        r"(?: in| of| when)(?: the)?(?: decimal)?(?: (?:representation|expansion"
        r"|equivalent))?(?: of)? «(?P<number>\d+)»"
        r"(?: is (?:written|expressed) as a decimal| is expressed in decimal form)?",
        _decimal_digit,
    ),
    template(
        "base",
        r"(?:what is|convert|express|write|find) (?:the )?(?:base-? ?«\d+» )?(?:number |numeral )?«(?P<number>\d+)»"
        r" (?:(?:when )?(?:written|expressed|as a number) )?(?:to|in|into) base[- ](?:ten|«(?P<ten>\d+)»)",
        _to_ten,
    ),
)
