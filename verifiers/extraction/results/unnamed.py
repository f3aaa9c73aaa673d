"""Numbers that a question names by no letter: two of them by sum, difference and product; consecutive ones by sum."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from verifiers.expr import Const, Expr, Sym, app, free_symbols, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton, is_relation
from verifiers.extraction.results.template import Template, template

_ENDS: Final = {
    "smallest": 0, "least": 0, "first": 0, "smaller": 0, "largest": -1, "greatest": -1, "last": -1, "larger": -1,
}  # fmt: skip


def _two(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """Of two real numbers by two of their sum s, difference d and product p."""
    told = {match[word]: rational(skeleton.tree(match[slot])) for word, slot in (("w1", "v1"), ("w2", "v2"))}
    if (
        len(told) != 2
        or rational(skeleton.tree(match["two"])) != 2
        or None in told.values()
        or "negative" in (match["sort"] or "")
    ):
        return None
    s, d, p = (told.get(word) for word in ("sum", "difference", "product"))
    positive = "positive" in (match["sort"] or "")
    if d is not None and (d < 0 or (s is None and not positive)):
        return None
    if s is not None and d is not None:
        square = d * d
    elif s is not None and p is not None:
        square = s * s - 4 * p
    else:
        square = (d or Fraction(0)) ** 2
    if square < 0:
        return None
    gap = app("sqrt", num(square)) if d is None else num(d)
    total: Expr = num(s) if s is not None else app("sqrt", num(square + 4 * (p or 0)))
    product: Expr = num(p) if p is not None else num(((s or Fraction(0)) ** 2 - square) / 4)
    asked = match["asked"]
    if asked in ("larger", "greater", "bigger", "smaller", "lesser"):
        sign = gap if asked in ("larger", "greater", "bigger") else app("neg", gap)
        return app("div", app("add", total, sign), num(2))
    squares = app("add", app("pow", total, num(2)), app("neg", app("mul", num(2), product)))
    if asked.startswith("sum of") and "squares" in asked:
        return squares
    if asked.startswith("sum of") and "reciprocals" in asked:
        return app("div", total, product) if product != num(0) else None
    return {"sum": total, "product": product}.get(asked, gap)


def _consecutive(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    many, total = rational(skeleton.tree(match["many"])), rational(skeleton.tree(match["total"]))
    if many is None or total is None or many.denominator != 1 or not 2 <= many <= 200:
        return None
    sort, k = match["sort"] or "", int(many)
    step = 2 if "odd" in sort or "even" in sort else 1
    first = (total - Fraction(step * k * (k - 1), 2)) / k
    if first.denominator != 1 or ("odd" in sort and first % 2 != 1) or ("even" in sort and first % 2):
        return None
    if "positive" in sort and first <= 0:
        return None
    members = [first + step * j for j in range(k)]
    which = match["which"]
    if which in ("middle", "median"):
        return num(members[k // 2]) if k % 2 else None
    if which == "product":
        return app("mul", *(num(member) for member in members)) if k <= 12 else None
    return num(members[_ENDS[which]])


def _solutions(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    relation = skeleton.tree(match["relation"])
    if relation is None or not is_relation(relation) or len(letters := free_symbols(relation)) != 1:
        return None
    letter = Sym(next(iter(letters)))
    within = app("such_that", letter, app("and", app("in", letter, Const("reals")), relation))
    measure = {"sum": "total", "product": "multiplied", "average": "mean", "larger": "greatest", "smaller": "least"}
    return app("call", Sym(measure.get(match["which"], "spread")), within)


_THESE: Final = r"(?: (?:of|between) (?:these|the|those) (?:two |«\d+» )?(?:integers|numbers))?"
QUESTIONS: Final[Sequence[Template]] = (
    template(
        "numbers",
        r"(?:if )?the (?P<w1>sum|difference|product) (?:of|between) «(?P<two>\d+)» (?P<sort>(?:positive |real "
        r"|distinct |whole )*)numbers is"
        r" «(?P<v1>\d+)»,? (?:and|while) (?:their|the) (?P<w2>sum|difference|product)(?: of the"
        r" (?:«\d+» )?numbers)? is «(?P<v2>\d+)»"
        r"(?: //|,) (?:what is|find|compute|determine) (?:the |their )?(?:positive )?(?P<asked>larger|greater|bigger"
        r"|smaller|lesser|difference|sum of the"
        r" squares|sum of their squares|sum of the reciprocals|sum of their reciprocals|product|sum)"
        r"(?: (?:number|of the (?:«\d+» )?numbers|of these (?:«\d+» )?numbers|between the (?:«\d+» )?numbers"
        r"|of the «\d+»))?",
        _two,
    ),
    template(
        "consecutive",
        r"(?:if )?the sum of «(?P<many>\d+)» consecutive (?P<sort>(?:positive |odd |even )*)(?:integers|numbers"
        r"|whole numbers) is «(?P<total>\d+)»"
        r"(?: //|,) (?:what is|find) the (?:value of the )?(?P<which>smallest|least|first|largest|greatest|last"
        r"|middle|median|smaller|larger|product)"
        rf"(?: (?:one|integer|number))?{_THESE}",
        _consecutive,
    ),
    template(
        "solutions",
        r"the (?:quadratic )?(?:equation )?«(?P<relation>\d+)» has (?:two|«\d+») (?:distinct |real "
        r"|different )*(?:solutions|roots) // (?:what is|find)"
        r" the (?:positive )?(?P<which>difference|sum|product|average|larger|smaller)(?: (?:between|of) (?:these"
        r"|the|its|those)(?: «\d+»)?"
        r" (?:solutions|roots))?",
        _solutions,
    ),
)
