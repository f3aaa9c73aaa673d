"""Sentences with every number and formula replaced by one mark, so that claims in words are matched by short patterns.

"The median of 3, 1, 7 is $3$." becomes "The median of V, V, V is V." Each V knows the text it stands for and is read
by the notation only once a pattern has matched. A number that is part of something larger (`x + 41`, `3rd`, `5-10`)
becomes an opaque mark that no pattern accepts.
"""

import re
from typing import Final

import msgspec

from verifiers.claims import Claim, Formula, Span
from verifiers.expr import Apply, Expr, Num, Text, free_symbols, heads
from verifiers.extraction.document import Mood, Part
from verifiers.extraction.meaning.moods import RETRACTING
from verifiers.notation.reading import Unread, read, read_chain

FIRST: Final = 0xE000
"""Marks of values are the private-use characters from here on,"""
INNER: Final = 0xF000
"""those of parts of larger expressions from here on."""
_AFTERWARDS: Final = 160
_MOST_DATA: Final = 200

V: Final = "[\ue000-\ueeff]"
"""Pattern for one value."""
OPERAND: Final = "[\ue000-\ueeff\uf000-\uf8fe]"
"""Pattern for one value or part of a larger one."""
DATA: Final = rf"{V}(?:, ?{V})*(?:,? and {V})?"
"""Pattern for one value or a list of them."""
END: Final = (
    r"(?=\s*(?:[.,;:!)=≈\]\"”’]|$|\((?!\s*mod)|—|–)|\s+(?:and|so|because|since|but|which|as|while|whereas"
    r"|therefore|thus|hence|then"
    r"|for|by|we|this|that is|i\.e|not|or equivalently)\b)"
)
"""What may follow a claimed value: the end of the clause, so that nothing is left to be multiplied or counted."""

IS: Final = (
    r"(?:is|are|was|=|equals?|is equal to|comes (?:out )?to|works out to|would be|will be|is simply|is"
    r" therefore|is thus"
    r"|is exactly|:)"
)
"""Words that claim a value."""
UNIT: Final = (
    r"(?: ?(?:(?:square|cubic|sq\.?|cu\.?) )?(?:units?|(?:centi|milli|kilo)?met(?:er|re)s?|cm|mm|km|m"
    r"|inch(?:es)?|in|feet|foot|ft"
    r"|yards?|miles?|degrees?|°|points?|years?|dollars?|kg|kilograms?|grams?|g|lit(?:er|re)s?)(?:[²³]"
    r"|\^[23])?(?: squared| cubed)?)?"
)
"""A unit after a claimed value, which is not looked at."""

_BRANCH: Final = re.compile(
    r"\b(?:suppose|supposing|assum\w*|contrary|contradict\w*|claims?|guess\w*|hypothe\w*|imagine|pretend|says?"
    r"|said|thinks?"
    r"|thought|false|incorrect\w*|wrong\w*|mistake\w*|not true|impossible|in case|otherwise)\b",
    re.IGNORECASE,
)
"""What holds for all that follows in the sentence."""
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|whether|would|could|should|must|might|may|want|needs?|needed|such that|so that|find|determine"
    r"|calculate|compute|prove|show that|let|requires?|try|trying|either|cannot|can['’]t|not possible|looking for|hope"
    r"|hoping|expect\w*|instead of|what|rather than|possible|until)\b",
    re.IGNORECASE,
)
"""What holds for its own clause: of "if 7 + 8 = 15, which is prime, …" the end can be checked."""
_CLAUSE: Final = re.compile(
    r"[,;:.](?=\s)|\b(?:then|so|thus|hence|therefore|we (?:get|have|obtain|find|see)|which)\b", re.IGNORECASE
)
_REFUSED: Final = re.compile(
    r"\b(?:contradict\w*|impossible|absurd\w*|false|not (?:true|possible|valid|correct|hold)"
    r"|(?:doesn|isn)['’]t (?:hold|true)|incorrect\w*|wrong|mistake\w*|cannot be|can['’]t be)\b",
    re.IGNORECASE,
)
_TAKEN_BACK: Final = re.compile(
    r"\W*(?:no|but (?:this|that) is (?:wrong|not)|wrong|false|incorrect|nope)\b", re.IGNORECASE
)


class Value(msgspec.Struct, frozen=True):
    """What a mark stands for, and where it stands with its delimiters."""

    text: str
    start: int
    end: int


