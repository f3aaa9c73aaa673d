"""A label is never given without its evidence, and nothing with three values passes for a truth value."""

import pytest

from verifiers.claims import Claim, Span
from verifiers.expr import app, num
from verifiers.verdicts import (
    REFUTING,
    SUPPORTING,
    Checked,
    Evidence,
    Label,
    Reason,
    Report,
    ReportLabel,
    Verdict,
    Witness,
    decode_report,
    encode,
    refuted,
    supported,
    undecided,
)

FALSE = app("eq", num(1), num(2))
YES = supported(Reason.COMPUTED, "exact", "It holds.")
NO = refuted(Reason.DIFFERS, "exact", "It does not.", Witness(conclusion=FALSE, found=num(2)))
OPEN = undecided(Reason.TIMEOUT, "not done within 2 s")


def report(*verdicts: Verdict) -> Report:
    claims = (Claim(span=Span(k, 0, 5), text="1 = 2") for k in range(len(verdicts)))
    return Report(claims=tuple(Checked(claim=c, verdict=v) for c, v in zip(claims, verdicts, strict=True)))


@pytest.mark.parametrize("value", [*Label, YES, NO, OPEN], ids=str)
def test_three_values_are_no_truth_value(value: Label | Verdict) -> None:
    with pytest.raises(TypeError):
        bool(value)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_fits_one_label(reason: Reason) -> None:
    evidence = Evidence(method="exact", text="", witness=Witness(conclusion=FALSE))
    expected = Label.SUPPORTED if reason in SUPPORTING else Label.REFUTED if reason in REFUTING else Label.UNDECIDED
    assert Verdict(label=expected, reason=reason, evidence=evidence).reason is reason
    for other in set(Label) - {expected}:
        with pytest.raises(ValueError, match=reason.value):
            Verdict(label=other, reason=reason, evidence=evidence)


def test_no_label_without_its_evidence() -> None:
    with pytest.raises(ValueError, match="evidence"):
        Verdict(label=Label.SUPPORTED, reason=Reason.COMPUTED)
    with pytest.raises(ValueError, match="witness"):
        Verdict(label=Label.REFUTED, reason=Reason.DIFFERS)
    with pytest.raises(ValueError, match="witness"):
        Verdict(label=Label.REFUTED, reason=Reason.DIFFERS, evidence=Evidence(method="exact", text=""))


def test_a_verdict_without_evidence_is_no_json_of_a_verdict() -> None:
    data = encode(report(YES)).replace(b'"reason":"computed"', b'"reason":"timeout"')
    with pytest.raises(ValueError, match="cannot have the reason"):
        decode_report(data)


@pytest.mark.parametrize(
    ("verdicts", "label", "decided", "coverage", "first"),
    [
        ((), ReportLabel.UNCHECKED, 0, 0.0, None),
        ((YES, YES), ReportLabel.SUPPORTED, 2, 1.0, None),
        ((YES, OPEN), ReportLabel.UNDECIDED, 1, 0.5, None),
        ((OPEN,), ReportLabel.UNDECIDED, 0, 0.0, None),
        ((YES, OPEN, NO, NO), ReportLabel.REFUTED, 3, 0.75, 2),
    ],
)
def test_what_a_report_says_of_the_whole(
    verdicts: tuple[Verdict, ...], label: ReportLabel, decided: int, coverage: float, first: int | None
) -> None:
    whole = report(*verdicts)
    assert (whole.label, whole.decided, whole.coverage, whole.first_refuted_step) == (label, decided, coverage, first)


def test_json_brings_the_same_report_back() -> None:
    whole = report(YES, NO, OPEN)
    assert decode_report(encode(whole)) == whole
    assert encode(decode_report(encode(whole))) == encode(whole)
