"""`pramana pack` as its user meets it: make, check, build, add, list, show; and archives that mean harm."""

import io
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from curriculum.archive import SUMS, read_archive, write_archive
from tests.unit.curriculum.small_pack import FILES, write

PRAMANA = str(Path(sys.executable).parent / "pramana")
FORMATS = Path(__file__).parents[1] / "unit" / "curriculum" / "formats"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write(tmp_path / "trial")
    return tmp_path


def pramana(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PRAMANA, "pack", *arguments],
        cwd=desk,
        env=os.environ | {"PRAMANA_HOME": str(desk / "home")},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_a_new_pack_checks_builds_and_installs(desk: Path) -> None:
    assert pramana(desk, "new", "mine", "--title", "My pack").returncode == 0
    checked = pramana(desk, "check", "mine")
    assert checked.returncode == 0, checked.stderr
    assert "key proved: 1, with every other option refuted: 1" in checked.stdout
    assert pramana(desk, "build", "mine").returncode == 0
    assert pramana(desk, "add", "mine-0.1.0.pack").returncode == 0
    assert "My pack" in pramana(desk, "list").stdout
    assert "*(a) 4/5" in pramana(desk, "show", "mine", "--item", "fractions/add-1").stdout
    assert pramana(desk, "new", "mine").returncode == 2


def test_a_folder_of_material_becomes_a_draft_with_skills(desk: Path) -> None:
    made = pramana(desk, "new", "draft", "--from", str(FORMATS), "--licence", "CC BY 4.0")
    assert made.returncode == 0, made.stderr
    assert "questions.gift:38" in made.stderr
    shown = pramana(desk, "show", "draft").stdout
    assert "the-president: The President" in shown
    assert "CC BY 4.0" in pramana(desk, "show", "draft", "--item", "notes/the-president").stdout
    twins = pramana(desk, "check", "draft", "--no-proofs")
    assert twins.returncode == 1
    assert "“primes” asks nearly what “which-are-prime” asks" in twins.stderr


def test_proof_coverage_and_what_is_open(desk: Path) -> None:
    done = pramana(desk, "check", "trial", "--verbose", "--draws", "5")
    assert done.returncode == 0, done.stderr
    assert "items: 8;" in done.stdout
    assert "drawn items: 5; key proved: 5" in done.stdout
    assert "i/statements, statement 1: not proved" not in done.stdout
    assert "items/all.yaml:33: i/steps, part 3, key: not proved" in done.stdout


def test_what_passages_contradict_is_to_be_read(desk: Path) -> None:
    file = desk / "trial" / "items" / "all.yaml"
    file.write_text(file.read_text("utf-8").replace("office for five years", "office for six years"), "utf-8")
    done = pramana(desk, "check", "trial")
    assert done.returncode == 0
    assert "to be read: items/all.yaml:12: “i/statements”: the statement 1" in done.stderr


def test_a_wrong_key_is_an_error_with_file_line_and_witness(desk: Path) -> None:
    file = desk / "trial" / "items" / "all.yaml"
    file.write_text(file.read_text("utf-8").replace("key: a", "key: b", 1), encoding="utf-8")
    done = pramana(desk, "check", "trial")
    assert done.returncode == 1
    assert "items/all.yaml:1: “i/sum”: the b “2/5” is refuted" in done.stderr
    assert "“5/6” is right as well as the key" in done.stderr
    assert pramana(desk, "check", "trial", "--no-proofs").returncode == 0


def test_errors_name_file_and_line(desk: Path) -> None:
    (desk / "trial" / "items" / "more.yaml").write_text("- {id: x, type: numeric, stem: Q}\n", encoding="utf-8")
    done = pramana(desk, "check", "trial")
    assert done.returncode == 1
    assert "items/more.yaml:1: an item of type numeric needs `value:`" in done.stderr
    assert pramana(desk, "check", "nowhere").returncode == 2


