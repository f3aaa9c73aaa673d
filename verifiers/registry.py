"""Formula kind to verifier: one literal dict, total over `claims.Formula`."""

from collections.abc import Mapping
from typing import Any, Final

from verifiers.claims import Arithmetic, Derivation, Formula, Solution
from verifiers.kinds import arithmetic, derivation, solution
from verifiers.protocol import Verifier

VERIFIERS: Final[Mapping[type[Formula], Verifier[Any]]] = {
    Derivation: derivation.verify,
    Solution: solution.verify,
    Arithmetic: arithmetic.verify,
}
