"""Answers in words: choices of a multiple choice, yes and no, names, short phrases."""

import re
from fractions import Fraction
from typing import Final

from verifiers.equality.outcome import Comparison, different, equal, undecided
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text

_CHOICE: Final = re.compile(r"^\(?([A-Za-z])\)?[).:]?$")
_SAME: Final = {
    "yes": "true",
    "no": "false",
    "correct": "true",
    "incorrect": "false",
    "right": "true",
    "wrong": "false",
    "dne": "does not exist",
    "none": "no solution",
    "no solutions": "no solution",
}
_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
_NUMBERS: Final = {
    **{word: Fraction(value) for value, word in enumerate(_ONES)},
    **{word: Fraction(10 * value) for value, word in enumerate(_TENS, 2)},
    "half": Fraction(1, 2),
}
_PARTS: Final = {
    word: Fraction(1, value)
    for word, value in (("half", 2), ("third", 3), ("quarter", 4), ("fourth", 4), ("fifth", 5), ("sixth", 6),
                        ("seventh", 7), ("eighth", 8), ("ninth", 9), ("tenth", 10))
}  # fmt: skip
_ARTICLE: Final = re.compile(r"^(?:the|a|an) ")
_PROSE: Final = re.compile(r"[\w\s.,;:'’\"()!?#°-]*[A-Za-z][\w\s.,;:'’\"()!?#°-]*")
SHORT: Final = 4
"""Words up to which two phrases that differ are different answers."""


def compare(a: str, b: str) -> Comparison:
    """Equality of phrases up to case, punctuation and a leading article."""
    left, right = plain(a), plain(b)
    if left == right:
        return equal("same words")
    if _SAME.get(left, left) == _SAME.get(right, right):
        return equal("same words")
    if max(len(left.split()), len(right.split())) <= SHORT:
        return different("other words")
    return undecided("words")


def same_text(a: str, b: str) -> bool:
    """Whether two texts that could not be read say the same: word for word in prose, sign for sign in formulas."""
    if _PROSE.fullmatch(a) and _PROSE.fullmatch(b):
        return plain(a) == plain(b) != ""
    return "".join(a.split()) == "".join(b.split()) != ""


def number(text: str) -> Num | None:
    """The number that words say: `twenty-one`, `half`, `minus three`, `two thirds`."""
    parts = re.sub(r"[^a-z]+", " ", text.casefold()).split()
    sign = 1
    if parts and parts[0] in ("minus", "negative"):
        sign, parts = -1, parts[1:]
    match parts:
        case [one] if one in _NUMBERS:
            return Num(sign * _NUMBERS[one])
        case ["a" | "one", part] if part in _PARTS:
            return Num(sign * _PARTS[part])
        case [tens, ones] if _NUMBERS.get(tens, 0) >= 20 and 0 < _NUMBERS.get(ones, 0) < 10:
            return Num(sign * (_NUMBERS[tens] + _NUMBERS[ones]))
        case [count, part] if count in _NUMBERS and part.removesuffix("s") in _PARTS:
            return Num(sign * _NUMBERS[count] * _PARTS[part.removesuffix("s")])
    return None


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
        case Const(name="empty"):
            return "no solution"
        case Apply(head="mul", args=args):
            letters = [spelled(a) for a in args]
            return None if None in letters else "".join(letter for letter in letters if letter)
        case Apply(head="call", args=args):
            letters = [spelled(a) for a in args]
            return None if None in letters else "".join(letter for letter in letters if letter)
    return None
