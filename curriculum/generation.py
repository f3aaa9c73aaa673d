"""Items drawn from templates. The same template and seed give the same item, on any machine.

Key and distractors are values of the exact evaluator. A draw is thrown away, and another made, where a condition of
the template fails or is not decided, where a value does not exist, and where two options are not proved different.
"""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec

from curriculum import items
from curriculum.choices import LETTERS
from curriculum.numbers import exact_value
from curriculum.template_file import HOLE, expression
from curriculum.templates import Integers, Template, Values, Words
from curriculum.writing import tidy, written
from verifiers.comparison import CompareOptions, Comparison, compare_exprs
from verifiers.exact import Undefined, evaluate, holds
from verifiers.expr import Expr, Num, free_symbols, substitute
from verifiers.notation import Unread, read, show
from verifiers.verdicts import Reason, Verdict, undecided

TRIES: Final = 200
_MOST: Final = 10**30
_OPTIONS: Final = CompareOptions()

Valuation: TypeAlias = dict[str, Expr]


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """An item with what it was computed from."""

    item: items.SingleChoice | items.Numeric | items.Expression
    values: tuple[tuple[str, Expr], ...]
    key: Expr
    wrong: tuple[Expr, ...] = ()
    """Values of the other options, in the order of their letters."""


class NotDrawn(msgspec.Struct, frozen=True):
    """No draw met the template's conditions; `why` is what stopped the last one."""

    why: str


class _Again(Exception):  # noqa: N818 - not an error: this draw is thrown away
    pass


def draw(template: Template, seed: int) -> Drawn | NotDrawn:
    """The item of a seed."""
    generator = random.Random(f"{template.id}:{seed}")
    why = ""
    for _ in range(TRIES):
        try:
            return _attempt(template, seed, generator)
        except _Again as stopped:
            why = str(stopped)
    return NotDrawn(f"none of {TRIES} draws will do; the last one: {why}")


def _attempt(template: Template, seed: int, generator: random.Random) -> Drawn:
    words, values = _draw_values(template, generator)
    for relation in template.where:
        if _holds(template, relation, values) is not True:
            raise _Again(f"{relation} does not hold")
    key = _value(template, template.key, values)
    for relation in template.check:
        if _holds(template, relation, values | {"key": key}) is not True:
            raise _Again(f"the key {show(key)} does not meet {relation}")
    text = _Text(template, words, values, key)
    common: dict[str, Any] = {
        "id": f"{template.id}/{seed}",
        "stem": text(template.stem),
        "skills": template.skills,
        "explanation": text(template.explanation),
        "hints": tuple(text(hint) for hint in template.hints),
        "source": template.source,
        "difficulty": template.difficulty,
        "marks": template.marks,
        "passages": template.passages,
    }
    drawn = tuple(sorted(values.items()))
    if template.type == "numeric":
        number = exact_value(key)
        if number is None:
            raise _Again("the key of a numeric item is rational")
        numeric = items.Numeric(
            **common, value=written(key, template.show), tolerance=template.tolerance, unit=template.unit
        )
        return Drawn(item=numeric, values=drawn, key=key)
    if template.type == "expression":
        letters = tuple(sorted(free_symbols(key)))
        return Drawn(
            item=items.Expression(**common, value=_option(key, template), variables=letters), values=drawn, key=key
        )
    wrong = _wrong(template, values, key)
    places = list(range(len(wrong) + 1))
    generator.shuffle(places)
    shown = [(key, ""), *wrong]
    options = tuple(items.Option(_option(shown[place][0], template), shown[place][1]) for place in places)
    if len({option.text for option in options}) < len(options):
        raise _Again("two options are written alike")
    choice = items.SingleChoice(**common, options=options, key=LETTERS[places.index(0)])
    return Drawn(item=choice, values=drawn, key=key, wrong=tuple(shown[place][0] for place in places if place))


def _draw_values(template: Template, generator: random.Random) -> tuple[dict[str, str], Valuation]:
    """The words to put into texts and the trees to put into expressions."""
    words: dict[str, str] = {}
    values: Valuation = {}
    for name, parameter in template.parameters:
        match parameter:
            case Integers(least, most):
                values[name] = Num(Fraction(generator.randint(least, most)))
            case Values(texts):
                words[name] = generator.choice(texts)
                tree = read(words[name])
                if isinstance(tree, Unread):
                    raise _Again(f"{words[name]} cannot be read")
                values[name] = tree
            case Words(texts):
                words[name] = generator.choice(texts)
    for name, text in template.let:
        values[name] = _value(template, text, values)
    return words, values


