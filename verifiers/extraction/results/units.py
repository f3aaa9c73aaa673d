"""Results written in a unit that the question implies: degrees, percent, money."""

from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Unit, free_symbols, walk
from verifiers.notation.reading import Unread, read

FIELD: Final = frozenset({"add", "mul", "neg", "div", "pow", "sqrt", "root", "mixed", "factorial"})
_MONEY: Final = frozenset({"usd", "dollar", "dollars", "eur", "euro", "euros", "gbp", "inr", "rupee", "rupees"})
_DIRECTIONS: Final = frozenset({"increase", "decrease", "discount", "loss", "gain", "more", "less", "profit"})


def in_unit(text: str, unit: str) -> Expr | None:
    """The number that a piece of text ends in, without the unit; None where it is in another one."""
    tree = read(text)
    if isinstance(tree, Unread):
        return None
    while isinstance(tree, Apply) and tree.head == "eq":
        tree = tree.args[-1]
    match tree:
        case Apply(head="degree", args=(value,)) if unit == "degree":
            tree = value
        case Apply(head="quantity", args=(value, Unit(name=name))):
            words = _MONEY if unit == "money" else _DIRECTIONS if unit == "percent" else frozenset[str]()
            if name not in words:
                return None
            tree = value
    if unit == "degree" and any(node == Const("pi") for node in walk(tree)):
        return None
    bare = tree.args[0] if isinstance(tree, Apply) and tree.head == "neg" else tree
    if unit == "percent" and isinstance(bare, Apply) and bare.head == "percent":
        return tree if is_number(bare.args[0]) else None
    return tree if is_number(tree) else None


def is_number(tree: Expr) -> bool:
    """Closed and built from numbers by the field operations, powers and roots; tuples of such."""
    if isinstance(tree, Apply) and tree.head in ("tuple", "vector"):
        return all(is_number(argument) for argument in tree.args)
    if free_symbols(tree) or not any(isinstance(node, Num) or node == Const("i") for node in walk(tree)):
        return False
    heads = {node.head for node in walk(tree) if isinstance(node, Apply)}
    return heads <= FIELD | {"matrix", "row"}
