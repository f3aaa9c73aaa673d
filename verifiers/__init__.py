"""Is it so? Answers in, every claim out with a verdict and its evidence.

>>> from verifiers import check_answer
>>> report = check_answer("", ["16 - 3 = 14"])
>>> report.label.value
'refuted'
"""

import atexit
from collections.abc import Sequence
from functools import cache

from verifiers.checker import Checker, CheckerConfig
from verifiers.claims import Claim, Excerpt, Fact, Span
from verifiers.equality.outcome import CompareOptions, Comparison
from verifiers.verdicts import Label, Reason, Report, ReportLabel, Verdict

__all__ = [
    "Checker",
    "CheckerConfig",
    "CompareOptions",
    "Comparison",
    "Excerpt",
    "Label",
    "Reason",
    "Report",
    "ReportLabel",
    "Verdict",
    "check_answer",
    "compare",
    "verify_fact",
]


@cache
def _default() -> Checker:
    checker = Checker()
    atexit.register(checker.close)
    return checker


def check_answer(question: str, steps: str | Sequence[str]) -> Report:
    """Checks an answer in a sandbox process that is started once and kept."""
    return _default().check_answer(question, [steps] if isinstance(steps, str) else steps)


def compare(gold: str, pred: str, options: CompareOptions = CompareOptions()) -> Comparison:  # noqa: B008 - frozen
    """Whether two final answers are the same, decided in the same sandbox process."""
    return _default().compare(gold, pred, options)


def verify_fact(statement: str, passages: Sequence[Excerpt]) -> Verdict:
    """Whether the passages say the statement or deny it, decided in the same sandbox process. Without a passage it is
    undecided.
    """
    formula = Fact(statement=statement, passages=tuple(passages))
    claim = Claim(span=Span(0, 0, len(statement)), text=statement, formula=formula)
    return _default().check_claims([claim])[0].verdict
