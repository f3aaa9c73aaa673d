"""What begins an operand besides numbers and letters: brackets, commands with arguments, functions, big operators."""

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
    free_symbols,
    num,
    substitute,
)
from verifiers.notation.grammar import (
    CLOSER_OF,
    MINUS_ONE,
    MUL,
    ONE,
    POW,
    RATIO,
    STARTERS,
    Parser,
    negated,
    vulgar,
)
from verifiers.notation.lexer import Token
from verifiers.notation.statements import joined
from verifiers.notation.tables import CURRENCIES, INVERSES, MATRIX_ENVIRONMENTS

_MANY: Final = frozenset({"gcd", "lcm", "min", "max"})


def group(parser: Parser, token: Token) -> Expr:
    """Round or square brackets: grouping, a tuple, an interval."""
    closers = (")", "]")
    if parser.kind in closers:
        raise parser.stop("an empty bracket")
    start = parser.at
    if token.kind == "[":
        if parser.kind == "[":
            return _nested_lists(parser)
        area = _area(parser)
        if area is not None:
            return area
    items = _items(parser)
    closer = parser.take()
    if closer.kind not in closers:
        parser.at -= closer.kind != "stop"
        raise parser.stop("a bracket is not closed")
    if len(items) == 1:
        pair = _merged(parser, start)
        if pair is None:
            if token.kind == "(" and closer.kind == ")":
                return items[0]
            if token.kind == "[" and closer.kind == "]":
                if parser.kind == "_":
                    return evaluated(parser, items[0])
                if _may_be_floored(items[0]):
                    raise parser.unsupported("square brackets that may mean a floor")
                return items[0]
            raise parser.stop("brackets do not match")
        items = pair
    ends = (token.kind == "[", closer.kind == "]")
    if token.value == "]" or closer.value == "[":
        return interval(items[0], items[-1], *ends)
    if any(item == Const("inf") or item == Apply("neg", (Const("inf"),)) for item in items) and len(items) == 2:
        return interval(items[0], items[1], *ends)
    if ends == (False, False):
        return Apply("tuple", tuple(items))
    if len(items) == 2:
        return interval(items[0], items[1], *ends)
    if ends == (True, True):
        return Apply("list", tuple(items))
    raise parser.stop("brackets do not match")


def _area(parser: Parser) -> Expr | None:
    """`[ABC]`, the area of a polygon, as an opaque call."""
    tokens, at = parser.tokens, parser.at
    name = ""
    while (tokens[at].kind == "name" or tokens[at].kind == "word") and tokens[at].value.isupper():
        name += tokens[at].value
        at += 1
    if len(name) < 3 or tokens[at].kind != "]":
        return None
    parser.at = at + 1
    return Apply("call", (Sym("area"), Sym(name)))


def _may_be_floored(inner: Expr) -> bool:
    """Square brackets around one number or quotient group nothing, so they may be Gauss's."""
    if isinstance(inner, Num):
        return inner.value.denominator != 1
    return isinstance(inner, Sym) or (isinstance(inner, Apply) and inner.head in ("div", "sqrt"))


def _nested_lists(parser: Parser) -> Expr:
    """`[[1, 2], [3, 4]]` is a matrix when its rows have one length."""
    rows: list[tuple[Expr, ...]] = []
    while parser.accept("["):
        rows.append(tuple(_items(parser)))
        parser.expect("]")
        if not parser.accept(","):
            break
    parser.expect("]")
    if len({len(row) for row in rows}) != 1:
        raise parser.stop("rows of one length expected")
    return Apply("matrix", tuple(Apply("row", row) for row in rows))


def evaluated(parser: Parser, inner: Expr) -> Expr:
    """`[F(x)]_a^b` as F(b) - F(a), where F has one letter."""
    letters = free_symbols(inner)
    low = high = None
    while parser.kind in ("_", "^"):
        if parser.take().kind == "_":
            low = parser.argument(script=True)
        else:
            high = parser.argument(script=True)
    if len(letters) != 1 or low is None or high is None:
        raise parser.unsupported("a value between bounds")
    (letter,) = letters
    low, high = (b.args[1] if isinstance(b, Apply) and b.head == "eq" else b for b in (low, high))
    return Apply("add", (substitute(inner, {letter: high}), negated(substitute(inner, {letter: low}))))


