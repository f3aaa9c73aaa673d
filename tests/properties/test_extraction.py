"""Whatever the text: nothing raises, spans are exact, and a true sum is never missed for the words around it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.extraction.finders import extract
from verifiers.extraction.reading.reader import read_document

WORDS = [
    "3",
    "12",
    "1,000",
    "2.5",
    "x",
    "A",
    "apples",
    "so",
    "and",
    "if",
    "wait",
    "\\frac{1}{2}",
    "\\text{ if }",
    "√",
    "π",
]
MARKS = ["$$", "\\(", "\\)", "\\[", "\\]", "\\\\", "<<", ">>", "\\begin{align}", "\\end{align}", "**", "- ", "1. "]
PIECES = st.sampled_from([*WORDS, *MARKS, *"$&=<≈+-*/^(){}.,!?% \n\0\u202e\ud800"])
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_reading_is_total_and_its_places_are_ordered(question, steps):
    document = read_document(question, steps)
    for part in (document.question, *document.steps):
        ends = [(s.start, s.end) for s in part.sentences]
        assert ends == sorted(ends)
        assert all(0 <= a < b <= len(part.text) for a, b in ends)
        for chain in part.chains:
            assert len(chain.relations) == len(chain.terms) - 1
            assert 0 <= chain.start <= chain.end <= len(part.text)
            for term in chain.terms:
                assert 0 <= term.start <= term.end <= len(part.text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=2))
def test_every_claim_quotes_its_span(question, steps):
    for claim in extract(question, steps).claims:
        text = question if claim.span.step < 0 else steps[claim.span.step]
        assert text[claim.span.start : claim.span.end] == claim.text
        assert not claim.problem.startswith("crashed"), claim.problem


FRAMES = ["So {} holds.", "- {}", "There are {} of them.", "Step 1: {}", "**{}**", "\\( {} \\)", "We get\n\\[ {} \\]"]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 999), st.integers(2, 999), st.sampled_from(FRAMES))
def test_a_sum_is_found_in_any_frame(a, b, frame):
    formula = f"{a} + {b} = {a + b}"
    text = frame.format(formula)
    assert formula in [claim.text for claim in extract("", [text]).claims]
