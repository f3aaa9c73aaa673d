"""What a listener hears while an answer is checked: enough to draw it, in the order it becomes known.

Ends with `Reported`, which holds the immutable report. In a live check a claim may be read otherwise once more of the
answer is there: then it is `Withdrawn`, and what is claimed instead comes under a new number.
"""

from typing import TypeAlias

import msgspec

from verifiers.rows import ClaimRow, RemarkRow


class Claimed(msgspec.Struct, frozen=True, kw_only=True, tag="claim", tag_field="event"):
    """A claim was found and is being checked. `claim` numbers it in this check; `span` is `[start, end)` in code
    points of the raw text of `step`.
    """

    claim: int
    step: int
    span: tuple[int, int]
    text: str
    kind: str


class Judged(msgspec.Struct, frozen=True, kw_only=True, tag="verdict", tag_field="event"):
    """The verdict on a claim; `row` is what the report will say of it."""

    claim: int
    row: ClaimRow


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag="withdrawn", tag_field="event"):
    """What followed showed that this is not claimed, or not like that."""

    claim: int


class Restarted(msgspec.Struct, frozen=True, kw_only=True, tag="restart", tag_field="event"):
    """Forget what was heard of this check: it is said anew from here (the server was restarted in between)."""


class Remarked(msgspec.Struct, frozen=True, kw_only=True, tag="remark", tag_field="event"):
    row: RemarkRow


class Reported(msgspec.Struct, frozen=True, kw_only=True, tag="report", tag_field="event"):
    """The end: `row` is the JSON of the `rows.ReportRow`."""

    row: msgspec.Raw


Event: TypeAlias = Claimed | Judged | Withdrawn | Restarted | Remarked | Reported
EVENT_NAMES = ("claim", "verdict", "withdrawn", "restart", "remark", "report")


def name_of(event: Event) -> str:
    """The event's tag, for protocols that carry it beside the data."""
    return str(event.__struct_config__.tag)