def interval(low: Expr, high: Expr, low_closed: bool, high_closed: bool) -> Expr:
    words = {True: Text("closed"), False: Text("open")}
    return Apply("interval", (low, high, words[low_closed], words[high_closed]))


def _items(parser: Parser) -> list[Expr]:
    items = [parser.inside(parser.statement_item)]
    while parser.kind in (",", ";", "gap"):
        if parser.take().kind == "gap":
            continue
        items.append(parser.inside(parser.statement_item))
    return items


def _merged(parser: Parser, start: int) -> list[Expr] | None:
    """`(12,180)` standing by itself: a pair, though `12,180` is a number elsewhere."""
    token = parser.tokens[start]
    parts = token.value.split(",")
    if token.kind != "num" or len(parts) != 2 or parser.at != start + 2 or not all(p.isdigit() for p in parts):
        return None
    before = parser.tokens[start - 2].kind if start > 1 else "stop"
    after = parser.kind
    return [num(int(p)) for p in parts] if before in _AROUND_PAIRS and after in _AROUND_PAIRS else None


_AROUND_PAIRS: Final = frozenset({
    "stop", "rel", ",", ";", "(", ")", "{", "}", "\\{", "\\}", "or", "and", "cup", "cap", "setminus", "land",
    "lor", "gap", ".", "&", "row", "[", "]", "boxed",
})  # fmt: skip


def braces(parser: Parser, token: Token) -> Expr:
    """TeX's invisible group; a set in plain text, or when it holds a list."""
    if parser.kind == "}":
        parser.at += 1
        if parser.kind == "_" or parser.kind == "^":
            return _choice(parser)
        raise parser.stop("an empty group")
    inner = parser.inside(parser.statement_item if parser.latex else lambda: parser.statement_item(RATIO + 1))
    if parser.kind == "choose":
        parser.at += 1
        lower = parser.inside(parser.expression)
        parser.expect("}")
        return Apply("binom", (inner, lower))
    if not parser.latex and parser.accept(":"):
        condition = parser.inside(lambda: joined(parser))
        parser.expect("}")
        return Apply("such_that", (inner, condition))
    if parser.kind == "," or not parser.latex:
        items = [inner]
        while parser.accept(","):
            items.append(parser.inside(parser.statement_item))
        parser.expect("}")
        return Apply("set", tuple(items))
    parser.expect("}")
    return inner


def _choice(parser: Parser) -> Expr:
    """`{}_nC_k`, `{}^5P_2`."""
    parser.at += 1
    upper = parser.argument(script=True)
    letter = parser.expect("name").value
    if letter not in "CP" or not parser.accept("_"):
        raise parser.stop("a binomial coefficient expected")
    return Apply("binom" if letter == "C" else "perm", (upper, parser.argument(script=True)))


def braced_set(parser: Parser, token: Token) -> Expr:
    """`\\{1, 2\\}` or `\\{x : x > 2\\}`."""
    if parser.accept("\\}"):
        return Const("empty")
    first = parser.tokens[parser.at]
    if first.kind == "num" and parser.tokens[parser.at + 1].kind == "\\}":
        parts = first.value.split(",")
        if len(parts) > 1 and all(p.isdigit() for p in parts):
            parser.at += 2
            return Apply("set", tuple(num(int(p)) for p in parts))
    bars, parser.bars = parser.bars, 0
    items: list[Expr] = []
    left = parser.expression(RATIO + 1)
    if parser.kind == "rel" and parser.tokens[parser.at].value in ("in", "lt", "le", "gt", "ge", "eq"):
        head = parser.take().value
        right = parser.expression()
        left = parser.link(head, left, right, None)
    if parser.kind in (":", "|") or (parser.kind == "rel" and parser.tokens[parser.at].value == "divides"):
        parser.take()
        conditions = [parser.statement_item()]
        while parser.kind in (",", "and"):
            parser.take()
            conditions.append(parser.statement_item())
        parser.expect("\\}")
        parser.bars = bars
        condition = conditions[0] if len(conditions) == 1 else Apply("and", tuple(conditions))
        return Apply("such_that", (left, condition))
    items.append(left)
    while parser.accept(",") or parser.accept(";"):
        items.append(parser.statement_item())
    parser.expect("\\}")
    parser.bars = bars
    return Apply("set", tuple(items))


