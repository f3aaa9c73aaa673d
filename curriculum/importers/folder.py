"""A folder of texts and questions as one draft, each file by its format."""

import os
import re
import stat
from pathlib import Path
from typing import Final

import msgspec

from curriculum.faults import PackError
from curriculum.importers.constitution import read_constitution
from curriculum.importers.draft import Draft, LeftOut
from curriculum.importers.gift import read_gift
from curriculum.importers.markdown import read_markdown
from curriculum.importers.oatutor import read_oatutor
from curriculum.importers.table import read_table
from curriculum.importers.upsc import read_upsc
from curriculum.pack_folder import decoded
from curriculum.skills import Skill

MOST_FILE: Final = 64 * 2**20
MOST_FILES: Final = 2_000
_ENDINGS: Final = (".md", ".markdown", ".txt", ".gift", ".csv", ".json", ".jsonl")
_GIFT: Final = re.compile(r"(?:^|\n)(?:::.+?::|\$CATEGORY:)|(?<!\\)\{\s*(?:[=~#]|T\}|F\}|TRUE|FALSE)")


def read_any(text: str, name: str, licence: str) -> Draft:
    """The draft of one file, by its ending and what it begins with."""
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        head = text[:2_000].partition("\n")[0].lower()
        return read_upsc(text, name) if "paper" in head and "year" in head else read_table(text, name)
    if ending in (".json", ".jsonl"):
        return read_constitution(text, name) if '"article"' in text[:2_000] else read_oatutor(text, name)
    if ending == ".gift" or (ending == ".txt" and _GIFT.search(text)):
        return read_gift(text, name)
    return read_markdown(text, name, licence)


def draft_folder(folder: Path, licence: str) -> Draft:
    """One draft of all files of a folder; links are not followed, files of other kinds are passed over."""
    drafts: list[Draft] = []
    left: list[LeftOut] = []
    for path in _paths(folder):
        name = path.relative_to(folder).as_posix()
        text = _text(path, name, left)
        if text is not None:
            drafts.append(read_any(text, name, licence))
    return joined(drafts, tuple(left))


def _paths(folder: Path) -> list[Path]:
    found: list[Path] = []
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(at) / name for name in sorted(names) if name.lower().endswith(_ENDINGS)]
    return found[:MOST_FILES]


def _text(path: Path, name: str, left: list[LeftOut]) -> str | None:
    errors: list[PackError] = []
    about = path.lstat()
    if not stat.S_ISREG(about.st_mode):
        left.append(LeftOut(name, 0, "", "is no plain file"))
        return None
    if about.st_size > MOST_FILE:
        left.append(LeftOut(name, 0, "", f"is larger than {MOST_FILE >> 20} MiB"))
        return None
    text = decoded(path.read_bytes(), name, errors)
    left += [LeftOut(error.file, error.line, "", error.message) for error in errors]
    return text


def joined(drafts: list[Draft], left: tuple[LeftOut, ...] = ()) -> Draft:
    """One draft of several: skills of one id are one skill, ids of items and passages are kept apart."""
    skills: dict[str, Skill] = {}
    taken: set[str] = set()

    def name(wished: str) -> str:
        found, number = wished, 2
        while found in taken:
            found, number = f"{wished}-{number}", number + 1
        taken.add(found)
        return found

    passages, items = [], []
    for draft in drafts:
        for skill in draft.skills:
            skills.setdefault(skill.id, skill)
        passages += [msgspec.structs.replace(one, id=name(one.id)) for one in draft.passages]
        for item in draft.items:
            wished = name(item.id)
            if wished != item.id and hasattr(item, "parts"):
                parts = tuple(msgspec.structs.replace(p, id=f"{wished}/{n}") for n, p in enumerate(item.parts, 1))
                item = msgspec.structs.replace(item, parts=parts)
            items.append(msgspec.structs.replace(item, id=wished))
    return Draft(
        skills=tuple(skills.values()),
        passages=tuple(passages),
        items=tuple(items),
        left_out=(*left, *(one for draft in drafts for one in draft.left_out)),
    )
