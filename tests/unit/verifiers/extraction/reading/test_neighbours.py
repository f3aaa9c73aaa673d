"""A formula that goes on outside its delimiters is not whole; one in a list is."""

import pytest

from verifiers.extraction.reading.reader import read_document


def whole(text: str) -> list[str]:
    """The formulas of the text none of whose terms was cut."""
    (part,) = read_document("", [text]).steps
    chains = (c for c in part.chains if not any(term.problem for term in c.terms))
    return [part.text[c.start : c.end] for c in chains]


@pytest.mark.parametrize(
    "text",
    [
        "We get\n- $b = 2$\n- $c = 3$",
        "The values are:\n\n* $b = 2$\n* $c = 3$",
        "One of these holds.\n  - $b = 2$\n  - $c = 3$",
    ],
)
def test_dashes_and_stars_of_a_list_are_no_operators(text: str) -> None:
    assert whole(text) == ["b = 2", "c = 3"]


@pytest.mark.parametrize(
    "text", ["It costs 2 * $b = 2$", "$5$\n+ $b = 8$", "$a$\n- $b = 8$", "$a$\n- $b$\n- $c = 8$", "$b = 2$ % of it"]
)
def test_what_goes_on_outside_is_cut(text: str) -> None:
    assert whole(text) == []
