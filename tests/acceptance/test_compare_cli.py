"""`pramana compare` as its user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PRAMANA = str(Path(sys.executable).parent / "pramana")


def pramana(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([PRAMANA, "compare", *arguments], input=stdin, capture_output=True, text=True, timeout=120)


def test_two_answers_on_the_terminal() -> None:
    same = pramana("$\\frac{3}{4}$", "0.75")
    assert (same.returncode, same.stdout.split(":")[0]) == (0, "equal")
    other = pramana("5 m", "5 kg", "--fail-on", "different")
    assert (other.returncode, other.stdout.split(":")[0]) == (1, "different")


@pytest.mark.parametrize("arguments", [("1",), ("1", "2", "--jsonl"), ("1", "2", "--notation", "roman"), ()])
def test_bad_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    assert pramana(*arguments).returncode == 2


def test_lines_are_answered_in_order_and_a_bad_one_loses_no_other() -> None:
    lines = ['{"id": 1, "gold": "2", "pred": "$x = 2$"}', "{", '{"id": "b", "gold": "(0,1)", "pred": "$[0,1]$"}']
    done = pramana("--jsonl", stdin="\n".join(lines) + "\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["id"], row["label"]) for row in rows] == [(1, "equal"), ("b", "different")]
    assert all(row["reason"] for row in rows)
    assert "line 2" in done.stderr
    assert done.returncode == 2


def test_a_difference_comes_with_a_witness() -> None:
    done = pramana("--jsonl", stdin='{"gold": "$(a+b)^2$", "pred": "$a^2+b^2$"}\n')
    witness = json.loads(done.stdout)["witness"]
    assert {name for name, _ in witness["assignment"]} == {"a", "b"}
