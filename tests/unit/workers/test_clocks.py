"""The waiting times refuse an order in which recovery would come before the work is late."""

import pytest

from workers.clocks import Clocks


def test_the_defaults_are_in_order() -> None:
    Clocks()


@pytest.mark.parametrize(
    "wrong",
    [
        {"check": 0},
        {"check": 30.0},
        {"reading": 100.0},
        {"group": 700.0},
        {"renewal": 5.0},
        {"lease": 601.0},
        {"deadline": 0.0},
        {"check": float("nan")},
    ],
)
def test_a_wrong_order_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"clocks|lease|deadline"):
        Clocks(**wrong)
