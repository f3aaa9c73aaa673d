"""A false link is not claimed where there is a reading under which no mistake was made."""

import pytest

from verifiers.extraction.formulas import links
from verifiers.extraction.reading.reader import read_document


def claimed(*steps, question=""):
    return [claim.text for claim in links.find(read_document(question, list(steps)))]


@pytest.mark.parametrize(
    "text",
    [
        "17/5 = 3 remainder 2",
        "Rounded up, 38/5 = 8.",
        "5 + 3 = 8 + 2",
        "15 * 20 cents = $3",
        "2 blocks north + 3 blocks east = 4",
        "1/3 = 0.34... and so on",
        "\\( 2^{20} = 1024... \\)",
        "\\( \\sin(30) = 1/2 \\)",
        "\\( \\arctan(1) = 45 \\)",
        "Modulo 7 we have \\( 3 \\cdot 5 = 1 \\).",
        "The units digit of the power is \\( 7^4 = 1 \\).",
        "\\( \\pi(50) = 15 \\) counts primes",
        "The product is \\( 2\\frac{1}{3} \\cdot 3 = 2 \\).",
        "\\( 1 + 4 > 5 \\) (not valid)",
        "\\( 3 \\cdot 4 = 2 \\cdot 5 \\), which cannot be.",
        "About 1030 \\approx 1000.",
    ],
)
def test_another_reading(text):
    assert claimed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "4 + 5 + -1 = 8 + -1",
        "17/5 = 4.4",
        "\\( \\sin(30^\\circ) = 1/3 \\)",
        "3 pens * 5 = 16",
        "$5 * 12 = $61",
        "\\( 2\\frac{1}{3} \\cdot 3 = 8 \\)",
        "\\( 2 + 2 > 5 \\)",
        "\\( 3 \\cdot 4 = 2 \\cdot 5 \\)",
    ],
)
def test_a_plain_slip_is_claimed(text):
    assert len(claimed(text)) == 1


def test_an_equation_with_numbers_put_in_is_a_test():
    assert claimed("We have \\( 2a + b = ab - 1 \\).", "Now \\( 2 \\cdot 3 + 4 = 3 \\cdot 4 - 1 \\).") == []


def test_second_thoughts_in_the_next_step_take_a_sum_back():
    assert claimed("So 3 + 4 = 8.", "Wait, let me recheck that.") == []


def test_a_variable_of_a_function_keeps_no_value():
    steps = ["Let x = 1.", "So f(x) = 3.", "Now x + 1 = 5."]
    assert claimed(*steps) == []


def test_a_value_from_long_ago_is_not_relied_upon():
    assert claimed("So n = 4.", *["Then something else happens."] * 8, "Now n + 1 = 9.") == []
