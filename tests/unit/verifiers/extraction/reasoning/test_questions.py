"""Exam questions: each option judged, and the one that is right."""

import pytest

from verifiers.extraction.reasoning.options import combination
from verifiers.extraction.reasoning.posed import cut
from verifiers.extraction.reasoning.questions import Posed, chosen, item_label, option_label, read_question
from verifiers.protocol import QUICK
from verifiers.registry import VERIFIERS
from verifiers.verdicts import Label

LETTERS = "ABCD"


def solved(question: str, *options: str) -> tuple[Posed | None, dict[str, Label]]:
    posed = read_question(question, list(zip(LETTERS, options, strict=False)))
    if posed is None:
        return None, {}
    return posed, {
        item.label: item_label([VERIFIERS[type(f)](f, QUICK).label for f in item.formulas]) for item in posed.items
    }


COMBINED = ("Only I follows", "Only II follows", "Neither I nor II follows", "Both I and II follow")
QUESTIONS = [
    (
        "Statements: All pens are books. Some books are red. Conclusions: I. Some pens are red. II. Some books are"
        " pens. Which of the conclusions follow?",
        COMBINED,
        "B",
    ),
    (
        "Statement-1: No lamp is a chair. Statement-2: All chairs are tables. Conclusion-I: Some tables are not lamps."
        " Conclusion-II: No table is a lamp. Which of the above Conclusions logically follow from the Statements?",
        ("Only Conclusion-I", "Only Conclusion-II", "Neither Conclusion-I nor Conclusion-II", "Both"),
        "A",
    ),
    (
        "Statements: Some cats are dogs. Conclusions: I. All cats are dogs. II. Some cats are not dogs. Which follows?",
        ("Only I", "Only II", "Either I or II", "Neither I nor II"),
        "C",
    ),
    (
        "Statements: Some cars are vans. Conclusions: I. All cars being vans is a possibility. II. No van may be a car."
        " Which of the conclusions follow?",
        COMBINED,
        "A",
    ),
    (
        "Consider the following statements: 1. Only graduates are voters. 2. Some voters are retired. Which one of the"
        " following conclusions can be drawn from the above statements?",
        ("All graduates are voters", "Some graduates are retired", "All voters are retired", "None of the above"),
        "B",
    ),
    (
        "All lamps are bright. Some lamps are red. Which one of the following is not a valid conclusion?",
        ("Some red things are bright", "Some bright things are red", "All red things are lamps", "Some red are lamps"),
        "C",
    ),
    (
        "Examine the following statements: 1. All mangoes are sweet. 2. Some mangoes are sweet. 3. No mango is sweet."
        " 4. Some mangoes are not sweet. Given that statement 3 is true, what can be definitely concluded?",
        ("1 is true", "2 and 4 are false", "2 is false", "4 is false"),
        "C",
    ),
    (
        "Of these four statements, two cannot both be true, but both can be false. 1. All mangoes are sweet."
        " 2. Some mangoes are sweet. 3. No mango is sweet. 4. Some mangoes are not sweet.",
        ("1 and 2", "2 and 3", "1 and 3", "1 and 4"),
        "C",
    ),
    (
        "In a group of 90 persons, 60 are Indians and the rest are foreigners. Further, 50 persons in the group can"
        " speak English. The number of Indians who can speak English is?",
        ("20", "10", "20 or less", "20 or more"),
        "D",
    ),
    (
        "In a club, out of a total of 100 members, 70 are teachers. If 60 of the members are vegetarian, then which of"
        " the following statements is/are correct?\n1. At least 30 teachers are vegetarian.\n2. At least 10 teachers"
        " are non-vegetarian.",
        ("1 only", "2 only", "Both 1 and 2", "Neither 1 nor 2"),
        "C",
    ),
    (
        "Examine the following statements: 1. I read only if I am bored. 2. I am never bored when I have company."
        " Which one of the conclusions is valid?",
        (
            "If I am bored, I read",
            "If I have company, I do not read",
            "If I do not read, I have company",
            "None of these",
        ),
        "B",
    ),
    (
        "12. Usha runs faster than Kamala, Priti runs slower than Swati, Swati runs slower than Kamala. Who is the"
        " slowest runner?",
        ("Kamala", "Priti", "Swati", "Usha"),
        "B",
    ),
    (
        "Consider the following statements: 1. Either A and B are of the same age or A is older than B. 2. B is older"
        " than C. Which of the following conclusions can be drawn from the above statements?",
        ("A is older than B", "B is younger than C", "A and B are of the same age", "A is older than C"),
        "D",
    ),
    (
        "Peas are tastier than beans. Corn is not tastier than beans. Peas are the tastiest of all. Which is correct?",
        ("Corn is as tasty as beans", "Peas are tastier than corn", "Beans are tastier than corn", "None of these"),
        "B",
    ),
    (
        "If Pen < Pencil, Pencil < Book and Book > Cap, then which one of the following is always true?",
        ("Pen > Cap", "Pen < Book", "Pencil = Cap", "Pencil > Cap"),
        "B",
    ),
    (
        "Gita scored more than Sita but less than Rita. Who scored the highest?",
        ("Gita", "Sita", "Rita", "Cannot be determined"),
        "C",
    ),
    (
        "Gita scored more than Sita. Rita scored more than Sita. Who scored the highest?",
        ("Gita", "Sita", "Rita", "Cannot be determined"),
        "D",
    ),
    (
        "Gita is taller than Sita. Rita is heavier than Sita. Who is the tallest?",
        ("Gita", "Sita", "Rita", "Cannot be determined"),
        "",
    ),
    (
        "Gita scored more than the total of Sita and Rita. Rita scored more than Sita. Who scored the least?",
        ("Gita", "Sita", "Rita", "Cannot be determined"),
        "",
    ),
    (
        "Four friends, Arun, Bela, Chitra and Dev, are sitting in a row. Arun is to the immediate left of Bela. Chitra"
        " is at the left end. Dev is at the right end. Who is second from the left?",
        ("Arun", "Bela", "Chitra", "Dev"),
        "A",
    ),
    ("All cats can be trained by patient people who like them. Which is correct?", ("A dog", "A cat"), ""),
    (
        "Statements: All cats blorp dogs and more. Conclusions: I. All cats are dogs. Which follows?",
        ("Only I", "None"),
        "",
    ),
    (
        # Whether those who can take part are participants is not said in so many words.
        "Only students can participate in the race. Some participants in the race are girls. Which conclusion follows?",
        (
            "All participants in the race are students",
            "Some girls are students",
            "All girls are students",
            "None of these",
        ),
        "",
    ),
]


