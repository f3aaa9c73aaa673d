"""Facts about matrices."""

import pytest

from tests.unit.verifiers.kinds.cases import assert_label, tree
from verifiers.claims import MatrixFact
from verifiers.kinds import matrix
from verifiers.protocol import QUICK


def table(*rows: str) -> str:
    return "\\begin{pmatrix}" + "\\\\".join(row.replace(" ", "&") for row in rows) + "\\end{pmatrix}"


A = table("1 2", "3 4")
CASES = [
    ("product", (A, table("0 1", "1 0")), table("2 1", "4 3"), "supported"),
    ("product", (A, table("0 1", "1 0")), table("2 1", "4 4"), "refuted"),
    ("product", (A, table("1", "2", "3")), table("2 1", "4 4"), "undecided"),
    ("sum", (A, A), table("2 4", "6 8"), "supported"),
    ("determinant", (A,), "-2", "supported"),
    ("determinant", (A,), "2", "refuted"),
    ("determinant", (table("a b", "b a"),), "a^2-b^2", "supported"),
    ("determinant", (table("a b", "b a"),), "a^2+b^2", "refuted"),
    ("determinant", (table("2 0 0", "0 3 0", "5 0 4"),), "24", "supported"),
    ("inverse", (A,), table("-2 1", "3/2 -1/2"), "supported"),
    ("inverse", (A,), table("-2 1", "3/2 1/2"), "refuted"),
    ("inverse", (table("1 2", "2 4"),), A, "undecided"),
    ("rank", (table("1 2", "2 4"),), "1", "supported"),
    ("rank", (table("1 2", "2 4"),), "2", "refuted"),
    ("trace", (A,), "5", "supported"),
    ("transpose", (A,), table("1 3", "2 4"), "supported"),
    ("eigenvalues", (table("2 1", "1 2"),), "\\{1, 3\\}", "supported"),
    ("eigenvalues", (table("2 1", "1 2"),), "\\{1, 2\\}", "refuted"),
    ("eigenvalues", (table("2 1", "1 2"),), "\\{1\\}", "undecided"),
]


@pytest.mark.parametrize(("operation", "operands", "result", "label"), CASES)
def test_label(operation: str, operands: tuple[str, ...], result: str, label: str) -> None:
    formula = MatrixFact(
        operation=operation,  # type: ignore[arg-type]
        operands=tuple(tree(o) for o in operands),
        result=tree(result),
    )
    verdict = matrix.verify(formula, QUICK)
    assert_label(verdict, label)
