"""Written numbers: fractions, mixed numbers, repeating decimals, numerals in a base, times of day."""

from typing import Final

from verifiers.expr import Apply, Expr, Num, Sym, Text, num
from verifiers.notation import numbers
from verifiers.notation.cursor import STARTERS, Cursor, StoppedReading
from verifiers.notation.tokens import Token
from verifiers.notation.trees import negated, vulgar

_ENDS: Final = frozenset({"stop", "rel", ")", "}", "row", "gap", "."})


class Numerals(Cursor):
    """Reads what begins with a digit."""

    def number(self, token: Token) -> Expr:
        value = self.literal(token)
        after = self.tokens[self.at]
        kind = after.kind
        if token.value.endswith("."):
            return self._overlined(token)
        if kind == "_" and (self.at < 2 or self.tokens[self.at - 2].kind != "^"):
            return self._based(token)
        integer = value.places is None
        if integer and kind == "vulgar":
            self.at += 1
            return Apply("mixed", (value, vulgar(after)))
        if integer and kind == "frac":
            start = self.at
            part = self._plain_fraction()
            if part is not None and self.kind in STARTERS:
                self.at = start
                part = None
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
        elif kind == "dots" and not integer and self.tokens[self.at + 1].kind in _ENDS:
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

    def small(self, digits: str) -> Expr:
        sign = -1 if digits[0] == "-" else 1
        digits = digits.lstrip("+-")
        if digits.isdigit():
            return num(sign * int(digits[:20]))
        return Sym(digits) if sign > 0 else negated(Sym(digits))
