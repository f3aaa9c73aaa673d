"""The grammar: tokens to trees by operator precedence (V. Pratt, "Top down operator precedence", 1973).

Nothing is evaluated; only the sign of a literal is folded into it. Nesting is bounded by `MAX_DEPTH`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from verifiers.expr import Apply, Expr, Sym
from verifiers.notation.cursor import ADD, CLOSERS, MOD, MUL, OPENERS, POW, RATIO, SETS, STARTERS, StoppedReading
from verifiers.notation.names import SURE_FUNCTION_LETTERS, Names
from verifiers.notation.quantities import Quantities, has_unit
from verifiers.notation.tables import SUPERSCRIPTS
from verifiers.notation.tokens import Token
from verifiers.notation.trees import as_set, join, line, modular, negated, without_modulus

MAX_DEPTH: Final = 90

INFIX: Final[Mapping[str, int]] = {
    "cup": SETS, "cap": SETS + 1, "setminus": SETS, ":": RATIO, "+": ADD, "-": ADD, "pm": ADD, "mp": ADD, "mod": MOD,
    "*": MUL, "/": MUL, "compose": MUL + 5, "^": POW, "sup": POW, "!": POW + 5, "%": POW + 5, "°": POW + 5,
    "'": POW + 5, "''": POW + 5,
}  # fmt: skip
"""Binding power of what may stand between or after operands. Juxtaposition binds as `MUL`."""

_FACTORS: Final = frozenset({"name", "(", "num", "{", "sqrt", "frac", "const", "binom", "\\{", "|("})
_UNDIVIDED: Final = frozenset({"root", "sqrt", "name", "const", "func"})


class Parser(Names, Quantities):
    """The whole grammar over one token list."""

    readers: "Mapping[str, Callable[[Parser, Token], Expr]]" = {}  # noqa: RUF012 - set once, by `prefixes`
    """Token kind to the reader of the operand it begins."""

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
                if kind in STARTERS and (self.may_follow(token) or (kind == "name" and self.is_times_letter())):
                    if kind == "name" and self.is_times_letter():
                        self.at += 1
                        right = self._factor(left)
                    else:
                        right = self.expression(MUL + 1)
                    left, joined = join("mul", left, right, joined), "mul"
                    continue
                measured = self.measure(left)
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
                left, joined = join("add", left, negated(right) if kind == "-" else right, joined), "add"
            elif kind == "*":
                left, joined = join("mul", left, self._factor(left), joined), "mul"
            elif kind == "/":
                divisor = self._divisor(left)
                left, joined = Apply("div", (left, divisor)), ""
            elif kind == "^":
                left, joined = self._subscripted_late(self._power(left)), ""
            elif kind == "sup":
                left, joined = Apply("pow", (left, self.small(token.value.translate(SUPERSCRIPTS)))), ""
            else:
                left, joined = self._rare(kind, left, power, joined)
        self.depth -= 1
        return left

    def _factor(self, left: Expr) -> Expr:
        right = self.expression(MUL + 1)
        if has_unit(left) or self.tokens[self.at - 1].kind != "num":
            measured = self.measure(right) if has_unit(left) else None
            return measured if measured is not None else right
        return right

    def _divisor(self, left: Expr) -> Expr:
        """`1/2x` is read from the left, but `4√3 / 6√3` with its spaces as one quotient. Both can be meant."""
        above, slash, below = self.tokens[self.at - 2 : self.at + 1]
        spaced = above.end < slash.start and slash.end < below.start
        divisor = self._factor(left)
        before, after = self.tokens[self.at - 1], self.tokens[self.at]
        if after.kind not in STARTERS or not self.may_follow(after):
            return divisor
        self.ambiguous = True
        while spaced and after.kind in _UNDIVIDED and after.start == before.end and self.may_follow(after):
            divisor = join("mul", divisor, self.expression(MUL + 1), "")
            before, after = self.tokens[self.at - 1], self.tokens[self.at]
        return divisor

    def _rare(self, kind: str, left: Expr, power: int, joined: str) -> tuple[Expr, str]:
        if kind in ("pm", "mp"):
            return Apply(kind, (left, self.expression(ADD + 1))), ""
        if kind == "mod":
            self.ambiguous |= isinstance(left, Apply) and left.head == "add" and self.tokens[self.at - 2].kind != ")"
            return Apply("mod", (left, self.expression(MUL + 1))), ""
        if kind == ":":
            return join("ratio", left, self.expression(RATIO + 1), joined), "ratio"
        if kind == "setminus":
            return Apply("setminus", (as_set(left), as_set(self.expression(SETS + 1)))), ""
        if kind in ("cup", "cap"):
            head = "union" if kind == "cup" else "intersection"
            return join(head, as_set(left), as_set(self.expression(power + 1)), joined), head
        raise self.unsupported("composition of functions")

    def _is_ratio(self) -> bool:
        """A colon between two numbers or letters is a ratio; before a space and words it ends a sentence."""
        before, colon, after = self.tokens[self.at - 1 : self.at + 2]
        even = (before.end < colon.start) == (colon.end < after.start)
        if before.kind == "name" and before.value in SURE_FUNCTION_LETTERS:
            return False
        return even and after.kind in ("num", "name", "(", "sqrt", "frac", "{")

    def may_follow(self, token: Token) -> bool:
        """May this token begin the next factor of a product without sign?"""
        kind = token.kind
        before = self.tokens[self.at - 1].kind
        if kind == "num":
            if before == "name" or before == "}":
                self.ambiguous = True
            return before in ("name", ")", "}", "!", "const", "dots")
        if kind == "|" or kind == "norm":
            return not self.bars and self._bars_ahead(kind) % 2 == 0
        if kind == "vulgar":
            return False
        if kind == "dots":
            return self.tokens[self.at + 1].kind in _FACTORS
        if kind == "name" and not self.latex and before == "num" and token.start > self.tokens[self.at - 1].end:
            return not self.is_unit_letter(token)
        if kind == "(":
            return not self.is_modulus()
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

    def prefix(self, least: int) -> Expr:
        """The operand that begins here."""
        token = self.take()
        kind = token.kind
        if kind == "num":
            return self.number(token)
        if kind == "name":
            return self.name(token)
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

    def _power(self, left: Expr) -> Expr:
        kind = self.kind
        transposed = isinstance(left, Apply) and left.head == "matrix"
        if kind == "{" and self.tokens[self.at + 2].kind == "}":
            inner = self.tokens[self.at + 1]
            if inner.kind == "°" or (transposed and inner.value in ("T", "top")):
                self.at += 3
                return Apply("transpose", (left,)) if transposed else self.degrees(left)
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

    def _subscripted_late(self, power: Expr) -> Expr:
        """`x^2_n`, where the subscript comes after the exponent."""
        if self.kind == "_" and isinstance(power, Apply) and power.head == "pow" and isinstance(power.args[0], Sym):
            return Apply("pow", (Sym(self.subscripted(power.args[0].name)), power.args[1]))
        return power

    def _postfix(self, left: Expr) -> Expr:
        token = self.take()
        if token.kind == "!":
            if self.accept("!"):
                return Apply("double_factorial", (left,))
            return Apply("factorial", (left,))
        if token.kind == "%":
            return Apply("percent", (left,))
        if token.kind == "°":
            return self.degrees(left)
        if isinstance(left, Apply) and left.head in ("degree", "add"):
            raise self.unsupported("minutes of arc")
        raise self.stop("a prime after an expression")

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
        if modulus is None and heads[-1] in ("eq", "congruent"):
            terms[-1], modulus = without_modulus(terms[-1])
        if modulus is not None:
            heads = modular(heads)
        for head, a, b in zip(heads, terms, terms[1:], strict=False):
            links.append(self.link(head, a, b, modulus))
        return links[0] if len(links) == 1 else Apply("and", tuple(links))

    def _bar_divides(self) -> bool:
        return self.kind == "|" and not self.bars and self._bars_ahead("|") == 1

    def link(self, head: str, a: Expr, b: Expr, modulus: Expr | None) -> Expr:
        if head == "congruent":
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
