"""A place in a list of tokens, with what every part of the grammar does there."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym, num
from verifiers.notation import numbers
from verifiers.notation.evidence import Evidence
from verifiers.notation.options import Options, Reason
from verifiers.notation.tokens import Token

SETS: Final = 14
RATIO: Final = 16
ADD: Final = 20
MOD: Final = 19
MUL: Final = 30
POW: Final = 50
"""How tightly operators bind."""

STARTERS: Final = frozenset({
    "name", "const", "func", "(", "[", "{", "frac", "sqrt", "root", "binom", "|", "|(", "norm(", "floor(", "ceil(",
    "sum", "prod", "int", "lim", "begin", "vulgar", "vec", "overline", "num", "hat", "cancel", "<(", "norm",
    "underbrace", "dots", "underline",
})  # fmt: skip
"""Tokens that may begin a factor written without a sign between."""

CLOSER_OF: Final[Mapping[str, str]] = {
    "(": ")", "[": "]", "{": "}", "\\{": "\\}", "|(": ")|", "norm(": ")norm", "floor(": ")floor", "ceil(": ")ceil",
    "<(": ")>", "begin": "end",
}  # fmt: skip
OPENERS: Final = frozenset(CLOSER_OF)
CLOSERS: Final = frozenset(CLOSER_OF.values())
ONE: Final = Num(num(1).value)
MINUS_ONE: Final = num(-1)


class StoppedReading(Exception):  # noqa: N818 - control flow inside the package, never seen outside
    """The text cannot be read: why and where."""

    def __init__(self, reason: Reason, message: str, at: int) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.at = at


_LOOKAHEAD: Final = 5
"""Tokens that may be looked at past the last one; each is a `stop`."""


class Cursor(ABC):
    """One reading of one token list. `ambiguous` is set when a second reading of the same text is usual."""

    def __init__(self, tokens: Sequence[Token], options: Options, latex: bool, evidence: "Evidence") -> None:
        self.tokens: Sequence[Token] = (*tokens, *[tokens[-1]] * _LOOKAHEAD)
        self.options = options
        self.latex = latex
        self.at = 0
        self.depth = 0
        self.bars = 0
        self.integrals = 0
        self.differential: Sym | None = None
        self.ambiguous = False
        self.bare, self.exponential, self.imaginary = evidence

    @abstractmethod
    def expression(self, least: int = SETS) -> Expr:
        """An operand and all operators after it that bind at least as tightly as `least`."""

    @abstractmethod
    def prefix(self, least: int) -> Expr:
        """The operand that begins here."""

    @abstractmethod
    def statement_item(self, least: int = SETS) -> Expr:
        """One relation or expression."""

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

    def literal(self, token: Token) -> Num:
        try:
            return numbers.literal(token.value, self.options.bounds.digits, self.options.decimal_comma)
        except numbers.TooLarge as problem:
            raise StoppedReading("too_large", str(problem), token.start) from problem

    @staticmethod
    def listed(token: Token) -> list[Expr] | None:
        """The numbers of `12,180`, which was taken for one with a thousands comma, where a list is as likely. `1,000`
        stays one number.
        """
        parts = token.value.split(",")
        if token.kind != "num" or len(parts) < 2 or not all(part.isdigit() for part in parts):
            return None
        return None if any(part[0] == "0" for part in parts) else [num(int(part)) for part in parts]

    def inside(self, reader: Callable[[], Expr]) -> Expr:
        """Reads within a bracket, where bars outside of it do not count."""
        bars, self.bars = self.bars, 0
        result = reader()
        self.bars = bars
        return result

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

    def _script_token(self) -> Expr:
        token = self.take()
        if token.kind == "num":
            return self.literal(token)
        if token.kind == "const":
            return Const(token.value)
        return Const("i") if token.value == "i" and self.imaginary else Sym(token.value)
