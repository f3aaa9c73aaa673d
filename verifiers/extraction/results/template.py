"""A wording with what it means: a pattern over a phrase or a whole question, and the value its slots give."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from verifiers.expr import Expr
from verifiers.extraction.results.skeleton import Skeleton

Reading = Callable[[re.Match[str], Skeleton], Expr | tuple[Expr, ...] | None]
"""Several values where the words can be taken in several ways."""


class Template(msgspec.Struct, frozen=True):
    """`word` occurs in every text that `pattern` matches; it is looked for first."""

    word: str
    pattern: re.Pattern[str]
    reading: Reading


def template(word: str, pattern: str, reading: Reading) -> Template:
    return Template(word, re.compile(pattern), reading)


def matches(templates: Sequence[Template], text: str, skeleton: Skeleton) -> Iterator[tuple[Expr, ...]]:
    """The readings under each template that matches the whole text; none where it makes no sense of the slots."""
    for one in templates:
        if one.word in text and (match := one.pattern.fullmatch(text)):
            found = one.reading(match, skeleton)
            yield () if found is None else found if isinstance(found, tuple) else (found,)
