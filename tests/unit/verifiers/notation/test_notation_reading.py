"""Chains with their places, options, bounds, hostile texts."""

import time
from fractions import Fraction

import pytest
from notation_outline import outline

from verifiers.expr import Bounds, Num
from verifiers.notation import Options, Reading, Unread, ambiguous, read, read_chain, read_chains


def terms(text: str, reading: Reading) -> list[tuple[str, str]]:
    return [
        (text[start:end], expr.reason if isinstance(expr, Unread) else outline(expr))
        for start, end, expr in reading.terms
    ]


class TestChain:
    def test_cuts_at_relations_with_exact_places(self) -> None:
        text = r" 2+3 = 5 \leq \frac{x}{2} "
        reading = read_chain(text)
        assert reading.relations == ("eq", "le")
        assert terms(text, reading) == [("2+3", "add(2, 3)"), ("5", "5"), (r"\frac{x}{2}", "div(x, 2)")]

    def test_one_bad_term_leaves_its_neighbours_alone(self) -> None:
        text = r"x = \unknown{3} = 7"
        assert terms(text, read_chain(text)) == [("x", "x"), (r"\unknown{3}", "unreadable"), ("7", "7")]

    def test_missing_sides_are_empty(self) -> None:
        reading = read_chain("= 5")
        assert reading.relations == ("eq",)
        first = reading.terms[0][2]
        assert isinstance(first, Unread)
        assert first.reason == "empty"
        assert read_chain("3 =").terms[0][2] == Num(Fraction(3))

    def test_text_without_relation_is_one_term(self) -> None:
        reading = read_chain("x + 1")
        assert reading.relations == ()
        assert terms("x + 1", reading) == [("x + 1", "add(x, 1)")]

    def test_delimiters_and_end_punctuation_are_outside_the_terms(self) -> None:
        text = r"\[ a = b. \]"
        assert terms(text, read_chain(text)) == [("a", "a"), ("b", "b")]

    def test_relations_inside_brackets_do_not_cut(self) -> None:
        text = r"\sum_{k=1}^{3} k = 6"
        assert terms(text, read_chain(text))[0] == (r"\sum_{k=1}^{3} k", "sum(k, k, 1, 3)")

    def test_the_modulus_belongs_to_the_chain(self) -> None:
        text = r"2^{10} \equiv 4 \equiv 1 \pmod{3}"
        reading = read_chain(text)
        assert reading.relations == ("congruent", "congruent")
        assert terms(text, reading)[-1] == ("1", "1")
        assert reading.modulus == Num(Fraction(3))

    def test_words_after_the_last_term_are_a_remark(self) -> None:
        text = r"i > -1000 \quad \text{(always true)}"
        assert terms(text, read_chain(text)) == [("i", "i"), ("-1000", "-1000")]

    def test_a_calculator_note_is_passed_over(self) -> None:
        text = "16-3=$<<16-3=13>>13"
        assert terms(text, read_chain(text)) == [("16-3", "add(16, -3)"), ("$<<16-3=13>>13", "quantity(13, @usd)")]


class TestChains:
    def test_a_row_that_begins_with_a_relation_continues_the_chain(self) -> None:
        text = r"\begin{align*} a &= b + c \\ &= d \\ x &= 3 \end{align*}"
        first, second = read_chains(text)
        assert terms(text, first) == [("a", "a"), ("b + c", "add(b, c)"), ("d", "d")]
        assert terms(text, second) == [("x", "x"), ("3", "3")]

    def test_a_row_that_begins_with_plus_continues_the_term(self) -> None:
        text = r"\begin{aligned} s &= a \\ &+ b \end{aligned}"
        (chain,) = read_chains(text)
        assert [t for _, t in terms(text, chain)] == ["s", "add(a, b)"]

    def test_equations_between_commas_are_apart_and_values_are_not(self) -> None:
        assert len(read_chains("x = 1, y = 2")) == 2
        (chain,) = read_chains("x = 1, 2")
        assert terms("x = 1, 2", chain) == [("x", "x"), ("1, 2", "list(1, 2)")]

    def test_a_system_in_braces_is_cut_into_its_rows(self) -> None:
        text = r"\begin{cases} x + y = 3 \\ x - y = 1 \end{cases}"
        assert [chain.relations for chain in read_chains(text)] == [("eq",), ("eq",)]

    def test_implications_separate(self) -> None:
        assert len(read_chains(r"x + 1 = 3 \implies x = 2 \Rightarrow 2x = 4")) == 3


