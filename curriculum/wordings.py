"""A question and one of its options as answers that can be checked: what somebody would write who chose it."""

import re
from collections.abc import Iterator
from typing import Final

from curriculum.solving import MATHS, solutions
from curriculum.word_lists import words
from verifiers.expr import Apply, heads
from verifiers.notation import Unread, read

_WH: Final = re.compile(
    r"(?:^|[.:\n]\s*)(?:what (?:is|are|was|will be)|find|calculate|compute|determine|evaluate)\s+"
    r"(the\s+[^.?\n]{3,300}?)\s*[.?]?\s*$",
    re.IGNORECASE,
)
_WHO: Final = re.compile(
    r"^(?:who|which(?: of the following)?(?: [a-z]+){0,3}?|what)\s+"
    r"((?:is|was|are|were|has|had|provides?|deals?|contains?|can|may|shall|appoints?|elects?|presides?|administers?"
    r"|empowers?|guarantees?|abolishes?|prohibits?)\b[^?]*)\??$",
    re.IGNORECASE,
)
_NEGATED: Final = re.compile(
    r"\b(?:not|except|incorrect|false|wrong|never|least likely|cannot|untrue|invalid)\b|n't\b", re.IGNORECASE
)
_FOLLOWS: Final = re.compile(r"\b(?:what|which)\b[^?]*\b(?:follows?|concluded?|inferred)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.?!:])\s+|\n")
_TRUTH: Final = re.compile(
    r"\bwhich\b[^.?]*\b(?:statements?|equations?|sentences?|inequalit\w+|following|options?)\b[^.?]*"
    r"\b(?:is|are)(?:/are)?\s+(?:\w+\s+)?(?:true|correct|valid)\b",
    re.IGNORECASE,
)


_VALUE: Final = words(
    "simplify factor expand multiply add subtract combine reduce evaluate evalute divide compute calculate rationalize"
    " sum product"
)
"""Words of a question whose answer has the value of the one formula in it."""
_VALUE_TOO: Final = words(
    "find the following given indicated expression expressions polynomial polynomials trinomial binomial radical"
    " fraction fractions exercise exercises problem problems operation operations perform completely if possible by"
    " grouping each term terms like for in and your answer of exponents using use property properties rule rules power"
    " distributive write only positive term terms rational numbers number integers integer numerical algebraic monomial"
    " monomials factoring trinomials whole exponent real decimal decimals square root roots with this these a an to"
)
_SOLVING: Final = words("solve solution solutions")
_SOLVING_TOO: Final = words(
    "the equation equations linear quadratic rational radical exponential logarithmic absolute value each following"
    " for using use by factoring completing square formula zero product property real find given exercise exercises in"
    " and check your answer proportion proportions literal multi-step two-step one-step variable variables with"
    " fractions decimals both sides distributive properties equality of addition subtraction multiplication division"
    " method any exact algebraically a an all it to is what method formula problem this"
)


def canonical(stem: str) -> str | None:
    """The question as `Simplify $…$.` or `Solve $…$.`, where it holds one formula and says nothing more than that."""
    found = list(MATHS.finditer(stem))
    if len(found) != 1:
        return None
    formula = next(group for group in found[0].groups() if group).strip().rstrip(".,;:")
    said = frozenset(re.findall(r"[a-z][a-z\-]+", (stem[: found[0].start()] + " " + stem[found[0].end() :]).lower()))
    tree = read(formula)
    if isinstance(tree, Unread):
        return None
    equation = isinstance(tree, Apply) and tree.head == "eq"
    if equation and said & _SOLVING and said <= _SOLVING | _SOLVING_TOO:
        return f"Solve ${formula}$."
    if not equation and said & _VALUE and said <= _VALUE | _VALUE_TOO and not heads(tree) & _NOT_VALUES:
        return f"Simplify ${formula}$."
    return None


def judges_form(stem: str) -> bool:
    """Whether options of one value may differ by their form, of which one is asked for."""
    return _FORM.search(stem) is not None


_FORM: Final = re.compile(
    r"\b(?:factor\w*|simplif\w*|expand\w*|rewrit\w*|write|written|express\w*|forms?|lowest|reduced?|convert\w*|equivalent"
    r"|best|most|simplest|rationali[sz]e|notation)\b",
    re.IGNORECASE,
)
_NOT_VALUES: Final = frozenset(
    {"list", "set", "tuple", "lt", "le", "gt", "ge", "and", "or", "integral", "call", "matrix"}
)


def negated(stem: str) -> bool:
    """Whether the question asks for what is not so, so that a true option would be the wrong one."""
    return _NEGATED.search(_asking(stem)) is not None


def _asking(stem: str) -> str:
    """The stem from the sentence that asks: what is told before it may hold a `not` of its own."""
    sentences = _SENTENCE.split(stem)
    asks = next((place for place, sentence in enumerate(sentences) if sentence.endswith("?")), len(sentences) - 1)
    return " ".join(sentences[asks:])


def asks_for_truth(stem: str) -> bool:
    """Whether each option is a statement and the true one is asked for."""
    return _TRUTH.search(stem) is not None and not negated(stem)


def answers(stem: str, option: str) -> Iterator[str]:
    """Answers that say the option is it, the plainest first. Any of them may be one that no verifier reads."""
    plain = option.strip().rstrip(".")
    yield f"The answer is {plain}."
    if _FOLLOWS.search(_asking(stem)) is not None and " " in plain:
        yield f"Therefore {plain[:1].lower()}{plain[1:]}."
    if (solved := solutions(stem, plain)) is not None:
        yield solved
    if (asked := _WH.search(stem)) is not None:
        subject = " ".join(asked[1].split())
        yield f"{subject[:1].upper()}{subject[1:]} is {plain}."


def statement(stem: str, option: str) -> str | None:
    """The question as a statement with the option in the place of `who` or `which`; None where that is not plain."""
    asked = _WHO.match(" ".join(stem.split()))
    return None if asked is None else f"{option.strip().rstrip('.')} {asked[1].strip()}."
