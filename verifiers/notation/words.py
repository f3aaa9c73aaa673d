"""Words, constants, money and the named figures of geometry as operands."""

from collections.abc import Callable, Mapping
from typing import Final

from verifiers.expr import (
    ARITHMETIC,
    CALCULUS,
    COLLECTIONS,
    MEASURES,
    Apply,
    Const,
    Expr,
    Num,
    Sym,
    Text,
    Unit,
    app,
    num,
)
from verifiers.notation.cursor import POW, STARTERS, StoppedReading
from verifiers.notation.grammar import Parser
from verifiers.notation.tables import CURRENCIES
from verifiers.notation.tokens import Token
from verifiers.notation.trees import vulgar

_POSITIVE: Final[Mapping[str, Expr]] = {
    "integers": Const("naturals"), "naturals": Const("naturals"),
    "reals": Apply("interval", (num(0), Const("inf"), Text("open"), Text("open"))),
}  # fmt: skip
_PLAIN: Final[Mapping[str, Expr]] = {
    "pi": Const("pi"), "Pi": Const("pi"), "infinity": Const("inf"), "inf": Const("inf"), "oo": Const("inf"),
    **{name: Sym(name) for name in ("alpha", "beta", "gamma", "delta", "theta", "lambda", "phi", "omega", "sigma")},
}  # fmt: skip
_CALLABLE: Final = frozenset(
    {*ARITHMETIC, *CALCULUS, *COLLECTIONS, *MEASURES} - {"set", "row", "mod", "range", "ellipsis"}
)


def constant(parser: Parser, token: Token) -> Expr:
    """A constant; `ℝ⁺` and `ℤ⁺` with their sign, `e_1` and the like are letters."""
    name = token.value
    if parser.kind == "_" and name in ("e", "i", "pi"):
        return Sym(parser.subscripted(name))
    if parser.kind in ("^", "_") and name in _POSITIVE:
        start = parser.at
        sign = parser.take().kind
        braced = parser.accept("{")
        signs = {"+"} if sign == "^" else {"gt"}
        found = parser.take()
        positive = found.value in signs or found.kind in signs
        if positive and sign == "_":
            positive = parser.take().value == "0"
        if positive and (not braced or parser.accept("}")):
            return _POSITIVE[name]
        parser.at = start
        raise parser.unsupported("a set of numbers with a script")
    if name == "primes" and parser.kind == "(":
        return parser.call(Sym("P"))
    return Const(name)


def hexadecimal(parser: Parser, token: Token) -> Expr:
    return Apply("based", (Text(token.value.partition("_")[0]), num(16)))


def vulgar_fraction(parser: Parser, token: Token) -> Expr:
    return vulgar(token)


def money(parser: Parser, token: Token) -> Expr:
    minus = parser.accept("-")
    if parser.kind != "num":
        raise parser.stop("an amount expected")
    amount = parser.prefix(POW)
    if minus:
        amount = Num(-amount.value, amount.places) if isinstance(amount, Num) else Apply("neg", (amount,))
    factor = parser.measure(amount) if parser.tokens[parser.at].value in ("million", "billion", "thousand") else None
    return Apply("quantity", (factor or amount, parser.unit_powers(Unit(CURRENCIES[token.value]))))


def words(parser: Parser, token: Token) -> Expr:
    """Upright words as an operand: the name of a quantity."""
    name = token.value
    if parser.kind == "_":
        name = parser.subscripted(name)
    if parser.kind == "(" and (name in parser.options.functions or (len(name) > 1 and name.isalpha())):
        return parser.call(Sym(name))
    if len(name) > 1 and parser.kind in STARTERS and parser.kind != "dots":
        raise parser.stop("words beside a formula")
    return Sym(name)