@lru_cache(4096)
def _tree(text: str, names: frozenset[str]) -> Expr | Unread:
    return expression(text, names)


def _substituted(template: Template, text: str, values: Mapping[str, Expr]) -> Expr:
    tree = _tree(text, template.names | {"key"})
    if isinstance(tree, Unread):
        raise _Again(f"{text} cannot be read")
    return substitute(tree, values)


def _holds(template: Template, relation: str, values: Mapping[str, Expr]) -> bool | None:
    return holds(_substituted(template, relation, values))


def _value(template: Template, text: str, values: Mapping[str, Expr]) -> Expr:
    """The value as a number where it is rational, else the tree, tidied."""
    tree = _substituted(template, text, values)
    if not free_symbols(tree):
        found = evaluate(tree)
        if isinstance(found, Undefined):
            raise _Again(f"{text} has no value: {found.why}")
        if found is None:
            raise _Again(f"the value of {text} cannot be computed exactly")
        if isinstance(found, Fraction):
            if max(abs(found.numerator), found.denominator) > _MOST:
                raise _Again(f"{text} has too many digits")
            return Num(found)
    return tidy(tree)


def _wrong(template: Template, values: Valuation, key: Expr) -> list[tuple[Expr, str]]:
    """The first distractors that are proved different from the key and from each other, as many as are shown."""
    found: list[tuple[Expr, str]] = []
    why = "there are too few distractors"
    for distractor in template.distractors:
        if len(found) == template.shown - 1:
            break
        try:
            value = _value(template, distractor.value, values)
        except _Again as stopped:
            why = str(stopped)
            continue
        if not all(different(value, other) for other in (key, *(one for one, _ in found))):
            why = f"{distractor.value} is not proved different from the other options"
        elif template.check and not any(
            _holds(template, relation, values | {"key": value}) is False for relation in template.check
        ):
            why = f"{distractor.value} = {show(value)} is not proved to break `check`"
        else:
            found.append((value, distractor.misconception))
    if len(found) < template.shown - 1:
        raise _Again(why)
    return found


def different(one: Expr, other: Expr) -> bool:
    """Whether two values are proved to differ."""
    numbers = exact_value(one), exact_value(other)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] != numbers[1]
    return compared(one, other).label == "different"


def compared(one: Expr, other: Expr) -> Comparison:
    return compare_exprs(one, other, _OPTIONS, _unproved)


def _unproved(_formula: object) -> Verdict:
    return undecided(Reason.INCONCLUSIVE, "not asked here")


def _option(value: Expr, template: Template) -> str:
    text = written(value, template.show)
    if not isinstance(value, Num):
        back = read(text)
        if isinstance(back, Unread) or compared(back, value).label != "equal":
            raise _Again(f"{text} does not read back as what it is")
    return f"{text} {template.unit}" if template.unit and template.type == "single_choice" else text


class _Text:
    """Puts the values of a draw into a text."""

    def __init__(self, template: Template, words: Mapping[str, str], values: Valuation, key: Expr) -> None:
        self._shown = {name: written(value, template.show) for name, value in values.items()} | dict(words)
        self._shown["key"] = written(key, template.show)

    def __call__(self, text: str) -> str:
        return HOLE.sub(lambda hole: self._put(hole[0], hole[1], hole[2], hole[3]), text)

    def _put(self, whole: str, sign: str, name: str, factor: str) -> str:
        value = self._shown.get(name)
        if value is None:
            return whole
        if factor and value in ("1", "-1"):
            value = value[:-1]
        if sign:
            return f"- {value[1:]}" if value.startswith("-") else f"+ {value}"
        return value


def distinct(template: Template, seeds: range) -> Iterator[Drawn]:
    """Items of these seeds that no smaller one gave already."""
    seen: set[str] = set()
    for seed in seeds:
        drawn = draw(template, seed)
        if isinstance(drawn, Drawn) and drawn.item.stem not in seen:
            seen.add(drawn.item.stem)
            yield drawn
