from verifiers.expr import Expr


def equal(a: Expr, b: Expr, *, principal: bool = False) -> bool:
    """Whether the two trees have one normal form."""
    return a == b