@pytest.mark.parametrize(("question", "options", "answer"), QUESTIONS)
def test_the_one_right_option_is_found(question: str, options: tuple[str, ...], answer: str) -> None:
    posed, labels = solved(question, *options)
    assert (chosen(posed, labels) if posed else "") == answer, (posed and posed.options, labels)
    if answer and posed:
        wrong = [o for o in posed.options if o.letter != answer]
        assert all(option_label(o, labels) is Label.REFUTED for o in wrong), labels


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Only conclusion I follows", {1}),
        ("1 and 2 only", {1, 2}),
        ("I, II and III", {1, 2, 3}),
        ("Neither I nor II nor III", set()),
        ("None of the conclusions follows", set()),
        ("All follow", {1, 2, 3}),
        ("Neither I nor II", None),
        ("Either I or II", None),
        ("Only conclusion IV", None),
        ("Some of them", None),
    ],
)
def test_combinations(text: str, numbers: set[int] | None) -> None:
    assert combination(text, (1, 2, 3)) == numbers


def test_options_are_cut_from_the_question() -> None:
    parts = cut(
        "1. All cats are pets. 2. Some pets are dogs. Which follows? (a) Some cats are dogs. (b) None of these."
    )
    assert [(s.number, s.text) for s in parts.statements] == [(1, "All cats are pets."), (2, "Some pets are dogs.")]
    assert parts.options == (("A", "Some cats are dogs."), ("B", "None of these."))
    assert parts.asking == "Which follows?"
