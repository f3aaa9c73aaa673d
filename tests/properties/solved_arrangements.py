"""Arrangement puzzles with written solutions, right or with one slip at a known step, in many wordings.

Each puzzle has one solution; its clues are told in an order, and after each the arrangements still possible are known,
so that what a step says of them is right by construction.
"""

import random
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise, permutations
from typing import NamedTuple

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six")
PEOPLE = ("Arun", "Bela", "Chitra", "Dev", "Esha", "Farid", "Gita", "Hari", "Ines", "Jomo")
LETTERS = ("P", "Q", "R", "S", "T", "U", "V")
COLOURS = ("red", "blue", "green", "yellow", "white", "purple", "orange")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

Order = tuple[str, ...]
Test = Callable[[Order], bool]


class Kind(NamedTuple):
    """`be` joins a name to a place; `low` and `high` compare; `up` and `down` head a listing from either end."""

    opening: str
    noun: str
    names: Sequence[str]
    be: str
    base: str
    place: Callable[[int, int], Sequence[str]]
    low: str
    high: str
    up: str
    down: str
    near: bool = False


def _row(k: int, n: int) -> Sequence[str]:
    left = "the leftmost" if k == 1 else f"the {ORDINALS[k - 1]} from the left"
    right = "the rightmost" if k == n else f"the {ORDINALS[n - k]} from the right"
    return left, right


def _age(k: int, n: int) -> Sequence[str]:
    old = "the oldest" if k == 1 else f"the {ORDINALS[k - 1]}-oldest"
    new = "the newest" if k == n else f"the {ORDINALS[n - k]}-newest"
    return old, new


def _price(k: int, n: int) -> Sequence[str]:
    cheap = "the cheapest" if k == 1 else f"the {ORDINALS[k - 1]}-cheapest"
    dear = "the most expensive" if k == n else f"the {ORDINALS[n - k]}-most expensive"
    return cheap, dear


def _height(k: int, n: int) -> Sequence[str]:
    short = "the shortest" if k == 1 else f"the {ORDINALS[k - 1]} shortest"
    tall = "the tallest" if k == n else f"the {ORDINALS[n - k]} tallest"
    return short, tall


def _finish(k: int, n: int) -> Sequence[str]:
    return (ORDINALS[k - 1], "last" if k == n else "second-to-last" if k == n - 1 else ORDINALS[k - 1])


def _day(k: int, n: int) -> Sequence[str]:
    return (f"on {DAYS[k - 1]}",)


def _seat(k: int, n: int) -> Sequence[str]:
    end = "at the left end" if k == 1 else "at the right end" if k == n else f"{ORDINALS[k - 1]} from the left"
    return (end, f"{ORDINALS[n - k]} from the right")


KINDS = (
    Kind("On a shelf, there are {n} books: {things}.", "book", COLOURS, "is", "be", _row, "to the left of",
         "to the right of", "from left to right", "from right to left"),
    Kind("A garage keeps {n} vans: {things}. No two are of the same age.", "van", COLOURS, "is", "be", _age,
         "older than", "newer than", "from oldest to newest", "from newest to oldest"),
    Kind("A shop sells {n} lamps: {things}, all at different prices.", "lamp", COLOURS, "is", "be", _price,
         "cheaper than", "more expensive than", "from cheapest to most expensive", "from most to least expensive"),
    Kind("{N} friends, {people}, have different heights.", "friend", PEOPLE, "is", "be", _height, "shorter than",
         "taller than", "from shortest to tallest", "from tallest to shortest"),
    Kind("{N} runners, {people}, ran a race.", "runner", PEOPLE, "finished", "have finished", _finish, "before",
         "after", "from first to last", "from last to first"),
    Kind("{N} talks, {people}, are held from Monday to {day}, one each day.", "talk", LETTERS, "is", "be", _day,
         "before", "after", "from first to last", "from last to first"),
    Kind("{N} students {people} are sitting in a row facing north.", "student", PEOPLE, "is", "be", _seat,
         "to the left of", "to the right of", "from left to right", "from right to left", near=True),
)  # fmt: skip


