"""The grammar: tokens to trees by operator precedence (V. Pratt, "Top down operator precedence", 1973).

Nothing is evaluated; only the sign of a literal is folded into it. Nesting is bounded by `MAX_DEPTH`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, Unit, free_symbols, num
from verifiers.notation import numbers
from verifiers.notation.lexer import Token
from verifiers.notation.options import Options, Reason
from verifiers.notation.tables import CURRENCIES, SUBSCRIPTS, SUPERSCRIPTS, VULGAR
from verifiers.notation.units import NOT_UNITS, UNITS, singular

MAX_DEPTH: Final = 90

SETS: Final = 14
RATIO: Final = 16
ADD: Final = 20
MOD: Final = 25
MUL: Final = 30
POW: Final = 50

INFIX: Final[Mapping[str, int]] = {
    "cup": SETS, "cap": SETS + 1, "setminus": SETS, ":": RATIO, "+": ADD, "-": ADD, "pm": ADD, "mp": ADD, "mod": MOD,
    "*": MUL, "/": MUL, "compose": MUL + 5, "^": POW, "sup": POW, "!": POW + 5, "%": POW + 5, "°": POW + 5,
    "'": POW + 5, "''": POW + 5,
}  # fmt: skip
"""Binding power of what may stand between or after operands. Juxtaposition binds as `MUL`."""

STARTERS: Final = frozenset({
    "name", "const", "func", "(", "[", "{", "frac", "sqrt", "root", "binom", "|", "|(", "norm(", "floor(", "ceil(",
    "sum", "prod", "int", "lim", "begin", "vulgar", "vec", "overline", "num", "hat", "cancel", "<(", "norm",
    "underbrace", "dots", "underline",
})  # fmt: skip
"""Tokens that may begin a factor written without a sign between."""

FUNCTION_LETTERS: Final = frozenset("fghpqPQFGTRSNHLWE") | {
    "phi",
    "psi",
    "chi",
    "nu",
    "Phi",
    "sigma",
    "Gamma",
    "zeta",
    "tau",
}
SURE_FUNCTION_LETTERS: Final = frozenset("fgFG")
MAGNITUDES: Final[Mapping[str, int]] = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
}  # fmt: skip

TEMPERATURES: Final[Mapping[str, str]] = {"C": "celsius", "F": "fahrenheit", "K": "K"}


class StoppedReading(Exception):  # noqa: N818 - control flow inside the package, never seen outside
    """The text cannot be read: why and where."""

    def __init__(self, reason: Reason, message: str, at: int) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.at = at


class Parser:
    """One reading of one token list. `ambiguous` is set when a second reading of the same text is usual."""

    readers: "Mapping[str, Callable[[Parser, Token], Expr]]" = {}  # noqa: RUF012 - set once, by `prefixes`
    """Token kind to the reader of the operand it begins."""

    def __init__(self, tokens: Sequence[Token], options: Options, latex: bool, evidence: "Evidence") -> None:
        self.tokens = tokens
        self.options = options
        self.latex = latex
        self.at = 0
        self.depth = 0
        self.bars = 0
        self.integrals = 0
        self.differential: Sym | None = None
        self.ambiguous = False
        self.bare, self.exponential, self.imaginary = evidence

    # -- tokens ----------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        return self.tokens[self.at].kind

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "stop":
            self.at += 1
        return token

    def accept(self, kind: str) -> bool:
        if self.tokens[self.at].kind == kind:
            self.at += 1
            return True
        return False

    def expect(self, kind: str) -> Token:
        token = self.tokens[self.at]
        if token.kind != kind:
            raise self.stop(f"{kind!r} expected")
        self.at += 1
        return token

    def stop(self, message: str, reason: Reason = "unreadable") -> StoppedReading:
        token = self.tokens[self.at]
        shown = token.value or token.kind
        return StoppedReading(reason, f"{message} at {shown!r}" if token.kind != "stop" else message, token.start)

    def unsupported(self, message: str) -> StoppedReading:
        return StoppedReading("unsupported", message, self.tokens[self.at].start)

    # -- expressions -----------------------------------------------------------------------------------------------

    def expression(self, least: int = SETS) -> Expr:
        """An operand and all operators after it that bind at least as tightly as `least`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise StoppedReading("too_large", f"nested deeper than {MAX_DEPTH}", self.tokens[self.at].start)
        left = self.prefix(least)
        joined = ""
        while True:
            token = self.tokens[self.at]
            kind = token.kind
            power = INFIX.get(kind)
            if self.integrals and self.differential is not None:
                break
            if power is None or (kind == ":" and not self._is_ratio()):
                if least > MUL:
                    break
                if kind in STARTERS and (self._may_follow(token) or (kind == "name" and self._is_times_letter())):
                    if kind == "name" and self._is_times_letter():
                        self.at += 1
                    right = self.expression(MUL + 1)
                    left, joined = _join("mul", left, right, joined), "mul"
                    continue
                measured = self._measure(left)
                if measured is None:
                    break
                left, joined = measured, ""
                continue
            if power < least:
                break
            if power > POW:
                left, joined = self._postfix(left), ""
                continue
            self.at += 1
            if kind == "+" or kind == "-":
                right = self.expression(ADD + 1)
                left, joined = _join("add", left, negated(right) if kind == "-" else right, joined), "add"
            elif kind == "*":
                left, joined = _join("mul", left, self._factor(left), joined), "mul"
            elif kind == "/":
                divisor = self._divisor(token, left)
                left, joined = Apply("div", (left, divisor)), ""
            elif kind == "^":
                left, joined = self._power(left), ""
            elif kind == "sup":
                left, joined = Apply("pow", (left, self._small(token.value.translate(SUPERSCRIPTS)))), ""
            else:
                left, joined = self._rare(kind, left, power, joined)
        self.depth -= 1
        return left

    def _factor(self, left: Expr) -> Expr:
        right = self.expression(MUL + 1)
        if _has_unit(left) or self.tokens[self.at - 1].kind != "num":
            measured = self._measure(right) if _has_unit(left) else None
            return measured if measured is not None else right
        return right

    def _divisor(self, slash: Token, left: Expr) -> Expr:
        """`1/2x` is read from the left, but `4√3 / 6√3` with its spaces as one quotient. Both can be meant."""
        divisor = self._factor(left)
        before, after = self.tokens[self.at - 1], self.tokens[self.at]
        if after.kind not in STARTERS or not self._may_follow(after):
            return divisor
        self.ambiguous = True
        spaced = self._spaces_around(slash)
        while spaced and after.kind in _UNDIVIDED and after.start == before.end and self._may_follow(after):
            divisor = _join("mul", divisor, self.expression(MUL + 1), "")
            before, after = self.tokens[self.at - 1], self.tokens[self.at]
        return divisor

    def _spaces_around(self, sign: Token) -> bool:
        """Is the sign taken last set off by spaces on both sides?"""
        at = self.tokens.index(sign)
        return self.tokens[at - 1].end < sign.start and sign.end < self.tokens[at + 1].start

    def _rare(self, kind: str, left: Expr, power: int, joined: str) -> tuple[Expr, str]:
        if kind in ("pm", "mp"):
            return Apply(kind, (left, self.expression(ADD + 1))), ""
        if kind == "mod":
            return Apply("mod", (left, self.expression(MOD + 1))), ""
        if kind == ":":
            return _join("ratio", left, self.expression(RATIO + 1), joined), "ratio"
        if kind == "setminus":
            return Apply("setminus", (as_set(left), as_set(self.expression(SETS + 1)))), ""
        if kind in ("cup", "cap"):
            head = "union" if kind == "cup" else "intersection"
            return _join(head, as_set(left), as_set(self.expression(power + 1)), joined), head
        raise self.unsupported("composition of functions")

    def _is_ratio(self) -> bool:
        """A colon between two numbers or letters is a ratio; before a space and words it ends a sentence."""
        before, colon, after = self.tokens[self.at - 1 : self.at + 2]
        even = (before.end < colon.start) == (colon.end < after.start)
        return even and after.kind in ("num", "name", "(", "sqrt", "frac", "{")

    def _is_times_letter(self) -> bool:
        """`6 x 6`: the letter between two numbers."""
        tokens, at = self.tokens, self.at
        before = tokens[at - 1]
        if tokens[at].value not in "xX" or tokens[at + 1].kind not in ("num", "money"):
            return False
        return before.kind == "num" or (before.kind in ("word", "%") and before.end < tokens[at].start)

    def _may_follow(self, token: Token) -> bool:
        """May this token begin the next factor of a product without sign?"""
        kind = token.kind
        before = self.tokens[self.at - 1].kind
        if kind == "num":
            if before == "name" or before == "}":
                self.ambiguous = True
            return before in ("name", ")", "}", "!", "const")
        if kind == "|" or kind == "norm":
            return not self.bars and self._bars_ahead(kind) % 2 == 0
        if kind == "vulgar":
            return False
        if kind == "dots":
            return self.tokens[self.at + 1].kind in _FACTORS
        if kind == "name" and not self.latex and before == "num" and token.start > self.tokens[self.at - 1].end:
            return not self._is_unit_letter(token)
        if kind == "(":
            return not self._is_modulus()
        if kind == "const" and token.value not in ("pi", "e", "i", "inf"):
            return False
        return kind != "begin" or token.value != "cases"

    def _bars_ahead(self, kind: str) -> int:
        """Bars from here to the end of the group this one stands in."""
        level = count = 0
        for token in self.tokens[self.at : self.at + 400]:
            if token.kind == kind and not level:
                count += 1
            elif token.kind in OPENERS:
                level += 1
            elif token.kind in CLOSERS:
                level -= 1
                if level < 0:
                    break
            elif token.kind == "rel" and not level and token.value != "divides":
                break
        return count

    # -- prefix ----------------------------------------------------------------------------------------------------

    def prefix(self, least: int) -> Expr:
        """The operand that begins here."""
        token = self.take()
        kind = token.kind
        if kind == "num":
            return self._number(token)
        if kind == "name":
            return self._name(token)
        if kind == "-" or kind == "+":
            minus = kind == "-"
            while self.kind in ("-", "+"):
                minus ^= self.take().kind == "-"
            operand = self.expression(max(least, MUL))
            return negated(operand) if minus else operand
        reader = self.readers.get(kind)
        if reader is None:
            self.at -= kind != "stop"
            raise self.stop("an operand expected" if kind != "bad" else "an unknown sign", "unreadable")
        return reader(self, token)

    def _number(self, token: Token) -> Expr:
        value = self.literal(token)
        after = self.tokens[self.at]
        kind = after.kind
        if token.value.endswith("."):
            return self._overlined(token)
        if kind == "_":
            return self._based(token)
        integer = value.places is None
        if integer and kind == "vulgar":
            self.at += 1
            return Apply("mixed", (value, vulgar(after)))
        if integer and kind == "frac":
            part = self._plain_fraction()
            if part is not None:
                self.ambiguous = True
                return Apply("mixed", (value, part))
        elif integer and kind == "num" and after.start > token.end and after.value.isdigit():
            slash, below = self.tokens[self.at + 1 : self.at + 3] if self.at + 2 < len(self.tokens) else (after, after)
            if slash.kind == "/" and slash.start == after.end and below.kind == "num" and below.value.isdigit():
                top, bottom = self.literal(after), self.literal(below)
                if 0 < top.value < bottom.value:
                    self.at += 3
                    return Apply("mixed", (value, Apply("div", (top, bottom))))
        elif kind == "dots" and not integer and after.start == token.end:
            self.at += 1
            whole, _, decimals = token.value.partition(".")
            cycle = numbers.cycle_of(decimals)
            if cycle is not None:
                return numbers.repeating(f"{whole or 0}.{cycle[0]}", cycle[1], self.options.bounds.digits)
        elif kind == "overline" and "." in token.value:
            return self._overlined(token)
        if kind == "name" and after.value in "CP" and integer and after.start == token.end:
            below = self.tokens[self.at + 1]
            if below.kind == "num" and below.start == after.end:
                self.at += 2
                return Apply("binom" if after.value == "C" else "perm", (value, self.literal(below)))
        if kind == ":" and integer and self._is_clock(token):
            return self._clock(value)
        return value

    def literal(self, token: Token) -> Num:
        try:
            return numbers.literal(token.value, self.options.bounds.digits, self.options.decimal_comma)
        except numbers.TooLarge as problem:
            raise StoppedReading("too_large", str(problem), token.start) from problem

    def _plain_fraction(self) -> Expr | None:
        """`\\frac12` or `\\frac{1}{2}` below one, of digits only, else nothing is taken."""
        start = self.at
        self.at += 1
        try:
            top, bottom = self.argument(), self.argument()
        except StoppedReading:
            self.at = start
            return None
        if isinstance(top, Num) and isinstance(bottom, Num) and 0 < top.value < bottom.value and not self._tall(start):
            return Apply("div", (top, bottom))
        self.at = start
        return None

    def _tall(self, start: int) -> bool:
        return any(token.kind in ("-", "frac") for token in self.tokens[start + 1 : self.at])

    def _overlined(self, token: Token) -> Expr:
        start = self.at
        opener = self.take()
        digits = ""
        if opener.kind == "(" or self.accept("{"):
            while self.kind == "num":
                digits += self.take().value
            if self.take().kind not in ("}", ")"):
                digits = ""
        elif self.kind == "num":
            digits = self.take().value
        if not digits.isdigit():
            self.at = start
            raise self.stop("digits expected under the bar of a repeating decimal")
        return numbers.repeating(token.value, digits, self.options.bounds.digits)

    def _based(self, token: Token) -> Expr:
        self.at += 1
        base = self.argument(script=True)
        return Apply("based", (Text(token.value.replace(",", "")), base))

    def _is_clock(self, token: Token) -> bool:
        colon, minutes = self.tokens[self.at], self.tokens[self.at + 1]
        return (
            colon.start == token.end and minutes.kind == "num" and minutes.start == colon.end
            and len(minutes.value) == 2 and minutes.value < "60" and len(token.value) <= 2 and int(token.value) < 25
            and (not self.latex or minutes.value[0] == "0")
        )  # fmt: skip

    def _clock(self, hours: Num) -> Expr:
        parts: list[Expr] = [hours]
        while len(parts) < 3 and self.kind == ":" and self.tokens[self.at + 1].kind == "num":
            self.at += 1
            parts.append(self.literal(self.take()))
        return Apply("clock", tuple(parts))

    # -- names, calls, subscripts ----------------------------------------------------------------------------------

    def _name(self, token: Token) -> Expr:
        name = token.value
        kind = self.kind
        if self.integrals and name == "d" and kind == "name" and self.differential is None:
            self.differential = Sym(self.take().value)
            return ONE
        if kind == "_":
            name = self.subscripted(name)
        elif kind == "sub":
            name = f"{name}_{self.take().value.translate(SUBSCRIPTS)}"
        elif name == "e" and (self.exponential or kind == "^" or kind == "sup"):
            return Const("e")
        elif name == "i" and self.imaginary:
            return Const("i")
        letter: Expr = Sym(name)
        kind = self.kind
        if kind == "'" or kind == "''":
            return self._primed(token.value, name)
        if kind == "(" and self._calls(token.value, name):
            return self.call(letter)
        if kind == "^" and token.value in SURE_FUNCTION_LETTERS | self.options.functions:
            return self._inverse_call(letter)
        return letter

    def _calls(self, letter: str, name: str) -> bool:
        if letter in self.options.functions or name in self.options.functions:
            return True
        if letter == "C" and self._is_choice():
            return True
        if self._is_modulus():
            return False
        if letter not in FUNCTION_LETTERS:
            return self._names_a_function(letter, name)
        if letter in SURE_FUNCTION_LETTERS:
            return True
        return letter not in self.bare and not self._argument_mentions(letter)

    def _names_a_function(self, letter: str, name: str) -> bool:
        """`y(t)` and `ν_2(n)`: nobody writes a product so."""
        inside, closing = (*self.tokens[self.at + 1 : self.at + 3], self.tokens[-1])[:2]
        if name != letter and letter in ("v", "nu"):
            return True
        one = inside.kind == "name" and closing.kind == ")" and inside.value != letter
        return one and letter not in self.bare and inside.start == self.tokens[self.at].end

    def _is_choice(self) -> bool:
        kinds = [token.kind for token in self.tokens[self.at : self.at + 5]]
        return kinds == ["(", "num", ",", "num", ")"] or (kinds[:2] == ["(", "num"] and self._merged_pair() is not None)

    def _merged_pair(self) -> tuple[str, str] | None:
        """`(12,180)` was lexed as one number with a thousands comma."""
        token = self.tokens[self.at + 1]
        parts = token.value.split(",")
        alone = token.kind == "num" and self.tokens[self.at + 2].kind == ")"
        return (parts[0], parts[1]) if alone and len(parts) == 2 and parts[0].isdigit() and parts[1].isdigit() else None

    def _argument_mentions(self, letter: str) -> bool:
        level = 0
        for token in self.tokens[self.at : self.at + 200]:
            if token.kind in OPENERS:
                level += 1
            elif token.kind in CLOSERS:
                level -= 1
                if level <= 0:
                    return False
            elif token.kind == "name" and token.value == letter:
                return True
        return False

    def call(self, function: Expr) -> Expr:
        """`f(a, b)` with the opening parenthesis next."""
        arguments = self.arguments()
        if function == Sym("C") and len(arguments) == 2 and "C" not in self.options.functions:
            self.ambiguous = True
            return Apply("binom", tuple(arguments))
        if not arguments:
            raise self.stop("an argument expected")
        return Apply("call", (function, *arguments))

    def arguments(self) -> list[Expr]:
        """The items in the bracket that opens here; a thousands comma directly in it separates."""
        opener = self.take()
        closer = CLOSER_OF[opener.kind]
        pair = None
        if self.kind == "num" and self.tokens[self.at + 1].kind == closer:
            pair = self.tokens[self.at].value.split(",")
        if pair and len(pair) > 1 and all(p.isdigit() for p in pair):
            self.at += 2
            return [num(int(p)) for p in pair]
        items: list[Expr] = []
        while True:
            items.append(self.inside(self.statement_item))
            if not self.accept(",") and not self.accept(";"):
                break
        self.expect(closer)
        return items

    def _primed(self, letter: str, name: str) -> Expr:
        count = 0
        while self.kind in ("'", "''"):
            count += len(self.take().kind)
        if not (letter in FUNCTION_LETTERS or letter in "yuv" or letter in self.options.functions):
            return Sym(name + "'" * count)
        primed = Apply("prime", (Sym(name),) if count == 1 else (Sym(name), num(count)))
        if self.kind == "(":
            return self.call(primed)
        return primed

    def _inverse_call(self, letter: Expr) -> Expr:
        """`f^{-1}(x)`, `f^{(n)}(x)`; a plain power of a letter is left to the operators."""
        start = self.at
        self.at += 1
        exponent = self.argument(script=True)
        if self.kind == "(" and exponent == MINUS_ONE:
            return self.call(Apply("inverse", (letter,)))
        if self.kind == "(":
            self.ambiguous = True
            return self.call(Apply("pow", (letter, exponent)))
        self.at = start
        return letter

    def subscripted(self, name: str) -> str:
        """`x_1`, `a_{n+1}`: the subscript is part of the name."""
        self.expect("_")
        if not self.accept("{"):
            token = self.take()
            if token.kind not in ("num", "name", "words", "word", "*", "const"):
                self.at -= 1
                raise self.stop("a subscript expected")
            if token.kind == "num" and len(token.value) > 1 and self.latex:
                pass
            return f"{name}_{token.value}"
        level = 1
        parts: list[str] = []
        while level:
            token = self.take()
            if token.kind == "stop" or len(parts) > 60:
                raise self.stop("an unclosed subscript")
            level += (token.kind == "{") - (token.kind == "}")
            if level:
                parts.append(_spelled(token))
        if not parts:
            return name
        return f"{name}_{parts[0]}" if len(parts) == 1 else f"{name}_{{{''.join(parts)}}}"

    # -- arguments of commands -------------------------------------------------------------------------------------

    def argument(self, script: bool = False) -> Expr:
        """A braced group, or the one token after a command: of a number only its first digit, but all of it in a
        script, where nobody means `2^10` as TeX reads it.
        """
        token = self.tokens[self.at]
        if token.kind == "{":
            return self.braced()
        if token.kind == "num" and not script:
            return self._digit(token)
        if token.kind == "num":
            self.at += 1
            return self.literal(token)
        if token.kind in ("name", "const"):
            self.at += 1
            if token.kind == "const":
                return Const(token.value)
            return Const("e") if token.value == "e" and self.exponential else Sym(token.value)
        if script:
            return self.expression(POW)
        return self.prefix(POW)

    def _digit(self, token: Token) -> Expr:
        """TeX takes one token: `\\frac12` is 1/2, and `\\frac123` is 1/2 followed by 3."""
        first, rest = token.value[0], token.value[1:]
        if rest and token.value.isdigit():
            tokens = list(self.tokens)
            tokens[self.at] = Token("num", rest, token.start + 1, token.end)
            self.tokens = tokens
            return num(int(first))
        self.at += 1
        return self.literal(token)

    def braced(self) -> Expr:
        """The tree in the braces that open here."""
        self.expect("{")
        inner = self.inside(self.statement_item)
        if self.kind == "choose":
            self.at += 1
            lower = self.inside(self.expression)
            self.expect("}")
            return Apply("binom", (inner, lower))
        self.expect("}")
        return inner

    def inside(self, reader: Callable[[], Expr]) -> Expr:
        """Reads within a bracket, where bars outside of it do not count."""
        bars, self.bars = self.bars, 0
        result = reader()
        self.bars = bars
        return result

    # -- powers and postfixes --------------------------------------------------------------------------------------

    def _power(self, left: Expr) -> Expr:
        kind = self.kind
        transposed = isinstance(left, Apply) and left.head == "matrix"
        if kind == "{" and self.tokens[self.at + 2].kind == "}":
            inner = self.tokens[self.at + 1]
            if inner.kind == "°" or (transposed and inner.value in ("T", "top")):
                self.at += 3
                return Apply("transpose", (left,)) if transposed else self._degrees(left)
        if transposed and self.tokens[self.at].value in ("T", "top"):
            self.at += 1
            return Apply("transpose", (left,))
        if kind == "{":
            return Apply("pow", (left, self.braced()))
        if self.latex and kind in ("num", "name", "const"):
            exponent = self._script_token()
        else:
            exponent = self.expression(POW)
        return Apply("pow", (left, exponent))

    def _script_token(self) -> Expr:
        token = self.take()
        if token.kind == "num":
            return self.literal(token)
        if token.kind == "const":
            return Const(token.value)
        return Const("i") if token.value == "i" and self.imaginary else Sym(token.value)

    def _postfix(self, left: Expr) -> Expr:
        token = self.take()
        if token.kind == "!":
            if self.accept("!"):
                return Apply("double_factorial", (left,))
            return Apply("factorial", (left,))
        if token.kind == "%":
            return Apply("percent", (left,))
        if token.kind == "°":
            return self._degrees(left)
        if isinstance(left, Apply) and left.head in ("degree", "add"):
            raise self.unsupported("minutes of arc")
        raise self.stop("a prime after an expression")

    def _degrees(self, left: Expr) -> Expr:
        token = self.tokens[self.at]
        scale = TEMPERATURES.get(token.value) if token.kind in ("name", "words") else None
        if scale and self.tokens[self.at + 1].kind not in STARTERS and (token.kind == "words" or not self.latex):
            self.at += 1
            return Apply("quantity", (left, Unit(scale)))
        return Apply("degree", (left,))

    def _small(self, digits: str) -> Expr:
        sign = -1 if digits[0] == "-" else 1
        digits = digits.lstrip("+-")
        if digits.isdigit():
            return num(sign * int(digits[:20]))
        return Sym(digits) if sign > 0 else negated(Sym(digits))

    # -- quantities ------------------------------------------------------------------------------------------------

    def _is_unit_letter(self, token: Token) -> bool:
        return token.value in UNITS and self.tokens[self.at + 1].kind in UNIT_ENDS

    def _measure(self, left: Expr) -> Expr | None:
        """A unit, currency sign or counted noun after a value."""
        token = self.tokens[self.at]
        kind = token.kind
        if isinstance(left, Apply) and left.head == "quantity":
            return None
        if kind == "money":
            if self.tokens[self.at + 1].kind in ("num",):
                return None
            self.at += 1
            return Apply("quantity", (left, Unit(CURRENCIES[token.value])))
        if kind not in ("words", "word", "name") or not _countable(left):
            return None
        if (kind != "words" and token.value in MAGNITUDES) or token.value in MAGNITUDES:
            self.at += 1
            return Apply("mul", (left, num(MAGNITUDES[token.value])))
        if token.value == "of" and not self.latex:
            self.at += 1
            return Apply("mul", (left, self.expression(MUL + 1)))
        if token.value == "times" and kind == "word":
            self.at += 1
            return Apply("mul", (left, self.expression(MUL + 1)))
        if token.value.lower() in ("percent", "percents", "pct", "percentage"):
            self.at += 1
            return Apply("percent", (left,))
        if token.value.lower() in ("degrees", "degree"):
            self.at += 1
            return Apply("degree", (left,))
        unit = self._unit()
        if unit is None:
            return None
        measured = Apply("quantity", (left, unit))
        if isinstance(unit, Unit) and unit.name in _COMPOUND and self._smaller_unit_follows():
            rest = self._measure(self.literal(self.take()))
            return measured if rest is None else Apply("add", (measured, rest))
        return measured

    def _smaller_unit_follows(self) -> bool:
        """`3 hours 20 minutes`."""
        after = self.tokens[self.at + 1] if self.kind == "num" else None
        return after is not None and after.kind in ("word", "words") and UNITS.get(after.value) in _COMPOUND

    def _unit(self) -> Expr | None:
        """The unit that is spelled here, powers and quotients of units with it, or nothing taken."""
        start = self.at
        token = self.take()
        unit: Expr | None = None
        if token.kind == "words":
            unit = unit_of(token.value)
        elif token.kind == "word":
            unit = Unit(UNITS[token.value]) if token.value in UNITS else self._plain_noun(token)
        elif token.value in UNITS and self.kind in UNIT_ENDS and not self.latex:
            unit = Unit(UNITS[token.value])
        if unit is None:
            self.at = start
            return None
        while True:
            if self.kind == "^" or self.kind == "sup":
                if self.kind == "sup":
                    unit = Apply("pow", (unit, self._small(self.take().value.translate(SUPERSCRIPTS))))
                    continue
                self.at += 1
                unit = Apply("pow", (unit, self.argument(script=True)))
            elif self.kind == "/" and self.tokens[self.at + 1].kind in ("words", "word", "name"):
                after = self.tokens[self.at + 1]
                name = UNITS.get(after.value)
                if name is None or (after.kind == "name" and self.latex):
                    break
                self.at += 2
                below: Expr = Unit(name)
                if self.kind == "sup":
                    below = Apply("pow", (below, self._small(self.take().value.translate(SUPERSCRIPTS))))
                elif self.accept("^"):
                    below = Apply("pow", (below, self.argument(script=True)))
                unit = Apply("div", (unit, below))
            elif self.tokens[self.at][:2] == ("word", "per") and self.tokens[self.at + 1].kind == "word":
                self.at += 1
                below_name = self.take().value
                unit = Apply("div", (unit, Unit(UNITS.get(below_name, singular(below_name)))))
            else:
                break
        return unit

    def _plain_noun(self, token: Token) -> Expr | None:
        """`square metres`, and a counted noun where the term ends after it."""
        exponent = {"square": 2, "sq": 2, "cubic": 3}.get(token.value)
        if exponent and self.kind == "word" and self.tokens[self.at].value in UNITS:
            return Apply("pow", (Unit(UNITS[self.take().value]), num(exponent)))
        if self.kind in UNIT_ENDS or (self.kind == "name" and self._is_times_letter()) or self.kind == ".":
            return _noun(token.value)
        return _noun(token.value) if self.tokens[self.at].value == "per" else None

    # -- statements: relations, alternatives, lists ----------------------------------------------------------------

    def statement_item(self, least: int = SETS) -> Expr:
        """One relation or expression."""
        if self.kind == "not":
            self.at += 1
            return Apply("not", (self.statement_item(),))
        left = self.expression(least)
        if self.kind not in ("rel", "nmid") and not self._bar_divides():
            return left
        links: list[Expr] = []
        heads: list[str] = []
        terms = [left]
        while self.kind in ("rel", "nmid") or self._bar_divides():
            token = self.take()
            heads.append(token.value if token.kind == "rel" else "nmid" if token.kind == "nmid" else "divides")
            terms.append(self.expression())
        modulus = self.modulus()
        for head, a, b in zip(heads, terms, terms[1:], strict=False):
            links.append(self.link(head, a, b, modulus))
        return links[0] if len(links) == 1 else Apply("and", tuple(links))

    def _bar_divides(self) -> bool:
        return self.kind == "|" and not self.bars and self._bars_ahead("|") == 1

    def link(self, head: str, a: Expr, b: Expr, modulus: Expr | None) -> Expr:
        if head == "congruent" or (head == "eq" and modulus is not None):
            if modulus is None and isinstance(b, Apply) and b.head == "mod":
                b, modulus = b.args
            if modulus is None:
                raise self.unsupported("a congruence without its modulus")
            return Apply("congruent", (a, b, modulus))
        if head == "nmid":
            return Apply("not", (Apply("divides", (a, b)),))
        if head in ("in", "notin", "subset"):
            b = as_set(b)
        if head in ("parallel", "perpendicular"):
            a, b = line(a), line(b)
        return Apply(head, (a, b))

    def _is_modulus(self) -> bool:
        """`(mod 7)` in its spellings, the parenthesis next."""
        after = self.tokens[self.at + 1]
        if after.kind in ("mod", "pmod") or (after.kind in ("words", "word") and after.value in ("mod", "modulo")):
            return True
        return after.kind == "name" and "".join(t.value for t in self.tokens[self.at + 1 : self.at + 4]) == "mod"

    def modulus(self) -> Expr | None:
        """`\\pmod{m}` or `(mod m)`, if it stands here."""
        while self.kind == "gap" or (self.kind == "," and self.tokens[self.at + 1].kind == "pmod"):
            self.at += 1
        if self.kind == "pmod":
            self.at += 1
            return self.argument()
        if self.kind == "(" and self._is_modulus():
            self.at += 4 if self.tokens[self.at + 1].kind == "name" else 2
            modulus = self.inside(self.expression)
            self.expect(")")
            return modulus
        if self.kind in ("word", "words") and self.tokens[self.at].value in ("mod", "modulo"):
            self.at += 1
            return self.expression(MUL)
        return None


