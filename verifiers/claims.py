"""What is asked: a claim with its place in the text, and the closed formula it was read as.

A formula carries everything it was read under (`Context`), so it can be checked anywhere, later, and again. Its tag
is its kind; `registry.VERIFIERS` has one verifier for each.
"""

from datetime import date
from typing import Final, Literal, TypeAlias, get_args

import msgspec

from verifiers.expr import Expr
from verifiers.logic.problems import Problem, Statement
from verifiers.study_plan import Deadline, Limit, Reviews, Session, Spacing, Topic

QUESTION: Final = -1
"""The step number of the question in a `Span`."""


class Span(msgspec.Struct, frozen=True, order=True):
    """Half-open range of Unicode code points in the raw text of one step; step `QUESTION` is the question."""

    step: int
    start: int
    end: int


Domain: TypeAlias = Literal["complex", "real", "positive", "nonnegative", "rational", "integer", "natural", "prime"]
"""`natural` is 1, 2, 3, …; `nonnegative` is real and at least 0. A letter without a domain is real."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a formula was read under. Everything in it is assumed true, so nothing enters that the author did not
    assert or the question does not give.
    """

    definitions: tuple[tuple[str, Expr], ...] = ()
    """Letters that stand for a value or expression: `n := 12`, in order; a later one may use earlier ones."""
    functions: tuple[tuple[str, tuple[str, ...], Expr], ...] = ()
    """`f(x) := x^2 + 1` as `("f", ("x",), x^2 + 1)`."""
    givens: tuple[Expr, ...] = ()
    """Relations known to hold between the letters."""
    domains: tuple[tuple[str, Domain], ...] = ()
    conventions: tuple[tuple[str, str], ...] = ()
    """`("log", "10" | "e")`, `("angle", "degrees" | "radians")`, `("variance", "sample" | "population")` …"""


