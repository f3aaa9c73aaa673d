"""Sums as word problems write them: "16 eggs - 3 eggs = 13 eggs", "5 x $4 = $<<5*4=20>>20", "10 divided by 2 equals 5".

The reader of `chains` reads mathematics; this one reads through the unit words between the numbers and keeps which
number was which, since provenance is what the rules of this folder are about.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.extraction.words.quantities import Quantity, number, phrase, rate
from verifiers.extraction.words.tokens import TOKEN, Token, tokens

_OPS: Final = {
    "+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "·": "*", "x": "*", "/": "/", "÷": "/",
    "\\times": "*", "\\div": "/", "\\cdot": "*",
}  # fmt: skip
_UNIT_WORDS: Final = 7
_DEPTH: Final = 8


class Operand(msgspec.Struct, frozen=True, kw_only=True):
    """A number inside a sum, with the words right after it."""

    start: int
    end: int
    value: Fraction
    money: bool = False
    percent: bool = False
    words: tuple[str, ...] = ()


class Computation(msgspec.Struct, frozen=True, kw_only=True):
    """One written sum. `value` is what its left side comes to (None for a division by zero), `result` the number
    written as its outcome, None where the right side is no single number.
    """

    step: int
    start: int
    end: int
    operands: tuple[Operand, ...]
    ops: tuple[str, ...]
    value: Fraction | None
    result: Quantity | None


class _Parser:
    """Recursive descent over the tokens of one step; every method returns the index it stopped at."""

    def __init__(self, text: str, step: int) -> None:
        self.text = text
        self.step = step
        self.tokens = tokens(text)

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else "end"

    def operator(self, at: int) -> str:
        """The operator at this token, empty if it is none."""
        if at >= len(self.tokens):
            return ""
        token = self.tokens[at]
        if token.kind == "op":
            if token.text.lower() == "x" or token.text in _OPS:
                if token.text in "-–" and not self._binary(token):
                    return ""
                return _OPS.get(token.text.lower(), "")
            return ""
        return {"times": "*", "over": "/", "plus": "+", "minus": "-"}.get(token.kind, "")

    def cut_off(self, at: int) -> bool:
        """Whether a sum that starts here has lost its left end: `2x` or an operator stands before it."""
        before = self.tokens[at - 1] if at else None
        if before is None:
            return False
        if self.tokens[at].kind == "op":
            return before.kind in ("number", "symbol", "close")
        glued = before.end == self.tokens[at].start and before.kind in ("number", "symbol", "close", "word")
        return before.kind == "symbol" or glued or (self.operator(at - 1) != "" and not self.list_dash(at - 1))

    def list_dash(self, at: int) -> bool:
        """A dash that opens a line is a bullet, no minus."""
        token = self.tokens[at]
        before = self.text[max(0, token.start - 80) : token.start]
        return token.text in "-−–*" and (not before.strip() or before.rpartition("\n")[2].strip() == "")

    def _binary(self, token: Token) -> bool:
        before = self.text[token.start - 1 : token.start]
        after = self.text[token.end : token.end + 1]
        return before.isspace() == after.isspace() or before.isdigit() or after.isdigit() or after == "$"

    def expression(
        self, at: int, operands: list[Operand], ops: list[str], depth: int = 0
    ) -> tuple[int, Fraction | None]:
        """Reads `operand (op operand)*`: where it ends (-1 if it is none) and its value (None for a division by zero).

        The numbers and operators met on the way are added to `operands` and `ops` in written order.
        """
        at, value = self.operand(at, operands, ops, depth)
        values = [value]
        signs: list[str] = []
        while at >= 0:
            after = self.units(at)
            sign = self.operator(after)
            if not sign and self._of(operands, at):
                sign, after = "*", at
            if not sign:
                return at, _evaluate(values, signs)
            ops.append(sign)
            signs.append(sign)
            at, value = self.operand(after + 1, operands, ops, depth)
            values.append(value)
        return -1, None

    def _of(self, operands: Sequence[Operand], at: int) -> bool:
        token = self.tokens[at] if at < len(self.tokens) else None
        if token is None or token.text.lower() != "of" or not operands:
            return False
        return operands[-1].percent or (
            len(operands) > 1
            and operands[-1].end == self.tokens[at - 1].end
            and self.text[operands[-1].start - 1 : operands[-1].start] == "/"
        )

    def operand(self, at: int, operands: list[Operand], ops: list[str], depth: int) -> tuple[int, Fraction | None]:
        negative = False
        start = self.tokens[at].start if at < len(self.tokens) else 0
        if self.kind(at) == "op" and self.tokens[at].text in "-−–" and not self.list_dash(at):
            negative, at = True, at + 1
        if self.kind(at) == "money2":
            at += 1
        if self.kind(at) == "open" and depth < _DEPTH:
            after, value = self.expression(at + 1, operands, ops, depth + 1)
            after = self.units(after) if after >= 0 else after
            if after < 0 or self.kind(after) != "close":
                return -1, None
            return after + 1, (-value if negative and value is not None else value)
        if self.kind(at) != "number":
            return -1, None
        token = self.tokens[at]
        match = TOKEN.match(self.text, token.start)
        assert match is not None
        value = number(match.group("digits"))
        percent = match.group("percent") is not None
        words = self.words(at + 1)
        operands.append(
            Operand(
                start=start if negative else token.start,
                end=token.end,
                value=-value if negative else value,
                money=match.group("money") is not None or self.kind(at - 1) == "money2",
                percent=percent,
                words=words,
            )
        )
        value = value / 100 if percent else value
        return at + 1, (-value if negative else value)

    def words(self, at: int) -> tuple[str, ...]:
        found: list[str] = []
        while self.kind(at) == "word" and len(found) < _UNIT_WORDS:
            found.append(self.tokens[at].text.lower())
            at += 1
        return tuple(found)

    def units(self, at: int) -> int:
        """Skips the unit words after an operand ("$3/hour", "12 eggs per carton", "5 apples (red)")."""
        start = at
        while at < len(self.tokens) and at - start < _UNIT_WORDS:
            token = self.tokens[at]
            if token.kind == "word" and token.text.lower() not in ("is", "are", "so", "and", "or", "which", "then"):
                at += 1
            elif token.text == "/" and self.kind(at + 1) == "word":
                at += 2
            elif token.kind == "open" and self.kind(at + 1) == "word":
                close = at + 1
                while self.kind(close) == "word":
                    close += 1
                if self.kind(close) != "close":
                    break
                at = close + 1
            else:
                break
        return at


def _evaluate(values: Sequence[Fraction | None], signs: Sequence[str]) -> Fraction | None:
    if any(v is None for v in values):
        return None
    terms: list[Fraction] = [values[0] or Fraction(0)]
    for sign, value in zip(signs, values[1:], strict=True):
        assert value is not None
        if sign == "*":
            terms[-1] *= value
        elif sign == "/":
            if value == 0:
                return None
            terms[-1] /= value
        else:
            terms.append(value if sign == "+" else -value)
    return sum(terms, Fraction(0))


def computations(text: str, step: int) -> list[Computation]:
    """The sums of one step, in order. A chain `a + b = c + d = e` is one computation per sum in it."""
    parser = _Parser(text, step)
    found: list[Computation] = []
    at = 0
    while at < len(parser.tokens):
        token = parser.tokens[at]
        if token.kind not in ("number", "open", "money2") and not (
            token.kind == "op" and token.text in "-−" and parser.kind(at + 1) == "number" and not parser.list_dash(at)
        ):
            at += 1
            continue
        if parser.cut_off(at):
            at += 1
            continue
        operands: list[Operand] = []
        ops: list[str] = []
        after, value = parser.expression(at, operands, ops)
        if after < 0:
            at += 1
            continue
        equals = parser.units(after)
        if not ops or parser.kind(equals) != "equals":
            at = max(after, at + 1)
            continue
        result, end = _result(parser, equals + 1)
        found.append(
            Computation(
                step=step,
                start=parser.tokens[at].start,
                end=end or parser.tokens[equals].end,
                operands=tuple(operands),
                ops=tuple(ops),
                value=value,
                result=result,
            )
        )
        at = equals + 1
    return found


def _result(parser: _Parser, at: int) -> tuple[Quantity | None, int]:
    """The single number right of the equals sign and its end; none where another sum stands there."""
    operands: list[Operand] = []
    ops: list[str] = []
    after, _ = parser.expression(at, operands, ops)
    if after < 0 or ops or len(operands) != 1:
        return None, 0
    operand = operands[0]
    words, noun, until = phrase(parser.text, operand.end)
    per, until = rate(parser.text, until)
    quantity = Quantity(
        step=parser.step,
        start=operand.start,
        end=operand.end,
        value=operand.value / 100 if operand.percent else operand.value,
        money=operand.money,
        percent=operand.percent,
        words=words,
        noun="dollar" if operand.money else noun,
        per=per,
        until=until,
    )
    return quantity, operand.end
