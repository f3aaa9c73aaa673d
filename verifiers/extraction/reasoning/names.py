"""The objects a puzzle declares, and how a text refers to them: in full, without the article, by a part of the name
that belongs to no other, by an initial.

A reference that fits two of them is no reference. A full name wins over a part of another name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

_ARTICLES: Final = frozenset({"the", "a", "an"})
_SMALL: Final = _ARTICLES | frozenset({"of", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "no"})
_MOST_NAMES: Final = 40
_MOST_WORDS: Final = 12
_INITIAL: Final = re.compile(
    r"(?<![\w'’.(/])([A-Z])(?=\*{0,2}\s*(?::|=|->|→|–|—|↔|<->)|(?: (?:and|&|with) | ?/ ?)[A-Z](?!\w))"
    r"|(?<=[A-Z] and )([A-Z])(?!\w)|(?<=[A-Z] & )([A-Z])(?!\w)|(?<=[A-Z] with )([A-Z])(?!\w)|(?<=[A-Z]/)([A-Z])(?!\w)"
)


class Mention(msgspec.Struct, frozen=True, order=True):
    """The text from `start` to `end` refers to object number `index`."""

    start: int
    end: int
    index: int


class Names:
    """What a text may call the declared objects.

    `proper` names (people, boxes) count in the case they are declared in and, with `initials`, by a first letter that
    no other has, where the letter is followed by a colon or joined to another. Other names (things, places) count in
    any case and by parts.
    """

    def __init__(self, declared: Sequence[str], *, proper: bool = False, initials: bool = False) -> None:
        self.declared = tuple(declared[:_MOST_NAMES])
        self.proper = proper
        self._forms = _forms(self.declared, parts=not proper)
        longest = sorted(self._forms, key=lambda form: (-len(form), form))
        joined = "|".join(r"[\s-]+".join(map(re.escape, form.split())) for form in longest) or r"(?!)"
        guard = r"(?<![\w-])(?:{})(?![\w]|-\w)" if not proper else r"(?<![\w])(?:{})(?!\w)"
        self._pattern = re.compile(guard.format(joined), 0 if proper else re.IGNORECASE)
        letters = [name[0] for name in self.declared]
        self._initials = {x: i for i, x in enumerate(letters) if letters.count(x) == 1} if initials else {}

    def mentions(self, text: str) -> Iterator[Mention]:
        """All references, in order, none overlapping another."""
        found = [Mention(m.start(), m.end(), i) for m, i in self._spelled(text)]
        taken = {mention.start for mention in found}
        if self._initials:
            for match in _INITIAL.finditer(text):
                index = self._initials.get(match.group())
                if index is not None and match.start() not in taken:
                    found.append(Mention(match.start(), match.end(), index))
        yield from sorted(found)

    def _spelled(self, text: str) -> Iterator[tuple[re.Match[str], int]]:
        for match in self._pattern.finditer(text):
            index = self._forms[_normal(match.group(), self.proper)]
            if index is not None:
                yield match, index

    def resolve(self, phrase: str) -> int | None:
        """The object that the whole phrase refers to, articles, quotes and emphasis left out."""
        words = phrase.strip(" \t\n.,;:!*_\"'“”‘’`()").split()
        while words and words[0].lower() in _ARTICLES and _normal(" ".join(words), self.proper) not in self._forms:
            words = words[1:]
        return self._forms.get(_normal(" ".join(words), self.proper))


def _normal(form: str, proper: bool) -> str:
    words = " ".join(form.split())
    return words if proper else words.replace("-", " ").lower()


def _forms(declared: Sequence[str], *, parts: bool) -> dict[str, int | None]:
    """Form to the object it stands for, None where it would stand for several."""
    forms: dict[str, int | None] = {}
    for index, name in enumerate(declared):
        for form in _parts(name) if parts else ():
            forms[form] = index if forms.get(form, index) == index else None
    whole: dict[str, int | None] = {}
    for index, name in enumerate(declared):
        full = _normal(name, not parts)
        for form in {full, _without_article(full)}:
            whole[form] = index if whole.get(form, index) == index else None
    return forms | whole


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else name


def _parts(name: str) -> Iterator[str]:
    """Runs of words of a name that begin and end with a word of weight. Of a common name ("red ball") the noun
    alone is no part: "ball" is what all of them are.
    """
    words = _without_article(_normal(name, True)).split()[:_MOST_WORDS]
    common = len(words) > 1 and words[-1].islower()
    plain = [_normal(word, False) for word in words]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            run = plain[start:end]
            if run[0] in _SMALL or run[-1] in _SMALL or (common and start == len(words) - 1):
                continue
            yield " ".join(run)
