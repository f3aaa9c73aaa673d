"""Formulas in plain prose: one forward pass over tokens that alternates between operand and operator, so that
"so 10,000/2 = 5000 steps" yields `10,000/2 = 5000` and neither of the words. Linear in the text.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.extraction.reading.allowance import Allowance
from verifiers.extraction.reading.maths import Delimited
from verifiers.extraction.reading.plain_tokens import Token, cut, is_operator_glyph, may_relate, neighbour


class Plain(msgspec.Struct, frozen=True, kw_only=True):
    """A formula in prose. `masks` are spans inside it that are delimiters, glosses or markdown, to be read as blanks;
    `labels` are words beside numbers ("5 apples"); `cut` tells that a term runs on into words.
    """

    start: int
    end: int
    masks: tuple[tuple[int, int], ...] = ()
    labels: tuple[tuple[int, int], ...] = ()
    names: int | None = None
    """Where the words begin that stand for the first term: "Total cost = 5"."""
    cut_left: bool = False
    cut_right: bool = False
    phrase: bool = False
    """The last term is words: "= total cost"."""
    latex: bool = False


_FUNCTIONS: Final = frozenset(
    {"sqrt", "log", "ln", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "gcd", "lcm"}
    | {"hcf", "max", "min", "floor", "ceil", "abs", "mod", "pi", "sum", "prod"}
)
_APPLIED: Final = _FUNCTIONS - {"pi", "mod"}
_UNARY: Final = frozenset("-+−–√±")
_TIMES: Final = frozenset("xX")
_DASHES: Final = frozenset("-–−")
"""Glued to a number at the beginning of a line they may be its sign or a bullet."""
_NOT_OPERAND: Final = frozenset({"a", "A", "I"})
_COUNTED: Final = frozenset(
    {"step", "case", "part", "problem", "question", "day", "equation", "example", "figure", "phase", "year", "line"}
    | {"row", "stage", "option", "chapter", "round", "week", "method", "section", "condition", "property"}
)
_JOINING: Final = frozenset(
    {"and", "or", "so", "then", "is", "are", "was", "because", "since", "if", "where", "when", "which", "that", "but"}
    | {"thus", "hence", "therefore", "gives", "equals", "equal", "we", "get", "have", "has", "remainder", "million"}
    | {"billion", "thousand", "hundred", "dozen", "percent", "times", "plus", "minus", "for", "with", "of", "to", "by"}
)
"""Words that no label beside a number contains: "5 apples + 3", but not "(5) and B = 3" or "5 million = "."""
_SUFFIXES: Final = frozenset(
    {"km", "cm", "mm", "kg", "mg", "ml", "lb", "lbs", "oz", "mi", "ft", "in", "hr", "hrs", "min", "sec", "mph", "th"}
    | {"st", "nd", "rd", "am", "pm", "gb", "mb", "usd", "yr", "yrs", "yd", "rem"}
)
"""Short words written right after a number that are not letters multiplied with it."""
_OPERATOR_WORDS: Final = frozenset(
    ["of", "times", "plus", "minus", "over", "squared", "cubed", "percent", "divided", "multiplied", "twice", "half"]
)
_LEADING: Final = frozenset(
    {"get", "gets", "got", "obtain", "obtains", "yields", "yielding", "giving", "means", "implies"}
    | {"implying", "see", "find", "finds"}
    | {"know", "knows", "note", "as", "from", "now", "also", "next", "finally", "first", "it", "this"}
    | {"there", "left", "leaves", "leaving", "makes", "making", "total", "answer", "result", "so", "check"}
)
"""Words after which a number is no label."""
_MOST_NUMBERED: Final = 20
_MOST_TOKENS: Final = 600


def plain(text: str, start: int, end: int, inline: Sequence[Delimited], allowance: Allowance) -> Iterator[Plain]:
    """The formulas with a relation sign in the sentence `text[start:end]`, whose delimited formulas are `inline`, as
    far as the allowance goes.
    """
    if not may_relate(text, start, end, inline):
        return
    tokens = cut(text, start, end, inline)
    if not any(token.kind == "rel" for token in tokens):
        return
    index = 0
    floor = 0
    while index < len(tokens) and allowance.visits > 0:
        if not _starts(tokens, index, floor):
            index += 1
            continue
        run = _Run(tokens, index, floor)
        allowance.visits -= run.advance()
        if run.relations:
            yield run.result()
            floor = run.last
        index = max(index + 1, run.last)


def _is_common(word: str) -> bool:
    """A word that may stand beside a number as its label, rather than a name (`AC`), letter or conjunction."""
    return len(word) > 1 and not word.isupper() and word.lower() not in _JOINING and word not in _FUNCTIONS


def _is_word(token: Token | None) -> bool:
    return token is not None and token.kind == "word" and len(token.text) > 1 and token.text not in _FUNCTIONS


def _numbers(word: Token, number: Token) -> bool:
    """Whether the number tells which one is meant: "Time 1 = 60/30"."""
    few = number.text.isdigit() and int(number.text) <= _MOST_NUMBERED
    return few and _is_common(word.text) and word.text.lower() not in _LEADING


def _starts(tokens: Sequence[Token], index: int, floor: int) -> bool:
    token = tokens[index]
    previous, following = neighbour(tokens, index, -1), neighbour(tokens, index, 1)
    touching = index > floor and tokens[index - 1].kind in ("num", "word", "post", "close")
    if token.kind in ("num", "cur", "math", "cmd", "rel"):
        if token.kind == "num" and previous is not None:
            if previous.text.lower() in _COUNTED:
                return following is not None and (following.kind == "rel" or following.text in "*/×÷·")
            if previous.kind == "num" and len(token.text) == 3:
                return False
            if _is_word(previous) and following is not None and following.text == "=" and _numbers(previous, token):
                return False
        return True
    if token.kind == "word":
        if token.text in _FUNCTIONS:
            return True
        if len(token.text) > 1 or touching:
            return False
        return not (token.text in _NOT_OPERAND and _is_word(following))
    if token.kind == "open":
        return not _is_word(following)
    if token.kind == "op":
        if token.text in "-–—*•+:" and (index == 0 or tokens[index - 1].kind == "other"):
            return token.text in _DASHES and index + 1 < len(tokens) and tokens[index + 1].kind == "num"
        if token.text in ":—_•*":
            return False
        return following is not None and not _is_word(following)
    return False


class _Run:
    """One pass of the operand/operator automaton from a start token to where it stops."""

    def __init__(self, tokens: Sequence[Token], first: int, floor: int) -> None:
        self.tokens = tokens
        self.first = first
        self.floor = floor
        self.last = first
        self.relations = 0
        self.masks: list[tuple[int, int]] = []
        self.labels: list[tuple[int, int]] = []
        self.cut_left = False
        self.cut_right = False
        self.latex = False
        self.names: int | None = None
        self.phrase = 0

    def advance(self) -> int:
        """Goes as far as the formula does; the tokens looked at."""
        tokens = self.tokens
        index = self.first
        operand = False
        good = index
        stack: list[int] = []
        dangling = False
        first = tokens[index]
        previous = neighbour(tokens, index, -1)
        if first.kind == "op" and first.text in _DASHES and (index == 0 or tokens[index - 1].kind == "other"):
            self.cut_left = True
        elif first.kind == "rel":
            self._look_back()
            operand = True
        elif first.kind == "op" and first.text != "√" and (first.text not in _UNARY or self._follows_words(previous)):
            self.cut_left = True
            operand = True
        elif previous is not None and (
            previous.text.lower() in _OPERATOR_WORDS
            or is_operator_glyph(previous.text)
            or (index > self.floor and self._goes_on(previous))
        ):
            self.cut_left = True
        stop = min(len(tokens), self.first + _MOST_TOKENS)
        while index < stop:
            token = tokens[index]
            kind = token.kind
            spaced = index > self.first and tokens[index - 1].kind == "space"
            if kind == "space":
                if token.inner is not None:
                    self.masks.append((token.start, token.end))
                index += 1
                continue
            if kind == "num":
                if operand and spaced and self._grouped(index):
                    self.cut_right = True
                    break
                if operand and index > self.first and not self._joins_number(index, spaced):
                    break
                operand, dangling = True, False
            elif kind in ("math", "cmd"):
                if kind == "math":
                    if operand and index > self.first and tokens[index - 1].kind == "space":
                        break
                    self._absorb(token)
                self.latex = True
                operand, dangling = True, False
            elif kind == "word":
                step = self._word(index, operand, spaced)
                if step is None:
                    if operand and not spaced and index > self.first and not stack:
                        self.cut_right = True
                    self.phrase = 0 if stack or operand else self._phrase(index)
                    good = index + self.phrase if self.phrase else good
                    break
                if step > 0:
                    operand, dangling = True, False
                    index += step
                    if not stack:
                        good = index
                    continue
                if token.text in _TIMES and operand and self._is_times(index):
                    operand, dangling = False, True
                    index += 1
                    continue
                operand, dangling = token.text not in _APPLIED, False
            elif kind == "post":
                if not operand or (token.text in "'′" and spaced):
                    break
                if token.text == "!" and self._exclaims(index):
                    break
                if token.text in "½¼¾" and not operand:
                    operand = True
            elif kind == "bold":
                power = operand and (spaced == (tokens[index + 1].kind == "space" if index + 1 < len(tokens) else True))
                closing = index + 1 >= len(tokens) or not self._operand_follows(index)
                if power and not closing:
                    operand, dangling = False, True
                else:
                    self.masks.append((token.start, token.end))
                index += 1
                continue
            elif kind == "op":
                if token.text == "_" and spaced:
                    break
                if token.text == "_" and (subscript := self._subscript(index)):
                    operand, dangling = tokens[index - 1].text not in _APPLIED, False
                    index += subscript
                    continue
                if not operand and token.text not in _UNARY:
                    break
                if token.text == ":" and not (operand and self._ratio(index)):
                    break
                if token.text in "–—" and spaced and not self._operand_follows(index):
                    break
                operand, dangling = False, True
            elif kind == "rel":
                if not operand and index > self.first:
                    break
                if stack and token.text in "<>":
                    break
                self.relations += 1
                operand, dangling = False, True
            elif kind == "cur":
                if operand and index > self.first and spaced:
                    break
            elif kind == "open":
                gloss = self._gloss(index) if operand else 0
                if gloss:
                    self.masks.append((token.start, tokens[index + gloss - 1].end))
                    index += gloss
                    if not stack:
                        good = index
                    continue
                if operand and (spaced and _is_word(neighbour(tokens, index, 1))):
                    break
                stack.append(index)
                operand = False
            elif kind == "close":
                if not stack:
                    break
                stack.pop()
                operand, dangling = True, False
            elif kind == "comma":
                if not stack:
                    break
                operand = False
            else:
                break
            index += 1
            if operand and not stack:
                good = index
        self.last = max(good, self.first + 1)
        if index < len(tokens) and not self.phrase:
            stopped = neighbour(tokens, index - 1, 1) or tokens[index]
            strange = is_operator_glyph(stopped.text) or (dangling and tokens[index].kind not in ("other", "space"))
            self.cut_right |= self._belongs(stack[0]) if stack else strange
        kept = tokens[self.last - 1].end
        self.relations = sum(t.kind == "rel" for t in tokens[self.first : self.last])
        if self.relations and tokens[self.last - 1].kind == "rel":
            self.relations = 0
        self.masks = [m for m in self.masks if m[1] <= kept]
        self.labels = [m for m in self.labels if m[1] <= kept]
        return index - self.first + 1

    def _follows_words(self, previous: Token | None) -> bool:
        return previous is not None and previous.kind in ("word", "close", "post", "num") and self.first > self.floor

    def _goes_on(self, previous: Token) -> bool:
        """Whether the token before the run is an operator that joins it to something the run has not taken in."""
        if self.tokens[self.first].kind == "op":
            return previous.kind == "close"
        if previous.kind == "word" and previous.text in _TIMES:
            return True
        if previous.kind != "op" or previous.text in ":—_•":
            return False
        if previous.text in "-–−*+" and previous is self.tokens[0]:
            return False
        index = self.first - 1
        while self.tokens[index] is not previous:
            index -= 1
        before = neighbour(self.tokens, index, -1)
        return before is not None and before.kind in ("word", "num", "close", "post", "math")

    def _look_back(self) -> None:
        """The words that name the first term: up to six, back to the nearest punctuation."""
        index = self.first - 1
        count = 0
        begin = None
        while index >= self.floor and count < 6:
            token = self.tokens[index]
            if token.kind == "word":
                count += 1
                begin = token.start
            elif token.kind not in ("space", "num") and token.text not in "'-_":
                self.cut_left = begin is not None and (token.text in "+−*/×·÷^√" or is_operator_glyph(token.text))
                break
            index -= 1
        self.names = begin

    def _belongs(self, index: int) -> bool:
        """Whether the bracket at `index` is an operand, and no remark in brackets."""
        before = neighbour(self.tokens, index, -1)
        touching = self.tokens[index - 1].kind in ("num", "word", "close", "post", "cmd")
        return touching or (before is not None and before.kind in ("op", "cmd"))

    def _subscript(self, index: int) -> int:
        """Tokens of the subscript `_2` of a function's name, else 0."""
        if self.tokens[index - 1].text not in _APPLIED or index + 1 >= len(self.tokens):
            return 0
        return 2 if self.tokens[index + 1].kind in ("num", "word") else 0

    def _joins_number(self, index: int, spaced: bool) -> bool:
        """A number after an operand: the fraction of a mixed number, or digits that end a name (`x2`)."""
        before = self.tokens[index - 2 if spaced else index - 1]
        if before.text == "!":
            return True
        if not spaced:
            return before.kind in ("word", "close", "op")
        after = self.tokens[index + 1 : index + 3]
        return before.kind == "num" and len(after) == 2 and after[0].text == "/" and after[1].kind == "num"

    def _grouped(self, index: int) -> bool:
        """`350 000`: digits grouped by blanks, which the notation does not read."""
        return len(self.tokens[index].text) == 3 and self.tokens[index - 2].kind == "num"

    def _absorb(self, token: Token) -> None:
        if token.inner is not None:
            self.masks.append((token.start, token.inner.start))
            self.masks.append((token.inner.end, token.end))

    def _word(self, index: int, operand: bool, spaced: bool) -> int | None:
        """How many tokens the label or name here takes, 0 for a letter or function; None to stop before it."""
        tokens = self.tokens
        text = tokens[index].text
        if text in _FUNCTIONS:
            return 0
        following = neighbour(tokens, index, 1)
        if len(text) == 1:
            if not operand:
                return None if text in _NOT_OPERAND and _is_word(following) else 0
            if text in _TIMES or not spaced:
                return 0
            return 0 if following is None or following.kind in ("op", "rel", "close", "post") else None
        span = self._words_until_sign(index)
        if operand and not spaced:
            return 1 if len(text) <= 3 and text.lower() not in _SUFFIXES else None
        if span is not None and operand:
            self.labels.append((tokens[index].start, tokens[index + span - 1].end))
        return span

    def _words_until_sign(self, index: int) -> int | None:
        """Tokens of the words from here to an operator or relation sign, at most five words, else None."""
        tokens = self.tokens
        words = 0
        position = index
        while position < len(tokens) and words <= 5:
            token = tokens[position]
            if token.kind == "word":
                if not _is_common(token.text):
                    return None
                words += 1
            elif token.kind in ("rel", "close") or (token.kind == "op" and token.text in "+-−×*/÷·"):
                if token.kind == "op" and not self._operand_follows(position):
                    return None
                end = position
                while tokens[end - 1].kind == "space":
                    end -= 1
                return end - index
            elif token.kind != "space" and not (token.kind == "op" and token.text == "-"):
                return None
            position += 1
        return None

    def _phrase(self, index: int) -> int:
        """Tokens of the words that stand for the last term, "= total cost", when nothing but punctuation follows."""
        if index == 0 or (neighbour(self.tokens, index, -1) or self.tokens[index]).kind != "rel":
            return 0
        words = 0
        position = index
        while position < len(self.tokens) and words <= 5:
            token = self.tokens[position]
            if token.kind == "word":
                words += 1
            elif token.kind in ("comma", "other", "close"):
                break
            elif token.kind != "space":
                return 0
            position += 1
        while self.tokens[position - 1].kind == "space":
            position -= 1
        return position - index if words <= 5 else 0

    def _is_times(self, index: int) -> bool:
        following = neighbour(self.tokens, index, 1)
        previous = neighbour(self.tokens, index, -1)
        if following is None or previous is None:
            return False
        adjacent = index > 0 and self.tokens[index - 1].kind != "space"
        if previous.kind == "num" and adjacent and following.kind != "num":
            return False
        return following.kind in ("num", "cur", "open", "math") or (following.kind == "word" and not adjacent)

    def _exclaims(self, index: int) -> bool:
        """An exclamation mark that ends the sentence rather than a factorial."""
        rest = neighbour(self.tokens, index, 1)
        return rest is None or (rest.kind == "word" and rest.text[0].isupper())

    def _operand_follows(self, index: int) -> bool:
        following = neighbour(self.tokens, index, 1)
        if following is None:
            return False
        if following.kind in ("num", "cur", "open", "math", "cmd"):
            return True
        if following.kind == "op":
            return following.text in _UNARY
        return following.kind == "word" and (len(following.text) == 1 or following.text in _FUNCTIONS)

    def _ratio(self, index: int) -> bool:
        nearby = self.tokens[index - 1].kind, (self.tokens[index + 1].kind if index + 1 < len(self.tokens) else "")
        return nearby[0] in ("num", "word") and nearby[1] in ("num", "word")

    def _gloss(self, index: int) -> int:
        """Tokens of a bracket of words only, "(apples)", else 0."""
        for offset in range(1, 14):
            if index + offset >= len(self.tokens):
                return 0
            token = self.tokens[index + offset]
            if token.kind == "close":
                words = [t for t in self.tokens[index + 1 : index + offset] if t.kind == "word"]
                return offset + 1 if words and all(len(w.text) > 1 and not w.text.isupper() for w in words) else 0
            if token.kind not in ("word", "space") and token.text not in "-'’":
                return 0
        return 0

    def result(self) -> Plain:
        start = self.tokens[self.first].start
        return Plain(
            start=start, end=self.tokens[self.last - 1].end, masks=tuple(self.masks), labels=tuple(self.labels),
            names=self.names, cut_left=self.cut_left, cut_right=self.cut_right, latex=self.latex,
        )  # fmt: skip
