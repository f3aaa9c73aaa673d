"""Sums are read through the unit words between the numbers."""

from fractions import Fraction

import pytest

from verifiers.extraction.words.computations import computations


@pytest.mark.parametrize(
    ("text", "operands", "ops", "value", "result"),
    [
        ("16 eggs - 3 eggs = 13 eggs", [16, 3], "-", 13, 13),
        ("so 5 x $4 = $<<5*4=20>>20 in all", [5, 4], "*", 20, 20),
        ("$105 / $3 per melon = 35", [105, 3], "/", 35, 35),
        ("24 divided by 4 equals 6", [24, 4], "/", 6, 6),
        ("7 plus 8, which equals 15", [7, 8], "+", 15, 15),
        ("20% of 50 = 10", [20, 50], "*", 10, 10),
        ("9 * 2/3 = 6", [9, 2, 3], "*/", 6, 6),
        ("180 feet / (6 feet + 3 feet) = 20", [180, 6, 3], "+/", 20, 20),
        ("$6/hour * 2 hours = $12", [6, 2], "*", 12, 12),
        ("30*$75 = $2,250", [30, 75], "*", 2250, 2250),
        ("3 apples (red) + 4 apples (green) = 7", [3, 4], "+", 7, 7),
        ("4 - 9 = -5", [4, 9], "-", -5, -5),
        ("1.5 + 2.25 = 3.75", [Fraction(3, 2), Fraction(9, 4)], "+", Fraction(15, 4), Fraction(15, 4)),
        ("20ml x 10 = 200ml", [20, 10], "*", 200, 200),
    ],
)
def test_one_sum(text, operands, ops, value, result):
    (found,) = computations(text, 0)
    assert [o.value for o in found.operands] == operands
    assert "".join(sorted(found.ops)) == "".join(sorted(ops))
    assert found.value == value
    assert found.result is not None
    assert found.result.value == result
    assert (
        text[found.start : found.end].startswith(text[found.operands[0].start : found.operands[0].end][:1])
        or "$" in text
    )


@pytest.mark.parametrize(
    "text",
    [
        "x + 5 = 9",
        "2x + 3 = 9",
        "12(5) - 4 = 56",
        "there are 3-4 people",
        "the 12 boxes = the crates",
        "",
        "= = = 4",
        "3 + = 4",
        "(((3 + 4",
    ],
)
def test_no_sum(text):
    assert [c for c in computations(text, 0) if c.result is not None and len(c.operands) > 1] == []


def test_a_chain_is_read_link_by_link():
    first, second = computations("2 * 3 + 4 = 6 + 4 = 10", 0)
    assert first.result is None
    assert second.result is not None
    assert second.result.value == 10


def test_division_by_zero_has_no_value():
    (found,) = computations("4 / 0 = 3", 0)
    assert found.value is None


def test_a_bullet_is_no_minus():
    (found,) = computations("- 8 nuts x 2 = 16 nuts", 0)
    assert found.value == 16


def test_long_lines_are_read_in_linear_time():
    text = "3 apples + " * 20_000
    assert computations(text, 0) == []
    assert len(computations("(" * 50_000 + "1 + 2 = 3", 0)) <= 1
