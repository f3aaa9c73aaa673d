"""A wording with what it means: a pattern over a phrase or a whole question, and the value its slots give."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from verifiers.expr import Expr
from verifiers.extraction.results.skeleton import Skeleton

Reading = Callable[[re.Match[str], Skeleton], Expr | None]


class Template(msgspec.Struct, frozen=True):
    """`word` occurs in every text that `pattern` matches; it is looked for first."""

    word: str
    pattern: re.Pattern[str]
    reading: Reading


def template(word: str, pattern: str, reading: Reading) -> Template:
    return Template(word, re.compile(pattern), reading)


def matches(templates: Sequence[Template], text: str, skeleton: Skeleton) -> Iterator[Expr | None]:
    """The value under each template that matches the whole text."""
    for one in templates:
        if one.word in text and (match := one.pattern.fullmatch(text)):
            yield one.reading(match, skeleton)
