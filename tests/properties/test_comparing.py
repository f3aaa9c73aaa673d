"""Comparing is symmetric, blind to how an answer is written, and never blind to a changed one."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.check import decide
from verifiers.claims import Formula
from verifiers.comparison import CompareOptions, Comparison, compare_exprs, compare_with
from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.protocol import QUICK
from verifiers.verdicts import Verdict

OPTIONS = CompareOptions()
SETTINGS = settings(max_examples=60, deadline=None, derandomize=True)


def prove(formula: Formula) -> Verdict:
    return decide(formula, QUICK)


def compare(gold: str, pred: str) -> Comparison:
    return compare_with(gold, pred, OPTIONS, prove)


integers = st.integers(-60, 60)
fractions = st.fractions(-20, 20, max_denominator=12)
leaves = st.one_of(
    integers.map(lambda n: Num(Fraction(n))),
    fractions.map(Num),
    st.sampled_from([Sym("x"), Sym("y"), Const("pi")]),
)
trees: st.SearchStrategy[Expr] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda a, b: Apply("add", (a, b)), inner, inner),
        st.builds(lambda a, b: Apply("mul", (a, b)), inner, inner),
        st.builds(lambda a, n: Apply("pow", (a, Num(Fraction(n)))), inner, st.integers(0, 3)),
        st.builds(lambda a, b: Apply("tuple", (a, b)), leaves, leaves),
        st.builds(lambda a, b: Apply("set", (a, b)), leaves, leaves),
    ),
    max_leaves=5,
)


@SETTINGS
@given(trees, trees)
def test_symmetric_on_trees(a: Expr, b: Expr) -> None:
    assert compare_exprs(a, b, OPTIONS, prove).label == compare_exprs(b, a, OPTIONS, prove).label


@SETTINGS
@given(trees)
def test_a_tree_equals_itself(a: Expr) -> None:
    assert compare_exprs(a, a, OPTIONS, prove).label == "equal"


@SETTINGS
@given(st.text(alphabet="0123456789xy+-*/^=(){}[],;.$\\<> andorboxedfrac", max_size=30), st.text(max_size=12))
def test_symmetric_on_any_text(a: str, b: str) -> None:
    assert compare(a, b).label == compare(b, a).label


def fraction_forms(value: Fraction) -> list[str]:
    p, q = value.numerator, value.denominator
    sign = "-" if p < 0 else ""
    forms = [f"${sign}\\frac{{{abs(p)}}}{{{q}}}$", f"{p}/{q}", f"${sign}{abs(p)}/{q}$", f"x = {p}/{q}",
             f"The answer is $\\boxed{{\\dfrac{{{p}}}{{{q}}}}}$.", f"{sign.replace('-', '−')}{abs(p)}/{q}"]  # fmt: skip
    return [*forms, str(p)] if q == 1 else forms


@SETTINGS
@given(fractions, st.data())
def test_the_forms_of_a_fraction_agree_and_another_one_differs(value: Fraction, data: st.DataObject) -> None:
    a, b = (data.draw(st.sampled_from(fraction_forms(value))) for _ in range(2))
    assert compare(a, b).label == "equal"
    other = data.draw(fractions.filter(lambda v: v != value))
    assert compare(a, data.draw(st.sampled_from(fraction_forms(other)))).label == "different"


def polynomial_forms(a: int, b: int, c: int) -> list[str]:
    return [
        f"${a}x^2+({b})x+({c})$",
        f"{a}x² + ({b})x + ({c})".replace("-", "−"),
        f"{a}*x**2 + ({b})*x + ({c})",
        f"$x({a}x+({b}))+({c})$",
        f"\\boxed{{{c}+{a}x^{{2}}+({b})x}}",
    ]


@SETTINGS
@given(st.integers(1, 9), st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 5), st.data())
def test_the_forms_of_a_polynomial_agree_and_a_changed_one_differs(
    a: int, b: int, c: int, change: int, data: st.DataObject
) -> None:
    left, right = (data.draw(st.sampled_from(polynomial_forms(a, b, c))) for _ in range(2))
    assert compare(left, right).label == "equal"
    changed = data.draw(st.sampled_from([(a + change, b, c), (a, b + change, c), (a, b, c + change)]))
    assert compare(left, data.draw(st.sampled_from(polynomial_forms(*changed)))).label == "different"


def interval_forms(low: int, high: int, closed: bool) -> list[str]:
    left, right, less, more = ("[", "]", r"\le", r"\ge") if closed else ("(", ")", "<", ">")
    return [
        f"${left}{low},{high}{right}$",
        f"${low} {less} x {less} {high}$",
        f"$x \\in {left}{low}, {high}{right}$",
        f"$\\{{x \\mid {low} {less} x {less} {high}\\}}$",
        f"${high} {more} x$ and $x {more} {low}$",
    ]


@SETTINGS
@given(st.integers(-20, 20), st.integers(1, 20), st.booleans(), st.data())
def test_the_forms_of_an_interval_agree_and_another_one_differs(
    low: int, width: int, closed: bool, data: st.DataObject
) -> None:
    a, b = (data.draw(st.sampled_from(interval_forms(low, low + width, closed))) for _ in range(2))
    assert compare(a, b).label == "equal"
    changed = data.draw(st.sampled_from([(low, low + width + 1, closed), (low, low + width, not closed)]))
    other = data.draw(st.sampled_from(interval_forms(*changed)))
    assert compare(a, other).label == "different"


@SETTINGS
@given(st.lists(integers, min_size=2, max_size=5, unique=True), integers)
def test_a_list_in_any_order_is_the_same_and_with_another_member_is_not(values: list[int], extra: int) -> None:
    shuffled = sorted(values, key=lambda value: hash((value, 7)))
    braces = "$\\{" + ", ".join(map(str, values)) + "\\}$"
    joined = " and ".join(f"\\boxed{{{value}}}" for value in shuffled)
    assert compare(braces, joined).label == "equal"
    if extra not in values:
        assert compare(braces, joined + f" and \\boxed{{{extra}}}").label == "different"
