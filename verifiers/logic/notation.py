"""First-order notation, as in FOLIO and in textbooks, read into sentences: `∀x (Poet(x) → ¬Banker(x))`.

    sentence    = biconditional
    biconditional = conditional { ("↔" | "⟷" | "<->" | "iff") conditional }
    conditional = disjunction [ ("→" | "⇒" | "->" | "=>") conditional ]
    disjunction = conjunction { ("∨" | "|" | "or" | "⊕" | "xor") conjunction }
    conjunction = unary { ("∧" | "&" | "and") unary }
    unary       = ("¬" | "~" | "not") unary
                | ("∀" | "∃" | "forall" | "exists") letter { "," letter } [":" sort] ["."] unary
                | term [ ("=" | "≠" | "<" | "≤" | ">" | "≥") term ] | "(" sentence ")"
    term        = product { ("+" | "-") product } ;  product = factor { "*" factor }
    factor      = number | "-" factor | name [ "(" term { "," term } ")" ] | "(" term ")"

A quantifier takes as little as a negation does, unless its letter stands again behind that, or a dot stands after the
letter: then it takes all that follows, up to the bracket it stands in. `∨` beside `⊕`, and `⊕` thrice, mean different
things to different authors when no brackets say which comes first, and are refused. Names may hold hyphens, dots and
plus signs (`gpt-3`, `mr.smith`, `c++`), unless what stands before a minus is a bound variable.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.expr import Apply, Bounds, Expr, Num, Sym, violation

MOST_CHARACTERS: Final = 20_000
DEEPEST: Final = 100
MOST_DIGITS: Final = Bounds().digits
_BOUNDS: Final = Bounds(nodes=MOST_CHARACTERS, towers=True)


class Fault(msgspec.Struct, frozen=True):
    """Why a text is no sentence: what is wrong, and at which code point (0-based)."""

    message: str
    position: int

    def __str__(self) -> str:
        return f"{self.message} (at character {self.position + 1})"


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str
    start: int


_TOKENS: Final = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<iff>↔|⟷|⇔|⟺|<->|<=>)"
    r"|(?P<implies>→|⇒|⟹|⟶|->|=>|⊃)"
    r"|(?P<forall>∀)|(?P<exists>∃)|(?P<not>¬|~|!(?!=))"
    r"|(?P<and>∧|&&?|/\\)|(?P<xor>⊕|⊻)|(?P<or>∨|\|\|?|\\/)"
    r"|(?P<compare>≠|!=|≤|<=|≥|>=|==?|<|>)"
    r"|(?P<number>\d+(?:\.\d+)?(?![\w]))"
    r"|(?P<name>[^\W_](?:[\w'’]|[.](?=[^\W_])|-(?=\w)|\+(?=[+,)]))*|_\w+)"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|(?P<dot>\.)|(?P<colon>:)|(?P<plus>\+)|(?P<minus>[-−])|(?P<times>[*·×])"
)
_WORDS: Final = {
    "forall": "forall", "exists": "exists", "not": "not", "and": "and", "or": "or", "xor": "xor", "iff": "iff",
    "implies": "implies",
}  # fmt: skip
_COMPARISONS: Final = {
    "=": "eq", "==": "eq", "≠": "ne", "!=": "ne", "<": "lt", "≤": "le", "<=": "le", ">": "gt", "≥": "ge", ">=": "ge",
}  # fmt: skip
_END: Final = "end"
_LATE: Final = frozenset({"implies", "iff"})


class Sentence(msgspec.Struct, frozen=True):
    """What was read, and what had to be mended on the way."""

    expr: Expr
    mended: tuple[Fault, ...] = ()


VARIABLES: Final = frozenset("xyzuvw")


def read_sentence(text: str, *, variables: frozenset[str] = VARIABLES) -> Expr | Fault:
    """The sentence, or why there is none. A letter of `variables` that no quantifier binds is a fault; any other
    name alone is a constant, or a proposition where a sentence is needed. Linear in the length, never raises.
    """
    if len(text) > MOST_CHARACTERS:
        return Fault(f"more than {MOST_CHARACTERS} characters", MOST_CHARACTERS)
    try:
        sentence = _Reader(_tokens(text), variables).whole()
    except _Error as error:
        return error.fault
    # A long chain of `→` or `↔` nests without a bracket.
    broken = violation(sentence, _BOUNDS)
    return sentence if broken is None else Fault(broken, 0)


def mend_sentence(text: str, *, variables: frozenset[str] = VARIABLES) -> Sentence | Fault:
    """As `read_sentence`, for sentences written by hand: one bracket too many or too few at the very end, with nothing
    else wrong, is mended and said so.
    """
    read = read_sentence(text, variables=variables)
    if not isinstance(read, Fault):
        return Sentence(read)
    whole = text.rstrip(". \t\n")
    for other in (whole[:-1],) if whole.endswith(")") else ():
        mended = read_sentence(other, variables=variables)
        if not isinstance(mended, Fault):
            return Sentence(mended, (Fault("a bracket too many, left out", len(other)),))
    mended = read_sentence(whole + ")", variables=variables)
    if not isinstance(mended, Fault):
        return Sentence(mended, (Fault(f"{read.message}; put at the end", read.position),))
    return read


class _Error(Exception):
    def __init__(self, message: str, position: int) -> None:
        self.fault = Fault(message, position)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            shown = {"^": "^ is read as “and” by some and as “either … or” by others: write ∧ or ⊕"}.get(text[at])
            raise _Error(shown or f"unexpected {text[at]!r}", at)
        kind = str(match.lastgroup)
        if kind == "name":
            kind = _WORDS.get(match.group().lower(), kind)
        if kind != "space":
            tokens.append(_Token(kind, match.group(), at))
        at = match.end()
    while tokens and tokens[-1].kind == "dot":
        tokens.pop()
    tokens.append(_Token(_END, "", len(text.rstrip())))
    return tokens


class _Reader:
    def __init__(self, tokens: Sequence[_Token], variables: frozenset[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.variables = variables
        self.bound: list[str] = []
        self.partners, self.ends = _brackets(tokens)
        self.places: dict[str, list[int]] = {}
        for place, token in enumerate(tokens):
            if token.kind == "name":
                self.places.setdefault(token.text.partition("-")[0], []).append(place)

    @property
    def kind(self) -> str:
        return self.tokens[self.at].kind

    def take(self) -> _Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def fail(self, message: str, token: _Token | None = None) -> _Error:
        return _Error(message, (token or self.tokens[self.at]).start)

    def unexpected(self, needed: str) -> _Error:
        token = self.tokens[self.at]
        return self.fail(f"{needed} is missing" if token.kind == _END else f"{needed} is needed before {token.text!r}")

    def whole(self) -> Expr:
        if self.kind == _END:
            raise self.fail("nothing to read")
        sentence = self.sentence()
        if self.kind == "close":
            raise self.fail("a bracket is closed that was not opened")
        if self.kind != _END:
            raise self.fail(f"unexpected {self.tokens[self.at].text!r} after the sentence")
        return sentence

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fail(f"nested deeper than {DEEPEST}")

    def sentence(self) -> Expr:
        self.deeper()
        parts = [self.conditional()]
        while self.kind == "iff":
            self.take()
            parts.append(self.conditional())
        self.depth -= 1
        result = parts[0]
        for part in parts[1:]:
            result = Apply("iff", (result, part))
        return result

    def conditional(self) -> Expr:
        parts = [self.disjunction()]
        while self.kind == "implies":
            self.take()
            parts.append(self.disjunction())
        result = parts.pop()
        while parts:
            result = Apply("implies", (parts.pop(), result))
        return result

    def disjunction(self) -> Expr:
        parts = [self.conjunction()]
        kind = ""
        while self.kind in ("or", "xor"):
            token = self.take()
            if kind and (token.kind != kind or kind == "xor"):
                raise self.fail("brackets are needed to say which of ∨ and ⊕ comes first", token)
            kind = token.kind
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Apply(kind, tuple(parts))

    def conjunction(self) -> Expr:
        parts = [self.unary()]
        while self.kind == "and":
            self.take()
            parts.append(self.unary())
        return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))

    def unary(self) -> Expr:
        self.deeper()
        if self.kind == "not":
            self.take()
            result: Expr = Apply("not", (self.unary(),))
        elif self.kind in ("forall", "exists"):
            result = self.quantified()
        else:
            result = self.atom()
        self.depth -= 1
        return result

    def quantified(self) -> Expr:
        head = self.take().kind
        letters: list[str] = []
        while True:
            if self.kind != "name":
                raise self.unexpected("a variable")
            letters.append(self.take().text)
            if self.kind != "comma":
                break
            self.take()
        sort = ""
        if self.kind == "colon":
            self.take()
            if self.kind != "name":
                raise self.unexpected("a sort")
            sort = self.take().text
        self.bound.extend(letters)
        far = any(self.occurs_behind(letter) for letter in letters)
        if self.kind == "dot":
            self.take()
            far = True
        body = self.sentence() if far else self.unary()
        del self.bound[-len(letters) :]
        for letter in reversed(letters):
            variable = Apply("in", (Sym(letter), Sym(sort))) if sort else Sym(letter)
            body = Apply(head, (variable, body))
        return body

    def occurs_behind(self, letter: str) -> bool:
        """Whether the letter stands again between what a quantifier here takes at least and the enclosing bracket."""
        at = self.at
        while self.tokens[at].kind in ("not", "forall", "exists"):
            quantifier = self.tokens[at].kind != "not"
            at += 2 if quantifier and self.tokens[at + 1].kind == "name" else 1
        if self.tokens[at].kind == "name":
            at += 1
        if self.tokens[at].kind == "open":
            at = self.partners.get(at, len(self.tokens))
        places = self.places.get(letter, [])
        behind = bisect_right(places, at)
        if behind == len(places) or places[behind] >= self.ends[self.at]:
            return False
        return self.tokens[places[behind] - 1].kind not in ("forall", "exists")

    def atom(self) -> Expr:
        start = self.at
        if self.kind == "open":
            bracket = self.take()
            inside = self.sentence()
            if self.kind != "close":
                raise self.fail("a bracket is not closed", bracket) if self.kind == _END else self.unexpected(")")
            self.take()
            if self.kind not in ("compare", "plus", "minus", "times"):
                return inside
            self.at = start
        left = self.term()
        if self.kind != "compare":
            return left
        parts: list[Expr] = []
        while self.kind == "compare":
            head = _COMPARISONS[self.take().text]
            right = self.term()
            parts.append(Apply(head, (left, right)))
            left = right
        return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))

    def term(self) -> Expr:
        self.deeper()
        parts = [self.product()]
        while self.kind in ("plus", "minus"):
            minus = self.take().kind == "minus"
            part = self.product()
            parts.append(Apply("neg", (part,)) if minus else part)
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Apply("add", tuple(parts))

    def product(self) -> Expr:
        parts = [self.factor()]
        while self.kind == "times":
            self.take()
            parts.append(self.factor())
        return parts[0] if len(parts) == 1 else Apply("mul", tuple(parts))

    def factor(self) -> Expr:
        if self.kind == "number":
            token = self.take()
            text = token.text
            if len(text) > MOST_DIGITS:
                raise self.fail(f"a number of more than {MOST_DIGITS} digits", token)
            return Num(Fraction(text), len(text.partition(".")[2]) or None)
        if self.kind == "minus":
            self.take()
            self.deeper()
            inner = self.factor()
            self.depth -= 1
            return Num(-inner.value, inner.places) if isinstance(inner, Num) else Apply("neg", (inner,))
        if self.kind == "open":
            bracket = self.take()
            inner = self.term()
            if self.kind != "close":
                raise self.fail("a bracket is not closed", bracket)
            self.take()
            return inner
        if self.kind != "name":
            raise self.unexpected("a predicate, a name or a number")
        return self.named()

    def named(self) -> Expr:
        token = self.take()
        if self.kind == "open":
            return self.applied(token)
        head, minus, rest = token.text.partition("-")
        if minus and head in self.bound:
            right: Expr = Num(Fraction(rest)) if rest.isdecimal() else Sym(rest)
            return Apply("add", (Sym(head), Apply("neg", (right,))))
        if token.text in self.variables and token.text not in self.bound:
            raise self.fail(f"no quantifier binds the variable {token.text}", token)
        return Sym(token.text)

    def applied(self, token: _Token) -> Expr:
        bracket = self.take()
        if token.text in self.bound:
            raise self.fail(f"the variable {token.text} is applied like a predicate", token)
        if self.kind == "close":
            raise self.fail(f"{token.text} has empty brackets")
        arguments = [self.term()]
        while self.kind == "comma":
            self.take()
            arguments.append(self.term())
        if self.kind != "close":
            if self.kind in _LATE | {"and", "or", "xor", _END}:
                raise self.fail("a bracket is not closed", bracket)
            raise self.unexpected("a comma or )")
        self.take()
        return Apply("call", (Sym(token.text), *arguments))


def _brackets(tokens: Sequence[_Token]) -> tuple[dict[int, int], list[int]]:
    """The place of each bracket's partner, and for each place where the bracket around it closes."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(place)
        elif token.kind == "close" and opened:
            partners[opened.pop()] = place
    ends = [len(tokens)] * len(tokens)
    around = [len(tokens)]
    for place, token in enumerate(tokens):
        if token.kind == "close" and len(around) > 1:
            around.pop()
        ends[place] = around[-1]
        if token.kind == "open":
            around.append(partners.get(place, len(tokens)))
    return partners, ends
