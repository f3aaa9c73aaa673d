"""LaTeX, Unicode and plain text to `Expr`, by one bounded grammar of our own."""

from verifiers.notation.reading import Options, Reading, Unread, ambiguous, read, read_chain, read_chains
from verifiers.notation.show import show

__all__ = ["Options", "Reading", "Unread", "ambiguous", "read", "read_chain", "read_chains", "show"]
