"""A report as the JSON other programs read: what `pramana check --json` and `--jsonl` write and `replay` reads."""

import msgspec

from verifiers.claims import Claim, Formula, Span
from verifiers.expr import decode_hook
from verifiers.verdicts import Certificate, Checked, Evidence, Label, Reason, Remark, Report, ReportLabel, Verdict


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One claim. `span` is `[start, end)` in code points of the step's raw text."""

    step: int
    span: tuple[int, int]
    text: str
    kind: str
    label: Label
    reason: Reason
    detail: str = ""
    evidence: Evidence | None = None
    certificate: Certificate | None = None
    formula: Formula | None = None


class RemarkRow(msgspec.Struct, frozen=True, kw_only=True):
    step: int
    span: tuple[int, int]
    rule: str
    text: str


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """`decided` counts claims that came out supported or refuted, `coverage` is their share of all claims found."""

    id: str | int | None = None
    label: ReportLabel
    first_refuted_step: int | None
    decided: int
    coverage: float
    claims: tuple[ClaimRow, ...]
    remarks: tuple[RemarkRow, ...]


def row_of(id: str | int | None, report: Report) -> ReportRow:
    """The report with the caller's `id`."""
    return ReportRow(
        id=id,
        label=report.label,
        first_refuted_step=report.first_refuted_step,
        decided=report.decided,
        coverage=round(report.coverage, 4),
        claims=tuple(map(claim_row, report.claims)),
        remarks=tuple(map(remark_row, report.remarks)),
    )


def remark_row(remark: Remark) -> RemarkRow:
    """What the report says of a remark."""
    span = remark.span
    return RemarkRow(step=span.step, span=(span.start, span.end), rule=remark.rule, text=remark.text)


def claim_row(checked: Checked) -> ClaimRow:
    """What the report says of a claim."""
    claim, verdict = checked.claim, checked.verdict
    return ClaimRow(
        step=claim.span.step,
        span=(claim.span.start, claim.span.end),
        text=claim.text,
        kind=claim.kind,
        label=verdict.label,
        reason=verdict.reason,
        detail=verdict.detail or claim.problem,
        evidence=verdict.evidence,
        certificate=checked.certificate,
        formula=claim.formula,
    )


def checked_of(row: ClaimRow) -> Checked:
    """The claim, verdict and certificate a row was made of."""
    claim = Claim(span=Span(row.step, *row.span), text=row.text, formula=row.formula, problem=row.detail)
    verdict = Verdict(label=row.label, reason=row.reason, evidence=row.evidence, detail=row.detail)
    return Checked(claim=claim, verdict=verdict, certificate=row.certificate)


def decode_row(data: bytes | str) -> ReportRow:
    """The row of `--json` or one line of `--jsonl`.

    Raises:
        msgspec.MsgspecError: not such a row.
    """
    return msgspec.json.decode(data, type=ReportRow, dec_hook=decode_hook)