def _fenced(head: str) -> Callable[[Parser, Token], Expr]:
    def reader(parser: Parser, token: Token) -> Expr:
        inner = parser.inside(parser.expression)
        parser.expect(CLOSER_OF[token.kind])
        return measure(head, inner)

    return reader


def measure(head: str, inner: Expr) -> Expr:
    if head == "abs" and isinstance(inner, Apply):
        if inner.head == "matrix":
            return Apply("determinant", (inner,))
        if inner.head in ("set", "such_that", "union", "intersection"):
            return Apply("cardinality", (inner,))
        if inner.head == "vector":
            return Apply("norm", (inner,))
    return Apply(head, (inner,))


def bars(parser: Parser, token: Token) -> Expr:
    """`|x|` and `‖v‖`, whose opening and closing signs are the same."""
    parser.bars += 1
    inner = parser.expression()
    parser.expect(token.kind)
    parser.bars -= 1
    return measure("abs" if token.kind == "|" else "norm", inner)


def angle_brackets(parser: Parser, token: Token) -> Expr:
    items = _items(parser)
    parser.expect(")>")
    return Apply("tuple", tuple(items))


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
    if order is not None:
        if not parser.accept("^") or parser.argument(script=True) != order:
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


def underlined(parser: Parser, token: Token) -> Expr:
    inner = transparent(parser, token)
    if parser.kind == "underline":
        raise parser.unsupported("digits underlined one by one")
    return inner


def function(parser: Parser, token: Token) -> Expr:
    """A named function with or without brackets, its exponent and its subscript."""
    name = token.value
    if name == "sqrt" or name == "cbrt":
        inner = parser.arguments() if parser.kind == "(" else [parser.argument()]
        if len(inner) != 1:
            raise parser.stop("one argument expected")
        return Apply("sqrt", (inner[0],)) if name == "sqrt" else Apply("root", (inner[0], num(3)))
    base: Expr | None = None
    power: Expr | None = None
    while parser.kind in ("^", "_", "sup"):
        sign = parser.take()
        if sign.kind == "sup":
            power = parser._small(sign.value.translate(_SUPERS))
        elif sign.kind == "^":
            power = parser.argument(script=True)
        elif name in ("log", "min", "max"):
            base = parser.argument(script=True)
        else:
            raise parser.unsupported(f"a subscript of {name}")
    if name in ("min", "max") and base is not None:
        raise parser.unsupported(f"{name} over a set")
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


def _arguments(parser: Parser, name: str) -> list[Expr]:
    kind = parser.kind
    if kind == "(" or (kind in ("[", "\\{", "{") and name in _MANY) or (kind == "["):
        items = parser.arguments()
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
    factors = [parser.expression(MUL + 10)]
    while parser.kind in STARTERS and parser.kind not in _NOT_BARE and parser._may_follow(parser.tokens[parser.at]):
        if parser.kind == "(" and not isinstance(factors[-1], Num):
            break
        if parser.integrals and (parser.differential or parser.tokens[parser.at].value == "d"):
            break
        factors.append(parser.expression(MUL + 10))
    if parser.kind == "/":
        parser.ambiguous = True
    return factors if len(factors) == 1 else [Apply("mul", tuple(factors))]


_NOTHING: Final = frozenset({"stop", "rel", ",", "}", ")"})
_NOT_BARE: Final = frozenset({"func", "sum", "prod", "int", "lim", "begin", "|", "|("})
_SUPERS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣ", "0123456789+-nx")


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


_POSITIVE: Final[Mapping[str, Expr]] = {
    "integers": Const("naturals"), "naturals": Const("naturals"),
    "reals": Apply("interval", (num(0), Const("inf"), Text("open"), Text("open"))),
}  # fmt: skip


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
    factor = parser._measure(amount) if parser.tokens[parser.at].value in ("million", "billion", "thousand") else None
    return Apply("quantity", (factor or amount, Unit(CURRENCIES[token.value])))


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


_CALLABLE: Final = frozenset(
    {*ARITHMETIC, *CALCULUS, *COLLECTIONS, *MEASURES} - {"set", "row", "mod", "range", "ellipsis"}
)
_PLAIN: Final[Mapping[str, Expr]] = {
    "pi": Const("pi"), "Pi": Const("pi"), "infinity": Const("inf"), "inf": Const("inf"), "oo": Const("inf"),
    **{name: Sym(name) for name in ("alpha", "beta", "gamma", "delta", "theta", "lambda", "phi", "omega", "sigma")},
}  # fmt: skip


