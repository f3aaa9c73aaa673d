"""Whether a clause of a passage says what a statement says, says another thing in one slot, or says neither.

It errs to *neither*: every content word of the statement must be in the clause (as itself or a listed synonym) in a
role that fits, and nothing of the clause that limits it may be missing in the statement.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

import msgspec

from verifiers.facts.clauses import Clause, Condition, Item
from verifiers.facts.lexicon import BODIES, FUNCTIONAL, LIGHT, MODIFIERS, ONCE, OPPOSITES, PLAIN, STOP
from verifiers.facts.slots import Slot


class Says(msgspec.Struct, frozen=True):
    """The clause says it; `direct` is how many of the statement's words it has itself, the rest come from context."""

    direct: int = 0


class Differs(msgspec.Struct, frozen=True):
    """The clause is of the same subject and predicate and has `found` where the statement has `stated`."""

    slot: Literal["number", "date", "reference", "ordinal", "name", "negation", "modal", "opposite"]
    stated: str
    found: str
    values: tuple[Fraction, Fraction] | None = None


Outcome = Says | Differs | None

_SIDES: Final = frozenset({"agent", "patient"})
_PLACED: Final = frozenset({"to", "before", "by", "from", "with", "against"})


def compare(statement: Clause, clause: Clause, context: frozenset[str]) -> Outcome:
    """`context` are the words of the passage's title and of the sentence before."""
    statement, clause = _folded(statement), _folded(_projected(clause, statement))
    if not _frame_fits(statement, clause):
        return None
    missing = _missing(statement, clause, context)
    differing = [slot for slot in statement.slots if not any(_same(slot, other) for other in clause.slots)]
    polarity = _polarity(statement, clause)
    if polarity == "neither" or not _conditions_met(statement, clause):
        return None
    if not missing:
        if not _subject_fits(statement, clause, frozenset()) or not _roles_fit(statement, clause):
            return None
        return _judged(statement, clause, differing, polarity)
    if differing or polarity != "same":
        return None
    return _name(statement, clause, missing) or _opposite(statement, clause, missing)


def _judged(statement: Clause, clause: Clause, differing: Sequence[Slot], polarity: str) -> Outcome:
    if len(differing) > 1:
        return None
    if differing:
        return _slot(differing[0], statement, clause) if polarity == "same" else None
    if polarity == "opposite":
        same = statement.verb == clause.verb or {statement.verb, clause.verb} <= _light(statement) | STOP
        if not same:
            # What is denied is something else that is said with the same words.
            return None
        return Differs("negation", _denial(statement), _denial(clause))
    if statement.verb == clause.verb and clause.modal == "may" and statement.modal != "may":
        if statement.modal == "must":
            return Differs("modal", "shall", "may")
        return None
    return Says(sum(item.key in clause.keys for item in statement.items))


def _denial(clause: Clause) -> str:
    return "denied" if clause.negated else "affirmed"


def _folded(clause: Clause) -> Clause:
    """ "No child below 14 may work" as a bound: at least 14."""
    at_sides = [slot for slot in clause.slots if slot.bound in "<>" and slot.kind == "quantity"]
    if not clause.negated or len(at_sides) != 1 or clause.exceptive:
        return clause
    bound = "≥" if at_sides[0].bound == "<" else "≤"
    slots = tuple(
        msgspec.structs.replace(slot, bound=bound) if slot is at_sides[0] else slot for slot in clause.slots
    )
    return msgspec.structs.replace(clause, slots=slots, negated=False)


