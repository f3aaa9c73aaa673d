"""What is claimed of the chains of an answer, and what is not."""

import json
from pathlib import Path

import pytest

from verifiers.claims import Arithmetic, Identity
from verifiers.expr import num
from verifiers.extraction.formulas import links
from verifiers.extraction.reading.reader import read_document

CASES = json.loads((Path(__file__).parents[4] / "cases" / "extraction.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_the_table_of_sentences(case):
    document = read_document(case.get("question", ""), [case["text"]])
    found = {claim.text for claim in links.find(document)}
    assert found == set(case["claims"]), case.get("why", "")


def test_every_link_is_a_claim_of_its_own_with_its_exact_place():
    text = "Now 2 + 3 = 5 = 10/2 holds."
    found = list(links.find(read_document("", ["", text])))
    assert [(c.span.step, text[c.span.start : c.span.end]) for c in found] == [(1, "2 + 3 = 5"), (1, "5 = 10/2")]


def test_a_closed_claim_carries_the_definitions_it_was_read_under():
    [claim] = links.find(read_document("", ["Let n = 12.", "So n/4 = 3."]))
    assert isinstance(claim.formula, Arithmetic)
    assert claim.formula.context.definitions == (("n", num(12)),)


def test_a_rewriting_is_an_identity_and_its_letters_under_a_root_are_positive():
    [claim] = links.find(read_document("", ["The side is \\( d = \\sqrt{2s^2} = s\\sqrt{2} \\)."]))
    assert isinstance(claim.formula, Identity)
    assert claim.formula.context.domains == (("s", "positive"),)


def test_a_rewriting_knows_the_equations_it_may_have_used():
    answer = ["We know \\( a^2 + b^2 = 9 \\).", "\\[ S = 2a^2 + 2b^2 + a = 18 + a + 0b \\]"]
    found = [c.formula for c in links.find(read_document("", answer))]
    assert all(isinstance(f, Identity) and f.context.givens for f in found)


def test_an_approximation_is_claimed_as_one():
    [claim] = links.find(read_document("", ["This is about 22/7 = 3.1."]))
    assert claim.formula.relation.head == "approx"
