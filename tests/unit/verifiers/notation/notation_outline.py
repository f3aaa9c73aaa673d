"""A tree as one short line, for tables of cases: `eq(x, add(1, 2))`."""

from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, Unit


def outline(expr: Expr) -> str:
    """Letters as they are, constants with `#`, units with `@`, words in quotes, decimals with `~places`."""
    match expr:
        case Num(value, places):
            return str(value) if places is None else f"{value}~{places}"
        case Sym(name):
            return name
        case Const(name):
            return f"#{name}"
        case Unit(name):
            return f"@{name}"
        case Text(value):
            return f"'{value}'"
        case Apply(head, args):
            return f"{head}({', '.join(outline(arg) for arg in args)})"
