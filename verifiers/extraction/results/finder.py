"""The answer's final result as a claim about the question, where the question can be computed."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Context, Result, Span
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, walk
from verifiers.extraction.document import Document, Part
from verifiers.extraction.final_answer import candidates
from verifiers.extraction.results.problem import Problem, read_problem
from verifiers.extraction.results.values import MEASURES
from verifiers.notation.reading import Unread, read

_EXPLICIT: Final = frozenset({"boxed", "marker", "conclusion"})
_ENDS: Final = re.compile(r"(?:=|\b(?:is|are|equals|get))[\s$]{0,4}\Z")
"""What stands before a result in a concluding sentence; "12 is the least common multiple of 4 and 6" ends in no result."""  # noqa: E501


def find(document: Document) -> Iterator[Claim]:
    """At most one claim: the final result answers the question."""
    final = final_value(document)
    if final is None:
        return
    problem = read_problem(document.question.text)
    if problem is None or problem.rounded or problem.percent:
        return
    context = _definitions(problem)
    if context is None:
        return
    span, text, value = final
    known = {name for name, _ in context.definitions}
    if any((free_symbols(reading) - known) or not _known_calls(reading, context) for reading in problem.readings):
        return
    parameters = tuple(("value", reading) for reading in problem.readings)
    yield Claim(
        span=span, text=text, formula=Result(template="value", parameters=parameters, claimed=value, context=context)
    )


def _definitions(problem: Problem) -> Context | None:
    """The context with its givens turned into definitions; None where a given is no plain assignment."""
    definitions: list[tuple[str, Expr]] = []
    for given in problem.context.givens:
        if not (isinstance(given, Apply) and given.head == "eq" and isinstance(given.args[0], Sym)):
            return None
        name = given.args[0].name
        known = {earlier for earlier, _ in definitions}
        if name in known or free_symbols(given.args[1]) - known:
            return None
        definitions.append((name, given.args[1]))
    return Context(definitions=tuple(definitions), functions=problem.context.functions)


def _known_calls(tree: Expr, context: Context) -> bool:
    names = {name for name, _, _ in context.functions} | MEASURES
    calls = (node.args[0] for node in walk(tree) if isinstance(node, Apply) and node.head == "call")
    return all(isinstance(call, Sym) and call.name in names for call in calls)


def final_value(document: Document) -> tuple[Span, str, Expr] | None:
    """The number the answer ends in, where it says so: a box, "the answer is", a concluding sentence of the last step."""  # noqa: E501
    if not document.steps:
        return None
    part = document.steps[-1]
    for candidate in candidates(part.text):
        if candidate.rule not in _EXPLICIT or len(candidate.texts) != 1:
            return None
        text = candidate.texts[0]
        if candidate.rule == "conclusion" and not _ENDS.search(part.text[: max(part.text.rfind(text), 0)]):
            return None
        tree = read(text)
        if isinstance(tree, Unread):
            return None
        while isinstance(tree, Apply) and tree.head in ("eq", "and"):
            tree = tree.args[-1]
        if isinstance(tree, Apply) and tree.head == "quantity":
            return None
        if free_symbols(tree) or not any(isinstance(node, Num) for node in walk(tree)) or not _is_number(tree):
            return None
        return _place(part, text), text, tree
    return None


def _is_number(tree: Expr) -> bool:
    heads = {node.head for node in walk(tree) if isinstance(node, Apply)}
    return heads <= {"add", "mul", "neg", "div", "pow", "sqrt", "root", "mixed", "factorial"}


def _place(part: Part, text: str) -> Span:
    at = part.text.rfind(text)
    return Span(part.step, at, at + len(text)) if at >= 0 else Span(part.step, 0, len(part.text))
