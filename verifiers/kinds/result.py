"""The final result of an answer against the question's own value, computed.

Template `value`: every parameter `value` is one reading of what the question asks for, a closed tree once the functions
of the context are put in. A measure of a set of whole numbers, `call(count | total | multiplied | least | greatest |
mean, such_that(n, …))`, is computed first, by trying every case. The claim is refuted only if it fails every reading.
A parameter `grid` is the unit that the result is to be rounded to.

Templates `domain` and `range`: the claimed set is that of the function `body` of the `letter`.
"""

from fractions import Fraction
from typing import Final

import msgspec
from flint import fmpq_poly

from verifiers import exact
from verifiers.claims import Context, Result
from verifiers.expr import Apply, Expr, Sym, Text, app, free_symbols, num, substitute, violation
from verifiers.kinds import _function_sets, _tuples
from verifiers.kinds._by_cases import at_a_member, over_wholes
from verifiers.kinds._cells import real_roots
from verifiers.kinds._closing import close
from verifiers.kinds._domains import admissible
from verifiers.kinds._elimination import eliminant, only_root, written
from verifiers.kinds._enumerate import compiled
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._real_sets import is_real_set, measured
from verifiers.kinds._rounding import has_decimals, last_place
from verifiers.kinds._tuples import is_tuples
from verifiers.kinds._whole_sets import measure
from verifiers.kinds._wholes import UndefinedError, UnsuitedError
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, supported, undecided

METHOD: Final = "question computed"
MEASURES: Final = frozenset({"count", "total", "multiplied", "least", "greatest", "mean", "spread"})
_POOL: Final = tuple(Fraction(value) for value in (2, 3, 5, 7, "1/2", 11))
_TRIED: Final = 4
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ELIMINATED: Final = "letters eliminated"


def verify(formula: Result, budget: Budget) -> Verdict:
    if formula.template in ("domain", "range"):
        return _function_sets.verify(formula, budget)
    if formula.template != "value":
        return undecided(Reason.UNSUPPORTED, f"no template {formula.template}")
    relations = []
    grid = next((tree for name, tree in formula.parameters if name == "grid"), None)
    for name, tree in formula.parameters:
        if name != "value":
            continue
        try:
            value = _computed(_inlined(tree, formula.context), budget)
        except UnsuitedError as error:
            return undecided(Reason.TOO_LARGE, str(error))
        except UndefinedError:
            return undecided(Reason.UNDEFINED, "the question has no value")
        if broken := violation(value, budget.bounds):
            return undecided(Reason.TOO_LARGE, broken)
        if free_symbols(value) and grid is not None:
            return undecided(Reason.UNSUPPORTED, "a rounded result under givens")
        if free_symbols(value):
            return _in_letters(value, formula, budget)
        relations.append((value, app("eq", value, formula.claimed)))
    if not relations:
        return undecided(Reason.UNSUPPORTED, "nothing to compute")
    judged = [exact.holds(relation) for _, relation in relations]
    value, relation = relations[0]
    if grid is not None:
        return _on_grid([found for found, _ in relations], grid, formula.claimed)
    if True in judged:
        found = relations[judged.index(True)][0]
        return supported(
            Reason.COMPUTED, METHOD, f"The question asks for {show(found)}, and that is {show(formula.claimed)}."
        )
    if any(_nearly(value, formula.claimed) for value, _ in relations):
        return undecided(Reason.INCONCLUSIVE, "nearly: the result is rounded")
    if all(verdict is False for verdict in judged):
        witness = Witness(conclusion=relation, found=value)
        text = f"The question asks for {_like(value, formula.claimed)}, not {show(formula.claimed)}."
        return refuted(Reason.DIFFERS, METHOD, text, witness)
    return undecided(Reason.INCONCLUSIVE, "the value could not be compared")


def _like(value: Expr, claimed: Expr) -> str:
    """The value as it is written where the claimed one is a numeral of some base."""
    found = exact.value(value)
    if not isinstance(claimed, Apply) or claimed.head != "based" or not isinstance(found, Fraction):
        return show(value)
    base = exact.value(claimed.args[1])
    if not isinstance(base, Fraction) or found.denominator != 1 or found < 0:
        return show(value)
    digits, rest = "", int(found)
    while rest or not digits:
        rest, digit = divmod(rest, int(base))
        digits = _DIGITS[digit] + digits
    return f"{show(value)} = {show(app('based', Text(digits), num(base)))}"


