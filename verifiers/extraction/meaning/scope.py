"""Which letters mean what, from where on: definitions, values found, givens, functions, domains.

Everything handed on is assumed true by the verifiers, so a letter with two different values anywhere, a value that was
only tried, and an assignment whose own chain does not add up are all left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

import msgspec

from verifiers.claims import QUESTION, Context, Domain
from verifiers.expr import Apply, Expr, Num, Sym, Text, app, free_symbols, heads, substitute, walk
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.meaning.branches import Place, branches
from verifiers.extraction.meaning.values import is_closed, rough, same


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


class Scope(msgspec.Struct, frozen=True):
    """All that a document says about its letters; `context` picks what holds at a place."""

    assigned: tuple[Assigned, ...]
    abbreviations: tuple[Assigned, ...]
    functions: tuple[Defined, ...]
    givens: tuple[tuple[Place, Expr], ...]
    stated: tuple[tuple[Place, Expr], ...]
    """Equations and inequalities of the answer, whatever their mood: what a rewriting may have silently used."""
    domains: tuple[tuple[str, Domain], ...]
    contested: frozenset[str]
    """Letters with two different values: nothing is known of them."""
    conventions: tuple[tuple[str, str], ...] = ()
    valued: frozenset[str] = frozenset()
    """Letters that are set equal to a number anywhere, if only for a trial: unknowns rather than variables."""
    patterns: tuple[tuple[Place, Expr, Expr], ...] = ()
    """Equations with letters, in order, of which another formula may be an instance."""
    variables: frozenset[str] = frozenset()
    """Letters that functions are applied to."""
    branches: tuple[tuple[Place, Place], ...] = ()
    """Where a case opens and where the next of its kind does: what is set in the one does not hold in the other."""

    def context(self, place: Place, letters: Iterable[str], *, stated: bool = False) -> Context:
        """What holds at the place for these letters and the letters they depend on; with `stated`, together with
        what the answer has said of these letters alone before.
        """
        wanted = set(letters)
        definitions: list[tuple[str, Expr]] = []
        seen: set[str] = set()
        frontier = sorted(wanted)
        while frontier:
            letter = frontier.pop()
            if letter in seen or letter in self.contested:
                continue
            found = self._value(letter, place)
            seen.add(letter)
            if found is not None:
                definitions.append((letter, found.value))
                new = free_symbols(found.value) - seen
                wanted |= new
                frontier.extend(sorted(new))
        definitions.reverse()
        functions = tuple(
            (f.name, f.parameters, f.body) for f in self.functions if f.name in wanted and f.place < place
        )
        givens = tuple(self._connected(place, wanted))
        if stated:
            binding = (g for at, g in self.stated if at < place and free_symbols(g) <= wanted)
            givens = (*givens, *islice(binding, 12))
        reach = wanted.union(*(free_symbols(g) for g in givens)) if givens else wanted
        return Context(
            definitions=tuple(definitions), functions=functions, givens=givens,
            domains=tuple((n, d) for n, d in self.domains if n in reach), conventions=self.conventions,
        )  # fmt: skip

    def is_fresh(self, letters: Iterable[str], place: Place) -> bool:
        """Whether the letters are no variables of functions, and all that is known of them was said in the question,
        this step or one of the six before.
        """
        found = [self._value(letter, place) for letter in letters]
        if any(f is not None and f.letter in self.variables for f in found):
            return False
        return all(f is None or f.place[0] == QUESTION or f.place[0] >= place[0] - 6 for f in found)

    def _value(self, letter: str, place: Place) -> Assigned | None:
        for entry in (*self.assigned, *self.abbreviations):
            if entry.letter == letter and entry.place < place and not self._left_behind(entry.place, place):
                return entry
        return None

    def _left_behind(self, set_at: Place, place: Place) -> bool:
        return any(opened <= set_at < closed <= place for opened, closed in self.branches)

    def _connected(self, place: Place, letters: set[str]) -> Iterator[Expr]:
        reach = set(letters)
        relevant = [(g, free_symbols(g)) for at, g in self.givens if at < place]
        taken: set[int] = set()
        changed = True
        while changed and len(taken) < 12:
            changed = False
            for index, (_, names) in enumerate(relevant):
                if index not in taken and names & reach:
                    taken.add(index)
                    reach |= names
                    changed = True
        for index in sorted(taken):
            yield relevant[index][0]


def scope_of(document: Document) -> Scope:
    """The scope of a document, built when it is first asked for and kept with it."""
    kept = vars(document)
    if "scope" not in kept:
        kept["scope"] = _build(document)
    scope: Scope = kept["scope"]
    return scope


def _build(document: Document) -> Scope:
    values: dict[str, list[Assigned]] = defaultdict(list)
    abbreviations: dict[str, list[Assigned]] = defaultdict(list)
    functions: dict[str, list[Defined]] = defaultdict(list)
    contested: set[str] = set()
    givens: list[tuple[Place, Expr]] = []
    stated: list[tuple[Place, Expr]] = []
    patterns: list[tuple[Place, Expr, Expr]] = []
    variables: set[str] = set()
    for part in (document.question, *document.steps):
        for chain in part.chains:
            _note_chain(part, chain, values, abbreviations, functions, contested)
            variables.update(_arguments(chain))
            if len(chain.terms) == 2 and chain.relations[0] == "eq" and len(patterns) < 200:
                left, right = chain.terms[0].expr, chain.terms[1].expr
                if left is not None and right is not None and free_symbols(left) | free_symbols(right):
                    patterns.append(((part.step, chain.start), left, right))
            if part.is_question:
                givens.extend(_givens(chain))
            elif len(chain.terms) == 2:
                stated.extend(_givens(chain))
    for letter, entries in values.items():
        known = [rough(e.value) for e in entries]
        first = known[0]
        if any(
            ((a is None or first is None) and e.value != entries[0].value)
            or (a is not None and first is not None and not same(a, first))
            for a, e in zip(known, entries, strict=True)
        ):
            contested.add(letter)
    for letter, entries in abbreviations.items():
        if any(e.value != entries[0].value for e in entries) and letter not in values:
            contested.add(letter)
    solid = {Mood.ASSERTED, Mood.DEFINED}
    assigned = [
        next((e for e in entries if e.mood in solid or e.place[0] == QUESTION), None)
        for letter, entries in values.items()
        if letter not in contested
    ]
    named = [
        entries[0] for letter, entries in abbreviations.items() if letter not in contested and letter not in values
    ]
    return Scope(
        assigned=tuple(e for e in assigned if e is not None),
        abbreviations=tuple(named),
        functions=tuple(
            entries[0] for entries in functions.values() if all(e.body == entries[0].body for e in entries)
        ),
        givens=tuple(givens[:40]),
        stated=tuple(stated[:200]),
        domains=tuple(_domains(document.question.text)),
        contested=frozenset(contested),
        conventions=tuple(_conventions(document)),
        valued=frozenset(values) | contested,
        patterns=tuple(patterns),
        variables=frozenset(variables),
        branches=tuple(branches(document)),
    )


def _note_chain(
    part: Part,
    chain: Chain,
    values: dict[str, list[Assigned]],
    abbreviations: dict[str, list[Assigned]],
    functions: dict[str, list[Defined]],
    contested: set[str],
) -> None:
    if len(chain.terms) < 2 or chain.relations[0] != "eq":
        return
    first, second = chain.terms[0].expr, chain.terms[1].expr
    place = (part.step, chain.start)
    if isinstance(first, Sym):
        _note_letter(chain, first.name, place, values, abbreviations, contested)
    elif isinstance(first, Apply) and first.head == "call" and second is not None:
        _note_function(part, chain, first, second, place, functions)


def _note_letter(
    chain: Chain,
    letter: str,
    place: Place,
    values: dict[str, list[Assigned]],
    abbreviations: dict[str, list[Assigned]],
    contested: set[str],
) -> None:
    closed: list[Expr] = []
    for relation, term in zip(chain.relations, chain.terms[1:], strict=True):
        if relation != "eq" or term.expr is None:
            break
        if is_closed(term.expr) and _single(term.expr):
            closed.append(term.expr)
    if closed:
        ends = rough(closed[0]), rough(closed[-1])
        if ends[0] is not None and ends[1] is not None and not same(ends[0], ends[1]):
            contested.add(letter)
        values[letter].append(Assigned(letter, closed[-1], place, chain.mood))
        return
    second = chain.terms[1].expr
    if second is None:
        return
    if heads(second) & {"pm", "mp", "list", "set"} or isinstance(second, Text):
        contested.add(letter)
    elif chain.mood is Mood.DEFINED and letter not in free_symbols(second) and isinstance(second, Apply):
        abbreviations[letter].append(Assigned(letter, second, place, chain.mood))


def _arguments(chain: Chain) -> Iterator[str]:
    """Letters a function is applied to: variables, whatever value they are given once."""
    for term in chain.terms:
        if term.expr is None or "call" not in heads(term.expr):
            continue
        for node in walk(term.expr):
            if isinstance(node, Apply) and node.head == "call":
                yield from (a.name for a in node.args[1:] if isinstance(a, Sym))


_PLURAL: Final = frozenset({"pm", "mp", "list", "set", "tuple", "interval", "union", "or", "and", "ellipsis", "matrix"})


def _single(expr: Expr) -> bool:
    """One number, not several, not words or units."""
    return not heads(expr) & _PLURAL and not any(isinstance(n, Text) for n in walk(expr))


_CONDITION: Final = re.compile(
    r"[\s$\\(),;.]*(?:text\s*\{\s*)?(?:if|when|whenever|unless|otherwise|for(?! (?:all|any|every|each|real)\b))\b"
)
"""What follows the formula of one case of a function given case by case."""


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


_SAMPLES: Final = (2, 3)


def _note_function(
    part: Part, chain: Chain, call: Apply, body: Expr, place: Place, functions: dict[str, list[Defined]]
) -> None:
    name, *arguments = call.args
    if not isinstance(name, Sym) or not all(isinstance(a, Sym) for a in arguments):
        return
    parameters = tuple(a.name for a in arguments if isinstance(a, Sym))
    if _CONDITION.match(part.text, chain.end, chain.end + 60):
        return
    own = any(isinstance(n, Apply) and n.head == "call" for n in walk(body))
    if own or len(set(parameters)) != len(parameters) or not free_symbols(body) & set(parameters):
        return
    if part.is_question or chain.mood is Mood.DEFINED or name.name in functions:
        known = functions[name.name]
        if known and known[0].place[0] == QUESTION and not part.is_question and _agrees(known[0], parameters, body):
            return
        known.append(Defined(name.name, parameters, body, place))


def _givens(chain: Chain) -> Iterator[tuple[Place, Expr]]:
    if chain.mood is Mood.REJECTED:
        return
    for index, relation in enumerate(chain.relations):
        left, right = chain.terms[index].expr, chain.terms[index + 1].expr
        if left is None or right is None or relation in ("congruent", "approx"):
            continue
        fact = app(relation, left, right)
        if free_symbols(fact):
            yield (chain.step, chain.start), fact


_DOMAIN: Final = re.compile(
    r"\b(positive (?:integer|real|rational)s?(?: numbers?)?|non-?negative (?:integer|real)s?(?: numbers?)?"
    r"|natural numbers?|real numbers?|reals|integers?|prime numbers?|primes?|complex numbers?|rational numbers?)\s+"
    r"((?:[$\\(),\s]|and|[a-z](?![a-zA-Z])|_\{?\w{1,3}\}?|\\[lc]?dots){1,60})"
)
_LETTER: Final = re.compile(r"(?<![a-zA-Z\\])[a-z](?:_\{?\w{1,3}\}?)?(?![a-zA-Z])")


def _domains(question: str) -> Iterator[tuple[str, Domain]]:
    seen: set[str] = set()
    for found in _DOMAIN.finditer(question[:20_000]):
        words = found.group(1)
        domain: Domain
        if words.startswith(("positive integer", "natural")):
            domain = "natural"
        elif words.startswith("positive"):
            domain = "positive"
        elif words.startswith(("nonnegative real", "non-negative real")):
            domain = "nonnegative"
        elif "integer" in words:
            domain = "integer"
        elif words.startswith("prime"):
            domain = "prime"
        elif words.startswith("complex"):
            domain = "complex"
        elif words.startswith("rational"):
            domain = "rational"
        else:
            domain = "real"
        for letter in _LETTER.findall(found.group(2)):
            if letter not in seen:
                seen.add(letter)
                yield letter, domain


def _conventions(document: Document) -> Iterator[tuple[str, str]]:
    texts = (document.question.text, *(s.text for s in document.steps))
    if any("°" in t or "^\\circ" in t or "^{\\circ}" in t for t in texts):
        yield "angle", "degrees"
