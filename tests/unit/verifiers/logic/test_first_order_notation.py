"""First-order notation: what it is read as, and where it is at fault."""

import json
from pathlib import Path

import pytest

from verifiers.logic.notation import Fault, Sentence, mend_sentence, read_sentence
from verifiers.logic.show import show

CASES = json.loads((Path(__file__).parents[3] / "cases" / "logic_notation.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"] for c in CASES])
def test_reading(case: dict[str, str | int]) -> None:
    read = read_sentence(str(case["text"]))
    if "fault" in case:
        assert read == Fault(str(case["fault"]), int(case["at"]))
    else:
        assert not isinstance(read, Fault), str(read)
        assert show(read) == case["shown"]
        assert read_sentence(show(read)) == read


@pytest.mark.parametrize(
    ("text", "shown", "position"),
    [
        ("¬Works(mary))", "¬Works(mary)", 12),
        ("∀x (Road(x) → (Paved(x) ∨ Dirt(x))", "∀x (Road(x) → Paved(x) ∨ Dirt(x))", 3),
    ],
)
def test_one_bracket_at_the_end_is_mended_and_said_so(text: str, shown: str, position: int) -> None:
    read = mend_sentence(text)
    assert isinstance(read, Sentence)
    assert show(read.expr) == shown
    assert [fault.position for fault in read.mended] == [position]


@pytest.mark.parametrize("text", ["P(a)) → Q(a)", "(P(a) → Q(a", "P(a, b c)"])
def test_other_faults_are_not_mended(text: str) -> None:
    assert isinstance(mend_sentence(text), Fault)


@pytest.mark.parametrize(
    "text",
    ["(" * 100_000, "¬" * 100_000, "∀x " * 50_000 + "P(x)", "P(" * 5_000 + ")" * 5_000, "\x00", "\ud800", "∀" * 300,
     "P(a) → " * 2_400 + "P(a)", "P(a) ↔ " * 2_400 + "P(a)", "a = " + "9" * 5_000],
)  # fmt: skip
def test_hostile_text_is_a_fault(text: str) -> None:
    assert isinstance(read_sentence(text), Fault)


def test_many_quantifiers_whose_letters_come_again_are_read_in_linear_time() -> None:
    text = " ∧ ".join("∀x P(x)" for _ in range(1_500))
    assert not isinstance(read_sentence(text), Fault)
