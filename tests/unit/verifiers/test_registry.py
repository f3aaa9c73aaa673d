"""Every kind of formula has a verifier, an example that runs, and cases with all three labels."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from verifiers.checker import Checker
from verifiers.claims import FORMULAS, kind_of
from verifiers.examples import EXAMPLES
from verifiers.registry import VERIFIERS
from verifiers.sandbox import InlineSandbox
from verifiers.verdicts import Label

UNSPOKEN: set[str] = set()
"""Kinds that no finder reads from prose yet: `kinds/test_logic.py` has their labels."""
KINDS = sorted({str(formula.__struct_config__.tag) for formula in FORMULAS} - UNSPOKEN)
CASES = Path(__file__).parents[2] / "cases" / "kinds"


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(sandbox=InlineSandbox()) as made:
        yield made


def test_the_registry_is_total() -> None:
    assert set(VERIFIERS) == set(FORMULAS)


def test_every_kind_has_an_example() -> None:
    assert sorted(EXAMPLES) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_holds_a_decided_claim_of_its_kind(kind: str, checker: Checker) -> None:
    question, answer = EXAMPLES[kind]
    report = checker.check_answer(question, [answer])
    of_kind = [c for c in report.claims if c.claim.formula is not None and kind_of(c.claim.formula) == kind]
    assert of_kind, [(c.claim.kind, c.claim.text) for c in report.claims]
    assert any(c.verdict.label is not Label.UNDECIDED for c in of_kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_come_out_in_all_three_labels(kind: str, checker: Checker) -> None:
    cases = json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))
    seen = set()
    for case in cases:
        report = checker.check_answer(case.get("question", ""), [case["text"]])
        labels = [c.verdict.label.value for c in report.claims if c.claim.kind == kind]
        assert case["label"] in labels, (case, [(c.claim.kind, c.claim.text, c.verdict) for c in report.claims])
        seen.add(case["label"])
    assert seen == {"supported", "refuted", "undecided"}
