"""Values with a unit, a currency sign or a counted noun after them."""

from collections.abc import Mapping
from typing import Final

from verifiers.expr import Apply, Expr, Num, Sym, Unit, free_symbols, num
from verifiers.notation.cursor import MUL, STARTERS
from verifiers.notation.numerals import Numerals
from verifiers.notation.tables import CURRENCIES, SUPERSCRIPTS
from verifiers.notation.tokens import Token
from verifiers.notation.units import NOT_UNITS, UNITS, singular, unit_of

MAGNITUDES: Final[Mapping[str, int]] = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
}  # fmt: skip
TEMPERATURES: Final[Mapping[str, str]] = {"C": "celsius", "F": "fahrenheit", "K": "K"}
UNIT_ENDS: Final = frozenset({
    "stop", "rel", "+", "-", "*", "/", ")", "}", "^", "sup", ",", ";", "to", "or", "and", "implies", "iff", "row", "&",
    "]", "gap", ".", "\\}",
})  # fmt: skip
_COMPOUND: Final = frozenset({"hour", "minute", "s", "foot", "inch", "pound", "ounce", "day", "week", "year", "month"})


class Quantities(Numerals):
    """Reads what stands after a value."""

    def is_unit_letter(self, token: Token) -> bool:
        return token.value in UNITS and self.tokens[self.at + 1].kind in UNIT_ENDS

    def is_times_letter(self) -> bool:
        """`6 x 6`: the letter between two numbers."""
        tokens, at = self.tokens, self.at
        before = tokens[at - 1]
        if tokens[at].value not in "xX" or tokens[at + 1].kind not in ("num", "money"):
            return False
        return before.kind == "num" or (before.kind in ("word", "%") and before.end < tokens[at].start)

    def measure(self, left: Expr) -> Expr | None:
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
        if token.value == "of" and _is_share(left):
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
            rest = self.measure(self.literal(self.take()))
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
        return self.unit_powers(unit)

    def unit_powers(self, unit: Expr) -> Expr:
        """The unit with the powers and quotients after it: `/s`, `^2`, `per hour`."""
        while True:
            if self.kind == "^" or self.kind == "sup":
                if self.kind == "sup":
                    unit = Apply("pow", (unit, self.small(self.take().value.translate(SUPERSCRIPTS))))
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
                    below = Apply("pow", (below, self.small(self.take().value.translate(SUPERSCRIPTS))))
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
        if self.kind in UNIT_ENDS or (self.kind == "name" and self.is_times_letter()) or self.kind == ".":
            return _noun(token.value)
        return _noun(token.value) if self.tokens[self.at].value == "per" else None

    def degrees(self, left: Expr) -> Expr:
        token = self.tokens[self.at]
        scale = TEMPERATURES.get(token.value) if token.kind in ("name", "words") else None
        if scale and self.tokens[self.at + 1].kind not in STARTERS and (token.kind == "words" or not self.latex):
            self.at += 1
            return Apply("quantity", (left, Unit(scale)))
        return Apply("degree", (left,))


def _is_share(expr: Expr) -> bool:
    """A percentage or fraction, of which `of` takes a part; `3 of 5` counts."""
    if isinstance(expr, Num):
        return expr.value.denominator != 1
    return isinstance(expr, Apply) and expr.head in ("percent", "div", "mixed")


def has_unit(expr: Expr) -> bool:
    return (
        isinstance(expr, Apply)
        and expr.head in ("quantity", "mul", "div")
        and any(isinstance(arg, Unit) or has_unit(arg) for arg in expr.args[:3])
    )


def _countable(expr: Expr) -> bool:
    return not free_symbols(expr) or (isinstance(expr, (Sym, Apply)) and len(free_symbols(expr)) <= 2)


def _noun(word: str) -> Expr | None:
    if len(word) < 3 or word.lower() in NOT_UNITS or not word.islower():
        return None
    return Unit(singular(word))