class _Formula(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    context: Context = Context()


class Arithmetic(_Formula, frozen=True, kw_only=True, tag="arithmetic"):
    """A relation without free letters once the definitions are put in: `16 - 3 = 13`, `7/3 ≈ 2.33`, finite sums."""

    relation: Expr


class Identity(_Formula, frozen=True, kw_only=True, tag="identity"):
    """An equation or inequality claimed for all values of its letters in their domains, under the givens."""

    relation: Expr


class Solution(_Formula, frozen=True, kw_only=True, tag="solution"):
    """`claimed` solves `problem` for `unknowns`.

    `claimed` is a set of values (of tuples in the order of `unknowns` when there are several), an interval or a
    union of such. `complete` says that the author calls it all of the solutions; else each member is one solution.
    """

    problem: tuple[Expr, ...]
    unknowns: tuple[str, ...]
    claimed: Expr
    complete: bool = False


class Derivation(_Formula, frozen=True, kw_only=True, tag="derivation"):
    """From `premises` the author goes to `conclusion`. `link` is how: `rewrite` (the two must have the same
    solutions), `follows` (refuted only when the conclusion contradicts the premises and all givens).
    """

    premises: tuple[Expr, ...]
    conclusion: Expr
    link: Literal["rewrite", "follows"]


class Rewrite(_Formula, frozen=True, kw_only=True, tag="rewrite"):
    """`target` is `source` in another form."""

    source: Expr
    target: Expr
    form: Literal["factor", "expand", "simplify", "combine"]


class Calculus(_Formula, frozen=True, kw_only=True, tag="calculus"):
    """`result` is the derivative, antiderivative (up to a constant), integral or limit of `operand`."""

    operation: Literal["derivative", "antiderivative", "integral", "limit"]
    operand: Expr
    variable: str
    result: Expr
    order: int = 1
    bounds: tuple[Expr, ...] = ()
    """Ends of a definite integral, or the point of a limit or of a derivative at a point."""


class MatrixFact(_Formula, frozen=True, kw_only=True, tag="matrix"):
    """`result` is the product, inverse, determinant, rank, trace, transpose or eigenvalue set of `operands`."""

    operation: Literal["product", "sum", "inverse", "determinant", "rank", "trace", "transpose", "eigenvalues", "equal"]
    operands: tuple[Expr, ...]
    result: Expr


class NumberFact(_Formula, frozen=True, kw_only=True, tag="number"):
    """A predicate of number theory about `arguments`; `holds` is False where the author denies it."""

    predicate: Literal[
        "prime", "composite", "even", "odd", "square", "cube", "perfect_power", "integer", "rational", "irrational",
        "divides", "multiple", "coprime", "congruent", "digit_count", "digit_sum", "palindrome", "factorization",
        "in_base", "gcd", "lcm", "divisor_count", "divisor_sum", "remainder", "last_digit", "perfect", "triangular",
        "fibonacci", "power_of", "square_free", "consecutive",
    ]  # fmt: skip
    arguments: tuple[Expr, ...]
    holds: bool = True


class Counting(_Formula, frozen=True, kw_only=True, tag="counting"):
    """`result` is the count or probability that `model` gives for `parameters` (see `kinds/counting.py`)."""

    model: str
    parameters: tuple[Expr, ...]
    result: Expr


class Statistic(_Formula, frozen=True, kw_only=True, tag="statistics"):
    """`result` is `measure` of the data. A measure with more than one textbook definition is refuted only when it
    fails all of them.
    """

    measure: Literal[
        "mean", "median", "mode", "range", "variance", "standard_deviation", "sum", "count", "minimum", "maximum",
        "lower_quartile", "upper_quartile", "interquartile_range", "geometric_mean", "harmonic_mean",
    ]  # fmt: skip
    data: tuple[Expr, ...]
    result: Expr


class Geometry(_Formula, frozen=True, kw_only=True, tag="geometry"):
    """`result` is `measure` of `shape` with the named `dimensions`: area of a circle with radius 5."""

    shape: str
    measure: str
    dimensions: tuple[tuple[str, Expr], ...]
    result: Expr


class Quantity(_Formula, frozen=True, kw_only=True, tag="quantity"):
    """A relation between quantities with units: `5 km = 5000 m`, `20 °C = 68 °F`."""

    relation: Expr


class Finance(_Formula, frozen=True, kw_only=True, tag="percentage"):
    """`result` is what `rule` gives for the named `parameters`: percent of, percent change, ratio shares, simple and
    compound interest, discount, profit (see `kinds/percentage.py`).
    """

    rule: str
    parameters: tuple[tuple[str, Expr], ...]
    result: Expr


class Calendar(_Formula, frozen=True, kw_only=True, tag="calendar"):
    """A date, weekday, duration or clock claim. Dates are ISO text; `operation` says what is claimed of them
    (see `kinds/calendar.py`).
    """

    operation: Literal[
        "weekday", "years_between", "months_between", "days_between", "date_after", "leap_year", "exists",
        "days_in_month", "clock_difference", "century", "order",
    ]  # fmt: skip
    arguments: tuple[str, ...]
    result: str
    holds: bool = True


class Result(_Formula, frozen=True, kw_only=True, tag="result"):
    """`claimed` answers the question, which fits the computable `template` (see `kinds/result.py`)."""

    template: str
    parameters: tuple[tuple[str, Expr], ...]
    claimed: Expr


class FunctionalEquation(_Formula, frozen=True, kw_only=True, tag="functional_equation"):
    """What is said of every function from `source` to `target` that meets `conditions` for all values of their letters
    (`context.domains`, under `context.givens`): one of `alternatives` holds of it for all values of theirs.

    `constants` are letters of the alternatives that may be chosen anew for each function: `f(x) = cx`.
    """

    function: str
    source: Domain
    target: Domain
    conditions: tuple[Expr, ...]
    alternatives: tuple[Expr, ...]
    constants: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    """`continuous`, `polynomial`, `strictly increasing` … (see `kinds/_bank.py`)."""


class Construction(_Formula, frozen=True, kw_only=True, tag="construction"):
    """`relation` between lengths, angles and areas of points that lie at `points` in the plane.

    In the relations `segment(A, B)` is the length, `angle(A, B, C)` the angle at B and `triangle(A, B, C)` the area;
    the points are put where `given`, what the question states of them, holds.
    """

    points: tuple[tuple[str, Expr, Expr], ...]
    given: tuple[Expr, ...]
    relation: Expr


class WordProblem(_Formula, frozen=True, kw_only=True, tag="word_problem"):
    """A relation between quantities of a word problem that the question states and the answer's own values break.

    `relation` is closed once `values` (what the answer assigns, by the name of the quantity) are put in; `rule` says
    which kind of statement it is.
    """

    rule: Literal["relation", "contradiction", "unit", "count"]
    relation: Expr
    values: tuple[tuple[str, Expr], ...] = ()
    stated: str = ""
    """The question's or answer's own words that state the relation."""


class Deduction(_Formula, frozen=True, kw_only=True, tag="logic"):
    """`conclusion` is claimed of every state of affairs that `problem` allows.

    `is` and `must` say the same of a problem with one solution and differ in what refutes them: that something *is* so
    is refuted only by premises that exclude it, that it *must* be so also by one model in which it is not. `can` needs
    one model in which it is.
    """

    problem: Problem
    conclusion: Statement
    modality: Literal["is", "must", "can"] = "is"
    convention: tuple[Expr, ...] = ()
    """What some take for granted and others do not (that there are any poets, that "or" leaves out both): a verdict
    that would differ with it is ambiguous.
    """


class Consistency(_Formula, frozen=True, kw_only=True, tag="consistency"):
    """The statements can all be true together; `holds` is False where the author says that they contradict each
    other.
    """

    problem: Problem
    holds: bool = True
    convention: tuple[Expr, ...] = ()
    """As in a deduction: what some take for granted and others do not."""


class Arrangements(_Formula, frozen=True, kw_only=True, tag="arrangements"):
    """The constants named in `over` can have their values in `count` ways: "the only arrangement", "exactly 3 ways"."""

    problem: Problem
    over: tuple[str, ...]
    count: int
    comparison: Literal["exactly", "at_least", "at_most"] = "exactly"


Stated: TypeAlias = (
    Arithmetic | Identity | NumberFact | Quantity | Finance | Calendar | Statistic | Deduction | Consistency
)
"""What a numbered statement of a question may be read as."""


class Statements(_Formula, frozen=True, kw_only=True, tag="statements"):
    """Of the statements just `count` are so. Each has its words and the formulas that must all hold for it."""

    statements: tuple[tuple[str, tuple[Stated, ...]], ...]
    count: int


class StudyPlan(_Formula, frozen=True, kw_only=True, tag="plan"):
    """`sessions` keep every constraint; without sessions: some plan between `start` and `end`, both counted, does.

    `unsaid_ends`: the author leaves open whether the first and the last day count. `shortest`: the author says that
    no period which ends earlier will do. `days` says what is known of them: the date, the weekday or only the number.
    """

    start: date
    end: date
    topics: tuple[Topic, ...]
    mastered: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    reviews: tuple[Reviews, ...] = ()
    spacings: tuple[Spacing, ...] = ()
    sessions: tuple[Session, ...] | None = None
    unsaid_ends: bool = False
    shortest: bool = False
    days: Literal["dated", "weekdays", "numbered"] = "dated"


class Sorting(_Formula, frozen=True, kw_only=True, tag="sorting"):
    """Something is said of the order of `items`, of which `claimed` has groups (see `kinds/sorting.py`).

    - `order`: all of a group stand before all of the next; `complete` says that every item is there, as often as given
    - `letter`: the letter at `position` (1 is the first) of each word is `value`, or has that place in the alphabet
    - `tied`: the letters at `position` are the same in every word
    - `left`: nothing is left to compare in these words, not even the letters at `position`
    """

    items: tuple[Expr, ...]
    claim: Literal["order", "letter", "tied", "left"]
    claimed: tuple[tuple[Expr, ...], ...]
    by: Literal["alphabet", "value", "length"] = "alphabet"
    order: Literal["ascending", "descending", "either"] = "ascending"
    complete: bool = False
    position: int = 1
    value: Expr | None = None


class Tracking(_Formula, frozen=True, kw_only=True, tag="tracking"):
    """Holders and what each has at the start, events, and what some of them are claimed to have afterwards.

    Events are `("swap", A, B)`, also `("swap", A, B, C, …)` where each gets what the one before it had and the first
    what the last had, `("give", A, B)` for all that A has, `("give", A, B, thing)`. `claimed` holds after one of the
    numbers of events in `after`; more than one where the author does not say which.
    """

    initial: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, ...], ...]
    after: tuple[int, ...]
    claimed: tuple[tuple[str, str], ...]


