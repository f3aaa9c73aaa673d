"""Conditions on numbers in words or symbols: "x is divisible by 2 or 3", "the sum of its digits is 7"."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from verifiers.expr import Apply, Expr, Num, app, num, walk
from verifiers.extraction.results.skeleton import Skeleton, is_relation

Value: TypeAlias = Callable[[str], Expr | None]

MOST_CUTS: Final = 5
"""Conjunctions in one condition; each is tried as the place to cut."""

V: Final = r"(«\d+»)"
LIST: Final = (
    r"((?:both |each of |all of |either |neither )?«\d+»(?:(?:, (?:and |or |nor )?| and | or | nor )"
    r"(?:by |of )?«\d+»)*)"
)
COMPARED: Final = {
    "less than or equal to": "le", "no more than": "le", "no greater than": "le", "not greater than": "le",
    "not exceeding": "le", "at most": "le", "not more than": "le", "up to": "le",
    "greater than or equal to": "ge", "no less than": "ge", "not less than": "ge", "at least": "ge",
    "less than": "lt", "smaller than": "lt", "below": "lt", "under": "lt",
    "greater than": "gt", "larger than": "gt", "more than": "gt", "bigger than": "gt", "above": "gt", "exceeding": "gt",
}  # fmt: skip
COMPARISON: Final = "|".join(COMPARED)
PROPERTIES: Final = {
    "integer": "is_integer", "whole number": "is_integer", "prime": "is_prime", "prime number": "is_prime",
    "perfect square": "is_square", "square": "is_square", "square of an integer": "is_square",
    "perfect cube": "is_cube", "cube": "is_cube", "cube of an integer": "is_cube",
}  # fmt: skip
_PLAIN: Final = frozenset({"add", "mul", "neg", "pow"})


def both(*conditions: Expr) -> Expr:
    flat: list[Expr] = []
    for condition in conditions:
        if isinstance(condition, Apply) and condition.head == "and":
            flat.extend(condition.args)
        else:
            flat.append(condition)
    return flat[0] if len(flat) == 1 else app("and", *flat)


def condition(text: str, n: Expr, skeleton: Skeleton, value: Value) -> Expr | None:
    """A condition in words or symbols; conjunctions are cut at "and" where both sides can be read."""
    text = text.strip().rstrip(",").strip()
    for made in _conditions(text, n, skeleton, value):
        if made is not None:
            return made
    cuts = list(re.finditer(r",? and |, (?:and |but )?|,? where |,? with | but |,? such that ", text))
    if len(cuts) > MOST_CUTS:
        return None
    for cut in cuts:
        left = condition(text[: cut.start()], n, skeleton, value)
        if left is not None:
            right = condition(text[cut.end() :], n, skeleton, value)
            if right is not None:
                return both(left, right)
    return None


def _conditions(text: str, n: Expr, skeleton: Skeleton, value: Value) -> Iterator[Expr | None]:
    if match := re.fullmatch(
        r"(?:the (?:equation|inequality|number|expression) )?«(\d+)»(?: holds| is satisfied| is true)?", text
    ):
        tree = skeleton.tree(match.group(1))
        yield tree if is_relation(tree) else None
        return
    if match := re.fullmatch(r"(?:the )?(?:expression|fraction|function) «(\d+)» is (?:not defined|undefined)", text):
        yield _undefined(skeleton.tree(match.group(1)))
        return
    if match := re.fullmatch(r"(.+?) (?:is|are|be|to be) (?:both )?(not )?(?:an? |the )?(.+)", text):
        yield _is(value(match.group(1)), match.group(3), match.group(2) is not None, n, skeleton, value)
    if match := re.fullmatch(
        r"(?:is|are) (?:the (?:expression|fraction|number|quantity|value of) )?(«\d+») (?:also )?(not )?"
        r"(?:equal to )?(?:an? )?(.+)",
        text,
    ):
        yield _is(value(match.group(1)), match.group(3), match.group(2) is not None, n, skeleton, value)
    if match := re.fullmatch(rf"(?:does )?{V} (?:evenly )?divides? (?:evenly into )?{V}", text):
        pair = listed(text, skeleton)
        yield app("divides", *pair) if pair else None
    if match := re.fullmatch(rf"{V} (?:equals|equal) (.+)", text):
        left, right = value(match.group(1)), value(match.group(2))
        yield app("eq", left, right) if left is not None and right is not None else None
    if match := re.fullmatch(
        rf"(?:{V} )?(?:leaves?|has|have|gives?) (?:a )?remainder (?:of )?{V} (?:when|if|upon) (?:it is )?"
        rf"(?:divided|division) by {V}",
        text,
    ):
        subject = listed(match.group(1), skeleton) if match.group(1) else [n]
        pair = listed(match.group(2) + match.group(3), skeleton)
        yield app("congruent", subject[0], pair[0], pair[1]) if subject and pair else None
    if match := re.fullmatch(
        rf"(?:the )?(?:sum of (?:the|its) digits|digit sum|sum of the digits of {V}) (?:is|equals) {V}", text
    ):
        subject = listed(match.group(1), skeleton) if match.group(1) else [n]
        total = listed(match.group(2), skeleton)
        yield app("eq", app("digit_sum", subject[0]), total[0]) if subject and total else None


def adjective(word: str, variable: Expr, skeleton: Skeleton) -> list[Expr] | None:
    zero = num(0)
    if word in ("distinct", "different", "possible", "whole", "integer", "unique", "such", "integral"):
        return [] if word != "whole" else [app("ge", variable, zero)]
    if word in ("natural", "natural-number", "counting", "positive"):
        return [app("gt", variable, zero)]
    if word == "negative":
        return [app("lt", variable, zero)]
    if word in ("non-negative", "nonnegative"):
        return [app("ge", variable, zero)]
    if word in ("nonzero", "non-zero"):
        return [app("ne", variable, zero)]
    if word in ("odd", "even"):
        return [app("congruent", variable, num(1 if word == "odd" else 0), num(2))]
    if word in ("prime", "perfect square"):
        return [app(PROPERTIES[word], variable)]
    if word == "composite":
        return [app("gt", variable, num(1)), app("not", app("is_prime", variable))]
    digits = re.fullmatch(r"«(\d+)»[- ]digit", word)
    if digits and isinstance(count := skeleton.tree(digits.group(1)), Num) and 1 <= count.value <= 12:
        low = num(10 ** (int(count.value) - 1))
        return [app("ge", variable, low), app("lt", variable, num(10 ** int(count.value)))]
    return None


def listed(text: str, skeleton: Skeleton) -> list[Expr] | None:
    found = [skeleton.tree(index) for index in re.findall(r"«(\d+)»", text)]
    return None if any(tree is None or is_relation(tree) for tree in found) else [t for t in found if t is not None]


def divided(word: str, names: str, n: Expr, skeleton: Skeleton) -> Expr | None:
    targets = listed(names, skeleton)
    if not targets:
        return None
    if word.startswith(("divisible", "multiple")):
        made: list[Expr] = [app("divides", target, n) for target in targets]
    elif word.startswith(("relatively", "coprime")):
        made = [app("eq", app("gcd", n, target), num(1)) for target in targets]
    else:
        made = [app("divides", n, target) for target in targets]
    if names.startswith("neither"):
        return both(*(app("not", one) for one in made))
    if len(made) == 1:
        return made[0]
    return app("or", *made) if " or " in names else app("and", *made)


def _undefined(tree: Expr | None) -> Expr | None:
    """A quotient of plain polynomials has no value where its denominator vanishes."""
    if not isinstance(tree, Apply) or tree.head != "div":
        return None
    if any(isinstance(node, Apply) and node.head not in _PLAIN for side in tree.args for node in walk(side)):
        return None
    return app("eq", tree.args[1], num(0))


def _is(subject: Expr | None, said: str, denied: bool, n: Expr, skeleton: Skeleton, value: Value) -> Expr | None:
    if subject is None:
        return None
    said = re.sub(r"^(?:an? |also )", "", said).strip()
    made: Expr | None = None
    if said in PROPERTIES:
        made = app(PROPERTIES[said], subject)
    elif match := re.fullmatch(
        r"(?:also )?(positive|negative|non-?negative|odd|even|prime|composite|nonzero)(?: integers?| numbers?)?", said
    ):
        parts = adjective(match.group(1), subject, skeleton)
        made = both(*parts) if parts else None
        if made is not None and "integer" in said:
            made = both(app("is_integer", subject), made)
    elif match := re.fullmatch(
        rf"(?:evenly )?(divisible by|multiples? of|relatively prime (?:to|with)|coprime (?:to|with)|factors? of"
        rf"|divisors? of) {LIST}",
        said,
    ):
        made = divided(match.group(1), match.group(2), subject, skeleton)
    elif match := re.fullmatch(rf"(?:strictly )?({COMPARISON}) {V}", said):
        bound = listed(match.group(2), skeleton)
        made = app(COMPARED[match.group(1)], subject, bound[0]) if bound else None
    elif match := re.fullmatch(r"(?:equal to )?(.+)", said):
        other = value(match.group(1))
        made = app("eq", subject, other) if other is not None else None
    if made is None:
        return None
    return app("not", made) if denied else made