def _projected(clause: Clause, statement: Clause) -> Clause:
    """Without what is said of cases the statement is not about, or only of who is meant."""
    if any(clause.inner) and not any(statement.inner):
        kept = [number for number, inner in enumerate(clause.inner) if not inner]
        clause = msgspec.structs.replace(
            clause,
            slots=tuple(clause.slots[number] for number in kept),
            slot_scopes=tuple(clause.slot_scopes[number] for number in kept),
            inner=(False,) * len(kept),
        )
    if not clause.scopes:
        return clause
    common = frozenset.intersection(*clause.scopes) if len(clause.scopes) > 1 else frozenset()
    keep = {number for number, keys in enumerate(clause.scopes) if (keys - common) & statement.keys}
    if len(keep) == len(clause.scopes):
        keep = set()
    return msgspec.structs.replace(
        clause,
        items=tuple(item for item in clause.items if item.scope < 0 or item.scope in keep),
        slots=tuple(
            slot for slot, scope in zip(clause.slots, clause.slot_scopes, strict=True) if scope < 0 or scope in keep
        ),
    )


def _frame_fits(statement: Clause, clause: Clause) -> bool:
    if not statement.function <= clause.function:
        return False
    if statement.text.lower().startswith("there ") and not _same_existence(statement, clause):
        return False
    if clause.function - statement.function:
        return False
    if statement.some != clause.some:
        return False
    if clause.portion and not any(slot.unit == "share" for slot in statement.slots):
        return False
    heads = {head for _, head in clause.modified}
    said = {word for word, _ in statement.modified}
    return not any(
        head in heads and word not in said and word not in statement.keys and head in statement.keys
        for word, head in clause.modified
    )


def _light(statement: Clause) -> frozenset[str]:
    return LIGHT if statement.slots else PLAIN


def _same_existence(statement: Clause, clause: Clause) -> bool:
    """ "There shall be a President" is said of what it begins with, not of all that is mentioned after it."""
    if not clause.text.lower().startswith("there ") or not statement.items or not clause.items:
        return False
    return statement.items[0].key == clause.items[0].key


def _missing(statement: Clause, clause: Clause, context: frozenset[str]) -> list[Item]:
    """Content of the statement that neither the clause nor, for a part of it, the context has."""
    open_keys = {item.key for item in clause.items if item.role != "hidden"}
    bound_in = any(one.marker in ("unless", "except", "save", "if") for one in clause.conditions)
    keys = clause.keys if bound_in or clause.conditions else open_keys
    light = _light(statement)
    wanted = [item for item in statement.items if item.key not in light]
    absent = [
        item for item in wanted
        if item.key not in (clause.keys if item.role == "hidden" else keys | _relative(clause, item))
    ]  # fmt: skip
    direct = len(wanted) - len(absent)
    helped = [item for item in absent if item.key in context and item.role != "verb"]
    if helped and (direct >= len(helped) or clause.referring) and direct:
        absent = [item for item in absent if item not in helped]
    return absent


def _relative(clause: Clause, item: Item) -> frozenset[str]:
    """What a relative clause lends: anything but who does the main thing to whom."""
    return clause.keys if item.role not in _SIDES | {"verb"} or item.key not in BODIES else frozenset()


def _subject_fits(statement: Clause, clause: Clause, exempt: frozenset[str]) -> bool:
    """Nothing in the clause's subject narrows it to less than the statement is about."""
    return any(keys - LIGHT - STOP - exempt <= statement.keys for keys in clause.subject)


def _polarity(statement: Clause, clause: Clause) -> str:
    said, found = _mode(statement), _mode(clause)
    if said == found:
        return "same"
    if {said, found} == {"positive", "required"}:
        return "same" if statement.slots else "neither"
    if {said, found} == {"positive", "negative"} or {said, found} == {"excepting", "required"}:
        return "opposite"
    return "neither"


def _mode(clause: Clause) -> str:
    if clause.negated:
        return "required" if clause.exceptive else "negative"
    return "excepting" if clause.exceptive else "positive"


def _conditions_met(statement: Clause, clause: Clause) -> bool:
    if statement.conditions and not clause.conditions:
        return False
    return all(_met(one, statement, clause) for one in clause.conditions)