def test_versions_stand_side_by_side_and_are_never_changed(desk: Path) -> None:
    assert pramana(desk, "add", "trial").returncode == 0
    passage = desk / "trial" / "passages" / "polity.md"
    passage.write_text(passage.read_text("utf-8").replace("electoral college", "college of electors"), encoding="utf-8")
    changed = pramana(desk, "add", "trial")
    assert changed.returncode == 1
    assert "raise `version`" in changed.stderr
    manifest = desk / "trial" / "pack.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("1.2.0", "1.10.0"), encoding="utf-8")
    assert pramana(desk, "add", "trial").returncode == 0
    assert "1.2.0, 1.10.0" in pramana(desk, "list").stdout
    assert "electoral college" in pramana(desk, "show", "trial", "--version", "1.2.0", "--item", "polity/two").stdout
    assert "college of electors" in pramana(desk, "show", "trial", "--item", "polity/two").stdout
    manifest.write_text(manifest.read_text("utf-8").replace("1.10.0", "1.9.0"), encoding="utf-8")
    assert "which is newer" in pramana(desk, "add", "trial").stderr
    assert sorted(path.name for path in (desk / "home" / "packs" / "trial").iterdir()) == ["1.10.0", "1.2.0"]


def test_a_pack_that_requires_another_waits_for_it(desk: Path) -> None:
    manifest = desk / "trial" / "pack.toml"
    manifest.write_text(manifest.read_text("utf-8") + 'requires = ["base"]\n', encoding="utf-8")
    assert "requires the pack base" in pramana(desk, "add", "trial").stderr
    assert not (desk / "home" / "packs" / "trial").exists()


def test_the_same_pack_is_the_same_bytes() -> None:
    data = write_archive(FILES)
    assert data == write_archive(dict(reversed(FILES.items())))
    assert read_archive(data) == (dict(sorted(FILES.items())), [])


def archive(*members: tuple[str, bytes], mode: int = stat.S_IFREG | 0o644, declared: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    data = out.getvalue()
    if declared is not None:
        size = len(members[0][1]).to_bytes(4, "little")
        data = data.replace(size, declared.to_bytes(4, "little"))
    return data


HOSTILE = {
    "leaves the folder": archive(("items/../../escape.yaml", b"x")),
    "absolute": archive(("/etc/escape.yaml", b"x")),
    "of another system": archive(("items\\..\\escape.yaml", b"x")),
    "a drive": archive(("C:/items/escape.yaml", b"x")),
    "a link": archive(("items/link.yaml", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
    "a device": archive(("items/null.yaml", b""), mode=stat.S_IFCHR | 0o666),
    "another file": archive(("setup.py", b"import os")),
    "a bomb": archive(*((f"items/{n}.yaml", bytes(8 * 2**20)) for n in range(9))),
    "one large member": archive(("items/large.yaml", bytes(100 * 2**20))),
    "says another size": archive(("items/lies.yaml", bytes(4_242)), declared=17),
    "many members": archive(*((f"items/{n}.yaml", b"") for n in range(5_002))),
    "no checksums": archive(("pack.toml", b"x")),
    "a wrong checksum": archive((SUMS, b"0" * 64 + b"  pack.toml\n"), ("pack.toml", b"x")),
    "a file without checksum": archive((SUMS, b""), ("pack.toml", b"x")),
    "a file that is missing": archive((SUMS, b"0" * 64 + b"  pack.toml\n")),
    "not UTF-8": write_archive(FILES).replace(b"pack.toml", b"pack\xff.tml"),
    "cut off": write_archive(FILES)[:-40],
    "damaged": write_archive(FILES)[:200] + b"\xff" * 40 + write_archive(FILES)[240:],
    "no archive": b"PK\x03\x04 nothing",
    "empty": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_are_refused_and_leave_nothing(desk: Path, name: str) -> None:
    files, errors = read_archive(HOSTILE[name])
    assert not files
    assert errors


def test_a_hostile_archive_on_the_command_line(desk: Path) -> None:
    (desk / "evil.pack").write_bytes(HOSTILE["leaves the folder"])
    done = pramana(desk, "add", "evil.pack")
    assert done.returncode == 2
    assert "is no plain path inside the pack" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (desk / "home" / "packs").exists()
    assert not list(desk.rglob("escape*"))
