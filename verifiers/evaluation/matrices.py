"""Matrices and vectors of values. A row vector, a column and a tuple of numbers take part alike in `dot`."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from verifiers.evaluation import scalars
from verifiers.evaluation.scalars import Group, Meter, Scalar, UndefinedError, UnknownError, Value, scalar

Rows = list[list[Scalar]]


def rows(value: Value) -> Rows:
    if isinstance(value, Group) and value.kind == "matrix":
        return [[scalar(x) for x in row] for row in value.items if isinstance(row, tuple)]
    if isinstance(value, Group) and value.kind in ("tuple", "list", "vector"):
        return [[scalar(x)] for x in value.items]
    raise UnknownError("not a matrix")


def group(table: Rows) -> Group:
    return Group("matrix", tuple(tuple(row) for row in table))


def like(table: Rows, model: Group) -> Group:
    if model.kind == "matrix":
        return group(table)
    return Group(model.kind, tuple(row[0] for row in table))


def add(a: Value, b: Value, meter: Meter) -> Value:
    if not isinstance(a, Group) or not isinstance(b, Group):
        raise UnknownError("a number added to a matrix")
    left, right = rows(a), rows(b)
    if len(left) != len(right) or len(left[0]) != len(right[0]):
        raise UndefinedError("shapes differ")
    return like(
        [[scalars.add(x, y, meter) for x, y in zip(r, s, strict=True)] for r, s in zip(left, right, strict=True)], a
    )


def multiply(a: Value, b: Value, meter: Meter) -> Value:
    if not isinstance(a, Group):
        a, b = b, a
    if not isinstance(a, Group):
        raise UnknownError("not a matrix")
    if not isinstance(b, Group):
        factor = scalar(b)
        return like([[scalars.multiply(factor, x, meter) for x in row] for row in rows(a)], a)
    if a.kind != "matrix" or b.kind == "set":
        raise UnknownError("product of lists")
    left, right = rows(a), rows(b)
    if len(left[0]) != len(right):
        raise UndefinedError("shapes do not fit")
    meter.charge(len(left) * len(right) * len(right[0]))
    columns = list(zip(*right, strict=True))
    return like([[_inner(row, column, meter) for column in columns] for row in left], b)


def _inner(row: list[Scalar] | tuple[Scalar, ...], column: tuple[Scalar, ...], meter: Meter) -> Scalar:
    total: Scalar = Fraction(0)
    for x, y in zip(row, column, strict=True):
        total = scalars.add(total, scalars.multiply(x, y, meter), meter)
    return total


def power(a: Group, exponent: int, meter: Meter) -> Value:
    table = rows(a)
    if a.kind != "matrix" or len(table) != len(table[0]):
        raise UndefinedError("power of a matrix that is not square")
    if abs(exponent) > 10_000:
        raise UnknownError("exponent too large")
    if exponent < 0:
        a, exponent = inverse(a, meter), -exponent
    result: Value = identity(len(table))
    square: Value = a
    while exponent:
        if exponent & 1:
            result = multiply(result, square, meter)
        exponent >>= 1
        if exponent:
            square = multiply(square, square, meter)
    return result


def identity(size: int) -> Group:
    return group([[Fraction(int(i == j)) for j in range(size)] for i in range(size)])


def _square(a: Group) -> Rows:
    table = rows(a)
    if len(table) != len(table[0]):
        raise UndefinedError("not a square matrix")
    if len(table) > 30:
        raise UnknownError("matrix too large")
    return table


def _reduce(table: Rows, meter: Meter) -> tuple[Rows, Scalar, int]:
    """Gauss's elimination over exact entries or decided balls: echelon form, signed product of pivots, rank."""
    table = [list(row) for row in table]
    product: Scalar = Fraction(1)
    rank = 0
    width = len(table[0])
    for column in range(width):
        at = _pivot(table, rank, column)
        if at is None:
            continue
        if at != rank:
            table[at], table[rank] = table[rank], table[at]
            product = -product
        product = scalars.multiply(product, table[rank][column], meter)
        for i in range(rank + 1, len(table)):
            factor = scalars.divide(table[i][column], table[rank][column], meter)
            if isinstance(factor, Fraction) and not factor:
                continue
            table[i] = [
                Fraction(0) if j == column else scalars.add(x, -scalars.multiply(factor, y, meter), meter)
                for j, (x, y) in enumerate(zip(table[i], table[rank], strict=True))
            ]
        rank += 1
        if rank == len(table):
            break
    return table, product, rank


