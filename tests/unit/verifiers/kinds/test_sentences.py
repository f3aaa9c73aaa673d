"""What students read beside a refuted claim: short sentences with the right number in them."""

import pytest

from verifiers import check_answer


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("", "The mode of 3, 7, 7, 2 is 3.", "3 occurs once, 7 occurs twice."),
        ("", "1757 is in the 17th century.", "The year 1757 is in the 18th century."),
        ("", "25 °C = 75 °F.", "25 °C is 77 °F, not 75 °F."),
        ("", "5 miles = 80 km.", "5 miles is 8.04672 km, not 80 km."),
        (
            "Ravi has 3 more marbles than Meena, who has 12 marbles. How many marbles has Ravi?",
            "Ravi has 14 marbles.",
            "“Ravi has 3 more marbles than Meena”: with Meena's marbles = 12, Ravi's marbles should be 15, not 14.",
        ),
        (
            "A film of 90 minutes takes 2 hours with the break. How long is a film of 2 hours and 30 minutes?",
            "2 hours + 30 minutes = 32 minutes.",
            "The units of “2 hours + 30 minutes = 32” do not fit: it is 150 minutes, not 32.",
        ),
        (
            "There are 41 wheels on bicycles in a yard of 3 walls. How many bicycles are there?",
            "There are 41 / 2 = 20.5 bicycles.",
            "There cannot be 20.5 bicycles: they come whole.",
        ),
    ],
)
def test_what_is_said(question, answer, said):
    report = check_answer(question, [answer])
    assert said in [checked.verdict.evidence.text for checked in report.claims if checked.verdict.evidence]
