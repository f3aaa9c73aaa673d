"""The part of a context that bears on one relation, in a form that points can be put into."""

from collections.abc import Mapping, Sequence

from verifiers import exact
from verifiers.claims import Context
from verifiers.evaluation.normal import equal
from verifiers.expr import Apply, Expr, Sym, free_symbols, walk
from verifiers.kinds._closing import close
from verifiers.notation.show import show

_MOST_GIVENS = 24


def bearing(relation: Expr, context: Context) -> Context:
    """Givens with definitions put in, without repetitions, without what is true by itself, and without what shares
    no letter or unknown function, however indirectly, with the relation.
    """
    bare = Context(definitions=context.definitions, functions=context.functions, conventions=context.conventions)
    givens: list[Expr] = []
    for given in dict.fromkeys(context.givens):
        closed = close(given, bare)
        if closed not in givens and not _is_trivial(closed):
            givens.append(closed)
    return Context(
        givens=tuple(_connected(relation, givens)), domains=context.domains, conventions=context.conventions
    )


def _is_trivial(given: Expr) -> bool:
    if not isinstance(given, Apply):
        return True
    if not free_symbols(given):
        return exact.holds(given) is True
    return given.head == "eq" and equal(given.args[0], given.args[1])


def names(expr: Expr) -> frozenset[str]:
    """Free letters and unknown functions."""
    called = {
        f"{node.args[0].name}()"
        for node in walk(expr)
        if isinstance(node, Apply) and node.head in ("call", "prime") and isinstance(node.args[0], Sym)
    }
    return free_symbols(expr) | called


def _connected(relation: Expr, givens: Sequence[Expr]) -> list[Expr]:
    reached = set(names(relation))
    rest = [(given, names(given)) for given in givens]
    kept: set[int] = set()
    grown = True
    while grown:
        grown = False
        for k, (_, used) in enumerate(rest):
            if k not in kept and used & reached:
                kept.add(k)
                reached |= used
                grown = True
    return [given for k, (given, _) in enumerate(rest) if k in kept][:_MOST_GIVENS]


def calls(expr: Expr) -> frozenset[Expr]:
    """The values of unknown functions that occur in the tree."""
    found = set()
    stack = [expr]
    while stack:
        node = stack.pop()
        if isinstance(node, Apply):
            if node.head in ("call", "prime"):
                found.add(node)
            else:
                stack.extend(node.args)
    return frozenset(found)


def abstracted(expr: Expr, letters: Mapping[Expr, str]) -> Expr:
    """The tree with values of unknown functions as letters."""
    if not isinstance(expr, Apply):
        return expr
    if expr in letters:
        return Sym(letters[expr])
    args = tuple(abstracted(a, letters) for a in expr.args)
    return expr if args == expr.args else Apply(expr.head, args)


def letters_for(exprs: Sequence[Expr]) -> dict[Expr, str]:
    """A letter for each value of an unknown function: `f(x)` is the letter of that name."""
    found = sorted({call for expr in exprs for call in calls(expr)}, key=show)
    return {call: show(call) for call in found}
