"""Noun phrases for sets of numbers: "positive integers less than 200 that are divisible by 2, 3 and 5".

A phrase is read from left to right; whatever is not understood makes the whole phrase unread. The set comes out as
`such_that(n, conditions)`, ready to be counted, summed or searched by `kinds/result`.
"""

import re
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num
from verifiers.extraction.results.conditions import PROPERTIES, Value, adjective, both
from verifiers.extraction.results.digits import MOST, digit_restriction, mirrored
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.restrictions import restriction
from verifiers.extraction.results.skeleton import Skeleton, is_relation

HIDDEN: Final = Sym("n_")
"""The letter of a set whose members the question did not name."""

_ADJECTIVES: Final = (
    "positive|negative|non-?negative|natural-number|odd|even|prime|composite|distinct|different|possible|whole"
    "|natural|counting|real|integer"
    "|perfect square|base-? ?«\\d+»|«\\d+»-digit|«\\d+» digit|palindromic|consecutive|unique|such|integral|square"
    "|rational|nonzero|non-zero"
)
_NOUNS: Final = (
    "integers?|numbers?|primes?|perfect squares?|perfect cubes?|multiples?|divisors?|factors?|values?"
    "|integer values?|squares|cubes|palindromes?"
)
_HEAD: Final = re.compile(
    rf"(?:all |the |a |an |of |these |other )*(?P<adjectives>(?:(?:{_ADJECTIVES}),? (?:and )?)*)(?P<noun>{_NOUNS})\b ?"
)
_NAME: Final = re.compile(r"(?:of |for )?«(\d+)» ?")
_SOLVED: Final = re.compile(
    r"(?:all |the |of |«\d+» )*(?P<sort>(?:(?:distinct|different|real|positive|negative|integer|integral|complex"
    r"|possible),? )*)"
    r"(?:real )?(?:solutions?|roots?|zeros|zeroes)(?: «(?P<letter>\d+)»)? (?:to|of|for|in) (?:the )?"
    r"(?:(?:quadratic|following|polynomial|cubic|quartic|equation|function|inequality) )*«(?P<relation>\d+)»"
)


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
        "palindrome",
    )
    for word in adjectives:
        integral = (
            integral
            or word
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
            or "digit" in word
        )
        made = adjective(word, variable, skeleton)
        if made is None:
            return None
        conditions.extend(made)
    if noun in ("prime", "perfect square", "perfect cube", "square", "cube"):
        conditions.append(app(PROPERTIES[noun], variable))
        if noun != "prime" and "negative" not in adjectives:
            conditions.append(app("ge", variable, num(0)))
    if not integral and (noun not in ("value", "number") or variable == HIDDEN):
        return None
    readings: list[list[Expr]] = [[]]
    many = _length(adjectives, skeleton)
    if noun == "palindrome":
        if many is None:
            return None
        conditions.append(mirrored(variable, many))
    while rest:
        told = digit_restriction(rest, variable, many, skeleton) if many is not None else None
        if told is not None:
            made_of, rest = told
            conditions.append(made_of)
            continue
        step = restriction(rest, variable, skeleton, value)
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


def _length(adjectives: list[str], skeleton: Skeleton) -> int | None:
    """How many digits the numbers are said to have."""
    for word in adjectives:
        if match := re.fullmatch(r"«(\d+)»[- ]digit", word):
            many = rational(skeleton.tree(match.group(1)))
            return int(many) if many is not None and many in range(1, MOST + 1) else None
    return None


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
        made for word in words if word in ("positive", "negative") for made in adjective(word, variable, skeleton) or ()
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
