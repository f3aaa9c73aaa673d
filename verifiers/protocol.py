"""The seams of this package: what a verifier is, what it may spend, and who brings passages."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

import msgspec

from verifiers.claims import Excerpt, Formula
from verifiers.expr import Bounds
from verifiers.verdicts import Verdict

F_contra = TypeVar("F_contra", bound=Formula, contravariant=True)


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """What one check may spend. The counts come first and are deterministic; the seconds are the backstop."""

    name: str = "quick"
    bounds: Bounds = Bounds()
    precision: int = 2_000
    """Most bits of working precision in `exact`."""
    samples: int = 24
    """Points tried in the search for a counterexample."""
    terms: int = 20_000
    """Most terms of a sum, cases of an enumeration, points of a grid."""
    expansion: int = 5_000
    """Most monomials a polynomial may expand to."""
    rlimit: int = 1_000_000
    """Z3's resource units for one question put to it."""
    seconds: float = 2.0
    """Wall clock of one check in the sandbox, after which the process is killed."""


QUICK = Budget()


class Verifier(Protocol[F_contra]):
    """Decides formulas of one kind. Deterministic and pure: no clock, network, environment or store. An expected
    failure is an `undecided` verdict; whatever it raises is a bug, which `check.py` turns into `undecided(crashed)`.
    """

    def __call__(self, formula: F_contra, budget: Budget) -> Verdict: ...


class EvidenceSource(Protocol):
    """Brings citable passages for a statement of fact, best first."""

    def passages(self, statement: str, limit: int) -> Sequence[Excerpt]: ...