class Clue(NamedTuple):
    text: str
    test: Test


class Puzzle(NamedTuple):
    kind: Kind
    order: Order
    clues: tuple[Clue, ...]
    question: str
    asked: int
    options: tuple[str, ...]

    def name(self, thing: str) -> str:
        return f"the {thing} {self.kind.noun}" if self.kind.names is COLOURS else thing

    def place(self, k: int, rng: random.Random) -> str:
        return rng.choice(list(self.kind.place(k, len(self.order))))

    def left(self, told: int) -> list[Order]:
        """The arrangements that the first clues leave."""
        return [o for o in permutations(self.order) if all(clue.test(o) for clue in self.clues[:told])]


def puzzle(rng: random.Random) -> Puzzle:
    """A puzzle of four or five objects with just one solution."""
    kind = rng.choice(KINDS)
    n = rng.choice((4, 5))
    order = tuple(rng.sample(list(kind.names), n))
    bare = Puzzle(kind, order, (), "", 0, ())
    pool = _clues(bare, rng)
    rng.shuffle(pool)
    clues: list[Clue] = []
    left = list(permutations(order))
    for clue in pool:
        kept = [o for o in left if clue.test(o)]
        if len(kept) < len(left):
            clues.append(clue)
            left = kept
        if len(left) == 1:
            break
    asked = rng.randint(1, n)
    listed = sorted(order)
    names = [bare.name(thing) for thing in listed]
    things = ", ".join(f"a {thing} {kind.noun}" for thing in listed[:-1]) + f" and a {listed[-1]} {kind.noun}"
    people = ", ".join(listed[:-1]) + f" and {listed[-1]}"
    opening = kind.opening.format(
        n=NUMBERS[n], N=NUMBERS[n].capitalize(), things=things, people=people, day=DAYS[n - 1]
    )
    place = kind.place(asked, n)[0]
    options = [f"({letter}) {_big(name)} {kind.be} {place}." for letter, name in zip("ABCDE", names, strict=False)]
    told = "\n".join(f"- {clue.text}" for clue in clues)
    question = f"{opening}\n{told}\nWhich of the following is correct?\n" + "\n".join(options)
    return Puzzle(kind, order, tuple(clues), question, asked, tuple(listed))


def _clues(bare: Puzzle, rng: random.Random) -> list[Clue]:
    kind, order, n = bare.kind, bare.order, len(bare.order)
    clues: list[Clue] = []
    for a, b in combinations(order, 2):
        text, one, other = (kind.low, a, b) if rng.random() < 0.5 else (kind.high, b, a)
        clues.append(Clue(f"{_big(bare.name(one))} {kind.be} {text} {bare.name(other)}.", _before(a, b)))
    for a, b in pairwise(order):
        if kind.near:
            clues.append(Clue(f"{bare.name(a)} {kind.be} immediately {kind.low} {bare.name(b)}.", _just_before(a, b)))
    for k, thing in enumerate(order, 1):
        if rng.random() < 0.5:
            clues.append(Clue(f"{_big(bare.name(thing))} {kind.be} {bare.place(k, rng)}.", _at(thing, k)))
        other = rng.choice([j for j in range(1, n + 1) if j != k])
        if kind.be == "is":
            clues.append(Clue(f"{_big(bare.name(thing))} is not {bare.place(other, rng)}.", _not(_at(thing, other))))
    a, b = rng.sample(list(order), 2)
    i, j = order.index(a) + 1, order.index(b) + 1
    if kind.be == "is":
        wrong = rng.choice([k for k in range(1, n + 1) if k != j])
        text = f"If {bare.name(a)} is {bare.place(i, rng)}, then {bare.name(b)} is not {bare.place(wrong, rng)}."
        clues.append(Clue(text, _unless(_at(a, i), _at(b, wrong))))
        text = f"Either {bare.name(a)} is {bare.place(i, rng)} or {bare.name(b)} is {bare.place(wrong, rng)}."
        clues.append(Clue(text, _either(_at(a, i), _at(b, wrong))))
    return clues


