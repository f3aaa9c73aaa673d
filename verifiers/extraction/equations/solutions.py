"""Values offered as solutions, put into the equations they are said to solve.

Three places: the final result, held against the question's own relations; a tuple of letters set equal to a tuple of
values; and "x = 2 or x = 3" after an equation in x.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from verifiers import exact
from verifiers.claims import QUESTION, Claim, Context, Derivation, Solution, Span
from verifiers.expr import Apply, Const, Expr, Sym, Text, app, free_symbols, walk
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.equations.asked import Asked, asked, unknowns
from verifiers.extraction.formulas.derivations import relations, usable
from verifiers.extraction.meaning.scope import Scope, scope_of
from verifiers.extraction.reading.boxes import boxed
from verifiers.notation.reading import Options, Unread, read
from verifiers.verdicts import Remark

WHOLE: Final = "the value"
"""The letter that stands for an expression whose value is asked."""
_COMPLETE: Final = re.compile(
    r"\b(?:the (?:two |three |only |possible )?(?:real )?(?:solutions|roots|values)|two (?:real )?(?:solutions|roots)"
    r"|only (?:real )?solutions?)\b"
)
_COORDINATES: Final = frozenset({"x", "y", "z"})
"""Letters of points as often as of unknowns."""
_RESTRICTED: Final = re.compile(
    r"\b(?:integers?|natural|whole|positive|negative|non-?negative|rational|primes?|between|interval|range|degrees?|radians?"
    r"|acute|obtuse|real|complex|smallest|largest|least|greatest|angles?|lengths?|distinct|digits?)\b"
    r"|[<>≤≥∈]|\\(?:leq?|geq?|in|lt|gt)(?![a-z])|\[0"
)
"""Words of a question that asks for some of the solutions only."""
MOST_READ: Final = 3_000
_ONLY: Final = re.compile(r"\bonly (?:real )?(?:solution|root)s?\b")
_SOLVING: Final = re.compile(r"\b(?:solv\w+|solutions?|roots?)\b")
_LEADING: Final = re.compile(
    r"\b(?:solv\w+|solutions?|roots?|so|thus|hence|therefore|gives?|get|yields?|obtain|find|means)\b"
)
_EITHER: Final = re.compile(r"[\s$\\()\],.]{0,8}or[\s$\\()]{0,8}$")
_APART: Final = re.compile(r"^[\s$\\(\),.*]*(?:or|and)?[\s$\\(\),.*]*$")


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims of the final result and of every solution listed on the way."""
    scope = scope_of(document)
    question = asked(document.question)
    if question is not None:
        yield from _final(document, question, scope)
    yield from _tuples(document, scope)
    yield from _alternatives(document, scope)


def _final(document: Document, question: Asked, scope: Scope) -> Iterator[Claim]:
    said = False
    for part in document.steps[-2:]:
        box = boxed(part.text)
        if box is None:
            continue
        said = True
        chain = next((c for c in reversed(part.chains) if c.start <= box.end and box.start <= c.end), None)
        if chain is not None and chain.mood is Mood.REJECTED:
            continue
        values = [read(text, Options(syntax="latex")) for text in box.texts]
        read_values = [v for v in values if not isinstance(v, Unread)]
        if len(read_values) != len(values):
            continue
        value = read_values[0] if len(values) == 1 else Apply("set", tuple(read_values))
        formula = _held_against(value, question, scope, part)
        if formula is not None:
            yield Claim(span=Span(part.step, box.start, box.end), text=part.text[box.start : box.end], formula=formula)
    if not said:
        yield from _stated(document, question, scope)


