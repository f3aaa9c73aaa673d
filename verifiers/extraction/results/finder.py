"""What an answer says the asked value is, as claims about the question, where the question can be computed."""

from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Context, Result
from verifiers.expr import Apply, Expr, Sym, free_symbols, heads, num, walk
from verifiers.extraction.document import Document
from verifiers.extraction.results.definitions import defined
from verifiers.extraction.results.mentions import Mention, final_value, stated
from verifiers.extraction.results.problem import Problem, read_problem
from verifiers.extraction.results.units import is_number
from verifiers.extraction.results.values import MEASURES

_MOST_LETTERS: Final = 4


def find(document: Document) -> Iterator[Claim]:
    """The final result answers the question; so does every value that the asked expression is said to have."""
    problem = read_problem(document.question.text)
    if problem is None or (problem.rounded and problem.grid is None) or problem.percent:
        return
    context = defined(problem.context)
    if any("matrix" in heads(value) for _, value in context.definitions):
        return
    known = {name for name, _ in context.definitions}.union(*(free_symbols(given) for given in context.givens))
    loose = frozenset[str]().union(*(free_symbols(reading) - known for reading in problem.readings))
    if (loose and known) or len(loose) > _MOST_LETTERS or not all(_known_calls(r, context) for r in problem.readings):
        return
    parameters = tuple(("value", reading) for reading in problem.readings)
    if problem.grid is not None:
        parameters = (*parameters, ("grid", num(problem.grid)))
    numerals = any("based" in heads(reading) for reading in problem.readings)
    places = set()
    for span, text, value in _mentions(document, problem, loose):
        if (loose and not free_symbols(value)) or (numerals and "based" not in heads(value) and problem.base is None):
            continue
        if span not in places:
            places.add(span)
            formula = Result(template="value", parameters=parameters, claimed=value, context=context)
            yield Claim(span=span, text=text, formula=formula)


def _mentions(document: Document, problem: Problem, letters: frozenset[str]) -> Iterator[Mention]:
    final = final_value(document, problem, letters)
    if final is not None:
        yield final
    if problem.base is not None or problem.unit:
        return
    targets = tuple(reading for reading in problem.readings if not isinstance(reading, Sym) and not is_number(reading))
    yield from stated(document, targets, letters)


def _known_calls(tree: Expr, context: Context) -> bool:
    names = {name for name, _, _ in context.functions} | MEASURES
    if any(isinstance(node, Apply) and node.head == "derivative" and _unknown(node) for node in walk(tree)):
        return False
    calls = (node.args[0] for node in walk(tree) if isinstance(node, Apply) and node.head == "call")
    return all(isinstance(call, Sym) and call.name in names for call in calls)


def _unknown(derivative: Apply) -> bool:
    """`dy/dx` of a y that is a function nobody wrote down here."""
    return not free_symbols(derivative.args[1]) & free_symbols(derivative.args[0])
