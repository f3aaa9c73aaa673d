"""Study plans in words: whole shapes are decided, anything more is left unformalized or unsaid."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from verifiers.checker import Checker
from verifiers.sandbox import InlineSandbox

CASES = json.loads((Path(__file__).parents[4] / "cases" / "plan_sentences.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(sandbox=InlineSandbox()) as made:
        yield made


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['question']} / {case['text']}")
def test_sentences(case: dict[str, str | None], checker: Checker) -> None:
    report = checker.check_answer(case["question"] or "", [case["text"] or ""])
    labels = [c.verdict.label.value for c in report.claims if c.claim.kind == "plan"]
    unread = [c for c in report.claims if c.claim.formula is None and "in a way that can be read" in c.claim.problem]
    if case["label"] in ("supported", "refuted"):
        assert labels == [case["label"]], report.claims
    else:
        assert labels == []
        assert bool(unread) == (case["label"] is None), report.claims
