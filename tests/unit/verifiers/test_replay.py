"""A certificate is believed in nothing: what was changed after the fact differs."""

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace

from verifiers.checker import Checker
from verifiers.expr import app, num
from verifiers.replay import Outcome, replay_report
from verifiers.rows import ClaimRow, ReportRow, row_of
from verifiers.sandbox import InlineSandbox
from verifiers.verdicts import Evidence, Label, Reason, Witness

WRONG, RIGHT = 0, 1


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(sandbox=InlineSandbox()) as made:
        yield made


@pytest.fixture(scope="module")
def report(checker: Checker) -> ReportRow:
    row = row_of(1, checker.check_answer("", ["2 + 2 = 5. 2 + 3 = 5. Also 2 + 2 = @@."]))
    assert [claim.label for claim in row.claims[:2]] == [Label.REFUTED, Label.SUPPORTED]
    return row


def outcome(row: ClaimRow, report: ReportRow, checker: Checker) -> Outcome:
    (replayed,) = replay_report(replace(report, claims=(row,)), checker)
    return replayed.outcome


def test_an_honest_report_replays(report: ReportRow, checker: Checker) -> None:
    outcomes = [replayed.outcome for replayed in replay_report(report, checker)]
    assert outcomes[:2] == [Outcome.WITNESSED, Outcome.REPRODUCED]
    assert set(outcomes[2:]) <= {Outcome.NOT_CERTIFIED}


def test_an_undecided_claim_promises_nothing(report: ReportRow, checker: Checker) -> None:
    row = replace(report.claims[RIGHT], label=Label.UNDECIDED, reason=Reason.TIMEOUT, evidence=None, certificate=None)
    assert outcome(row, report, checker) is Outcome.NOT_CERTIFIED


def _relabelled(row: ClaimRow) -> ClaimRow:
    return replace(row, label=Label.SUPPORTED, reason=Reason.COMPUTED)


def _with_another_reason(row: ClaimRow) -> ClaimRow:
    return replace(row, reason=Reason.COUNTEREXAMPLE)


def _without_certificate(row: ClaimRow) -> ClaimRow:
    return replace(row, certificate=None)


def _without_formula(row: ClaimRow) -> ClaimRow:
    return replace(row, formula=None)


def _with_another_witness(row: ClaimRow) -> ClaimRow:
    harmless = Witness(conclusion=app("eq", num(2), num(2)))
    return replace(row, evidence=Evidence(method="exact", text="", witness=harmless))


@pytest.mark.parametrize(
    "doctor",
    [_relabelled, _with_another_reason, _without_certificate, _without_formula, _with_another_witness],
    ids=lambda doctor: doctor.__name__.strip("_"),
)
def test_a_doctored_claim_differs(doctor: Callable[[ClaimRow], ClaimRow], report: ReportRow, checker: Checker) -> None:
    assert outcome(doctor(report.claims[WRONG]), report, checker) is Outcome.DIFFERS


def test_another_formula_than_the_one_labelled_differs(report: ReportRow, checker: Checker) -> None:
    row = replace(report.claims[RIGHT], formula=report.claims[WRONG].formula)
    assert outcome(row, report, checker) is Outcome.DIFFERS
