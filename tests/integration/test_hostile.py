"""Input made to hang, crash, exhaust or take over the checker. Each row of `cases/hostile.json` is checked as an
answer in a real sandbox; it must come back, bounded, with nothing executed and nothing supported by accident.
"""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from verifiers.checker import UNREAD, Checker, CheckerConfig
from verifiers.protocol import Budget
from verifiers.sandbox import Failure, PoolConfig, ProcessSandbox, SandboxError
from verifiers.verdicts import Label, Report

CASES = json.loads((Path(__file__).parents[1] / "cases" / "hostile.json").read_text(encoding="utf-8"))
CEILING = 20.0
"""Seconds after which a row counts as hanging; on a quiet machine the slowest takes two or three."""
MEMORY = 1_536 * 2**20


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    config = CheckerConfig(budget=Budget(seconds=2.0), reading=10.0, group=10.0, pool=PoolConfig(memory=MEMORY))
    with Checker(config) as made:
        made.check_answer("", ["1 + 1 = 2"])
        yield made


def text_of(case: dict[str, Any]) -> str:
    return "".join(part * count for part, count in case["text"])


def checked(checker: Checker, question: str, text: str) -> Report:
    """The report, or a failure if it is not there within the ceiling."""
    reports: list[Report] = []
    thread = threading.Thread(target=lambda: reports.append(checker.check_answer(question, [text])), daemon=True)
    thread.start()
    thread.join(CEILING)
    assert reports, f"no report within {CEILING:g} s"
    return reports[0]


def test_there_are_enough() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_hostile_input_is_bounded(
    case: dict[str, Any], checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = text_of(case)
    report = checked(checker, case["question"], text)
    assert not list(Path.cwd().iterdir()), "something was executed"
    assert not Path("PRAMANA_CANARY").exists()
    supported = [c.claim.text[:80] for c in report.claims if c.verdict.label is Label.SUPPORTED]
    assert not supported, "supported by accident"
    for one in report.claims:
        assert 0 <= one.claim.span.start <= one.claim.span.end <= len(text)
        if one.verdict.label is Label.UNDECIDED:
            assert one.verdict.reason.value
    assert all(one.claim.problem != UNREAD for one in report.claims), "reading was ended by the clock"
    if wanted := case.get("reasons"):
        reasons = {one.verdict.reason.value for one in report.claims if one.verdict.label is Label.UNDECIDED}
        assert reasons & set(wanted), f"no claim was bounded: {[(c.claim.text[:60], c.verdict) for c in report.claims]}"
    assert checker.check_answer("", ["2 + 2 = 5"]).label.value == "refuted", "the next answer is no longer checked"


def test_a_sandbox_process_cannot_outgrow_its_memory() -> None:
    """The kernel holds the limit; an allocation above it fails inside the process and costs nothing outside."""
    pool = ProcessSandbox(PoolConfig(memory=256 * 2**20))
    try:
        (frame,) = pool.run("pid", b"", 10)
        pid = frame.decode()
        limits = Path(f"/proc/{pid}/limits").read_text()
        soft, hard = next(line for line in limits.splitlines() if line.startswith("Max address space")).split()[3:5]
        size = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmSize"))
        assert soft == hard
        assert int(soft) <= int(size.split()[1]) * 1024 + 257 * 2**20
        with pytest.raises(SandboxError) as caught:
            list(pool.run("allocate", str(300 * 2**20).encode(), 10))
        assert caught.value.failure is Failure.MEMORY
        assert list(pool.run("allocate", str(50 * 2**20).encode(), 10)) == [str(50 * 2**20).encode()]
    finally:
        pool.close()
