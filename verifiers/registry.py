"""Formula kind to verifier: one literal dict, total over `claims.Formula`."""

from collections.abc import Mapping
from typing import Any, Final

from verifiers.claims import Arithmetic, Formula
from verifiers.kinds import arithmetic
from verifiers.protocol import Verifier

VERIFIERS: Final[Mapping[type[Formula], Verifier[Any]]] = {
    Arithmetic: arithmetic.verify,
}