class TestOptions:
    def test_letters_are_one_symbol(self) -> None:
        assert outline_of(r"AB^2 = 9", Options(syntax="latex", letters=frozenset({"AB"}))) == "eq(pow(AB, 2), 9)"
        assert outline_of(r"AB^2 = 9", Options(syntax="latex")) == "eq(mul(A, pow(B, 2)), 9)"

    def test_letters_that_are_operands_here_stay_apart(self) -> None:
        options = Options(syntax="latex", letters=frozenset({"AM"}))
        assert outline_of("AM = A + M", options) == "eq(mul(A, M), add(A, M))"

    def test_functions_make_calls(self) -> None:
        assert outline_of("d(12) = 6", Options(functions=frozenset({"d"}))) == "eq(call(d, 12), 6)"
        assert outline_of("d(12) = 6", Options()) == "eq(mul(d, 12), 6)"

    def test_decimal_comma_only_on_request(self) -> None:
        assert outline_of("2,74", Options(decimal_comma=True)) == "137/50~2"
        assert outline_of("2,74", Options()) == "list(2, 74)"

    def test_imaginary_unit(self) -> None:
        assert outline_of("a + b i", Options(imaginary=True)) == "add(a, mul(b, #i))"
        assert outline_of("a + b i", Options()) == "add(a, mul(b, i))"
        assert outline_of(r"\sum_{i=1}^{3} i^2", Options()) == "sum(pow(i, 2), i, 1, 3)"

    def test_bounds_are_kept(self) -> None:
        tree = read("1+" * 30 + "1", Options(bounds=Bounds(nodes=20)))
        assert isinstance(tree, Unread)
        assert tree.reason == "too_large"


@pytest.mark.parametrize("text", ["1/2x", r"\sin x/2", r"2\frac{1}{2}", "C(n, 2)", "sin(x)^2", "4√3 / 6√3"])
def test_second_readings_are_admitted(text: str) -> None:
    assert ambiguous(text)
    assert read_chain(text).ambiguous


@pytest.mark.parametrize("text", ["1/2", r"\frac{1}{2x}", "2x", r"\sin(x)", r"\binom{5}{2}", "C(5, 2)", "a/b + c"])
def test_plain_readings_are_not_called_ambiguous(text: str) -> None:
    assert not ambiguous(text)


def test_three_hundred_brackets_read_as_what_is_in_them() -> None:
    assert read("(" * 300 + "1" + ")" * 300) == Num(Fraction(1))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10**6, "a=" * 500_000, "1" * 10**6, r"\frac{" * 100_000, "(1+" * 4_000 + "1" + ")" * 4_000,
        r"\sqrt{" * 2_500 + "2" + "}" * 2_500, "9^" * 5_000 + "9", "|" * 15_000, "1," * 9_000, "a|" * 9_000,
        "&" * 15_000, r"\text{" * 3_000, "<<" * 9_000, "$" * 15_000, "f'" * 7_000, "x in " * 3_000, "((1," * 4_000,
        r"\left." * 3_000, "9**9**9**9", "1e99999999999", "170!" + "!" * 9_000, "C(" * 5_000, "[" * 9_000,
    ],
    ids=lambda text: f"{text[:12]}…",
)  # fmt: skip
def test_hostile_texts_come_back_at_once_and_unread(text: str) -> None:
    began = time.process_time()
    tree, chain, chains = read(text), read_chain(text), read_chains(text)
    assert time.process_time() - began < 5.0
    assert isinstance(tree, Unread)
    assert chain.terms
    assert chains


def outline_of(text: str, options: Options) -> str:
    tree = read(text, options)
    assert not isinstance(tree, Unread), tree
    return outline(tree)