_FACTORS: Final = frozenset({"name", "(", "num", "{", "sqrt", "frac", "const", "binom", "\\{", "|("})
_UNDIVIDED: Final = frozenset({"root", "sqrt", "name", "const", "func"})
_COMPOUND: Final = frozenset({"hour", "minute", "s", "foot", "inch", "pound", "ounce", "day", "week", "year", "month"})
ONE: Final = Num(num(1).value)
MINUS_ONE: Final = num(-1)
UNIT_ENDS: Final = frozenset({
    "stop", "rel", "+", "-", "*", "/", ")", "}", "^", "sup", ",", ";", "to", "or", "and", "implies", "iff", "row", "&",
    "]", "gap", ".", "\\}",
})  # fmt: skip
CLOSER_OF: Final[Mapping[str, str]] = {
    "(": ")", "[": "]", "{": "}", "\\{": "\\}", "|(": ")|", "norm(": ")norm", "floor(": ")floor", "ceil(": ")ceil",
    "<(": ")>", "begin": "end",
}  # fmt: skip
OPENERS: Final = frozenset(CLOSER_OF)
CLOSERS: Final = frozenset(CLOSER_OF.values())


class Evidence(NamedTuple):
    """What the whole text says about its letters."""

    bare: frozenset[str]
    """Letters that stand somewhere without a bracket after them."""
    exponential: bool
    """`e` is Euler's number."""
    imaginary: bool
    """`i` is the imaginary unit."""


