"""Answers in words: choices of a multiple choice, yes and no, names, short phrases."""

import re
from typing import Final

from verifiers.equality.outcome import Comparison, different, equal, undecided
from verifiers.expr import Apply, Const, Expr, Sym, Text

_CHOICE: Final = re.compile(r"^\(?([A-Za-z])\)?[).:]?$")
_SAME: Final = {"yes": "true", "no": "false", "correct": "true", "incorrect": "false", "t": "true", "f": "false"}
_ARTICLE: Final = re.compile(r"^(?:the|a|an) ")
SHORT: Final = 4
"""Words up to which two phrases that differ are different answers."""


def compare(a: str, b: str) -> Comparison:
    """Equality of phrases up to case, punctuation and a leading article."""
    left, right = plain(a), plain(b)
    if left == right:
        return equal("same words")
    if (
        _SAME.get(left, left) == _SAME.get(right, right)
        and "true" not in (left, right)
        and "false" not in (left, right)
    ):
        return equal("same words")
    if max(len(left.split()), len(right.split())) <= SHORT:
        return different("other words")
    return undecided("words")


def plain(text: str) -> str:
    """Lower case, one space between words, no punctuation; a lone letter keeps its case unless it is a choice."""
    text = " ".join(text.replace("\\", " ").split())
    choice = _CHOICE.match(text)
    if choice is not None:
        return choice.group(1) if len(text) == 1 else choice.group(1).upper()
    text = re.sub(r"[^\w\s'+-]", " ", text).casefold()
    return _ARTICLE.sub("", " ".join(text.split()))


def spelled(expr: Expr) -> str | None:
    """The word that a product of letters may have been meant as: `odd` in mathematics mode."""
    match expr:
        case Text(value=value):
            return value
        case Sym(name=name):
            return name
        case Const(name="e" | "i" | "true" | "false" as name):
            return name
        case Apply(head="mul", args=args):
            letters = [spelled(a) for a in args]
            return None if None in letters else "".join(letter for letter in letters if letter)
        case Apply(head="call", args=args):
            letters = [spelled(a) for a in args]
            return None if None in letters else "".join(letter for letter in letters if letter)
    return None
