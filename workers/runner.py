"""What every worker does with a task, wherever it runs: the checker's words as frames."""

from collections.abc import Iterator

import msgspec

from verifiers.checker import Checker, Reading
from verifiers.extraction.document import Extraction
from workers.work import (
    Answer,
    CheckAnswers,
    CheckClaims,
    Compared,
    CompareResults,
    Decided,
    Found,
    Task,
    Written,
    encode,
)


def frames(checker: Checker, task: Task) -> Iterator[bytes]:
    """The JSON of each `work.Frame` of the task, as soon as it is known. Blocks; never raises on any text."""
    match task.work:
        case CheckAnswers(answers=answers, follow=True):
            for n, answer in enumerate(answers):
                yield from _followed(checker, n, answer)
        case CheckAnswers(answers=answers, certify=certify):
            for n, answer in enumerate(answers):
                yield from _read(checker, n, answer, certify)
        case CheckClaims(claims=claims):
            for n, checked in enumerate(checker.check_claims(claims)):
                yield encode(Decided(answer=0, claim=n, checked=checked))
        case CompareResults(gold=gold, pred=pred, options=options):
            yield encode(Compared(comparison=checker.compare(gold, pred, options)))


def _followed(checker: Checker, n: int, answer: Answer) -> Iterator[bytes]:
    at = 0
    for said in checker.follow(answer.question, answer.steps, defer=True):
        if isinstance(said, Extraction):
            yield encode(Found(answer=n, extraction=said))
        else:
            yield encode(Decided(answer=n, claim=at, checked=said))
            at += 1


def _read(checker: Checker, n: int, answer: Answer, certify: bool) -> Iterator[bytes]:
    row = checker.read_row(answer.id, answer.question, answer.steps, defer=True, certify=certify)
    if isinstance(row, Reading):
        yield encode(Found(answer=n, extraction=row.extraction))
        for at, checked in enumerate(row.checked):
            yield encode(Decided(answer=n, claim=at, checked=checked))
    else:
        yield encode(Written(answer=n, row=msgspec.Raw(row)))
