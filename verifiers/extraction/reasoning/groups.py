"""Objects named together in a levelled clause ("both <0> and <2>"), and the sentences made of what is said of each."""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.expr import Apply, Expr, num

NAME: Final = r"(?:N )?<(\d+)>(?: N)?"
_ITEM: Final = r"(?:N )?<\d+>(?: N)?"
GROUP: Final = rf"(?:both |either |neither )?{_ITEM}(?:(?:, (?:and |or |nor )?| and | or | nor ){_ITEM})*"


def eq(a: Expr, b: Expr) -> Expr:
    return Apply("eq", (a, b))


def conj(parts: Sequence[Expr]) -> Expr:
    return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))


def disj(parts: Sequence[Expr]) -> Expr:
    return parts[0] if len(parts) == 1 else Apply("or", tuple(parts))


def opposite(sentence: Expr) -> Expr:
    return Apply("not", (sentence,))


def below(a: Expr, b: Expr, side: int) -> Expr:
    """`a` is on that side of `b`, in one form whichever way it was said."""
    return Apply("lt", (a, b) if side < 0 else (b, a))


def shifted(term: Expr, by: int) -> Expr:
    return term if by == 0 else Apply("add", (term, num(by)))


class Grouped:
    """Several objects named together, and how: all of them, any, none."""

    def __init__(self, text: str) -> None:
        self.indices = tuple(int(k) for k in re.findall(r"<(\d+)>", text))
        words = set(re.findall(r"\b(?:or|either|nor|neither|and|both)\b", text))
        self.any = bool(words & {"or", "either"})
        self.none = bool(words & {"nor", "neither"})
        self.mixed = sum(map(bool, (words & {"or", "either"}, words & {"nor", "neither"}, words & {"and", "both"}))) > 1

    def said(self, sentences: Sequence[Expr]) -> Expr:
        if self.none:
            return conj([opposite(s) for s in sentences])
        return disj(sentences) if self.any else conj(sentences)