def evidence_of(tokens: Sequence[Token], options: Options) -> Evidence:
    """What the whole text says about its letters: which stand bare, whether `e` is the number, `i` the unit."""
    bare: set[str] = set()
    exponential = False
    unit, index = options.imaginary, False
    for at in range(len(tokens) - 1):
        kind, value = tokens[at][:2]
        if kind == "func" and value == "ln":
            exponential = True
        if kind != "name":
            continue
        after = tokens[at + 1].kind
        if after not in ("(", "'", "''", "_", "sub"):
            bare.add(value)
        if value == "e" and (after == "^" or after == "sup"):
            exponential = True
        elif value == "i":
            if at > 1 and tokens[at - 1].kind == "*":
                at -= 1
            before = tokens[at - 1].kind if at else ""
            if before in ("_", "{") and at > 1 and "_" in (before, tokens[at - 2].kind):
                index = True
            elif after == "^" and tokens[at + 2].value == "2":
                unit = True
            elif before == "num" and at > 2 and tokens[at - 2].kind in "+-" and tokens[at - 3].kind in ("num", ")"):
                unit = unit or after not in ("+", "-", "name", "(")
            elif before in ("+", "-") and at > 1 and tokens[at - 2].kind == "num" and after in ("stop", ")", "rel"):
                unit = unit or after != "rel"
    return Evidence(frozenset(bare), exponential, options.imaginary or (unit and not index))