def _in_letters(value: Expr, formula: Result, budget: Budget) -> Verdict:
    bound = {name for given in formula.context.givens for name in free_symbols(given)}
    if not free_symbols(value) & bound:
        return _identical(value, formula)
    claimed = formula.claimed
    if free_symbols(claimed):
        return undecided(Reason.UNSUPPORTED, "a result in letters under givens")
    if isinstance(value, Apply) and value.head == "tuple":
        if not isinstance(claimed, Apply) or claimed.head != "tuple" or len(claimed.args) != len(value.args):
            return undecided(Reason.AMBIGUOUS, "no point of as many coordinates")
        pairs = zip(value.args, claimed.args, strict=True)
        each = [_under_givens(part, msgspec.structs.replace(formula, claimed=said)) for part, said in pairs]
        return next(
            (verdict for label in (Label.REFUTED, Label.UNDECIDED) for verdict in each if verdict.label is label),
            each[0],
        )
    verdict = _under_givens(value, formula)
    tried = over_wholes(value, formula, budget) if verdict.label is Label.UNDECIDED else None
    if verdict.label is Label.UNDECIDED and tried is None:
        tried = at_a_member(value, formula, budget)
    return verdict if tried is None else tried


def _identical(value: Expr, formula: Result) -> Verdict:
    """An expression in free letters: the result agrees with it at every point, or there is one where it does not."""
    relation = app("eq", value, formula.claimed)
    letters = sorted(free_symbols(relation))
    if set(letters) - free_symbols(value) or has_decimals(formula.claimed):
        return undecided(Reason.AMBIGUOUS, "a letter that the question does not have")
    for start in range(_TRIED):
        point = {name: num(_POOL[(start + 2 * k) % len(_POOL)]) for k, name in enumerate(letters)}
        if exact.holds(relation, point) is False:
            shown = ", ".join(f"{name} = {show(at)}" for name, at in point.items())
            text = f"The question asks for {show(value)}, which differs from {show(formula.claimed)} at {shown}."
            return refuted(Reason.DIFFERS, METHOD, text, Witness(conclusion=relation, assignment=tuple(point.items())))
    try:
        ring = Ring(relation.args)
        if ring.difference(relation).top.is_zero():
            return supported(Reason.PROVED, METHOD, f"{show(value)} is {show(formula.claimed)} identically.")
    except NotPolynomialError:
        pass
    return undecided(Reason.INCONCLUSIVE, "equal at every point tried")


def _under_givens(target: Expr, formula: Result) -> Verdict:
    """The value of an expression in letters that the givens determine, or leave a few values for."""
    letter = _own_letter(target, formula)
    if letter is not None:
        return letter
    poly = eliminant(target, formula.context)
    if poly is None:
        return undecided(Reason.UNSUPPORTED, "the givens leave the value open, or cannot be solved")
    relation = app("eq", written(poly, formula.claimed), num(0))
    truth = exact.holds(relation)
    only = only_root(poly)
    if truth is True:
        if only is None:
            return undecided(Reason.INCONCLUSIVE, "one of several values that the equations alone allow")
        text = f"Under the givens {show(target)} can only be {show(formula.claimed)}."
        return supported(Reason.PROVED, ELIMINATED, text)
    if truth is None or _rounded(poly, formula.claimed):
        return undecided(Reason.INCONCLUSIVE, "the value could not be compared")
    if only is not None:
        value = num(only)
        text = f"Under the givens {show(target)} is {show(value)}, not {show(formula.claimed)}."
        return refuted(
            Reason.DIFFERS, ELIMINATED, text, Witness(conclusion=app("eq", value, formula.claimed), found=value)
        )
    unknown = app("eq", written(poly, Sym("t")), num(0))
    text = f"Under the givens t = {show(target)} satisfies {show(unknown)}, and {show(formula.claimed)} does not."
    return refuted(Reason.DIFFERS, ELIMINATED, text, Witness(conclusion=relation))


def _own_letter(target: Expr, formula: Result) -> Verdict | None:
    """A claimed value of a letter put into the givens in this letter alone."""
    if not isinstance(target, Sym) or has_decimals(formula.claimed):
        return None
    for given in formula.context.givens:
        relation = close(given, formula.context)
        if not isinstance(relation, Apply) or free_symbols(relation) != {target.name} or relation.head == "call":
            continue
        point = {target.name: formula.claimed}
        if exact.holds(relation, point) is False:
            text = f"With {target.name} = {show(formula.claimed)}, {show(relation)} is false."
            return refuted(Reason.DIFFERS, METHOD, text, Witness(conclusion=relation, assignment=tuple(point.items())))
    givens = [close(given, formula.context) for given in formula.context.givens]
    point = {target.name: formula.claimed}
    alone = all(isinstance(given, Apply) and free_symbols(given) == {target.name} for given in givens)
    if alone and admissible(point, formula.context) and all(exact.holds(given, point) is True for given in givens):
        return supported(Reason.COMPUTED, METHOD, f"With {target.name} = {show(formula.claimed)} every given holds.")
    return None


