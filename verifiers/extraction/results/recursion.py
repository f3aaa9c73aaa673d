"""Functions of whole numbers given by first values and a rule: `f(1) = f(2) = 1`, `f(n) = f(n - 1) - f(n - 2) + n`."""

import re
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Num, Sym, num, substitute, walk
from verifiers.extraction.meaning.polynomials import expanded

RECURSIVE: Final = re.compile(
    r"(?:a |the )?(?:function|sequence) «(?P<name>\d+)» (?:is|be) (?:defined|given)(?: recursively)? by «(?P<first>\d+)»"  # noqa: E501
    r" and «(?P<rule>\d+)» for (?:all|every|each) (?:positive )?integers? «(?P<bound>\d+)»"
)
MOST_TERMS: Final = 3_000


class Recursion(msgspec.Struct, frozen=True):
    name: str
    first: tuple[tuple[int, Fraction], ...]
    letter: str
    body: Expr
    least: int
    """The smallest number for which the rule holds."""

    def value(self, at: int) -> Fraction | None:
        """By applying the rule from below; None where a value is missing on the way or it is too far."""
        known = dict(self.first)
        if not self.least <= at <= MOST_TERMS:
            return known.get(at)
        for n in range(self.least, at + 1):
            if n not in known:
                found = self._applied(n, known)
                if found is None:
                    return None
                known[n] = found
        return known.get(at)

    def _applied(self, n: int, known: dict[int, Fraction]) -> Fraction | None:
        return _constant(_called(substitute(self.body, {self.letter: num(n)}), self.name, known))


def recursion(name: Expr | None, first: Expr | None, rule: Expr | None, bound: Expr | None) -> Recursion | None:
    """The four parts of a definition, where each has its expected form."""
    if not isinstance(name, Sym) or not isinstance(rule, Apply) or rule.head != "eq" or first is None:
        return None
    called = rule.args[0]
    if not (isinstance(called, Apply) and called.head == "call" and called.args[0] == name and len(called.args) == 2):
        return None
    letter = called.args[1]
    least = _least(bound, letter)
    values = _first(first, name)
    if not isinstance(letter, Sym) or least is None or values is None:
        return None
    return Recursion(name.name, tuple(sorted(values.items())), letter.name, rule.args[1], least)


def put_in(tree: Expr, given: Recursion) -> Expr:
    """The tree with calls at known numbers replaced by their values."""
    wanted = [
        int(node.args[1].value)
        for node in walk(tree)
        if isinstance(node, Apply) and node.head == "call" and node.args[0] == Sym(given.name)
        if len(node.args) == 2 and isinstance(node.args[1], Num) and node.args[1].value.denominator == 1
    ]
    known = {at: value for at in wanted[:4] if (value := given.value(at)) is not None}
    return _called(tree, given.name, known)


def _called(tree: Expr, name: str, known: dict[int, Fraction]) -> Expr:
    if not isinstance(tree, Apply):
        return tree
    if tree.head == "call" and tree.args[0] == Sym(name) and len(tree.args) == 2:
        at = _constant(_called(tree.args[1], name, known))
        if at is not None and at.denominator == 1 and int(at) in known:
            return num(known[int(at)])
    return Apply(tree.head, tuple(_called(argument, name, known) for argument in tree.args))


def _constant(tree: Expr) -> Fraction | None:
    poly = expanded(tree)
    return None if poly is None or set(poly) - {()} else poly.get((), Fraction(0))


def _least(bound: Expr | None, letter: Expr) -> int | None:
    if not isinstance(bound, Apply) or bound.head not in ("ge", "gt") or bound.args[0] != letter:
        return None
    limit = _constant(bound.args[1])
    if limit is None or limit.denominator != 1:
        return None
    return int(limit) if bound.head == "ge" else int(limit) + 1


def _first(tree: Expr, name: Sym) -> dict[int, Fraction] | None:
    """The values of `f(1) = f(2) = 1` or `f(1) = 3`."""
    equations = tree.args if isinstance(tree, Apply) and tree.head == "and" else (tree,)
    sides = [side for e in equations if isinstance(e, Apply) and e.head == "eq" for side in e.args]
    if len(sides) != 2 * len(equations):
        return None
    value = _constant(sides[-1])
    found: dict[int, Fraction] = {}
    for side in sides[:-1]:
        if not (isinstance(side, Apply) and side.head == "call" and side.args[0] == name and len(side.args) == 2):
            return None
        at = _constant(side.args[1])
        if at is None or value is None or at.denominator != 1:
            return None
        found[int(at)] = value
    return found
