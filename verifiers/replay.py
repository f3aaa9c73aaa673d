"""Certificates checked again: witnesses by `exact`, everything else by the same method."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from verifiers.rows import ClaimRow, ReportRow, checked_of
from verifiers.verdicts import Label

if TYPE_CHECKING:
    from verifiers.checker import Checker


class Outcome(StrEnum):
    WITNESSED = "witnessed again"
    """The witness was evaluated again and still refutes."""
    REPRODUCED = "reproduced"
    """The formula was verified again, with the same label and reason."""
    DIFFERS = "differs"
    NOT_CERTIFIED = "without certificate"
    """Undecided claims, which promise nothing."""


class Replayed(msgspec.Struct, frozen=True):
    row: ClaimRow
    outcome: Outcome
    detail: str = ""


def replay_report(report: ReportRow, checker: "Checker") -> Iterator[Replayed]:
    """Every claim of the report in its order. A certificate is believed in nothing: a label without one, or with a
    formula, witness or label changed after the fact, *differs*.
    """
    again = checker.check_claims([checked_of(row).claim for row in report.claims])
    witnessed = checker.replay([checked_of(row) for row in report.claims])
    for row, fresh, stands in zip(report.claims, again, witnessed, strict=True):
        if row.label is Label.UNDECIDED:
            yield Replayed(row, Outcome.NOT_CERTIFIED)
        elif row.certificate is None or row.formula is None:
            yield Replayed(row, Outcome.DIFFERS, f"{row.label.value} without a certificate or formula")
        elif row.certificate.replayable and stands is not True:
            yield Replayed(row, Outcome.DIFFERS, "its witness does not refute it")
        elif (fresh.verdict.label, fresh.verdict.reason) != (row.label, row.reason):
            said = f"{fresh.verdict.label.value} ({fresh.verdict.reason.value})"
            yield Replayed(row, Outcome.DIFFERS, f"was {row.label.value} ({row.reason.value}), is now {said}")
        elif row.certificate.replayable:
            yield Replayed(row, Outcome.WITNESSED)
        else:
            yield Replayed(row, Outcome.REPRODUCED)
