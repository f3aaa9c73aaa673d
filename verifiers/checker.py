"""The caller's side: an answer goes in, a report comes out, whatever happens in the sandbox on the way."""

import re
import time
from collections.abc import Generator, Iterator, Sequence
from types import TracebackType
from typing import Final, Self

import msgspec

from verifiers.claims import Claim, Span
from verifiers.comparison import CompareOptions, Comparison
from verifiers.cost import CostClass, cost_class
from verifiers.expr import decode_hook
from verifiers.extraction.document import Extraction
from verifiers.protocol import QUICK, Budget
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
from verifiers.sandbox import Failure, PoolConfig, ProcessSandbox, Sandbox, SandboxError
from verifiers.verdicts import Checked, Reason, Report, encode, undecided

UNREAD: Final = "the answer could not be read"
"""Problem of the one claim that stands for an answer whose reading failed."""

_REASONS = {
    Failure.TIMEOUT: Reason.TIMEOUT,
    Failure.MEMORY: Reason.MEMORY,
    Failure.CRASHED: Reason.CRASHED,
}


class CheckerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """`budget` is what one claim may spend, `reading` the seconds for finding the claims of an answer, `group` the
    seconds for a whole answer: claims whose turn has not come by then are `undecided(timeout)`.
    """

    budget: Budget = QUICK
    reading: float = 20.0
    group: float = 60.0
    pool: PoolConfig = PoolConfig()


class Reading(msgspec.Struct, frozen=True):
    """An answer as far as it is checked: for each claim its verdict, or None where that was left for later."""

    extraction: Extraction
    checked: tuple[Checked | None, ...]

    def report(self) -> Report:
        """
        Raises:
            ValueError: a verdict is missing.
        """
        done = tuple(checked for checked in self.checked if checked is not None)
        if len(done) != len(self.extraction.claims):
            raise ValueError("some verdicts are still missing")
        return Report(claims=done, remarks=self.extraction.remarks)


