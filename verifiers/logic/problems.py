"""A problem: what is given, sentence by sentence, in the words it was given in."""

from collections.abc import Sequence
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr
from verifiers.logic.inference import infer
from verifiers.logic.signature import Signature
from verifiers.logic.typing import fault

MOST_STATEMENTS: Final = 2_000


class Statement(msgspec.Struct, frozen=True):
    """A sentence with the words it was read from."""

    sentence: Expr
    text: str = ""


class Problem(msgspec.Struct, frozen=True):
    """`axioms` is what goes without saying (each has exactly one, seats are 1 to 5, all are different); `premises` is
    what was said, and what a core names.
    """

    signature: Signature
    premises: tuple[Statement, ...] = ()
    axioms: tuple[Expr, ...] = ()

    def fault(self) -> str:
        """Why the problem has no meaning, in words, or nothing."""
        if len(self.premises) > MOST_STATEMENTS or len(self.axioms) > MOST_STATEMENTS:
            return f"more than {MOST_STATEMENTS} statements"
        if wrong := self.signature.fault():
            return wrong
        for statement in self.premises:
            if wrong := fault(statement.sentence, self.signature):
                return f"{statement.text or 'a premise'}: {wrong}"
        for axiom in self.axioms:
            if wrong := fault(axiom, self.signature):
                return wrong
        return ""


def untyped(premises: Sequence[Statement], *conclusions: Statement) -> tuple[Problem, tuple[Statement, ...]]:
    """The problem of sentences without declarations, as textbooks write them: what each name is follows from its use.
    The conclusions come back with their quantifiers sorted.

    Raises:
        LogicError: a name is used as two things, a variable is bound by no quantifier.
    """
    signature, sentences = infer([s.sentence for s in (*premises, *conclusions)])
    sorted_ = tuple(Statement(a, b.text) for a, b in zip(sentences, (*premises, *conclusions), strict=True))
    return Problem(signature, sorted_[: len(premises)]), sorted_[len(premises) :]


def negation(sentence: Expr) -> Expr:
    """The opposite, without a double `not`."""
    if isinstance(sentence, Apply) and sentence.head == "not":
        return sentence.args[0]
    return Apply("not", (sentence,))
