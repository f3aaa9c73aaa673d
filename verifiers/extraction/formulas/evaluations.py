"""A value said of the computation just before it, sentence by sentence: "That is √225." and then "Which is 20."."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.claims import Arithmetic, Claim, Context, Derivation, Span
from verifiers.expr import Apply, Expr, Num, app, heads
from verifiers.extraction.document import Document, Mood, Part
from verifiers.extraction.formulas.derivations import is_ambiguous, names, size, usable
from verifiers.extraction.formulas.links import bare
from verifiers.extraction.meaning.scope import scope_of
from verifiers.extraction.meaning.values import Rough, apart_by_less, is_closed, rough
from verifiers.extraction.reading.chains import is_lone
from verifiers.notation.reading import Options, Unread, read

_OPENING: Final = (
    r"(?:(?:so|and|then|now|thus|hence|therefore|ok|okay|right|yes|great|good|exactly|correct|that's correct"
    r"|that's right|i agree|finally|continuing)[\s.,!]+){0,3}"
)
_WHICH: Final = (
    r"(?:which|that|this|it|the (?:whole |entire )?expression)(?: expression| fraction| sum| product| result)?"
)
_REWRITTEN: Final = r"(?:simplifies|reduces|evaluates|comes out|works out|expands)(?: further)?(?: down)? to"
_EQUALS: Final = r"becomes|is(?: just| simply| equal to| the same as)?|equals|gives(?: us)?|adds up to|makes|would be"
_SIMPLIFYING: Final = (
    r"(?:continuing to )?simplify(?:ing)?(?: this| that| further| the expression| it)?,?"
    r" (?:(?:we|you) (?:get|have|obtain)|gives(?: us)?|yields)"
)
_ADVERBS: Final = r"(?:(?:then|further|just|simply|clearly|obviously|also|now) ){0,2}"
_LED_TO: Final = re.compile(
    r"(?:^|[,;:] |\b(?:then|so|now|thus|hence|therefore),? |\w )we (?:get|have|obtain|end up with)[:,]? ", re.IGNORECASE
)
"""What introduces a formula of its own: it may be evaluated, but says nothing of the one before."""
_SAID: Final = re.compile(
    rf"(?:^\s*{_OPENING}|[,;] (?:and )?)"
    rf"(?P<verb>{_WHICH}(?:'s| {_ADVERBS}(?:{_EQUALS}))"
    rf"|(?P<rewritten>{_WHICH} {_ADVERBS}(?:{_REWRITTEN})|{_SIMPLIFYING}))"
    r"[:,]? ",
    re.IGNORECASE,
)
_SIGN: Final = r"[^\s.,;!?:]|[.,](?=\d)|\s(?=[-+*/=^(|\\\d]|[a-z]\b(?! [a-z]{2})|[a-z]\^)"
_FORMULA: Final = re.compile(
    rf"(?:\$|\\\(|\\\[)?\s?(?:\\boxed\{{)?(?P<formula>(?:{_SIGN}){{1,160}}?)(?:\$|\\\)|\\\])?"
    r"(?: (?!(?:and|or|more|less|fewer|times|than|percent|of|out|to|in|if|when|for|remainder|r|mod|modulo|million"
    r"|thousand|hundred|billion|dozen|pairs?|plus|minus|over|choose|by|squared|cubed|halves|thirds|ways?|cases?|is|are"
    r"|as|with|because|since|which)\b)[a-z]{2,14}){0,2}(?=[\s$]*(?:[.!;]|,(?!\d)|$))(?!\.\d)"
)
_WORD: Final = re.compile(r"(?<![\\a-zA-Z])[a-zA-Z]{3,}")
_DIGIT: Final = re.compile(r"\d")
_UNFIT: Final = re.compile(
    r"\b(?:wait|actually|mistak\w*|wrong|incorrect\w*|error\w*|oops|sorry|approx\w*|about|roughly|round\w*|remainder"
    r"|nearest|quotient|mod|modulo|digit|base|not|instead|suppose|assum\w*|estimate\w*|let's say|no)\b|\?"
    r"|\\(?:mathbf|vec|overrightarrow|hat)\b|matrix\b|(?<![\w)}])-\d+\s*\^"
)
"""Second thoughts, roundings and other number systems; vectors; `-1^{4}`, which cofactors have for (-1)^4."""
_LONGEST: Final = 400
_MOST_BEHIND: Final = 8
_SENTENCES_APART: Final = 2


class _Told(msgspec.Struct, frozen=True):
    """An expression and where it stands."""

    expr: Expr
    part: Part
    start: int
    end: int


def find(document: Document) -> Iterator[Claim]:
    """Claims that each value is that of the expression before it, with no other number between the two."""
    scope = scope_of(document)
    before: _Told | None = None
    apart = 0
    for part in document.steps:
        for index, sentence in enumerate(part.sentences):
            text = part.text[sentence.start : sentence.end]
            if len(text) > _LONGEST or sentence.mood in (Mood.ASKED, Mood.REJECTED) or _UNFIT.search(text.lower()):
                before = None
                continue
            told: list[_Told] = []
            reached = 0
            for match in _SAID.finditer(text):
                if match[0][0] in ",;" and "which" not in match[0].lower():
                    continue
                read_here = _read(part, sentence.start, text, match)
                if read_here is None:
                    break
                plain_before = _DIGIT.search(text[reached : match.start()]) is None
                source = told[-1] if told and plain_before else before if not told and plain_before else None
                if not told and source is None:
                    source = _last_formula(part, index, sentence.start + match.start())
                if source is not None and (not apart or match.group().lstrip().lower().startswith("which")):
                    context = scope.context((part.step, 0), ())
                    yield from _claims(source, read_here, match["rewritten"] is not None, context)
                told.append(read_here)
                reached = read_here.end - sentence.start
            apart += 1
            if apart > _SENTENCES_APART:
                before = None
            if told and _DIGIT.search(text[reached:]) is None:
                before, apart = told[-1], 0
            elif _DIGIT.search(text):
                before = _last_formula(part, index, sentence.end) or _introduced(part, sentence.start, text)
                apart = 0


def _read(part: Part, offset: int, text: str, said: re.Match[str]) -> _Told | None:
    match = _FORMULA.match(text, said.end())
    if match is None:
        return None
    written = match["formula"].strip()
    if written.endswith("}") and written.count("}") > written.count("{"):
        written = written[:-1]
    if not _DIGIT.search(written) or _WORD.search(written) or any(sign in written for sign in "=<>≈%°:"):
        return None
    tree = read(written, Options(syntax="latex") if "\\" in written else Options())
    if isinstance(tree, Unread):
        return None
    return _Told(tree, part, offset + said.start(said.lastgroup or 0), offset + match.end("formula"))


def _introduced(part: Part, offset: int, text: str) -> _Told | None:
    """The formula that ends the sentence after "we get", without delimiters and relation sign."""
    found = list(_LED_TO.finditer(text))
    told = _read(part, offset, text, found[-1]) if found else None
    return told if told is not None and len(text) + offset - told.end <= _MOST_BEHIND else None


def _last_formula(part: Part, index: int, end: int) -> _Told | None:
    """The last side of the sentence's last formula, where nothing but its full stop or a comma follows."""
    place = bisect_right(part.chains, end, key=lambda c: c.end) - 1
    if place < 0 or part.chains[place].sentence != index:
        return None
    chain = part.chains[place]
    expr = chain.terms[-1].expr
    behind = part.text[chain.end : end].strip()
    if expr is None or len(behind) > _MOST_BEHIND or _DIGIT.search(behind) or set(chain.relations) - {"eq"}:
        return None
    if chain.mood not in (Mood.ASSERTED, Mood.DEFINED) or not usable(chain):
        return None
    return _Told(expr, part, chain.start, chain.end)


