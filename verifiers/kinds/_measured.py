"""What trees of quantities measure: values in base units with their dimensions."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Unit, heads, walk
from verifiers.kinds._judgement import plain_value
from verifiers.kinds._terms import times
from verifiers.kinds._units import SIZES, VOLUME_OR_MASS, Dimension, inverse, names, readings, size_of, temperature
from verifiers.kinds._units import times as joined


class Measured(msgspec.Struct, frozen=True):
    """A value in base units and what it measures."""

    value: Expr
    dimension: Dimension
    systems: frozenset[str] = frozenset()


class UnlikeError(Exception):
    """Quantities of different dimensions are added."""

    def __init__(self, left: Dimension, right: Dimension) -> None:
        self.left, self.right = left, right


def comparable(relation: Apply) -> bool:
    """Whether both sides can be computed and measure one thing, or one number stands before different units."""
    if _of_temperatures(relation):
        return all(is_quantity(side) for side in relation.args)
    try:
        dimensions = _dimensions(relation)
    except UnlikeError as unlike:
        return physical(unlike.left, unlike.right) and not {"mul", "div"} & heads(relation)
    if dimensions is None:
        return False
    if dimensions[0] == dimensions[1]:
        # In "0.50 · 100 cents/dollar = 50" units have been left out.
        return dimensions[0] != () or all("quantity" in heads(side) for side in relation.args)
    left, right = relation.args
    return same_number(left, right, *dimensions)


def same_dimension(relation: Apply) -> bool:
    """Whether both sides measure one thing."""
    try:
        dimensions = _dimensions(relation)
    except UnlikeError:
        return False
    return dimensions is not None and dimensions[0] == dimensions[1]


def _of_temperatures(relation: Expr) -> bool:
    units = [node.args[1] for node in walk(relation) if isinstance(node, Apply) and node.head == "quantity"]
    return bool(units) and all(temperature(unit) for unit in units)


def _dimensions(relation: Apply) -> tuple[Dimension, Dimension] | None:
    """What the two sides measure. Raises `UnlikeError` for sums of unlike quantities."""
    relation = fluid(relation)
    chosen = readings(name for node in walk(relation) if isinstance(node, Apply) and node.head == "quantity"
                      for name in names(node.args[1]))  # fmt: skip
    if not chosen:
        return None
    first, second = (measure(side, chosen[0]) for side in relation.args)
    return None if first is None or second is None else (first.dimension, second.dimension)


def same_number(left: Expr, right: Expr, of_left: Dimension, of_right: Dimension) -> bool:
    """`5 m = 5 kg`: a slip in the unit rather than one quantity standing for another."""
    if not (isinstance(left, Apply) and isinstance(right, Apply) and left.head == right.head == "quantity"):
        return False
    first, second = plain_value(left.args[0]), plain_value(right.args[0])
    return first == second and first not in (None, 1) and physical(of_left, of_right)


def is_quantity(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "quantity"


def measure(expr: Expr, reading: Mapping[str, Fraction]) -> Measured | None:
    """Raises `UnlikeError` where lengths and masses are added."""
    if not isinstance(expr, Apply):
        return None if isinstance(expr, Unit) else Measured(expr, ())
    if expr.head == "quantity":
        size = size_of(expr.args[1], reading)
        if size is None or "quantity" in heads(expr.args[0]):
            return None
        return Measured(times(expr.args[0], size.factors[0]), size.dimension, size.systems)
    if "quantity" not in heads(expr):
        return Measured(expr, ())
    parts = [measure(argument, reading) for argument in expr.args]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    systems = frozenset().union(*(part.systems for part in known))
    value = Apply(expr.head, tuple(part.value for part in known))
    match expr.head:
        case "add":
            return _added(known, value, systems)
        case "neg" | "abs":
            return Measured(value, known[0].dimension, systems)
        case "mul":
            dimension: Dimension = ()
            for part in known:
                dimension = joined(dimension, part.dimension)
            return Measured(value, dimension, systems)
        case "div":
            return Measured(value, joined(known[0].dimension, inverse(known[1].dimension)), systems)
    return None


def _added(parts: list[Measured], value: Expr, systems: frozenset[str]) -> Measured | None:
    first = parts[0].dimension
    for part in parts[1:]:
        if part.dimension != first:
            if not first or not part.dimension:
                return None
            raise UnlikeError(first, part.dimension)
    return Measured(value, first, systems)


_PHYSICAL: Final = frozenset({"length", "mass", "time", "temperature", "current", "amount"})


def physical(left: Dimension, right: Dimension) -> bool:
    bases = {base for base, _ in (*left, *right)}
    return bool(left) and bool(right) and bases <= _PHYSICAL


def fluid(relation: Apply) -> Apply:
    """An ounce beside cups and gallons is a fluid ounce."""
    units = {name for node in walk(relation) if isinstance(node, Unit) for name in (node.name,)}
    volume = SIZES["cup"].dimension
    if units & VOLUME_OR_MASS and any(name in SIZES and SIZES[name].dimension == volume for name in units):
        changed = _renamed(relation)
        return changed if isinstance(changed, Apply) else relation
    return relation


def _renamed(expr: Expr) -> Expr:
    if isinstance(expr, Unit) and expr.name in VOLUME_OR_MASS:
        return Unit("fluid_ounce")
    if isinstance(expr, Apply):
        return Apply(expr.head, tuple(_renamed(argument) for argument in expr.args))
    return expr
