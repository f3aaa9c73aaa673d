"""The final result of an answer against the question's own value, computed.

Template `value`: every parameter `value` is one reading of what the question asks for, a closed tree once the functions
of the context are put in. A measure of a set of whole numbers, `call(count | total | multiplied | least | greatest |
mean, such_that(n, …))`, is computed first, by trying every case. The claim is refuted only if it fails every reading.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Final

import msgspec
from flint import fmpq_poly

from verifiers import exact
from verifiers.claims import Context, Result
from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num, substitute, violation
from verifiers.kinds._cells import cells, real_roots
from verifiers.kinds._closing import close
from verifiers.kinds._domains import admissible
from verifiers.kinds._elimination import eliminant, has_decimals, only_root, written
from verifiers.kinds._enumerate import compiled, condition
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError
from verifiers.kinds._real_sets import is_real_set, measured
from verifiers.kinds._relations import conjuncts
from verifiers.kinds._wholes import Number, UndefinedError, UnsuitedError, divisors, tidy
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, supported, undecided

METHOD: Final = "question computed"
MEASURES: Final = frozenset({"count", "total", "multiplied", "least", "greatest", "mean", "spread"})
_POOL: Final = tuple(Fraction(value) for value in (2, 3, 5, 7, "1/2", 11))
_TRIED: Final = 4
ELIMINATED: Final = "letters eliminated"


def verify(formula: Result, budget: Budget) -> Verdict:
    if formula.template != "value":
        return undecided(Reason.UNSUPPORTED, f"no template {formula.template}")
    relations = []
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
        if free_symbols(value):
            return _in_letters(value, formula)
        relations.append((value, app("eq", value, formula.claimed)))
    if not relations:
        return undecided(Reason.UNSUPPORTED, "nothing to compute")
    judged = [exact.holds(relation) for _, relation in relations]
    value, relation = relations[0]
    if True in judged:
        found = relations[judged.index(True)][0]
        return supported(
            Reason.COMPUTED, METHOD, f"The question asks for {show(found)}, and that is {show(formula.claimed)}."
        )
    if any(_nearly(value, formula.claimed) for value, _ in relations):
        return undecided(Reason.INCONCLUSIVE, "nearly: the result is rounded")
    if all(verdict is False for verdict in judged):
        witness = Witness(conclusion=relation, found=value)
        return refuted(
            Reason.DIFFERS, METHOD, f"The question asks for {show(value)}, not {show(formula.claimed)}.", witness
        )
    return undecided(Reason.INCONCLUSIVE, "the value could not be compared")


def _in_letters(value: Expr, formula: Result) -> Verdict:
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
    return _under_givens(value, formula)


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


def _nearly(value: Expr, claimed: Expr) -> bool:
    """Within a fiftieth of a decimal, or not to be told."""
    if not has_decimals(claimed):
        return False
    gap = app("abs", app("add", value, app("neg", claimed)))
    near = app("div", app("abs", claimed), num(50))
    return exact.holds(app("le", gap, near)) is not False


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
        within = tree.args[1]
        if not isinstance(within, Apply) or within.head != "such_that":
            raise UnsuitedError("a measure of no set")
        if is_real_set(within):
            return measured(tree.args[0].name, within)
        return num(Fraction(_measured(tree.args[0].name, within, budget)))
    folded = Apply(tree.head, tuple(_computed(argument, budget) for argument in tree.args))
    if tree.head in ("mod", "digit_sum") and not free_symbols(folded):
        return num(Fraction(compiled(folded)({})))
    return folded


def _measured(measure: str, within: Apply, budget: Budget) -> Number:
    variable, restriction = within.args
    if not isinstance(variable, Sym) or free_symbols(restriction) - {variable.name}:
        raise UnsuitedError("a set in other letters")
    low, high, candidates = _range(variable.name, restriction)
    meets = condition(restriction)
    name = variable.name
    if measure == "least" and low is not None and (high is None or high - low > budget.terms):
        found = next((n for n in range(low, low + budget.terms) if meets({name: n})), None)
        return _existing(found)
    if measure == "greatest" and high is not None and (low is None or high - low > budget.terms):
        found = next((n for n in range(high, high - budget.terms, -1) if meets({name: n})), None)
        return _existing(found)
    if candidates is None:
        if low is None or high is None or high - low > budget.terms:
            raise UnsuitedError("a set without small bounds")
        candidates = list(range(low, high + 1))
    found_all = [
        n for n in candidates if (low is None or n >= low) and (high is None or n <= high) and meets({name: n})
    ]
    if measure == "count":
        return len(found_all)
    if measure == "total":
        return sum(found_all)
    if not found_all:
        raise UndefinedError
    if measure == "multiplied":
        product = 1
        for n in found_all:
            product *= n
        return product
    if measure == "mean":
        return tidy(Fraction(sum(found_all), len(found_all)))
    return min(found_all) if measure == "least" else max(found_all)


def _existing(found: int | None) -> int:
    if found is None:
        raise UnsuitedError("none found within the budget")
    return found


def _range(name: str, restriction: Expr) -> tuple[int | None, int | None, list[int] | None]:
    """Bounds that the conditions put on the letter, and all cases where it has to divide a number."""
    low: int | None = None
    high: int | None = None
    candidates: list[int] | None = None
    whole = False
    for part in conjuncts(restriction):
        if not isinstance(part, Apply):
            continue
        whole = whole or part == app("in", Sym(name), Const("integers"))
        if part.head == "divides" and part.args[0] == Sym(name) and not free_symbols(part.args[1]):
            target = compiled(part.args[1])({})
            if isinstance(target, int) and target > 0 and candidates is None:
                positive = divisors(target)
                candidates = [-d for d in reversed(positive)] + positive
        for below, limit in _bounds(name, part):
            if below:
                high = limit if high is None else min(high, limit)
            else:
                low = limit if low is None else max(low, limit)
    if not whole:
        raise UnsuitedError("not a set of whole numbers")
    if candidates is None and (low is None or high is None):
        low, high = _narrowed(name, restriction, low, high)
    return low, high, candidates


_FLIPPED: Final = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}


def _narrowed(name: str, restriction: Expr, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """Bounds of the real solutions of the inequalities, where they have some."""
    relations = [
        part
        for part in conjuncts(restriction)
        if isinstance(part, Apply) and part.head in (*_FLIPPED, "eq") and free_symbols(part) == {name}
    ]
    try:
        pieces = cells(relations, name) if relations else ()
    except NotPolynomialError:
        return low, high
    inside = [
        piece
        for piece in pieces
        if piece.sample is None or not any(exact.holds(r, {name: piece.sample}) is False for r in relations)
    ]
    if not inside:
        return low, high
    first, last = inside[0].low, inside[-1].high
    least = low if first is None else ceil(first) if low is None else max(low, ceil(first))
    most = high if last is None else floor(last) if high is None else min(high, floor(last))
    return least, most


def _bounds(name: str, part: Apply) -> Iterator[tuple[bool, int]]:
    side = _bound(name, part)
    if side is not None:
        yield side
    if part.head in ("is_prime", "is_square") and part.args == (Sym(name),):
        yield False, 2 if part.head == "is_prime" else 0
    if part.head == "is_integer" and (reach := _reach(name, part.args[0])) is not None:
        yield False, -reach
        yield True, reach


def _reach(name: str, quotient: Expr) -> int | None:
    """How far from zero a whole number n can be where P(n) / (n + c) is whole: n + c divides P(-c)."""
    try:
        ring = Ring([quotient, Sym(name)])
        ratio = ring.ratio(quotient)
        top, bottom = (ring.univariate(side, name) for side in (ratio.top, ratio.bottom))
    except NotPolynomialError:
        return None
    if top is None or bottom is None or bottom.degree() != 1:
        return None
    shift = bottom.coeffs()[0] / bottom.coeffs()[1]
    left = top(-shift) / bottom.coeffs()[1]
    if shift.q != 1 or left == 0 or any((c / bottom.coeffs()[1]).q != 1 for c in top.coeffs()):
        return None
    return abs(int(left.p)) + abs(int(shift.p))


def _bound(name: str, part: Apply) -> tuple[bool, int] | None:
    """`(is an upper bound, the last whole number it allows)` of `n < 200` and the like."""
    if part.head not in _FLIPPED:
        return None
    left, right = part.args
    head = part.head
    if right == Sym(name):
        left, right, head = right, left, _FLIPPED[head]
    if left != Sym(name) or free_symbols(right):
        return None
    limit = compiled(right)({})
    floor = limit.numerator // limit.denominator
    if head == "le":
        return True, floor
    if head == "lt":
        return True, floor - 1 if floor == limit else floor
    if head == "ge":
        return False, floor if floor == limit else floor + 1
    return False, floor + 1
