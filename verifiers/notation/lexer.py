"""Text to tokens: one set of tokens for LaTeX, Unicode and plain text, each with its place. Linear time."""

from collections.abc import Set
from string import ascii_letters
from typing import Final

from verifiers.notation.commands import command, is_known
from verifiers.notation.patterns import (
    COMMAED,
    DOLLAR,
    INTEGER,
    LETTERS,
    OPERAND,
    PLAIN,
    SINGLE,
    TEX,
)
from verifiers.notation.tables import (
    CONNECTIVES,
    CONSTANT_SIGNS,
    FUNCTION_WORDS,
    GREEK,
    LATEX_ONLY_FUNCTIONS,
    OPERATOR_SIGNS,
    RELATION_SIGNS,
    VULGAR,
)
from verifiers.notation.tokens import Token
from verifiers.notation.units import UNITS

MAX_LENGTH: Final = 20_000
"""Longest text that is read. Anything longer breaks every bound on trees anyway."""
_ALONE: Final = {sign: OPERATOR_SIGNS[sign] for sign in "+()[]{}_/|&,;'%"}
"""Signs that begin no longer one."""
_UNLESS_LONGER: Final = {"=": ("rel", "eq"), "-": ("-", "-")}
"""Signs with what they mean where neither `=` nor `>` follows."""
_LETTERS: Final = frozenset(ascii_letters)
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
_PRODUCT_LETTERS: Final = frozenset("abcdkmnpqrstuvwxyz")
_LETTER_UNITS: Final = frozenset(
    {"cm", "mm", "km", "kg", "mg", "ml", "mL", "mph", "lbs", "ft", "hrs", "sec", "mins", "kmh"}
)
_SHORT_WORDS: Final = frozenset({"the", "are", "for", "not", "odd", "has", "was", "but", "yes"})


def delimiters(text: str) -> frozenset[int]:
    """Places of the dollar signs that set off mathematics; none when any of them may be money."""
    places = [found.start() for found in DOLLAR.finditer(text)] if "$" in text else []
    if not places or len(places) % 2:
        return frozenset()
    for opening, closing in zip(places[::2], places[1::2], strict=True):
        if closing == opening + 1:
            continue
        if text[opening + 1].isspace() != text[closing - 1].isspace() or text[closing + 1 : closing + 2].isdigit():
            return frozenset()
    return frozenset(places)


