"""Counts and probabilities by textbook models, each a closed tree of its parameters that `exact` evaluates again.

Parameters are whole numbers in the order of the model's row in `MODELS`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from verifiers import exact
from verifiers.claims import Counting
from verifiers.expr import Expr, Num, app, num
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided

METHOD: Final = "counting formula"
LARGEST: Final = 1_000


def _less(value: Expr, by: Expr) -> Expr:
    return app("add", value, app("neg", by))


def _multiset(counts: tuple[Expr, ...]) -> Expr:
    below = [app("factorial", count) for count in counts]
    total = app("add", *counts) if len(counts) > 1 else counts[0]
    return app("div", app("factorial", total), app("mul", *below) if len(below) > 1 else below[0])


def _derangements(counts: tuple[Expr, ...]) -> Expr:
    (n,) = counts
    assert isinstance(n, Num)
    terms = [
        app("div", app("mul", num((-1) ** k), app("factorial", n)), app("factorial", num(k)))
        for k in range(int(n.value) + 1)
    ]
    return app("add", *terms) if len(terms) > 1 else terms[0]


def _union(counts: tuple[Expr, ...]) -> Expr:
    """|A ∪ B| from |A|, |B|, |A ∩ B|."""
    a, b, shared = counts
    return _less(app("add", a, b), shared)


def _heads(counts: tuple[Expr, ...]) -> Expr:
    """Probability of exactly k heads in n fair tosses."""
    n, k = counts
    return app("div", app("binom", n, k), app("pow", num(2), n))


def _hypergeometric(counts: tuple[Expr, ...]) -> Expr:
    """Probability of exactly k marked ones among n drawn of a total with `marked` of them."""
    total, marked, drawn, k = counts
    favourable = app("mul", app("binom", marked, k), app("binom", _less(total, marked), _less(drawn, k)))
    return app("div", favourable, app("binom", total, drawn))


def _dice_sum(counts: tuple[Expr, ...]) -> Expr:
    """Ways for `dice` dice with `faces` faces to sum to `total`, by inclusion and exclusion."""
    dice, faces, total = (int(count.value) for count in counts if isinstance(count, Num))
    terms = [
        app(
            "mul",
            num((-1) ** k),
            app("binom", num(dice), num(k)),
            app("binom", num(total - faces * k - 1), num(dice - 1)),
        )
        for k in range(dice + 1)
        if total - faces * k >= dice
    ]
    return num(0) if not terms else terms[0] if len(terms) == 1 else app("add", *terms)


Model = Callable[[tuple[Expr, ...]], Expr]
MODELS: Final[Mapping[str, tuple[int | None, Model]]] = {
    "combinations": (2, lambda c: app("binom", *c)),
    "permutations": (2, lambda c: app("perm", *c)),
    "arrangements": (1, lambda c: app("factorial", *c)),
    "multiset_arrangements": (None, _multiset),
    "derangements": (1, _derangements),
    "stars_and_bars": (2, lambda c: app("binom", _less(app("add", *c), num(1)), _less(c[1], num(1)))),
    "union": (3, _union),
    "heads": (2, _heads),
    "hypergeometric": (4, _hypergeometric),
    "dice_sum": (3, _dice_sum),
}
"""Model: how many parameters (None: any), and its count. `stars_and_bars(n, k)` puts n alike balls into k boxes."""


def verify(formula: Counting, budget: Budget) -> Verdict:
    if formula.model not in MODELS:
        return undecided(Reason.UNSUPPORTED, f"no model {formula.model}")
    arity, model = MODELS[formula.model]
    counts = formula.parameters
    if not counts or (arity is not None and len(counts) != arity):
        return undecided(Reason.UNSUPPORTED, f"{formula.model} takes {arity} parameters")
    if not all(isinstance(c, Num) and c.value.denominator == 1 and 0 <= c.value <= LARGEST for c in counts):
        return undecided(Reason.UNSUPPORTED, f"parameters are whole numbers up to {LARGEST}")
    if formula.model in ("derangements", "dice_sum") and any(isinstance(c, Num) and c.value > 100 for c in counts):
        return undecided(Reason.TOO_LARGE, f"{formula.model} beyond 100")
    value = model(counts)
    relation = app("eq", value, formula.result)
    judged = exact.holds(relation)
    if judged is None:
        return undecided(Reason.INCONCLUSIVE, "the count could not be compared")
    if judged:
        return supported(Reason.COMPUTED, METHOD, f"{show(value)} = {show(formula.result)}.")
    return refuted(
        Reason.DIFFERS,
        METHOD,
        f"The count is {show(value)}, not {show(formula.result)}.",
        Witness(conclusion=relation, found=value),
    )
