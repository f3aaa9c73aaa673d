"""What of an unfinished answer can be read: whole sentences, no open formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.closed_text import closed_length

CASES = [
    ("", ""),
    ("2 + 2 = 4", ""),
    ("2 + 2 = 4. ", "2 + 2 = 4. "),
    ("2 + 2 = 4. So 3", "2 + 2 = 4. "),
    ("Pi is 3.14 and", ""),
    ("First line\nsecond", "First line\n"),
    ("We have $x = 1. And y", ""),
    ("We have $x = 1$. And y", "We have $x = 1$. "),
    ("It costs \\$5. So", "It costs \\$5. "),
    ("Display:\n$$a = b.\n", "Display:\n"),
    ("Display:\n$$a = b.$$\nNext", "Display:\n$$a = b.$$\n"),
    ("So \\[a = b.\n\\] Then. x", "So \\[a = b.\n\\] Then. "),
    ("\\begin{align}a &= b.\n c &= d\n", ""),
    ("\\begin{align}a &= b.\n c &= d\n\\end{align}\nSo", "\\begin{align}a &= b.\n c &= d\n\\end{align}\n"),
]


@pytest.mark.parametrize(("text", "closed"), CASES)
def test_cases(text: str, closed: str) -> None:
    assert text[: closed_length(text)] == closed


PARTS = ["a", "$", "$$", "\\[", "\\]", ". ", "\n", "\\begin{x}", "\\end{x}", "\\$"]


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_what_is_closed_stays_closed(text: str) -> None:
    lengths = [closed_length(text[:n]) for n in range(len(text) + 1)]
    assert all(length <= n for n, length in enumerate(lengths))
    assert lengths == sorted(lengths)
