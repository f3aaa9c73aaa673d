"""Items as they stand in a pack's YAML files. What is wrong with one is told with its line."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, cast

from curriculum import items
from curriculum.choices import ASSERTION_REASON, LETTERS, can_compute, choices, folded, right_options, says_the_same
from curriculum.names import read_id, read_ids
from curriculum.numbers import exact_number
from curriculum.yaml_file import Items, Place, Reader, Scalar, Table, Value, nearest, quoted
from verifiers.notation import Unread, read

_COMMON: Final = (
    "id", "type", "stem", "skills", "context", "explanation", "hints", "source", "difficulty", "marks", "passages",
)  # fmt: skip
_KEYS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "single_choice": (("options", "key"), ("options", "key")),
    "multiple_choice": (("options", "keys"), ("options", "keys")),
    "numeric": (("value", "tolerance", "unit"), ("value",)),
    "expression": (("value", "variables"), ("value",)),
    "short_answer": (("accepted",), ("accepted",)),
    "statement_set": (("statements", "ask", "options", "key"), ("statements",)),
    "assertion_reason": (("assertion", "reason", "explains"), ("assertion", "reason")),
    "matching": (("left", "right", "pairs", "options", "key"), ("left", "right", "pairs")),
    "ordering": (("entries",), ("entries",)),
    "steps": (("parts",), ("parts",)),
}
"""Keys of a type beside the common ones, and those it cannot do without."""
MOST_OPTIONS: Final = 12
MOST_PARTS: Final = 60

Common: TypeAlias = dict[str, Any]


def read_items(reader: Reader, value: Value, what: str = "an items file") -> list[tuple[int, items.Item]]:
    """The items of a list, each with its line; what is wrong goes to the reader."""
    found: list[tuple[int, items.Item]] = []
    for entry in reader.items(value, what):
        item = _Reading(reader).item(entry)
        if item is not None:
            found.append((entry.place.line, item))
    return found


class _Reading:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def fault(self, place: Place, message: str) -> None:
        self.reader.fault(place, message)

    def item(self, value: Value, part_of: items.Steps | str = "", skills: tuple[str, ...] = ()) -> items.Item | None:
        """An item; with `part_of` a part, whose id that is."""
        before = len(self.reader.faults)
        kind = self._type(value)
        if kind is None:
            return None
        own, needed = _KEYS[kind]
        keys = tuple(key for key in (*_COMMON, *own) if not (part_of and key in ("id", "passages")))
        always = () if part_of else ("id",)
        if kind not in ("assertion_reason", "steps"):
            needed = ("stem", *needed)
        table = self.reader.table(value, f"an item of type {kind}", keys, (*always, *needed))
        if table is None:
            return None
        common = self._common(table, str(part_of), skills)
        item = _BUILDERS[kind](self, table.entries, table.place, common)
        return item if len(self.reader.faults) == before else None

    def _type(self, value: Value) -> str | None:
        if not isinstance(value, Table) or "type" not in value.entries:
            self.fault(value.place, f"an item needs `type:`, one of {', '.join(items.TYPES)}")
            return None
        named = value.entries["type"]
        text = self.reader.text(named, "the item's type")
        if text is None or text in _KEYS:
            return text
        hint = nearest(text, items.TYPES) or f"; the types are {', '.join(items.TYPES)}"
        self.fault(named.place, f"there is no item type {quoted(text)}{hint}")
        return None

    def _common(self, table: Table, name: str, skills: tuple[str, ...]) -> Common:
        reader, entries = self.reader, table.entries
        found: Common = {
            "id": name or read_id(reader, entries.get("id"), "the item's id") or "",
            "stem": reader.prose(entries.get("stem"), "the stem") or "",
            "skills": read_ids(reader, entries.get("skills"), "`skills`") or skills,
            "context": reader.prose(entries.get("context"), "the context") or "",
            "explanation": reader.prose(entries.get("explanation"), "the explanation") or "",
            "hints": self._texts(entries.get("hints"), "`hints`"),
            "source": reader.text(entries.get("source"), "the source") or "",
            "passages": read_ids(reader, entries.get("passages"), "`passages`"),
        }
        difficulty = reader.whole(entries.get("difficulty"), "the difficulty")
        if difficulty is not None and not 1 <= difficulty <= 5:
            self.fault(entries["difficulty"].place, f"the difficulty is 1 to 5, not {difficulty}")
        found["difficulty"] = difficulty
        if "marks" in entries:
            marks = self._number(entries["marks"], "the marks")
            if marks is not None and not 0 < marks <= 1000:
                self.fault(entries["marks"].place, "the marks are more than 0 and at most 1000")
            found["marks"] = marks
        return found

    def _texts(self, value: Value | None, what: str, most: int = MOST_PARTS) -> tuple[str, ...]:
        texts = [self.reader.prose(item, "a text") for item in self.reader.items(value, what)]
        if value is not None and len(texts) > most:
            self.fault(value.place, f"{what} has {len(texts)} entries; at most {most} are read")
        return tuple(text for text in texts if text is not None)

    def _number(self, value: Value | None, what: str) -> Fraction | None:
        text = self.reader.text(value, what)
        if text is None or value is None:
            return None
        number = exact_number(text)
        if number is None:
            self.fault(value.place, f"{what} is a number like 12.5 or 3/4, not {quoted(text)}")
        return number

    def options(self, value: Value | None) -> tuple[items.Option, ...]:
        found: list[items.Option] = []
        for item in self.reader.items(value, "`options`"):
            if isinstance(item, Scalar):
                text, slip = self.reader.prose(item, "an option"), None
            else:
                table = self.reader.table(item, "an option", ("text", "misconception"), ("text",))
                if table is None:
                    continue
                text = self.reader.prose(table.entries.get("text"), "the option's text")
                slip = self.reader.text(table.entries.get("misconception"), "the misconception")
            if text is None:
                continue
            twin = next((n for n, other in enumerate(found) if says_the_same(other.text, text)), None)
            if twin is not None:
                self.fault(item.place, f"option ({LETTERS[len(found) % 26]}) says the same as ({LETTERS[twin]})")
            found.append(items.Option(text, slip or ""))
        if value is not None and not 2 <= len(found) <= MOST_OPTIONS:
            self.fault(value.place, f"there are 2 to {MOST_OPTIONS} options, not {len(found)}")
        return tuple(found)

    def letter(self, value: Value | None, count: int, what: str = "the key") -> str:
        """One of the first `count` letters; empty after a fault."""
        text = self.reader.text(value, what)
        if text is None or value is None:
            return ""
        letter = text.strip("()").lower()
        if len(letter) != 1 or letter not in LETTERS:
            self.fault(value.place, f"{what} is the letter of an option, not {quoted(text)}")
        elif count and letter not in LETTERS[:count]:
            self.fault(value.place, f"{what} is ({letter}), but the letters end with ({LETTERS[count - 1]})")
        else:
            return letter
        return ""

    def judged(self, value: Value | None, what: str) -> items.Judged:
        table = self.reader.table(value, what, ("text", "holds"), ("text", "holds"))
        if table is None:
            return items.Judged("", False)
        text = self.reader.prose(table.entries.get("text"), "the statement")
        holds = self.reader.truth(table.entries.get("holds"), "`holds`")
        return items.Judged(text or "", bool(holds))


Entries: TypeAlias = Mapping[str, Value]


def _single_choice(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    options = r.options(entries.get("options"))
    return items.SingleChoice(**common, options=options, key=r.letter(entries.get("key"), len(options)))


def _multiple_choice(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    options = r.options(entries.get("options"))
    listed = r.reader.items(entries.get("keys"), "`keys`")
    keys = [r.letter(value, len(options), "a key") for value in listed]
    if "keys" in entries and not keys:
        r.fault(entries["keys"].place, "`keys` names at least one option")
    if len(set(keys)) < len(keys):
        r.fault(entries["keys"].place, "`keys` names an option twice")
    return items.MultipleChoice(**common, options=options, keys=tuple(sorted(keys)))


def _numeric(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    r._number(entries.get("value"), "the value")
    value = r.reader.text(entries.get("value"), "the value")
    tolerance = None
    if "tolerance" in entries:
        text = r.reader.text(entries["tolerance"], "the tolerance") or ""
        amount = exact_number(text.removesuffix("%").strip())
        if amount is None or amount < 0:
            r.fault(entries["tolerance"].place, f"the tolerance is like 0.05 or 2%, not {quoted(text)}")
        else:
            relative = text.endswith("%")
            tolerance = items.Tolerance(amount / 100 if relative else amount, relative)
    unit = r.reader.text(entries.get("unit"), "the unit") or ""
    return items.Numeric(**common, value=value or "", tolerance=tolerance, unit=unit)


def _expression(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    value = r.reader.text(entries.get("value"), "the value") or ""
    if value and isinstance(found := read(value), Unread):
        r.fault(entries["value"].place, f"{quoted(value)} cannot be read as an expression: {found.message}")
    return items.Expression(**common, value=value, variables=r._texts(entries.get("variables"), "`variables`"))


def _short_answer(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    accepted = r._texts(entries.get("accepted"), "`accepted`")
    if "accepted" in entries and not accepted:
        r.fault(entries["accepted"].place, "`accepted` names at least one answer")
    return items.ShortAnswer(**common, accepted=accepted)


def _statement_set(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    before = len(r.reader.faults)
    listed = r.reader.items(entries.get("statements"), "`statements`")
    statements = tuple(r.judged(value, "a statement") for value in listed)
    ask = r.reader.text(entries.get("ask"), "`ask`") or "which"
    if ask not in ("which", "how_many"):
        r.fault(entries["ask"].place, f"`ask` is which or how_many, not {quoted(ask)}")
        ask = "which"
    options = r.options(entries.get("options"))
    key = r.letter(entries.get("key"), len(options)) if "key" in entries else ""
    item = items.StatementSet(
        **common, statements=statements, ask=cast(Literal["which", "how_many"], ask), options=options, key=key
    )
    if not statements or len(r.reader.faults) > before:
        if "statements" in entries and not statements:
            r.fault(entries["statements"].place, "there is no statement")
        return item
    if not options and not can_compute(item):
        r.fault(place, f"there are no usual options for {len(statements)} statements; write `options:` and `key:`")
        return item
    if not options and key:
        r.fault(entries["key"].place, "the key is computed where there are no `options:`; leave it out")
        return item
    right = right_options(item, choices(item))
    if options and not key and len(right) != 1:
        said = "no option says" if not right else f"options ({') and ('.join(right)}) say"
        r.fault(entries["options"].place, f"{said} which statements hold; mend the options or write `key:`")
    if key and right and key not in right:
        r.fault(entries["key"].place, f"the key is ({key}), but by the statements' truth it is ({right[0]})")
    return item


def _assertion_reason(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    item = items.AssertionReason(
        **common,
        assertion=r.judged(entries.get("assertion"), "the assertion"),
        reason=r.judged(entries.get("reason"), "the reason"),
        explains=bool(r.reader.truth(entries.get("explains"), "`explains`")),
    )
    if not (item.assertion.holds or item.reason.holds):
        r.fault(place, f"assertion and reason are both false; none of the usual {len(ASSERTION_REASON)} options fits")
    elif item.explains and not (item.assertion.holds and item.reason.holds):
        r.fault(entries["explains"].place, "a reason explains an assertion only where both are true")
    return item


def _matching(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    left, right = r._texts(entries.get("left"), "`left`"), r._texts(entries.get("right"), "`right`", len(LETTERS))
    pairs: list[tuple[int, str]] = []
    for value in r.reader.items(entries.get("pairs"), "`pairs`"):
        if not isinstance(value, Items) or len(value.values) != 2:
            r.fault(value.place, "a pair is like [1, c]")
            continue
        number = r.reader.whole(value.values[0], "the left side of a pair")
        if number is not None and not 1 <= number <= len(left):
            r.fault(value.place, f"there is no entry {number} on the left")
        pairs.append((number or 0, r.letter(value.values[1], len(right), "the right side of a pair")))
    numbers = sorted(number for number, _ in pairs)
    if "pairs" in entries and numbers != list(range(1, len(left) + 1)):
        r.fault(entries["pairs"].place, f"`pairs` names each of the {len(left)} entries on the left once")
    options = r.options(entries.get("options"))
    if ("options" in entries) != ("key" in entries):
        r.fault(place, "`options` and `key` of a matching go together")
    key = r.letter(entries.get("key"), len(options)) if "key" in entries else ""
    return items.Matching(**common, left=left, right=right, pairs=tuple(sorted(pairs)), options=options, key=key)


def _ordering(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    listed = r._texts(entries.get("entries"), "`entries`", len(LETTERS))
    if "entries" in entries and len(listed) < 2:
        r.fault(entries["entries"].place, "an ordering has at least two entries")
    if len(set(map(folded, listed))) < len(listed):
        r.fault(entries["entries"].place, "two entries say the same")
    return items.Ordering(**common, entries=listed)


def _steps(r: _Reading, entries: Entries, place: Place, common: Common) -> items.Item:
    parts: list[items.Part] = []
    values = r.reader.items(entries.get("parts"), "`parts`")
    if "parts" in entries and not 1 <= len(values) <= MOST_PARTS:
        r.fault(entries["parts"].place, f"there are 1 to {MOST_PARTS} parts")
        return items.Steps(**common, parts=())
    for number, value in enumerate(values, 1):
        kind = value.entries.get("type") if isinstance(value, Table) else None
        if isinstance(kind, Scalar) and kind.text == "steps":
            r.fault(kind.place, "a part is not itself of type steps")
            continue
        part = r.item(value, f"{common['id']}/{number}", common["skills"])
        if part is not None and not isinstance(part, items.Steps):
            parts.append(part)
    return items.Steps(**common, parts=tuple(parts))


_BUILDERS: Final[Mapping[str, Callable[[_Reading, Entries, Place, Common], items.Item]]] = {
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "numeric": _numeric,
    "expression": _expression,
    "short_answer": _short_answer,
    "statement_set": _statement_set,
    "assertion_reason": _assertion_reason,
    "matching": _matching,
    "ordering": _ordering,
    "steps": _steps,
}