class Excerpt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A passage as it is handed to the verifier: the words of a source, from the code point `start` of it on.

    The scores are a neural host's, three decimals, where one was asked. They order passages; they decide nothing.
    """

    source: str
    text: str
    title: str = ""
    start: int = 0
    relevance: float | None = None
    entailment: float | None = None


class Fact(_Formula, frozen=True, kw_only=True, tag="fact"):
    """`statement` is so, according to `passages`: all that an evidence source brought, best first."""

    statement: str
    passages: tuple[Excerpt, ...] = ()


Formula: TypeAlias = (
    Arithmetic | Identity | Solution | Derivation | Rewrite | Calculus | MatrixFact | NumberFact | Counting | Statistic
    | Geometry | Quantity | Finance | Calendar | Result | WordProblem | StudyPlan | Deduction
    | Consistency | Arrangements | Statements
    | FunctionalEquation | Construction
    | Sorting | Tracking
    | Fact
)  # fmt: skip

FORMULAS: Final = get_args(Formula)


def kind_of(formula: Formula) -> str:
    """The tag of a formula: `arithmetic`, `identity`, …"""
    return str(type(formula).__struct_config__.tag)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A statement in an answer. Without formula it is *unformalized* and `problem` says why."""

    span: Span
    text: str
    formula: Formula | None = None
    problem: str = ""

    @property
    def kind(self) -> str:
        return "unformalized" if self.formula is None else kind_of(self.formula)