def _stated(document: Document, question: Asked, scope: Scope) -> Iterator[Claim]:
    """Without a box: the last formula of the last two steps that gives what is asked a value."""
    for part in reversed(document.steps[-2:]):
        for chain in reversed(part.chains):
            value = chain.terms[-1].expr
            gives = chain.relations and set(chain.relations) == {"eq"} and chain.terms[0].expr == question.target
            if not gives or value is None or chain.mood is not Mood.ASSERTED or chain.approximate or not closed(value):
                continue
            if _ONLY.search(chain.lead):
                return
            formula = _held_against(value, question, scope, part)
            if formula is not None:
                if isinstance(formula, Solution):
                    formula = msgspec.structs.replace(formula, complete=False)
                text = part.text[chain.start : chain.end]
                yield Claim(span=Span(part.step, chain.start, chain.end), text=text, formula=formula)
            return


def _held_against(value: Expr, question: Asked, scope: Scope, part: Part) -> Derivation | Solution | None:
    letters = free_symbols(question.target).union(*(free_symbols(g) for g in question.given))
    domains = scope.context((part.step, 0), letters).domains
    context = Context(domains=domains)
    names = unknowns(question.target)
    if isinstance(value, Apply) and value.head == "eq" and value.args[0] == question.target:
        value = value.args[1]
    if names:
        members = listed(value, len(names))
        inside = tuple(g for g in question.given if free_symbols(g) <= set(names))
        if members is not None and inside and len(inside) == len(question.given):
            complete = question.every and len(names) == 1 and (bool(domains) or not question.restricted)
            return Solution(
                problem=inside, unknowns=names, claimed=app("set", *members), complete=complete, context=context
            )
        if len(names) > 1 or members is None or len(members) != 1:
            if members is not None and inside:
                return Solution(problem=inside, unknowns=names, claimed=app("set", *members), context=context)
            return None
    if not closed(value):
        return None
    whole = _as_a_letter(question)
    if whole is not None:
        return Solution(problem=whole, unknowns=(WHOLE,), claimed=app("set", value))
    return Derivation(
        premises=question.given, conclusion=app("eq", question.target, value), link="follows", context=context
    )


def _as_a_letter(question: Asked) -> tuple[Expr, ...] | None:
    """The given relations with the expression asked for as a letter, where its own letters occur nowhere else."""
    if isinstance(question.target, Sym) or closed(question.target):
        return None
    replaced = tuple(_replaced(g, question.target) for g in question.given)
    bearing = tuple(r for r in replaced if WHOLE in free_symbols(r))
    return bearing if bearing == replaced and all(free_symbols(r) == {WHOLE} for r in bearing) else None


def _replaced(expr: Expr, old: Expr) -> Expr:
    if expr == old:
        return Sym(WHOLE)
    return Apply(expr.head, tuple(_replaced(a, old) for a in expr.args)) if isinstance(expr, Apply) else expr


def closed(expr: Expr) -> bool:
    """A number: no letters, words, sets or relations."""
    return not free_symbols(expr) and not any(
        isinstance(n, Text) or (isinstance(n, Const) and n.name not in ("pi", "e"))
        or (isinstance(n, Apply) and n.head in ("set", "tuple", "list", "eq", "or", "and", "call", "interval", "union"))
        for n in walk(expr)
    )  # fmt: skip


def listed(value: Expr, width: int) -> tuple[Expr, ...] | None:
    """The values (or tuples of `width` values) that a final result names; None where it names none."""
    if isinstance(value, Apply) and value.head == "or":
        parts = [listed(a.args[1] if isinstance(a, Apply) and a.head == "eq" else a, width) for a in value.args]
        return None if None in parts else tuple(v for p in parts if p is not None for v in p)
    members = value.args if isinstance(value, Apply) and value.head in ("set", "list") else (value,)
    if width == 1:
        return members if members and all(closed(m) for m in members) else None
    fitting = all(isinstance(m, Apply) and m.head == "tuple" and len(m.args) == width and all(closed(a) for a in m.args)
                  for m in members)  # fmt: skip
    return members if members and fitting else None