def _claims(source: _Told, target: _Told, rewritten: bool, context: Context) -> Iterator[Claim]:
    (left, units), (right, others) = bare(source.expr), bare(target.expr)
    if units or others or is_lone(left) or left == right or not isinstance(left, Apply):
        return
    if heads(left) & {"list", "tuple", "set", "pm", "mp", "ellipsis", "mod", "approx", "percent"}:
        return
    formula: Arithmetic | Derivation
    if is_closed(left) and is_closed(right):
        value, told = rough(left), rough(right)
        if value is None or told is None or _is_cut(value, told, right):
            return
        formula = Arithmetic(relation=app("eq", left, right), context=Context(conventions=context.conventions))
    elif rewritten and names(left) == names(right) and size(left) >= max(5, size(right)) and size(right) >= 3:
        formula = Derivation(premises=(left,), conclusion=right, link="rewrite")
        if is_ambiguous(formula):
            return
    else:
        return
    text = target.part.text
    yield Claim(
        span=Span(target.part.step, target.start, target.end), text=text[target.start : target.end], formula=formula
    )


def _is_cut(value: Rough, told: Rough, written: Expr) -> bool:
    """The whole part of a quotient, a number rounded to a whole one."""
    whole = isinstance(written, Num) and written.value.denominator == 1
    return whole and Fraction(value).denominator != 1 and apart_by_less(value, told, 1)