class Phrase(msgspec.Struct, frozen=True):
    """A sentence with marks. `offsets[i]` is where character `i` of `text` stands in the part."""

    question: str
    part: Part
    sentence: int
    text: str
    offsets: tuple[int, ...]
    values: tuple[Value, ...]
    inner: tuple[Value, ...]
    """The parts of larger expressions."""
    following: str
    words: frozenset[str]
    """The words of the sentence in lower case, by which finders see at once that it is none of their business."""

    @property
    def raw(self) -> str:
        sentence = self.part.sentences[self.sentence]
        return self.part.text[sentence.start : sentence.end]

    @property
    def start(self) -> int:
        return self.part.sentences[self.sentence].start

    def value(self, mark: str) -> Value:
        place = ord(mark)
        return self.inner[place - INNER] if place >= INNER else self.values[place - FIRST]

    def asserts(self, start: int, end: int) -> bool:
        """`asserted` for a claim at `text[start:end]`."""
        return self.asserted(self.text[:start], self.text[start:end], self.text[end : end + _AFTERWARDS])

    def asserted(self, before: str, claim: str, after: str) -> bool:
        """No condition, wish or quotation stands in what the sentence says before, and it is not taken back or led to
        a contradiction.
        """
        mood = self.part.sentences[self.sentence].mood
        if mood is Mood.REJECTED or self.text.rstrip('*_"”) ').endswith("?"):
            return False
        clauses = [cut.end() for cut in _CLAUSE.finditer(before)]
        clause = clauses[-1] if clauses else 0
        if _BRANCH.search(before) or _CONDITION.search(before, clause) or _CONDITION.search(claim):
            return False
        if _REFUSED.search(after) or _REFUSED.search(self.following):
            return False
        return not RETRACTING.search(self.following[:60].lower()) and not _TAKEN_BACK.match(self.following)

    def asserted_at(self, start: int, end: int) -> bool:
        """`asserted` for a claim at `part.text[start:end]`."""
        text = self.part.text
        stop = min(end + _AFTERWARDS, self.part.sentences[self.sentence].end)
        return self.asserted(text[self.start : start], "", text[end:stop])

    def claim(self, start: int, end: int, formula: Formula) -> Claim:
        """The claim at `text[start:end]`."""
        left = self.offsets[start]
        last = self.text[end - 1]
        right = self.value(last).end if re.match(OPERAND, last) else self.offsets[end - 1] + 1
        return Claim(span=Span(self.part.step, left, right), text=self.part.text[left:right], formula=formula)

    def claim_raw(self, start: int, end: int, formula: Formula) -> Claim:
        """The claim at `raw[start:end]`."""
        return self.claim_at(self.start + start, self.start + end, formula)

    def claim_at(self, left: int, right: int, formula: Formula) -> Claim:
        """The claim at `part.text[left:right]`."""
        return Claim(span=Span(self.part.step, left, right), text=self.part.text[left:right], formula=formula)

    def first(self, mark: str) -> Expr | None:
        """The first closed term of a value: 5 of `r = 5`, `1/2·6·5` of `1/2·6·5 = 15`."""
        return next(iter(self._closed(mark)), None)

    def last(self, mark: str) -> Expr | None:
        """The last term of a value if closed: 12 of `n = 12`."""
        closed = self._closed(mark)
        return closed[-1] if closed else None

    def is_number(self, mark: str) -> bool:
        """Whether no letter occurs in any term of a value."""
        trees = [tree for _, _, tree in read_chain(self.value(mark).text).terms]
        return all(not isinstance(tree, Unread) and is_closed(tree) for tree in trees)

    def _closed(self, mark: str) -> list[Expr]:
        reading = read_chain(self.value(mark).text)
        if any(relation not in ("eq", "approx") for relation in reading.relations):
            return []
        trees = [tree for _, _, tree in reading.terms]
        if isinstance(trees[-1], Unread) or not is_closed(trees[-1]):
            return []
        return [tree for tree in trees if not isinstance(tree, Unread) and is_closed(tree)]

    def data(self, matched: str) -> tuple[Expr, ...] | None:
        """The numbers of a match of `DATA`, or `None` where one cannot be read."""
        marks = re.findall(V, matched)
        if len(marks) > _MOST_DATA:
            return None
        if len(marks) == 1:
            tree = read(self.value(marks[0]).text.strip().removesuffix("."))
            if isinstance(tree, Apply) and tree.head in ("list", "set", "tuple"):
                return tree.args if all(map(is_closed, tree.args)) else None
        found = [self.first(mark) for mark in marks]
        numbers = tuple(value for value in found if value is not None)
        return numbers if len(numbers) == len(found) else None


_CLAUSE_START: Final = re.compile(
    r"(?:^|[.;:(—–]|(?<![\ue000-\uf8ff]),|(?<![\ue000-\uf8ff] )\b(?:that|since|because|so|and|but|thus"
    r"|therefore|as|while"
    r"|hence|now|then|numbers?|integers?|value|values|however|also|note|notice|clearly|indeed|here|again|when"
    r"|where|which"
    r"|example|meaning|implies|conclude|means"
    r"|(?<!of )(?<!in )(?<!on )(?<!by )(?<!to )(?<!for )(?<!with )(?<!from )(?<!between )both"
    r"|although|though))\s*$|^\W+$",
    re.IGNORECASE,
)


def numbers_begin(text: str, position: int) -> bool:
    """Whether a clause begins at `position`: "so 5 is odd" but not "the sum of 3 and 5 is odd"."""
    return _CLAUSE_START.search(text[max(0, position - 24) : position]) is not None


def is_closed(expr: Expr) -> bool:
    """A value that can be computed: no letters, words or gaps."""
    return not free_symbols(expr) and "ellipsis" not in heads(expr) and not isinstance(expr, Text)


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def bare(expr: Expr | None) -> tuple[Expr | None, Expr | None]:
    """A value without its unit, and the unit: `5 cm` gives 5 and cm; degrees and per cent are left."""
    if isinstance(expr, Apply) and expr.head == "quantity":
        return expr.args[0], expr.args[1]
    return expr, None


def whole(expr: Expr | None) -> int | None:
    """A literal whole number."""
    if isinstance(expr, Apply) and expr.head == "neg":
        value = whole(expr.args[0])
        return None if value is None else -value
    return int(expr.value) if isinstance(expr, Num) and expr.value.denominator == 1 else None
