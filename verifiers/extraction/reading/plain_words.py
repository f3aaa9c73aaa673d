"""What words beside numbers do in prose: labels ("5 apples + 3"), names of terms, glosses in brackets."""

from collections.abc import Sequence
from typing import Final

from verifiers.extraction.reading.plain_signs import FUNCTIONS, operand_follows
from verifiers.extraction.reading.plain_tokens import Token, neighbour

NOT_OPERAND: Final = frozenset({"a", "A", "I"})
COUNTED: Final = frozenset(
    {"step", "case", "part", "problem", "question", "day", "equation", "example", "figure", "phase", "year", "line"}
    | {"row", "stage", "option", "chapter", "round", "week", "method", "section", "condition", "property"}
)
_JOINING: Final = frozenset(
    {"and", "or", "so", "then", "is", "are", "was", "because", "since", "if", "where", "when", "which", "that", "but"}
    | {"thus", "hence", "therefore", "gives", "equals", "equal", "we", "get", "have", "has", "remainder", "million"}
    | {"billion", "thousand", "hundred", "dozen", "percent", "times", "plus", "minus", "for", "with", "of", "to", "by"}
)
"""Words that no label beside a number contains: "5 apples + 3", but not "(5) and B = 3" or "5 million = "."""
SUFFIXES: Final = frozenset(
    {"km", "cm", "mm", "kg", "mg", "ml", "lb", "lbs", "oz", "mi", "ft", "in", "hr", "hrs", "min", "sec", "mph", "th"}
    | {"st", "nd", "rd", "am", "pm", "gb", "mb", "usd", "yr", "yrs", "yd", "rem"}
)
"""Short words written right after a number that are not letters multiplied with it."""
OPERATOR_WORDS: Final = frozenset(
    ["of", "times", "plus", "minus", "over", "squared", "cubed", "percent", "divided", "multiplied", "twice", "half"]
)
_LEADING: Final = frozenset(
    {"get", "gets", "got", "obtain", "obtains", "yields", "yielding", "giving", "means", "implies"}
    | {"implying", "see", "find", "finds"}
    | {"know", "knows", "note", "as", "from", "now", "also", "next", "finally", "first", "it", "this"}
    | {"there", "left", "leaves", "leaving", "makes", "making", "total", "answer", "result", "so", "check"}
)
"""Words after which a number is no label."""
_MOST_NUMBERED: Final = 20


def is_common(word: str) -> bool:
    """A word that may stand beside a number as its label, rather than a name (`AC`), letter or conjunction."""
    return len(word) > 1 and not word.isupper() and word.lower() not in _JOINING and word not in FUNCTIONS


def is_word(token: Token | None) -> bool:
    return token is not None and token.kind == "word" and len(token.text) > 1 and token.text not in FUNCTIONS


def numbers(word: Token, number: Token) -> bool:
    """Whether the number tells which one is meant: "Time 1 = 60/30"."""
    few = number.text.isdigit() and int(number.text) <= _MOST_NUMBERED
    return few and is_common(word.text) and word.text.lower() not in _LEADING


def words_until_sign(tokens: Sequence[Token], index: int) -> int | None:
    """Tokens of the words from here to an operator or relation sign, at most five words, else None."""
    words = 0
    position = index
    while position < len(tokens) and words <= 5:
        token = tokens[position]
        if token.kind == "word":
            if not is_common(token.text):
                return None
            words += 1
        elif token.kind in ("rel", "close") or (token.kind == "op" and token.text in "+-−×*/÷·"):
            if token.kind == "op" and not operand_follows(tokens, position):
                return None
            end = position
            while tokens[end - 1].kind == "space":
                end -= 1
            return end - index
        elif token.kind != "space" and not (token.kind == "op" and token.text == "-"):
            return None
        position += 1
    return None


def tokens_of_phrase(tokens: Sequence[Token], index: int) -> int:
    """Tokens of the words that stand for the last term, "= total cost", when nothing but punctuation follows."""
    if index == 0 or (neighbour(tokens, index, -1) or tokens[index]).kind != "rel":
        return 0
    words = 0
    position = index
    while position < len(tokens) and words <= 5:
        token = tokens[position]
        if token.kind == "word":
            words += 1
        elif token.kind in ("comma", "other", "close"):
            break
        elif token.kind != "space":
            return 0
        position += 1
    while tokens[position - 1].kind == "space":
        position -= 1
    return position - index if words <= 5 else 0


def tokens_of_gloss(tokens: Sequence[Token], index: int) -> int:
    """Tokens of a bracket of words only, "(apples)", else 0."""
    for offset in range(1, 14):
        if index + offset >= len(tokens):
            return 0
        token = tokens[index + offset]
        if token.kind == "close":
            words = [t for t in tokens[index + 1 : index + offset] if t.kind == "word"]
            return offset + 1 if words and all(len(w.text) > 1 and not w.text.isupper() for w in words) else 0
        if token.kind not in ("word", "space") and token.text not in "-'’":
            return 0
    return 0
