"""Word problems: quantities, what the question states of them and what the answer makes of them."""

from verifiers.extraction.words.finder import find

__all__ = ["find"]
