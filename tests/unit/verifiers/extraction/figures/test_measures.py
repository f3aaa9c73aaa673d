"""Measures of figures that a question determines, and what comes of them."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiers.check import check_claim
from verifiers.claims import Claim
from verifiers.extraction.figures import measures
from verifiers.extraction.figures.plane import rational_root
from verifiers.extraction.figures.points import constructed
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import Budget
from verifiers.verdicts import Label

CASES = json.loads((Path(__file__).parents[4] / "cases" / "constructions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_labels_of_measures(case: dict[str, str]) -> None:
    labels = []
    for claim in measures.find(read_document(case["question"], [case["text"]])):
        assert isinstance(claim, Claim)
        checked = check_claim(claim, Budget())
        labels.append(checked.verdict.label.value)
        if checked.verdict.label is Label.REFUTED:
            assert checked.certificate is not None
            assert checked.certificate.replayable
    assert labels == case["labels"]


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_stated_sides_are_the_distances(a: int, b: int, c: int) -> None:
    text = f"In triangle $ABC$, $BC = {a}$, $CA = {b}$ and $AB = {c}$."
    figure = constructed(read_document(text, ()).question)
    if 2 * max(a, b, c) >= a + b + c:
        assert figure is None
        return
    assert figure is not None
    places = figure.places
    measured = [figure.plane.square(places[p], places[q]) for p, q in ("BC", "CA", "AB")]
    assert measured == [a * a, b * b, c * c]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_rational_roots(above: int, below: int) -> None:
    root = Fraction(above, below)
    assert rational_root(root * root) == root
    assert rational_root(root * root * 2) is None
