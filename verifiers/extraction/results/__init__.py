"""Questions that fit a computable template, and the answer's final result held against what they ask."""

from verifiers.extraction.results.finder import find

__all__ = ["find"]
