"""The one door: whatever a verifier does, what comes out is a verdict that stands up to exact evaluation."""

from collections.abc import Callable

import pytest

from verifiers import check
from verifiers.claims import Arithmetic, Claim, Context, Formula, Span
from verifiers.expr import Expr, Sym, app, num
from verifiers.protocol import QUICK, Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, supported, undecided

X = Sym("x")
HOLDS, FAILS = app("eq", num(2), num(2)), app("eq", num(2), num(3))
FORMULA = Arithmetic(relation=HOLDS)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Verdict | BaseException], None]:
    """Lets the verifier of arithmetic give this verdict, or raise this."""

    def install(outcome: Verdict | BaseException) -> None:
        def verify(_formula: Formula, _budget: Budget) -> Verdict:
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(check, "VERIFIERS", {Arithmetic: verify})

    return install


def claim(formula: Formula | None, problem: str = "") -> Claim:
    return Claim(span=Span(0, 0, 5), text="2 = 2", formula=formula, problem=problem)


def refutation(conclusion: Expr, **where: object) -> Verdict:
    return refuted(Reason.DIFFERS, "test", "It fails.", Witness(conclusion=conclusion, **where))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ZeroDivisionError("by zero"), Reason.CRASHED),
        (KeyError("x"), Reason.CRASHED),
        (AssertionError(), Reason.CRASHED),
        (RecursionError(), Reason.TOO_LARGE),
        (MemoryError(), Reason.MEMORY),
    ],
)
def test_what_a_verifier_raises_is_undecided(
    error: Exception, reason: Reason, answers: Callable[[Exception], None]
) -> None:
    answers(error)
    verdict = check.decide(FORMULA, QUICK)
    assert (verdict.label, verdict.reason) == (Label.UNDECIDED, reason)
    if reason is Reason.CRASHED:
        assert type(error).__name__ in verdict.detail


def test_what_ends_the_process_is_let_through(answers: Callable[[BaseException], None]) -> None:
    answers(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        check.decide(FORMULA, QUICK)


@pytest.mark.parametrize(
    "formula",
    [
        Arithmetic(relation=app("eq", app("pow", num(9), num(10**9)), num(1))),
        Arithmetic(relation=HOLDS, context=Context(givens=(app("eq", X, app("factorial", num(10**9))),))),
        Arithmetic(relation=HOLDS, context=Context(definitions=(("x", app("pow", num(2), num(10**9))),))),
    ],
)
def test_no_verifier_sees_what_is_too_large(formula: Formula, answers: Callable[[Verdict], None]) -> None:
    answers(supported(Reason.COMPUTED, "test", "It holds."))
    assert check.decide(formula, QUICK).reason is Reason.TOO_LARGE


def test_a_refutation_with_a_false_premise_or_a_true_conclusion_is_not_passed_on(
    answers: Callable[[Verdict], None],
) -> None:
    for verdict in (refutation(HOLDS), refutation(FAILS, premises=(HOLDS, FAILS))):
        answers(verdict)
        assert check.decide(FORMULA, QUICK).reason is Reason.INCONCLUSIVE
    answers(refutation(FAILS, premises=(HOLDS,)))
    assert check.decide(FORMULA, QUICK).label is Label.REFUTED


@pytest.mark.parametrize(
    ("witness", "stands"),
    [
        (Witness(conclusion=FAILS), True),
        (Witness(conclusion=HOLDS), False),
        (Witness(conclusion=app("gt", X, num(0)), assignment=(("x", num(-1)),)), True),
        (Witness(conclusion=FAILS, premises=(app("lt", X, num(0)),), assignment=(("x", num(1)),)), False),
        (Witness(conclusion=app("gt", X, num(0))), None),
        (Witness(conclusion=FAILS, premises=(app("lt", X, num(0)),)), None),
        (Witness(conclusion=app("eq", app("pow", num(9), num(10**9)), num(1))), None),
    ],
)
def test_when_a_witness_replays(witness: Witness, stands: bool | None) -> None:
    assert check.replays(witness) is stands


def test_labels_come_with_a_certificate_and_nothing_else_does(answers: Callable[[Verdict], None]) -> None:
    answers(refutation(FAILS))
    certificate = check.check_claim(claim(FORMULA), QUICK).certificate
    assert certificate is not None
    assert certificate.replayable
    assert certificate.budget == "quick"
    assert "sympy" in dict(certificate.versions)

    answers(supported(Reason.PROVED, "test", "It holds."))
    certificate = check.check_claim(claim(FORMULA), QUICK).certificate
    assert certificate is not None
    assert not certificate.replayable

    answers(undecided(Reason.INCONCLUSIVE))
    assert check.check_claim(claim(FORMULA), QUICK).certificate is None


def test_a_refutation_that_nobody_can_evaluate_again_does_not_call_itself_replayable(
    answers: Callable[[Verdict], None],
) -> None:
    answers(refutation(app("gt", X, num(0))))
    checked = check.check_claim(claim(FORMULA), QUICK)
    assert checked.verdict.label is Label.REFUTED
    assert checked.certificate is not None
    assert not checked.certificate.replayable


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("unreadable", Reason.UNREADABLE),
        ("too_large", Reason.TOO_LARGE),
        ("unsupported", Reason.UNSUPPORTED),
        ("words", Reason.NOT_FORMALIZED),
    ],
)
def test_a_claim_without_formula_says_why(problem: str, reason: Reason) -> None:
    verdict = check.check_claim(claim(None, problem), QUICK).verdict
    assert (verdict.reason, verdict.detail) == (reason, problem)
