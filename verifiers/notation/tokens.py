"""A token: the one alphabet that LaTeX, Unicode and plain text are cut into."""

from typing import NamedTuple


class Token(NamedTuple):
    kind: str
    """`num name word words func const rel money sup sub vulgar begin end bad stop` or the sign itself."""
    value: str
    start: int
    end: int
