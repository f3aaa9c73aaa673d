"""Noun phrases for sets of numbers: "positive integers less than 200 that are divisible by 2, 3 and 5".

A phrase is read from left to right; whatever is not understood makes the whole phrase unread. The set comes out as
`such_that(n, conditions)`, ready to be counted, summed or searched by `kinds/result`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from verifiers.expr import Apply, Const, Expr, Num, Sym, app, free_symbols, num, walk
from verifiers.extraction.results.skeleton import Skeleton, is_relation

Value: TypeAlias = Callable[[str], Expr | None]

HIDDEN: Final = Sym("n_")
"""The letter of a set whose members the question did not name."""

MOST_CUTS: Final = 5
"""Conjunctions in one condition; each is tried as the place to cut."""

_ADJECTIVES: Final = (
    "positive|negative|non-?negative|natural-number|odd|even|prime|composite|distinct|different|possible|whole"
    "|natural|counting|real|integer"
    "|perfect square|base-? ?«\\d+»|«\\d+»-digit|«\\d+» digit|palindromic|consecutive|unique|such|integral|square"
    "|rational|nonzero|non-zero"
)
_NOUNS: Final = (
    "integers?|numbers?|primes?|perfect squares?|perfect cubes?|multiples?|divisors?|factors?|values?"
    "|integer values?|squares|cubes"
)
_HEAD: Final = re.compile(
    rf"(?:all |the |a |an |of |these |other )*(?P<adjectives>(?:(?:{_ADJECTIVES}),? (?:and )?)*)(?P<noun>{_NOUNS})\b ?"
)
_NAME: Final = re.compile(r"(?:of |for )?«(\d+)» ?")
_OF: Final = re.compile(r"of (?:the (?:number|integer) )?(«\d+») ?")
_GLUE: Final = re.compile(r"(?:, |and |but |, and |, but )")
_LINK: Final = r"(?:,? ?(?:that|which|who|and|and that|and which) (?:are|is) (?:also |both )?|,? ?are |,? ?(?:both )?)"
_V: Final = r"(«\d+»)"
_LIST: Final = (
    r"((?:both |each of |all of |either |neither )?«\d+»(?:(?:, (?:and |or |nor )?| and | or | nor )"
    r"(?:by |of )?«\d+»)*)"
)
_COMPARED: Final = {
    "less than or equal to": "le", "no more than": "le", "no greater than": "le", "not greater than": "le",
    "not exceeding": "le", "at most": "le", "not more than": "le", "up to": "le",
    "greater than or equal to": "ge", "no less than": "ge", "not less than": "ge", "at least": "ge",
    "less than": "lt", "smaller than": "lt", "below": "lt", "under": "lt",
    "greater than": "gt", "larger than": "gt", "more than": "gt", "bigger than": "gt", "above": "gt", "exceeding": "gt",
}  # fmt: skip
_COMPARISON: Final = "|".join(_COMPARED)
_PROPERTIES: Final = {
    "integer": "is_integer", "whole number": "is_integer", "prime": "is_prime", "prime number": "is_prime",
    "perfect square": "is_square", "square": "is_square", "square of an integer": "is_square",
    "perfect cube": "is_cube", "cube": "is_cube", "cube of an integer": "is_cube",
}  # fmt: skip


_SOLVED: Final = re.compile(
    r"(?:all |the |of |«\d+» )*(?P<sort>(?:(?:distinct|different|real|positive|negative|integer|integral|complex"
    r"|possible),? )*)"
    r"(?:real )?(?:solutions?|roots?|zeros|zeroes)(?: «(?P<letter>\d+)»)? (?:to|of|for|in) (?:the )?"
    r"(?:(?:quadratic|following|polynomial|cubic|quartic|equation|function|inequality) )*«(?P<relation>\d+)»"
)


_PLAIN: Final = frozenset({"add", "mul", "neg", "pow"})


def both(*conditions: Expr) -> Expr:
    flat: list[Expr] = []
    for condition in conditions:
        if isinstance(condition, Apply) and condition.head == "and":
            flat.extend(condition.args)
        else:
            flat.append(condition)
    return flat[0] if len(flat) == 1 else app("and", *flat)


def members(phrase: str, skeleton: Skeleton, value: Value) -> tuple[Expr, tuple[Expr, ...]] | None:
    """The set a noun phrase names, under each of its readings ("between 1 and 9" with and without its ends)."""
    if (solved := _SOLVED.fullmatch(phrase)) is not None:
        return _solutions(solved, skeleton)
    head = _HEAD.match(phrase)
    if head is None:
        return None
    rest = phrase[head.end() :]
    adjectives = re.findall(_ADJECTIVES, head["adjectives"])
    noun = head["noun"].rstrip("s") if head["noun"] != "primes" else "prime"
    conditions: list[Expr] = []
    if noun in ("multiple", "divisor", "factor"):
        of = re.match(r"of (.+?)(?= (?:that|which|less|between|are|greater)\b|$) ?", rest)
        target = value(of.group(1)) if of else None
        if of is None or target is None:
            return None
        rest = rest[of.end() :]
        variable: Expr = HIDDEN
        conditions.append(app("divides", target, variable) if noun == "multiple" else app("divides", variable, target))
        if noun != "multiple" and not {"negative", "integer", "integral"} & set(adjectives):
            adjectives.append("positive")
    else:
        variable, rest = _variable(rest, skeleton)
    if not isinstance(variable, Sym):
        if not (isinstance(variable, Apply) and is_relation(variable)):
            return None
        letters = free_symbols(variable)
        if len(letters) != 1:
            return None
        conditions.append(variable)
        variable = Sym(next(iter(letters)))
    integral = noun in (
        "integer",
        "prime",
        "perfect square",
        "perfect cube",
        "square",
        "cube",
        "multiple",
        "divisor",
        "factor",
        "integer value",
    )
    for adjective in adjectives:
        integral = (
            integral
            or adjective
            in (
                "odd",
                "even",
                "prime",
                "composite",
                "whole",
                "natural",
                "counting",
                "integer",
                "integral",
                "perfect square",
            )
            or "digit" in adjective
        )
        made = _adjective(adjective, variable, skeleton)
        if made is None:
            return None
        conditions.extend(made)
    if noun in ("prime", "perfect square", "perfect cube", "square", "cube"):
        conditions.append(app(_PROPERTIES[noun], variable))
        if noun != "prime" and "negative" not in adjectives:
            conditions.append(app("ge", variable, num(0)))
    if not integral and (noun not in ("value", "number") or variable == HIDDEN):
        return None
    readings: list[list[Expr]] = [[]]
    while rest:
        step = _restriction(rest, variable, skeleton, value)
        if step is None:
            return None
        options, rest = step
        if len(options) > 1:
            readings = [[*reading, option] for reading in readings for option in options]
        else:
            for reading in readings:
                reading.append(options[0])
    if not integral:
        return _in_the_field("real" in adjectives or len(adjectives) > 0, variable, conditions, readings)
    base = [app("in", variable, Const("integers")), *conditions]
    if len(base) == 1 and not any(readings) and variable == HIDDEN:
        return None
    sets = tuple(app("such_that", variable, both(*base, *reading)) for reading in readings)
    return sets[0], sets[1:]


def _in_the_field(
    real: bool, variable: Expr, conditions: list[Expr], readings: list[list[Expr]]
) -> tuple[Expr, tuple[Expr, ...]]:
    """Numbers of no stated sort: the real ones, and where nothing says "real" all of them as another reading."""
    sorts = ("reals",) if real else ("reals", "complexes")
    sets = [
        app("such_that", variable, both(app("in", variable, Const(sort)), *conditions, *reading))
        for sort in sorts
        for reading in readings
    ]
    return sets[0], tuple(sets[1:])


def _solutions(solved: re.Match[str], skeleton: Skeleton) -> tuple[Expr, tuple[Expr, ...]] | None:
    relation = skeleton.tree(solved["relation"])
    if relation is None:
        return None
    if not is_relation(relation):
        if "equation" in solved.group():
            return None
        relation = app("eq", relation, num(0))
    named = skeleton.tree(solved["letter"]) if solved["letter"] else None
    letters = free_symbols(relation)
    if len(letters) != 1 or (named is not None and named != Sym(next(iter(letters)))):
        return None
    variable = Sym(next(iter(letters)))
    words = re.findall(r"[a-z]+", solved["sort"])
    conditions = [
        made
        for word in words
        if word in ("positive", "negative")
        for made in _adjective(word, variable, skeleton) or ()
    ]
    if {"integer", "integral"} & set(words):
        return app("such_that", variable, both(app("in", variable, Const("integers")), *conditions, relation)), ()
    real = "real" in solved.group() or "positive" in words or "negative" in words
    return _in_the_field(real, variable, [*conditions, relation], [[]])


def _variable(rest: str, skeleton: Skeleton) -> tuple[Expr, str]:
    name = _NAME.match(rest)
    if (
        name is not None
        and (tree := skeleton.tree(name.group(1))) is not None
        and (isinstance(tree, Sym) or is_relation(tree))
    ):
        return tree, rest[name.end() :].removeprefix(", ") if isinstance(tree, Sym) else rest[name.end() :]
    return HIDDEN, rest


def _adjective(word: str, variable: Expr, skeleton: Skeleton) -> list[Expr] | None:
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
        return [app(_PROPERTIES[word], variable)]
    if word == "composite":
        return [app("gt", variable, num(1)), app("not", app("is_prime", variable))]
    digits = re.fullmatch(r"«(\d+)»[- ]digit", word)
    if digits and isinstance(count := skeleton.tree(digits.group(1)), Num) and 1 <= count.value <= 12:
        low = num(10 ** (int(count.value) - 1))
        return [app("ge", variable, low), app("lt", variable, num(10 ** int(count.value)))]
    return None


def _slots(text: str, skeleton: Skeleton) -> list[Expr] | None:
    found = [skeleton.tree(index) for index in re.findall(r"«(\d+)»", text)]
    return None if any(tree is None or is_relation(tree) for tree in found) else [t for t in found if t is not None]


def _restriction(rest: str, n: Expr, skeleton: Skeleton, value: Value) -> tuple[list[Expr], str] | None:
    """The condition at the start of the phrase under each reading, and what follows it."""
    glue = _GLUE.match(rest)
    if glue:
        rest = rest[glue.end() :]

    def tail(match: re.Match[str]) -> str:
        return rest[match.end() :].removeprefix(" ")

    if match := re.match(rf"{_LINK}(?:strictly )?({_COMPARISON}) {_V}", rest):
        bound = _slots(match.group(2), skeleton)
        return ([app(_COMPARED[match.group(1)], n, bound[0])], tail(match)) if bound else None
    if match := re.match(
        rf"{_LINK}(?:strictly |exclusively )?between {_V} and {_V}(,? \(?(?:inclusive|exclusive)(?:ly)?\)?,?)?", rest
    ):
        ends = _slots(match.group(1) + match.group(2), skeleton)
        if ends is None:
            return None
        closed = app("and", app("ge", n, ends[0]), app("le", n, ends[1]))
        opened = app("and", app("gt", n, ends[0]), app("lt", n, ends[1]))
        if match.group(3):
            return [closed if "inclusive" in match.group(3) else opened], tail(match)
        if "strictly" in match.group() or "exclusively" in match.group():
            return [opened], tail(match)
        return [opened, closed], tail(match)
    if match := re.match(rf"{_LINK}from {_V} (?:to|through) {_V}(?:,? \(?inclusive\)?,?)?", rest):
        ends = _slots(match.group(1) + match.group(2), skeleton)
        return ([app("and", app("ge", n, ends[0]), app("le", n, ends[1]))], tail(match)) if ends else None
    if match := re.match(
        rf"(?:(?:that|which) )?(?:leaves?|has|have|gives?|leaving|with) (?:a )?remainder (?:of )?{_V} (?:when|if) "
        rf"(?:it is |they are )?divided by {_V}",
        rest,
    ):
        pair = _slots(match.group(1) + match.group(2), skeleton)
        return ([app("congruent", n, pair[0], pair[1])], tail(match)) if pair else None
    if match := re.match(
        rf"{_LINK}(not )?(?:evenly )?(divisible by|multiples? of|relatively prime (?:to|with)|coprime (?:to|with)"
        rf"|factors? of|divisors? of) {_LIST}",
        rest,
    ):
        made = _divided(match.group(2), match.group(3), n, skeleton)
        if made is None:
            return None
        return [app("not", made) if match.group(1) else made], tail(match)
    if match := re.match(rf"(?:that |which )(?:evenly )?divides? {_V}", rest):
        target = _slots(match.group(1), skeleton)
        return ([app("divides", n, target[0])], tail(match)) if target else None
    if match := re.match(
        r"(?:that|which) (?:are|is) (not )?(?:an? )?(odd|even|primes?|positive|negative|perfect squares?"
        r"|perfect cubes?|composite)(?: numbers?| integers?)?\b",
        rest,
    ):
        made_adjective = _adjective(match.group(2).rstrip("s") if match.group(2) != "primes" else "prime", n, skeleton)
        if match.group(2).startswith("perfect"):
            made_adjective = [app(_PROPERTIES[match.group(2).rstrip("s")], n)]
        if not made_adjective:
            return None
        whole = both(*made_adjective)
        return [app("not", whole) if match.group(1) else whole], tail(match)
    if match := re.match(
        rf"whose digits (?:sum|add up|add) to {_V}|(?:whose|for which the|such that the) sum of (?:the "
        rf"|its )?digits is {_V}",
        rest,
    ):
        total = _slots(match.group(1) or match.group(2), skeleton)
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


def _divided(word: str, listed: str, n: Expr, skeleton: Skeleton) -> Expr | None:
    targets = _slots(listed, skeleton)
    if not targets:
        return None
    if word.startswith(("divisible", "multiple")):
        made: list[Expr] = [app("divides", target, n) for target in targets]
    elif word.startswith(("relatively", "coprime")):
        made = [app("eq", app("gcd", n, target), num(1)) for target in targets]
    else:
        made = [app("divides", n, target) for target in targets]
    if listed.startswith("neither"):
        return both(*(app("not", one) for one in made))
    if len(made) == 1:
        return made[0]
    return app("or", *made) if " or " in listed else app("and", *made)


def condition(text: str, n: Expr, skeleton: Skeleton, value: Value) -> Expr | None:
    """A condition in words or symbols; conjunctions are cut at "and" where both sides can be read."""
    text = text.strip().rstrip(",").strip()
    for made in _conditions(text, n, skeleton, value):
        if made is not None:
            return made
    cuts = list(re.finditer(r",? and |, (?:and |but )?|,? where |,? with | but ", text))
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
    if match := re.fullmatch(rf"(?:does )?{_V} (?:evenly )?divides? (?:evenly into )?{_V}", text):
        pair = _slots(text, skeleton)
        yield app("divides", *pair) if pair else None
    if match := re.fullmatch(rf"{_V} (?:equals|equal) (.+)", text):
        left, right = value(match.group(1)), value(match.group(2))
        yield app("eq", left, right) if left is not None and right is not None else None
    if match := re.fullmatch(
        rf"(?:{_V} )?(?:leaves?|has|have|gives?) (?:a )?remainder (?:of )?{_V} (?:when|if|upon) (?:it is )?"
        rf"(?:divided|division) by {_V}",
        text,
    ):
        subject = _slots(match.group(1), skeleton) if match.group(1) else [n]
        pair = _slots(match.group(2) + match.group(3), skeleton)
        yield app("congruent", subject[0], pair[0], pair[1]) if subject and pair else None
    if match := re.fullmatch(
        rf"(?:the )?(?:sum of (?:the|its) digits|digit sum|sum of the digits of {_V}) (?:is|equals) {_V}", text
    ):
        subject = _slots(match.group(1), skeleton) if match.group(1) else [n]
        total = _slots(match.group(2), skeleton)
        yield app("eq", app("digit_sum", subject[0]), total[0]) if subject and total else None


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
    if said in _PROPERTIES:
        made = app(_PROPERTIES[said], subject)
    elif match := re.fullmatch(
        r"(?:also )?(positive|negative|non-?negative|odd|even|prime|composite|nonzero)(?: integers?| numbers?)?", said
    ):
        parts = _adjective(match.group(1), subject, skeleton)
        made = both(*parts) if parts else None
        if made is not None and "integer" in said:
            made = both(app("is_integer", subject), made)
    elif match := re.fullmatch(
        rf"(?:evenly )?(divisible by|multiples? of|relatively prime (?:to|with)|coprime (?:to|with)|factors? of"
        rf"|divisors? of) {_LIST}",
        said,
    ):
        made = _divided(match.group(1), match.group(2), subject, skeleton)
    elif match := re.fullmatch(rf"(?:strictly )?({_COMPARISON}) {_V}", said):
        bound = _slots(match.group(2), skeleton)
        made = app(_COMPARED[match.group(1)], subject, bound[0]) if bound else None
    elif match := re.fullmatch(r"(?:equal to )?(.+)", said):
        other = value(match.group(1))
        made = app("eq", subject, other) if other is not None else None
    if made is None:
        return None
    return app("not", made) if denied else made
