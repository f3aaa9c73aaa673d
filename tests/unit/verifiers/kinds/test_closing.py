"""Definitions, functions and conventions put into a relation."""

from tests.unit.verifiers.kinds.cases import tree
from verifiers.claims import Context
from verifiers.expr import Const, free_symbols
from verifiers.kinds._closing import close


def test_later_definitions_use_earlier_ones() -> None:
    context = Context(definitions=(("a", tree("2")), ("b", tree("a + 1"))))
    assert free_symbols(close(tree("b^2 = 9"), context)) == frozenset()


def test_a_definition_by_itself_is_left_alone() -> None:
    context = Context(definitions=(("n", tree("n + 1")),))
    assert close(tree("n"), context) == tree("n")


def test_functions_unfold_into_one_another() -> None:
    context = Context(functions=(("f", ("x",), tree("x^2")), ("g", ("t",), tree("f(t) + 1"))))
    assert free_symbols(close(tree("g(3)"), context)) == frozenset()


def test_a_function_of_itself_ends() -> None:
    context = Context(functions=(("f", ("x",), tree("f(x+1) + f(x)")),))
    assert close(tree("f(1)"), context) is not None


def test_the_imaginary_unit_by_definition() -> None:
    context = Context(definitions=(("i", tree("\\sqrt{-1}")),))
    assert Const("i") in close(tree("5 i"), context).args  # type: ignore[union-attr]


def test_bases_and_angles() -> None:
    context = Context(conventions=(("log", "10"), ("angle", "degrees")))
    assert close(tree("\\log 100"), context) == tree("\\log_{10} 100")
    assert close(tree("\\sin 30"), context) == tree("\\sin(30°)")
