"""Values listed for one letter, "x = 2 or x = 3", after an equation in it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers import exact
from verifiers.claims import QUESTION, Claim, Context, Solution, Span
from verifiers.expr import Apply, Expr, app, free_symbols, heads
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.equations.offered import offered, value_of
from verifiers.extraction.formulas.derivations import relations, usable
from verifiers.extraction.meaning.scope import scope_of
from verifiers.verdicts import Remark

_COMPLETE: Final = re.compile(
    r"\b(?:the (?:two |three |only |possible )?(?:real )?(?:solutions|roots|values)|two (?:real )?(?:solutions|roots)"
    r"|only (?:real )?solutions?)\b"
)
_RESTRICTED: Final = re.compile(
    r"\b(?:integers?|natural|whole|positive|negative|non-?negative|rational|primes?|between|interval|range|degrees?|radians?"
    r"|acute|obtuse|real|complex|smallest|largest|least|greatest|angles?|lengths?|distinct|digits?)\b"
    r"|[<>≤≥∈]|\\(?:leq?|geq?|in|lt|gt)(?![a-z])|\[0"
)
"""Words of a question that asks for some of the solutions only."""
_ONLY: Final = re.compile(r"\bonly (?:real )?(?:solution|root)s?\b")
_SOLVING: Final = re.compile(r"\b(?:solv\w+|solutions?|roots?)\b")
_LEADING: Final = re.compile(
    r"\b(?:solv\w+|solutions?|roots?|so|thus|hence|therefore|gives?|get|yields?|obtain|find|means)\b"
)
_APART: Final = re.compile(r"^[\s$\\(\),.*]*(?:or|and)?[\s$\\(\),.*]*$")
_MOST_READ: Final = 3_000
_MOST_EQUATIONS: Final = 6


class Listing(msgspec.Struct, frozen=True):
    """`x = a`, `x = b`, … side by side in one sentence."""

    letter: str
    values: tuple[Expr, ...]
    first: Chain
    last: Chain


def find(document: Document) -> Iterator[Claim | Remark]:
    """A claim for every listing of values that leads on from an equation in its letter."""
    scope = scope_of(document)
    known: list[Expr] = []
    for chain in document.question.chains:
        _remember(chain, known)
    asked_relations = tuple(known)
    restriction = document.question.text[-_MOST_READ:].lower()
    for part in document.steps:
        for listing, passed in _listings(part):
            for chain in passed:
                _remember(chain, known)
            if listing is None:
                continue
            lead = listing.first.lead
            if len(listing.values) < 2 and not _ONLY.search(lead):
                continue
            text = part.text[listing.first.start : listing.last.end]
            at_last = _asked_at_last(document, part, listing, asked_relations)
            problem = at_last or _problem(listing, known)
            if problem is None or not (_LEADING.search(lead) or " or " in text):
                continue
            if at_last is None and _has_cases(problem, listing, known):
                continue
            if at_last is None and not _solves_all(problem, listing) and not _SOLVING.search(lead):
                continue
            context = Context(domains=scope.context((part.step, listing.first.start), {listing.letter}).domains)
            asked_whole = problem in asked_relations and not context.domains
            complete = _COMPLETE.search(lead) is not None and asked_whole and not _RESTRICTED.search(restriction)
            yield Claim(
                span=Span(part.step, listing.first.start, listing.last.end), text=text,
                formula=Solution(
                    problem=(problem,), unknowns=(listing.letter,), claimed=app("set", *listing.values),
                    complete=complete, context=context,
                ),
            )  # fmt: skip


def _asked_at_last(document: Document, part: Part, listing: Listing, given: Sequence[Expr]) -> Expr | None:
    """The question's one equation, for the values an answer ends in: squaring or taking logarithms together may have
    let in values that solve the last line and not what was asked.
    """
    if part is not document.steps[-1] or any(char.isalnum() for char in part.text[listing.last.end :]):
        return None
    if len(given) != 1 or free_symbols(given[0]) != {listing.letter}:
        return None
    return given[0] if any(_solves(given[0], listing.letter, value) for value in listing.values) else None


def _problem(listing: Listing, known: Sequence[Expr]) -> Expr | None:
    """The equation in the letter that most of the values solve, the last of equals: each may have a factor or a case of
    its own among those written down.
    """
    best, most = None, 0
    about = [r for r in known if free_symbols(r) == {listing.letter}]
    for relation in about[-_MOST_EQUATIONS:]:
        solved = sum(_solves(relation, listing.letter, value) for value in listing.values)
        if solved >= most and solved:
            best, most = relation, solved
    return best


def _has_cases(problem: Expr, listing: Listing, known: Sequence[Expr]) -> bool:
    """Every value solves an equation of its own: cases, or factors set to zero."""
    about = [r for r in known if free_symbols(r) == {listing.letter} and r != problem]
    failing = [v for v in listing.values if not _solves(problem, listing.letter, v)]
    return bool(failing) and all(any(_solves(r, listing.letter, v) for r in about) for v in failing)


def _solves_all(problem: Expr, listing: Listing) -> bool:
    return all(_solves(problem, listing.letter, value) for value in listing.values)


def _solves(relation: Expr, letter: str, value: Expr) -> bool:
    return exact.holds(relation, {letter: value}) is True


def _remember(chain: Chain, known: list[Expr]) -> None:
    meant = (Mood.ASSERTED, Mood.SUPPOSED, Mood.DEFINED) if chain.step != QUESTION else tuple(Mood)
    if not usable(chain) or chain.mood not in meant:
        return
    links = relations(chain)
    if len(links) > 1:
        ends = chain.terms[0].expr, chain.terms[-1].expr
        links = [app("eq", *(e for e in ends if e is not None))] if set(chain.relations) == {"eq"} else []
    known.extend(r for r in links if isinstance(r, Apply) and r.head == "eq" and not value_of(r))


def _listings(part: Part) -> Iterator[tuple[Listing | None, Sequence[Chain]]]:
    """Every listing with the chains before it since the last one."""
    passed: list[Chain] = []
    current: Listing | None = None
    for chain in part.chains:
        found = _listed_here(chain)
        if found is not None and current is not None and _goes_on(part, current, found[0], chain):
            current = msgspec.structs.replace(current, values=current.values + found[1], last=chain)
            continue
        if current is not None:
            yield current, tuple(passed)
            passed = []
            current = None
        if found is not None:
            current = Listing(found[0], found[1], chain, chain)
        else:
            passed.append(chain)
    yield current, tuple(passed)


def _goes_on(part: Part, current: Listing, letter: str, chain: Chain) -> bool:
    together = letter == current.letter and current.last.sentence == chain.sentence
    return together and _APART.match(part.text[current.last.end : chain.start].lower()) is not None


def _listed_here(chain: Chain) -> tuple[str, tuple[Expr, ...]] | None:
    """The letter and its values where the chain says `x = value`, `x = 1, 2` or `x = 1 or x = 2`."""
    if chain.mood is not Mood.ASSERTED or chain.approximate:
        return None
    found = offered(chain)
    if found is None or not found[0]:
        return None
    last = chain.terms[-1].expr
    return None if chain.relations and last is not None and heads(last) & {"pm", "mp"} else found
