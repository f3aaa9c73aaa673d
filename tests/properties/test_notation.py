"""Properties of reading and showing, on generated texts and trees."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.expr import Apply, Expr, Num, Sym, app, num, violation
from verifiers.notation import Options, Unread, ambiguous, read, read_chain, read_chains, show

FRAGMENTS = [
    "1", "2.5", "x", "y_1", "f(x)", "(", ")", "[", "]", "{", "}", r"\{", r"\}", "|", "+", "-", "*", "/", "^", "_", "=",
    "<", r"\le", r"\frac", r"\frac12", r"\sqrt", r"\sin", r"\left(", r"\right)", r"\text{ cm}", r"\text{or}", ",", ";",
    ":", "!", "'", "%", r"\circ", "^\\circ", r"\sum_{k=1}", r"\int", "dx", r"\lim", r"\to", r"\begin{pmatrix}",
    r"\end{pmatrix}", "&", r"\\", r"\binom", r"\overline", "0.", "...", r"\cdots", "$", "<<", ">>", " or ", "and ", "√",
    "½", "²", "π", "∪", "≤", "5 m", "apples", r"\boxed", r"\pmod", "mod", r"\mid", r"\in", "e^", "i", r"\angle", "Δ",
    r"\left|", r"\right|", r"\left.", "°", "\u0305", "\x00", "\ud800", r"\unknown", "\\",
]  # fmt: skip
WHOLE = [
    r"\left(\frac{1}{2} + x^{\prime}\right)^{2 \cdot \log_2{3}} \equiv 7^{{T}} \pmod{12}",
    r"3 1/2 km/h = 5{_}^{2}",
    r"\begin{pmatrix} 1 & -2 \\ 0 & 3 \end{pmatrix}^{T}",
    r"\frac{d^2y}{dx^2} + \int_0^{\pi} \frac{dx}{x^2} = \{x : x > 2\}",
    r"f^{-1}(x) = 0.1\overline{6}, \quad \lim_{x \to 0^{+}} \left. \sin^{-1} x \right|_{a}^{b}",
    r"C(5, 2) = 1A_{16} or 12:05",
    r"\sum_{k=1}^{n} {n \choose k} \mathbb{Z}^{+} \text{12 inches} \angle ABC = 90^{\circ}",
    r"$5 + $3 = $<<5+3=8>>8 $x$",
]
CUT = st.tuples(st.sampled_from(WHOLE), st.integers(0, 90), st.integers(0, 90), st.sampled_from(["", *FRAGMENTS])).map(
    lambda p: p[0][min(p[1], p[2]) : max(p[1], p[2])] + p[3]
)
TEXTS = st.one_of(CUT, st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))
OPTIONS = st.builds(
    Options,
    syntax=st.sampled_from(["auto", "latex", "plain"]),
    decimal_comma=st.booleans(),
    letters=st.sampled_from([frozenset(), frozenset({"AB", "xy"})]),
    functions=st.sampled_from([frozenset(), frozenset({"f", "d"})]),
    imaginary=st.booleans(),
)


@settings(max_examples=600, deadline=None)
@given(TEXTS, OPTIONS)
def test_any_text_is_read_or_refused_and_never_raises(text: str, options: Options) -> None:
    tree = read(text, options)
    if isinstance(tree, Unread):
        assert 0 <= tree.at <= len(text)
    else:
        show(tree)
    ambiguous(text, options)
    for reading in (read_chain(text, options), *read_chains(text, options)):
        assert len(reading.relations) == len(reading.terms) - 1
        places = [place for start, end, _ in reading.terms for place in (start, end)]
        assert places == sorted(places)
        assert all(0 <= place <= len(text) for place in places)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_the_same_text_is_read_the_same(text: str) -> None:
    assert read(text) == read(text)
    assert read_chain(text) == read_chain(text)


LEAVES = st.one_of(
    st.integers(0, 99).map(num),
    st.tuples(st.integers(0, 9999), st.integers(1, 3)).map(lambda p: Num(Fraction(p[0], 10 ** p[1]), p[1])),
    st.sampled_from("abxyn").map(Sym),
)


def _grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    many = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        many.map(lambda args: app("add", *args)),
        many.map(lambda args: app("mul", *args)),
        st.tuples(inner, inner).map(lambda p: app("div", *p)),
        st.tuples(inner, st.integers(0, 5)).map(lambda p: app("pow", p[0], num(p[1]))),
        inner.map(lambda a: Num(-a.value, a.places) if isinstance(a, Num) else app("neg", a)),
        inner.map(lambda a: app("sqrt", a)),
        inner.map(lambda a: app("abs", a)),
        inner.map(lambda a: app("sin", a)),
        inner.map(lambda a: app("factorial", a)),
        inner.map(lambda a: app("percent", a)),
        st.tuples(inner, inner).map(lambda p: app("binom", *p)),
    )


TREES = st.recursive(LEAVES, _grown, max_leaves=8).filter(lambda tree: violation(tree) is None)


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_what_is_shown_reads_back(tree: Expr) -> None:
    again = read(show(tree))
    assert not isinstance(again, Unread), (show(tree), again)
    assert value(again) == value(tree), (show(tree), show(again))
    assert read(show(again)) == again, show(tree)


@settings(max_examples=200, deadline=None)
@given(TREES, TREES, st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]))
def test_relations_are_shown_and_read_back(left: Expr, right: Expr, head: str) -> None:
    again = read(show(app(head, left, right)))
    assert isinstance(again, Apply)
    assert again.head == head
    assert [value(arg) for arg in again.args] == [value(left), value(right)]


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_latex_unicode_and_plain_forms_agree(tree: Expr) -> None:
    forms = {form: read(written(tree, form), Options(syntax=form)) for form in ("latex", "plain")}
    assert not isinstance(forms["latex"], Unread), (written(tree, "latex"), forms["latex"])
    assert value(forms["latex"]) == value(tree), written(tree, "latex")
    assert forms["plain"] == forms["latex"], (written(tree, "plain"), written(tree, "latex"))
    assert value(read(show(tree))) == value(tree)


def written(tree: Expr, form: str) -> str:
    """The tree with all its brackets, in LaTeX or plain text."""
    latex = form == "latex"
    if not isinstance(tree, Apply):
        return f"({show(tree)})" if show(tree).startswith("-") else show(tree)
    args = [written(arg, form) for arg in tree.args]
    group = [f"({text})" for text in args]
    match tree.head:
        case "add":
            return " + ".join(group)
        case "mul":
            return (r" \cdot " if latex else " * ").join(group)
        case "div":
            return rf"\frac{{{args[0]}}}{{{args[1]}}}" if latex else "/".join(f"({text})" for text in group)
        case "pow":
            return f"{group[0]}^{{{args[1]}}}" if latex else f"{group[0]}**{args[1]}"
        case "neg":
            return f"-{group[0]}"
        case "sqrt":
            return rf"\sqrt{{{args[0]}}}" if latex else f"sqrt({args[0]})"
        case "abs":
            return rf"\left|{args[0]}\right|" if latex else f"abs({args[0]})"
        case "sin":
            return rf"\sin({args[0]})" if latex else f"sin({args[0]})"
        case "factorial":
            return f"{group[0]}!"
        case "percent":
            return rf"{group[0]}\%" if latex else f"{group[0]}%"
        case _:
            return rf"\binom{{{args[0]}}}{{{args[1]}}}" if latex else f"binom({args[0]}, {args[1]})"


def value(tree: Expr | Unread) -> tuple[object, ...] | Fraction | str:
    """The tree up to grouping and signs: sums and products flattened, minus signs pulled into them."""
    match tree:
        case Num(number, _):
            return number
        case Sym(name):
            return name
        case Apply("neg", (inner,)):
            return _signed(inner)
        case Apply("add" | "mul" as head, args):
            parts: list[object] = []
            for arg in args:
                part = value(arg)
                parts.extend(part[1:] if isinstance(part, tuple) and part[0] == head else [part])
            return (head, *parts)
        case Apply(head, args):
            return (head, *(value(arg) for arg in args))
        case _:
            return repr(tree)


def _signed(inner: Expr) -> tuple[object, ...] | Fraction | str:
    part = value(inner)
    return -part if isinstance(part, Fraction) else ("neg", part)