def upright_vector(parser: Parser, token: Token) -> Expr:
    return Apply("vector", (_letters(parser),))


def overline(parser: Parser, token: Token) -> Expr:
    """`\\overline{AB}` is a segment, `\\overline{z}` a conjugate."""
    inner = _letters(parser)
    if isinstance(inner, Sym) and (len(inner.name) == 1 or "_" in inner.name):
        return Apply("conj", (inner,))
    if isinstance(inner, Sym) and inner.name.isalpha() and inner.name.isupper() and len(inner.name) == 2:
        return Apply("segment", (inner,))
    raise parser.unsupported("a bar over a formula")


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


def matrix(parser: Parser, token: Token) -> Expr:
    head = MATRIX_ENVIRONMENTS.get(token.value)
    if head is None and token.value == "array":
        head = "matrix"
    if head is None:
        raise parser.unsupported(f"the environment {token.value}")
    rows: list[tuple[Expr, ...]] = []
    cells: list[Expr] = []
    while True:
        if parser.accept("end"):
            break
        if parser.accept("row"):
            rows.append(tuple(cells))
            cells = []
            continue
        cells.append(parser.inside(parser.statement_item))
        if not parser.accept("&") and parser.kind not in ("row", "end"):
            raise parser.stop("the next cell expected")
    if cells:
        rows.append(tuple(cells))
    rows = [row for row in rows if row]
    if not rows or len({len(row) for row in rows}) != 1:
        raise parser.stop("rows of one length expected")
    built = Apply("matrix", tuple(Apply("row", row) for row in rows))
    return built if head == "matrix" else Apply(head, (built,))


def big_sum(parser: Parser, token: Token) -> Expr:
    low = high = None
    while parser.kind in ("_", "^"):
        if parser.take().kind == "_":
            low = parser.argument(script=True)
        else:
            high = parser.argument(script=True)
    if not (isinstance(low, Apply) and low.head == "eq" and isinstance(low.args[0], Sym) and high is not None):
        raise parser.unsupported(f"a {token.kind} whose bounds are not k = a to b")
    term = parser.expression(MUL)
    return Apply(token.kind, (term, low.args[0], low.args[1], high))


def integral(parser: Parser, token: Token) -> Expr:
    low = high = None
    while parser.kind in ("_", "^"):
        if parser.take().kind == "_":
            low = parser.argument(script=True)
        else:
            high = parser.argument(script=True)
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


def evaluation_bar(parser: Parser, token: Token) -> Expr:
    """`\\left. F(x) \\right|_a^b`."""
    inner = parser.inside(parser.expression)
    parser.expect(")|")
    return evaluated(parser, inner)


def sign_alone(head: str) -> Callable[[Parser, Token], Expr]:
    def reader(parser: Parser, token: Token) -> Expr:
        return Apply(head, (parser.expression(MUL),))

    return reader


def ellipsis(parser: Parser, token: Token) -> Expr:
    return Apply("ellipsis", ())


READERS: Final[Mapping[str, Callable[[Parser, Token], Expr]]] = {
    "(": group, "[": group, "{": braces, "\\{": braced_set, "|(": _fenced("abs"), "norm(": _fenced("norm"),
    "floor(": _fenced("floor"), "ceil(": _fenced("ceil"), "|": bars, "norm": bars, "<(": angle_brackets,
    "frac": fraction, "sqrt": root, "root": root_sign, "binom": binomial, "boxed": transparent, "underline": underlined, "func": function,
    "const": constant, "vulgar": vulgar_fraction, "hex": hexadecimal, "money": money, "words": words, "word": plain_word,
    "vec": upright_vector, "overline": overline, "angle": named("angle"), "triangle": named("triangle"),
    "arc": named("arc"), "delta": delta, "hat": hat, "begin": matrix, "sum": big_sum, "prod": big_sum,
    "int": integral, "lim": limit, "pm": sign_alone("pm"), "mp": sign_alone("mp"), "dots": ellipsis,
    "nodelimiter": evaluation_bar,
}  # fmt: skip
"""Token kind to the reader of the operand it begins."""

Parser.readers = READERS
