"""Values listed for several letters, "b = 2, c = 2 and d = 2", held against the last constraint in just these letters.

Only where the words call them a solution: values that are tried, set or substituted solve nothing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.claims import QUESTION, Claim, Context, Solution, Span
from verifiers.expr import Apply, Expr, Sym, app, free_symbols, heads
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.equations.offered import closed
from verifiers.extraction.formulas.derivations import is_solved, relations, usable
from verifiers.extraction.meaning.scope import scope_of
from verifiers.verdicts import Remark

_SPACE: Final = r"(?:[\s$\\(),;&*•{}-]|\\q?quad|\\text)*"
_JOINED: Final = re.compile(rf"^{_SPACE}(?:and{_SPACE})?$")
_ACCEPTED: Final = re.compile(
    r"\b(?:solutions?|satisf(?:y|ies)|valid|works?|(?:we|i) (?:have )?f(?:i|ou)nd(?: that)?"
    r"|possible (?:pairs?|values|triples?)|the (?:only )?(?:pairs?|triples?|values))\b"
)
_NOT_SAID: Final = re.compile(
    r"\b(?:if|when|suppose|assum\w+|case|try|trying|test\w*|check\w*|example|e\.g|let|where|set|setting|substitut\w+|plug\w*"
    r"|with|for|coefficients?|formula|compar\w+|using|given|since|because|would|could|not|modulo|mod|guess|starting"
    r"|consider\w*|initial\w*|approximat\w+|about|until|other|neither|unless|one of|first|second)\b|n't"
)
_ACCEPTED_AFTER: Final = re.compile(
    r"^[\s$\\),.]*(?:(?:is|are) (?:an?|the) \w*\s?solutions?|satisf(?:y|ies)|works?)\b"
)
_OR: Final = re.compile(r"^[\s$\\),.]*or\b[\s$\\(]*[a-z]\b")
_CONCLUDING: Final = re.compile(r"\b(?:so|thus|hence|therefore|gives?|giving|yields?|get)\b")
_HELD: Final = (Mood.ASSERTED, Mood.ASKED)
_NEAR: Final = 2
"""Steps that a constraint may lie back."""


class _Listed(msgspec.Struct):
    """Letters and values side by side."""

    values: dict[str, Expr]
    first: Chain
    last: Chain


def find(document: Document) -> Iterator[Claim | Remark]:
    """A claim for every listing of values for two letters or more that is called a solution."""
    scope = scope_of(document)
    known: list[tuple[int, Expr]] = [
        (QUESTION, r) for c in document.question.chains if usable(c) for r in relations(c) if _constrains(r)
    ]
    for part in document.steps:
        for listed, passed in _listings(part):
            known.extend((part.step, r) for c in passed if c.mood in _HELD and usable(c) for r in relations(c)
                         if _constrains(r))  # fmt: skip
            if listed is None or len(listed.values) < 2 or not _is_said(part, listed):
                continue
            problem = _problem(known, frozenset(listed.values), part.step)
            if problem is None:
                continue
            names = tuple(listed.values)
            start, end = listed.first.start, listed.last.end
            context = Context(domains=scope.context((part.step, start), names).domains)
            yield Claim(
                span=Span(part.step, start, end), text=part.text[start:end],
                formula=Solution(
                    problem=(problem,), unknowns=names, claimed=app("set", app("tuple", *listed.values.values())),
                    context=context,
                ),
            )  # fmt: skip


def _constrains(relation: Expr) -> bool:
    """An equation in several letters, no side of which is one: `x = y` is a case as often as a constraint."""
    if not isinstance(relation, Apply) or relation.head != "eq" or any(isinstance(a, Sym) for a in relation.args):
        return False
    return len(free_symbols(relation)) > 1 and not is_solved(relation)


def _problem(known: Sequence[tuple[int, Expr]], letters: frozenset[str], step: int) -> Expr | None:
    """The last constraint in exactly these letters, if it stands near or in the question."""
    found = next(((at, r) for at, r in reversed(known) if free_symbols(r) == letters), None)
    return found[1] if found is not None and (found[0] == QUESTION or step - found[0] < _NEAR) else None


def _is_said(part: Part, listed: _Listed) -> bool:
    sentence = part.sentences[listed.first.sentence]
    opening = sentence.start
    if not part.text[opening : listed.first.start].strip(" -*•$\\(\n") and listed.first.sentence:
        opening = part.sentences[listed.first.sentence - 1].start
    before = part.text[opening : listed.first.start].lower()
    last = part.sentences[listed.last.sentence]
    after = part.text[listed.last.end : last.end].lower()[:80]
    if _NOT_SAID.search(before) or re.search(r"\b(?:or vice|respectively|then|if|where|when|not|fails?|but)\b", after):
        return False
    if _ACCEPTED.search(before) is not None or _ACCEPTED_AFTER.match(after) is not None:
        return True
    return _OR.match(after) is not None and _CONCLUDING.search(before) is not None


def _listings(part: Part) -> Iterator[tuple[_Listed | None, list[Chain]]]:
    """Every listing with the formulas before it since the last one."""
    passed: list[Chain] = []
    current: _Listed | None = None
    for chain in part.chains:
        value = _value(chain)
        if value is not None and current is not None:
            between = part.text[current.last.end : chain.start]
            if value[0] not in current.values and len(between) < 40 and _JOINED.match(between):
                current.values[value[0]] = value[1]
                current.last = chain
                continue
        if current is not None:
            yield current, passed
            passed, current = [], None
        if value is not None:
            current = _Listed({value[0]: value[1]}, chain, chain)
        else:
            passed.append(chain)
    yield current, passed


def _value(chain: Chain) -> tuple[str, Expr] | None:
    """`x = 3`."""
    if chain.mood is not Mood.ASSERTED or chain.approximate or chain.relations != ("eq",):
        return None
    left, right = chain.terms[0].expr, chain.terms[1].expr
    if not isinstance(left, Sym) or right is None or not closed(right) or heads(right) & {"pm", "mp"}:
        return None
    return left.name, right
