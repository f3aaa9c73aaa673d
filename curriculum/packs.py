"""A pack: a subject as data. What a folder's files say as one value, checked as a whole."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from curriculum.faults import PackError, at
from curriculum.glossary import Term, read_glossary
from curriculum.item_file import read_items
from curriculum.items import Item
from curriculum.names import is_pack_id
from curriculum.pack_folder import read_folder
from curriculum.passages import Passage, read_passages
from curriculum.skills import Skill, circle, read_skills
from curriculum.template_file import read_templates
from curriculum.templates import Template
from curriculum.yaml_file import CONTROL, Reader, Value, YamlError, nearest, quoted, read_yaml

T = TypeVar("T")

MANIFEST: Final = "pack.toml"
_VERSION: Final = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TEXTS: Final = ("id", "title", "version", "language", "licence", "description")
_LISTS: Final = ("authors", "requires")
_NEEDED: Final = ("id", "title", "version", "language", "licence")
MOST_ERRORS: Final = 1_000


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: str
    version: str
    """`1.2.0`: a part changed, something added, something mended."""
    language: str
    licence: str
    authors: tuple[str, ...] = ()
    description: str = ""
    requires: tuple[str, ...] = ()
    """Ids of other packs whose skills this one builds on."""

    @property
    def release(self) -> tuple[int, int, int]:
        """The version as numbers that compare."""
        major, minor, patch = map(int, self.version.split("."))
        return major, minor, patch


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """Everything by id, in the order of the files."""

    manifest: Manifest
    skills: Mapping[str, Skill] = {}
    passages: Mapping[str, Passage] = {}
    items: Mapping[str, Item] = {}
    templates: Mapping[str, Template] = {}
    glossary: tuple[Term, ...] = ()
    places: Mapping[str, tuple[str, int]] = {}
    """File and line of each passage, item and template, by id."""

    def place(self, name: str) -> tuple[str, int]:
        return self.places.get(name, ("", 0))


def load_pack(folder: Path) -> Pack | list[PackError]:
    """The pack in a folder, or everything that is wrong with it in the order of files and lines. Never raises on
    anything that stands in the folder.
    """
    files, errors = read_folder(folder)
    if errors:
        return sorted(errors)[:MOST_ERRORS]
    return pack_of(files)


def pack_of(files: Mapping[str, str]) -> Pack | list[PackError]:
    """The pack that a folder with these texts by path is."""
    reading = _Reading()
    manifest = reading.manifest(files)
    for name, text in files.items():
        reading.file(name, text)
    errors = reading.errors + reading.loose_ends()
    if manifest is None or errors:
        return sorted(set(errors))[:MOST_ERRORS]
    return Pack(
        manifest=manifest,
        skills=reading.skills,
        passages=reading.passages,
        items=reading.items,
        templates=reading.templates,
        glossary=tuple(reading.glossary),
        places=reading.places,
    )


def read_manifest(text: str) -> Manifest | list[PackError]:
    """The manifest of a `pack.toml`, or what is wrong with it."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        return [PackError(MANIFEST, line, str(error).partition(" (at")[0].lower())]
    errors = list(_manifest_faults(table, text))
    return errors or msgspec.convert(table, Manifest)


class _Reading:
    def __init__(self) -> None:
        self.errors: list[PackError] = []
        self.skills: dict[str, Skill] = {}
        self.passages: dict[str, Passage] = {}
        self.items: dict[str, Item] = {}
        self.templates: dict[str, Template] = {}
        self.glossary: list[Term] = []
        self.places: dict[str, tuple[str, int]] = {}
        self.skill_places: dict[str, tuple[str, int]] = {}
        self.terms: list[tuple[int, Term]] = []
        self.external = False

    def manifest(self, files: Mapping[str, str]) -> Manifest | None:
        text = files.get(MANIFEST)
        if text is None:
            self.errors.append(PackError(MANIFEST, 0, "is missing; `pramana pack new` makes one"))
            return None
        found = read_manifest(text)
        if isinstance(found, list):
            self.errors += found
            return None
        self.external = bool(found.requires)
        return found

    def file(self, name: str, text: str) -> None:
        folder = name.partition("/")[0] if "/" in name else ""
        if name == "skills.yaml":
            for line, skill in self._list(name, text, read_skills):
                self._keep(self.skills, skill.id, skill, "skill", name, line, self.skill_places)
        elif name == "glossary.yaml":
            self.terms = self._list(name, text, read_glossary)
            self.glossary = [term for _, term in self.terms]
        elif folder == "passages" and name.endswith(".md"):
            reader = Reader()
            for line, passage in read_passages(reader, text):
                self._keep(self.passages, passage.id, passage, "passage", name, line, self.places)
            self.errors += [at(name, fault) for fault in reader.faults]
        elif folder == "items" and name.endswith((".yaml", ".yml")):
            for line, item in self._list(name, text, read_items):
                self._keep(self.items, item.id, item, "item", name, line, self.places)
        elif folder == "templates" and name.endswith((".yaml", ".yml")):
            for line, template in self._list(name, text, read_templates):
                self._keep(self.templates, template.id, template, "template", name, line, self.places)

    def _list(self, name: str, text: str, read: Callable[[Reader, Value], list[tuple[int, T]]]) -> list[tuple[int, T]]:
        reader = Reader()
        found: list[tuple[int, T]] = []
        if _is_empty(text):
            return found
        try:
            found = read(reader, read_yaml(text))
        except YamlError as error:
            reader.faults.append(error.fault)
        self.errors += [at(name, fault) for fault in reader.faults]
        return found

    def _keep(
        self, kept: dict[str, T], id: str, value: T, what: str, file: str, line: int, places: dict[str, tuple[str, int]]
    ) -> None:
        if id in places:
            first, where = places[id]
            self.errors.append(PackError(file, line, f"the id {quoted(id)} is there twice; first in {first}:{where}"))
            return
        places[id] = (file, line)
        kept[id] = value

    def loose_ends(self) -> list[PackError]:
        """Names of skills and passages that are not there, and skills in a circle."""
        found: list[PackError] = []
        for skill in self.skills.values():
            found += self._unknown(skill.requires, self.skills, "skill", *self.skill_places[skill.id])
        for value in (*self.passages.values(), *self.items.values(), *self.templates.values()):
            found += self._unknown(value.skills, self.skills, "skill", *self.places[value.id])
        for item in (*self.items.values(), *self.templates.values()):
            found += self._unknown(item.passages, self.passages, "passage", *self.places[item.id])
        for line, term in self.terms:
            found += self._unknown(term.skills, self.skills, "skill", "glossary.yaml", line)
        if round_ := circle(self.skills):
            file, line = self.skill_places[round_[0]]
            found.append(PackError(file, line, f"skills require one another in a circle: {' → '.join(round_)}"))
        return found

    def _unknown(
        self, names: Iterable[str], known: Mapping[str, object], what: str, file: str, line: int
    ) -> Iterable[PackError]:
        for name in names:
            # What is no skill here may be one of a required pack; that is known only where both are installed.
            if name not in known and not (what == "skill" and self.external):
                yield PackError(file, line, f"there is no {what} {quoted(name)}{nearest(name, known)}")


def _is_empty(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines())


def _manifest_faults(table: Mapping[str, Any], text: str) -> Iterable[PackError]:
    def error(key: str, message: str) -> PackError:
        found = re.search(rf"^\s*{re.escape(key)}\s*=", text, re.MULTILINE)
        return PackError(MANIFEST, text.count("\n", 0, found.end()) + 1 if found else 1, message)

    for key, value in table.items():
        if key in _TEXTS:
            if not isinstance(value, str) or not value.strip() or CONTROL.search(value):
                yield error(key, f"`{key}` is a text in quotes")
        elif key in _LISTS:
            if not isinstance(value, list) or not all(
                isinstance(one, str) and one.strip() and not CONTROL.search(one) for one in value
            ):
                yield error(key, f'`{key}` is a list of texts, like ["…"]')
        else:
            known = (*_TEXTS, *_LISTS)
            yield error(
                key, f"pack.toml has no key {quoted(key)}{nearest(key, known) or '; the keys are ' + ', '.join(known)}"
            )
    for key in _NEEDED:
        if key not in table:
            yield error(key, f'pack.toml needs `{key} = "…"`')
    if isinstance(name := table.get("id"), str) and not is_pack_id(name):
        yield error("id", f"{quoted(name)} is no pack id; use small letters, digits, “_” and “-”")
    if isinstance(version := table.get("version"), str) and not _VERSION.fullmatch(version):
        yield error("version", f"{quoted(version)} is no version; write three numbers like 1.2.0")
    if isinstance(language := table.get("language"), str) and not _LANGUAGE.fullmatch(language):
        yield error("language", f"{quoted(language)} is no language tag like en or hi-IN")
    for name in table.get("requires", ()) if isinstance(table.get("requires"), list) else ():
        if isinstance(name, str) and not is_pack_id(name):
            yield error("requires", f"{quoted(name)} is no pack id")


def total_marks(pack: Pack) -> Fraction:
    return sum((item.marks for item in pack.items.values()), Fraction(0))
