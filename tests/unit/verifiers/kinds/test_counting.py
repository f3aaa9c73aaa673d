"""Models of counting agree with counting one by one."""

from itertools import combinations, permutations, product

import pytest

from verifiers.claims import Counting
from verifiers.expr import Num, num
from verifiers.kinds.counting import verify
from verifiers.protocol import QUICK
from verifiers.verdicts import Label

CASES = [
    ("combinations", (6, 2), len(list(combinations(range(6), 2)))),
    ("permutations", (5, 3), len(list(permutations(range(5), 3)))),
    ("arrangements", (4,), len(list(permutations(range(4))))),
    ("multiset_arrangements", (2, 1, 1), len(set(permutations("aabc")))),
    ("derangements", (5,), sum(all(p[i] != i for i in range(5)) for p in permutations(range(5)))),
    ("stars_and_bars", (5, 3), sum(sum(p) == 5 for p in product(range(6), repeat=3))),
    ("union", (12, 9, 4), 17),
    ("dice_sum", (3, 6, 11), sum(sum(p) == 11 for p in product(range(1, 7), repeat=3))),
]


@pytest.mark.parametrize(("model", "parameters", "right"), CASES)
def test_models_agree_with_enumeration(model: str, parameters: tuple[int, ...], right: int) -> None:
    counts = tuple(map(num, parameters))
    assert verify(Counting(model=model, parameters=counts, result=num(right)), QUICK).label is Label.SUPPORTED
    assert verify(Counting(model=model, parameters=counts, result=num(right + 1)), QUICK).label is Label.REFUTED


@pytest.mark.parametrize(
    ("model", "parameters", "right"),
    [("heads", (6, 2), num("15/64")), ("hypergeometric", (8, 4, 2, 1), num("4/7"))],
)
def test_probabilities(model: str, parameters: tuple[int, ...], right: Num) -> None:
    counts = tuple(map(num, parameters))
    assert verify(Counting(model=model, parameters=counts, result=right), QUICK).label is Label.SUPPORTED
    assert verify(Counting(model=model, parameters=counts, result=num("1/3")), QUICK).label is Label.REFUTED


def test_a_model_nobody_wrote_is_undecided() -> None:
    assert verify(Counting(model="partitions", parameters=(num(4),), result=num(5)), QUICK).label is Label.UNDECIDED
