"""docs/packs.md: its commands run in the order they stand in, and its files are a pack that checks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curriculum.packs import Pack, load_pack
from tests.acceptance.test_docs import blocks

FORMATS = Path(__file__).parents[1] / "unit" / "curriculum" / "formats"


def notes(folder: Path) -> Path:
    """The pack that the page writes down."""
    written = blocks("packs.md")
    manifest, skills, passages, items, templates = written[-5:]
    for name, text in {
        "pack.toml": manifest,
        "skills.yaml": skills,
        "passages/polity.md": passages,
        "items/polity.yaml": items,
        "templates/linear.yaml": templates,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PRAMANA_HOME": str(folder / "home")}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=180
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(FORMATS, tmp_path / "material")
    notes(tmp_path / "notes")
    return tmp_path


def test_commands_run_in_their_order(desk: Path) -> None:
    commands = [line for block in blocks("packs.md") for line in block.splitlines() if line.startswith("pramana ")]
    assert len(commands) >= 9
    for command in commands:
        done = run(command, desk)
        assert done.returncode == 0, (command, done.stderr)
        assert done.stdout


def test_the_files_of_the_page_are_a_pack(desk: Path) -> None:
    pack = load_pack(desk / "notes")
    assert isinstance(pack, Pack), pack
    assert len(pack.items) == 5
    done = run("pramana pack check notes --draws 20", desk)
    assert done.returncode == 0, done.stderr
    assert "drawn items: 20; key proved: 20, with every other option refuted: 20" in done.stdout
