"""What is asked of a worker and what it says back: values only, JSON on the wire, decided by type.

A task is done again whenever nobody knows whether it was done: checking is deterministic, and frames are numbered by
their order, so a second execution says the same again.
"""

from typing import Final, TypeAlias

import msgspec

from verifiers.claims import Claim
from verifiers.comparison import CompareOptions, Comparison
from verifiers.cost import CostClass
from verifiers.expr import decode_hook
from verifiers.extraction.document import Extraction
from verifiers.verdicts import Checked, encode

__all__ = [
    "Answer",
    "CheckAnswers",
    "CheckClaims",
    "CompareResults",
    "Compared",
    "CostClass",
    "Decided",
    "Found",
    "Frame",
    "Task",
    "Work",
    "Written",
    "decode_frame",
    "decode_task",
    "encode",
]


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer to check, in steps (a whole answer is one step). `id` comes back in its report."""

    steps: tuple[str, ...]
    question: str = ""
    id: str | int | None = None


class CheckAnswers(msgspec.Struct, frozen=True, kw_only=True, tag="answers"):
    """Answers to read, with all verdicts but those on heavy formulas.

    Said back for each answer in turn: `Written` when nothing is left open, else `Found` and a `Decided` for every
    claim, null where it is heavy. With `follow` always the latter, each as soon as it is known. With `certify` the rows
    bring the files of certificates along (SMT-LIB), as `Decided` always does.
    """

    answers: tuple[Answer, ...]
    follow: bool = False
    certify: bool = False


class CheckClaims(msgspec.Struct, frozen=True, kw_only=True, tag="claims"):
    """Claims to decide, heavy or not. Said back: a `Decided` (answer 0) for each."""

    claims: tuple[Claim, ...]


class CompareResults(msgspec.Struct, frozen=True, kw_only=True, tag="compare"):
    """Two final answers to compare. Said back: one `Compared`."""

    gold: str
    pred: str
    options: CompareOptions = CompareOptions()


Work: TypeAlias = CheckAnswers | CheckClaims | CompareResults


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """`id` names the work for good: who asks twice under one id gets one result. `urgent`: somebody is waiting."""

    id: str
    work: Work
    cost: CostClass = CostClass.QUICK
    urgent: bool = False


class Found(msgspec.Struct, frozen=True, kw_only=True, tag="found"):
    answer: int
    extraction: Extraction


class Decided(msgspec.Struct, frozen=True, kw_only=True, tag="decided"):
    answer: int
    claim: int
    checked: Checked | None


class Written(msgspec.Struct, frozen=True, kw_only=True, tag="written"):
    """`row` is the JSON of a `rows.ReportRow`."""

    answer: int
    row: msgspec.Raw


class Compared(msgspec.Struct, frozen=True, kw_only=True, tag="compared"):
    comparison: Comparison


Frame: TypeAlias = Found | Decided | Written | Compared

_FRAME: Final[msgspec.json.Decoder[Frame]] = msgspec.json.Decoder(Frame, dec_hook=decode_hook)
_TASK: Final[msgspec.json.Decoder[Task]] = msgspec.json.Decoder(Task, dec_hook=decode_hook)


def decode_frame(data: bytes) -> Frame:
    """
    Raises:
        msgspec.MsgspecError: not a frame.
    """
    return _FRAME.decode(data)


def decode_task(data: bytes | str) -> Task:
    """
    Raises:
        msgspec.MsgspecError: not a task.
    """
    return _TASK.decode(data)
