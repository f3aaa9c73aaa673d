"""Expressions said to be another in a certain form: "factors as", "expands to", "factoring, … = …"."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from verifiers.claims import Claim, Rewrite
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, heads
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.meaning.polynomials import Polynomial, difference, expanded
from verifiers.extraction.reading.told import END, GIVES, IS, START, F, G, asserting, claim, hedged, slot
from verifiers.verdicts import Remark

Form = Literal["factor", "expand", "simplify"]
_FORMS: Final[Mapping[str, Form]] = {"factor": "factor", "expand": "expand", "simplify": "simplify"}
_TO: Final = r"\s+(?:as|into|to get|to obtain|and get|and obtain|to)\s+"
_KEYWORD: Final = re.compile(r"factor|expan|simplif")
_TOLD: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (rf"{START}{F}\s+(?:factors|can be factored|factori[sz]es|is factored){_TO}{G}{END}", "factor"),
        (rf"\bfactor(?:ing|i[sz]ing)? (?!out\b)(?:the \w+ )?{F}{GIVES}{G}{END}", "factor"),
        (rf"\b(?:we|i|you|to)(?: can| then| now| could)? factor(?:i[sz]e)? (?!out\b){F}{_TO}{G}{END}", "factor"),
        (rf"\bthe factori?[sz]?(?:ed form|ation) of {F}{IS}{G}{END}", "factor"),
        (rf"{START}{F}\s+(?:expands|can be expanded|is expanded){_TO}{G}{END}", "expand"),
        (rf"\bexpanding {F}{GIVES}{G}{END}", "expand"),
        (rf"\b(?:we|i|you|to)(?: can| then| now| could)? expand {F}{_TO}{G}{END}", "expand"),
        (rf"\bthe expan(?:sion|ded form) of {F}{IS}{G}{END}", "expand"),
        (rf"{START}{F}\s+(?:simplifies|can be simplified|is simplified){_TO}{G}{END}", "simplify"),
        (rf"\bsimplifying {F}{GIVES}{G}{END}", "simplify"),
        (rf"\b(?:we|i|you|to)(?: can| then| now| could)? simplify {F}{_TO}{G}{END}", "simplify"),
    )
)  # fmt: skip
_FACTORING: Final = re.compile(
    r"\bfactor(?:ing|i[sz]ing|i[sz]es?|ed|s)?\b(?! out)[^.;]{0,40}$|\bfactori[sz]ation\b[^.;]{0,30}$"
)
_COMBINING: Final = re.compile(r"\b(?:combin\w+|collect\w*|add\w*|group\w*) (?:the )?like terms\b[^.;]{0,30}$")
_SPECIAL: Final = frozenset({"i", "j", "e", "omega", "varepsilon"})
"""Letters that may stand for one number: the imaginary unit, a root of unity."""
_OF_EQUATION: Final = re.compile(r"\b(?:sides?|both|equation|if|prime)\b")


def find(document: Document) -> Iterator[Claim | Remark]:
    """Sentences and equations that put an expression into another form."""
    for part in document.steps:
        for chain in part.chains:
            formula = _factored(chain) or _combined(chain)
            if formula is not None:
                yield claim(part, chain.terms[0].start, chain.terms[1].end, formula)
        yield from _in_words(part)


def _factored(chain: Chain) -> Rewrite | None:
    """`x^2 - 5x + 6 = (x - 2)(x - 3)` after "factoring". Both sides start alike, as those of an equation to be solved
    seldom do.
    """
    if chain.mood is not Mood.ASSERTED or chain.relations[:1] != ("eq",):
        return None
    if not _FACTORING.search(chain.lead) or _OF_EQUATION.search(chain.lead):
        return None
    source, target = chain.terms[0].expr, chain.terms[1].expr
    if source is None or target is None or not _is_product(target) or len(free_symbols(source)) != 1:
        return None
    a, b = expanded(source), expanded(target)
    if not isinstance(source, Apply) or source.head != "add" or a is None or b is None:
        return None
    return Rewrite(source=source, target=target, form="factor") if _leading(a) == _leading(b) else None


def _combined(chain: Chain) -> Rewrite | None:
    """`2x + 3x + 1 = 5x + 1` after "combining like terms". An equation to be solved differs in more than one term."""
    if chain.mood is not Mood.ASSERTED or chain.relations[:1] != ("eq",):
        return None
    if not _COMBINING.search(chain.lead) or _OF_EQUATION.search(chain.lead):
        return None
    source, target = chain.terms[0].expr, chain.terms[1].expr
    if not isinstance(source, Apply) or source.head != "add" or target is None:
        return None
    found = difference(source, target)
    alike = found is not None and len(found[0]) <= 1 and free_symbols(source) == free_symbols(target) != frozenset()
    return Rewrite(source=source, target=target, form="combine") if alike else None


def _is_product(expr: Expr) -> bool:
    """At least two factors with letters."""
    if not isinstance(expr, Apply):
        return False
    if expr.head == "pow":
        return isinstance(expr.args[0], Apply) and isinstance(expr.args[1], Num)
    return expr.head == "mul" and sum(bool(free_symbols(a)) for a in expr.args) > 1


def _leading(polynomial: Polynomial) -> object:
    return max(((sum(power for _, power in m), c) for m, c in polynomial.items()), default=None)


def _in_words(part: Part) -> Iterator[Claim]:
    for sentence, text in asserting(part, _KEYWORD):
        taken = 0
        for pattern, form in _TOLD:
            match = pattern.search(text, taken)
            if match is None or hedged(text[: match.start("f")]):
                continue
            formula = _rewrite(match, _FORMS[form])
            if formula is not None:
                taken = match.end("g")
                start = match.start("f") if pattern.pattern.startswith(START) else match.start()
                yield claim(part, sentence.start + start, sentence.start + taken, formula)


def _rewrite(match: re.Match[str], form: Form) -> Rewrite | None:
    source, target = slot(match["f"]), slot(match["g"])
    if source is None or target is None or not free_symbols(source) or isinstance(source, Sym):
        return None
    if heads(source) & {"call", "ellipsis", "pm", "matrix", "prime", "derivative", "integral", "limit"}:
        return None
    letters, kept = free_symbols(source), free_symbols(target)
    if letters & _SPECIAL:
        return None
    if letters != kept and (form != "simplify" or not kept or not kept <= letters):
        return None
    return Rewrite(source=source, target=target, form=form)
