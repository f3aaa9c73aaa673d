"""An answer as read: sentences, mathematics and chains of relations, each with its exact place.

Every offset is in code points of the raw text of one step (half-open), so `part.text[start:end]` is what the author
wrote. Finders (`extraction/finders.py`) read this and nothing else.
"""

from enum import StrEnum

import msgspec

from verifiers.claims import QUESTION, Claim
from verifiers.expr import Expr
from verifiers.verdicts import Remark


class Mood(StrEnum):
    """How a sentence or formula is meant. Only `asserted` ones are claims the author answers for."""

    ASSERTED = "asserted"
    DEFINED = "defined"
    """Introduces letters or names: "let n = 12", "denote", "where r is the radius"."""
    SUPPOSED = "supposed"
    """Holds in a branch only: "if", "suppose", "assume for contradiction", "case 2"."""
    TRIAL = "trial"
    """A value tried out, an enumeration searched: "let's try a = 2", "checking n = 3"."""
    REJECTED = "rejected"
    """Said to be false, impossible or mistaken, here or in the sentence after."""
    ASKED = "asked"
    """A question, a goal ("we need x + y = 5", "find", "want to show") or an instruction."""
    QUOTED = "quoted"
    """A general formula or theorem quoted with generic letters, or somebody else's words."""


class Maths(msgspec.Struct, frozen=True):
    """A stretch of mathematics. `start:end` is the content without its delimiters."""

    start: int
    end: int
    latex: bool
    display: bool


class Term(msgspec.Struct, frozen=True):
    """One side of a relation. `expr` is None where the notation could not be read and `problem` says why."""

    start: int
    end: int
    expr: Expr | None
    problem: str = ""


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """`a = b < c`: terms and the relations between them, `len(relations) == len(terms) - 1`.

    A display without relation sign is a chain of one term. `relations` are heads of `expr.RELATIONS`.
    """

    step: int
    start: int
    end: int
    terms: tuple[Term, ...]
    relations: tuple[str, ...]
    mood: Mood
    sentence: int
    """Index into the part's sentences."""
    display: bool = False
    latex: bool = False
    approximate: bool = False
    """"about", "roughly", "approx" stands beside it."""
    lead: str = ""
    """Prose of the sentence between the previous formula and this one, lower case: "which simplifies to"."""
    ambiguous: bool = False
    """A second reading of its notation is usual (`1/2x`): it may be found true, never false."""
    trail: str = ""
    """Prose after it up to the next formula or the sentence's end, lower case."""


class Sentence(msgspec.Struct, frozen=True):
    start: int
    end: int
    mood: Mood


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The question (`step == QUESTION`) or one step of the answer."""

    step: int
    text: str
    sentences: tuple[Sentence, ...]
    maths: tuple[Maths, ...]
    chains: tuple[Chain, ...]
    unread: tuple[tuple[int, int], ...] = ()
    """Stretches left out: sentences of thousands of characters, and all that comes after the most that is read."""

    @property
    def is_question(self) -> bool:
        return self.step == QUESTION


class Document(msgspec.Struct, frozen=True, dict=True):
    """The values are fixed; what is worked out from them once is kept in the instance's dictionary (`scope_of`)."""

    question: Part
    steps: tuple[Part, ...]


class Extraction(msgspec.Struct, frozen=True):
    """Claims and remarks of one answer in the order of their spans."""

    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]
