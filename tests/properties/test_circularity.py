"""Nothing is supported by what it says itself: a definition and its repetition are no evidence for each other."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from verifiers.checker import Checker
from verifiers.sandbox import InlineSandbox
from verifiers.verdicts import Label

LETTERS = st.sampled_from("abcdghk")
VALUES = st.one_of(
    st.integers(2, 30).map(str),
    st.builds("{}^{{{}}}".format, LETTERS, st.integers(2, 10)),
    st.builds("{} + {}".format, LETTERS, st.integers(1, 9)),
    st.builds("{}{}".format, st.integers(2, 9), LETTERS),
    st.builds("{} + {}".format, st.integers(2, 9), st.integers(2, 9)),
)
FRAMES = st.sampled_from(["Let ${} = {}$.", "Define ${} = {}$.", "We denote ${} = {}$.", "Set ${} = {}$."])
DEFINITIONS = st.lists(st.tuples(FRAMES, LETTERS, VALUES), min_size=1, max_size=6)


def supported(question: str, steps: list[str]) -> list[str]:
    with Checker(sandbox=InlineSandbox()) as checker:
        report = checker.check_answer(question, steps)
    return [c.claim.text for c in report.claims if c.verdict.label is Label.SUPPORTED]


@settings(max_examples=60, deadline=None)
@given(DEFINITIONS, st.booleans(), st.booleans())
@example([("Let ${} = {}$.", "c", "10^{100}"), ("Let ${} = {}$.", "d", "c^{10}")], False, False)
@example([("Let ${} = {}$.", "d", "c^{10}"), ("Let ${} = {}$.", "c", "d^{10}")], True, True)
def test_definitions_support_none_of_themselves(definitions, joined, twice):
    sentences = [frame.format(letter, value) for frame, letter, value in definitions * (2 if twice else 1)]
    assert not supported("", [" ".join(sentences)] if joined else sentences)
    assert not supported(" ".join(sentences), sentences)


@settings(max_examples=60, deadline=None)
@given(FRAMES, LETTERS, VALUES)
def test_to_say_a_definition_again_supports_nothing(frame, letter, value):
    again = f"So ${letter} = {value}$."
    assert not supported("", [frame.format(letter, value), again])
    assert not supported(frame.format(letter, value), [again])


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 30), st.integers(2, 30))
def test_what_was_defined_before_does_support(a, b):
    assert supported("", [f"Let $a = {a}$.", f"So $a + {b} = {a + b}$."]) == [f"a + {b} = {a + b}"]
    assert supported("", [f"Let $a = {a} + {b} = {a + b}$."]) == [f"{a} + {b} = {a + b}"]