def _before(a: str, b: str) -> Test:
    return lambda o: o.index(a) < o.index(b)


def _just_before(a: str, b: str) -> Test:
    return lambda o: o.index(a) + 1 == o.index(b)


def _at(a: str, k: int) -> Test:
    return lambda o: o[k - 1] == a


def _not(test: Test) -> Test:
    return lambda o: not test(o)


def _unless(one: Test, other: Test) -> Test:
    return lambda o: not (one(o) and other(o))


def _either(one: Test, other: Test) -> Test:
    return lambda o: one(o) or other(o)


def _big(text: str) -> str:
    return text[0].upper() + text[1:]


def _fixed(left: Sequence[Order]) -> dict[int, str]:
    """Places that all these arrangements agree on."""
    return {k + 1: o for k, o in enumerate(left[0]) if all(other[k] == o for other in left)}


def _answer(posed: Puzzle, thing: str, rng: random.Random) -> str:
    letter = "ABCDE"[posed.options.index(thing)]
    return rng.choice((f"So the answer is ({letter}).", f"Therefore, the answer is {letter}.", f"Answer: ({letter})"))


def _other(posed: Puzzle, thing: str, rng: random.Random) -> str:
    return rng.choice([o for o in posed.order if o != thing])


Style = Callable[[Puzzle, int, random.Random], list[str]]
"""A solution whose step number `slip` is wrong; none is where it is -1."""