class Lexer:
    """One pass over one text. `tokens` ends with a `stop`."""

    def __init__(self, text: str, latex: bool, letters: Set[str], decimal_comma: bool) -> None:
        self.text = text
        self.latex = latex
        self.letters = letters
        self.tokens: list[Token] = []
        self.dollars = delimiters(text)
        self.integral = "∫" in text or "\\int" in text
        self.operands: frozenset[str] | None = None
        self.single: frozenset[str] = frozenset()
        self.doubled = "\\begin" not in text
        if self.dollars or "\\(" in text or "\\[" in text:
            self.latex = False
        self._match = (COMMAED if decimal_comma else TEX if latex and "\\" in text else PLAIN).match
        self._run()

    def _run(self) -> None:
        text, match, add = self.text, self._match, self.tokens.append
        at, length = 0, len(self.text)
        while at < length:
            sign, follow = text[at], text[at + 1 : at + 2]
            if sign == " ":
                at += 1
                continue
            if sign in _ALONE:
                add(Token(_ALONE[sign], sign, at, at + 1))
                at += 1
                continue
            if sign in _LETTERS and follow not in _LETTERS:
                add(Token("name", sign, at, at + 1))
                at += 1
                continue
            if sign in _UNLESS_LONGER and follow not in "=>":
                add(Token(*_UNLESS_LONGER[sign], at, at + 1))
                at += 1
                continue
            whole = INTEGER.match(text, at)
            if whole is not None:
                add(Token("num", whole[0], at, whole.end()))
                at = whole.end()
                continue
            found = match(text, at)
            if found is None:
                break
            kind = found.lastgroup
            end = found.end()
            if kind == "space":
                pass
            elif kind == "num":
                add(Token("num", found[0], at, end))
            elif kind == "sign":
                end = self._calculation(at, end) if found[0] == "<<" else self._sign(found[0], at, end)
            elif kind == "word":
                self._word(found[0], at, end)
            elif kind == "cmd":
                end = self._command(found[0][1:], at, end)
            elif kind == "prime":
                add(Token("'" if found[0].count("prime") + found[0].count("'") == 1 else "''", "", at, end))
            elif kind == "degree":
                add(Token("°", "", at, end))
            else:
                add(Token(str(kind), found[0], at, end))
            at = end
        add(Token("stop", "", length, length))

    def _calculation(self, at: int, end: int) -> int:
        """`<<16-3=13>>13`: a calculator's note, passed over when its value is written after it."""
        close = self.text.find(">>", end, end + 200)
        if close < 0:
            self.tokens.append(Token("bad", "<<", at, end))
            return end
        if self.text[close + 2 : close + 3].isdigit() or self.text[close + 2 : close + 3] in ("-", ".", "$"):
            return close + 2
        return max(self.text.rfind("=", end, close) + 1, end)

    def _sign(self, sign: str, at: int, end: int) -> int:
        if sign == "=" or sign in RELATION_SIGNS:
            token = Token("rel", RELATION_SIGNS[sign], at, end)
        elif sign in OPERATOR_SIGNS:
            token = Token(OPERATOR_SIGNS[sign], sign, at, end)
        elif sign in GREEK:
            token = Token("name", GREEK[sign], at, end)
        elif sign in CONSTANT_SIGNS:
            token = Token("const", CONSTANT_SIGNS[sign], at, end)
        elif sign == "$" and at in self.dollars:
            self.latex = not self.latex
            return end
        elif sign in "$€£¥₹¢":
            token = Token("money", sign, at, end)
        elif sign in VULGAR:
            token = Token("vulgar", sign, at, end)
        elif sign == ".":
            token = Token(".", sign, at, end)
        elif sign == ">>" or sign in "\u200b\u2009\u200a\u2061\u2062\ufeff":
            return end
        else:
            token = Token("bad", sign, at, end)
        self.tokens.append(token)
        return end

    def _word(self, word: str, at: int, end: int) -> None:
        add = self.tokens.append
        if len(word) == 1 or (word in self.letters and not self._is_numeric(word)):
            add(Token("name", word, at, end))
        elif word in FUNCTION_WORDS and not (self.latex and word in LATEX_ONLY_FUNCTIONS):
            add(Token("func", FUNCTION_WORDS[word], at, end))
        elif word in CONNECTIVES:
            add(Token(CONNECTIVES[word], word, at, end))
        elif self._is_product(word, at):
            for offset, letter in enumerate(word):
                add(Token("name", letter, at + offset, at + offset + 1))
        else:
            add(Token("word", word, at, end))

    def _is_numeric(self, word: str) -> bool:
        """`AM` beside `A + 1` and `2M`: its letters are numbers of their own here, whatever else bears that name."""
        if len(word) < 2 or not word.isupper():
            return False
        if self.operands is None:
            self.operands = frozenset(a or b for a, b in OPERAND.findall(self.text))
        return self.operands.issuperset(word)

    def _is_product(self, word: str, at: int) -> bool:
        """Is the word a product of its letters? In TeX it is, unless it is prose; in plain text `3xy` and `xyz` are,
        and `ab` is where `a` and `b` stand alone as well.
        """
        if self.latex:
            return not self._is_prose(word, at)
        if len(word) == 2 and word[0] == "d" and self.integral:
            return True
        letters = set(word)
        if len(word) > 3 or not letters <= _PRODUCT_LETTERS or word in UNITS:
            return False
        if letters <= {"x", "y", "z"} or (
            self.tokens and self.tokens[-1].end == at and self.tokens[-1].kind in ("num", ")")
        ):
            return True
        if not self.single:
            self.single = frozenset(SINGLE.findall(self.text)) or frozenset(" ")
        return letters <= self.single

    def _is_prose(self, word: str, at: int) -> bool:
        """A word that no author means as a product of its letters, though TeX sets it as one."""
        if word in _LETTER_UNITS:
            return bool(self.tokens) and self.tokens[-1].kind in ("num", "}", "vulgar")
        if word in _SHORT_WORDS:
            return True
        if len(word) < 4 or not word[1:].islower():
            return False
        lower = word.lower()
        return lower not in _ALPHABET and any(vowel in lower for vowel in "aeiou")

    def _command(self, name: str, at: int, end: int) -> int:
        if name in "()[]":
            self.latex = name in "(["
            return end
        if name == "\\" and self.doubled and (found := LETTERS.match(self.text, end)) and is_known(found[0]):
            name, end = found[0], found.end()
        return command(self.tokens, self.text, name, at, end)


def tokens_of(text: str, latex: bool, letters: Set[str] = frozenset(), decimal_comma: bool = False) -> list[Token]:
    """The tokens of a text, a `stop` last. What no syntax knows is a `bad` token; nothing is lost but spacing."""
    return Lexer(text, latex, letters, decimal_comma).tokens