def _join(head: str, left: Expr, right: Expr, joined: str) -> Expr:
    if right is ONE and head == "mul":
        return left
    if left is ONE and head == "mul":
        return right
    if joined == head and isinstance(left, Apply):
        return Apply(head, (*left.args, right))
    return Apply(head, (left, right))


def negated(expr: Expr) -> Expr:
    """Minus the tree, with the sign folded into a literal."""
    if isinstance(expr, Num):
        return Num(-expr.value, expr.places)
    return Apply("neg", (expr,))


def as_set(expr: Expr) -> Expr:
    """A pair in round brackets is an open interval where a set is wanted."""
    if isinstance(expr, Apply) and expr.head == "tuple" and len(expr.args) == 2:
        return Apply("interval", (*expr.args, Text("open"), Text("open")))
    return expr


def line(expr: Expr) -> Expr:
    """A product of capitals where a line is meant is its name."""
    if isinstance(expr, Apply) and expr.head == "mul":
        names = [arg.name for arg in expr.args if isinstance(arg, Sym)]
        if len(names) == len(expr.args) and all(len(name) == 1 and name.isupper() for name in names):
            return Sym("".join(names))
    return expr


def vulgar(token: Token) -> Expr:
    top, bottom = VULGAR[token.value]
    return Apply("div", (num(top), num(bottom)))


