"""Seatings around a table and things handed out, with written solutions, right or with one slip at a known step."""

import random
from collections.abc import Callable
from itertools import permutations
from typing import NamedTuple

PEOPLE = ("Asha", "Bilal", "Chen", "Divya", "Emeka", "Farah", "Goran", "Hana")
COLOURS = ("red", "blue", "green", "yellow", "white")
SUBJECTS = ("physics", "history", "music", "biology", "drawing")

State = dict[str, int]
Test = Callable[[State], bool]


class Fact(NamedTuple):
    """`told` is the sentence, `must` the same as a necessity, `cannot` its opposite as an impossibility."""

    told: str
    must: str
    cannot: str
    test: Test


class Puzzle(NamedTuple):
    question: str
    states: tuple[State, ...]
    solution: State
    clues: tuple[Fact, ...]
    facts: tuple[Fact, ...]

    def left(self, told: int) -> list[State]:
        return [s for s in self.states if all(clue.test(s) for clue in self.clues[:told])]


def table(rng: random.Random) -> Puzzle:
    """Four to six people around a table, all facing the centre."""
    n = rng.choice((4, 5, 6))
    people = rng.sample(PEOPLE, n)
    # Seats count clockwise: the next one is on the left of who faces the centre.
    states = tuple(dict(zip(people, (0, *rest), strict=True)) for rest in permutations(range(1, n)))
    facts = [fact for a, b in permutations(people, 2) for fact in _around(a, b, n)]
    listed = ", ".join(people[:-1]) + f" and {people[-1]}"
    number = ("four", "five", "six")[n - 4]
    opening = rng.choice(
        (
            f"{number.capitalize()} people {listed} are sitting around a circular table facing the centre.",
            f"{number.capitalize()} friends, {listed}, sit around a round table, facing the centre.",
        )
    )
    return _posed(opening, states, facts, rng, f"Who sits opposite {people[0]}?")