def places_one_by_one(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "…, so the red book must be third": each place as soon as it is known."""
    kind = posed.kind
    steps: list[str] = ["Let's work through the clues one at a time."]
    known: set[int] = set()
    for told in range(1, len(posed.clues) + 1):
        text = posed.clues[told - 1].text
        fixed = _fixed(posed.left(told))
        fresh = [k for k in fixed if k not in known][:2]
        known |= set(fresh)
        for at, k in enumerate(fresh):
            thing = _other(posed, fixed[k], rng) if slip == len(steps) and at == 0 else fixed[k]
            lead = rng.choice(("So ", "Therefore, ", "This means that ", "Hence ", "It follows that "))
            text += f" {lead}{posed.name(thing)} must {kind.base} {posed.place(k, rng)}."
        steps.append(text)
    return _ended(posed, steps, slip, rng)


def exclusions(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "…, so Arun cannot be first"."""
    steps: list[str] = []
    for told in range(1, len(posed.clues) + 1):
        left = posed.left(told)
        thing = rng.choice(posed.order)
        never = [k for k in range(1, len(posed.order) + 1) if all(o[k - 1] != thing for o in left)]
        here = posed.order.index(thing) + 1
        k = here if slip == len(steps) else rng.choice(never) if never else 0
        clue = posed.clues[told - 1].text.rstrip(".")
        if k:
            steps.append(f"{clue}, so {posed.name(thing)} cannot {posed.kind.base} {posed.place(k, rng)}.")
        else:
            steps.append(f"{clue}.")
    return _ended(posed, steps, slip, rng)


def cumulative(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "So from left to right: first is …, then second can be any book, …" after each clue."""
    steps: list[str] = []
    for told in range(1, len(posed.clues) + 1):
        fixed = _fixed(posed.left(told))
        if slip == len(steps):
            k = rng.randint(1, len(posed.order))
            fixed = {**fixed, k: _other(posed, posed.order[k - 1], rng)}
        items = []
        for k in range(1, len(posed.order) + 1):
            filled = f"is {posed.name(fixed[k])}" if k in fixed else f"can be any {posed.kind.noun}"
            items.append(f"{ORDINALS[k - 1]} {filled}")
        steps.append(f"{posed.clues[told - 1].text} So {posed.kind.up}: {', then '.join(items)}.")
    return _ended(posed, steps, slip, rng)


def backwards(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """All clues, then the whole order from its high end."""
    steps = [" ".join(clue.text for clue in posed.clues), "Putting these together gives one order."]
    order = list(posed.order)
    if slip >= 0:
        i, j = rng.sample(range(len(order)), 2)
        order[i], order[j] = order[j], order[i]
    names = [posed.name(o) for o in reversed(order)]
    steps.append(f"{_big(posed.kind.down)}: {', '.join(names[:-1])} and {names[-1]}.")
    return [*steps, _answer(posed, posed.order[posed.asked - 1], rng)]


def ordinal_list(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """The order with an ordinal for each, in one sentence."""
    order = list(posed.order)
    if slip >= 0:
        i, j = rng.sample(range(len(order)), 2)
        order[i], order[j] = order[j], order[i]
    items = [f"{ORDINALS[k]} is {posed.name(o)}" for k, o in enumerate(order)]
    steps = [f"Clue {k + 1}: {clue.text}" for k, clue in enumerate(posed.clues)]
    steps.append(f"So {posed.kind.up}: {', '.join(items[:-1])}, and {items[-1]}.")
    return [*steps, _answer(posed, posed.order[posed.asked - 1], rng)]


def comparisons(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "Since …, the red book is also to the left of the blue book"."""
    kind = posed.kind
    steps = ["We compare them two by two."]
    for told in range(1, len(posed.clues) + 1):
        left = posed.left(told)
        pairs = [(a, b) for a, b in permutations(posed.order, 2) if all(_before(a, b)(o) for o in left)]
        if not pairs and slip != len(steps):
            steps.append(f"We note that {posed.clues[told - 1].text}")
            continue
        a, b = rng.choice(pairs) if pairs else (posed.order[0], posed.order[1])
        if slip == len(steps):
            i, j = sorted(rng.sample(range(len(posed.order)), 2))
            a, b = posed.order[j], posed.order[i]
        said = f"{posed.name(a)} {kind.be} {kind.low} {posed.name(b)}"
        if rng.random() < 0.5:
            said = f"{posed.name(b)} {kind.be} {kind.high} {posed.name(a)}"
        steps.append(f"{posed.clues[told - 1].text} We know that {said}.")
    return _ended(posed, steps, slip, rng)


def alternatives(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "Bela is either second or third", "the third must be Arun or Dev"."""
    steps: list[str] = []
    for told in range(1, len(posed.clues) + 1):
        left = posed.left(told)
        thing = rng.choice(posed.order)
        places = sorted({o.index(thing) + 1 for o in left})
        if slip == len(steps):
            here = posed.order.index(thing) + 1
            places = rng.sample([k for k in range(1, len(posed.order) + 1) if k != here], 2)
        clue = posed.clues[told - 1].text
        if len(places) == 2:
            one, other = (posed.place(k, rng) for k in places)
            steps.append(f"{clue} Hence {posed.name(thing)} must {posed.kind.base} either {one} or {other}.")
        else:
            steps.append(f"{clue} Here {len(left)} orders remain to be looked at.")
    return _ended(posed, steps, slip, rng)


def supposing(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """A supposition that fails, then the answer."""
    thing = rng.choice(posed.order)
    wrong = rng.choice([k for k in range(1, len(posed.order) + 1) if posed.order[k - 1] != thing])
    kind = posed.kind
    steps = [
        posed.clues[0].text,
        f"Suppose {posed.name(thing)} {kind.be} {posed.place(wrong, rng)}. Then {posed.name(_other(posed, thing, rng))}"
        f" must {kind.base} {posed.place(1, rng)}, which contradicts what we were told.",
        f"So {posed.name(thing)} {kind.be} {posed.place(posed.order.index(thing) + 1, rng)}.",
    ]
    named = posed.order[posed.asked - 1]
    return [*steps, _answer(posed, _other(posed, named, rng) if slip >= 0 else named, rng)]


def eliminating(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "By elimination, the only book that can be third is the red book"."""
    steps = ["Here is what we know: " + " ".join(clue.text for clue in posed.clues)]
    places = list(range(1, len(posed.order) + 1))
    rng.shuffle(places)
    for k in places[:3]:
        thing = posed.order[k - 1]
        if slip == len(steps):
            thing = _other(posed, thing, rng)
        base = posed.kind.base.removeprefix("have ").replace("finished", "finish")
        place = posed.place(k, rng)
        steps.append(
            rng.choice(
                (
                    f"By process of elimination, {posed.name(thing)} must {posed.kind.base} {place}.",
                    f"The only {posed.kind.noun} that can {base} {place} is {posed.name(thing)}.",
                    f"That leaves one possibility for this place: {posed.name(thing)} {posed.kind.be} {place}.",
                )
            )
        )
    return _ended(posed, steps, slip, rng)


def markdown(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """A numbered list in emphasis, then a table of the places."""
    lines = [f"{k + 1}. **{clue.text.rstrip('.')}**" for k, clue in enumerate(posed.clues)]
    order = list(posed.order)
    if slip >= 0:
        i, j = rng.sample(range(len(order)), 2)
        order[i], order[j] = order[j], order[i]
    told = [f"- **{_big(posed.name(o))}** {posed.kind.be} {posed.place(k, rng)}." for k, o in enumerate(order, 1)]
    return ["\n".join(lines), "\n".join(told), _answer(posed, posed.order[posed.asked - 1], rng)]


def counting(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "There are two books to the left of the red book"; the last step says the order is the only one."""
    steps = ["The clues are: " + " ".join(clue.text for clue in posed.clues)]
    for k in rng.sample(range(1, len(posed.order) + 1), 2):
        below = k - 1
        if slip == len(steps):
            below = rng.choice([b for b in range(len(posed.order)) if b != k - 1])
        noun = posed.kind.noun
        number = "no" if below == 0 else NUMBERS[below]
        verb, nouns = ("is", noun) if below == 1 else ("are", f"{noun}s")
        steps.append(f"In the end there {verb} {number} {nouns} {posed.kind.low} {posed.name(posed.order[k - 1])}.")
    steps.append("This is the only possible order.")
    return _ended(posed, steps, slip, rng)


def possible(posed: Puzzle, slip: int, rng: random.Random) -> list[str]:
    """ "So far Arun could be second"."""
    steps = []
    kind = posed.kind
    for thing in rng.sample(list(posed.order), 2):
        k = posed.order.index(thing) + 1
        if slip == len(steps):
            k = rng.choice([j for j in range(1, len(posed.order) + 1) if j != k])
        steps.append(f"We see that {posed.name(thing)} can {kind.base} {posed.place(k, rng)}.")
    return _ended(posed, steps, slip, rng)


def _ended(posed: Puzzle, steps: list[str], slip: int, rng: random.Random) -> list[str]:
    named = posed.order[posed.asked - 1]
    if slip == len(steps):
        named = _other(posed, named, rng)
    return [*steps, f"{_big(posed.name(named))} {posed.kind.be} {posed.kind.place(posed.asked, len(posed.order))[0]}."
            f" {_answer(posed, named, rng)}"]  # fmt: skip


STYLES: tuple[Style, ...] = (
    places_one_by_one, exclusions, cumulative, backwards, ordinal_list, comparisons, alternatives, supposing,
    eliminating, markdown, counting, possible,
)  # fmt: skip
WHOLE = {backwards: 2, supposing: 3, markdown: 1}
"""Styles whose slip has one place."""


def slip(style: Style, posed: Puzzle, length: int, rng: random.Random) -> int:
    """A step of a solution of that length that the style can get wrong."""
    if style is ordinal_list:
        return len(posed.clues)
    return WHOLE[style] if style in WHOLE else rng.randrange(length)
