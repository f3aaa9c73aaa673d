"""The caller's side: a report comes back whatever happens in the sandbox on the way."""

from collections.abc import Generator

import pytest

from verifiers.check import perform
from verifiers.checker import Checker, CheckerConfig
from verifiers.claims import Arithmetic, Claim, Span
from verifiers.expr import app, num
from verifiers.rows import decode_row
from verifiers.sandbox import Failure, InlineSandbox, Sandbox, SandboxError
from verifiers.verdicts import Label, Reason, ReportLabel

TEXT = "1 + 1 = 2. 2 + 2 = 5. 3 + 3 = 6."


class Failing:
    """A sandbox whose process dies before a frame, counted over all requests; `verify` requests may follow."""

    size = 1

    def __init__(self, *frames: int, failure: Failure = Failure.TIMEOUT) -> None:
        self.fatal = set(frames)
        self.failure = failure
        self.count = 0

    def run(
        self, operation: str, payload: bytes, seconds: float, first: float | None = None
    ) -> Generator[bytes, None, None]:
        for frame in perform(operation, payload):
            self.count += 1
            if self.count in self.fatal:
                raise SandboxError(self.failure, "it is gone")
            yield frame

    def close(self) -> None:
        self.fatal = set()


def checker(sandbox: Sandbox, **config: float) -> Checker:
    return Checker(CheckerConfig(**config), sandbox)  # type: ignore[arg-type]


@pytest.fixture
def plain() -> Checker:
    return checker(InlineSandbox())


def test_claims_keep_their_order_and_places(plain: Checker) -> None:
    report = plain.check_answer("", ["1 + 1 = 2.", "so 2 + 2 = 5."])
    assert [c.verdict.label for c in report.claims] == [Label.SUPPORTED, Label.REFUTED]
    assert report.claims[1].claim.span == Span(1, 3, 12)
    assert report.first_refuted_step == 1


def test_nothing_to_check_is_unchecked(plain: Checker) -> None:
    assert plain.check_answer("", []).label is ReportLabel.UNCHECKED
    assert plain.check_answer("", ["Good morning."]).label is ReportLabel.UNCHECKED


def test_a_lone_surrogate_counts_as_one_code_point(plain: Checker) -> None:
    text = "\ud800 é\udfff 2 + 2 = 5"
    claim = plain.check_answer("\udc00", [text]).claims[0].claim
    assert text[claim.span.start : claim.span.end] == "2 + 2 = 5"
    assert plain.compare("\ud800", "\ud800").label != "different"


@pytest.mark.parametrize("failure", Failure)
def test_a_claim_that_costs_a_process_its_life_costs_no_other_claim(failure: Failure) -> None:
    report = checker(Failing(3, failure=failure)).check_answer("", [TEXT])
    assert [c.verdict.label for c in report.claims] == [Label.SUPPORTED, Label.UNDECIDED, Label.SUPPORTED]
    assert report.claims[1].verdict.reason.value == failure.value
    assert report.claims[1].claim.text == "2 + 2 = 5"


def test_an_answer_that_cannot_be_read_is_one_undecided_claim() -> None:
    report = checker(Failing(1)).check_answer("", [TEXT])
    (only,) = report.claims
    assert only.verdict.reason is Reason.TIMEOUT
    assert only.claim.span == Span(0, 0, len(TEXT))


def test_claims_whose_turn_never_comes_are_late() -> None:
    report = checker(InlineSandbox(), group=-1.0).check_answer("", [TEXT])
    assert len(report.claims) == 3
    assert {c.verdict.reason for c in report.claims[1:]} == {Reason.TIMEOUT}


def test_a_row_is_the_same_whether_or_not_its_process_lived() -> None:
    well = decode_row(checker(InlineSandbox()).check_row("a", "", [TEXT]))
    mended = decode_row(checker(Failing(2)).check_row("a", "", [TEXT]))
    assert well == mended
    assert well.label is ReportLabel.REFUTED


def test_claims_found_elsewhere_are_checked(plain: Checker) -> None:
    relation = app("eq", num(2), num(3))
    claims = [
        Claim(span=Span(0, 0, 5), text="2 = 3", formula=Arithmetic(relation=relation)),
        Claim(span=Span(0, 6, 9), text="???", problem="unreadable"),
    ]
    first, second = plain.check_claims(claims)
    assert first.verdict.label is Label.REFUTED
    assert second.verdict.reason is Reason.UNREADABLE
    assert plain.replay([first, second]) == [True, None]
    assert checker(Failing(1)).replay([first, first]) == [None, True]


def test_comparing_gives_an_outcome_when_the_process_dies() -> None:
    outcome = checker(Failing(1, failure=Failure.MEMORY)).compare("1", "2")
    assert (outcome.label, outcome.reason) == ("undecided", "memory")
