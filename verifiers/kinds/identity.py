from verifiers.expr import Expr


def proof(left: Expr, right: Expr) -> str:
    return ""
