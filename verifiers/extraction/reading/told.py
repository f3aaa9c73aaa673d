"""Sentences that tell a result in words, "the derivative of … is …", and the formulas in their slots."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Formula, Span
from verifiers.expr import Apply, Expr, Sym, Text, Unit, walk
from verifiers.extraction.document import Mood, Part, Sentence
from verifiers.notation.reading import Options, Unread, read

F: Final = r"(?P<f>\S.{0,159}?)"
G: Final = r"(?P<g>\S.{0,159}?)"
"""The slots: what is spoken of, and what is said of it."""
END: Final = (
    r"(?=[.,;:]?\s*$|[.,;]\s|\s(?:and|so|because|since|which|by|using|for)\b)(?=(?:[^$]*\$[^$]*\$)*[^$]*$)"
)
"""Where a slot may end: outside dollar signs, before a mark or a word that goes on."""
IS: Final = r"\s+(?:is(?: equal to| simply| just)?|equals|=|would be)\s+"
GIVES: Final = r",?\s+(?:gives(?: us)?|yields|we (?:get|obtain|have)|results in|is|equals)\s+"
START: Final = r"(?:^|[,;:]\s)\s*(?:(?:so|thus|then|hence|therefore|here|now|and|finally|that|the expression)[,\s]+)*"

_HEDGED: Final = re.compile(
    r"\b(?:if|suppose|assume|whether|not|n't|find|compute|determine|what|let|would|could|should|might|may|unless|want"
    r"|need|says?|said|claims?|thinks?|thought|try|trying|can we|set)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(
    r"(?<![\\a-zA-Z])(?:[a-zA-Z]{3,}|(?:at|of|in|is|on|to|as|by|if|or|we|it|an|be|so|no)(?![a-zA-Z]))"
)
_COMMAND: Final = re.compile(r"\\[a-zA-Z]+|\{\w*matrix\}")
_NAMES: Final = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "log", "exp", "sqrt", "arcsin", "arccos", "arctan", "sinh", "cosh",
    "tanh",
})  # fmt: skip
_LEAD: Final = re.compile(
    r"^(?:the |this |that )?(?:(?:function|expression|polynomial|quadratic|equation|numerator|denominator|matrix"
    r"|matrices|vectors?|product|fraction|trinomial|binomial|integrand|left side|right side)\s+)+",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"\\[()\[\]]|\$|\*\*|`")
_LONGEST: Final = 500


def asserting(part: Part, keyword: re.Pattern[str]) -> Iterator[tuple[Sentence, str]]:
    """The sentences of moderate length that state something and hold the keyword, a pattern for lower case."""
    if not keyword.search(part.text.lower()):
        return
    for sentence in part.sentences:
        if sentence.mood not in (Mood.ASSERTED, Mood.QUOTED) or sentence.end - sentence.start > _LONGEST:
            continue
        text = part.text[sentence.start : sentence.end]
        if keyword.search(text.lower()) and not text.rstrip().endswith("?"):
            yield sentence, text


def hedged(words: str) -> bool:
    """Whether what follows these words is conditional, denied, wanted or somebody else's."""
    return _HEDGED.search(words) is not None


def claim(part: Part, start: int, end: int, formula: Formula) -> Claim:
    return Claim(span=Span(part.step, start, end), text=part.text[start:end], formula=formula)


def slot(text: str) -> Expr | None:
    """The formula that a stretch of a sentence is, without its name: `f(x) = x^2` is `x^2`."""
    if text.count("$") % 2:
        return None
    bare = _LEAD.sub("", _MARKS.sub("", text).strip()).strip(" .,;:")
    if not bare or any(word not in _NAMES for word in _WORD.findall(_COMMAND.sub(" ", bare))):
        return None
    tree = read(bare, Options(syntax="latex") if "\\" in bare else Options())
    if isinstance(tree, Unread):
        return None
    if isinstance(tree, Apply) and tree.head == "eq":
        name = tree.args[0]
        if not isinstance(name, Sym) and not (isinstance(name, Apply) and name.head == "call"):
            return None
        tree = tree.args[1]
    relation = isinstance(tree, Apply) and tree.head in ("eq", "ne", "lt", "le", "gt", "ge", "approx", "and", "or")
    return None if relation or any(isinstance(n, Text | Unit) for n in walk(tree)) else tree
