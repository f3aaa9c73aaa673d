"""What one chain of relations says of a letter or function: a value, a name for a formula, a given."""

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.claims import QUESTION
from verifiers.expr import Apply, Expr, Num, Sym, Text, app, free_symbols, heads, substitute, walk
from verifiers.extraction.document import Chain, Mood, Part
from verifiers.extraction.meaning.branches import Place
from verifiers.extraction.meaning.values import is_closed, rough, same

_PLURAL: Final = frozenset({"pm", "mp", "list", "set", "tuple", "interval", "union", "or", "and", "ellipsis", "matrix"})
_CONDITION: Final = re.compile(
    r"[\s$\\(),;.]*(?:text\s*\{\s*)?(?:if|when|whenever|unless|otherwise|for(?! (?:all|any|every|each|real)\b))\b"
)
"""What follows the formula of one case of a function given case by case."""
_SAMPLES: Final = (2, 3)


class Assigned(msgspec.Struct, frozen=True):
    """`letter` stands for `value` from `place` on."""

    letter: str
    value: Expr
    place: Place
    mood: Mood


class Defined(msgspec.Struct, frozen=True):
    """`name(parameters) = body` from `place` on."""

    name: str
    parameters: tuple[str, ...]
    body: Expr
    place: Place


class Noted:
    """What the chains so far say, letter by letter and in their order."""

    def __init__(self) -> None:
        self.values: dict[str, list[Assigned]] = defaultdict(list)
        self.abbreviations: dict[str, list[Assigned]] = defaultdict(list)
        self.functions: dict[str, list[Defined]] = defaultdict(list)
        self.contested: set[str] = set()

    def note(self, part: Part, chain: Chain) -> None:
        """Adds what the chain says of the letter or function on its left."""
        if len(chain.terms) < 2 or chain.relations[0] != "eq":
            return
        first, second = chain.terms[0].expr, chain.terms[1].expr
        place = (part.step, chain.start)
        if isinstance(first, Sym):
            self._note_letter(chain, first.name, place)
        elif isinstance(first, Apply) and first.head == "call" and second is not None:
            self._note_function(part, chain, first, second, place)

    def _note_letter(self, chain: Chain, letter: str, place: Place) -> None:
        closed: list[Expr] = []
        for relation, term in zip(chain.relations, chain.terms[1:], strict=True):
            if relation != "eq" or term.expr is None:
                break
            if is_closed(term.expr) and _single(term.expr):
                closed.append(term.expr)
        if closed:
            ends = rough(closed[0]), rough(closed[-1])
            if ends[0] is not None and ends[1] is not None and not same(ends[0], ends[1]):
                self.contested.add(letter)
            self.values[letter].append(Assigned(letter, closed[-1], place, chain.mood))
            return
        second = chain.terms[1].expr
        if second is None:
            return
        if heads(second) & {"pm", "mp", "list", "set"} or isinstance(second, Text):
            self.contested.add(letter)
        elif chain.mood is Mood.DEFINED and letter not in free_symbols(second) and isinstance(second, Apply):
            self.abbreviations[letter].append(Assigned(letter, second, place, chain.mood))

    def _note_function(self, part: Part, chain: Chain, call: Apply, body: Expr, place: Place) -> None:
        name, *arguments = call.args
        if not isinstance(name, Sym) or not all(isinstance(a, Sym) for a in arguments):
            return
        parameters = tuple(a.name for a in arguments if isinstance(a, Sym))
        if _CONDITION.match(part.text, chain.end, chain.end + 60):
            return
        own = any(isinstance(n, Apply) and n.head == "call" for n in walk(body))
        if own or len(set(parameters)) != len(parameters) or not free_symbols(body) & set(parameters):
            return
        if part.is_question or chain.mood is Mood.DEFINED or name.name in self.functions:
            known = self.functions[name.name]
            if known and known[0].place[0] == QUESTION and not part.is_question and _agrees(known[0], parameters, body):
                return
            known.append(Defined(name.name, parameters, body, place))


def _single(expr: Expr) -> bool:
    """One number, not several, not words or units."""
    return not heads(expr) & _PLURAL and not any(isinstance(n, Text) for n in walk(expr))


def _agrees(known: Defined, parameters: tuple[str, ...], body: Expr) -> bool:
    """Whether the answer's formula has the values of the question's: else the name now stands for something else."""
    if len(parameters) != len(known.parameters):
        return False
    for first in _SAMPLES:
        points = [Num(Fraction(first + 2 * index)) for index in range(len(parameters))]
        a = rough(substitute(known.body, dict(zip(known.parameters, points, strict=True))))
        b = rough(substitute(body, dict(zip(parameters, points, strict=True))))
        if a is None or b is None:
            return known.body == substitute(body, dict(zip(parameters, map(Sym, known.parameters), strict=True)))
        if not same(a, b):
            return False
    return True


def arguments(chain: Chain) -> Iterator[str]:
    """Letters a function is applied to: variables, whatever value they are given once."""
    for term in chain.terms:
        if term.expr is None or "call" not in heads(term.expr):
            continue
        for node in walk(term.expr):
            if isinstance(node, Apply) and node.head == "call":
                yield from (a.name for a in node.args[1:] if isinstance(a, Sym))


def givens_of(chain: Chain) -> Iterator[tuple[Place, Expr]]:
    """The relations with letters of a chain, unless it is rejected."""
    if chain.mood is Mood.REJECTED:
        return
    for index, relation in enumerate(chain.relations):
        left, right = chain.terms[index].expr, chain.terms[index + 1].expr
        if left is None or right is None or relation in ("congruent", "approx"):
            continue
        fact = app(relation, left, right)
        if free_symbols(fact):
            yield (chain.step, chain.start), fact
