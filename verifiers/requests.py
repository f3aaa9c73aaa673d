"""What a sandbox process can be asked (`check.OPERATIONS`), as values that both sides know."""

from typing import Final

import msgspec

from verifiers.claims import Claim
from verifiers.comparison import CompareOptions
from verifiers.protocol import Budget
from verifiers.verdicts import Witness

HEARTBEAT: Final = b"."
"""Frame of an operation whose result comes in one piece: one more claim is done."""

DEFERRED: Final = b"?"
"""First frame of a row that cannot be written yet: the frames of an `AnswerRequest` with deferred formulas follow."""


class VerifyRequest(msgspec.Struct, frozen=True):
    claims: tuple[Claim, ...]
    budget: Budget


class AnswerRequest(msgspec.Struct, frozen=True):
    """`defer` leaves heavy formulas (`cost.cost_class`) for another trip: their frame is null."""

    question: str
    steps: tuple[str, ...]
    budget: Budget
    defer: bool = False


class RowRequest(msgspec.Struct, frozen=True):
    """Answered by heartbeats and one row; where a formula is deferred, by `DEFERRED` and the frames of the
    `AnswerRequest`.
    """

    id: str | int | None
    answer: AnswerRequest
    certify: bool = False
    """Whether certificates bring their files along."""


class ReplayRequest(msgspec.Struct, frozen=True):
    witnesses: tuple[Witness | None, ...]


class CompareRequest(msgspec.Struct, frozen=True):
    gold: str
    pred: str
    options: CompareOptions
    budget: Budget
