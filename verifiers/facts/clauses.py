"""One sentence as a clause: polarity, modal, verb and voice, who stands in which role, slots, and what it hangs on."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from verifiers.facts.lexicon import AGE, FUNCTION, LEAVING, LIGHT, PARTICIPLES, STOP, TENURE, VERBS, words
from verifiers.facts.slots import TIMES, Bound, Slot, slots
from verifiers.facts.tokens import Token, tokens
from verifiers.facts.wording import prepared

Modal = Literal["", "must", "may"]


class Item(msgspec.Struct, frozen=True):
    """A content word in its role: `agent`, `patient`, `to`, `before`, `of` …; empty where nothing says which."""

    key: str
    role: str
    at: int
    text: str
    scope: int = -1
    """Index into `Clause.scopes` of the case it is said of."""


class Condition(msgspec.Struct, frozen=True):
    marker: str
    keys: frozenset[str]
    first: int
    last: int


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    items: tuple[Item, ...]
    slots: tuple[Slot, ...]
    verb: str = ""
    modal: Modal = ""
    negated: bool = False
    exceptive: bool = False
    """It is so only unless, or except where, something holds."""
    subject: tuple[frozenset[str], ...] = ()
    """The content words of the subject, apart for each of several that it joins."""
    referring: bool = False
    """Its subject is a pronoun or "such …", so that the sentence before says what it is."""
    function: frozenset[str] = frozenset()
    some: bool = False
    """Said of some, not of all."""
    portion: bool = False
    """Said of a share of its subject."""
    conditions: tuple[Condition, ...] = ()
    scopes: tuple[frozenset[str], ...] = ()
    slot_scopes: tuple[int, ...] = ()
    inner: tuple[bool, ...] = ()
    """Of each slot whether it stands in a relative clause."""
    modified: tuple[tuple[str, str], ...] = ()
    """A word that changes what a noun stands for, with that noun."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(item.key for item in self.items)


_ANY_OTHER: Final = ["in", "any", "other"]
_AUXILIARIES: Final = frozenset(words(
    "shall may can could will would should is are was were has have had does did do be"
))
_MODALS: Final = {"shall": "must", "must": "must", "may": "may", "can": "may", "could": "may"}
_NEGATIONS: Final = frozenset(["not", "no", "never", "neither", "nor", "none", "nobody", "nothing"])
_CONDITIONS: Final = frozenset(["if", "when", "where", "whenever", "unless", "except", "provided", "while", "save"])
_PREPOSITIONS: Final = frozenset(
    words(
    "to by of in on at for from with before after against under between among over into as during within"
    " through about upon without until till since towards than"
)
)
_DETERMINERS: Final = frozenset(words(
    "the a an his her its their this that these those such any each every all no some"
))
_SOME: Final = frozenset(["some", "certain", "several", "few", "many", "most"])
_MODIFYING: Final = frozenset(
    words(
    "former deputy acting additional ad retired joint half almost nearly about partly wholly quasi alleged"
    " second third last next temporary assistant non anti vice"
)
)


_PAST: Final = frozenset(words(
    "came went ran saw knew fought won lost led wrote began became found built laid met left rose fell drew gave"
    " took made held spoke broke sold bought sent"
))  # fmt: skip


def clauses(text: str) -> list[Clause]:
    """The clauses of a sentence: one for each predicate, with the subject it shares."""
    read = tokens(prepared(text))
    found: list[Clause] = []
    subject: list[Token] = []
    for part, verb in _predicates(read):
        if verb is not None and any(_content(token) or token.low in ("he", "it", "they") for token in part[:verb]):
            subject = part[:verb]
            found.append(_clause(part, verb))
        elif verb is not None and subject:
            found.append(_clause([*subject, *part[verb:]], len(subject)))
        else:
            found.append(_clause(part, verb))
    found.extend(_relative_clauses(read))
    return found


def _relative_clauses(read: list[Token]) -> Iterator[Clause]:
    """ "a Commission which shall consist of …" says that of the Commission."""
    for at, token in enumerate(read[:-2]):
        if token.low not in ("which", "who") or at < 2 or read[at + 1].low not in _AUXILIARIES:
            continue
        first = next((n for n in range(at - 1, max(-1, at - 8), -1) if read[n].low in ("a", "an", "the")), None)
        until = next((n for n in range(at + 2, len(read)) if read[n].text in (";", ":")), len(read))
        if first is not None:
            part = [*read[first:at], *read[at + 1 : until]]
            yield _clause(part, at - first)


