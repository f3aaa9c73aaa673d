"""What counts as the same answer: the table `tests/cases/compare.json`, both ways round."""

import json
from pathlib import Path
from typing import Any

import pytest

from verifiers.check import decide, replays
from verifiers.claims import Formula
from verifiers.comparison import CompareOptions, Comparison, compare_exprs, compare_with
from verifiers.expr import app, num
from verifiers.protocol import QUICK
from verifiers.verdicts import Reason, Verdict, undecided

CASES = json.loads((Path(__file__).parents[2] / "cases" / "compare.json").read_text(encoding="utf-8"))


def prove(formula: Formula) -> Verdict:
    return decide(formula, QUICK)


def unasked(formula: Formula) -> Verdict:
    return undecided(Reason.TIMEOUT)


def compare(gold: str, pred: str, **options: Any) -> Comparison:
    return compare_with(gold, pred, CompareOptions(**options), prove)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['gold']} | {case['pred']}"[:70])
def test_cases(case: dict[str, Any]) -> None:
    options = case.get("options", {})
    there, back = compare(case["gold"], case["pred"], **options), compare(case["pred"], case["gold"], **options)
    assert (there.label, back.label) == (case["label"], case["label"]), (there.reason, back.reason)


def test_the_table_is_large_and_holds_both_labels() -> None:
    assert len(CASES) >= 120
    assert sum(case["label"] == "different" for case in CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['gold']} | {case['pred']}"[:70])
def test_witnesses_stand_up_to_exact_evaluation(case: dict[str, Any]) -> None:
    outcome = compare(case["gold"], case["pred"], **case.get("options", {}))
    if outcome.witness is not None:
        assert outcome.label == "different"
        assert replays(outcome.witness) is not False


@pytest.mark.parametrize(
    "text", ["", " ", "$", "\\boxed{", "\x00", "\u202e5", "\\frac", "((((", "}{", "=", "x=", "9^9^9^9", "\\" * 5_000]
)
def test_any_text_is_compared_without_an_exception(text: str) -> None:
    assert compare(text, "1").label in ("different", "undecided")
    assert compare("1", text).label in ("different", "undecided")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_equals_nothing(text: str) -> None:
    assert compare(text, text).label == "undecided"


def test_a_text_equals_itself_even_where_it_cannot_be_read() -> None:
    assert compare(r"\frac{1}{", r"\frac{1}{").label == "equal"


def test_what_the_prover_leaves_open_is_undecided() -> None:
    hard = compare_with(r"$\int_0^1 x^x\,dx$", "1/2", CompareOptions(), unasked)
    assert hard.label != "equal"


def test_trees_are_compared_without_a_text() -> None:
    half, decimal = app("div", num(1), num(2)), num("0.5", places=1)
    assert compare_exprs(half, decimal, CompareOptions(), unasked).label == "equal"


def test_numeric_closeness_alone_is_never_equality() -> None:
    assert compare("$10^{30}+1$", "$10^{30}$").label == "different"
    assert compare(r"$\sqrt{10^{40}+1}$", "$10^{20}$").label == "different"
    assert compare("0.33333", r"$\frac13$").label == "different"


@pytest.mark.parametrize(
    "tower", ["$7^{7^{7^{7}}}$", "8**8**8**8", "$(10^{12})!$", "$3+5^{5^{5^5}}$", "$2\\cdot10^{10^{10}}$"]
)
def test_a_number_too_large_to_evaluate_is_told_from_an_ordinary_one(tower: str) -> None:
    assert compare(tower, "12").label == "different"
    assert compare(r"$\sqrt{2}$", tower).label == "different"
    assert compare(tower, "$x$").label == "undecided"


def test_two_numbers_too_large_to_evaluate_are_undecided() -> None:
    assert compare("$9^{9^{9}}$", "$9^{9^{9}}+1$").label == "undecided"


def test_a_text_too_long_to_read_whole_equals_no_other() -> None:
    assert compare("1" * 300_000, "2" + "1" * 299_999).label == "undecided"
    assert compare("1+" * 150_000 + "1", "2+" + "1+" * 149_999 + "1").label == "undecided"
    assert compare("The sum is large. " * 20_000 + "The answer is 7.", "7").label == "equal"


def test_a_bracket_left_open_at_the_end_is_closed() -> None:
    assert compare("$((3+4$", "7").label == "equal"
    assert compare("$\\sqrt{9$", "3").label == "equal"
    assert compare("(" * 201 + "5" + ")" * 200, "5").label == "equal"
    assert compare("$(2,3$", "$[2,3]$").label == "different"


def test_formulas_that_cannot_be_read_are_not_equal_by_their_letters() -> None:
    assert compare(r"\frac{1}{\weird <} 3", r"\frac{1}{\weird >} 3").label != "equal"
