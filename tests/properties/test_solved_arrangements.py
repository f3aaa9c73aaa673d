"""Right solutions of generated arrangement puzzles are left in peace; a slip is refuted at the step it stands in."""

import random
from collections.abc import Sequence

import pytest
import solved_arrangements
import solved_seatings

from verifiers.check import decide
from verifiers.extraction.reading.reader import read_document
from verifiers.extraction.reasoning import arrangements
from verifiers.extraction.reasoning.arrangement_puzzles import arrangement
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

EACH = 4
MAKERS = (solved_seatings.table, solved_seatings.handed)
SEATINGS = [(make, style) for make in MAKERS for style in solved_seatings.STYLES]


def decided(question: str, steps: Sequence[str], label: Label) -> list[tuple[int, str]]:
    """Steps and texts of the claims with this label. The other finders have tests of their own."""
    posed = arrangement(question)
    assert posed is not None, question
    assert not posed.unread, (posed.unread, question)
    claims = arrangements.find(read_document(question, steps))
    return sorted(
        (c.span.step, c.text) for c in claims if c.formula is not None and decide(c.formula, QUICK).label is label
    )


@pytest.mark.parametrize("style", solved_arrangements.STYLES)
def test_right_solutions_of_orders_are_supported_and_never_refuted(style: solved_arrangements.Style) -> None:
    rng = random.Random(f"right {style.__name__}")
    for _ in range(EACH):
        posed = solved_arrangements.puzzle(rng)
        steps = style(posed, -1, rng)
        assert decided(posed.question, steps, Label.REFUTED) == [], (posed.question, steps)
        assert decided(posed.question, steps, Label.SUPPORTED), (posed.question, steps)


@pytest.mark.parametrize("style", solved_arrangements.STYLES)
def test_a_slip_in_an_order_is_refuted_at_its_step(style: solved_arrangements.Style) -> None:
    rng = random.Random(f"wrong {style.__name__}")
    missed = []
    for _ in range(EACH):
        posed = solved_arrangements.puzzle(rng)
        state = rng.getstate()
        right = style(posed, -1, rng)
        slip = solved_arrangements.slip(style, posed, len(right), rng)
        rng.setstate(state)
        steps = style(posed, slip, rng)
        if steps[slip] == right[slip]:
            continue  # nothing was said there that could be wrong
        found = decided(posed.question, steps, Label.REFUTED)
        if not found or found[0][0] != slip:
            missed.append((posed.question, steps, slip, found[:2]))
    assert missed == []


@pytest.mark.parametrize(("make", "style"), SEATINGS)
def test_right_solutions_of_seatings_are_never_refuted(
    make: solved_seatings.Maker, style: solved_seatings.Style
) -> None:
    rng = random.Random(f"right {make.__name__} {style.__name__}")
    supported = 0
    for _ in range(EACH):
        posed = make(rng)
        steps = style(posed, -1, rng)
        assert decided(posed.question, steps, Label.REFUTED) == [], (posed.question, steps)
        supported += len(decided(posed.question, steps, Label.SUPPORTED))
    assert supported or style is solved_seatings.cases


@pytest.mark.parametrize(("make", "style"), SEATINGS)
def test_a_slip_in_a_seating_is_refuted_at_its_step(make: solved_seatings.Maker, style: solved_seatings.Style) -> None:
    rng = random.Random(f"wrong {make.__name__} {style.__name__}")
    for _ in range(EACH):
        posed = make(rng)
        slip = solved_seatings.slip(style, posed, rng)
        steps = style(posed, slip, rng)
        found = decided(posed.question, steps, Label.REFUTED)
        assert found, (posed.question, steps, slip)
        assert found[0][0] == slip, (posed.question, steps, slip)
