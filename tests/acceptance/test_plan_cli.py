"""`pramana plan check` as its user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PRAMANA = str(Path(sys.executable).parent / "pramana")
PLAN = """\
start: 2026-03-02
end: 2026-03-06
minutes_a_day: 60
topics:
  - {name: Algebra, minutes: 90}
  - {name: Functions, minutes: 60, prerequisites: [Algebra]}
"""
KEPT = """\
sessions:
  - {day: 2026-03-02, topic: Algebra, minutes: 60}
  - {day: 2026-03-03, topic: Algebra, minutes: 30}
  - {day: 2026-03-03, topic: Functions, minutes: 30}
  - {day: 2026-03-04, topic: Functions, minutes: 30}
"""


def plan_check(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PRAMANA, "plan", "check", *arguments], input=text, capture_output=True, text=True, timeout=180
    )


def test_a_plan_that_keeps_everything() -> None:
    done = plan_check(PLAN + KEPT)
    assert done.returncode == 0, done.stderr
    assert "✓ Functions comes after Algebra" in done.stdout
    assert "supported: 7 of 7 constraints are kept." in done.stdout


def test_a_violation_is_named_with_its_day_and_a_sound_plan_is_shown() -> None:
    done = plan_check(PLAN + KEPT.replace("Algebra, minutes: 60", "Algebra, minutes: 75"))
    assert done.returncode == 1
    assert "✗ at most 60 minutes a day\n      Monday 2 March has 75 minutes, 60 are allowed" in done.stdout
    assert "A plan that keeps every constraint:\n  Monday 2 March" in done.stdout


def test_constraints_that_no_plan_keeps() -> None:
    done = plan_check(PLAN.replace("minutes_a_day: 60", "minutes_a_day: 20"))
    assert done.returncode == 1
    assert "  - Algebra needs 90 minutes\n  - Functions needs 60 minutes\n  - at most 20 minutes a day\n" in done.stdout


def test_a_conflict_is_a_script_for_any_solver(tmp_path: Path) -> None:
    script = tmp_path / "conflict.smt2"
    done = plan_check(PLAN.replace("minutes_a_day: 60", "minutes_a_day: 20"), "--smtlib", str(script))
    assert done.returncode == 1
    assert "; at most 20 minutes a day\n(assert (! " in script.read_text(encoding="utf-8")
    kept = plan_check(PLAN + KEPT, "--smtlib", str(tmp_path / "none.smt2"))
    assert kept.returncode == 0
    assert "no conflict to write" in kept.stderr
    assert not (tmp_path / "none.smt2").exists()


def test_json_is_a_report_that_can_be_replayed(tmp_path: Path) -> None:
    done = plan_check(PLAN.replace("minutes_a_day: 60", "minutes_a_day: 20") + KEPT, "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["label"] == "refuted"
    assert {"rule": "limit", "text": "at most 20 minutes a day", "kept": False}.items() <= report["constraints"][
        -1
    ].items()
    assert [claim["label"] for claim in report["claims"]] == ["refuted", "refuted"]
    assert report["claims"][1]["evidence"]["core"][0] == "Algebra needs 90 minutes"
    path = tmp_path / "report.json"
    path.write_text(done.stdout, encoding="utf-8")
    again = subprocess.run([PRAMANA, "replay", str(path)], capture_output=True, text=True, timeout=180)
    assert again.returncode == 0
    assert "2 witnessed again" in again.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("start: 2026-03-02\nend: 2026-03-05\ntopic: []\n", "input:3:1: a study plan has no key “topic”; did you mean"),
        ("a: [", "input:2:1: a value is missing, or a bracket is not closed"),
        ("", "input:1:1: the file is empty"),
    ],
)
def test_bad_files_are_exit_status_2_with_a_place(text: str, words: str) -> None:
    done = plan_check(text)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_exit_status_2() -> None:
    assert plan_check("", "no such file").returncode == 2


def test_control_characters_in_names_do_not_reach_the_terminal() -> None:
    done = plan_check(PLAN.replace("Algebra", '"Al\\egebra\\u202e"'))
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
