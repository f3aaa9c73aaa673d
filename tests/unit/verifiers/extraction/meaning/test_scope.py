"""Which letters mean what, from where on."""

from verifiers.claims import QUESTION
from verifiers.expr import Sym, app, num
from verifiers.extraction.meaning.scope import scope_of
from verifiers.extraction.reading.reader import read_document


def context(question, steps, step, offset, *letters):
    return scope_of(read_document(question, steps)).context((step, offset), letters)


def test_a_definition_holds_from_its_place_on():
    steps = ["First.", "Let n = 12.", "Later."]
    assert context("", steps, 2, 0, "n").definitions == (("n", num(12)),)
    assert context("", steps, 0, 0, "n").definitions == ()


def test_a_letter_with_two_values_has_none():
    assert context("", ["x = 3 or x = 4.", "So."], 1, 0, "x").definitions == ()


def test_a_trial_value_is_no_definition():
    assert context("", ["Let's try x = 3.", "So."], 1, 0, "x").definitions == ()


def test_an_assignment_that_does_not_add_up_defines_nothing():
    assert context("", ["A = 2 + 2 = 5.", "So."], 1, 0, "A").definitions == ()


def test_definitions_come_with_what_they_depend_on():
    found = context("", ["Let m = 3.", "Let S = m + 1.", "So."], 2, 0, "S").definitions
    assert [name for name, _ in found] == ["m", "S"]


def test_a_function_of_the_question_is_known():
    found = context("Let $f(x) = x^2 + 1$. Find $f(2)$.", ["So."], 0, 0, "f").functions
    assert found == (("f", ("x",), app("add", app("pow", Sym("x"), num(2)), num(1))),)


def test_a_functional_equation_defines_nothing():
    assert context("The function satisfies $f(x) = 2f(x - 1)$.", ["So."], 0, 0, "f").functions == ()


def test_givens_of_the_question_that_share_a_letter_are_carried():
    found = context("Suppose $x + y = 5$ and $u = 2v$. Find $x$.", ["So."], 0, 0, "x").givens
    assert found == (app("eq", app("add", Sym("x"), Sym("y")), num(5)),)


def test_domains_are_read_off_the_question():
    found = context("Let $a$, $b$ be positive integers $a, b$ with $a > b$.", ["So."], 0, 0, "a").domains
    assert dict(found)["a"] == "natural"


def test_the_question_itself_has_a_place():
    assert context("Let n = 5. Find n + 1.", [], QUESTION, 20, "n").definitions == (("n", num(5)),)


def test_a_function_is_defined_of_plain_letters_only():
    assert context("Let $f(x) = x^2 + 1$.", ["So."], 0, 0, "f").functions
    for argument in (r"\sin x", r"\sin(x)", "2x", "x + 1", "-x"):
        assert not context(f"Let $f({argument}) = x^2 + 1$.", ["So."], 0, 0, "f").functions


def test_definitions_stand_in_an_order_of_their_own():
    letters = "pqrstuvw"
    question = " ".join(f"Let ${letter} = {n}$." for n, letter in enumerate(letters))
    found = context(question, ["So."], 0, 0, *letters).definitions
    assert [name for name, _ in found] == sorted(letters)


CASES = [
    "First, for p = 2:\nthe equation holds and n = 5.",
    "Hence n + 1 is even.",
    "Second, for p = 3: nothing fits.",
    "So.",
]


def test_a_value_set_in_one_case_holds_to_its_end_only():
    assert context("", CASES, 1, 0, "n").definitions == (("n", num(5)),)
    assert context("", CASES, 3, 0, "n").definitions == ()


def test_a_case_of_another_letter_leaves_the_value_alone():
    steps = [CASES[0], "Let's see what happens when m = 3.", "So."]
    assert context("", steps, 2, 0, "n").definitions == (("n", num(5)),)


def test_numbered_cases_are_cases():
    steps = ["Case 1: x is odd. Then y = 4.", "**Case 2**: x is even.", "So."]
    assert context("", steps, 0, 40, "y").definitions == (("y", num(4)),)
    assert context("", steps, 2, 0, "y").definitions == ()