def _has_unit(expr: Expr) -> bool:
    return (
        isinstance(expr, Apply)
        and expr.head in ("quantity", "mul", "div")
        and any(isinstance(arg, Unit) or _has_unit(arg) for arg in expr.args[:3])
    )


def _countable(expr: Expr) -> bool:
    return not free_symbols(expr) or (isinstance(expr, (Sym, Apply)) and len(free_symbols(expr)) <= 2)


def _noun(word: str) -> Expr | None:
    if len(word) < 3 or word.lower() in NOT_UNITS or not word.islower():
        return None
    return Unit(singular(word))


def unit_of(words: str) -> Expr | None:
    """The unit that upright words name: `cm`, `square feet`, `km/h`, `miles per hour`, `red apples`."""
    words = words.strip(" .")
    if words in UNITS:
        return Unit(UNITS[words])
    above, slash, below = words.replace(" per ", "/").partition("/")
    if slash and "/" not in below:
        top, bottom = unit_of(above), unit_of(below)
        return Apply("div", (top, bottom)) if top is not None and bottom is not None else None
    for prefix, exponent in (("square ", 2), ("sq. ", 2), ("sq ", 2), ("cubic ", 3)):
        if words.startswith(prefix):
            base = UNITS.get(words[len(prefix) :])
            return Apply("pow", (Unit(base), num(exponent))) if base else None
    parts = words.lower().split()
    if not 1 <= len(parts) <= 3 or any(p in NOT_UNITS or not p.isalpha() for p in parts) or len(parts[-1]) < 3:
        return None
    return Unit(" ".join((*parts[:-1], singular(parts[-1]))))


def _spelled(token: Token) -> str:
    if token.kind in ("num", "name", "word", "words", "const", "func"):
        return token.value
    return {"rel": {"eq": "="}.get(token.value, token.value), "dots": "..."}.get(token.kind, token.kind)
