"""Right solutions of generated puzzles are left in peace; a slip is refuted at the step it stands in."""

import random
from collections.abc import Sequence

import pytest
import solved_sortings
import solved_swaps

from verifiers.check import decide
from verifiers.extraction.finders import extract
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

EACH = 40


def refuted(question: str, steps: Sequence[str]) -> list[tuple[int, str]]:
    found = []
    for claim in extract(question, steps).claims:
        if claim.formula is not None and decide(claim.formula, QUICK).label is Label.REFUTED:
            found.append((claim.span.step, claim.text))
    return sorted(found)


def supported(question: str, steps: Sequence[str]) -> int:
    claims = [claim for claim in extract(question, steps).claims if claim.formula is not None]
    return sum(decide(claim.formula, QUICK).label is Label.SUPPORTED for claim in claims if claim.formula)


@pytest.mark.parametrize("style", solved_swaps.STYLES)
def test_right_solutions_of_swaps_are_supported_and_never_refuted(style: solved_swaps.Style) -> None:
    rng = random.Random(f"right {style.__name__}")
    for _ in range(EACH):
        posed = solved_swaps.puzzle(rng)
        steps = style(posed)
        assert refuted(posed.question, steps) == [], (posed.question, steps)
        assert supported(posed.question, steps), (posed.question, steps)


@pytest.mark.parametrize("style", solved_swaps.STYLES)
def test_a_swap_carried_out_wrongly_is_refuted_at_its_step(style: solved_swaps.Style) -> None:
    rng = random.Random(f"wrong {style.__name__}")
    missed = []
    for _ in range(EACH):
        posed, at = solved_swaps.slipped(solved_swaps.puzzle(rng), rng)
        found = refuted(posed.question, style(posed))
        if not found or found[0][0] != solved_swaps.shown_at(style, at):
            missed.append((posed.question, style(posed), at, found[:2]))
    assert len(missed) <= EACH // 20, missed[0]


TASKS = (solved_sortings.words, solved_sortings.numbers)


@pytest.mark.parametrize("style", [*solved_sortings.LISTS, *solved_sortings.TOLD])
def test_right_solutions_of_sortings_are_supported_and_never_refuted(style: solved_sortings.Style) -> None:
    rng = random.Random(f"right {style.__name__}")
    tasks = TASKS if style in solved_sortings.LISTS else TASKS[:1]
    for _ in range(EACH):
        task = rng.choice(tasks)(rng)
        steps = style(task, task.right)
        assert refuted(task.question, steps) == [], (task.question, steps)
        assert supported(task.question, steps), (task.question, steps)


@pytest.mark.parametrize("style", solved_sortings.LISTS)
def test_a_list_with_a_slip_is_refuted_at_its_step(style: solved_sortings.Style) -> None:
    rng = random.Random(f"wrong {style.__name__}")
    missed = []
    for _ in range(EACH):
        task = rng.choice(TASKS)(rng)
        steps = style(task, solved_sortings.slipped(task.right, rng))
        found = refuted(task.question, steps)
        if not found or found[0][0] != len(steps) - 1:
            missed.append((task.question, steps, found[:2]))
    assert len(missed) <= EACH // 20, missed[0]


@pytest.mark.parametrize("style", solved_sortings.TOLD)
def test_an_order_told_wrongly_is_refuted_where_it_is_told(style: solved_sortings.Style) -> None:
    rng = random.Random(f"wrong {style.__name__}")
    missed = []
    for _ in range(EACH):
        task = solved_sortings.words(rng)
        steps = style(task, solved_sortings.misplaced(task.right, rng))
        found = refuted(task.question, steps)
        if not found or found[0][0] != 1:
            missed.append((task.question, steps, found[:2]))
    assert len(missed) <= EACH // 20, missed[0]
