"""Products, inverses, determinants, ranks, traces, transposes and eigenvalues of matrices."""

from typing import Final

from verifiers import exact
from verifiers.claims import MatrixFact
from verifiers.evaluation.derivatives import ZERO, add, mul, neg
from verifiers.expr import Apply, Expr, Sym, free_symbols, violation
from verifiers.kinds import arithmetic, identity
from verifiers.kinds._closing import close
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, supported, undecided

_MOST_CELLS: Final = 144
_UNARY: Final = frozenset({"inverse", "determinant", "rank", "trace", "transpose"})
_LETTER: Final = "lambda"


def verify(formula: MatrixFact, budget: Budget) -> Verdict:
    operands = tuple(close(operand, formula.context) for operand in formula.operands)
    result = close(formula.result, formula.context)
    for tree in (*operands, result):
        message = violation(tree, budget.bounds)
        if message:
            return undecided(Reason.TOO_LARGE, message)
    if any(sum(len(row.args) for row in _rows(m)) > _MOST_CELLS for m in operands):
        return undecided(Reason.TOO_LARGE, f"more than {_MOST_CELLS} cells")
    if formula.operation == "eigenvalues":
        return _eigenvalues(operands[0], result)
    relation = Apply("eq", (_expected(formula.operation, operands, result), result))
    if free_symbols(relation):
        return _symbolic(relation, formula, budget)
    return decide(relation)


def decide(relation: Apply) -> Verdict:
    """A closed equation between matrices or between numbers made of them."""
    truth = exact.holds(relation)
    if truth is True:
        text = f"{show(relation.args[0])} is {show(relation.args[1])}."
        return supported(Reason.COMPUTED, "exact evaluation", text)
    found = exact.evaluate(relation.args[0])
    if isinstance(found, exact.Undefined):
        return undecided(Reason.UNDEFINED, found.why)
    if truth is False:
        return arithmetic.different(relation)
    return undecided(Reason.INCONCLUSIVE, "the entries could not be compared")


def _rows(expr: Expr) -> list[Apply]:
    if not isinstance(expr, Apply) or expr.head != "matrix":
        return []
    return [row for row in expr.args if isinstance(row, Apply)]


def _expected(operation: str, operands: tuple[Expr, ...], result: Expr) -> Expr:
    if operation in _UNARY:
        return Apply(operation, operands[:1])
    if operation == "product" and len(operands) == 2 and all(_is_vector(operand) for operand in operands):
        return Apply("cross" if _rows(result) else "dot", operands)
    if operation in ("product", "sum") and len(operands) > 1:
        return Apply("mul" if operation == "product" else "add", operands)
    return operands[0]


def _is_vector(expr: Expr) -> bool:
    rows = _rows(expr)
    return len(rows) > 1 and all(len(row.args) == 1 for row in rows)


def _symbolic(relation: Apply, formula: MatrixFact, budget: Budget) -> Verdict:
    """Cells with letters: each pair of cells is an identity of its own."""
    left, right = (cells(side) for side in relation.args)
    if left is None or right is None:
        return undecided(Reason.UNSUPPORTED, "a matrix with letters")
    if len(left) != len(right) or any(len(r) != len(s) for r, s in zip(left, right, strict=True)):
        return undecided(Reason.UNDEFINED, "shapes differ")
    for r, s in zip(left, right, strict=True):
        for a, b in zip(r, s, strict=True):
            cell = Apply("eq", (a, b))
            verdict = identity.decide(cell, formula.context, budget) if free_symbols(cell) else arithmetic.decide(cell)
            if verdict.label is not Label.SUPPORTED:
                return verdict
    text = f"{show(relation.args[0])} is {show(relation.args[1])}."
    return supported(Reason.PROVED, "normal form of each cell", text)


