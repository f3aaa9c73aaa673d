"""Skills (knowledge components) and what each builds on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from curriculum.names import read_id, read_ids
from curriculum.yaml_file import Reader, Value

_KEYS: Final = ("id", "title", "requires", "description")


class Skill(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: str
    requires: tuple[str, ...] = ()
    """Skills learned before this one."""
    description: str = ""


def read_skills(reader: Reader, value: Value) -> list[tuple[int, Skill]]:
    """The skills of a list, each with its line; what is wrong goes to the reader."""
    found: list[tuple[int, Skill]] = []
    for item in reader.items(value, "`skills.yaml`"):
        table = reader.table(item, "a skill", _KEYS, ("id", "title"))
        if table is None:
            continue
        entries = table.entries
        name = read_id(reader, entries.get("id"), "the skill's id")
        title = reader.text(entries.get("title"), "the skill's title")
        requires = read_ids(reader, entries.get("requires"), "`requires`")
        about = reader.text(entries.get("description"), "the description")
        if name is not None and title is not None:
            found.append((table.place.line, Skill(id=name, title=title, requires=requires, description=about or "")))
    return found


def circle(skills: Mapping[str, Skill]) -> tuple[str, ...]:
    """Skills that require one another in a circle, the first one again at the end; empty where there is none."""
    done: set[str] = set()
    for start in skills:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            name, at = stack.pop()
            if at == 0:
                if name in done:
                    continue
                path.append(name)
            before = [other for other in skills[name].requires if other in skills]
            if at < len(before):
                stack.append((name, at + 1))
                if before[at] in path:
                    return (*path[path.index(before[at]) :], before[at])
                stack.append((before[at], 0))
            else:
                done.add(name)
                path.pop()
    return ()


def in_order(skills: Mapping[str, Skill]) -> Sequence[Skill]:
    """Every skill after those it requires, otherwise in the order of the pack. The skills must hold no circle."""
    placed: dict[str, Skill] = {}
    stack: list[str] = list(reversed(list(skills)))
    while stack:
        name = stack[-1]
        waiting: Iterable[str] = [o for o in skills[name].requires if o in skills and o not in placed]
        if name in placed:
            stack.pop()
        elif waiting:
            stack += reversed(list(waiting))
        else:
            placed[name] = skills[stack.pop()]
    return list(placed.values())