class Checker:
    """Checks answers and compares results. Thread-safe; a context manager, or `close` it.

    The sandbox can be given (`InlineSandbox` in tests); otherwise the checker starts and owns a pool.
    """

    def __init__(self, config: CheckerConfig = CheckerConfig(), sandbox: Sandbox | None = None) -> None:  # noqa: B008
        self._config = config
        self._sandbox: Sandbox = sandbox or ProcessSandbox(config.pool)

    @property
    def size(self) -> int:
        """Answers that can be checked at once."""
        return self._sandbox.size

    def check_answer(self, question: str, steps: Sequence[str]) -> Report:
        """The report on an answer given as steps (a whole answer is one step). Never raises on any text."""
        return self.read_answer(question, steps, defer=False).report()

    def read_answer(self, question: str, steps: Sequence[str], *, defer: bool) -> Reading:
        """As `check_answer`; with `defer` without the verdicts on heavy formulas."""
        frames = self.follow(question, steps, defer=defer)
        extraction = next(frames)
        assert isinstance(extraction, Extraction)
        checked = tuple(frame for frame in frames if not isinstance(frame, Extraction))
        return Reading(extraction, checked)

    def follow(
        self, question: str, steps: Sequence[str], *, defer: bool = False
    ) -> Generator[Extraction | Checked | None, None, None]:
        """What is found, then the verdict on each claim in order, each as soon as it is there; with `defer` None in
        the place of a heavy formula's (`cost.cost_class`).
        """
        config = self._config
        deadline = time.monotonic() + config.group
        frames = self._sandbox.run(
            "answer", encode(self._request(question, steps, defer)), config.budget.seconds, first=config.reading
        )
        extraction: Extraction | None = None
        failure: SandboxError | None = None
        done = 0
        try:
            extraction = msgspec.json.decode(next(frames), type=Extraction, dec_hook=decode_hook)
            yield extraction
            for frame in frames:
                yield _checked_or_deferred(frame)
                done += 1
                if time.monotonic() > deadline:
                    break
        except SandboxError as error:
            failure = error
        finally:
            frames.close()
        if extraction is None:
            assert failure is not None
            unread = _unread(steps, failure)
            yield Extraction((unread.claim,), ())
            yield unread
            return
        if failure is not None and done < len(extraction.claims):
            yield _failed(extraction.claims[done], failure)
            done += 1
        yield from self._rest(extraction.claims[done:], deadline, defer)

    def check_row(self, id: str | int | None, question: str, steps: Sequence[str]) -> bytes:
        """`rows.ReportRow` of an answer as JSON, written where the work is done: for many answers at once."""
        row = self.read_row(id, question, steps)
        assert isinstance(row, bytes)
        return row

    def read_row(
        self,
        id: str | int | None,
        question: str,
        steps: Sequence[str],
        *,
        defer: bool = False,
        certify: bool = False,
    ) -> bytes | Reading:
        """As `check_row`; with `defer` a reading in place of the row where a heavy formula was left for later, with
        `certify` as `check_answer` certifies.
        """
        request = RowRequest(id, self._request(question, steps, defer), certify)
        began = time.monotonic()
        frames = self._sandbox.run("row", encode(request), self._config.budget.seconds, first=self._config.reading)
        row = None
        extraction: Extraction | None = None
        checked: list[Checked | None] = []
        deferred = False
        try:
            for frame in frames:
                # The row is the last frame; what ends the request is read too, or the process would be replaced.
                if frame == HEARTBEAT:
                    if time.monotonic() - began > self._config.group:
                        break
                elif frame == DEFERRED:
                    deferred = True
                elif not deferred:
                    row = frame
                elif extraction is None:
                    extraction = msgspec.json.decode(frame, type=Extraction, dec_hook=decode_hook)
                else:
                    checked.append(_checked_or_deferred(frame))
        except SandboxError:
            pass
        finally:
            frames.close()
        if row is not None:
            return row
        if extraction is not None and len(checked) == len(extraction.claims):
            return Reading(extraction, tuple(checked))
        reading = self.read_answer(question, steps, defer=defer)
        if None in reading.checked:
            return reading
        return encode(row_of(id, reading.report()))

    def check_claims(self, claims: Sequence[Claim]) -> list[Checked]:
        """Verdicts of claims found elsewhere, in their order."""
        deadline = time.monotonic() + self._config.group
        return [checked for checked in self._rest(claims, deadline, defer=False) if checked is not None]

    def replay(self, checked: Sequence[Checked]) -> list[bool | None]:
        """For each claim whether its witness still refutes; None where there is none or `exact` cannot say."""
        witnesses = [c.verdict.evidence.witness if c.verdict.evidence else None for c in checked]
        stands: list[bool | None] = []
        while len(stands) < len(witnesses):
            request = ReplayRequest(tuple(witnesses[len(stands) :]))
            try:
                for frame in self._sandbox.run("replay", encode(request), self._config.budget.seconds):
                    stands.append(msgspec.json.decode(frame, type=bool | None))
            except SandboxError:
                stands.append(None)
        return stands

    def compare(self, gold: str, pred: str, options: CompareOptions = CompareOptions()) -> Comparison:  # noqa: B008
        """Whether two final answers are the same. Never raises on any text."""
        budget = self._config.budget
        request = CompareRequest(_encodable(gold), _encodable(pred), options, budget)
        try:
            frames = list(self._sandbox.run("compare", encode(request), budget.seconds))
        except SandboxError as error:
            return Comparison(label="undecided", reason=_REASONS[error.failure].value)
        return msgspec.json.decode(frames[0], type=Comparison, dec_hook=decode_hook)

    def _request(self, question: str, steps: Sequence[str], defer: bool) -> AnswerRequest:
        return AnswerRequest(_encodable(question), tuple(map(_encodable, steps)), self._config.budget, defer)

    def _rest(self, claims: Sequence[Claim], deadline: float, defer: bool) -> Iterator[Checked | None]:
        """One trip for all of them, and another after each claim that cost a process its life or is deferred."""
        budget = self._config.budget
        at = 0
        while at < len(claims):
            if defer and _is_heavy(claims[at]):
                yield None
                at += 1
                continue
            if time.monotonic() > deadline:
                late = SandboxError(Failure.TIMEOUT, f"the answer's {self._config.group:g} s were used up")
                yield from (_failed(claim, late) for claim in claims[at:])
                return
            upto = next((n for n in range(at, len(claims)) if defer and _is_heavy(claims[n])), len(claims))
            request = VerifyRequest(tuple(claims[at:upto]), budget)
            try:
                for frame in self._sandbox.run("verify", encode(request), budget.seconds):
                    yield _checked(frame)
                    at += 1
            except SandboxError as error:
                yield _failed(claims[at], error)
                at += 1

    def close(self) -> None:
        self._sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _is_heavy(claim: Claim) -> bool:
    return claim.formula is not None and cost_class(claim.formula) is CostClass.HEAVY


def _checked_or_deferred(frame: bytes) -> Checked | None:
    return msgspec.json.decode(frame, type=Checked | None, dec_hook=decode_hook)


def _checked(frame: bytes) -> Checked:
    return msgspec.json.decode(frame, type=Checked, dec_hook=decode_hook)


def _failed(claim: Claim, error: SandboxError) -> Checked:
    return Checked(claim=claim, verdict=undecided(_REASONS[error.failure], error.detail))


def _unread(steps: Sequence[str], error: SandboxError) -> Checked:
    """The whole answer as one claim that nobody could look into."""
    text = steps[0] if steps else ""
    return _failed(Claim(span=Span(0, 0, len(text)), text=text, problem=UNREAD), error)


_SURROGATES = re.compile("[\ud800-\udfff]")


def _encodable(text: str) -> str:
    """Lone surrogates have no UTF-8; each becomes U+FFFD, one for one, so that offsets stay."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)
