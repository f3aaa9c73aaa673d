"""What of an item is proved: keys, options, statements; and what is only true where it stands proves nothing."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from curriculum.items import (
    AssertionReason,
    Item,
    Judged,
    Numeric,
    Option,
    Ordering,
    SingleChoice,
    StatementSet,
    Steps,
    Tolerance,
)
from curriculum.proofs import Prover, coverage
from verifiers import Checker, CheckerConfig
from verifiers.sandbox import InlineSandbox


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    with Checker(CheckerConfig(), InlineSandbox()) as checker:
        yield Prover(check=lambda question, answer: checker.check_answer(question, [answer]))


def choice(stem: str, key: str, *options: str) -> SingleChoice:
    return SingleChoice(id="x", stem=stem, options=tuple(map(Option, options)), key=key)


def number(stem: str, value: str, tolerance: Tolerance | None = None) -> Numeric:
    return Numeric(id="x", stem=stem, value=value, tolerance=tolerance)


FOLLOW = ("Only I follows", "Only II follows", "Both I and II follow", "Neither I nor II follows")
ROW = (
    "Five friends, Arun, Bela, Chitra, Dev and Esha, are sitting in a row facing north. Chitra is at the left end. Arun"
    " is to the immediate left of Bela. Dev is third from the right. Esha is not at the right end. Who is at the right"
    " end?"
)
COMPLETE = [
    choice(
        "Statements:\nSome pens are tools.\nAll tools are gifts.\nConclusions:\nI. Some pens are gifts.\n"
        "II. Some gifts are pens.\nWhich of the conclusions follow?",
        "c",
        *FOLLOW,
    ),
    choice(
        "Statements:\nNo fish is a bird.\nSome animals are birds.\nConclusions:\nI. Some animals are not fish.\n"
        "II. Some fish are animals.\nWhich of the conclusions follow?",
        "a",
        *FOLLOW,
    ),
    choice(ROW, "b", "Esha", "Bela", "Arun", "Dev"),
    choice(
        "If it rains, the match is cancelled. The match was not cancelled. What follows?",
        "a",
        "It did not rain.",
        "It rained.",
    ),
    choice("What is $\\frac{1}{2} + \\frac{1}{3}$?", "c", "2/5", "1/6", "5/6"),
    choice("Solve 3x + 8 = 27 for x.", "a", "19/3", "35/3", "19"),
    choice("Find the LCM of 12 and 18.", "b", "6", "36", "72"),
    number("Multiply:\n$-8 \\cdot 5$", "-40"),
    number("Solve the following exercise:\n$\\frac{b}{b-16}=\\frac{11}{9}$", "88"),
    choice("Solve $x^2 - 6x = -5$.", "b", "$x=1$", "$x=5$ or $1$", "$1$ and $-5$", "$x=1$ or $6$"),
    Ordering(id="x", stem="Order from the smallest to the largest.", entries=("1/4", "0.3", "1/3")),
    Steps(id="x", stem="", parts=(number("What is 2 + 2?", "4"), number("What is 2 + 3?", "5"))),
]
WRONG = [
    (choice("What is $\\frac{1}{2} + \\frac{1}{3}$?", "a", "2/5", "1/6"), ["a"]),
    (choice("What is 2 + 2?", "a", "4", "8/2", "5"), ["b"]),
    (number("Solve the following exercise:\n$\\frac{b}{b-16}=\\frac{11}{9}$", "63"), ["key"]),
    (Ordering(id="x", stem="Order from the smallest to the largest.", entries=("1/3", "1/4")), ["key"]),
    (Steps(id="x", stem="", parts=(number("What is 2 + 2?", "4"), number("What is 2 + 3?", "6"))), ["part 2, key"]),
]
OPEN = [
    choice("Which number is not 1/2 + 1/3?", "a", "2/5", "5/6"),
    choice("Who was the first Prime Minister of India?", "a", "Nehru", "Patel"),
    number("The quantity $y$ varies directly with $x$. If $y=25$ when $x=2$, find $y$ when $x$ is $6$.", "75"),
    number("What is the value of $d$ in $a_n=a_n-1+d$?\n$(-18, -7, 4, 15, 26, ...)$", "11"),
    number("One leg is as long as the other. Use $a^2+a^2=50$ and solve for a.", "5"),
    choice("Find a line parallel to $y=2x-3$.", "a", "$y=2x+5$", "$y=3x$"),
    choice("Which of these did the student write?", "a", "2 + 2 = 4", "2 + 2 = 5"),
    number("What is 2/3 as a decimal?", "0.67", Tolerance(Fraction(1, 100))),
]


@pytest.mark.parametrize("item", COMPLETE, ids=lambda item: item.stem or "steps")
def test_proved(prover: Prover, item: Item) -> None:
    proof = prover.prove(item)
    assert proof.complete, proof
    assert not proof.wrong
    assert all(one.why for one in (*proof.keys, *proof.others))


@pytest.mark.parametrize(("item", "what"), WRONG, ids=lambda value: str(value)[:40])
def test_contradicted(prover: Prover, item: Item, what: list[str]) -> None:
    proof = prover.prove(item)
    assert [one.what for one in proof.wrong] == what
    assert not proof.complete


@pytest.mark.parametrize("item", OPEN, ids=lambda item: item.stem)
def test_left_open_with_the_reason(prover: Prover, item: Item) -> None:
    proof = prover.prove(item)
    assert not proof.wrong
    assert not proof.key_proved
    assert proof.keys[0].why


def test_options_of_one_value_are_not_wrong_where_the_form_is_asked(prover: Prover) -> None:
    proof = prover.prove(choice("Factor $x^2 - 1$.", "a", "(x-1)(x+1)", "x^2 - 1", "(x-1)^2"))
    assert [one.status for one in proof.keys] == ["proved"]
    assert [one.status for one in proof.others] == ["unproved", "refuted"]


def test_statements_are_proved_as_they_are_judged(prover: Prover) -> None:
    item = StatementSet(
        id="x",
        stem="Which of the statements is/are correct?",
        statements=(Judged("2 + 2 = 4", True), Judged("3 × 3 = 6", False)),
    )
    assert prover.prove(item).complete
    wrong = StatementSet(id="x", stem=item.stem, statements=(Judged("3 × 3 = 6", True),))
    assert [one.what for one in prover.prove(wrong).wrong] == ["statement 1"]


def test_whether_a_reason_explains_is_left_open(prover: Prover) -> None:
    item = AssertionReason(id="x", stem="", assertion=Judged("2 + 2 = 4", True), reason=Judged("1 + 1 = 2", True))
    proof = prover.prove(item)
    assert [one.status for one in proof.keys] == ["proved", "proved", "unproved"]
    false = AssertionReason(id="x", stem="", assertion=Judged("2 + 2 = 4", True), reason=Judged("1 + 1 = 3", False))
    assert prover.prove(false).complete


def test_coverage_counts(prover: Prover) -> None:
    found = coverage(prover.prove(item) for item in (*COMPLETE, *OPEN, *(item for item, _ in WRONG)))
    assert (found.items, found.complete, found.wrong) == (25, 12, 5)
    assert found.key_proved == 13
    assert found.options == 26
