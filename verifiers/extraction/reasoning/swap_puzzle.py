"""The question of a swapping puzzle: who has what at the start, which swaps follow, what is asked.

Read whole or not at all: a sentence that moves things and is not understood leaves the puzzle unread.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

import msgspec

from verifiers.extraction.reasoning.names import Mention, Names

Event: TypeAlias = tuple[str, ...]

_MOST: Final = 8_000
SWAPS: Final = (
    r"(?:swap(?:s|ped|ping)?|switch(?:es|ed|ing)?|trad(?:es?|ed|ing)|(?:ex|inter)chang(?:es?|ed|ing)"
    r"|(?:makes?|does|do|performs?) (?:a|the) (?:swap|trade|switch|exchange))"
)
_SWAPPING: Final = re.compile(rf"\b{SWAPS}\b", re.IGNORECASE)
_GIVES: Final = r"(?:give|pass|hand)(?:s|es|ed)?|gave"
_MOVES: Final = re.compile(
    rf"\b(?:{SWAPS}|{_GIVES}|rotat\w+|shift\w*|steal\w*|stole|throws?|drops?|loses?|returns?)\b", re.IGNORECASE
)
_TITLE: Final = re.compile(r"(?<=[\w,;:] )[A-Z]\w*(?: [A-Z]\w*| (?:of|the|in|and|to)(?= ))*")
_UNREADABLE: Final = re.compile(
    r"\b(?:if|unless|would|except|undo(?:es)?|revers\w+|cancel\w*|whoever|whichever"
    r"|every(?:one|body) (?:\w+ )?(?:swap|trade|pass|give|hand|move|shift|rotate)\w*"
    r"|each (?:\w+ ){1,3}(?:pass|give|hand|move|shift|rotate)s?|all (?:\w+ )?(?:pass|hand|give|rotate|shift)"
    r"|rotat\w+|shift\w*|clockwise|twice|repeat\w*)\b",
    re.IGNORECASE,
)
_STATE: Final = (
    r"(?:(?:initially|originally|now|currently|also|first) )?"
    r"(?:has|have|gets|got|holds|owns|buys|bought|takes|took|picks|picked|chooses|chose|receives|received|carries|wears"
    r"|brings|brought|keeps|draws|drew|plays|drives|rides|contains|hides|(?:sits|stands|sat|stood|lives|parks|works)"
    r" (?:in|at|on)|(?:starts|begins|started|began) (?:out |off )?(?:with|in|at|as|on)"
    r"|(?:is|was) (?:initially |currently |originally )?(?:holding|dancing with|playing|wearing|carrying|reading"
    r"|driving|riding|using|assigned(?: to)?|given|handed|dealt|paired with|partnered with|with|in|at|on"
    r"|(?:sitting|standing|seated|placed|parked|staying) (?:in|at|on)|the(?= ))|had)"
)
_NOT_NAMES: Final = frozenset({
    "First", "Then", "Initially", "At", "Finally", "Next", "While", "And", "Now", "Today", "Here", "The", "A", "An",
    "In", "On", "To", "Each", "Everyone", "Options", "After", "Afterwards", "Later", "Last", "Lastly", "Second",
    "Third", "It", "He", "She", "They", "Who", "What", "Which", "Where", "Whose", "When", "If", "So", "Suppose", "As",
    "But", "There", "This", "That", "One", "Two", "Three", "Before", "Originally", "Currently", "Everybody", "Nobody",
})  # fmt: skip
_NAME: Final = r"(?:(?:Mr|Mrs|Ms|Dr|Miss)\.? )?[A-Z][\w’'-]*(?: (?:\d+|[A-Z](?![\w.])))?"
_ANCHOR: Final = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME})(?P<link> {_STATE}(?= )|\s?(?::|=|→|->)(?= ))")
_OPTIONS: Final = re.compile(r"\n\s*(?:options|choices|answer choices)\s*:|(?:^|\n)\s*\(?[A-J][).]\s", re.IGNORECASE)
_OPTION: Final = re.compile(
    r"(?:^|\n|\s{2,})\s*[-*]?\s*\(?([A-J])[).:]\s*([^\n]{1,80}?)\s*[.;]?(?=\n|\s{2,}\(?[A-J][).]|$)"
)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)\s+|\n+")
_ASKING: Final = re.compile(
    r"\?\s*$|^\W*(?:at|by|in) the (?:very )?end\b|^\W*(?:so,? )?(?:who|what|which|where|whose)\b|^\W*after (?:all|these"
    r"|the (?:last|final))\b",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"(?:the|an?|his|her|their|its)\s+", re.IGNORECASE)


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """`asked` is the holder whose thing is asked for; `options` are the choices by letter."""

    initial: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]
    asked: str | None = None
    sought: str | None = None
    """The thing whose holder is asked for."""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def holders(self) -> tuple[str, ...]:
        return tuple(holder for holder, _ in self.initial)

    @property
    def things(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(thing for _, thing in self.initial))


@lru_cache(64)
def puzzle(question: str) -> Puzzle | None:
    """The puzzle that a question poses, None where it poses none that is understood to the last move."""
    if len(question) > _MOST or not _MOVES.search(question):
        return None
    cut = _OPTIONS.search(question)
    body = question[: cut.start()] if cut else question
    sentences = [s for s in _SENTENCE.split(body) if s.strip()]
    initial: dict[str, str] = {}
    events: list[Event] = []
    asking = ""
    names: Names | None = None
    for sentence in sentences:
        if names is None or not events:
            found = [] if _moving(sentence, names) else list(_assigned(sentence))
            if found:
                if events or any(initial.get(holder, thing) != thing for holder, thing in found):
                    return None
                initial.update(found)
                names = Names(tuple(initial), proper=True)
                continue
        if names is None:
            continue
        read = _events(sentence, names)
        if read is None:
            return None
        if not read and _ASKING.search(sentence):
            asking = asking or sentence
        elif not read and events and _moves(sentence):
            return None
        events += read
    if names is None or len(initial) < 2 or not events or len(set(initial.values())) < 2:
        return None
    options = tuple((m[1], m[2]) for m in _OPTION.finditer(question[cut.start() :])) if cut else ()
    asked, sought = _asked(asking, names, Names(tuple(dict.fromkeys(initial.values()))))
    return Puzzle(initial=tuple(initial.items()), events=tuple(events), asked=asked, sought=sought, options=options)


def _moving(sentence: str, names: Names | None) -> bool:
    """Whether a sentence tells a swap rather than what somebody has."""
    return names is not None and _moves(sentence) and next(names.mentions(sentence), None) is not None


def _moves(text: str) -> bool:
    """Whether there is a verb of moving outside of titles ("The Left Hand of Darkness")."""
    return _MOVES.search(_TITLE.sub(" ", text)) is not None


def _assigned(sentence: str) -> Iterator[tuple[str, str]]:
    """ "Asha has a red kite, and Bilal a blue one" word by word: a name, a verb of having, the thing."""
    if sentence.rstrip().endswith("?"):
        return
    anchors = [m for m in _ANCHOR.finditer(sentence) if m["name"].split()[0] not in _NOT_NAMES]
    for anchor, after in pairwise([*anchors, None]):
        assert anchor is not None
        text = sentence[anchor.end() : after.start() if after else len(sentence)]
        text = re.split(r"[.;!](?=\s|$)|,\s+(?:who|which|while|but|whereas)\b", text)[0]
        text = re.sub(r"(?:[\s,]+(?:and|while|but|whereas|then))*[\s,]*$", "", text).strip()
        thing = _ARTICLE.sub("", text, count=1) if text[:1].islower() else text
        if thing and len(thing) <= 60 and not _moves(f"a {thing}"):
            yield anchor["name"], thing


def _masked(text: str, mentions: Sequence[Mention]) -> tuple[str, list[tuple[int, int]]]:
    """The text with `@3@` for a reference to object 3, and where each of these ends: there and in the text."""
    pieces: list[str] = []
    ends: list[tuple[int, int]] = []
    at = length = 0
    for mention in mentions:
        pieces += (text[at : mention.start], f"@{mention.index}@")
        length += len(pieces[-2]) + len(pieces[-1])
        at = mention.end
        ends.append((length, at))
    return "".join((*pieces, text[at:])), ends


_H: Final = r"@(\d+)@(?: \([^()@]{1,40}\))?"
_FILL: Final = r"(?: (?:then|now|both|also|again|next|each|finally|decide to|agree to|proceed to))?"
_PAIRED: Final = (
    re.compile(rf"{_H}(?:,? (?:and|&) | ?[/–-] ?){_H}{_FILL} {SWAPS}\b(?P<tail>[^@.;]{{0,40}})", re.IGNORECASE),
    re.compile(rf"{_H} ?(?:↔|⇄|⟷|<-+>|<=+>) ?{_H}(?P<tail>)"),
    re.compile(
        rf"{_H}{_FILL} {SWAPS}\b(?:(?! and )[^@.;,]){{0,40}}? (?:with|for|and) {_H}(?:['’]s?\b)?"
        rf"(?P<tail>[^@.;]{{0,30}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{SWAPS}\b(?:(?! then )[^@.;,]){{0,30}}?(?: between| of| by|:)? {_H}(?:['’]s?)? (?:and|with|for) {_H}"
        rf"(?:['’]s?\b)?(?P<tail>[^@.;]{{0,30}})",
        re.IGNORECASE,
    ),
)
_GIVEN: Final = re.compile(
    rf"{_H}{_FILL} (?:{_GIVES}) (?:(?:his|her|their|the|its)(?: own)? )?([^@.;,]{{0,40}}?) ?to {_H}", re.IGNORECASE
)


class Swap(msgspec.Struct, frozen=True):
    """A swap of two told in a text, up to its verb or second name, whichever comes last."""

    start: int
    end: int
    one: int
    other: int


def told_swaps(text: str, mentions: Sequence[Mention]) -> list[Swap]:
    """In order of place."""
    mask, ends = _masked(text, mentions)
    swaps: list[Swap] = []
    for pattern in _PAIRED:
        for match in pattern.finditer(mask):
            start, end = (_unmasked(place, ends) for place in (match.start(), match.start("tail")))
            if match[1] != match[2] and not any(start < swap.end and swap.start < end for swap in swaps):
                swaps.append(Swap(start, end, int(match[1]), int(match[2])))
    return sorted(swaps, key=lambda swap: swap.start)


def _unmasked(place: int, ends: Sequence[tuple[int, int]]) -> int:
    """Where a place between references of the masked text lies in the text."""
    shift = 0
    for there, here in ends:
        if there > place:
            break
        shift = here - there
    return place + shift


def _events(sentence: str, names: Names) -> list[Event] | None:
    """The moves a sentence tells, None where it tells one that is not understood."""
    mentions = list(names.mentions(sentence))
    if not _moves(sentence):
        return []
    if _ASKING.search(sentence) and sentence.rstrip().endswith("?"):
        return []
    if _UNREADABLE.search(sentence):
        return None
    if not mentions:
        return []
    swaps = told_swaps(sentence, mentions)
    mask, ends = _masked(sentence, mentions)
    given = list(_GIVEN.finditer(mask))
    spans = [(swap.start, swap.end) for swap in swaps]
    spans += [(_unmasked(m.start(), ends), _unmasked(m.end(), ends)) for m in given]
    verbs = [m.start() for m in _MOVES.finditer(sentence)]
    if 2 * len(spans) != len(mentions) or any(not any(a <= verb < b for a, b in spans) for verb in verbs):
        return None if spans or len(mentions) < len(names.declared) else []
    if given:
        return _handed([(int(m[1]), int(m[3])) for m in given], names) if not swaps else None
    return [("swap", names.declared[swap.one], names.declared[swap.other]) for swap in swaps]


def _handed(given: Sequence[tuple[int, int]], names: Names) -> list[Event] | None:
    """Hand-overs told in one sentence: all round at once where they form a ring, else one alone."""
    takers = dict(given)
    if len(given) == 1:
        return [("give", names.declared[given[0][0]], names.declared[given[0][1]])]
    if len(takers) != len(given) or set(takers) != set(takers.values()):
        return None
    ring = [given[0][0]]
    while (following := takers[ring[-1]]) != ring[0]:
        if following in ring:
            return None
        ring.append(following)
    return [("swap", *(names.declared[holder] for holder in ring))] if len(ring) == len(given) else None


def _asked(sentence: str, names: Names, things: Names) -> tuple[str | None, str | None]:
    held = {mention.index for mention in names.mentions(sentence)}
    wanted = {mention.index for mention in things.mentions(sentence)}
    if len(held) == 1 and not wanted:
        return names.declared[held.pop()], None
    if len(wanted) == 1 and not held:
        return None, things.declared[wanted.pop()]
    return None, None
