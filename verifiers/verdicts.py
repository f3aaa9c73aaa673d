"""What comes out: a label is never given without its evidence, and `undecided` is an answer, not an error."""

from enum import StrEnum
from typing import Any, Final, NoReturn

import msgspec

from verifiers.claims import Claim, Span
from verifiers.expr import Expr, decode_hook, encode_hook
from verifiers.logic.models import Model
from verifiers.study_plan import Session


class Label(StrEnum):
    """FEVER's supports / refutes / not enough info."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"

    def __bool__(self) -> NoReturn:
        raise TypeError("a label has three values; compare it with Label.SUPPORTED or Label.REFUTED")


class ReportLabel(StrEnum):
    """A whole answer's label; `unchecked` says that no claim was found in it."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    UNCHECKED = "unchecked"


class Reason(StrEnum):
    """Why a verdict has its label. The first block supports, the second refutes, the rest leaves undecided."""

    COMPUTED = "computed"
    PROVED = "proved"
    ROUNDED = "rounded"
    STATED = "stated"

    DIFFERS = "differs"
    COUNTEREXAMPLE = "counterexample"
    CONTRADICTS = "contradicts"
    INCOMPLETE = "incomplete"
    DIMENSION = "dimension"

    NOT_FORMALIZED = "not_formalized"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    UNSUPPORTED = "unsupported"
    INCONCLUSIVE = "inconclusive"
    NOT_ENTAILED = "not_entailed"
    UNDEFINED = "undefined"
    INCONSISTENT_CONTEXT = "inconsistent_context"
    NO_EVIDENCE = "no_evidence"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"


SUPPORTING: Final = frozenset({Reason.COMPUTED, Reason.PROVED, Reason.ROUNDED, Reason.STATED})
REFUTING: Final = frozenset(
    {Reason.DIFFERS, Reason.COUNTEREXAMPLE, Reason.CONTRADICTS, Reason.INCOMPLETE, Reason.DIMENSION}
)


class Witness(msgspec.Struct, frozen=True, kw_only=True):
    """A point at which the claim fails, in a form that `exact.holds` can evaluate again.

    With `assignment` put in for the free letters, every relation of `premises` is true and `conclusion`, the claim
    at that point, is false. For closed arithmetic the assignment is empty.

    Of a statement of fact the conclusion equates the words in question with the passage's (`Text`), `found` has the
    passage's, and `Evidence.quotes` where they stand. What a passage says `exact` cannot tell: such a refutation is
    reproducible, never replayable.
    """

    conclusion: Expr
    assignment: tuple[tuple[str, Expr], ...] = ()
    premises: tuple[Expr, ...] = ()
    found: Expr | None = None
    """The value that should have stood there, where there is one."""
    model: Model | None = None
    """For sentences of logic the state of affairs in which the premises are true and the conclusion false; then
    `logic.models.holds` evaluates it, and the assignment is empty.
    """


class Quote(msgspec.Struct, frozen=True):
    """A source span that speaks for or against a claim: the words themselves and where they stand."""

    source: str
    text: str
    start: int
    end: int


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Ground of a verdict. `method` names how it was reached, `text` says it in one sentence for a student."""

    method: str
    text: str
    witness: Witness | None = None
    quotes: tuple[Quote, ...] = ()
    core: tuple[str, ...] = ()
    """The premises it rests on, none of which can be left out, in their own words."""
    models: tuple[Model, ...] = ()
    """States of affairs that the premises allow: one each way for what they leave open."""
    sessions: tuple[Session, ...] = ()
    """A study plan that keeps what it has to keep."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Label, reason and evidence of one claim.

    Raises:
        ValueError: reason and label disagree, a support without method or a refutation without witness.
    """

    label: Label
    reason: Reason
    evidence: Evidence | None = None
    detail: str = ""
    """What stood in the way, for `undecided`: the parser's message, the bound that was broken."""

    def __post_init__(self) -> None:
        fits = {
            Label.SUPPORTED: self.reason in SUPPORTING,
            Label.REFUTED: self.reason in REFUTING,
            Label.UNDECIDED: self.reason not in SUPPORTING | REFUTING,
        }
        if not fits[self.label]:
            raise ValueError(f"{self.label.value} cannot have the reason {self.reason.value}")
        if self.label is Label.SUPPORTED and self.evidence is None:
            raise ValueError("a support needs evidence")
        if self.label is Label.REFUTED and (self.evidence is None or self.evidence.witness is None):
            raise ValueError("a refutation needs a witness")

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has three labels; compare its label")


def supported(reason: Reason, method: str, text: str, *quotes: Quote) -> Verdict:
    return Verdict(label=Label.SUPPORTED, reason=reason, evidence=Evidence(method=method, text=text, quotes=quotes))


def refuted(reason: Reason, method: str, text: str, witness: Witness, *quotes: Quote) -> Verdict:
    evidence = Evidence(method=method, text=text, witness=witness, quotes=quotes)
    return Verdict(label=Label.REFUTED, reason=reason, evidence=evidence)


def undecided(reason: Reason, detail: str = "") -> Verdict:
    return Verdict(label=Label.UNDECIDED, reason=reason, detail=detail)


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What it takes to check a verdict again.

    `replayable`: the witness is evaluated again by `exact`, which shares no code with the simplifier.
    Otherwise *reproducible*: the formula is verified again under the same method, versions and budget.
    """

    replayable: bool
    method: str
    versions: tuple[tuple[str, str], ...]
    budget: str
    smtlib: str = ""
    """For logic: the SMT-LIB 2 file in which any solver finds the same."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with its verdict and certificate."""

    claim: Claim
    verdict: Verdict
    certificate: Certificate | None = None

    def without_files(self) -> "Checked":
        """As rows of many answers have it."""
        if self.certificate is None or not self.certificate.smtlib:
            return self
        return msgspec.structs.replace(self, certificate=msgspec.structs.replace(self.certificate, smtlib=""))


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """A true sentence that gives ground for doubt and changes no label."""

    rule: str
    span: Span
    text: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Verdicts and remarks of one answer, in claim order."""

    claims: tuple[Checked, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def label(self) -> ReportLabel:
        labels = {checked.verdict.label.value for checked in self.claims}
        if Label.REFUTED.value in labels:
            return ReportLabel.REFUTED
        if not labels:
            return ReportLabel.UNCHECKED
        return ReportLabel.SUPPORTED if labels == {Label.SUPPORTED.value} else ReportLabel.UNDECIDED

    @property
    def decided(self) -> int:
        """Claims that came out supported or refuted."""
        return sum(checked.verdict.label is not Label.UNDECIDED for checked in self.claims)

    @property
    def coverage(self) -> float:
        """Claims decided / claims found, 0 where none was found."""
        return self.decided / len(self.claims) if self.claims else 0.0

    @property
    def first_refuted_step(self) -> int | None:
        """0-based index of the first step that holds a refuted claim."""
        steps = [c.claim.span.step for c in self.claims if c.verdict.label is Label.REFUTED]
        return min(steps, default=None)


def encode(value: Any) -> bytes:
    """Canonical JSON of any value of this package."""
    return msgspec.json.encode(value, enc_hook=encode_hook, order="deterministic")


def decode_report(data: bytes | str) -> Report:
    """A report of `encode`.

    Raises:
        msgspec.ValidationError: not a report.
    """
    return msgspec.json.decode(data, type=Report, dec_hook=decode_hook)
