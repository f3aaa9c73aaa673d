"""Which letters mean what, from where on: definitions, values found, givens, functions, domains.

Everything handed on is assumed true by the verifiers, so a letter with two different values anywhere, a value that was
only tried, and an assignment whose own chain does not add up are all left out.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from verifiers.claims import QUESTION, Context, Domain
from verifiers.expr import Expr, free_symbols
from verifiers.extraction.document import Document, Mood
from verifiers.extraction.meaning.branches import Place, branches
from verifiers.extraction.meaning.definitions import Assigned, Defined, Noted, arguments, givens_of
from verifiers.extraction.meaning.domains import conventions, domains
from verifiers.extraction.meaning.values import rough, same


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
    noted = Noted()
    givens: list[tuple[Place, Expr]] = []
    stated: list[tuple[Place, Expr]] = []
    patterns: list[tuple[Place, Expr, Expr]] = []
    variables: set[str] = set()
    for part in (document.question, *document.steps):
        for chain in part.chains:
            noted.note(part, chain)
            variables.update(arguments(chain))
            if len(chain.terms) == 2 and chain.relations[0] == "eq" and len(patterns) < 200:
                left, right = chain.terms[0].expr, chain.terms[1].expr
                if left is not None and right is not None and free_symbols(left) | free_symbols(right):
                    patterns.append(((part.step, chain.start), left, right))
            if part.is_question:
                givens.extend(givens_of(chain))
            elif len(chain.terms) == 2:
                stated.extend(givens_of(chain))
    for letter, entries in noted.values.items():
        known = [rough(e.value) for e in entries]
        first = known[0]
        if any(
            ((a is None or first is None) and e.value != entries[0].value)
            or (a is not None and first is not None and not same(a, first))
            for a, e in zip(known, entries, strict=True)
        ):
            noted.contested.add(letter)
    for letter, entries in noted.abbreviations.items():
        if any(e.value != entries[0].value for e in entries) and letter not in noted.values:
            noted.contested.add(letter)
    solid = {Mood.ASSERTED, Mood.DEFINED}
    assigned = [
        next((e for e in entries if e.mood in solid or e.place[0] == QUESTION), None)
        for letter, entries in noted.values.items()
        if letter not in noted.contested
    ]
    named = [
        entries[0]
        for letter, entries in noted.abbreviations.items()
        if letter not in noted.contested and letter not in noted.values
    ]
    return Scope(
        assigned=tuple(e for e in assigned if e is not None),
        abbreviations=tuple(named),
        functions=tuple(
            entries[0] for entries in noted.functions.values() if all(e.body == entries[0].body for e in entries)
        ),
        givens=tuple(givens[:40]),
        stated=tuple(stated[:200]),
        domains=tuple(domains(document.question.text)),
        contested=frozenset(noted.contested),
        conventions=tuple(conventions(document)),
        valued=frozenset(noted.values) | noted.contested,
        patterns=tuple(patterns),
        variables=frozenset(variables),
        branches=tuple(branches(document)),
    )