def _met(condition: Condition, statement: Clause, clause: Clause) -> bool:
    within = [slot for slot in clause.slots if condition.first <= slot.at < condition.last]
    if any(slot.kind == other.kind and slot.unit == other.unit for slot in within for other in statement.slots):
        return True
    keys = condition.keys - LIGHT
    if not keys:
        return not within or bool(statement.slots)
    return 2 * len(keys & statement.keys) >= len(keys)


def _roles_fit(statement: Clause, clause: Clause) -> bool:
    verb = statement.verb if statement.verb not in _light(statement) | STOP else ""
    same_verb = bool(verb) and verb == clause.verb
    for item in statement.items:
        if item.role == "verb" or item.role == "hidden" or item.key in LIGHT:
            continue
        found = {other.role for other in clause.items if other.key == item.key}
        if not found:
            continue
        named = item.key in BODIES or item.text[:1].isupper()
        firm = same_verb and named and item.role in _SIDES | _PLACED
        if "by" in found and item.role == "agent":
            # "members to be nominated by the President"
            found.add("agent")
        given = any(item.key in one.keys for one in clause.conditions)
        if clause.verb == "consist" and item.role == "to":
            continue
        if same_verb and item.role in _SIDES and found & _SIDES and item.role not in found:
            return False
        if firm and item.role not in found and not given and "of" not in found:
            return False
        if named and item.role in _SIDES and found <= _PLACED:
            return False
        if named and item.role in _PLACED and found <= _SIDES:
            return False
        if same_verb and item.role in _SIDES and found == {"hidden"} and not given:
            return False
    return bool(statement.verb) or _in_order(statement, clause)


def _in_order(statement: Clause, clause: Clause) -> bool:
    """Without a verb to hold on to, the words must come in the same order."""
    order = iter([item.key for item in clause.items])
    return all(any(key == other for other in order) for key in (i.key for i in statement.items if i.key not in LIGHT))


def _same(slot: Slot, other: Slot) -> bool:
    if not _comparable(slot, other):
        return False
    if slot.kind == "date":
        assert isinstance(slot.value, tuple)
        assert isinstance(other.value, tuple)
        return _dates_agree(slot.value, other.value) and len(slot.value) <= len(other.value)
    return slot.value == other.value and _bounds_agree(slot, other)


def _dates_agree(one: tuple[Fraction, ...], other: tuple[Fraction, ...]) -> bool:
    return all(a == b or not a or not b for a, b in zip(one, other, strict=False))


def _comparable(slot: Slot, other: Slot) -> bool:
    if slot.kind != other.kind:
        return False
    if slot.kind in ("date",):
        return True
    if slot.kind == "quantity" and (not slot.unit or not other.unit):
        return slot.about == other.about and "share" not in (slot.unit, other.unit)
    return slot.unit == other.unit and slot.about == other.about


def _bounds_agree(slot: Slot, other: Slot) -> bool:
    if slot.bound == other.bound:
        return True
    pair = {slot.bound, other.bound}
    return pair == {"=", "≥"} and (slot.about == "age" or slot.unit == "share")


_WEAKER: Final = {"≥": lambda said, found: said < found, "≤": lambda said, found: said > found}
_OPPOSED: Final = ({"≥", "<"}, {"≤", ">"}, {"≥", "≤"}, {"<", ">"}, {"≤", "≥"})


