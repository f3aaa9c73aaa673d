"""Packs that are installed: one folder for each version below a folder for each pack, `ID/VERSION`.

A version is written beside its place and renamed into it, so that it is there whole or not at all, and is never
changed afterwards: what students have answered refers to it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from curriculum.faults import PackError
from curriculum.names import is_pack_id
from curriculum.pack_folder import read_folder
from curriculum.packs import MANIFEST, Manifest, Pack, load_pack, pack_of, read_manifest

BUILT_IN: Final = Path(__file__).parent / "starter"
"""The packs that come with the distribution, one folder each."""


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    manifest: Manifest
    folder: Path
    versions: tuple[str, ...]
    """All that are there, oldest first; the manifest is that of the newest."""


def installed(packs: Path) -> Iterator[Installed]:
    """The packs below a folder, by id. What is no pack is passed over."""
    if not packs.is_dir():
        return
    for folder in sorted(packs.iterdir()):
        if is_pack_id(folder.name) and folder.is_dir() and not folder.is_symlink():
            found = sorted(_versions(folder), key=lambda one: one[0].release)
            if found:
                manifest, at = found[-1]
                yield Installed(manifest=manifest, folder=at, versions=tuple(one.version for one, _ in found))


def _versions(folder: Path) -> Iterator[tuple[Manifest, Path]]:
    for at in folder.iterdir():
        if at.name.startswith(".") or at.is_symlink() or not (at / MANIFEST).is_file():
            continue
        manifest = read_manifest((at / MANIFEST).read_bytes()[:100_000].decode("utf-8", "replace"))
        if isinstance(manifest, Manifest) and manifest.version == at.name and manifest.id == folder.name:
            yield manifest, at


def find(packs: Path, name: str, version: str | None = None) -> Pack | list[PackError]:
    """An installed pack, its newest version if none is named, or else one that comes with the distribution."""
    known = {one.manifest.id: one for one in installed(packs)}
    if name not in known and version is None and is_pack_id(name) and (BUILT_IN / name).is_dir():
        return load_pack(BUILT_IN / name)
    if name not in known:
        listed = ", ".join(known) or "none"
        return [PackError(name, 0, f"is not installed; installed: {listed}")]
    if version is not None and version not in known[name].versions:
        return [PackError(name, 0, f"has no version {version}; installed: {', '.join(known[name].versions)}")]
    return load_pack(packs / name / (version or known[name].manifest.version))


def install(packs: Path, files: Mapping[str, str]) -> Pack | list[PackError]:
    """Puts a pack with these texts below a folder. A version that is there with other texts, or an older one, and a
    pack whose required packs are missing are errors; nothing is written then.
    """
    pack = pack_of(files)
    if isinstance(pack, list):
        return pack
    manifest = pack.manifest
    known = {one.manifest.id: one for one in installed(packs)}
    missing = [name for name in manifest.requires if name not in known]
    if missing:
        return [PackError(MANIFEST, 0, f"requires the pack {name}, which is not installed") for name in missing]
    before = known.get(manifest.id)
    if before is not None and manifest.version in before.versions:
        there, _ = read_folder(packs / manifest.id / manifest.version)
        if there == dict(files):
            return pack
        return [PackError(MANIFEST, 0, f"version {manifest.version} is installed with other texts; raise `version`")]
    if before is not None and manifest.release < before.manifest.release:
        return [PackError(MANIFEST, 0, f"version {before.manifest.version} is installed, which is newer")]
    _write(packs / manifest.id / manifest.version, files)
    return pack


def _write(target: Path, files: Mapping[str, str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        for name, text in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        beside.chmod(0o755)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
