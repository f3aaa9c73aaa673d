"""The caller's side: an answer goes in, a report comes out, whatever happens in the sandbox on the way."""

import re
import time
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Final, Self

import msgspec

from verifiers.claims import Claim, Span
from verifiers.comparison import CompareOptions, Comparison
from verifiers.expr import decode_hook
from verifiers.extraction.document import Extraction
from verifiers.protocol import QUICK, Budget
from verifiers.requests import HEARTBEAT, AnswerRequest, CompareRequest, ReplayRequest, RowRequest, VerifyRequest
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
        config = self._config
        request = AnswerRequest(_encodable(question), tuple(map(_encodable, steps)), config.budget)
        deadline = time.monotonic() + config.group
        extraction: Extraction | None = None
        done: list[Checked] = []
        frames = self._sandbox.run("answer", encode(request), config.budget.seconds, first=config.reading)
        failure: SandboxError | None = None
        try:
            extraction = msgspec.json.decode(next(frames), type=Extraction, dec_hook=decode_hook)
            for frame in frames:
                done.append(_checked(frame))
                if time.monotonic() > deadline:
                    break
        except SandboxError as error:
            failure = error
        if extraction is None:
            assert failure is not None
            return Report(claims=(_unread(steps, failure),))
        if failure is not None and len(done) < len(extraction.claims):
            done.append(_failed(extraction.claims[len(done)], failure))
        done.extend(self._rest(extraction.claims[len(done) :], deadline))
        return Report(claims=tuple(done), remarks=extraction.remarks)

    def check_row(self, id: str | int | None, question: str, steps: Sequence[str]) -> bytes:
        """`rows.ReportRow` of an answer as JSON, written where the work is done: for many answers at once."""
        steps = tuple(map(_encodable, steps))
        request = RowRequest(id, AnswerRequest(_encodable(question), steps, self._config.budget))
        began = time.monotonic()
        frames = self._sandbox.run("row", encode(request), self._config.budget.seconds, first=self._config.reading)
        row = None
        try:
            for frame in frames:
                # The row is the last frame; what ends the request is read too, or the process would be replaced.
                if frame != HEARTBEAT:
                    row = frame
                elif time.monotonic() - began > self._config.group:
                    break
        except SandboxError:
            pass
        finally:
            frames.close()
        if row is not None:
            return row
        return encode(row_of(id, self.check_answer(question, steps)))

    def check_claims(self, claims: Sequence[Claim]) -> list[Checked]:
        """Verdicts of claims found elsewhere, in their order."""
        return list(self._rest(claims, time.monotonic() + self._config.group))

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

    def _rest(self, claims: Sequence[Claim], deadline: float) -> Iterator[Checked]:
        """One trip for all of them, and another after each claim that cost a process its life."""
        budget = self._config.budget
        at = 0
        while at < len(claims):
            if time.monotonic() > deadline:
                late = SandboxError(Failure.TIMEOUT, f"the answer's {self._config.group:g} s were used up")
                yield from (_failed(claim, late) for claim in claims[at:])
                return
            request = VerifyRequest(tuple(claims[at:]), budget)
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
