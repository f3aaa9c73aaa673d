"""Claims in prose over random sentences: nothing breaks, spans are exact, right facts are never refuted."""

from fractions import Fraction
from math import gcd, lcm

from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.extraction.prose import find
from verifiers.extraction.reading.reader import read_document
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS
from verifiers.verdicts import Label

WORDS = (
    "the a of and is are has which not in to from by with divided remainder when prime even perfect square divisible"
    " multiple gcd lcm mean median mode area circle radius cube side volume % percent ratio $5$ \\(7\\) $x^2=9$"
    " $\\frac{1}{2}$ $²$ 3 12 1,234 2.50 007 ٣ ½ 2^10 5:30 p.m. March 15, 2024 Friday days hours minutes feet km kg $3"
    " 20°C = + - × / ( ) , . : ? ** <<1+1=2>> base binary digits digit-sum 3-digit six-digit number year leap century"
    " \ue000 \uf8ff \u202e"
)
FRAGMENTS = st.sampled_from(WORDS.split())
SENTENCES = st.lists(FRAGMENTS, max_size=24).map(" ".join)


def labels(text: str) -> list[Label]:
    claims = [claim for claim in find(read_document("", [text])) if claim.formula is not None]
    return [VERIFIERS[type(claim.formula)](claim.formula, QUICK).label for claim in claims]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(SENTENCES)
def test_any_words_are_read_and_verified_without_breaking(text: str) -> None:
    for claim in find(read_document("", [text])):
        assert text[claim.span.start : claim.span.end] == claim.text
    labels(text)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(2, 500), st.integers(2, 500), st.booleans())
def test_right_facts_are_supported_and_wrong_ones_refuted(a: int, b: int, latex: bool) -> None:
    def write(value: int | Fraction) -> str:
        return f"${value}$" if latex else str(value)

    facts = [
        (f"The gcd of {write(a)} and {write(b)} is {write(gcd(a, b))}.", Label.SUPPORTED),
        (f"The gcd of {write(a)} and {write(b)} is {write(gcd(a, b) + a + b)}.", Label.REFUTED),
        (f"The lcm of {write(a)} and {write(b)} is {write(lcm(a, b))}.", Label.SUPPORTED),
        (f"The product of {write(a)} and {write(b)} is {write(a * b)}.", Label.SUPPORTED),
        (f"The sum of {write(a)} and {write(b)} is {write(a + b + 9)}.", Label.REFUTED),
        (f"The remainder when {write(a)} is divided by {write(b)} is {write(a % b)}.", Label.SUPPORTED),
        (f"The area of a rectangle with length {write(a)} and width {write(b)} is {write(a * b)}.", Label.SUPPORTED),
        (f"{write(a)} feet is {write(12 * a)} inches.", Label.SUPPORTED),
        (f"{write(a)} feet is {write(12 * a + 5)} inches.", Label.REFUTED),
        (f"The mean of {write(a)} and {write(b)} is {write(Fraction(a + b, 2))}.", Label.SUPPORTED),
    ]
    for text, expected in facts:
        assert labels(text) == [expected], text
