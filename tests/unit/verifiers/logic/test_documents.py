"""Files with premises and a conclusion."""

import pytest

from verifiers.logic.documents import Document, Place, read_document
from verifiers.logic.show import show

LINES = """
# Of poets
∀x (Poet(x) → Dreamer(x))   # All poets are dreamers.
Poet(arun)

therefore Dreamer(arun)     # Arun dreams.
"""


def test_lines() -> None:
    read = read_document(LINES)
    assert isinstance(read, Document)
    assert [s.text for s in read.problem.premises] == ["All poets are dreamers.", "Poet(arun)"]
    assert read.conclusion is not None
    assert (show(read.conclusion.sentence), read.conclusion.text) == ("Dreamer(arun)", "Arun dreams.")


@pytest.mark.parametrize("mark", ["therefore ", "Therefore, ", "∴ ", "⊢ ", "---\n", "conclusion: ", "hence\n"])
def test_marks_of_a_conclusion(mark: str) -> None:
    read = read_document(f"P(a)\n{mark}P(a)")
    assert isinstance(read, Document)
    assert read.conclusion is not None
    assert len(read.problem.premises) == 1


def test_without_a_conclusion_the_question_is_consistency() -> None:
    read = read_document("P(a)\n¬P(a)")
    assert isinstance(read, Document)
    assert read.conclusion is None


def test_every_fault_is_named_with_line_and_column_and_mended_ones_too() -> None:
    read = read_document("P(a) ∧\nQ(b))\n  R(a b)\ntherefore S(\n")
    assert isinstance(read, tuple)
    assert [(p.line, p.column) for p in read] == [(1, 7), (3, 7), (4, 13)]
    mended = read_document("Q(b))\ntherefore Q(b)")
    assert isinstance(mended, Document)
    assert mended.mended == (Place("a bracket too many, left out", 1, 5),)


JSON = """{
  "sorts": {"seat": [1, 2, 3]},
  "symbols": {"Arun": {"type": ["seat"], "words": "seat {}"}, "Bela": ["seat"]},
  "axioms": ["Arun ≠ Bela"],
  "premises": [{"formula": "Arun < Bela", "text": "Arun sits left of Bela"}],
  "conclusion": "Bela ≠ 1", "modality": "must"
}"""


def test_json() -> None:
    read = read_document(JSON, ".json")
    assert isinstance(read, Document)
    assert read.modality == "must"
    assert read.problem.premises[0].text == "Arun sits left of Bela"
    assert len(read.problem.axioms) == 1


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ('{"premises": ["P(a)"', "Input data was truncated", 1),
        ('{\n"premises": [1]}', "Expected", 1),
        ('{"premises": [],\n "conclusion": "P("}', "'P(': a predicate, a name or a number is missing", 2),
        ('{"premises": ["P(a)"], "symbols": {"P": ["planet", "bool"]}}', "P uses the unknown sort planet", 1),
        ('{"premises": ["P(a)"], "conclusoin": "P(a)"}', "Object contains unknown field `conclusoin`", 1),
        ('{"premises": ["P(a)"], "symbols": {"P": []}}', "P uses the unknown sort", 1),
        ("{" * 5_000, "", 1),
    ],
)
def test_faulty_json(text: str, message: str, line: int) -> None:
    read = read_document(text, ".json")
    assert isinstance(read, tuple)
    assert message in read[0].message
    assert read[0].line == line


def test_smtlib_faults_have_line_and_column() -> None:
    read = read_document("(declare-const p Bool)\n(assert (and p q))", ".smt2")
    assert read == (Place("q is not declared", 2, 16),)


@pytest.mark.parametrize(
    ("text", "suffix"), [(LINES, ""), (JSON, ""), ("(declare-const p Bool)(assert p)", ""), ("(P(a) ∧ Q(b)) → R", "")]
)
def test_the_form_is_guessed_without_a_name(text: str, suffix: str) -> None:
    assert isinstance(read_document(text, suffix), Document)


@pytest.mark.parametrize("text", ["", "\n\n", "# only words", "P(a)\n" * 5_000, "\x00", "therefore"])
def test_hostile_files_are_refused(text: str) -> None:
    assert isinstance(read_document(text), tuple)