def _slot(slot: Slot, statement: Clause, clause: Clause) -> Outcome:
    """The one slot in which the two differ, if what is found there excludes what is stated."""
    others = [other for other in clause.slots if _comparable(slot, other)]
    if any(other.value == slot.value and other.kind == "reference" for other in others):
        return None
    matched = [other for other in others if not any(_same(own, other) for own in statement.slots)]
    if slot.kind == "date":
        return _date(slot, matched, statement, clause)
    agreeing = [other for other in matched if slot.kind != "quantity" or _bounds_agree(slot, other)]
    if agreeing:
        if len({other.value for other in agreeing}) != 1:
            return None
        other = agreeing[0]
        if slot.kind == "reference":
            return Differs("reference", slot.text, other.text)
        assert isinstance(slot.value, tuple)
        assert isinstance(other.value, tuple)
        said, found = slot.value[0], other.value[0]
        weaker = _WEAKER.get(slot.bound if slot.bound != "=" else other.bound)
        if weaker is not None and slot.bound == other.bound and not slot.limit and weaker(said, found):
            # "At least 50" is implied by "not less than 60", though it is not what is said.
            return None
        kind: Literal["ordinal", "number"] = "ordinal" if slot.kind == "ordinal" else "number"
        return Differs(kind, _bounded(slot), _bounded(other), (said, found))
    opposed = [other for other in matched if {slot.bound, other.bound} in _OPPOSED and other.value == slot.value]
    if slot.kind == "quantity" and len(opposed) == 1 == len(matched):
        return Differs("number", _bounded(slot), _bounded(opposed[0]))
    return None


_BOUND_WORDS: Final = {"=": "", "≥": "not less than ", "≤": "not more than ", ">": "more than ", "<": "less than "}


def _bounded(slot: Slot) -> str:
    return _BOUND_WORDS[slot.bound] + slot.text


def _date(slot: Slot, others: Sequence[Slot], statement: Clause, clause: Clause) -> Outcome:
    once = (statement.keys & clause.keys & ONCE) or clause.verb in ONCE
    if not once or len({other.value for other in others}) != 1:
        return None
    assert isinstance(slot.value, tuple)
    assert isinstance(others[0].value, tuple)
    if _dates_agree(slot.value, others[0].value):
        return None
    return Differs("date", slot.text, others[0].text)


def _name(statement: Clause, clause: Clause, missing: Sequence[Item]) -> Outcome:
    """Another name in the one role that only one can fill."""
    roles = {item.role for item in missing}
    if len(roles) != 1 or not all(_is_name(item) for item in missing):
        return None
    (role,) = roles
    main = {clause.verb} if clause.verb == statement.verb else set()
    shared = main if role in _SIDES else (statement.keys & clause.keys) | main
    if not any(role in FUNCTIONAL.get(key, ()) for key in shared):
        return None
    stated = [item for item in statement.items if item.role == role and item.key not in LIGHT]
    fillers = [item for item in clause.items if item.role == role and _is_name(item)]
    found = [item for item in fillers if item.key not in statement.keys and item.key not in LIGHT]
    if not found:
        # The same filler said of another role would be a swap of two names, which this clause does not exclude.
        found = [item for item in fillers if item.key in statement.keys and _is_name(item)]
        if not found or any(item.role == role for item in statement.items if item.key == found[0].key):
            return None
    rest = msgspec.structs.replace(
        statement, items=tuple(item for item in statement.items if item.role != role or item.key in LIGHT)
    )
    exempt = frozenset(item.key for item in fillers)
    known = msgspec.structs.replace(rest, items=(*rest.items,))
    if not _subject_fits(known, clause, exempt if role == "agent" else frozenset()) or not _roles_fit(known, clause):
        return None
    first = found[0]
    filler = [item for item in fillers if first.at <= item.at <= first.at + 4]
    return Differs("name", _joined(stated), _joined(filler))


def _joined(items: Sequence[Item]) -> str:
    return " ".join(dict.fromkeys(item.text for item in items))


def _is_name(item: Item) -> bool:
    return item.key in BODIES or item.text[:1].isupper()


def _opposite(statement: Clause, clause: Clause, missing: Sequence[Item]) -> Outcome:
    if len(missing) != 1 or missing[0].key in MODIFIERS:
        return None
    other = OPPOSITES.get(missing[0].key, "")
    if not other or other not in clause.keys:
        return None
    rest = msgspec.structs.replace(
        statement, items=tuple(item for item in statement.items if item is not missing[0])
    )
    if not _subject_fits(rest, clause, frozenset({other})) or not _roles_fit(rest, clause):
        return None
    found = next(item.text for item in clause.items if item.key == other)
    return Differs("opposite", missing[0].text, found)
