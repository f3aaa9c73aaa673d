"""A pack as one file: a ZIP with its texts and `SHA256SUMS`. The same pack gives the same bytes.

Reading takes every archive for a hostile one: members are read one by one into memory under bounds, never unpacked,
and only a pack's own files under plain relative paths are allowed.
"""

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from curriculum.faults import PackError
from curriculum.pack_folder import MOST_FILE, MOST_FILES, MOST_TOTAL, belongs, decoded

SUMS: Final = "SHA256SUMS"
ENDING: Final = ".pack"
_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write_archive(files: Mapping[str, str]) -> bytes:
    """The archive of a pack's texts by path."""
    data = {name: text.encode("utf-8") for name, text in sorted(files.items())}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in data.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in ((SUMS, sums.encode()), *data.items()):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content, compresslevel=9)
    return out.getvalue()


def read_archive(data: bytes) -> tuple[dict[str, str], list[PackError]]:
    """The texts by path, or what is wrong. Never raises on any bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        return {}, [PackError("archive", 0, f"cannot be read: {error}")]


def _read(archive: zipfile.ZipFile) -> tuple[dict[str, str], list[PackError]]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES + 1:
        return {}, [PackError("archive", 0, f"has {len(entries):,} members; a pack has at most {MOST_FILES:,} files")]
    errors = [PackError(_shown(entry.filename), 0, why) for entry in entries if (why := _refused(entry))]
    names = [entry.filename for entry in entries]
    errors += [
        PackError(_shown(name), 0, "is there twice") for name in sorted({n for n in names if names.count(n) > 1})
    ]
    if sum(entry.file_size for entry in entries) > MOST_TOTAL:
        errors.append(PackError("archive", 0, f"would unpack to more than {MOST_TOTAL >> 20} MiB"))
    if errors:
        return {}, sorted(errors)
    contents: dict[str, bytes] = {}
    for entry in entries:
        with archive.open(entry) as member:
            # What the directory says of its size is only what it says.
            contents[entry.filename] = member.read(MOST_FILE + 1)
        if len(contents[entry.filename]) > MOST_FILE or len(contents[entry.filename]) != entry.file_size:
            return {}, [PackError(entry.filename, 0, "is not of the size that the archive says")]
    return _checked(contents)


def _refused(entry: zipfile.ZipInfo) -> str:
    """Why a member is not read."""
    name, mode = entry.filename, entry.external_attr >> 16
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
        return "is no plain path inside the pack"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is no plain file"
    if name != SUMS and not belongs(name):
        return "is no file of a pack"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    if entry.file_size > MOST_FILE:
        return f"is larger than {MOST_FILE >> 20} MiB"
    return ""


def _shown(name: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in name)[:120]


def _checked(contents: dict[str, bytes]) -> tuple[dict[str, str], list[PackError]]:
    sums = contents.pop(SUMS, None)
    if sums is None:
        return {}, [PackError(SUMS, 0, "is missing; `pramana pack build` makes archives")]
    wanted: dict[str, str] = {}
    for number, line in enumerate(sums.decode("utf-8", "replace").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or name in wanted:
            return {}, [PackError(SUMS, number, "is no line of checksums")]
        wanted[name] = digest
    errors = [PackError(name, 0, "is not in the archive") for name in wanted.keys() - contents.keys()]
    errors += [PackError(name, 0, "has no checksum") for name in contents.keys() - wanted.keys()]
    errors += [
        PackError(name, 0, "is damaged: its checksum differs")
        for name, content in contents.items()
        if name in wanted and hashlib.sha256(content).hexdigest() != wanted[name]
    ]
    files: dict[str, str] = {}
    for name, content in contents.items():
        text = decoded(content, name, errors)
        if text is not None:
            files[name] = text
    return ({}, sorted(errors)) if errors else (dict(sorted(files.items())), [])
