"""Who has what, as sentences, state lines and tables say it: "Asha now has the red kite", "Asha: red", "A → red"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.extraction.reasoning.names import Mention

_WORDS: Final = re.compile(r"[\w’']+|[^\w\s]")
_HAVING: Final = frozenset({
    "has", "have", "holds", "hold", "holding", "gets", "get", "getting", "receives", "receive", "takes", "take",
    "ends", "end", "is", "plays", "play", "playing", "dancing", "keeps", "keep", "becomes", "become", "got",
    "received", "took", "obtains", "carries", "carrying", "wears", "wearing", "reads", "reading", "drives", "driving",
    "sits", "sitting", "stands", "standing", "moves", "goes", "owns", "partners", "partnered", "paired", "remains",
    "gains", "acquires",
})  # fmt: skip
_SIGNS: Final = frozenset({":", "=", "→", ">", "(", "|", "–", "—", "⟶", "⇒"})
_FILLING: Final = frozenset({
    "now", "then", "also", "still", "again", "back", "currently", "therefore", "thus", "finally", "will", "up",
    "with", "the", "a", "an", "his", "her", "their", "its", "new", "own", "in", "at", "on", "to", "as", "left",
    "holding", "dancing", "of", "being", "be", "both", "only", "so",
    "*", "_", "`", '"', "“", "”", "-", "‘", "’", "'", "[", "{",
})  # fmt: skip
_HELD_BY: Final = frozenset(
    {"is", "now", "with", "held", "by", "goes", "to", "belongs", "at", "in", "ends", "up", "owned", "still", "then"}
)
_BY: Final = frozenset({"with", "by", "to", ":", "=", "→", "|", "("})


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """`holder` has `thing`, by their numbers; `start:end` is where it is said."""

    start: int
    end: int
    holder: int
    thing: int


def held(text: str, holders: Sequence[Mention], things: Sequence[Mention]) -> Iterator[Held]:
    """All that a sentence says of who has what, in order; each mention counts once."""
    inside = [t for t in things if not any(h.start <= t.start < h.end or t.start <= h.start < t.end for h in holders)]
    tokens = sorted([(m.start, m, True) for m in holders] + [(m.start, m, False) for m in inside], key=lambda t: t[0])
    used: set[int] = set()
    nouns = _nouns(text, inside)
    for at, (_, mention, person) in enumerate(tokens):
        if at in used or at + 1 >= len(tokens):
            continue
        _, other, next_person = tokens[at + 1]
        gap = text[mention.end : other.start]
        if person and not next_person and _has(gap, nouns):
            final, other = _arrowed(text, tokens, at + 1)
            used |= set(range(at, final + 1))
            yield Held(start=mention.start, end=other.end, holder=mention.index, thing=other.index)
        elif person and next_person and at + 2 < len(tokens) and not tokens[at + 2][2] and _has(gap, nouns):
            # "Asha gets Bilal's blue kite"
            thing = tokens[at + 2][1]
            if re.fullmatch(r"['’]s? (?:\w+ )?", text[other.end : thing.start]):
                used |= {at, at + 1, at + 2}
                yield Held(start=mention.start, end=thing.end, holder=mention.index, thing=thing.index)
        elif not person and next_person and at not in used and _is_held(gap):
            used |= {at, at + 1}
            yield Held(start=mention.start, end=other.end, holder=other.index, thing=mention.index)


def _arrowed(text: str, tokens: Sequence[tuple[int, Mention, bool]], at: int) -> tuple[int, Mention]:
    """The last thing of "red → blue → green": what the holder is left with."""
    while at + 1 < len(tokens) and not tokens[at + 1][2]:
        gap = text[tokens[at][1].end : tokens[at + 1][1].start]
        if not re.fullmatch(r"[\s\w]{0,12}(?:→|->|=>|⇒|⟶)\s*(?:the )?", gap):
            break
        at += 1
    return at, tokens[at][1]


def _nouns(text: str, things: Sequence[Mention]) -> frozenset[str]:
    """Words right after a thing ("red kite"): what the things are called together, which may stand before it too."""
    found = set()
    for thing in things:
        follows = re.match(r"\s([a-z]+)\b", text[thing.end :])
        if follows:
            found.add(follows[1])
    return frozenset({"partner", "position", "seat", "place", "ball", "book", "gift", "present"}) | found


def _has(gap: str, nouns: frozenset[str]) -> bool:
    """Whether the words between a holder and a thing say that it has it."""
    if len(gap) > 60 or "\n" in gap.strip(" "):
        return False
    words = [word.lower() for word in _WORDS.findall(gap.replace("->", "→").replace("=>", "→"))]
    if gap.strip() in ("-", "–", "—"):
        return True
    if words[:1] in (["'s"], ["’s"]) and len(words) > 2 and words[1] in nouns:
        words = words[2:]
    said = [word for word in words if word in _HAVING or word in _SIGNS]
    return bool(said) and all(word in _HAVING | _SIGNS | _FILLING | nouns for word in words)


def _is_held(gap: str) -> bool:
    """Whether the words between a thing and a holder say that the holder has it."""
    if len(gap) > 40 or "\n" in gap:
        return False
    words = [word.lower() for word in _WORDS.findall(gap.replace("->", "→").replace("=>", "→"))]
    nouns = words[:1] if words and words[0].isalpha() and words[0] not in _HELD_BY else []
    rest = words[len(nouns) :]
    signs = {word for word in rest if word in _BY and not word.isalpha()}
    said = signs or ({"is", "held", "owned", "goes", "belongs", "ends"} & set(rest) and _BY & set(rest))
    return bool(said) and all(word in _HELD_BY | _BY | {"*", "_"} for word in rest)