def whole(text: str) -> Clause:
    """The sentence as one clause: a statement is held to all it says."""
    read = tokens(prepared(text))
    return _clause(read, _main_verb(read, 0))


def _content(token: Token) -> bool:
    return token.kind == "word" and token.key not in STOP


def _predicates(read: list[Token]) -> Iterator[tuple[list[Token], int | None]]:
    """Stretches of tokens with one main verb each."""
    starts = [0]
    for at in range(1, len(read) - 2):
        if read[at].low not in ("and", "but", "nor", ";"):
            continue
        after = at + 1
        if read[after].low in ("shall", "may", "must", "is", "are", "was", "were", "has", "had", "will", "can") or (
            (verb := _modal_after(read, after)) is not None
            and _main_verb(read[starts[-1] : at], 0) is not None
            and not any(token.low in _CONDITIONS | {"who", "which", "that"} for token in read[after:verb])
        ):
            starts.append(at)
    for first, last in zip(starts, [*starts[1:], len(read)], strict=True):
        part = read[first:last]
        while part and part[0].low in ("and", "but", ";", ","):
            part = part[1:]
        if part:
            yield part, _main_verb(part, 0)


def _modal_after(read: list[Token], at: int) -> int | None:
    """A finite verb within the next words, before any mark: a clause with a subject of its own begins here."""
    for place in range(at, min(len(read), at + 9)):
        if read[place].kind == "mark":
            return None
        if place > at and read[place].low in ("shall", "may", "must", "is", "are", "was", "were"):
            return place
    return None


def _main_verb(read: Sequence[Token], start: int) -> int | None:
    """The first auxiliary or finite verb that is not in a relative clause or a condition."""
    hidden = _hidden(read)
    for at in range(start, len(read)):
        token = read[at]
        if at in hidden or token.kind != "word":
            continue
        if token.low in _AUXILIARIES:
            if token.low == "may" and token.text == "May":
                continue
            return at
        if at and token.key in VERBS and _finite(read, at):
            return at
    return None


def _finite(read: Sequence[Token], at: int) -> bool:
    token, before = read[at], read[at - 1]
    if before.low in _DETERMINERS | _PREPOSITIONS or before.kind == "mark" or before.low in ("and", "or"):
        return False
    after = read[at + 1].low if at + 1 < len(read) else ""
    form = token.low.split()[0]
    if form in ("in", "holding", "remaining", "continuing", "leaving"):
        return False
    if form.endswith("s") or form in _PAST:
        # "serves a term" against "terms of office".
        return after not in ("of", "and", "") or form in ("lies", "consists")
    if form.endswith("ed"):
        return after != "by" and not (after in ("in", "on", "to") and before.low in ("members", "seats"))
    return not token.text[0].isupper() and before.low.endswith("s") and after not in ("of", "is", "are")


def _hidden(read: Sequence[Token]) -> frozenset[int]:
    """Tokens of relative clauses and conditions."""
    hidden: set[int] = set()
    at = 0
    while at < len(read):
        low = read[at].low
        if (low in ("who", "which", "whose", "whom") or low in _CONDITIONS) and read[at].kind == "word":
            until = _end_of(read, at, low)
            hidden.update(range(at, until))
            at = until
        at += 1
    return frozenset(hidden)


def _end_of(read: Sequence[Token], at: int, marker: str) -> int:
    """Where a relative clause or condition that begins at a token ends."""
    relative = marker in ("who", "which", "whose", "whom")
    verb_seen = False
    for place in range(at + 1, len(read)):
        token = read[place]
        if token.text in (",", ";", ":") or (token.low == "then" and place > at + 2):
            return place + 1
        if relative and token.low == "shall" and verb_seen:
            return place
        to_be = token.low == "to" and place + 1 < len(read) and read[place + 1].low == "be"
        if relative and to_be and read[place - 1].text[:1].isupper() and read[place - 1].kind == "word":
            return place
        if token.low in _AUXILIARIES or (relative and token.key in VERBS):
            if relative and verb_seen and token.low in ("is", "ceases", "shall", "may") and place - at > 3:
                return place
            verb_seen = True
    return len(read)