def _on_grid(values: list[Expr], grid: Expr, claimed: Expr) -> Verdict:
    """A result rounded to a unit the question names lies within half of it; beyond the whole of it, it is wrong."""
    gaps = [app("abs", app("add", value, app("neg", claimed))) for value in values]
    half = app("div", grid, num(2))
    for value, gap in zip(values, gaps, strict=True):
        if exact.holds(app("le", gap, half)) is True:
            text = f"The question asks for {show(value)}, and {show(claimed)} lies within {show(half)} of it."
            return supported(Reason.COMPUTED, METHOD, text)
    if all(exact.holds(app("le", gap, grid)) is False for gap in gaps):
        text = f"The question asks for {show(values[0])} to {show(grid)}, and {show(claimed)} is further away."
        return refuted(Reason.DIFFERS, METHOD, text, Witness(conclusion=app("le", gaps[0], grid)))
    return undecided(Reason.INCONCLUSIVE, "nearly: the result is rounded")


def _nearly(value: Expr, claimed: Expr) -> bool:
    """Within a fiftieth of a decimal, or within one percent of a number of percent, or not to be told."""
    percent = isinstance(claimed, Apply) and claimed.head == "percent"
    if not has_decimals(claimed) and not percent:
        return False
    gap = app("abs", app("add", value, app("neg", claimed)))
    near = app("div", app("abs", claimed), num(50))
    found = exact.value(value)
    whole = isinstance(found, Fraction) and (100 * found).denominator == 1
    if percent and not whole and exact.holds(app("le", gap, num(last_place(claimed)))) is not False:
        return True
    return has_decimals(claimed) and exact.holds(app("le", gap, near)) is not False


def _rounded(poly: fmpq_poly, claimed: Expr) -> bool:
    """A claimed decimal that may be a root, rounded."""
    value = exact.value(claimed) if has_decimals(claimed) else None
    if not has_decimals(claimed):
        return False
    if not isinstance(value, Fraction):
        return True
    return any(abs(value - root.low) <= abs(value) / 50 for root in real_roots([poly]))


def _inlined(tree: Expr, context: Context, depth: int = 0) -> Expr:
    """Definitions and given functions put in, innermost calls first."""
    if depth > 12:
        raise UnsuitedError("functions nested too deep")
    if not isinstance(tree, Apply):
        if isinstance(tree, Sym):
            for name, value in reversed(context.definitions):
                if name == tree.name:
                    return _inlined(value, context, depth + 1)
        return tree
    if tree.head == "call" and isinstance(tree.args[0], Sym) and tree.args[0].name not in MEASURES:
        arguments = [_inlined(argument, context, depth) for argument in tree.args[1:]]
        for name, letters, body in context.functions:
            if name == tree.args[0].name and len(letters) == len(arguments):
                inner = _inlined(body, context, depth + 1)
                put_in = substitute(inner, dict(zip(letters, arguments, strict=True)))
                if violation(put_in):
                    raise UnsuitedError("a tree too large")
                return put_in
        raise UnsuitedError(f"{tree.args[0].name} is not given")
    if tree.head == "such_that":
        variable, restriction = tree.args
        kept = tuple(pair for pair in context.definitions if Sym(pair[0]) != variable)
        inner = _inlined(restriction, msgspec.structs.replace(context, definitions=kept), depth)
        return Apply("such_that", (variable, inner))
    return Apply(tree.head, tuple(_inlined(argument, context, depth) for argument in tree.args))


def _computed(tree: Expr, budget: Budget) -> Expr:
    """The tree with its measures of sets replaced by their values."""
    if not isinstance(tree, Apply):
        return tree
    if tree.head == "call" and isinstance(tree.args[0], Sym) and tree.args[0].name in MEASURES:
        within = tree.args[-1]
        if not isinstance(within, Apply) or within.head != "such_that":
            raise UnsuitedError("a measure of no set")
        if is_tuples(within):
            return num(Fraction(_tuples.measure(tree.args[0].name, within, budget, tree.args[1])))
        if is_real_set(within):
            return measured(tree.args[0].name, within)
        return num(Fraction(measure(tree.args[0].name, within, budget)))
    folded = Apply(tree.head, tuple(_computed(argument, budget) for argument in tree.args))
    if tree.head in ("mod", "digit_sum") and not free_symbols(folded):
        return num(Fraction(compiled(folded)({})))
    return folded
