"""Whom a puzzle compares that introduces nobody: "Ravi is taller than Sam. Tina is shorter than Sam"."""

import re
from typing import Final

from verifiers.extraction.reasoning.settings import Setting

_PROPER: Final = r"[A-Z][\w’'-]*"
_NAME: Final = (
    rf"(?:(?:[Tt]he )?(?P<{{0}}n>[A-Za-z][a-z]+) (?P<{{0}}l>[A-Z])|(?P<{{0}}>{_PROPER}|[a-z]{{{{3,}}}}s))(?![\w’'-])"
)
_VERB: Final = r"(?:is|are|was|were|runs?|ran|costs?|weighs?|lives?|stands?|finished|scored|earns?|earned)"
_CLAUSE: Final = re.compile(
    rf"(?:^|(?<=[.;,\n:] )|(?<=\n)|(?<=\d\. )|(?<=and )|(?<=but )){_NAME.format('a')} (?:{_VERB} )?(?:not )?"
    rf"(?:\w+er|(?:more|less)(?: [a-z]+)?) than {_NAME.format('b')}"
    rf"(?:,? (?:but|and) (?:\w+er|(?:more|less)(?: [a-z]+)?) than {_NAME.format('c')})?"
)
_KINDS: Final = frozenset({"person", "runner", "student", "boy", "girl", "city"})
_NOT_NAMES: Final = frozenset(
    {"He", "She", "It", "They", "This", "That", "Who", "Which", "What", "There", "If", "The", "All", "Each", "Some"}
    | {"Everyone", "Nobody", "No", "One", "Both", "Neither", "Either", "I", "We", "You", "Others", "others", "Most"}
)


def compared(question: str) -> Setting | None:
    """The objects compared, where each comparison is of names; no more than that is said of them."""
    names: dict[str, None] = {}
    nouns: set[str] = set()
    for found in _CLAUSE.finditer(question):
        for part in "abc":
            if letter := found[f"{part}l"]:
                nouns.add(found[f"{part}n"].lower())
                names.setdefault(letter)
            elif name := found[part]:
                names.setdefault(name)
    proper = all(name[0].isupper() for name in names)
    if not proper:
        names = dict.fromkeys(name.lower() for name in names)
    if not 3 <= len(names) <= 12 or _NOT_NAMES & names.keys():
        return None
    kinds = _KINDS.union(*((noun, f"{noun}s", f"{noun}es") for noun in nouns))
    return Setting(start=0, end=0, text="", objects=tuple(names), proper=proper, nouns=kinds, shape="line")
