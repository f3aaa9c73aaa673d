"""JSON into values: what is wrong is told with its place, and numbers that are whole count as such."""

from typing import Any

import pytest

from tutor.api.bodies import MOST_FAULTS, decode, decode_lines, decode_list
from tutor.api.problems import Problem
from tutor.api.values import AnswerLine, CheckRequest, ChunkRequest, CompareRequest


@pytest.mark.parametrize(
    ("body", "kind", "name", "said"),
    [
        (b"", CheckRequest, "malformed-body", "truncated"),
        (b"{", CheckRequest, "malformed-body", "truncated"),
        (b"nonsense", CheckRequest, "malformed-body", "malformed"),
        (b'{"answer": "\xff"}', CheckRequest, "malformed-body", "utf"),
        (b"[" * 10_000, list[Any], "malformed-body", "nested too deep"),
        (b'{"answer": 1}', CheckRequest, "invalid-request", "$.answer: Expected `str`"),
        (b'{"answer": null}', CheckRequest, "invalid-request", "$.answer"),
        (b'{"answer": "a", "id": 1.5}', CheckRequest, "invalid-request", "$.id"),
        (b'{"answer": "a", "id": 1e300}', CheckRequest, "invalid-request", "$.id"),
        (b'{"seq": -1, "text": ""}', ChunkRequest, "invalid-request", "$.seq: Expected `int` >= 0"),
        (b'{"gold": "", "pred": "", "options": {"decimals": 101}}', CompareRequest, "invalid-request", "$.options.dec"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(body: bytes, kind: Any, name: str, said: str) -> None:
    with pytest.raises(Problem) as caught:
        decode(body, kind)
    assert caught.value.name == name
    assert said in caught.value.detail.lower() or said in caught.value.detail


def test_whole_numbers_may_be_written_with_a_point() -> None:
    assert decode(b'{"seq": 7.0, "text": ""}', ChunkRequest).seq == 7
    assert decode(b'{"answer": "a", "id": 3.0}', CheckRequest).id == 3


def test_lines_are_told_by_number_and_not_all_of_them() -> None:
    with pytest.raises(Problem) as caught:
        decode_lines(b'{"answer": "a"}\n\nx\n{"steps": 1}\n', AnswerLine, 10)
    assert [fault.line for fault in caught.value.errors] == [3, 4]
    with pytest.raises(Problem) as caught:
        decode_lines(b"x\n" * 1_000, AnswerLine, 10_000)
    assert len(caught.value.errors) == MOST_FAULTS


def test_lines_may_begin_with_a_byte_order_mark_and_end_without_a_line_end() -> None:
    found = decode_lines(b'\xef\xbb\xbf{"answer": "a"}\r\n{"answer": "b", "other": 1}', AnswerLine, 10)
    assert [line.answer for line in found] == ["a", "b"]


def test_there_may_be_no_more_than_so_many() -> None:
    for decoded in (decode_lines, decode_list):
        body = (
            b'{"answer": "a"}\n' * 3
            if decoded is decode_lines
            else b'[{"answer": "a"},{"answer": "a"},{"answer": "a"}]'
        )
        assert len(decoded(body, AnswerLine, 3)) == 3
        with pytest.raises(Problem, match="more than 2 answers"):
            decoded(body, AnswerLine, 2)
