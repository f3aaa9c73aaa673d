"""LaTeX, Unicode and plain text to `Expr`, by one bounded grammar of our own."""

from verifiers.notation.reading import Options, Reading, Unread, read, read_chain
from verifiers.notation.show import show

__all__ = ["Options", "Reading", "Unread", "read", "read_chain", "show"]
