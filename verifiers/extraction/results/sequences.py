"""Terms of arithmetic and geometric sequences."""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.expr import Expr, app, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template


def _term(match: re.Match[str], skeleton: Skeleton) -> Expr | None:
    """The n-th term of an arithmetic or geometric sequence from its first two terms."""
    slots = [skeleton.slots[int(index)] for index in re.findall(r"«(\d+)»", match.group())]
    found = [rational(slot.expr) for slot in slots[:2]]
    place = re.fullmatch(
        r"(\d{1,5})\s*(?:\^\s*)?\{?(?:\\(?:text|mathrm|rm)\s*\{?)?\s*(?:st|nd|rd|th)?[}\s]*", slots[-1].text
    )
    if len(slots) != 3 or place is None or None in found:
        return None
    first, second = (value for value in found if value is not None)
    n = int(place.group(1))
    if not 1 <= n <= 10_000 or not first:
        return None
    if match["sort"] == "arithmetic":
        return num(first + (n - 1) * (second - first))
    return app("mul", num(first), app("pow", num(second / first), num(n - 1)))


QUESTIONS: Final[Sequence[Template]] = (
    template(
        "term",
        r"in (?:the|an?) (?P<sort>arithmetic|geometric) (?:sequence|progression) with (?:a )?first term "
        r"(?:of )?«\d+» and (?:a )?second term (?:of )?«\d+», what is the «\d+» term",
        _term,
    ),
)
