"""Values offered as solutions, put into the equations they are said to solve.

Two places: the final result, held against the question's own relations; and a tuple of letters set equal to a tuple of
values.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from verifiers.claims import Claim, Context, Derivation, Solution, Span
from verifiers.expr import Apply, Expr, Sym, app, free_symbols
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.equations.asked import Asked, asked, unknowns
from verifiers.extraction.equations.offered import closed, listed
from verifiers.extraction.formulas.derivations import relations, usable
from verifiers.extraction.meaning.scope import Scope, scope_of
from verifiers.extraction.reading.boxes import boxed
from verifiers.notation.reading import Options, Unread, read
from verifiers.verdicts import Remark

WHOLE: Final = "the value"
"""The letter that stands for an expression whose value is asked."""
_COORDINATES: Final = frozenset({"x", "y", "z"})
"""Letters of points as often as of unknowns."""
_ONLY: Final = re.compile(r"\bonly (?:real )?(?:solution|root)s?\b")
_DROPPED: Final = re.compile(
    r"extraneous|reject|discard|invalid|inadmissible|spurious|\b(?:not|n't|fails?|neglect\w*|ignor\w*|drop\w*)\b"
)
"""Said behind a value that is no solution after all: "x = -1 (the latter extraneous)"."""
_EITHER: Final = re.compile(r"[\s$\\()\],.]{0,8}or[\s$\\()]{0,8}$")


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims of the final result and of every tuple of values on the way."""
    scope = scope_of(document)
    question = asked(document.question)
    if question is not None:
        yield from _final(document, question, scope)
    yield from _tuples(document, scope)


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
            if _ONLY.search(chain.lead) or _DROPPED.search(part.text[chain.start : chain.end + 120].lower()):
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
