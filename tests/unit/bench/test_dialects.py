"""Readers of other projects' programs: what they answer, and where they are at fault."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bench.dialects.lines import DialectError
from tests.bench.logic_lm import analytical, arrangement, open_world

CASES = json.loads((Path(__file__).parents[2] / "cases" / "dialects.json").read_text(encoding="utf-8"))
RUN: dict[str, Callable[[str], str | None]] = {"rules": open_world, "csp": arrangement, "z3like": analytical}


@pytest.mark.parametrize("case", CASES, ids=[f"{c['dialect']}: {c['name']}" for c in CASES])
def test_programs(case: dict[str, Any]) -> None:
    run = RUN[case["dialect"]]
    if "fault" not in case:
        assert run(case["program"]) == case["answer"]
        return
    with pytest.raises(DialectError) as raised:
        run(case["program"])
    place = raised.value.place
    assert (place.message, place.line, place.column) == (case["fault"], case["line"], case["column"])
