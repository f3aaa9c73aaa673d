"""Where an answer says what the asked value is: its final result, and every chain that begins with what is asked."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from verifiers.claims import Span
from verifiers.expr import Apply, Const, Expr, Sym, free_symbols, substitute, walk
from verifiers.extraction.document import Document, Mood, Part
from verifiers.extraction.final_answer import candidates
from verifiers.extraction.results.bases import numeral
from verifiers.extraction.results.problem import Problem
from verifiers.extraction.results.units import FIELD, in_unit, is_number
from verifiers.notation.reading import Unread, read

Mention = tuple[Span, str, Expr]

_EXPLICIT: Final = frozenset({"boxed", "marker", "conclusion"})
_ENDS: Final = re.compile(r"(?:=|\b(?:is|are|equals|get))[\s$]{0,4}\Z")
"""What stands before a result in a concluding sentence; "12 is the gcd of 24 and 36" ends in no result."""
_FURTHER: Final = re.compile(r"(?:=|\b(?:is|are|equals))[^.\n]{0,20}?\d")
_GOES_ON: Final = re.compile(r"\s?/\s?\d|[.,]?\d")
"""A value that goes on as a fraction or a decimal."""
_CHECK: Final = re.compile(
    r"[\s*_#(]*(?:(?:as a |to |we (?:can )?)?(?:check|verif|confirm)|proof|note|remark|indeed|because|since|alternative"
    r"|this (?:is|can|agrees|matches)|for )",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"\b(?:is|are|equals|evaluates to|simplifies to|becomes|comes to|reduces to|comes out to|totals)"
    r"(?: (?:just|simply|therefore|thus|then|now|indeed|actually|equal to|exactly))*"
    r"[\s:]{1,3}(?:\$+|\\\(|\\\[)?\s?(?P<value>[^$\n]{1,80}?)\s?(?:\$+|\\\)|\\\])?"
    r"(?: (?:square |cubic )?(?:units?|inches|feet|centimeters|meters|cm|degrees|seconds|minutes|hours"
    r"|days))?[.!]?\s*\Z"
)
_COUNTED: Final = re.compile(
    r"\b(?:have|has|are|get|exactly)(?: (?:exactly|only|a total of|indeed))? \$?(?P<value>\d{1,3}(?:,\d{3})+|\d+)\$?"
    r" (?:[a-z-]+ ){0,2}?(?P<noun>[a-z]{4,20}s)\b"
)
_HOW_MANY: Final = re.compile(r"\bhow many (?P<clause>[^.?]{1,120})", re.IGNORECASE)
_NOUN: Final = re.compile(
    r"\b(remainder|sum|product|quotient|difference|value|expression|average|mean|digit|divisor|multiple|area"
    r"|probability"
    r"|coefficient|term|distance|determinant|integer|number|volume|perimeter|radius|slope|ratio|length)s?\b",
    re.IGNORECASE,
)
_DOUBTFUL: Final = re.compile(
    r"\b(?:not|if|assum\w+|suppos\w+|would|could|should|when|where|because|since|each|first|one of|instead|rather|other"
    r"|wrong\w*|incorrect\w*|initial\w*|previous\w*|mistake\w*)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(r"\b(?:incorrect\w*|wrong\w*|mistaken\w*|seems?|erroneous\w*|not)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z$\\])|\n+")
_MOST_BACK: Final = 3
"""Steps without a digit that may follow the one with the result: "And that is our answer."."""


def final_value(document: Document, problem: Problem, letters: frozenset[str] = frozenset()) -> Mention | None:
    """The number the answer ends in, where it says so: a box, "the answer is", a concluding sentence of the last step.

    `letters` may occur in it.
    """
    part = _last(document.steps) if problem.base is None or not document.steps else document.steps[-1]
    if part is None:
        return None
    plain = problem.base is None and not problem.unit
    if plain and (closing := _closing(part, problem.readings, letters)) is not None:
        return closing
    for candidate in candidates(part.text):
        if candidate.rule not in _EXPLICIT or len(candidate.texts) != 1:
            break
        text = candidate.texts[0]
        if candidate.rule == "conclusion" and not _concludes(part.text, text):
            break
        value = _read(text, problem, letters)
        if value is None or _DENIED.search(_sentence_of(part.text, text)):
            return None
        return _place(part, text), text, value
    return _said(part, document.question.text) if plain else None


def _concludes(text: str, value: str) -> bool:
    """It is said to be something, and no further value is drawn behind it: "So neither: 30 cards. P = 30/52."."""
    at = _last_place(text, value)
    if not _ENDS.search(text[: max(at, 0)]):
        return False
    behind = _SENTENCE.split(text[at + len(value) :])[1:]
    return not any(_FURTHER.search(sentence) and not _CHECK.match(sentence) for sentence in behind)


def _read(text: str, problem: Problem, letters: frozenset[str]) -> Expr | None:
    if problem.base is not None:
        return numeral(text, problem.base)
    return in_unit(text, problem.unit) if problem.unit else number(text, letters)


def stated(document: Document, targets: Sequence[Expr], letters: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """Ends of asserted chains of equalities that begin with one of the trees asked for."""
    for part in document.steps:
        for chain in part.chains:
            if chain.mood is not Mood.ASSERTED or chain.approximate or not chain.relations:
                continue
            last = chain.terms[-1].expr
            if set(chain.relations) != {"eq"} or last is None or chain.terms[0].expr not in targets:
                continue
            if is_value(last, letters) and not chain.trail.strip(" .,;:!"):
                start, end = chain.terms[-1].start, chain.terms[-1].end
                yield Span(part.step, start, end), part.text[start:end], last


def _closing(part: Part, targets: Sequence[Expr], letters: frozenset[str]) -> Mention | None:
    """The last formula of a step without box, where it gives a letter asked for its value: "So x = 12."."""
    chain = part.chains[-1] if part.chains and "boxed" not in part.text else None
    if chain is None or chain.mood is not Mood.ASSERTED or chain.approximate or set(chain.relations) != {"eq"}:
        return None
    last = chain.terms[-1].expr
    if not isinstance(chain.terms[0].expr, Sym) or chain.terms[0].expr not in targets or last is None:
        return None
    if not is_value(last, letters) or chain.trail.strip(" .,;:!") or _DOUBTFUL.search(chain.lead):
        return None
    start, end = chain.terms[-1].start, chain.terms[-1].end
    return Span(part.step, start, end), part.text[start:end], last


def _last(steps: Sequence[Part]) -> Part | None:
    for part in reversed(steps[-_MOST_BACK:]):
        if any(char.isdigit() for char in part.text):
            return part
    return None


def _said(part: Part, question: str) -> Mention | None:
    """ "So the remainder is 22." at the end, about what the question asks for."""
    sentence = _SENTENCE.split(part.text.strip()[-600:])[-1]
    if _DOUBTFUL.search(sentence):
        return None
    if (counted := _counted(sentence, question)) is not None:
        value = number(counted)
        return None if value is None else (_place(part, counted), counted, value)
    match = _SAID.search(sentence)
    if match is None:
        return None
    asked = _SENTENCE.split(question.strip()[-600:])
    wanted = {noun.lower() for piece in asked for noun in _NOUN.findall(piece)}
    subject = _NOUN.search(sentence[: match.start()])
    if subject is None or subject.group(1).lower() not in wanted:
        return None
    value = number(match["value"])
    return None if value is None else (_place(part, match["value"]), match["value"], value)


def _sentence_of(text: str, value: str) -> str:
    """The words of the last sentence that has the value, formulas left out."""
    found = [piece for piece in _SENTENCE.split(text[-2_000:]) if value in piece]
    return re.sub(r"\$[^$]*\$|\\\(.*?\\\)", " ", found[-1]) if found else ""


def _counted(sentence: str, question: str) -> str | None:
    """ "So there are 12 such integers", where the question asks how many integers."""
    asked = _HOW_MANY.search(question)
    found = list(_COUNTED.finditer(sentence))
    if asked is None or len(found) != 1:
        return None
    match = found[0]
    first = re.search(r"[a-z]{4,20}s\b", re.sub(r"\$[^$]*\$", " ", asked["clause"]).lower())
    return match["value"] if first is not None and first.group() == match["noun"] else None


def number(text: str, letters: frozenset[str] = frozenset()) -> Expr | None:
    """The value a piece of text ends in, closed but for the letters."""
    tree = read(text)
    if isinstance(tree, Unread):
        return None
    while isinstance(tree, Apply) and tree.head in ("eq", "and"):
        tree = tree.args[-1]
    if "i" not in letters and "i" in free_symbols(tree):
        tree = substitute(tree, {"i": Const("i")})
    return tree if is_value(tree, letters) else None


def is_value(tree: Expr, letters: frozenset[str]) -> bool:
    """A number, or an expression in the letters."""
    if not letters:
        return is_number(tree)
    heads = {node.head for node in walk(tree) if isinstance(node, Apply)}
    return free_symbols(tree) <= letters and heads <= FIELD


def _last_place(text: str, value: str) -> int:
    """Where the value stands last by itself, not as the numerator of `30/52` or the beginning of `30.5`."""
    at = text.rfind(value)
    while at >= 0 and _GOES_ON.match(text, at + len(value)):
        at = text.rfind(value, 0, at)
    return at if at >= 0 else text.rfind(value)


def _place(part: Part, text: str) -> Span:
    at = _last_place(part.text, text)
    return Span(part.step, at, at + len(text)) if at >= 0 else Span(part.step, 0, len(part.text))
