from verifiers.claims import Context
from verifiers.expr import Expr


def proves_equal(left: Expr, right: Expr, context: Context) -> bool:
    return False
