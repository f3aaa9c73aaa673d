"""Noun phrases for sets of pairs and triples: "ordered pairs (x, y) of positive integers such that xy = 12"."""

import re
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num
from verifiers.extraction.results.conditions import Value, both, condition
from verifiers.extraction.results.skeleton import Skeleton

_SIZES: Final = {"pair": 2, "triple": 3, "triplet": 3, "quadruple": 4}
_SORT: Final = (
    r"(?P<{0}>(?:(?:strictly |not necessarily distinct )*"
    r"(?:positive|non-?negative|natural|prime|integer|integral|whole) )*(?:integers?|numbers?|primes?|solutions?))"
)
_PAIRS: Final = re.compile(
    r"(?:different |distinct |all )*(?:ordered )?(?P<noun>pair|triplet|triple|quadruple)s? "
    rf"(?:(?P<named>«\d+»)?,? ?of {_SORT.format('sort')}(?: (?P<after>«\d+»))?|(?P<bare>«\d+»))"
    r"(?:,? (?:are there|exist))?,? (?:(?:such that|so that|with|for which|satisfying|satisfy"
    r"|that satisfy|which satisfy|that are solutions (?:to|of)|are solutions (?:to|of)|have the property that"
    r"|are there such that)"
    r"(?: (?:the|both))?(?: (?:equations?|inequality|inequalities|conditions?|system of equations))? )(?P<rest>.+)"
)
_SOLUTIONS: Final = re.compile(
    r"(?:different |distinct |ordered )*(?P<sort>(?:(?:positive|non-?negative|natural|prime|integer|integral|whole) ?"
    r"(?:number |integer )?)+)solutions (?P<named>«\d+» )?(?:(?:are there )?(?:to|of|does|for|are there to)) "
    r"(?:the )?(?:equation |inequality )?(?P<relation>«\d+»)(?: have)?"
)


def pairs(phrase: str, skeleton: Skeleton, value: Value) -> Expr | None:
    """The set of tuples that a phrase names, `such_that(tuple(x, y), …)`; sorts stated elsewhere are not in it."""
    if "solutions" in phrase and (match := _SOLUTIONS.fullmatch(phrase)):
        named = match["named"] or ""
        letters = _tuple(named, skeleton)
        if named and letters is None:
            return None
        return _set(letters, match["sort"], match["relation"], skeleton, value)
    match = _PAIRS.fullmatch(phrase)
    if match is None:
        return None
    named = match["named"] or match["after"] or match["bare"] or ""
    letters = _tuple(named, skeleton)
    if letters is None or len(letters.args) != _SIZES[match["noun"]]:
        return None
    return _set(letters, match["sort"] or "", match["rest"], skeleton, value)


def _set(letters: Apply | None, sort: str, rest: str, skeleton: Skeleton, value: Value) -> Expr | None:
    if letters is None:
        tree = skeleton.tree(rest.strip("«»")) if re.fullmatch(r"«\d+»", rest) else None
        names = sorted(free_symbols(tree)) if tree is not None else []
        letters = Apply("tuple", tuple(Sym(name) for name in names))
        if len(names) < 2:
            return None
    restriction = condition(rest, letters, skeleton, value)
    if restriction is None:
        return None
    parts = [made for letter in letters.args for made in _sorted(letter, sort)] if sort else []
    if sort and not parts:
        return None
    return app("such_that", letters, both(*parts, restriction))


def _tuple(slot: str, skeleton: Skeleton) -> Apply | None:
    found = re.findall(r"\d+", slot)
    tree = skeleton.tree(found[0]) if found else None
    if not isinstance(tree, Apply) or tree.head != "tuple" or len(set(tree.args)) != len(tree.args):
        return None
    return tree if all(isinstance(letter, Sym) for letter in tree.args) else None


def _sorted(letter: Expr, sort: str) -> list[Expr]:
    if "prime" in sort:
        return [app("in", letter, Const("primes"))]
    if "positive" in sort or "natural" in sort:
        whole = "integer" in sort or "integral" in sort or "natural" in sort or "whole" in sort
        return [app("in", letter, Const("naturals"))] if whole else []
    if re.search(r"non-?negative|whole", sort):
        return [app("in", letter, Const("integers")), app("ge", letter, num(0))]
    return [app("in", letter, Const("integers"))] if "integ" in sort else []
