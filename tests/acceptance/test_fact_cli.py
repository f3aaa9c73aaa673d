"""`pramana fact` on a terminal: exit status, quotation, and what it says of bad input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PRAMANA = Path(sys.executable).parent / "pramana"
STARTER = Path(__file__).parents[2] / "curriculum" / "starter" / "civil_services"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PRAMANA, "fact", *arguments], capture_output=True, text=True, timeout=120)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "article56.txt"
    path.write_text("The President shall hold office for a term of five years.\n", encoding="utf-8")
    return path


def test_what_a_source_says(source: Path) -> None:
    done = run("The President holds office for five years.", "--passages", str(source))
    assert done.returncode == 0, done.stderr
    assert "supported (stated)" in done.stdout
    assert "article56.txt [0:57]: “The President shall hold office" in done.stdout


def test_what_a_source_denies(source: Path) -> None:
    done = run("The President holds office for six years.", "--passages", str(source), "--json")
    assert done.returncode == 1, done.stderr
    verdict = json.loads(done.stdout)
    assert (verdict["label"], verdict["reason"]) == ("refuted", "contradicts")
    assert verdict["evidence"]["quotes"][0]["source"] == "article56.txt"


def test_without_a_source_nothing_is_decided() -> None:
    done = run("The President holds office for six years.")
    assert done.returncode == 1
    assert "undecided (no_evidence)" in done.stdout


def test_a_pack_is_a_source() -> None:
    done = run("No person is a member of both Houses of Parliament for 90 years.", "--pack", str(STARTER))
    assert done.returncode == 1, done.stderr
    assert "undecided" in done.stdout or "refuted" in done.stdout


def test_bad_input_is_a_message(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"text": 3}]', encoding="utf-8")
    for arguments in (["--passages", str(bad)], ["--passages", str(tmp_path / "none")], ["--pack", str(tmp_path)]):
        done = run("The President holds office for six years.", *arguments)
        assert done.returncode == 2, arguments
        assert done.stderr.startswith("pramana: ")
        assert "Traceback" not in done.stderr
