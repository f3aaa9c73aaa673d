"""Domains as premises, and points held to them."""

import pytest

from verifiers.claims import Context
from verifiers.expr import Expr, app, num
from verifiers.kinds._domains import admissible, domain_premises, pools

CONTEXT = Context(domains=(("n", "natural"), ("x", "real"), ("y", "positive")))


def test_domains_as_premises() -> None:
    assert len(domain_premises(["n", "x", "y"], CONTEXT)) == 2
    assert domain_premises(["x"], CONTEXT) == ()


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ({"n": num(1)}, True),
        ({"n": num(0)}, False),
        ({"n": app("sqrt", num(4))}, True),
        ({"y": app("add", num(1), app("neg", app("sqrt", num(2))))}, False),
        ({"x": app("sqrt", num(2)), "y": num("1/3")}, True),
        ({"z": num(-1)}, True),
    ],
)
def test_points_are_held_to_them(point: dict[str, Expr], inside: bool) -> None:
    assert admissible(point, CONTEXT) is inside


def test_only_values_of_the_domain_are_tried() -> None:
    for name, values in pools({"n", "x", "y"}, CONTEXT).items():
        assert all(admissible({name: num(value)}, CONTEXT) for value in values)
