"""Formula kind to verifier: one literal dict, total over `claims.Formula`."""

from collections.abc import Mapping
from typing import Any, Final

from verifiers.claims import (
    Arithmetic,
    Calculus,
    Calendar,
    Counting,
    Derivation,
    Finance,
    Formula,
    Geometry,
    Identity,
    MatrixFact,
    NumberFact,
    Quantity,
    Result,
    Rewrite,
    Solution,
    Statistic,
    WordProblem,
)
from verifiers.kinds import (
    arithmetic,
    calculus,
    calendar,
    counting,
    derivation,
    geometry,
    identity,
    matrix,
    number,
    percentage,
    quantity,
    result,
    rewrite,
    solution,
    statistics,
    word_problem,
)
from verifiers.protocol import Verifier

VERIFIERS: Final[Mapping[type[Formula], Verifier[Any]]] = {
    Derivation: derivation.verify,
    Solution: solution.verify,
    Arithmetic: arithmetic.verify,
    Identity: identity.verify,
    Rewrite: rewrite.verify,
    Calculus: calculus.verify,
    MatrixFact: matrix.verify,
    NumberFact: number.verify,
    Statistic: statistics.verify,
    Geometry: geometry.verify,
    Quantity: quantity.verify,
    Finance: percentage.verify,
    Calendar: calendar.verify,
    Counting: counting.verify,
    Result: result.verify,
    WordProblem: word_problem.verify,
}
