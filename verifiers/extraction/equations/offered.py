"""Values that formulas offer: one number, several, tuples of numbers, and the letter they are given to."""

from verifiers.expr import Apply, Const, Expr, Sym, Text, free_symbols, walk
from verifiers.extraction.document import Chain


def closed(expr: Expr) -> bool:
    """A number: no letters, words, sets or relations."""
    return not free_symbols(expr) and not any(
        isinstance(n, Text) or (isinstance(n, Const) and n.name not in ("pi", "e"))
        or (isinstance(n, Apply) and n.head in ("set", "tuple", "list", "eq", "or", "and", "call", "interval", "union"))
        for n in walk(expr)
    )  # fmt: skip


def listed(value: Expr, width: int) -> tuple[Expr, ...] | None:
    """The values (or tuples of `width` values) that a final result names; None where it names none."""
    if isinstance(value, Apply) and value.head == "or":
        parts = [listed(a.args[1] if isinstance(a, Apply) and a.head == "eq" else a, width) for a in value.args]
        return None if None in parts else tuple(v for p in parts if p is not None for v in p)
    members = value.args if isinstance(value, Apply) and value.head in ("set", "list") else (value,)
    if width == 1:
        return members if members and all(closed(m) for m in members) else None
    fitting = all(isinstance(m, Apply) and m.head == "tuple" and len(m.args) == width and all(closed(a) for a in m.args)
                  for m in members)  # fmt: skip
    return members if members and fitting else None


def value_of(relation: Expr) -> tuple[str, Expr] | None:
    """`x = number`."""
    if isinstance(relation, Apply) and relation.head == "eq" and isinstance(relation.args[0], Sym):
        return (relation.args[0].name, relation.args[1]) if closed(relation.args[1]) else None
    return None


def offered(chain: Chain) -> tuple[str, tuple[Expr, ...]] | None:
    """The letter, empty where none is written, and its values: `x = 1, 2`, `x = 1 or x = 2`, `{1, 2}`."""
    first = chain.terms[0].expr
    if isinstance(first, Apply) and first.head == "or" and not chain.relations:
        pairs = [value_of(a) for a in first.args]
        whole = [p for p in pairs if p is not None]
        names = {name for name, _ in whole}
        return (names.pop(), tuple(v for _, v in whole)) if len(whole) == len(pairs) and len(names) == 1 else None
    if chain.relations and (set(chain.relations) != {"eq"} or not isinstance(first, Sym)):
        return None
    last = chain.terms[-1].expr
    members = None if last is None else listed(last, 1)
    if members is None:
        return None
    return (first.name if chain.relations and isinstance(first, Sym) else ""), members
