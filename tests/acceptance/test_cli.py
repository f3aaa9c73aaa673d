"""The command line as its user meets it, in processes of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PRAMANA = str(Path(sys.executable).parent / "pramana")


def pramana(*arguments: str, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([PRAMANA, *arguments], input=data, capture_output=True, timeout=180)
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_help_lists_the_commands() -> None:
    done = pramana("--help")
    assert done.returncode == 0
    for command in ("check", "compare", "replay", "kinds"):
        assert command in done.stdout


def test_an_answer_is_printed_with_its_claims_marked_in_place() -> None:
    done = pramana("check", stdin="There are 37 × 48 = 1,776 pencils. Then 1,776 - 1,250 = 536 are left.")
    assert done.returncode == 0
    assert "37 × 48 = 1,776[1✓]" in done.stdout
    assert "1,776 - 1,250 = 536[2✗]" in done.stdout
    assert "526" in done.stdout
    assert "refuted" in done.stdout


def test_terminal_escapes_in_an_answer_do_not_reach_the_terminal() -> None:
    done = pramana("check", stdin="\x1b[2J2 + 2 = 5\x07 \u202ex")
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("text", "label", "status"),
    [
        ("2 + 2 = 5", "refuted", 1),
        ("2 + 2 = 4", "refuted", 0),
        ("Good morning.", "unchecked", 1),
        ("2 + 2 = 5", "unchecked", 0),
    ],
)
def test_fail_on_sets_the_exit_status(text: str, label: str, status: int) -> None:
    assert pramana("check", "--fail-on", label, stdin=text).returncode == status


def test_fail_on_may_be_repeated() -> None:
    done = pramana("check", "--fail-on", "unchecked", "--fail-on", "refuted", stdin="2 + 2 = 5")
    assert done.returncode == 1


def test_the_answer_and_the_question_may_be_files(tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text("The only solution is $x = 7$.", encoding="utf-8")
    (tmp_path / "question.txt").write_text("Solve $x^2 = 7x$.", encoding="utf-8")
    done = pramana("check", str(tmp_path / "answer.txt"), "--question", str(tmp_path / "question.txt"), "--json")
    report = json.loads(done.stdout)
    assert report["label"] == "refuted"
    assert report["claims"][0]["kind"] == "solution"


@pytest.mark.parametrize(
    "arguments", [("check", "no such file"), ("check", "--json", "--jsonl"), ("replay", "none"), ("nonsense",)]
)
def test_bad_usage_is_exit_status_2_with_a_message(arguments: tuple[str, ...]) -> None:
    done = pramana(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_json_spans_are_code_points_of_the_raw_text() -> None:
    text = "😀 é: 2 + 2 = 5"
    claim = json.loads(pramana("check", "--json", stdin=text).stdout)["claims"][0]
    start, end = claim["span"]
    assert text[start:end] == claim["text"] == "2 + 2 = 5"


def test_jsonl_answers_every_good_line_and_names_the_bad_ones() -> None:
    lines = [
        '{"id": "a", "question": "", "steps": ["2 + 2 = 4", "2 + 2 = 5"]}',
        "not json",
        '{"id": 7, "answer": "3 * 3 = 9"}',
        '{"id": "both", "answer": "x", "steps": []}',
        '{"id": "neither"}',
        "",
        '{"id": "wrong type", "steps": "2 + 2 = 5"}',
        '{"id": null, "answer": "", "question": null}',
        '{"id": "a", "answer": "the same id again, 1 + 1 = 3"}',
    ]
    done = pramana("check", "--jsonl", stdin="\n".join(lines))
    assert done.returncode == 2
    got = rows(done.stdout)
    assert [(row["id"], row["label"]) for row in got] == [
        ("a", "refuted"),
        (7, "supported"),
        (None, "unchecked"),
        ("a", "refuted"),
    ]
    assert got[0]["first_refuted_step"] == 1
    assert got[0]["decided"] == 2
    for number in (2, 4, 5, 7):
        assert f"line {number}:" in done.stderr


def test_jsonl_survives_bytes_that_are_no_text() -> None:
    good = b'{"id": 1, "answer": "2 + 2 = 5"}\n'
    done = pramana("check", "--jsonl", stdin=good + b"\xff\xfe\x00\n" + b"[" * 5000 + b"\n" + good)
    assert done.returncode == 2
    assert [row["label"] for row in rows(done.stdout)] == ["refuted", "refuted"]


def test_jsonl_streams_each_report_before_the_input_ends() -> None:
    process = subprocess.Popen([PRAMANA, "check", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"id": 1, "answer": "2 + 2 = 5"}\n')
    process.stdin.flush()
    process.stdin.write(b'{"id": 2, "answer": "2 + 2 = 4"}\n')
    process.stdin.close()
    assert json.loads(process.stdout.readline())["id"] == 1
    assert json.loads(process.stdout.readline())["id"] == 2
    assert process.wait(60) == 0
    process.stdout.close()


def test_jsonl_stops_quietly_when_nobody_reads_any_more() -> None:
    lines = b'{"id": 1, "answer": "2 + 2 = 5"}\n' * 300
    process = subprocess.Popen(
        [PRAMANA, "check", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(lines[:330])
    process.stdin.flush()
    process.stdout.close()
    try:
        process.stdin.write(lines)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.wait(120) in (0, -signal.SIGPIPE)
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()


def test_the_same_input_gives_the_same_report_with_one_process_or_two() -> None:
    answers = ["2 + 2 = 5", "Solve: $x^2 = 4$, so $x = 2$.", "The median of 3, 1 and 7 is 3. 91 is prime."]
    lines = "\n".join(json.dumps({"id": n, "answer": a}) for n, a in enumerate(answers * 4))
    runs = {pramana("check", "--jsonl", "-p", str(count), stdin=lines).stdout for count in (1, 2, 2)}
    assert len(runs) == 1


def test_a_report_replays_and_a_doctored_one_does_not(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    text = "2 + 2 = 5. The solutions of $x^2 = 4$ are $x = 2$ and $x = 3$. $\\frac{d}{dx} x^3 = 3x^2$. 91 is prime."
    report.write_text(pramana("check", "--json", stdin=text).stdout, encoding="utf-8")
    done = pramana("replay", str(report))
    assert done.returncode == 0, done.stdout
    assert "0 differs" in done.stdout

    doctored = json.loads(report.read_text(encoding="utf-8"))
    doctored["claims"][0]["label"] = "supported"
    doctored["claims"][0]["reason"] = "computed"
    report.write_text(json.dumps(doctored), encoding="utf-8")
    done = pramana("replay", str(report))
    assert done.returncode == 1
    assert "2 + 2 = 5" in done.stdout


def test_a_changed_witness_is_noticed(tmp_path: Path) -> None:
    report = json.loads(pramana("check", "--json", stdin="2 + 2 = 5").stdout)
    report["claims"][0]["evidence"]["witness"]["conclusion"] = ["app", "eq", [["num", "4", None], ["num", "4", None]]]
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    done = pramana("replay", str(path))
    assert done.returncode == 1
    assert "witness" in done.stdout


def test_replay_reads_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    lines = '{"id": 1, "answer": "2 + 2 = 5"}\n{"id": 2, "answer": "7 * 8 = 56"}\n'
    path.write_text(pramana("check", "--jsonl", stdin=lines).stdout, encoding="utf-8")
    assert pramana("replay", str(path)).returncode == 0


def test_kinds_shows_an_example_of_each_that_was_run() -> None:
    from verifiers.examples import EXAMPLES

    done = subprocess.run(
        [PRAMANA, "kinds"], capture_output=True, text=True, timeout=180, env=os.environ | {"COLUMNS": "200"}
    )
    assert done.returncode == 0
    for kind in EXAMPLES:
        assert kind in done.stdout
    assert "no claim of this kind" not in done.stdout


def test_nothing_heavy_is_imported_for_help() -> None:
    script = (
        "import sys; from tutor.cli import app; "
        "sys.exit(str({'sympy', 'z3', 'pint', 'torch', 'langgraph', 'flint', 'fastapi', 'pydantic', 'sqlalchemy',"
        " 'alembic', 'celery', 'redis', 'mcp', 'uvicorn', 'structlog', 'httpx'} & set(sys.modules) or '') or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
