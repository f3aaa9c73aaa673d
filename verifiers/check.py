"""The one door between verifiers and everybody else: what goes wrong behind it comes out as `undecided`.

Runs inside the sandbox. `OPERATIONS` is what a sandbox process can be asked; each takes a request and yields frames
as they are ready, so that a process killed in the middle has lost only what it was at.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from verifiers import exact, logic
from verifiers.certificates import smtlib
from verifiers.claims import FORMULAS, Claim, Formula
from verifiers.comparison import compare_with
from verifiers.cost import CostClass, cost_class
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, Unit, decode_hook, violation
from verifiers.extraction.document import Extraction
from verifiers.extraction.finders import extract
from verifiers.protocol import Budget
from verifiers.registry import VERIFIERS
from verifiers.requests import (
    DEFERRED,
    HEARTBEAT,
    AnswerRequest,
    CompareRequest,
    ReplayRequest,
    RowRequest,
    VerifyRequest,
)
from verifiers.rows import row_of
from verifiers.verdicts import Certificate, Checked, Label, Reason, Report, Verdict, Witness, encode, undecided
from verifiers.versions import VERSIONS


def expressions(value: object) -> Iterator[Expr]:
    """Every expression a formula or witness is made of, its context included."""
    if isinstance(value, Num | Sym | Const | Unit | Text | Apply):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from expressions(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from expressions(getattr(value, name))


def decide(formula: Formula, budget: Budget) -> Verdict:
    """The verdict on a formula. Never raises but for what ends the process."""
    for expr in expressions(formula):
        if broken := violation(expr, budget.bounds):
            return undecided(Reason.TOO_LARGE, broken)
    try:
        verdict: Verdict = VERIFIERS[type(formula)](formula, budget)
    except RecursionError:
        return undecided(Reason.TOO_LARGE, "nested too deep")
    except MemoryError:
        return undecided(Reason.MEMORY, "out of memory")
    except Exception as error:
        return undecided(Reason.CRASHED, f"{type(error).__name__}: {error}"[:300])
    witness = verdict.evidence.witness if verdict.evidence else None
    if verdict.label is Label.REFUTED and witness and replays(witness) is False:
        return undecided(Reason.INCONCLUSIVE, "the counterexample did not stand up to exact evaluation")
    return verdict


def replays(witness: Witness) -> bool | None:
    """Whether `exact` finds every premise true and the conclusion false at the witness; None where it cannot say.

    `exact` is total on bounded trees; the door is here because a witness may be larger than what it came from.
    """
    values = dict(witness.assignment)
    try:
        if any(violation(expr) for expr in expressions(witness)):
            return None
        if witness.model is not None:
            return _refuting(witness, witness.model)
        held = [exact.holds(premise, values) for premise in witness.premises]
        conclusion = exact.holds(witness.conclusion, values)
    except (ArithmeticError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    if conclusion is True or False in held:
        return False
    return True if conclusion is False and all(held) else None


def _refuting(witness: Witness, model: logic.Model) -> bool | None:
    """As `replays`, in a model."""
    conclusion = logic.holds(witness.conclusion, model)
    held = [logic.holds(premise, model) for premise in witness.premises]
    if conclusion is True or False in held:
        return False
    return True if conclusion is False and all(held) else None


_UNFORMALIZED: Final[Mapping[str, Reason]] = {
    "too_large": Reason.TOO_LARGE,
    "unreadable": Reason.UNREADABLE,
    "unsupported": Reason.UNSUPPORTED,
}
"""Why the notation reader gave up on a term, where that is the reason nothing was claimed."""


def check_claim(claim: Claim, budget: Budget, *, certify: bool = True) -> Checked:
    """The claim with verdict and certificate; without `certify` the file that goes with a certificate is left out."""
    if claim.formula is None:
        return Checked(
            claim=claim, verdict=undecided(_UNFORMALIZED.get(claim.problem, Reason.NOT_FORMALIZED), claim.problem)
        )
    verdict = decide(claim.formula, budget)
    if verdict.label is Label.UNDECIDED or verdict.evidence is None:
        return Checked(claim=claim, verdict=verdict)
    witness = verdict.evidence.witness
    certificate = Certificate(
        replayable=witness is not None and replays(witness) is True,
        method=verdict.evidence.method,
        versions=VERSIONS,
        budget=budget.name,
        smtlib=smtlib(claim.formula, verdict) if certify else "",
    )
    return Checked(claim=claim, verdict=verdict, certificate=certificate)


def _verify(request: VerifyRequest) -> Iterator[bytes]:
    for claim in request.claims:
        yield encode(check_claim(claim, request.budget))


def _deferred(request: AnswerRequest, claim: Claim) -> bool:
    return request.defer and claim.formula is not None and cost_class(claim.formula) is CostClass.HEAVY


def _answer(request: AnswerRequest) -> Iterator[bytes]:
    yield from _verdicts(request, extract(request.question, request.steps))


def _verdicts(request: AnswerRequest, extraction: Extraction) -> Iterator[bytes]:
    yield encode(extraction)
    for claim in extraction.claims:
        yield encode(None if _deferred(request, claim) else check_claim(claim, request.budget))


def _row(request: RowRequest) -> Iterator[bytes]:
    answer = request.answer
    extraction = extract(answer.question, answer.steps)
    if any(_deferred(answer, claim) for claim in extraction.claims):
        yield DEFERRED
        yield from _verdicts(answer, extraction)
        return
    yield HEARTBEAT
    done = []
    for claim in extraction.claims:
        done.append(check_claim(claim, answer.budget, certify=request.certify))
        yield HEARTBEAT
    yield encode(row_of(request.id, Report(claims=tuple(done), remarks=extraction.remarks)))


def _replay(request: ReplayRequest) -> Iterator[bytes]:
    for witness in request.witnesses:
        yield encode(None if witness is None else replays(witness))


def _compare(request: CompareRequest) -> Iterator[bytes]:
    yield encode(
        compare_with(request.gold, request.pred, request.options, lambda formula: decide(formula, request.budget))
    )


Operation = Callable[[Any], Iterator[bytes]]

OPERATIONS: Final[Mapping[str, tuple[type, Operation]]] = {
    "verify": (VerifyRequest, _verify),
    "answer": (AnswerRequest, _answer),
    "row": (RowRequest, _row),
    "replay": (ReplayRequest, _replay),
    "compare": (CompareRequest, _compare),
}


def perform(operation: str, payload: bytes) -> Iterator[bytes]:
    """Runs one of `OPERATIONS` on its request's JSON."""
    kind, run = OPERATIONS[operation]
    yield from run(msgspec.json.decode(payload, type=kind, dec_hook=decode_hook))


assert set(VERIFIERS) <= set(FORMULAS)