def _clause(read: list[Token], verb: int | None) -> Clause:
    found, used = slots(read)
    found = _limits(read, found)
    conditions = tuple(_conditions(read))
    within = {at for one in conditions for at in range(one.first, one.last)}
    relative = _hidden(read) - within
    passive, head = _voice(read, verb)
    scopes, scope_of = _scopes(read)
    roles = _roles(read, verb, head, passive, relative | within)
    items: list[Item] = []
    aged = any(slot.about == "age" for slot in found)
    for at, token in enumerate(read):
        if at in used and token.kind != "word":
            continue
        if not _content(token) or (at in used and not _unit_word(token, found, at)):
            continue
        key = TENURE if aged and token.key in LEAVING else token.key
        if at == verb and token.low in _AUXILIARIES:
            continue
        items.append(Item(key, "verb" if at == head else roles[at], at, token.text, scope_of.get(at, -1)))
    aside = used | relative | within
    negations = [at for at, token in enumerate(read) if token.low in _NEGATIONS and at not in aside]
    subject_end = verb if verb is not None else 0
    subject = [at for at in range(subject_end) if at not in within]
    modal_at = verb if verb is not None and read[verb].low in _MODALS else None
    return Clause(
        text=" ".join(token.text for token in read),
        items=tuple(items),
        slots=tuple(found),
        verb=read[head].key if head is not None else "",
        modal=_MODALS[read[modal_at].low] if modal_at is not None else "",  # type: ignore[arg-type]
        negated=len(negations) % 2 == 1,
        exceptive=any(one.marker in ("unless", "except", "save") for one in conditions),
        subject=tuple(_joined(read, subject, used)),
        referring=any(read[at].low in ("he", "it", "they", "such", "this", "these", "she", "said") for at in subject),
        function=frozenset(token.key for token in read if token.key in FUNCTION),
        some=any(token.low in _SOME for token in read[: verb or 0]),
        portion=any(slot.unit == "share" and slot.at < subject_end for slot in found),
        conditions=conditions,
        scopes=scopes,
        inner=tuple(slot.at in relative for slot in found),
        slot_scopes=tuple(scope_of.get(slot.at, -1) for slot in found),
        modified=tuple(_modified(read)),
    )


def _joined(read: Sequence[Token], subject: Sequence[int], used: frozenset[int]) -> Iterator[frozenset[str]]:
    """ "Every President and every person acting as President": two subjects, said of each."""
    keys: set[str] = set()
    for at in subject:
        if read[at].low in ("and", "or") and at + 1 < len(read) and read[at + 1].low in _DETERMINERS and keys:
            yield frozenset(keys)
            keys = set()
        elif _content(read[at]) and at not in used and not (at and read[at - 1].low == "to"):
            keys.add(read[at].key)
    yield frozenset(keys)


def _limits(read: Sequence[Token], found: list[Slot]) -> list[Slot]:
    """The number that is called the minimum or the maximum has that for its bound."""
    times = [slot for slot in found if slot.kind == "quantity" and slot.unit in TIMES]
    if len(times) == 1 and not times[0].about and any(token.key == AGE for token in read):
        found = [msgspec.structs.replace(slot, about="age") if slot is times[0] else slot for slot in found]
    called = {token.low for token in read} & {"minimum", "maximum"}
    if len(called) != 1 or sum(slot.kind == "quantity" for slot in found) != 1:
        return found
    bound: Bound = "≥" if called == {"minimum"} else "≤"
    return [
        msgspec.structs.replace(slot, bound=bound, limit=True) if slot.kind == "quantity" else slot for slot in found
    ]


def _unit_word(token: Token, found: Sequence[Slot], at: int) -> bool:
    """What is counted is content of the sentence too, where it is not a measure."""
    return any(
        slot.at <= at < slot.after and slot.kind in ("quantity", "ordinal") and slot.unit == token.key for slot in found
    ) and token.key not in LIGHT and token.key not in ("month", "week", "day", "hour")  # fmt: skip


