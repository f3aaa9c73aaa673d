"""Sorting tasks with written solutions, right or with one slip at a known step, in many wordings."""

import random
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

WORDS = (
    "anchor", "amber", "almond", "basket", "barley", "beacon", "bronze", "candle", "canyon", "cedar", "cello",
    "damson", "dagger", "ember", "engine", "falcon", "fable", "garnet", "gallop", "harbor", "hazel", "hedge",
    "island", "ivory", "jacket", "jasmine", "kernel", "kettle", "lantern", "lagoon", "lemon", "magnet", "mallow",
    "marble", "nectar", "needle", "orbit", "otter", "paddle", "pebble", "pepper", "quarry", "quiver", "raisin",
    "ramble", "saddle", "salmon", "sandal", "tangle", "teapot", "timber", "umpire", "velvet", "violin", "walnut",
    "willow", "yonder", "zephyr",
)  # fmt: skip


class Sorting(NamedTuple):
    """`noun` is what the items are called, `order` how the question names the order."""

    question: str
    items: list[str]
    right: list[str]
    noun: str
    order: str


Style = Callable[[Sorting, list[str]], list[str]]
"""Writes a solution that ends in the given list."""


def words(rng: random.Random) -> Sorting:
    items = rng.sample(WORDS, rng.randint(5, 10))
    asking, order = rng.choice((
        ("Sort the following words alphabetically: List: {}", "alphabetical order"),
        ("Put these words in alphabetical order: {}", "alphabetical order"),
        ("Arrange in dictionary order the words below.\n{}", "dictionary order"),
    ))  # fmt: skip
    joined = " ".join(items) if "List" in asking else "\n".join(items) if "\n" in asking else ", ".join(items)
    return Sorting(asking.format(joined), items, sorted(items), "words", order)


def numbers(rng: random.Random) -> Sorting:
    pools = ([str(n) for n in range(-40, 200)], [f"{n / 100:.2f}" for n in range(1, 500)],
             [f"{n:,}" for n in range(900, 90_000, 37)])  # fmt: skip
    items = rng.sample(rng.choice(pools), rng.randint(4, 8))
    down = rng.random() < 0.5
    order = "descending order" if down else "ascending order"
    right = sorted(items, key=lambda n: float(n.replace(",", "")), reverse=down)
    asking = rng.choice(("Arrange the following numbers in {}: {}", "Write these numbers in {}: {}"))
    return Sorting(asking.format(order, "; ".join(items)), items, right, "numbers", order)


def final_only(task: Sorting, final: list[str]) -> list[str]:
    return [f"The answer is {' '.join(final)}"]


def in_order(task: Sorting, final: list[str]) -> list[str]:
    return [f"First I look at all of the {task.noun}.", f"In {task.order}, they are: {'; '.join(final)}."]


def bulleted(task: Sorting, final: list[str]) -> list[str]:
    listed = "\n".join(f"{at}. {item}" for at, item in enumerate(final, 1))
    return [f"Here is the sorted list:\n\n{listed}"]


def bold(task: Sorting, final: list[str]) -> list[str]:
    return [f"Let's sort the {task.noun}: {'; '.join(task.items)}.", f"**Final answer:** {' '.join(final)}"]


def boxed(task: Sorting, final: list[str]) -> list[str]:
    return [f"We go through the {task.noun} one by one.", f"\\boxed{{{' '.join(final)}}}"]


def plain_last(task: Sorting, final: list[str]) -> list[str]:
    return [f"We are asked for the {task.order} of {len(final)} {task.noun}.", " ".join(final)]


def inserted(task: Sorting, final: list[str]) -> list[str]:
    """Grown one by one; only what is called sorted claims anything."""
    steps = [f"Start with {task.items[0]}."]
    for count in range(2, len(final)):
        some = [item for item in task.right if item in task.items[:count]]
        steps.append(f"Insert {task.items[count - 1]}. Sorted so far: {'; '.join(some)}.")
    return [*steps, f"So the sorted {task.noun} are {'; '.join(final)}."]


