"""Trees are values: checked when built, the same after JSON, bounded before anything is made of them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiers.expr import (
    CONSTANTS,
    OPERATORS,
    Apply,
    Bounds,
    Const,
    Expr,
    Num,
    Sym,
    Text,
    Unit,
    app,
    decode_hook,
    free_symbols,
    from_json,
    heads,
    num,
    substitute,
    to_json,
    violation,
    walk,
)

X, Y, K = Sym("x"), Sym("y"), Sym("k")
NAMES = st.text(min_size=1, max_size=4).filter(lambda name: name.encode("utf-8", "replace").decode() == name)
LEAVES = st.one_of(
    st.builds(Num, st.fractions(), st.none() | st.integers(-3, 9)),
    st.builds(Sym, NAMES),
    st.builds(Const, st.sampled_from(sorted(CONSTANTS))),
    st.builds(Unit, NAMES),
    st.builds(Text, NAMES),
)


@st.composite
def applied(draw: st.DrawFn, inner: st.SearchStrategy[Expr]) -> Apply:
    head = draw(st.sampled_from(sorted(OPERATORS)))
    least, most = OPERATORS[head]
    args = draw(st.lists(inner, min_size=least, max_size=least + 2 if most is None else most))
    return app(head, *args)


TREES = st.recursive(LEAVES, applied, max_leaves=12)


@given(TREES)
def test_json_brings_the_same_tree_back(tree: Expr) -> None:
    data = to_json(tree)
    again = from_json(data)
    assert again == tree
    assert hash(again) == hash(tree)
    assert to_json(again) == data


@given(TREES)
def test_every_letter_that_is_free_can_be_replaced(tree: Expr) -> None:
    letters = free_symbols(tree)
    assert not free_symbols(substitute(tree, dict.fromkeys(letters, num(1))))
    assert substitute(tree, {}) == tree


@pytest.mark.parametrize(
    "data",
    [
        b"1",
        b'["app","explode",[["num","1",null]]]',
        b'["app","div",[["num","1",null]]]',
        b'["const","tau"]',
        b'["num",0.1,null]',
        b'["num","1/0",null]',
        b'["num","' + b"9" * 5_000 + b'",null]',
        b'["app","neg",[' * 100_000,
    ],
    ids=lambda data: data[:24].decode(),
)
def test_what_is_no_tree_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, ZeroDivisionError)):
        from_json(data)


@pytest.mark.parametrize(
    ("head", "args"), [("explode", ()), ("div", (X,)), ("neg", (X, Y)), ("matrix", ()), ("add", (X,))]
)
def test_an_operator_takes_what_it_takes(head: str, args: tuple[Expr, ...]) -> None:
    with pytest.raises(ValueError, match=head):
        app(head, *args)


def test_a_bound_letter_is_neither_free_nor_replaced() -> None:
    total = app("sum", app("mul", K, X), K, num(1), K)
    assert free_symbols(total) == {"x", "k"}
    assert substitute(total, {"k": num(5)}) == app("sum", app("mul", K, X), K, num(1), num(5))
    chosen = app("such_that", X, app("lt", X, Y))
    assert free_symbols(chosen) == {"y"}
    assert substitute(chosen, {"x": num(1), "y": num(2)}) == app("such_that", X, app("lt", X, num(2)))
    indefinite = app("integral", X, X)
    assert free_symbols(indefinite) == {"x"}


def test_the_name_of_a_function_is_no_letter() -> None:
    call = app("call", Sym("f"), X)
    assert free_symbols(call) == {"x"}
    assert substitute(call, {"f": num(1), "x": num(2)}) == app("call", Sym("f"), num(2))


def test_parents_come_before_children_in_written_order() -> None:
    tree = app("add", app("neg", X), Y)
    assert list(walk(tree)) == [tree, app("neg", X), X, Y]
    assert heads(tree) == {"add", "neg"}


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (app("list", *[X] * 2_000), "2000 nodes"),
        (num(10**1_010), "1000 digits"),
        (num(Fraction(1, 10**1_010)), "1000 digits"),
        (app("pow", num(2), num(10_001)), "exponent above"),
        (app("pow", num(2), app("neg", num(10_001))), "exponent above"),
        (app("pow", num(9), app("pow", num(9), num(9))), "exponent above"),
        (app("pow", num(2), app("pow", num(10), num(17))), "tower"),
        (app("pow", num(2), app("factorial", num(9))), "factorial"),
        (app("factorial", num(5_001)), "factorial of a number above"),
        (app("factorial", app("factorial", num(9))), "factorial of a factorial"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_too_large_is_told_before_it_is_built(tree: Expr, said: str) -> None:
    message = violation(tree)
    assert message is not None
    assert said in message


def test_deep_nesting_is_told() -> None:
    tree: Expr = X
    for _ in range(119):
        tree = app("neg", tree)
    assert violation(tree) is None
    assert violation(app("neg", tree)) == "nested deeper than 120"
    assert violation(app("neg", tree), Bounds(depth=121)) is None


def test_ordinary_sizes_pass() -> None:
    assert violation(app("pow", num(2), app("pow", num(3), num(4)))) is None
    assert violation(app("div", app("factorial", num(100)), num(10**999))) is None
    assert violation(app("pow", num(9), app("pow", num(9), num(9))), Bounds(towers=True)) is None


def test_only_fractions_need_a_hook() -> None:
    assert decode_hook(Fraction, "3/4") == Fraction(3, 4)
    with pytest.raises(NotImplementedError):
        decode_hook(complex, "1")