def _tuples(document: Document, scope: Scope) -> Iterator[Claim]:
    """`(x, y) = (2, 3)` against the question's relations in exactly these letters."""
    given = [r for c in document.question.chains if usable(c) for r in relations(c)]
    question = asked(document.question)
    wanted = unknowns(question.target) if question is not None else ()
    for part in document.steps:
        for chain in part.chains:
            if chain.mood is not Mood.ASSERTED or chain.relations != ("eq",):
                continue
            left, right = chain.terms[0].expr, chain.terms[1].expr
            names = unknowns(left) if left is not None else ()
            if len(names) < 2 or right is None or (set(names) <= _COORDINATES and names != wanted):
                continue
            members = listed(right, len(names))
            problem = tuple(g for g in given if free_symbols(g) <= set(names))
            if members is None or not problem or _either_way(part, chain):
                continue
            context = Context(domains=scope.context((chain.step, chain.start), names).domains)
            yield Claim(
                span=Span(chain.step, chain.start, chain.end), text=part.text[chain.start : chain.end],
                formula=Solution(problem=problem, unknowns=names, claimed=app("set", *members), context=context),
            )  # fmt: skip


def _either_way(part: Part, chain: Chain) -> bool:
    """ "(m, n) = (8, 13) or (m, n) = (13, 8)": one pair, of which the author leaves open which is which."""
    place = part.chains.index(chain)
    around = part.chains[max(0, place - 1) : place + 2]
    for first, last in pairwise(around):
        values = [c.terms[-1].expr for c in (first, last)]
        if first.sentence != last.sentence or not _EITHER.match(part.text[first.end : last.start]):
            continue
        if all(isinstance(v, Apply) and v.head == "tuple" for v in values):
            a, b = (v.args for v in values if isinstance(v, Apply))
            if a != b and sorted(a, key=repr) == sorted(b, key=repr):
                return True
    return False


MOST_EQUATIONS: Final = 6


class Listing(msgspec.Struct, frozen=True):
    """`x = a`, `x = b`, … side by side in one sentence."""

    letter: str
    values: tuple[Expr, ...]
    first: Chain
    last: Chain


def _alternatives(document: Document, scope: Scope) -> Iterator[Claim]:
    known: list[Expr] = []
    for chain in document.question.chains:
        _remember(chain, known)
    asked_relations = tuple(known)
    restriction = document.question.text[-MOST_READ:].lower()
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
            problem = _problem(listing, known)
            if problem is None or _has_cases(problem, listing, known) or not (_LEADING.search(lead) or " or " in text):
                continue
            if not _solves_all(problem, listing) and not _SOLVING.search(lead):
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


def _problem(listing: Listing, known: Sequence[Expr]) -> Expr | None:
    """The equation in the letter that most of the values solve, the last of equals: each may have a factor or a case of
    its own among those written down.
    """
    best, most = None, 0
    about = [r for r in known if free_symbols(r) == {listing.letter}]
    for relation in about[-MOST_EQUATIONS:]:
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
    known.extend(r for r in links if isinstance(r, Apply) and r.head == "eq" and not _value_of(r))


def _value_of(relation: Expr) -> tuple[str, Expr] | None:
    """`x = number`."""
    if isinstance(relation, Apply) and relation.head == "eq" and isinstance(relation.args[0], Sym):
        return (relation.args[0].name, relation.args[1]) if closed(relation.args[1]) else None
    return None


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
    if not chain.relations and isinstance(chain.terms[0].expr, Apply) and chain.terms[0].expr.head == "or":
        pairs = [_value_of(a) for a in chain.terms[0].expr.args]
        names = {p[0] for p in pairs if p is not None}
        if None in pairs or len(names) != 1:
            return None
        return names.pop(), tuple(p[1] for p in pairs if p is not None)
    if not chain.relations or set(chain.relations) != {"eq"} or not isinstance(chain.terms[0].expr, Sym):
        return None
    last = chain.terms[-1].expr
    if last is None or any(isinstance(n, Apply) and n.head in ("pm", "mp") for n in walk(last)):
        return None
    members = listed(last, 1)
    return None if members is None else (chain.terms[0].expr.name, members)
