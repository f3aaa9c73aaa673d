"""`pramana entail` as its user sees it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SYLLOGISM = "∀x (Poet(x) → Dreamer(x))  # All poets are dreamers.\n∀x (Dreamer(x) → ¬Banker(x))\nPoet(arun)\n"


def entail(text: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from tutor.cli import main; main()", "entail", "-", *options]
    return subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("conclusion", "options", "status", "words"),
    [
        ("¬Banker(arun)", [], 0, "follows: It follows from “All poets are dreamers”"),
        ("Banker(arun)", [], 1, "contradicts: It contradicts"),
        ("Banker(bela)", [], 1, "not determined: It is left open"),
        ("Banker(bela)", ["--modality", "must"], 1, "need not be so"),
        ("Banker(bela)", ["--modality", "can"], 0, "follows: It can be so"),
        ("Rich(arun)\n∴ Rich(bela)", [], 2, "there is a conclusion already"),
    ],
)
def test_answers(conclusion: str, options: list[str], status: int, words: str) -> None:
    done = entail(f"{SYLLOGISM}therefore {conclusion}\n", *options)
    assert done.returncode == status, done.stderr
    assert words in done.stdout + done.stderr


def test_inconsistent_premises_prove_nothing() -> None:
    done = entail(SYLLOGISM + "Banker(arun)\ntherefore Rich(arun)")
    assert done.returncode == 1
    assert "premises inconsistent" in done.stdout


@pytest.mark.parametrize(("extra", "status", "word"), [("", 0, "consistent"), ("Banker(arun)\n", 1, "inconsistent")])
def test_without_conclusion(extra: str, status: int, word: str) -> None:
    done = entail(SYLLOGISM + extra)
    assert done.returncode == status
    assert f"\n{word}: " in done.stdout


def test_the_certificate_is_a_file_that_entails_again(tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.smt2"
    done = entail(SYLLOGISM + "therefore ¬Banker(arun)", "--smtlib", str(certificate), "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["certificate"]["smtlib"] == certificate.read_text(encoding="utf-8")
    assert entail(certificate.read_text(encoding="utf-8")).returncode == 0


def test_bad_input_is_named_with_its_place() -> None:
    done = entail("P(a) ∧\n")
    assert done.returncode == 2
    assert "line 1, column 7: a predicate, a name or a number is missing" in done.stderr
    assert entail("P(a)", "--modality", "perhaps").returncode == 2


def test_english_is_told_where_to_go() -> None:
    done = entail("All poets are dreamers.\ntherefore some dreamers are poets.\n")
    assert done.returncode == 2
    assert "line 1, column 5" in done.stderr
    assert "English is read by `pramana check`" in done.stderr
