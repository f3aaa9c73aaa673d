"""Templates as they stand in a pack's YAML files."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal, cast

from curriculum.items import Tolerance
from curriculum.names import read_id, read_ids
from curriculum.numbers import exact_number
from curriculum.templates import Distractor, Integers, Parameter, Template, Values, Words
from curriculum.yaml_file import Place, Reader, Table, Value, nearest, quoted
from verifiers.expr import RELATIONS, Apply, Expr, Sym, free_symbols, walk
from verifiers.notation import Options, Unread, read

_KEYS: Final = (
    "id", "type", "stem", "skills", "parameters", "let", "where", "key", "check", "distractors", "shown", "show",
    "unit", "tolerance", "explanation", "hints", "source", "difficulty", "marks", "passages",
)  # fmt: skip
_TYPES: Final = ("single_choice", "numeric", "expression")
_NAME: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|_[A-Za-z0-9])*")
_RESERVED: Final = frozenset({"key", "where", "e", "i", "pi"})
_MOST: Final = 10**9
_CONNECTIVES: Final = frozenset({"and", "or", "not"})
HOLE: Final = re.compile(r"\{([+]?)([A-Za-z][A-Za-z0-9_]*)([*]?)\}")
_OF_A_COMMAND: Final = re.compile(r"(?:\\[A-Za-z]+\*?(?:\[[^\]]*\])?|[\^_}])$")
"""What stands before braces that belong to LaTeX."""


def read_templates(reader: Reader, value: Value) -> list[tuple[int, Template]]:
    """The templates of a list, each with its line; what is wrong goes to the reader."""
    found: list[tuple[int, Template]] = []
    for entry in reader.items(value, "a templates file"):
        template = _Reading(reader).template(entry)
        if template is not None:
            found.append((entry.place.line, template))
    return found


def expression(text: str, names: frozenset[str]) -> Expr | Unread:
    """An expression of a template, with parameters of several letters kept whole."""
    return read(text, Options(letters=frozenset(name for name in names if len(name) > 1)))


class _Reading:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.numbers: set[str] = set()
        """Names that have a value so far."""

    def template(self, value: Value) -> Template | None:
        reader, before = self.reader, len(self.reader.faults)
        table = reader.table(value, "a template", _KEYS, ("id", "type", "stem", "parameters", "key"))
        if table is None:
            return None
        entries = table.entries
        kind = reader.text(entries.get("type"), "the type")
        if kind is not None and kind not in _TYPES:
            hint = nearest(kind, _TYPES) or f"; they give {', '.join(_TYPES)}"
            reader.fault(entries["type"].place, f"no template gives items of type {quoted(kind)}{hint}")
        parameters, inner = self._parameters(entries.get("parameters"))
        let = self._let(entries.get("let"))
        known = frozenset(name for name, _ in (*parameters, *let))
        where = tuple(self._relations(inner)) + tuple(self._relations(entries.get("where")))
        check = tuple(self._relations(entries.get("check"), frozenset({"key"})))
        distractors = tuple(self._distractors(entries.get("distractors")))
        shown = reader.whole(entries.get("shown"), "`shown`") if "shown" in entries else min(4, len(distractors) + 1)
        show = reader.text(entries.get("show"), "`show`") or "plain"
        if show not in ("plain", "decimal"):
            reader.fault(entries["show"].place, f"`show` is plain or decimal, not {quoted(show)}")
        if kind == "single_choice" and shown is not None and not 2 <= shown <= len(distractors) + 1:
            reader.fault(
                table.place, f"{shown} options need {max(shown - 1, 1)} distractors; there are {len(distractors)}"
            )
        if kind in ("numeric", "expression") and distractors:
            reader.fault(entries["distractors"].place, f"an item of type {kind} has no options, so no distractors")
        difficulty = reader.whole(entries.get("difficulty"), "the difficulty")
        if difficulty is not None and not 1 <= difficulty <= 5:
            reader.fault(entries["difficulty"].place, f"the difficulty is 1 to 5, not {difficulty}")
        name = read_id(reader, entries.get("id"), "the template's id")
        stem = self._text(entries.get("stem"), "the stem", known)
        key = self._expression(entries.get("key"), "the key")
        skills = read_ids(reader, entries.get("skills"), "`skills`")
        hints = [self._text(item, "a hint", known) for item in reader.items(entries.get("hints"), "`hints`")]
        explanation = self._text(entries.get("explanation"), "the explanation", known)
        marks = exact_number(reader.text(entries.get("marks"), "the marks") or "1")
        if marks is None or not 0 < marks <= 1000:
            reader.fault(entries["marks"].place, "the marks are a number, more than 0 and at most 1000")
        tolerance = self._tolerance(entries.get("tolerance"))
        unit = reader.text(entries.get("unit"), "the unit") or ""
        source = reader.text(entries.get("source"), "the source") or ""
        passages = read_ids(reader, entries.get("passages"), "`passages`")
        if len(reader.faults) > before or name is None or kind is None or stem is None or key is None:
            return None
        return Template(
            id=name, type=cast(Literal["single_choice", "numeric", "expression"], kind), stem=stem, skills=skills,
            parameters=parameters, let=let, where=where, key=key, check=check, distractors=distractors,
            shown=shown or 4, show=cast(Literal["plain", "decimal"], show), unit=unit, tolerance=tolerance,
            explanation=explanation or "", hints=tuple(hint for hint in hints if hint), source=source,
            difficulty=difficulty, marks=marks or Fraction(1), passages=passages,
        )  # fmt: skip

    def _parameters(self, value: Value | None) -> tuple[tuple[tuple[str, Parameter], ...], Value | None]:
        """The parameters, and the list under `where` where it stands among them."""
        if value is None:
            return (), None
        if not isinstance(value, Table):
            self.reader.fault(value.place, "`parameters` has the form `a: {integers: [2, 12]}`")
            return (), None
        found: list[tuple[str, Parameter]] = []
        for name, entry in value.entries.items():
            if name == "where":
                continue
            if self._named(name, value.keys[name]):
                parameter = self._parameter(entry, name)
                if parameter is not None:
                    found.append((name, parameter))
        return tuple(found), value.entries.get("where")

    def _named(self, name: str, place: Place) -> bool:
        if not _NAME.fullmatch(name) or name in _RESERVED or len(name) > 20:
            self.reader.fault(
                place, f"{quoted(name)} cannot name a value; use letters other than {', '.join(sorted(_RESERVED))}"
            )
            return False
        self.numbers.add(name)
        return True

    def _parameter(self, value: Value, name: str) -> Parameter | None:
        reader = self.reader
        before = len(reader.faults)
        table = reader.table(value, "a parameter", ("integers", "values", "words"))
        if table is None or len(reader.faults) > before:
            return None
        if len(table.entries) != 1:
            reader.fault(value.place, "a parameter has one of integers, values, words")
            return None
        ((kind, entry),) = table.entries.items()
        listed = reader.items(entry, f"`{kind}`")
        if kind == "integers":
            ends = [self._integer(item) for item in listed]
            if len(ends) != 2 or None in ends or not cast(int, ends[0]) <= cast(int, ends[1]):
                reader.fault(entry.place, "`integers` is like [2, 12], the least and the greatest")
                return None
            return Integers(cast(int, ends[0]), cast(int, ends[1]))
        texts = tuple(text for item in listed if (text := reader.text(item, "a value")) is not None)
        if not texts:
            reader.fault(entry.place, f"`{kind}` lists at least one value")
            return None
        if kind == "words":
            self.numbers.discard(name)
            return Words(texts)
        for item, text in zip(listed, texts, strict=False):
            if isinstance(found := read(text), Unread):
                reader.fault(item.place, f"{quoted(text)} cannot be read: {found.message}")
        return Values(texts)

    def _integer(self, value: Value) -> int | None:
        number = exact_number(self.reader.text(value, "a whole number") or "")
        if number is None or number.denominator != 1 or abs(number) > _MOST:
            return None
        return number.numerator

    def _let(self, value: Value | None) -> tuple[tuple[str, str], ...]:
        if value is None:
            return ()
        if not isinstance(value, Table):
            self.reader.fault(value.place, "`let` has the form `s: a + b`")
            return ()
        found: list[tuple[str, str]] = []
        for name, entry in value.entries.items():
            if name in self.numbers:
                self.reader.fault(value.keys[name], f"{quoted(name)} is a parameter already")
                continue
            text = self._expression(entry, "a computed value")
            if self._named(name, value.keys[name]) and text is not None:
                found.append((name, text))
        return tuple(found)

    def _expression(self, value: Value | None, what: str, more: frozenset[str] = frozenset()) -> str | None:
        text = self.reader.text(value, what)
        if text is None or value is None:
            return None
        names = self.numbers | more
        tree = expression(text, frozenset(names))
        if isinstance(tree, Unread):
            self.reader.fault(value.place, f"{quoted(text)} cannot be read as an expression: {tree.message}")
            return None
        called = {
            n.args[0].name
            for n in walk(tree)
            if isinstance(n, Apply) and n.head == "call" and isinstance(n.args[0], Sym)
        }
        if misread := sorted(called & names):
            self.reader.fault(
                value.place, f"in {quoted(text)} {misread[0]}(…) reads as a function; write {misread[0]}*(…)"
            )
            return None
        return text

    def _relations(self, value: Value | None, more: frozenset[str] = frozenset()) -> Iterator[str]:
        known = self.numbers | more
        for item in self.reader.items(value, "a list of relations"):
            text = self._expression(item, "a relation", more)
            if text is None:
                continue
            tree = expression(text, frozenset(known))
            if not isinstance(tree, Apply) or not (
                tree.head in RELATIONS or tree.head in _CONNECTIVES or tree.head.startswith("is_")
            ):
                self.reader.fault(item.place, f"{quoted(text)} is no relation like a != b")
            elif loose := sorted(free_symbols(tree) - known):
                self.reader.fault(item.place, f"{quoted(loose[0])} is no parameter{nearest(loose[0], self.numbers)}")
            else:
                yield text

    def _distractors(self, value: Value | None) -> Iterator[Distractor]:
        for item in self.reader.items(value, "`distractors`"):
            table = self.reader.table(item, "a distractor", ("value", "misconception"), ("value",))
            if table is None:
                continue
            text = self._expression(table.entries.get("value"), "the distractor's value")
            slip = self.reader.text(table.entries.get("misconception"), "the misconception")
            if text is not None:
                yield Distractor(text, slip or "")

    def _tolerance(self, value: Value | None) -> Tolerance | None:
        text = self.reader.text(value, "the tolerance")
        if text is None or value is None:
            return None
        amount = exact_number(text.removesuffix("%").strip())
        if amount is None or amount < 0:
            self.reader.fault(value.place, f"the tolerance is like 0.05 or 2%, not {quoted(text)}")
            return None
        return Tolerance(amount / 100 if text.endswith("%") else amount, text.endswith("%"))

    def _text(self, value: Value | None, what: str, known: frozenset[str]) -> str | None:
        text = self.reader.prose(value, what)
        for hole in HOLE.finditer(text or ""):
            name = hole[2]
            if name == "key" and what != "the stem":
                continue
            if name not in known and value is not None and not _OF_A_COMMAND.search(hole.string[: hole.start()]):
                self.reader.fault(
                    value.place, f"{what} has {quoted(hole[0])}, which is no parameter{nearest(name, known)}"
                )
        return text
