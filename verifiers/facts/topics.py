"""Statements about a numbered provision: "Article 44 deals with a uniform civil code", "under Article 56 …"."""

import re
from typing import Final

import msgspec

from verifiers.facts.clauses import Clause, whole
from verifiers.facts.lexicon import LIGHT, VERBS, lemmas, words
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


_FRAME: Final = lemmas(
    words(
    "deal concern relate provide speak contain cover mention subject find lay talk discuss describe regard"
    " say state refer secure guarantee ensure consist embody enshrine incorporate matter dedicated pertain"
)
)
"""Verbs that only say that a provision is about something."""
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
    promoting = bool(_PROMOTING.search(rest)) and not clause.negated
    return Cited((slot.unit, str(slot.value)), slot.text, clause, _topic(clause), promoting)


def _inside(statement: str, slot: Slot) -> bool:
    """ "… by virtue of article 5": part of what is said, not the place where it stands."""
    before = statement[max(0, slot.start - 24) : slot.start].lower()
    return bool(_MENTION.search(before))


_MENTION: Final = re.compile(
    r"(?:virtue of|provisions? of|clause \(?\w+\)? of|subject to|than|referred to in|specified in) (?:the )?$"
)


def _topic(clause: Clause) -> frozenset[str]:
    """The words of a clause that says no more than that something is dealt with."""
    words = [item for item in clause.items if item.key not in _PLAIN and item.key not in _FRAME]
    framed = clause.verb in _FRAME or clause.verb in ("be", "") or clause.verb in LIGHT
    if clause.slots or not framed or (clause.conditions and not words):
        return frozenset()
    heads = {item.key for item in clause.items if item.role == "verb"}
    if heads - _FRAME - LIGHT:
        return frozenset()
    return frozenset(item.key for item in words) - _NEUTRAL or frozenset(item.key for item in words)


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
    return frozenset(item.key for item in whole(text).items)


_NARROWED: Final = re.compile(r"\b(?:special|temporary|transitional|application)\b", re.IGNORECASE)


def narrowed_to(title: str) -> frozenset[str]:
    """The names to which a title confines its passage: "Special provisions with respect to Delhi"."""
    if not _NARROWED.search(title):
        return frozenset()
    clause = whole(title)
    return frozenset(
        item.key for item in clause.items if item.text[:1].isupper() and item.at and item.key not in LIGHT
    )
