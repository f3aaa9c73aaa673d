"""Digits of written numbers."""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.expr import Const, Expr, Sym, app, num
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template


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


QUESTIONS: Final[Sequence[Template]] = (
    template(
        "digit",
        r"what is the (?P<which>largest|greatest|smallest|least) (?:possible )?digit «\d+» (?:for which|such that"
        r"|so that) (?:the (?:number|integer) )?«\d+» is divisible by «\d+»",
        _digit,
    ),
)
