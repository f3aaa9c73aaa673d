"""How a formula is meant follows from the words around it."""

import json
from pathlib import Path

import pytest

from verifiers.extraction.document import Mood
from verifiers.extraction.meaning.moods import is_premise, sentence_mood
from verifiers.extraction.reading.reader import read_document

CASES = json.loads((Path(__file__).parents[4] / "cases" / "moods.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_the_table_of_moods(case):
    text = case["text"]
    part = read_document("", [text]).steps[0]
    moods = [chain.mood.value for chain in part.chains if text[chain.start : chain.end] == case["formula"]]
    assert moods == [case["mood"]]


def test_a_question_mark_asks():
    assert sentence_mood("So what now?") is Mood.ASKED


def test_only_the_clause_next_to_a_formula_makes_it_a_premise():
    assert is_premise("and now suppose that ")
    assert not is_premise("if we add them, then ")
