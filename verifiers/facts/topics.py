"""Statements about a numbered provision: "Article 44 deals with a uniform civil code", "under Article 56 …"."""

import re
from typing import Final

import msgspec

from verifiers.facts.clauses import Clause, whole
from verifiers.facts.lexicon import LIGHT, STOP, VERBS, lemmas, words
from verifiers.facts.slots import Slot, slots
from verifiers.facts.tokens import tokens

Provision = tuple[str, str]
"""Unit and number: `("article", "21A")`."""


class Cited(msgspec.Struct, frozen=True):
    """A statement with the one provision it names taken out of it."""

    provision: Provision
    text: str
    rest: Clause
    topic: frozenset[str]
    """What the provision is said to be about; empty where the statement says more than that."""
    promoting: bool = False
    """It is said to guarantee its topic, not only to deal with it."""
    denied: bool = False
    """It is said not to be about its topic."""


_ABOUT: Final = (
    r"(?:deals? with|is concerned with|concerns?|relates? to|pertains? to|is about|speaks? of|refers? to|provides? for"
    r"|covers?|contains? (?:the )?provisions? (?:on|as to|for|about)|guarantees?|secures?|ensures?|discusses|describes"
    r"|mentions?|talks about|is dedicated to|enshrines?|embodies|incorporates)"
)
_TOLD: Final = (
    r"(?:the subject(?: matter)?|dealt with|found|provided(?: for)?|guaranteed|secured|ensured|contained|covered"
    r"|mentioned|laid down|discussed|described|enshrined|given|treated|embodied|regulated)"
)
_FRAMES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:it )?(?P<not>does not )?{_ABOUT} (?P<topic>.+)$",
        rf"^the (?:indian )?constitution(?: of india)? (?P<not>does not )?{_ABOUT} (?P<topic>.+)$",
        rf"^(?:the provisions? (?:on|about|for|as to|regarding|relating to|of) )?(?P<topic>.+?)"
        rf" (?:is|are) (?P<not>not )?{_TOLD}(?: of| in| by| under| with)?$",
    )
)
"""All that a statement says is that a provision is about something."""
_PROMOTING: Final = re.compile(r"\b(?:guarantee|secure|ensure|protect|permit|allow|confer)", re.IGNORECASE)
_CUT: Final = (
    r"(?:\bit is\s+)?(?:\b(?:under|according to|as per|per|by|in|of|vide|through|from|with)\s+)?(?:the\s+)?{ref}"
    r"(?:\s+of\s+the\s+(?:Indian\s+)?Constitution(?:\s+of\s+India)?)?(?:\s+(?:that|which)\b)?\s*,?"
)
_PLAIN: Final = lemmas(words(
    "article constitution india indian provide provision mention lay say section law"
))
_NEUTRAL: Final = lemmas(words(
    "right provision subject certain case matter power procedure special general"
))
_TURNING: Final = lemmas(
    words(
    "abolition prohibition prohibit abolish restriction bar removal suspension disqualification exemption"
    " repeal saving exclusion restrict limit limitation"
)
)
"""Words of a title that turn what follows into its opposite."""


def provision_of(source: str) -> Provision | None:
    """The provision a source names: "Constitution of India, Article 56"."""
    found = [slot for slot in slots(tokens(source))[0] if slot.kind == "reference" and slot.unit in _UNITS]
    return (found[0].unit, str(found[0].value)) if len(found) == 1 else None


_UNITS: Final = frozenset({"article", "section", "schedule", "part", "amendment"})


def cited(statement: str) -> Cited | None:
    """The statement's one provision, where it names just one and names it as the place of what it says."""
    found = [slot for slot in slots(tokens(statement))[0] if slot.kind == "reference" and slot.unit in _UNITS]
    if len(found) != 1:
        return None
    slot = found[0]
    match = re.search(_CUT.format(ref=re.escape(statement[slot.start : slot.end])), statement, re.IGNORECASE)
    if match is None or _inside(statement, slot):
        return None
    rest = " ".join((statement[: match.start()] + " " + statement[match.end() :]).split()).strip(" ,.")
    begins = tokens(rest)[:1]
    clause = whole(f"It {rest}" if begins and begins[0].key in VERBS and match.start() == 0 else rest)
    topic, denied = _topic(rest)
    promoting = bool(_PROMOTING.search(rest)) and not denied
    return Cited((slot.unit, str(slot.value)), slot.text, clause, topic, promoting, denied)


def _inside(statement: str, slot: Slot) -> bool:
    """ "… by virtue of article 5": part of what is said, not the place where it stands."""
    before = statement[max(0, slot.start - 24) : slot.start].lower()
    return bool(_MENTION.search(before))


_MENTION: Final = re.compile(
    r"(?:virtue of|provisions? of|clause \(?\w+\)? of|subject to|than|referred to in|specified in) (?:the )?$"
)


def _topic(rest: str) -> tuple[frozenset[str], bool]:
    """What a statement says a provision is about, and whether it denies that; nothing where it says more."""
    for frame in _FRAMES:
        if (match := frame.match(rest)) is not None:
            topic = match["topic"]
            if slots(tokens(topic))[0]:
                break
            keys = words_of(topic) - _PLAIN
            return keys - _NEUTRAL or keys, bool(match["not"])
    return frozenset(), False


def title_covers(topic: frozenset[str], title: frozenset[str], promoting: bool) -> bool:
    """Every word of the topic is in the title, and the title says nothing that turns it round."""
    if not topic or not topic <= title or (len(topic) == 1 and not same_topic(topic, title)):
        return False
    return not (promoting and (title & _TURNING) - topic)


def same_topic(topic: frozenset[str], title: frozenset[str]) -> bool:
    """As `title_covers`, and the topic is most of the title."""
    plain = title - _NEUTRAL - _PLAIN
    return topic <= title and 5 * len(topic) >= 3 * len(plain)


def words_of(text: str) -> frozenset[str]:
    """The content words of a title or text."""
    return frozenset(token.key for token in tokens(text) if token.kind == "word" and token.key not in STOP)


_NARROWED: Final = re.compile(r"\b(?:special|temporary|transitional|application)\b", re.IGNORECASE)


def narrowed_to(title: str) -> frozenset[str]:
    """The names to which a title confines its passage: "Special provisions with respect to Delhi"."""
    if not _NARROWED.search(title):
        return frozenset()
    clause = whole(title)
    return frozenset(
        item.key for item in clause.items if item.text[:1].isupper() and item.at and item.key not in LIGHT
    )
