"""A pack's folder as texts: read at the edge, with nothing followed out of it and nothing large taken in."""

import os
import stat
from pathlib import Path
from typing import Final

from curriculum.faults import PackError

MOST_FILE: Final = 8 * 2**20
MOST_TOTAL: Final = 64 * 2**20
MOST_FILES: Final = 5_000
_FOLDERS: Final = {"passages": (".md",), "items": (".yaml", ".yml"), "templates": (".yaml", ".yml")}
_FILES: Final = frozenset({"pack.toml", "skills.yaml", "glossary.yaml"})


def belongs(path: str) -> bool:
    """Whether a file at this path says something about a pack; any other is left alone."""
    folder, _, rest = path.partition("/")
    return path in _FILES or (bool(rest) and path.endswith(_FOLDERS.get(folder, ("\n",))))


def read_folder(folder: Path) -> tuple[dict[str, str], list[PackError]]:
    """The texts of a pack's files by path with `/`, in the order of the paths, and what could not be read."""
    files: dict[str, str] = {}
    errors: list[PackError] = []
    if not folder.is_dir():
        said = "is no folder" if folder.exists() else "is not there"
        return files, [PackError(str(folder), 0, said)]
    total = 0
    for path in _paths(folder, errors):
        name = path.relative_to(folder).as_posix()
        data = _bytes(path, name, errors)
        if data is None:
            continue
        total += len(data)
        if total > MOST_TOTAL or len(files) >= MOST_FILES:
            errors.append(PackError(name, 0, f"a pack has at most {MOST_FILES:,} files and {MOST_TOTAL >> 20} MiB"))
            break
        text = decoded(data, name, errors)
        if text is not None:
            files[name] = text
    return files, errors


def decoded(data: bytes, name: str, errors: list[PackError]) -> str | None:
    """The text of a file in UTF-8 with its line ends made `\\n`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        errors.append(PackError(name, line, "is not UTF-8; save it as UTF-8"))
        return None
    if "\x00" in text:
        errors.append(PackError(name, text.count("\n", 0, text.index("\x00")) + 1, "holds a NUL character"))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _paths(folder: Path, errors: list[PackError]) -> list[Path]:
    found = [folder / name for name in sorted(_FILES) if os.path.lexists(folder / name)]
    for name in sorted(_FOLDERS):
        top = folder / name
        if top.is_symlink():
            errors.append(PackError(name, 0, "is a link; a pack's files lie in its own folder"))
            continue
        for at, folders, names in os.walk(top):
            folders.sort()
            for inner in [inner for inner in folders if (Path(at) / inner).is_symlink()]:
                errors.append(PackError((Path(at) / inner).relative_to(folder).as_posix(), 0, "is a link"))
            found += [Path(at) / one for one in sorted(names) if one.endswith(_FOLDERS[name])]
            if len(found) > MOST_FILES:
                errors.append(PackError(name, 0, f"a pack has at most {MOST_FILES:,} files"))
                return []
    return found


def _bytes(path: Path, name: str, errors: list[PackError]) -> bytes | None:
    """What is in a plain file; anything else is not opened, so that no pipe or device is waited on."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        said = (
            "is a link; a pack's files lie in its own folder" if path.is_symlink() else (error.strerror or "?").lower()
        )
        errors.append(PackError(name, 0, said))
        return None
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            errors.append(PackError(name, 0, "is no plain file"))
            return None
        if about.st_size > MOST_FILE:
            errors.append(PackError(name, 0, f"is larger than {MOST_FILE >> 20} MiB; cut it into several files"))
            return None
        return file.read(MOST_FILE + 1)
