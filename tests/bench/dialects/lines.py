"""Programs in sections of lines, `formula ::: its words`, each with its place."""

from collections.abc import Mapping, Sequence

import msgspec

from verifiers.logic.documents import Place


class DialectError(Exception):
    """A program that cannot be read, and where."""

    def __init__(self, message: str, line: int, column: int = 0) -> None:
        super().__init__(message)
        self.place = Place(message, line, column)


class Line(msgspec.Struct, frozen=True):
    number: int
    """1-based."""
    column: int
    """1-based, of the formula's first character."""
    formula: str
    words: str


def sections(program: str, names: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, list[Line]]:
    """The lines of each section; a section begins at `Name:` or `# Name`. Of the optional ones one at least is there.

    Raises:
        DialectError: a section is missing, or a formula stands before the first.
    """
    found: dict[str, list[Line]] = {}
    current: list[Line] | None = None
    for number, line in enumerate(program.splitlines(), 1):
        formula, _, words = line.partition(":::")
        if not formula.strip():
            continue
        title = formula.strip().lstrip("# ").rstrip(":").strip()
        if title in names:
            current = found.setdefault(title, [])
            continue
        if current is None:
            raise DialectError(f"a section ({', '.join(names)}) is needed first", number)
        current.append(Line(number, len(formula) - len(formula.lstrip()) + 1, formula.strip(), words.strip()))
    end = len(program.splitlines()) or 1
    for name in names:
        if name not in found and name not in optional:
            raise DialectError(f"the section {name} is missing", end)
    if optional and not any(name in found for name in optional):
        raise DialectError(f"the sections {' and '.join(optional)} are missing", end)
    for name in optional:
        found.setdefault(name, [])
    return found