def _around(a: str, b: str, n: int) -> list[Fact]:
    def turned(by: int) -> Test:
        return lambda s: (s[a] - s[b]) % n == by % n

    def fact(phrase: str, test: Test) -> Fact:
        return Fact(f"{a} sits {phrase} {b}.", f"{a} must sit {phrase} {b}", f"{a} cannot sit {phrase} {b}", test)

    facts = [
        fact("to the immediate left of", turned(1)),
        fact("immediately to the right of", turned(-1)),
        fact("second to the left of", turned(2)),
        fact("second to the right of", turned(-2)),
        fact("next to", lambda s: (s[a] - s[b]) % n in (1, n - 1)),
    ]
    if n % 2 == 0:
        facts.append(fact("opposite", turned(n // 2)))
    return facts


def handed(rng: random.Random) -> Puzzle:
    """Each of three or four people has one thing of as many, no two the same."""
    n = rng.choice((3, 4))
    people = rng.sample(PEOPLE, n)
    things, verb, base, opening = rng.choice(
        (
            (COLOURS, "has", "have", "Each of {people} has exactly one of {things}, and no two have the same."),
            (SUBJECTS, "likes", "like", "{count} students, {people}, each like a different one of {things}."),
            (COLOURS, "wears", "wear", "Each of {people} wears a different colour of {things}."),
        )
    )
    chosen = rng.sample(things, n)
    states = tuple(dict(zip(people, rest, strict=True)) for rest in permutations(range(n)))
    facts = []
    for person in people:
        for k, thing in enumerate(chosen):
            test = _has(person, k)
            facts.append(
                Fact(
                    f"{person} {verb} {thing}.",
                    f"{person} must {base} {thing}",
                    f"{person} cannot {base} {thing}",
                    test,
                )
            )
    listed = [", ".join(names[:-1]) + f" and {names[-1]}" for names in (people, chosen)]
    count = ("Three", "Four")[n - 3]
    posed = opening.format(people=listed[0], things=listed[1], count=count)
    return _posed(posed, states, facts, rng, f"Who {verb} {chosen[0]}?")


def _has(person: str, k: int) -> Test:
    return lambda s: s[person] == k


def _posed(opening: str, states: tuple[State, ...], facts: list[Fact], rng: random.Random, asked: str) -> Puzzle:
    solution = rng.choice(states)
    pool = []
    for fact in facts:
        if fact.test(solution):
            pool.append(fact)
        else:
            pool.append(_denied(fact))
    for _ in range(len(facts) // 2):
        one, other = rng.sample(facts, 2)
        either = f"Either {one.told[:-1]} or {other.told}"
        if one.test(solution) != other.test(solution):
            pool.append(Fact(either, "", "", _either(one.test, other.test)))
        elif one.test(solution):
            pool.append(Fact(f"If {one.told[:-1]} then {other.told}", "", "", _implied(one.test, other.test)))
    rng.shuffle(pool)
    left, clues = list(states), []
    for fact in pool:
        kept = [s for s in left if fact.test(s)]
        if len(kept) < len(left):
            left = kept
            clues.append(fact)
        if len(left) == 1:
            break
    question = opening + "\n" + "\n".join(f"{k}. {clue.told}" for k, clue in enumerate(clues, 1)) + f"\n{asked}"
    return Puzzle(question, states, solution, tuple(clues), tuple(facts))


def _denied(fact: Fact) -> Fact:
    name, verb, rest = fact.told.split(" ", 2)
    base = {"sits": "sit", "has": "have", "likes": "like", "wears": "wear"}[verb]
    return Fact(f"{name} does not {base} {rest}", "", "", lambda s: not fact.test(s))


def _either(one: Test, other: Test) -> Test:
    return lambda s: one(s) or other(s)


def _implied(one: Test, other: Test) -> Test:
    return lambda s: not one(s) or other(s)


Maker = Callable[[random.Random], Puzzle]
Style = Callable[[Puzzle, int, random.Random], list[str]]


def _pick(posed: Puzzle, told: int, wrong: bool, holds: bool, rng: random.Random) -> Fact | None:
    """A fact that by now must hold (or must not), or one that is wrong in the solution."""
    if wrong:
        return rng.choice([f for f in posed.facts if f.test(posed.solution) is not holds])
    left = posed.left(told)
    known = [f for f in posed.facts if all(f.test(s) is holds for s in left)]
    return rng.choice(known) if known else None


def necessities(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "…, so Asha must sit next to Chen"."""
    steps = []
    for at, clue in enumerate(posed.clues):
        fact = _pick(posed, at + 1, at == slip, True, rng)
        said = rng.choice((", so {}.", ". Therefore {}.", ", which means that {}.", ". It follows that {}."))
        steps.append(clue.told.rstrip(".") + said.format(fact.must) if fact else clue.told)
    return steps


def impossibilities(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "From clue 2, Asha cannot sit next to Chen"."""
    steps = []
    for at, clue in enumerate(posed.clues):
        fact = _pick(posed, at + 1, at == slip, False, rng)
        steps.append(f"From clue {at + 1}, {fact.cannot}." if fact else f"Clue {at + 1}: {clue.told}")
    return steps


def conclusions(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """All the clues, then what is so in the end."""
    steps = [" ".join(clue.told for clue in posed.clues), "There is only one possible arrangement."]
    for at in range(2, 5):
        fact = _pick(posed, len(posed.clues), at == slip, True, rng)
        assert fact is not None
        steps.append(rng.choice(("Hence {}", "- {}", "We conclude that {}", "In the end, {}")).format(fact.told))
    return steps


def cases(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """A case that fails, and nothing said of the rest."""
    wrong = rng.choice([f for f in posed.facts if not f.test(posed.solution)])
    first = _pick(posed, 1, slip == 0, True, rng)
    steps = [f"{posed.clues[0].told} Thus {first.must}." if first else posed.clues[0].told]
    return [
        *steps,
        f"Case 1: {wrong.told} Then {rng.choice(posed.facts).told} This contradicts clue 1.",
        "Case 2 it is.",
    ]


STYLES: tuple[Style, ...] = (necessities, impossibilities, conclusions, cases)


def slip(style: Style, posed: Puzzle, rng: random.Random) -> int:
    """A step that the style can get wrong."""
    if style is conclusions:
        return rng.randrange(2, 5)
    return 0 if style is cases else rng.randrange(len(posed.clues))
