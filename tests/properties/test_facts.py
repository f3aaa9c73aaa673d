"""A changed number is never supported, whatever the wording; what is said word for word is never refuted."""

from hypothesis import given
from hypothesis import strategies as st

from verifiers.check import decide
from verifiers.claims import Excerpt, Fact
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

SUBJECTS = st.sampled_from(["The President", "A Judge of the High Court", "The lake", "Every Panchayat", "The Council"])
UNITS = st.sampled_from(["years", "members", "metres", "days", "per cent"])
FRAMES = st.sampled_from(
    [
        "{s} holds office for {n} {u}.", "{s} has {n} {u}.", "{s} shall consist of not more than {n} {u}.",
        "{s} has at least {n} {u}.", "{s} does not have {n} {u}.", "In 1950, {s} was given {n} {u}.",
        "{s} reaches {n} {u} within 3 days.", "If it rains, {s} grows by {n} {u}.", "{n} {u} is what {s} needs.",
        "{s}, which is old, continues for {n} {u} and no longer.", "No part of {s} lasts less than {n} {u}.",
    ]
)  # fmt: skip
NUMBERS = st.integers(2, 900)


def verdict(statement: str, passage: str) -> Label:
    return decide(Fact(statement=statement, passages=(Excerpt(source="A", text=passage),)), QUICK).label


@given(SUBJECTS, UNITS, FRAMES, FRAMES, NUMBERS, NUMBERS)
def test_a_changed_number_is_never_supported(s: str, u: str, said: str, told: str, n: int, m: int) -> None:
    if n != m:
        assert verdict(said.format(s=s, u=u, n=n), told.format(s=s, u=u, n=m)) is not Label.SUPPORTED


@given(SUBJECTS, UNITS, FRAMES, NUMBERS)
def test_its_own_words_never_refute_a_statement(s: str, u: str, frame: str, n: int) -> None:
    text = frame.format(s=s, u=u, n=n)
    assert verdict(text, text) is not Label.REFUTED


@given(SUBJECTS, UNITS, FRAMES, NUMBERS)
def test_a_denial_is_not_supported_by_what_it_denies(s: str, u: str, frame: str, n: int) -> None:
    text = frame.format(s=s, u=u, n=n)
    for verb in (" has ", " holds ", " shall ", " grows "):
        if verb in text:
            denied = text.replace(verb, f" {verb.strip()} not " if verb == " shall " else f" never{verb}", 1)
            assert verdict(denied, text) is not Label.SUPPORTED


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_texts_are_read(statement: str, passage: str) -> None:
    verdict(statement, passage)