def bubbled(task: Sorting, final: list[str]) -> list[str]:
    """Passes of bubble sort: none of the lists on the way is claimed to be sorted."""
    steps, items = [], list(task.items)
    rank = {item: at for at, item in enumerate(task.right)}
    for count in range(1, 4):
        for at in range(len(items) - 1):
            if rank[items[at]] > rank[items[at + 1]]:
                items[at : at + 2] = items[at + 1], items[at]
        steps.append(f"After pass {count} the list is {' '.join(items)}.")
    return [*steps, f"The sorted order is: {'; '.join(final)}."]


LISTS = (final_only, in_order, bulleted, bold, boxed, plain_last, inserted, bubbled)


def chained(task: Sorting, final: list[str]) -> list[str]:
    return ["We compare letter by letter.", f"{' < '.join(final)}.", f"The answer is {' '.join(task.right)}"]


def paired(task: Sorting, final: list[str]) -> list[str]:
    pairs = [f'"{a}" comes before "{b}".' for a, b in pairwise(final)]
    return ["We compare them two by two.", " ".join(pairs), f"The sorted words: {', '.join(task.right)}."]


def grouped(task: Sorting, final: list[str]) -> list[str]:
    """By first letters, then each bracket by the letters after it; a slip stands in the first chain."""
    first = [f'"{w}": "{w[0]}" ({ord(w[0]) - 96}).' for w in task.items]
    steps = [f"I look at the first letter. The first letter: {' '.join(first)}"]
    places = [list(g) for _, g in groupby(final, key=lambda w: w[0])]
    tagged = [f"({ord(g[0][0]) - 96}) {_bracket(g)}" for g in places]
    steps.append(f"We now have: {' < '.join(tagged)}.")
    done = [list(g) for _, g in groupby(task.right, key=lambda w: w[0])]
    for group in list(done):
        if len(group) > 1:
            _opened(steps, done, group, 1)
    return [*steps, f"I have now sorted all the words. The answer is {' '.join(task.right)}"]


def _opened(steps: list[str], done: list[list[str]], group: list[str], letter: int) -> None:
    nth = ("first", "second", "third", "fourth", "fifth", "sixth")[letter]
    listed = " ".join(f'"{w}": "{w[letter]}" ({ord(w[letter]) - 96}).' for w in group)
    opening = f"Now let's sort this subpart {_bracket(group)} by looking at their {nth} letters."
    steps.append(f"{opening} The {nth} letter: {listed}")
    parts = [list(g) for _, g in groupby(group, key=lambda w: w[letter])]
    at = done.index(group)
    done[at : at + 1] = parts
    told = " < ".join(f"({ord(p[0][letter]) - 96}) {_bracket(p)}" for p in parts)
    whole = " < ".join(_bracket(g) for g in done)
    steps.append(f"We now have: {told} for the subpart. Hence, we have {whole}.")
    for part in parts:
        if len(part) > 1:
            _opened(steps, done, part, letter + 1)


def _bracket(group: Sequence[str]) -> str:
    return f'"{group[0]}"' if len(group) == 1 else "[" + " ? ".join(f'"{w}"' for w in group) + "]"


TOLD = (chained, paired, grouped)
"""Styles for words whose slip stands in the second step."""


def misplaced(right: list[str], rng: random.Random) -> list[str]:
    """Two items with different beginnings change places."""
    pairs = [(i, j) for i in range(len(right)) for j in range(i + 1, len(right)) if right[i][0] != right[j][0]]
    i, j = rng.choice(pairs or [(0, len(right) - 1)])
    wrong = list(right)
    wrong[i], wrong[j] = wrong[j], wrong[i]
    return wrong


def slipped(right: list[str], rng: random.Random) -> list[str]:
    """A list with an item out of place, lost, twice or changed."""
    at = rng.randrange(len(right))
    wrong = list(right)
    match rng.randrange(4):
        case 0:
            return misplaced(right, rng)
        case 1:
            del wrong[at]
        case 2:
            wrong.insert(at, wrong[at])
        case _:
            sign = "-" if wrong[at].startswith("-") else ""
            wrong[at] = f"{wrong[at]}s" if wrong[at].isalpha() else f"{sign}9{wrong[at].removeprefix(sign)}"
    return wrong