def _modified(read: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for at, token in enumerate(read[:-1]):
        head = read[at + 1].key
        bare = any(
            read[other].key == head and read[other - 1].low not in _MODIFYING for other in range(1, len(read))
        ) or read[0].key == head  # fmt: skip
        if token.low in _MODIFYING and _content(read[at + 1]) and not bare:
            yield token.key, head


def _conditions(read: Sequence[Token]) -> Iterator[Condition]:
    at = 0
    while at < len(read):
        low = read[at].low
        event = low == "in" and [t.low for t in read[at + 1 : at + 3]] in (["the", "event"], ["the", "absence"])
        during = low == "during" and any(t.key in ("absent", "vacat") for t in read[at + 1 : at + 4])
        # "…, or, if a resolution is passed, then": another way for it to be so, which takes nothing from the first.
        other = [token.low for token in read[max(0, at - 2) : at] if token.text != ","][-1:] == ["or"]
        if (low in _CONDITIONS or event or during) and read[at].kind == "word" and not other:
            until = at + 1
            while until < len(read) and read[until].text not in (",", ";", ":"):
                until += 1
            keys = frozenset(t.key for t in read[at + 1 : until] if _content(t))
            yield Condition(low, keys, at, until)
            at = until
        at += 1


def _voice(read: Sequence[Token], verb: int | None) -> tuple[bool, int | None]:
    """Whether the predicate is passive, and the token of its main verb."""
    if verb is None:
        return False, None
    if read[verb].low not in _AUXILIARIES:
        return False, verb
    at = verb
    being = read[verb].low in ("is", "are", "was", "were", "be")
    depth = 0
    for place in range(verb + 1, min(len(read), verb + 40)):
        token = read[place]
        if token.text == ",":
            depth += 1
            continue
        if token.kind != "word" or token.low in ("not", "only", "always", "never", "no") or token.low.endswith("ly"):
            continue
        if depth % 2:
            # An aside between commas: "may, by writing addressed to the President, resign".
            continue
        if token.low in ("be", "been", "being"):
            being = True
            at = place
            continue
        if being and (token.low.endswith("ed") or token.low in PARTICIPLES):
            return True, place
        if being:
            return False, at
        if token.low in _AUXILIARIES and token.low not in ("do", "have", "has"):
            continue
        return False, place
    return False, at


def _roles(
    read: Sequence[Token], verb: int | None, head: int | None, passive: bool, hidden: frozenset[int] | set[int]
) -> list[str]:
    """The role of each token: by its preposition, or by its side of the verb."""
    subject, behind = "patient" if passive else "agent", "patient"
    role = subject
    carried = subject
    roles: list[str] = []
    for at, token in enumerate(read):
        low = token.low
        if verb is not None and at == verb:
            role = carried = behind
        if token.text in (",", ";", ":"):
            role = carried = subject if verb is None or at < verb else role
        if low == "to" and at + 1 < len(read) and read[at + 1].low == "be":
            # "appoint a person to be Attorney-General"
            role = carried = "patient"
        elif low == "by" and passive and verb is not None and at > verb:
            role = carried = "agent"
        elif low == "of":
            role = carried
        elif low == "to" and at + 1 < len(read) and read[at + 1].key in VERBS and read[at + 1].text.islower():
            role = carried = "purpose"
        elif (low in _PREPOSITIONS or token.key == "befor") and token.kind == "word":
            role = carried = "before" if token.key == "befor" else low
        elif head is not None and at == head:
            role = carried = behind
        roles.append("hidden" if at in hidden else role)
    return roles


def _scopes(read: Sequence[Token]) -> tuple[tuple[frozenset[str], ...], dict[int, int]]:
    """What is said "in the case of" one thing and of another."""
    starts = [
        at for at in range(len(read) - 3)
        if [token.low for token in read[at : at + 4]] == ["in", "the", "case", "of"]
    ]  # fmt: skip
    if not starts:
        return (), {}
    scopes: list[frozenset[str]] = []
    scope_of: dict[int, int] = {}
    for number, at in enumerate(starts):
        until = starts[number + 1] if number + 1 < len(starts) else len(read)
        other = (place for place in range(at, until) if [t.low for t in read[place : place + 3]] == _ANY_OTHER)
        until = next(other, until)
        mark = next((place for place in range(at + 4, until) if read[place].text == ","), None)
        if mark is None:
            # "age … sixty-five years in the case of the Union": said of what stands before it.
            mark = until
        scopes.append(frozenset(token.key for token in read[at + 4 : mark] if _content(token)))
        scope_of.update(dict.fromkeys(range(at, until), number))
    return tuple(scopes), scope_of