def plain_word(parser: Parser, token: Token) -> Expr:
    """A word of plain text: a constant, a letter by name, a product of letters, a named quantity."""
    name = token.value
    known = _PLAIN.get(name)
    if known is not None:
        return known
    if parser.kind == "(":
        if name in parser.options.functions:
            return parser.call(Sym(name))
        if name in _CALLABLE:
            arguments = parser.arguments()
            try:
                return app(name, *arguments)
            except ValueError:
                raise parser.stop(f"other arguments of {name} expected") from None
        if len(name) > 2 and name not in parser.options.letters:
            raise parser.stop("a word before a bracket")
    before = parser.tokens[parser.at - 2] if parser.at > 1 else token
    if (
        parser.kind == "word"
        or parser.kind in STARTERS
        or (before.kind in ("word", "name", "num") and before is not token)
    ):
        raise parser.stop("words")
    if parser.kind == "_":
        return Sym(parser.subscripted(name))
    return Sym(name)


def upright_vector(parser: Parser, token: Token) -> Expr:
    return Apply("vector", (_letters(parser),))


def overline(parser: Parser, token: Token) -> Expr:
    """`\\overline{AB}` is a segment, `\\overline{z}` and `\\overline{z + 1}` a conjugate."""
    start = parser.at
    try:
        letters = _letters(parser)
    except StoppedReading:
        parser.at = start
        inner = parser.argument()
        if isinstance(inner, Apply):
            return Apply("conj", (inner,))
        raise parser.unsupported("a bar over a number") from None
    if len(letters.name) == 1 or "_" in letters.name:
        return Apply("conj", (letters,))
    if letters.name.isalpha() and letters.name.isupper() and len(letters.name) == 2:
        return Apply("segment", (letters,))
    raise parser.unsupported("a bar over several letters")


def _letters(parser: Parser) -> Sym:
    """The letters in a group, run together to one name."""
    if parser.kind != "{":
        return Sym(parser.expect("name").value)
    parser.at += 1
    name = ""
    while parser.kind in ("name", "'", "words"):
        token = parser.take()
        name += token.value
        if parser.kind == "_":
            name = parser.subscripted(name)
    parser.expect("}")
    if not name:
        raise parser.stop("letters expected")
    return Sym(name)


def named(head: str) -> Callable[[Parser, Token], Expr]:
    """`\\angle ABC`, `\\triangle ABC`: the capitals that follow are one name."""

    def reader(parser: Parser, token: Token) -> Expr:
        if parser.kind == "{":
            return Apply(head, (_letters(parser),))
        if parser.kind == "word":
            return Apply(head, (Sym(parser.take().value),))
        name = ""
        while parser.kind == "name" and (not name or parser.tokens[parser.at].value.isupper()) and len(name) < 5:
            name += parser.take().value
            if parser.kind == "_":
                name = parser.subscripted(name)
                break
            while parser.accept("'"):
                name += "'"
        if not name:
            if parser.accept("num"):
                return Apply(head, (Sym(parser.tokens[parser.at - 1].value),))
            raise parser.stop("letters expected")
        return Apply(head, (Sym(name),))

    return reader


def delta(parser: Parser, token: Token) -> Expr:
    """`Δx` is one name, `Δ` alone a letter, `ΔABC` a triangle."""
    kind, value = parser.kind, parser.tokens[parser.at].value
    if kind == "_":
        return Sym(parser.subscripted("Delta"))
    if kind == "name" and [t.value.isupper() for t in parser.tokens[parser.at : parser.at + 3]] == [True] * 3:
        return named("triangle")(parser, token)
    if kind == "word" and value.isupper():
        parser.at += 1
        return Apply("triangle", (Sym(value),))
    if kind == "name":
        parser.at += 1
        return Sym(parser.subscripted("Delta" + value) if parser.kind == "_" else "Delta" + value)
    return Sym("Delta")


def hat(parser: Parser, token: Token) -> Expr:
    return Sym(f"{_letters(parser).name}_{token.value}")


def ellipsis(parser: Parser, token: Token) -> Expr:
    return Apply("ellipsis", ())
