"""A tree in plain text for people: `show(read(t))` reads back to the same value."""

from verifiers.expr import Expr


def show(expr: Expr) -> str:
    """Plain Unicode text, one line: `x² + 1/2`, `[0, 1)`, `5 kg`."""
    return str(expr)