def _pivot(table: Rows, start: int, column: int) -> int | None:
    unsure = False
    for i in range(start, len(table)):
        entry = table[i][column]
        if isinstance(entry, Fraction):
            if entry:
                return i
        elif not entry.contains(0):
            return i
        else:
            unsure = True
    if unsure:
        raise scalars.UnresolvedError("pivot not decided")
    return None


def determinant(a: Group, meter: Meter) -> Scalar:
    table = _square(a)
    if len(table) <= 3:
        return _small_determinant(table, meter)
    _, product, rank = _reduce(table, meter)
    return product if rank == len(table) else Fraction(0)


def _small_determinant(table: Rows, meter: Meter) -> Scalar:
    if len(table) == 1:
        return table[0][0]
    total: Scalar = Fraction(0)
    for j, entry in enumerate(table[0]):
        minor = [row[:j] + row[j + 1 :] for row in table[1:]]
        part = scalars.multiply(entry, _small_determinant(minor, meter), meter)
        total = scalars.add(total, -part if j % 2 else part, meter)
    return total


def inverse(a: Group, meter: Meter) -> Group:
    table = _square(a)
    size = len(table)
    wide: Rows = [row + [Fraction(int(i == j)) for j in range(size)] for i, row in enumerate(table)]
    echelon, _, _ = _reduce(wide, meter)
    for i in reversed(range(size)):
        pivot = echelon[i][i]
        if isinstance(pivot, Fraction) and not pivot:
            raise UndefinedError("the matrix has no inverse")
        echelon[i] = [scalars.divide(x, pivot, meter) for x in echelon[i]]
        for k in range(i):
            factor = echelon[k][i]
            echelon[k] = [
                scalars.add(x, -scalars.multiply(factor, y, meter), meter)
                for x, y in zip(echelon[k], echelon[i], strict=True)
            ]
    return group([row[size:] for row in echelon])


def transpose(a: Group, meter: Meter) -> Group:
    return group([list(column) for column in zip(*rows(a), strict=True)])


def trace(a: Group, meter: Meter) -> Scalar:
    total: Scalar = Fraction(0)
    for i, row in enumerate(_square(a)):
        total = scalars.add(total, row[i], meter)
    return total


def rank(a: Group, meter: Meter) -> Scalar:
    return Fraction(_reduce(rows(a), meter)[2])


def dot(a: Group, b: Group, meter: Meter) -> Scalar:
    left, right = _flat(a), _flat(b)
    if len(left) != len(right):
        raise UndefinedError("vectors of different length")
    return _inner(left, tuple(right), meter)


def cross(a: Group, b: Group, meter: Meter) -> Group:
    left, right = _flat(a), _flat(b)
    if len(left) != 3 or len(right) != 3:
        raise UndefinedError("a cross product needs three components")
    parts = []
    for i in range(3):
        j, k = (i + 1) % 3, (i + 2) % 3
        first = scalars.multiply(left[j], right[k], meter)
        parts.append(scalars.add(first, -scalars.multiply(left[k], right[j], meter), meter))
    return like([[part] for part in parts], a if a.kind != "matrix" or len(a.items) == 3 else Group("tuple", ()))


def _flat(a: Group) -> list[Scalar]:
    table = rows(a)
    if len(table) == 1:
        return table[0]
    if any(len(row) != 1 for row in table):
        raise UnknownError("not a vector")
    return [row[0] for row in table]


OPERATIONS: Final[dict[str, Callable[[Group, Meter], Value]]] = {
    "determinant": determinant,
    "inverse": inverse,
    "transpose": transpose,
    "trace": trace,
    "rank": rank,
}
