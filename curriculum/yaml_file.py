"""YAML read for its places: every value knows its line and column, and whatever is wrong says where.

Only what a settings file or a pack needs: mappings, lists and scalars of one document. Anchors, aliases and tags are
refused, sizes and depth are bounded before anything is built, and no scalar is converted: whoever asks for a whole
number or a date says so and gets a message if there is none.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec
import yaml

MOST_EVENTS: Final = 200_000
MOST_DEPTH: Final = 12
_MOST_SHOWN: Final = 40
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal or turn a line around."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_TOLD: Final = (
    ("another document", "the file holds more than one document; remove what follows"),
    ("cannot start any token", "no value begins with this character; indent with spaces, put other text in quotes"),
    ("expected node content", "a value is missing, or a bracket is not closed"),
    ("did not find expected ',' or", "a comma or a closing bracket is missing"),
    ("mapping values are not allowed", "a second “: ” on this line; put the text in quotes"),
    ("could not find expected ':'", "a “:” is missing after the key"),
    ("did not find expected key", "a key was expected here; check the indentation and the brackets above"),
)
"""What the parser says, in other words."""


class Place(msgspec.Struct, frozen=True, order=True):
    """Line and column, both from 1."""

    line: int
    column: int


class Fault(msgspec.Struct, frozen=True, order=True):
    """What is wrong at a place, and what to do about it."""

    place: Place
    message: str


class YamlError(ValueError):
    """The text is no YAML of the sort read here."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Scalar(msgspec.Struct, frozen=True):
    place: Place
    text: str
    plain: bool
    """Written without quotes."""


class Items(msgspec.Struct, frozen=True):
    place: Place
    values: Sequence["Value"]


class Table(msgspec.Struct, frozen=True):
    place: Place
    entries: Mapping[str, "Value"]
    keys: Mapping[str, Place]


Value = Scalar | Items | Table


def read_yaml(text: str, first_line: int = 1) -> Value:
    """The one document of the text, which begins on that line of its file.

    Raises:
        YamlError: it is none, or larger, deeper or more than is read.
    """
    if (lone := _SURROGATE.search(text)) is not None:
        line = text.count("\n", 0, lone.start()) + first_line
        raise YamlError(Fault(Place(line, 1), "half a character; save the file as UTF-8"))
    if first_line > 1:
        text = "\n" * (first_line - 1) + text
    try:
        _survey(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = error.problem or error.context or "this is no YAML"
        message = next((told for words, told in _TOLD if words in said), said)
        raise YamlError(Fault(_at(mark), message)) from error
    except yaml.YAMLError as error:
        at = getattr(error, "position", 0)
        line = text.count("\n", 0, at) + 1
        column = at - (text.rfind("\n", 0, at) + 1) + 1
        raise YamlError(Fault(Place(line, column), "a character that YAML does not allow")) from error
    if node is None:
        raise YamlError(Fault(Place(1, 1), "the file is empty"))
    return _value(node)


def _at(mark: Any) -> Place:
    return Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)


def _survey(text: str) -> None:
    """Reads the text once without building anything."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        place = _at(event.start_mark)
        if count > MOST_EVENTS:
            raise YamlError(Fault(place, f"the file has more than {MOST_EVENTS:,} parts"))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError(Fault(place, "anchors (&) and aliases (*) are not read; write the value out"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                raise YamlError(Fault(place, f"nested deeper than {MOST_DEPTH} levels"))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if tag := getattr(event, "tag", None):
            raise YamlError(Fault(place, f"tags ({quoted(tag)}) are not read; write the plain value"))


def _value(node: yaml.Node) -> Value:
    place = _at(node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return Items(place, [_value(item) for item in node.value])
    if isinstance(node, yaml.ScalarNode):
        return Scalar(place, str(node.value), node.style is None)
    entries: dict[str, Value] = {}
    keys: dict[str, Place] = {}
    for key, value in node.value:
        at = _at(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            raise YamlError(Fault(at, "a key is a single word"))
        name = str(key.value)
        if name in keys:
            raise YamlError(Fault(at, f"{quoted(name)} is there twice; the first is on line {keys[name].line}"))
        entries[name], keys[name] = _value(value), at
    return Table(place, entries, keys)


def quoted(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat if len(flat) <= _MOST_SHOWN else flat[: _MOST_SHOWN - 1] + '…'}”"


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean “topics”?`, or nothing where no name is near."""
    found = difflib.get_close_matches(name[:_MOST_SHOWN], list(known), n=1, cutoff=0.6)
    return f"; did you mean {quoted(found[0])}?" if found else ""


class Reader:
    """Takes values apart and collects faults on the way; what could not be read is None."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, place: Place, message: str) -> None:
        self.faults.append(Fault(place, message))

    def table(self, value: Value | None, what: str, keys: Sequence[str], needed: Sequence[str] = ()) -> Table | None:
        """A mapping with no other keys than these. Missing ones that are needed are faults."""
        if value is None:
            return None
        if not isinstance(value, Table):
            self.fault(value.place, f"{what} has the form `key: value`; the keys are {', '.join(keys)}")
            return None
        for key, place in value.keys.items():
            if key not in keys:
                hint = nearest(key, keys) or f"; the keys are {', '.join(keys)}"
                self.fault(place, f"{what} has no key {quoted(key)}{hint}")
        for key in needed:
            if key not in value.keys:
                self.fault(value.place, f"{what} needs `{key}:`")
        return value

    def items(self, value: Value | None, what: str) -> Sequence[Value]:
        if value is None:
            return ()
        if not isinstance(value, Items):
            self.fault(value.place, f"{what} is a list; begin each of its lines with “- ”")
            return ()
        return value.values

    def text(self, value: Value | None, what: str) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Scalar) or not value.text.strip() or (value.plain and value.text in ("~", "null")):
            self.fault(value.place, f"{what} is expected here")
            return None
        if CONTROL.search(value.text):
            self.fault(value.place, f"{what} holds a control character; write the text without it")
            return None
        return " ".join(value.text.split())

    def prose(self, value: Value | None, what: str) -> str | None:
        """As `text`, with its lines kept."""
        if self.text(value, what) is None or not isinstance(value, Scalar):
            return None
        return "\n".join(line.rstrip() for line in value.text.strip().splitlines())

    def whole(self, value: Value | None, what: str) -> int | None:
        if value is None:
            return None
        if not isinstance(value, Scalar) or not re.fullmatch(r"0|[1-9]\d{0,8}", value.text):
            got = f", not {quoted(value.text)}" if isinstance(value, Scalar) and value.text else ""
            self.fault(value.place, f"{what} is a whole number{got}")
            return None
        return int(value.text)

    def day(self, value: Value | None, what: str) -> date | None:
        if value is None:
            return None
        if isinstance(value, Scalar):
            found = iso_date(value.text)
            if found is not None:
                return found
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.text):
                self.fault(value.place, f"there is no day {value.text}")
                return None
        got = f", not {quoted(value.text)}" if isinstance(value, Scalar) and value.text else ""
        self.fault(value.place, f"{what} is a date like 2026-03-02{got}")
        return None

    def truth(self, value: Value | None, what: str) -> bool | None:
        if value is None:
            return None
        known = {"true": True, "yes": True, "false": False, "no": False}
        if isinstance(value, Scalar) and value.text.lower() in known:
            return known[value.text.lower()]
        self.fault(value.place, f"{what} is true or false")
        return None


def iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None
