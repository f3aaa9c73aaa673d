"""Restrictions that follow a noun: "less than 200", "that are divisible by 2, 3 and 5", "between 1 and 9"."""

import re
from typing import Final

from verifiers.expr import Expr, app
from verifiers.extraction.results.conditions import (
    COMPARED,
    COMPARISON,
    LIST,
    PROPERTIES,
    V,
    Value,
    adjective,
    both,
    condition,
    divided,
    listed,
)
from verifiers.extraction.results.skeleton import Skeleton

_GLUE: Final = re.compile(r"(?:, |and |but |, and |, but )")
_LINK: Final = r"(?:,? ?(?:that|which|who|and|and that|and which) (?:are|is) (?:also |both )?|,? ?are |,? ?(?:both )?)"


def restriction(rest: str, n: Expr, skeleton: Skeleton, value: Value) -> tuple[list[Expr], str] | None:
    """The condition at the start of the phrase under each reading, and what follows it."""
    glue = _GLUE.match(rest)
    if glue:
        rest = rest[glue.end() :]

    def tail(match: re.Match[str]) -> str:
        return rest[match.end() :].removeprefix(" ")

    if match := re.match(rf"{_LINK}(?:strictly )?({COMPARISON}) {V}", rest):
        bound = listed(match.group(2), skeleton)
        return ([app(COMPARED[match.group(1)], n, bound[0])], tail(match)) if bound else None
    if match := re.match(
        rf"{_LINK}(?:strictly |exclusively )?between {V} and {V}(,? \(?(?:inclusive|exclusive)(?:ly)?\)?,?)?", rest
    ):
        ends = listed(match.group(1) + match.group(2), skeleton)
        if ends is None:
            return None
        closed = app("and", app("ge", n, ends[0]), app("le", n, ends[1]))
        opened = app("and", app("gt", n, ends[0]), app("lt", n, ends[1]))
        if match.group(3):
            return [closed if "inclusive" in match.group(3) else opened], tail(match)
        if "strictly" in match.group() or "exclusively" in match.group():
            return [opened], tail(match)
        return [opened, closed], tail(match)
    if match := re.match(rf"{_LINK}from {V} (?:to|through) {V}(?:,? \(?inclusive\)?,?)?", rest):
        ends = listed(match.group(1) + match.group(2), skeleton)
        return ([app("and", app("ge", n, ends[0]), app("le", n, ends[1]))], tail(match)) if ends else None
    if match := re.match(
        rf"(?:(?:that|which) )?(?:leaves?|has|have|gives?|leaving|with) (?:a )?remainder (?:of )?{V} (?:when|if) "
        rf"(?:it is |they are )?divided by {V}",
        rest,
    ):
        pair = listed(match.group(1) + match.group(2), skeleton)
        return ([app("congruent", n, pair[0], pair[1])], tail(match)) if pair else None
    if match := re.match(
        rf"{_LINK}(not )?(?:evenly )?(divisible by|multiples? of|relatively prime (?:to|with)|coprime (?:to|with)"
        rf"|factors? of|divisors? of) {LIST}",
        rest,
    ):
        made = divided(match.group(2), match.group(3), n, skeleton)
        if made is None:
            return None
        return [app("not", made) if match.group(1) else made], tail(match)
    if match := re.match(rf"(?:that |which )(?:evenly )?divides? {V}", rest):
        target = listed(match.group(1), skeleton)
        return ([app("divides", n, target[0])], tail(match)) if target else None
    if match := re.match(
        r"(?:that|which) (?:are|is) (not )?(?:an? )?(odd|even|primes?|positive|negative|perfect squares?"
        r"|perfect cubes?|composite)(?: numbers?| integers?)?\b",
        rest,
    ):
        made_adjective = adjective(match.group(2).rstrip("s") if match.group(2) != "primes" else "prime", n, skeleton)
        if match.group(2).startswith("perfect"):
            made_adjective = [app(PROPERTIES[match.group(2).rstrip("s")], n)]
        if not made_adjective:
            return None
        whole = both(*made_adjective)
        return [app("not", whole) if match.group(1) else whole], tail(match)
    if match := re.match(
        rf"whose digits (?:sum|add up|add) to {V}|(?:whose|for which the|such that the) sum of (?:the "
        rf"|its )?digits is {V}",
        rest,
    ):
        total = listed(match.group(1) or match.group(2), skeleton)
        return ([app("eq", app("digit_sum", n), total[0])], tail(match)) if total else None
    if match := re.match(
        r"(?:such that|so that|for which|for what|satisfying|that satisf(?:y|ies)|which satisf(?:y|ies)|with|where"
        r"|have the property that)(?: it is true that| is it true that)?"
        r"(?: the (?:equation|inequality|inequalities|condition|conditions|congruence|relation|double inequality))? "
        r"(.+)",
        rest,
    ):
        made = condition(match.group(1), n, skeleton, value)
        return ([made], "") if made is not None else None
    if match := re.match(r"(satisfy|satisfies) (?:the (?:equation|inequality|condition|congruence) )?(.+)", rest):
        made = condition(match.group(2), n, skeleton, value)
        return ([made], "") if made is not None else None
    return None
