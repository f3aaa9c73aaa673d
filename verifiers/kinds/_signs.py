"""± and ∓ read as plus and as minus."""

from verifiers.expr import Apply, Expr, heads

SIGNS = frozenset({"pm", "mp"})


def signed(expr: Expr) -> list[Expr]:
    """The tree with every ± read as plus, and as minus; ∓ the other way round. The tree alone where there is none."""
    if not heads(expr) & SIGNS:
        return [expr]
    return [_with_sign(expr, 1), _with_sign(expr, -1)]


def _with_sign(expr: Expr, sign: int) -> Expr:
    if not isinstance(expr, Apply):
        return expr
    args = tuple(_with_sign(a, sign) for a in expr.args)
    if expr.head in SIGNS:
        last = args[-1] if (sign > 0) == (expr.head == "pm") else Apply("neg", args[-1:])
        return last if len(args) == 1 else Apply("add", (args[0], last))
    return Apply(expr.head, args)


def alternatives(expr: Expr) -> Expr:
    """`x = a ± b` as `x = a + b or x = a - b`."""
    if not isinstance(expr, Apply):
        return expr
    if expr.head in ("set", "list"):
        return Apply(expr.head, tuple(member for a in expr.args for member in signed(a)))
    if expr.head in ("and", "or", "not"):
        return Apply(expr.head, tuple(alternatives(a) for a in expr.args))
    if expr.head in ("eq", "ne") and heads(expr) & SIGNS:
        return Apply("or" if expr.head == "eq" else "and", tuple(signed(expr)))
    return expr
