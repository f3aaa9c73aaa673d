"""Formulas in plain prose: one forward pass over tokens that alternates between operand and operator, so that
"so 10,000/2 = 5000 steps" yields `10,000/2 = 5000` and neither of the words. Linear in the text.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.extraction.reading.allowance import Allowance
from verifiers.extraction.reading.maths import Delimited
from verifiers.extraction.reading.plain_signs import (
    APPLIED,
    DASHES,
    FUNCTIONS,
    TIMES,
    UNARY,
    belongs,
    exclaims,
    groups_digits,
    is_ratio,
    is_times,
    joins_number,
    operand_follows,
    tokens_of_subscript,
)
from verifiers.extraction.reading.plain_starts import goes_on, starts
from verifiers.extraction.reading.plain_tokens import Token, cut, is_operator_glyph, may_relate, neighbour
from verifiers.extraction.reading.plain_words import (
    NOT_OPERAND,
    OPERATOR_WORDS,
    SUFFIXES,
    is_word,
    tokens_of_gloss,
    tokens_of_phrase,
    words_until_sign,
)


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
        if not starts(tokens, index, floor):
            index += 1
            continue
        run = _Run(tokens, index, floor)
        allowance.visits -= run.advance()
        if run.relations:
            yield run.result()
            floor = run.last
        index = max(index + 1, run.last)


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
        if first.kind == "op" and first.text in DASHES and (index == 0 or tokens[index - 1].kind == "other"):
            self.cut_left = True
        elif first.kind == "rel":
            self._look_back()
            operand = True
        elif first.kind == "op" and first.text != "√" and (first.text not in UNARY or self._follows_words(previous)):
            self.cut_left = True
            operand = True
        elif previous is not None and (
            previous.text.lower() in OPERATOR_WORDS
            or is_operator_glyph(previous.text)
            or (index > self.floor and goes_on(self.tokens, self.first, previous))
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
                if operand and spaced and groups_digits(self.tokens, index):
                    self.cut_right = True
                    break
                if operand and index > self.first and not joins_number(self.tokens, index, spaced):
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
                    self.phrase = 0 if stack or operand else tokens_of_phrase(self.tokens, index)
                    good = index + self.phrase if self.phrase else good
                    break
                if step > 0:
                    operand, dangling = True, False
                    index += step
                    if not stack:
                        good = index
                    continue
                if token.text in TIMES and operand and is_times(self.tokens, index):
                    operand, dangling = False, True
                    index += 1
                    continue
                operand, dangling = token.text not in APPLIED, False
            elif kind == "post":
                if not operand or (token.text in "'′" and spaced):
                    break
                if token.text == "!" and exclaims(self.tokens, index):
                    break
                if token.text in "½¼¾" and not operand:
                    operand = True
            elif kind == "bold":
                power = operand and (spaced == (tokens[index + 1].kind == "space" if index + 1 < len(tokens) else True))
                closing = index + 1 >= len(tokens) or not operand_follows(self.tokens, index)
                if power and not closing:
                    operand, dangling = False, True
                else:
                    self.masks.append((token.start, token.end))
                index += 1
                continue
            elif kind == "op":
                if token.text == "_" and spaced:
                    break
                if token.text == "_" and (subscript := tokens_of_subscript(self.tokens, index)):
                    operand, dangling = tokens[index - 1].text not in APPLIED, False
                    index += subscript
                    continue
                if not operand and token.text not in UNARY:
                    break
                if token.text == ":" and not (operand and is_ratio(self.tokens, index)):
                    break
                if token.text in "–—" and spaced and not operand_follows(self.tokens, index):
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
                gloss = tokens_of_gloss(self.tokens, index) if operand else 0
                if gloss:
                    self.masks.append((token.start, tokens[index + gloss - 1].end))
                    index += gloss
                    if not stack:
                        good = index
                    continue
                if operand and (spaced and is_word(neighbour(tokens, index, 1))):
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
            self.cut_right |= belongs(self.tokens, stack[0]) if stack else strange
        kept = tokens[self.last - 1].end
        self.relations = sum(t.kind == "rel" for t in tokens[self.first : self.last])
        if self.relations and tokens[self.last - 1].kind == "rel":
            self.relations = 0
        self.masks = [m for m in self.masks if m[1] <= kept]
        self.labels = [m for m in self.labels if m[1] <= kept]
        return index - self.first + 1

    def _follows_words(self, previous: Token | None) -> bool:
        return previous is not None and previous.kind in ("word", "close", "post", "num") and self.first > self.floor

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

    def _absorb(self, token: Token) -> None:
        if token.inner is not None:
            self.masks.append((token.start, token.inner.start))
            self.masks.append((token.inner.end, token.end))

    def _word(self, index: int, operand: bool, spaced: bool) -> int | None:
        """How many tokens the label or name here takes, 0 for a letter or function; None to stop before it."""
        tokens = self.tokens
        text = tokens[index].text
        if text in FUNCTIONS:
            return 0
        following = neighbour(tokens, index, 1)
        if len(text) == 1:
            if not operand:
                return None if text in NOT_OPERAND and is_word(following) else 0
            if text in TIMES or not spaced:
                return 0
            return 0 if following is None or following.kind in ("op", "rel", "close", "post") else None
        span = words_until_sign(self.tokens, index)
        if operand and not spaced:
            return 1 if len(text) <= 3 and text.lower() not in SUFFIXES else None
        if span is not None and operand:
            self.labels.append((tokens[index].start, tokens[index + span - 1].end))
        return span

    def result(self) -> Plain:
        start = self.tokens[self.first].start
        return Plain(
            start=start, end=self.tokens[self.last - 1].end, masks=tuple(self.masks), labels=tuple(self.labels),
            names=self.names, cut_left=self.cut_left, cut_right=self.cut_right, latex=self.latex,
        )  # fmt: skip
