"""Derivatives, integrals, limits, sums and products."""

from verifiers.expr import Apply, Expr, Sym, Text, free_symbols, num, substitute
from verifiers.notation.cursor import MUL, ONE, POW
from verifiers.notation.grammar import Parser
from verifiers.notation.tokens import Token
from verifiers.notation.trees import negated


def fraction(parser: Parser, token: Token) -> Expr:
    derivative = _derivative(parser)
    if derivative is not None:
        return derivative
    top = parser.argument()
    stash, parser.differential = parser.differential, None
    bottom = parser.argument()
    parser.differential = parser.differential or stash
    return Apply("div", (top, bottom))


def _derivative(parser: Parser) -> Expr | None:
    """`\\frac{d}{dx} f`, `\\frac{dy}{dx}`, `\\frac{d^2y}{dx^2}`, and the same with `\\partial`; else nothing taken."""
    tokens, start = parser.tokens, parser.at
    if tokens[start].kind != "{" or not _is_d(tokens[start + 1]):
        return None
    close = next((n for n in range(start + 1, min(start + 12, len(tokens))) if tokens[n].kind == "}"), -1)
    if close < 0 or tokens[close + 1].kind != "{" or not _is_d(tokens[close + 2]) or tokens[close + 3].kind != "name":
        return None
    parser.at = start + 2
    order: Expr | None = None
    if parser.accept("^"):
        order = parser.argument(script=True)
    operand = None if parser.at == close else parser.expression()
    if parser.at != close:
        parser.at = start
        return None
    parser.at = close + 3
    variable = Sym(parser.take().value)
    if order is not None and not (parser.accept("^") and parser.argument(script=True) == order):
        parser.at = start
        return None
    if not parser.accept("}"):
        parser.at = start
        return None
    if operand is None:
        operand = parser.expression(MUL)
    return Apply("derivative", (operand, variable) if order is None else (operand, variable, order))


def _is_d(token: Token) -> bool:
    return (token.kind == "name" and token.value == "d") or token.kind == "partial"


def _ends(parser: Parser) -> tuple[Expr | None, Expr | None]:
    """What stands below and above the sign, in either order."""
    low = high = None
    while parser.kind in ("_", "^"):
        if parser.take().kind == "_":
            low = parser.argument(script=True)
        else:
            high = parser.argument(script=True)
    return low, high


def big_sum(parser: Parser, token: Token) -> Expr:
    low, high = _ends(parser)
    if not (isinstance(low, Apply) and low.head == "eq" and isinstance(low.args[0], Sym) and high is not None):
        raise parser.unsupported(f"a {token.kind} whose bounds are not k = a to b")
    term = parser.expression(MUL)
    return Apply(token.kind, (term, low.args[0], low.args[1], high))


def integral(parser: Parser, token: Token) -> Expr:
    low, high = _ends(parser)
    if (low is None) != (high is None):
        raise parser.unsupported("an integral over a region")
    stash, parser.differential = parser.differential, None
    parser.integrals += 1
    body = parser.expression()
    parser.integrals -= 1
    variable, parser.differential = parser.differential, stash
    if variable is None:
        raise parser.stop("a differential expected")
    body = num(1) if body is ONE else body
    return Apply("integral", (body, variable) if low is None or high is None else (body, variable, low, high))


def limit(parser: Parser, token: Token) -> Expr:
    if not parser.accept("_"):
        raise parser.unsupported("a limit without its point")
    parser.expect("{")
    variable = parser.expression()
    parser.expect("to")
    point = parser.expression(POW + 1) if parser.kind not in ("-", "+") else parser.expression(MUL)
    side = ""
    if parser.accept("^"):
        braced = parser.accept("{")
        side = parser.take().kind
        if braced:
            parser.expect("}")
        if side not in ("+", "-"):
            raise parser.stop("a side expected")
    elif parser.kind != "}":
        parser.at -= 0
        raise parser.unsupported("a limit at a point that is not a number or letter")
    parser.expect("}")
    body = parser.expression(MUL)
    return Apply("limit", (body, variable, point, *((Text(side),) if side else ())))


def evaluated(parser: Parser, inner: Expr) -> Expr:
    """`[F(x)]_a^b` as F(b) - F(a), where F has one letter."""
    letters = free_symbols(inner)
    low, high = _ends(parser)
    if len(letters) != 1 or low is None or high is None:
        raise parser.unsupported("a value between bounds")
    (letter,) = letters
    low, high = (b.args[1] if isinstance(b, Apply) and b.head == "eq" else b for b in (low, high))
    return Apply("add", (substitute(inner, {letter: high}), negated(substitute(inner, {letter: low}))))


def evaluation_bar(parser: Parser, token: Token) -> Expr:
    """`\\left. F(x) \\right|_a^b`."""
    inner = parser.inside(parser.expression)
    parser.expect(")|")
    return evaluated(parser, inner)
