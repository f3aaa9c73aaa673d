"""Swapping puzzles with written solutions, right or with one slip at a known step, in many wordings."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

PEOPLE = ("Asha", "Bilal", "Chen", "Divya", "Emeka", "Farid", "Gita", "Hanna", "Ivo", "Jun")
COLOURS = ("red", "blue", "green", "yellow", "white", "purple", "orange", "black", "pink", "brown")
BOOKS = ("The Left Hand of Darkness", "Middlemarch", "Things Fall Apart", "The Tale of Genji", "Beloved", "Emma",
         "Pride and Prejudice", "The Trial", "Dune")  # fmt: skip
PARTNERS = ("Kofi", "Lotte", "Mina", "Nils", "Olga", "Pavel", "Quentin", "Rosa")
POSITIONS = ("left winger", "right winger", "goalkeeper", "striker", "left back", "benchwarmer", "right midfielder")
SEATS = ("the aisle seat", "the window seat", "the middle seat", "the front seat", "the back seat")

State = dict[str, str]
Pair = tuple[str, str]
Style = Callable[["Puzzle"], list[str]]


class Kind(NamedTuple):
    """`has` and `now` tell who has what, at the start and later; `swap` and `named` tell a swap; `short` what a state
    line calls a thing.
    """

    things: Sequence[str]
    opening: str
    has: str
    now: str
    swap: str
    final: str
    short: Callable[[str], str]


def _same(thing: str) -> str:
    return thing


def _colour(thing: str) -> str:
    return thing.split()[0]


def _title(thing: str) -> str:
    words = [w for w in thing.removeprefix("The ").split() if w[0].isupper()]
    return max(words, key=len) if thing not in ("Emma", "Dune") else thing


def _seat(thing: str) -> str:
    return thing.split()[1]


KINDS = (
    Kind([f"{c} ball" for c in COLOURS], "are playing a game. At the start, each holds a ball:", "has a {}",
         "has the {}", "{} and {} swap balls", "At the end of the game, {} has the", _colour),
    Kind([f"{c} scarf" for c in COLOURS], "meet in the hall.", "wears a {}", "wears the {}",
         "{} trades scarves with {}", "Which scarf does {} wear at the end?", _colour),
    Kind(BOOKS, "share their books.", "gets {}", "has {}", "{} exchanges books with {}",
         "At the end of term, {} has", _title),
    Kind(PARTNERS, "go to a dance.", "is dancing with {}", "is dancing with {}", "{} and {} switch partners",
         "At the end of the dance, {} is dancing with", _same),
    Kind(POSITIONS, "are in one team.", "is playing {}", "is playing {}", "{} and {} trade positions",
         "At the end of the match, {} is playing", _same),
    Kind(SEATS, "are on a train.", "sits in {}", "sits in {}", "{} swaps seats with {}",
         "Where does {} sit in the end?", _seat),
)  # fmt: skip


class Puzzle(NamedTuple):
    kind: Kind
    question: str
    states: list[State]
    """At the start and after each swap."""
    swaps: list[Pair]
    asked: str
    letters: dict[str, str]


def puzzle(rng: random.Random) -> Puzzle:
    kind = rng.choice(KINDS)
    count = rng.randint(3, min(5, len(kind.things)))
    people = rng.sample(PEOPLE, count)
    state = dict(zip(people, rng.sample(list(kind.things), count), strict=True))
    states, swaps = [state], []
    for _ in range(rng.randint(3, 6)):
        pair = tuple(rng.sample(people, 2))
        swaps.append((pair[0], pair[1]))
        states.append(swapped(states[-1], swaps[-1]))
    asked = rng.choice(people)
    held = [f"{p} {kind.has.format(t)}" for p, t in state.items()]
    order = ["First", *["Then"] * (len(swaps) - 2), "Finally"]
    told = " ".join(f"{w}, {kind.swap.format(*pair)}." for w, pair in zip(order, swaps, strict=True))
    letters = dict(zip(state.values(), "ABCDE", strict=False))
    choices = "\n".join(f"({letter}) {thing}." for thing, letter in letters.items())
    question = (
        f"{', '.join(people[:-1])} and {people[-1]} {kind.opening} {', '.join(held[:-1])}, and {held[-1]}.\n"
        f"{told} {kind.final.format(asked)}\nOptions:\n{choices}"
    )
    return Puzzle(kind, question, states, swaps, asked, letters)


def swapped(state: State, pair: Pair) -> State:
    one, other = pair
    return {**state, one: state[other], other: state[one]}


def slipped(posed: Puzzle, rng: random.Random) -> tuple[Puzzle, int]:
    """The same with one swap carried out wrongly, and all after it rightly from there; the number of that swap."""
    at = rng.randint(1, len(posed.swaps))
    one, other = posed.swaps[at - 1]
    third = rng.choice([name for name in posed.states[0] if name not in (one, other)])
    before = posed.states[at - 1]
    wrong = rng.choice([before, swapped(before, (one, third)), {**posed.states[at], one: before[one]}])
    states = [*posed.states[:at], wrong]
    for pair in posed.swaps[at:]:
        states.append(swapped(states[-1], pair))
    return posed._replace(states=states), at


def _line(p: Puzzle, state: State, sign: str = ": ") -> str:
    return ", ".join(f"{name}{sign}{p.kind.short(thing)}" for name, thing in state.items())


def _clauses(p: Puzzle, state: State, names: Sequence[str], filler: str = "") -> list[str]:
    verb, _, rest = p.kind.now.partition(" ")
    return [f"{name} {verb}{filler} {rest.format(state[name])}" for name in names]


def _ending(p: Puzzle) -> str:
    thing = p.states[-1][p.asked]
    return f"At the end, {p.asked} {p.kind.now.format(thing)}. The answer is ({p.letters[thing]})."


def _state_lines(p: Puzzle) -> list[str]:
    after = [f"{a} and {b} swap: {_line(p, s)}." for (a, b), s in zip(p.swaps, p.states[1:], strict=True)]
    return [f"At the start: {_line(p, p.states[0])}.", *after, _ending(p)]


def _bullets(p: Puzzle) -> list[str]:
    steps = ["Let's follow the swaps.\n" + "\n".join(f"- {c}." for c in _clauses(p, p.states[0], list(p.states[0])))]
    for at, ((a, b), state) in enumerate(zip(p.swaps, p.states[1:], strict=True), 1):
        lines = [f"- **{name}**: {p.kind.short(thing)}" for name, thing in state.items()]
        steps.append(f"**Swap {at} ({a} and {b} swap):**\n" + "\n".join(lines))
    return [*steps, _ending(p)]


def _changes(p: Puzzle) -> list[str]:
    steps = ["We follow who has what."]
    for (a, b), state in zip(p.swaps, p.states[1:], strict=True):
        first, second = _clauses(p, state, (a, b), " now")
        steps.append(f"{p.kind.swap.format(a, b)}, so {first} and {second}.")
    return [*steps, _ending(p)]


def _numbered(p: Puzzle) -> list[str]:
    after = [f"After swap {at}: {_line(p, s, ' = ')}." for at, s in enumerate(p.states[1:], 1)]
    return [f"Initially: {_line(p, p.states[0], ' = ')}.", *after, _ending(p)]


def _brackets(p: Puzzle) -> list[str]:
    short = p.kind.short
    steps = []
    for (a, b), before, after in zip(p.swaps, p.states, p.states[1:], strict=False):
        swap = f"{a} ({short(before[a])}) and {b} ({short(before[b])}) swap"
        steps.append(f"{swap} → {a} ({short(after[a])}), {b} ({short(after[b])}).")
    return [*steps, _ending(p)]


def _after(p: Puzzle) -> list[str]:
    steps = [f"Initially, {', '.join(_clauses(p, p.states[0], list(p.states[0])))}."]
    for (a, b), state in zip(p.swaps, p.states[1:], strict=True):
        first, second = _clauses(p, state, (a, b))
        steps.append(f"After {a} and {b} swap, {first} while {second}.")
    return [*steps, _ending(p)]


def _bare(p: Puzzle) -> list[str]:
    return [*(_line(p, state) for state in p.states), _ending(p)]


def _initials(p: Puzzle) -> list[str]:
    if len({name[0] for name in p.states[0]}) < len(p.states[0]):
        return _bare(p)
    lines = [", ".join(f"{name[0]}: {p.kind.short(thing)}" for name, thing in s.items()) for s in p.states]
    after = [f"{a[0]} and {b[0]} swap: {line}" for (a, b), line in zip(p.swaps, lines[1:], strict=True)]
    return [lines[0], *after, f"So the answer is ({p.letters[p.states[-1][p.asked]]})."]


def _twice(p: Puzzle) -> list[str]:
    """What the two have before a swap, then what they have after it."""
    steps = []
    for (a, b), before, after in zip(p.swaps, p.states, p.states[1:], strict=False):
        had, have = _clauses(p, before, (a, b)), _clauses(p, after, (a, b), " now")
        steps.append(f"{a} and {b} swap. {had[0]} and {had[1]}, so {have[0]} and {have[1]}.")
    return [*steps, _ending(p)]


def _recap(p: Puzzle) -> list[str]:
    listed = " ".join(f"{at}. {a} and {b} swap." for at, (a, b) in enumerate(p.swaps, 1))
    return [f"The swaps are these: {listed}", *_state_lines(p)]


def _table(p: Puzzle) -> list[str]:
    short = p.kind.short
    labels = ["Start", *(f"{a} ↔ {b}" for a, b in p.swaps)]
    rows = [f"| {label} | {' | '.join(map(short, s.values()))} |" for label, s in zip(labels, p.states, strict=True)]
    head = f"| Swap | {' | '.join(p.states[0])} |\n|{'---|' * (len(p.states[0]) + 1)}"
    return ["We follow the swaps in a table.", "\n".join([head, *rows]), _ending(p)]


def _counted(p: Puzzle) -> list[str]:
    """A table whose rows have numbers."""
    rows = [f"| {at} | {' | '.join(map(p.kind.short, s.values()))} |" for at, s in enumerate(p.states)]
    return [f"| | {' | '.join(p.states[0])} |\n" + "\n".join(rows), _ending(p)]


STYLES = (
    _state_lines, _bullets, _changes, _numbered, _brackets, _after, _bare, _initials, _twice, _recap,
    _table, _counted,
)  # fmt: skip


def shown_at(style: Callable[[Puzzle], list[str]], swap: int) -> int:
    """The step of a solution that tells the state after that swap."""
    if style in (_table, _counted):
        return 1 if style is _table else 0
    return swap - 1 if style in (_brackets, _twice) else swap + 1 if style is _recap else swap
