"""What a verdict depends on beside the formula: part of every certificate and of every cache key."""

from importlib.metadata import version
from typing import Final

VERSIONS: Final = tuple((name, version(name)) for name in ("pramana", "sympy", "python-flint", "z3-solver"))
