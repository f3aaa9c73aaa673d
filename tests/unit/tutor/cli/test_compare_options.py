"""Lines written for another comparer are understood: the table `tests/cases/math_verify_options.json`."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tutor.cli.compare import options_of
from verifiers.comparison import CompareOptions

TABLE = json.loads((Path(__file__).parents[3] / "cases" / "math_verify_options.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['option']}={row['value']}")
def test_options_of_another_comparer(row: dict[str, Any]) -> None:
    assert options_of({row["option"]: row["value"]}) == CompareOptions(**row["means"])


def test_our_own_options_are_taken_by_name() -> None:
    given = {"notation": "latex", "decimals": 3, "decimal_comma": True, "relation_as_set": False, "renaming": True}
    assert options_of(given) == CompareOptions(**given)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown option 'decimal'"):
        options_of({"decimal": 3})


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        options_of({"decimals": "many"})
