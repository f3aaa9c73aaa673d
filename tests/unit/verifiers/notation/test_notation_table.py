"""The table of readings: what a text is read as, or why it is not."""

import json
from pathlib import Path

import pytest
from notation_outline import outline

from verifiers.notation import Unread, read, show

ROWS = json.loads((Path(__file__).parents[3] / "cases" / "notation.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['group']}: {row['text']!r}" for row in ROWS])
def test_text_is_read_as_the_table_says(row: dict[str, str]) -> None:
    tree = read(row["text"])
    if "unread" in row:
        assert isinstance(tree, Unread), outline(tree)
        assert tree.reason == row["unread"]
    else:
        assert not isinstance(tree, Unread), tree
        assert outline(tree) == row["tree"]
        assert show(tree) == row["shown"]
