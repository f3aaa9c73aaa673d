"""The commands and snippets of the README and of docs/ do what the text around them says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api_server import api_server
from tutor.api.problems import PROBLEMS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMAND = re.compile(r"^(?:    |\$ |    \$ )((?:pramana|echo) .*)$", re.MULTILINE)
SNIPPET = re.compile(r"(?:^    .*\n|^\n)+", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)\)")


def commands() -> list[str]:
    found = [
        match[1].partition("  #")[0].strip() for page in PAGES for match in COMMAND.finditer(page.read_text("utf-8"))
    ]
    return sorted({command for command in found if "[FILE" not in command})


def blocks(page: str) -> list[str]:
    """What stands between fences on a page of docs/."""
    return re.findall(r"^```\w*\n(.*?)^```$", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files the pages speak of."""
    (tmp_path / "answer.txt").write_text("We get $x = -7$, since 3 * 7 = 22.", encoding="utf-8")
    (tmp_path / "question.txt").write_text("Solve $3(x - 4) = 5x + 2$.", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(blocks("study-plans.md")[0], encoding="utf-8")
    (tmp_path / "premises.txt").write_text(blocks("reasoning.md")[0], encoding="utf-8")
    (tmp_path / "seats.json").write_text(blocks("reasoning.md")[2], encoding="utf-8")
    parts = ("pack.toml", "skills.yaml", "passages/a.md", "items/a.yaml", "templates/a.yaml")
    for name, text in zip(parts, blocks("packs.md")[-5:], strict=True):
        (tmp_path / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / name).write_text(text, encoding="utf-8")
    (tmp_path / "article56.txt").write_text("The President shall hold office for five years.", encoding="utf-8")
    (tmp_path / "answers.jsonl").write_text('{"id": 1, "answer": "2 + 2 = 5"}\n', encoding="utf-8")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_there_are_commands() -> None:
    assert len(commands()) >= 6


def test_every_command_runs(desk: Path) -> None:
    report = run("pramana check answer.txt --json", desk)
    (desk / "report.json").write_text(report.stdout, encoding="utf-8")
    for command in commands():
        done = run(command, desk)
        assert done.returncode in (0, 1), (command, done.stderr)
        assert done.stdout or ">" in command, command
        assert "Traceback" not in done.stderr, (command, done.stderr)


def test_the_study_plan_of_the_docs_is_answered_as_they_say(desk: Path) -> None:
    plan, answer, conflict = blocks("study-plans.md")
    done = run("pramana plan check plan.yaml", desk)
    assert done.returncode == 1, done.stderr
    assert answer in done.stdout
    assert "A plan that keeps every constraint" in done.stdout
    question = plan.partition("sessions:")[0]
    question = question.replace("every_day: 60", "every_day: 20").replace(", 2026-03-10", "")
    (desk / "question.yaml").write_text(question, encoding="utf-8")
    assert conflict in run("pramana plan check question.yaml", desk).stdout


def test_the_deduction_of_the_docs_is_answered_as_they_say(desk: Path) -> None:
    done = run("pramana entail premises.txt", desk)
    assert done.returncode == 0, done.stderr
    assert done.stdout == blocks("reasoning.md")[1]
    seats = run("pramana entail seats.json", desk)
    assert seats.returncode == 1, seats.stderr
    assert "Arun = seat 1" in seats.stdout


def test_the_python_of_the_readme_runs(desk: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    (block,) = [b for b in SNIPPET.findall(text) if "from verifiers import" in b]
    script = "\n".join(line[4:] for line in block.splitlines())
    done = subprocess.run([sys.executable, "-c", script], cwd=desk, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    assert "refuted" in done.stdout
    assert done.stdout.splitlines()[-1] == "equal"


def test_the_json_line_of_the_readme_is_what_comes_out(desk: Path) -> None:
    (command,) = [c for c in commands() if c.startswith("echo '{")]
    row = json.loads(run(command, desk).stdout)
    text = (ROOT / "README.md").read_text("utf-8")
    start = json.dumps({k: row[k] for k in ("id", "label", "first_refuted_step", "decided")}, separators=(",", ":"))
    assert start.rstrip("}") in text


def spoken(page: str) -> list[tuple[str, str, str]]:
    """Language and text of each block that can be run, and the output shown below it."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    following = [*found[1:], ("", "")]
    return [
        (language, text, shown if kind == "text" else "")
        for (language, text), (kind, shown) in zip(found, following, strict=True)
        if language in ("sh", "python")
    ]


def is_said(shown: str, output: str) -> bool:
    """Every line shown is a line of the output, in this order; `…` stands for the rest of it."""
    lines = iter(output.splitlines())
    return all(
        any(line.startswith(wanted[:-1]) if wanted.endswith("…") else line == wanted for line in lines)
        for wanted in shown.splitlines()
    )


@pytest.mark.skipif(shutil.which("curl") is None, reason="the commands are curl's")
def test_what_the_api_page_shows_is_what_comes(desk: Path) -> None:
    blocks_run = 0
    with api_server(desk) as server:
        for language, text, shown in spoken("api.md"):
            if text.startswith("pramana serve"):
                continue
            script = text.replace("http://127.0.0.1:8000", server.url)
            if language == "python":
                (desk / "script.py").write_text(script, encoding="utf-8")
                script = f"{sys.executable} script.py"
            done = run(f"export PRAMANA_HOME={desk}\n{script}", desk)
            assert done.returncode == 0, (text, done.stderr)
            assert is_said(shown, done.stdout), (text, done.stdout)
            blocks_run += 1
    assert blocks_run >= 8


def test_the_api_page_explains_every_problem() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    told = re.findall(r"^\| `/problems/([\w-]+)` \| (\d+) \|", page, re.MULTILINE)
    assert told == [(name, str(sort.status)) for name, sort in PROBLEMS.items()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_files_named_in_docs_exist() -> None:
    for page in PAGES:
        for name in re.findall(r"`((?:verifiers|tutor|tests|docs)/[\w./-]+)`", page.read_text("utf-8")):
            assert (ROOT / name).exists(), f"{page.name}: {name}"
