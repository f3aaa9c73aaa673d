"""Models told in words that a student can read aloud."""

import pytest

from verifiers.expr import Const, Expr, Sym, num
from verifiers.logic.models import Interpretation, Model
from verifiers.logic.signature import BOOL, THING, Signature, Sort, Symbol
from verifiers.logic.wording import describe

NAMES = ("Arun", "Bela", "Chitra", "Dev")


def _constant(name: str, value: Expr) -> Interpretation:
    return Interpretation(name, 0, (((), value),))


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ((2, 1, 4, 3), "Bela, Arun, Dev, Chitra (seats 1 to 4)"),
        ((2, 1, 3), "Bela = seat 1, Arun = seat 2, Chitra = seat 3"),
        ((5, 1, 4, 3), "Bela = seat 1, Dev = seat 3, Chitra = seat 4, Arun = seat 5"),
        ((2, 2, 1, 3), "Chitra = seat 1, Arun = seat 2, Bela = seat 2, Dev = seat 3"),
    ],
)
def test_places_are_told_in_order(places: tuple[int, ...], told: str) -> None:
    sort = Sort("seat", tuple(num(k) for k in range(1, 6)))
    signature = Signature((sort,), tuple(Symbol(name, (), "seat", "seat {}") for name in NAMES))
    model = Model((), tuple(_constant(name, num(k)) for name, k in zip(NAMES, places, strict=False)))
    assert describe(model, signature).text == told


def test_individuals_without_a_name_are_not_called_by_the_solver_s_names() -> None:
    signature = Signature(
        (Sort(THING),),
        (
            Symbol("Arun", (), THING),
            Symbol("poet", (THING,), BOOL, "{} is {no}a poet"),
            Symbol("old", (THING,), BOOL, "{} is {no}old"),
        ),
    )

    def of(name: str, *true: str) -> Interpretation:
        members = ("thing0", "thing1", "thing2", "thing3", "Arun")
        return Interpretation(name, 1, tuple(((Sym(m),), Const("true" if m in true else "false")) for m in members))

    model = Model((), (_constant("Arun", Sym("Arun")), of("poet", "Arun", "thing1", "thing3"), of("old", "thing1")))
    assert describe(model, signature).text == (
        "Arun is a poet and is not old; something is not a poet and is not old; something else is a poet and is old"
    )
