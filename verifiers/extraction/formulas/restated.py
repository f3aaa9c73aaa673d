"""An expression said to be another: "… which simplifies to …", "that is …", across formulas, sentences and steps."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.claims import Arithmetic, Claim, Context, Derivation, Span
from verifiers.expr import Apply, Const, Expr, app, walk
from verifiers.extraction.document import Chain, Document, Mood
from verifiers.extraction.formulas.derivations import is_ambiguous, names, size, usable
from verifiers.extraction.formulas.linking import words_between
from verifiers.extraction.meaning.scope import Scope, scope_of
from verifiers.verdicts import Remark

_OPENING: Final = (
    r"^[\s.,;:]*(?:(?:so|and|then|now|thus|hence|therefore|ok|okay|right|yes|great|good|correct|that's correct"
    r"|that's right|i agree|finally|again)[\s.,!]*){0,3}"
)
_WHICH: Final = (
    r"(?:which|that|this|it)(?: expression| fraction| sum| product| result)?"
    r" (?:then |can |also |further |just |simply |now ){0,2}"
)
_REWRITING: Final = re.compile(
    rf"{_OPENING}(?:{_WHICH}(?:simplif(?:ies|y) (?:further )?(?:down )?to|reduces? (?:down )?to|becomes?|expands? to"
    r"|be (?:re)?written as|be (?:simplified|factored|expanded) (?:to|as|into)|factors? (?:to|as|into))"
    r"|simplifying(?: this| that| further| the expression| it)?,? (?:(?:we )?(?:get|have|obtain)|gives(?: us)?|yields)?"
    r"|(?P<ours>(?:so )?we can (?:simplify|rewrite|factor|expand|write) (?:this|it|that)(?: further)? (?:to|as|into)))"
    r"[\s,:]*$"
)
_EQUALLING: Final = re.compile(
    rf"{_OPENING}{_WHICH}"
    r"(?:equals?|is equal to|is the same as|is|is just|evaluates? to|comes out to|works out to)[\s,:]*$"
)
_ENDED: Final = re.compile(r"^[\s$\\)\]}*]*(?:[.,;:!]|$|\n|\b(?:so|and|which|or|because|since)\b)", re.IGNORECASE)
_MEANT: Final = frozenset({Mood.ASSERTED, Mood.DEFINED, Mood.SUPPOSED})


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims that a formula has the value of the one before it."""
    scope = scope_of(document)
    before: Chain | None = None
    for part in document.steps:
        for chain in part.chains:
            if before is not None and _goes_on(document, before, chain):
                formula = _said(document, before, chain, scope)
                if formula is not None:
                    start = before.start if before.step == chain.step else chain.start
                    end = chain.terms[0].end
                    yield Claim(span=Span(chain.step, start, end), text=part.text[start:end], formula=formula)
            before = chain if usable(chain) and chain.mood in _MEANT else None


def _goes_on(document: Document, before: Chain, chain: Chain) -> bool:
    """A formula without relation sign, ended by its sentence, after an expression or a chain of equations."""
    if not usable(chain) or chain.mood not in _MEANT or chain.relations or set(before.relations) - {"eq"}:
        return False
    return _ENDED.match(document.steps[chain.step].text[chain.end :]) is not None


def _said(document: Document, before: Chain, chain: Chain, scope: Scope) -> Arithmetic | Derivation | None:
    words = words_between(document, before, chain)
    source, target = before.terms[-1].expr, chain.terms[0].expr
    if words is None or source is None or target is None:
        return None
    context = scope.context((chain.step, chain.start), names(source) | names(target))
    rewriting = _REWRITING.match(words)
    if rewriting is not None and rewriting.group("ours") and before.relations:
        return None
    if rewriting is not None or (not names(source) and _EQUALLING.match(words)):
        return _formula(source, target, context)
    return None


def _formula(source: Expr, target: Expr, context: Context) -> Arithmetic | Derivation | None:
    """Nothing where nothing was there to simplify, or where the letters are others."""
    if source == target or not isinstance(source, Apply) or size(source) < 4:
        return None
    letters = names(source)
    if not letters and not names(target):
        return Arithmetic(relation=app("eq", source, target), context=Context(conventions=context.conventions))
    if letters != names(target) or size(target) < 3:
        return None
    if any(n == Const("pi") for side in (source, target) for n in walk(side)):
        context = msgspec.structs.replace(context, conventions=())
    formula = Derivation(premises=(source,), conclusion=target, link="rewrite", context=context)
    return None if is_ambiguous(formula) else formula
