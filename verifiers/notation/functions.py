"""Named functions with or without brackets, roots, binomials and other commands with arguments."""

from collections.abc import Callable
from typing import Final

from verifiers.expr import Apply, Expr, Num, Sym, num
from verifiers.notation.cursor import MINUS_ONE, MUL, POW, STARTERS
from verifiers.notation.grammar import Parser
from verifiers.notation.statements import joined
from verifiers.notation.tables import INVERSES, SUPERSCRIPTS
from verifiers.notation.tokens import Token

_MANY: Final = frozenset({"gcd", "lcm", "min", "max"})
_SEVERAL: Final = _MANY | {"binom", "perm", "root"}
_NOTHING: Final = frozenset({"stop", "rel", ",", "}", ")"})
_NOT_BARE: Final = frozenset({"func", "sum", "prod", "int", "lim", "begin", "|", "|("})


def function(parser: Parser, token: Token) -> Expr:
    """A named function with or without brackets, its exponent and its subscript."""
    name = token.value
    if name == "sqrt" or name == "cbrt":
        inner = parser.arguments(several=False) if parser.kind == "(" else [parser.argument()]
        if len(inner) != 1:
            raise parser.stop("one argument expected")
        return Apply("sqrt", (inner[0],)) if name == "sqrt" else Apply("root", (inner[0], num(3)))
    base: Expr | None = None
    power: Expr | None = None
    while parser.kind in ("^", "_", "sup"):
        sign = parser.take()
        if sign.kind == "sup":
            power = parser.small(sign.value.translate(SUPERSCRIPTS))
        elif sign.kind == "^":
            power = parser.argument(script=True)
        elif name in ("log", "min", "max"):
            base = parser.argument(script=True)
        else:
            raise parser.unsupported(f"a subscript of {name}")
    if name in ("min", "max") and base is not None:
        raise parser.unsupported(f"{name} over a set")
    if name == "log" and base is None and _is_glued_base(parser, token):
        base = parser.small(parser.take().value)
    if power == MINUS_ONE and name in INVERSES:
        name, power = INVERSES[name], None
    if parser.kind in _NOTHING and power is None and base is None:
        return Sym(name)
    arguments = _arguments(parser, name)
    if name == "lg":
        name, base = "log", num(10)
    if name == "log" and base is not None:
        arguments.append(base)
    if name in ("binom", "perm", "root"):
        if len(arguments) != 2:
            raise parser.stop(f"two arguments of {name} expected")
        return Apply(name, tuple(arguments))
    if name == "det":
        name = "determinant"
    if name not in _MANY and len(arguments) > (2 if name == "log" else 1):
        raise parser.stop(f"too many arguments of {name}")
    if name in ("gcd", "lcm") and len(arguments) < 2:
        raise parser.stop(f"too few arguments of {name}")
    applied = Apply(name, tuple(arguments))
    return applied if power is None else Apply("pow", (applied, power))


def _is_glued_base(parser: Parser, token: Token) -> bool:
    """`log10(x)` and `log2(x)`: digits between the name and a bracket that opens right behind them."""
    digits, bracket = parser.tokens[parser.at : parser.at + 2] if parser.kind == "num" else (token, token)
    touching = token.end == digits.start and digits.end == bracket.start
    return touching and bracket.kind == "(" and digits.value in _BASES


_BASES: Final = frozenset({"2", "3", "5", "10"})


def _arguments(parser: Parser, name: str) -> list[Expr]:
    kind = parser.kind
    if kind == "\\{" and name in _MANY:
        members = parser.prefix(POW)
        return list(members.args) if isinstance(members, Apply) and members.head == "set" else [members]
    if kind == "(" or (kind in ("[", "\\{", "{") and name in _MANY) or (kind == "["):
        items = parser.arguments(several=name in _SEVERAL)
        if (
            name in _MANY
            and len(items) == 1
            and isinstance(items[0], Apply)
            and items[0].head in ("set", "tuple", "list")
        ):
            return list(items[0].args)
        if parser.kind in ("^", "sup"):
            parser.ambiguous = True
        return items
    if name in ("min", "max"):
        raise parser.unsupported(f"{name} without brackets")
    factors = [parser.expression(MUL + 10)]
    while parser.kind in STARTERS and parser.kind not in _NOT_BARE and parser.may_follow(parser.tokens[parser.at]):
        if parser.kind == "(" and not isinstance(factors[-1], Num):
            break
        if parser.integrals and (parser.differential or parser.tokens[parser.at].value == "d"):
            break
        factors.append(parser.expression(MUL + 10))
    if parser.kind == "func" and sum(isinstance(factor, Sym) for factor in factors) > 1:
        raise parser.stop(f"the argument of {name} may end before the next function")
    if parser.kind == "/":
        parser.ambiguous = True
    return factors if len(factors) == 1 else [Apply("mul", tuple(factors))]


def root(parser: Parser, token: Token) -> Expr:
    """`\\sqrt3`, `\\sqrt[3]{x}`."""
    if parser.kind == "[":
        parser.at += 1
        index = parser.inside(parser.expression)
        parser.expect("]")
        inner = parser.argument()
        return Apply("sqrt", (inner,)) if index == num(2) else Apply("root", (inner, index))
    return Apply("sqrt", (parser.argument(),))


def root_sign(parser: Parser, token: Token) -> Expr:
    """`√2`, `√(x+1)`."""
    return Apply("sqrt", (parser.expression(POW + 5),))


def binomial(parser: Parser, token: Token) -> Expr:
    return Apply("binom", (parser.argument(), parser.argument()))


def transparent(parser: Parser, token: Token) -> Expr:
    """`\\boxed{…}`: what is in it."""
    if parser.kind != "{":
        return parser.argument()
    parser.at += 1
    inner = parser.inside(lambda: joined(parser))
    parser.expect("}")
    return inner


def braced_over(parser: Parser, token: Token) -> Expr:
    """`\\underbrace{…}_{label}`: what stands over the brace."""
    inner = transparent(parser, token)
    if parser.kind == "_":
        parser.subscripted("")
    return inner


def underlined(parser: Parser, token: Token) -> Expr:
    inner = transparent(parser, token)
    if parser.kind == "underline":
        raise parser.unsupported("digits underlined one by one")
    return inner


def sign_alone(head: str) -> Callable[[Parser, Token], Expr]:
    def reader(parser: Parser, token: Token) -> Expr:
        return Apply(head, (parser.expression(MUL),))

    return reader