def cells(expr: Expr) -> list[list[Expr]] | None:
    """The cells of a sum, product, transpose, determinant … of matrices written out; a number is one cell."""
    if not isinstance(expr, Apply):
        return [[expr]]
    if expr.head == "matrix":
        return [list(row.args) for row in _rows(expr)]
    if expr.head in ("add", "mul", "transpose", "determinant", "trace", "neg") and expr.args:
        parts = [cells(a) for a in expr.args]
        tables = [p for p in parts if p is not None]
        if len(tables) != len(parts):
            return None
        return _combined(expr.head, tables)
    return None if expr.head in ("inverse", "rank") else [[expr]]


def _combined(head: str, tables: list[list[list[Expr]]]) -> list[list[Expr]] | None:
    first = tables[0]
    if head == "transpose":
        return [list(column) for column in zip(*first, strict=True)]
    if head == "neg":
        return [[neg(cell) for cell in row] for row in first]
    if head in ("determinant", "trace"):
        if len(first) != len(first[0]) or len(first) > 4:
            return None
        return [[_determinant(first) if head == "determinant" else add(*(first[i][i] for i in range(len(first))))]]
    for table in tables[1:]:
        combined = _sum(first, table) if head == "add" else _product(first, table)
        if combined is None:
            return None
        first = combined
    return first


def _sum(a: list[list[Expr]], b: list[list[Expr]]) -> list[list[Expr]] | None:
    if len(a) != len(b) or len(a[0]) != len(b[0]):
        return None
    return [[add(x, y) for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def _product(a: list[list[Expr]], b: list[list[Expr]]) -> list[list[Expr]] | None:
    if len(a) == 1 == len(a[0]):
        return [[mul(a[0][0], cell) for cell in row] for row in b]
    if len(b) == 1 == len(b[0]):
        return [[mul(cell, b[0][0]) for cell in row] for row in a]
    if len(a[0]) != len(b):
        return None
    columns = list(zip(*b, strict=True))
    return [[add(*(mul(x, y) for x, y in zip(row, column, strict=True))) for column in columns] for row in a]


def _determinant(table: list[list[Expr]]) -> Expr:
    if len(table) == 1:
        return table[0][0]
    terms = []
    for j, entry in enumerate(table[0]):
        part = mul(entry, _determinant([row[:j] + row[j + 1 :] for row in table[1:]]))
        terms.append(neg(part) if j % 2 else part)
    return add(*terms)


def _eigenvalues(operand: Expr, claimed: Expr) -> Verdict:
    """Each claimed value must be a root of the characteristic polynomial, and its roots must all be claimed."""
    rows = _rows(operand)
    size = len(rows)
    if not rows or size > 4 or any(len(row.args) != size for row in rows) or free_symbols(operand):
        return undecided(Reason.UNSUPPORTED, "eigenvalues are computed for square matrices of numbers up to 4 by 4")
    values = claimed.args if isinstance(claimed, Apply) and claimed.head in ("set", "list", "tuple") else (claimed,)
    shifted = [
        [add(cell, neg(Sym(_LETTER))) if i == j else cell for j, cell in enumerate(row.args)]
        for i, row in enumerate(rows)
    ]
    polynomial = Apply("eq", (_determinant(shifted), ZERO))
    for value in values:
        truth = exact.holds(polynomial, ((_LETTER, value),))
        if truth is False:
            text = f"{show(value)} is no root of the characteristic polynomial."
            witness = Witness(conclusion=polynomial, assignment=((_LETTER, value),))
            return refuted(Reason.DIFFERS, "characteristic polynomial", text, witness)
        if truth is None:
            return undecided(Reason.INCONCLUSIVE, "the characteristic polynomial could not be evaluated")
    trace = add(*(row.args[i] for i, row in enumerate(rows)))
    if len(values) == size and exact.holds(Apply("eq", (add(*values), trace))) is True and _distinct(values):
        text = f"The roots of the characteristic polynomial are {show(claimed)}."
        return supported(Reason.COMPUTED, "characteristic polynomial", text)
    return undecided(Reason.INCONCLUSIVE, "all are eigenvalues; whether there are others was not decided")


def _distinct(values: tuple[Expr, ...]) -> bool:
    return all(
        exact.holds(Apply("eq", (a, b))) is False for i, a in enumerate(values) for b in values[i + 1 :]
    )


