"""What other programs read of a report, and that a claim can be had back from it."""

import json

import msgspec
import pytest

from verifiers.claims import Arithmetic, Claim, Span
from verifiers.expr import app, num
from verifiers.rows import checked_of, decode_row, row_of
from verifiers.verdicts import (
    Certificate,
    Checked,
    Reason,
    Remark,
    Report,
    Witness,
    encode,
    refuted,
    undecided,
)

RELATION = app("eq", num(2), num("5/2", places=1))
WRONG = Checked(
    claim=Claim(span=Span(1, 3, 10), text="2 = 2.5", formula=Arithmetic(relation=RELATION)),
    verdict=refuted(Reason.DIFFERS, "exact", "2 is not 2.5.", Witness(conclusion=RELATION, found=num(2))),
    certificate=Certificate(replayable=True, method="exact", versions=(("pramana", "1"),), budget="quick"),
)
UNREAD = Checked(
    claim=Claim(span=Span(0, 0, 4), text="????", problem="unreadable"),
    verdict=undecided(Reason.UNREADABLE, "unreadable"),
)
REPORT = Report(
    claims=(UNREAD, UNREAD, WRONG), remarks=(Remark(rule="unused", span=Span(0, 1, 2), text="Never used."),)
)


def test_the_row_says_what_the_report_says() -> None:
    row = json.loads(encode(row_of("a", REPORT)))
    assert {key: row[key] for key in ("id", "label", "first_refuted_step", "decided", "coverage")} == {
        "id": "a", "label": "refuted", "first_refuted_step": 1, "decided": 1, "coverage": 0.3333
    }  # fmt: skip
    assert row["claims"][2]["step"] == 1
    assert row["claims"][2]["span"] == [3, 10]
    assert row["claims"][2]["kind"] == "arithmetic"
    assert row["claims"][0]["detail"] == "unreadable"
    assert "formula" not in row["claims"][0]
    assert row["remarks"] == [{"step": 0, "span": [1, 2], "rule": "unused", "text": "Never used."}]


@pytest.mark.parametrize("name", ["a", 7, None])
def test_a_row_and_its_claims_can_be_had_back(name: str | int | None) -> None:
    row = row_of(name, REPORT)
    again = decode_row(encode(row))
    assert again == row
    assert tuple(map(checked_of, again.claims)) == REPORT.claims


@pytest.mark.parametrize("data", ["", "[]", "{}", '{"id": 1, "label": "maybe"}'])
def test_what_is_no_row_is_refused(data: str) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode_row(data)
