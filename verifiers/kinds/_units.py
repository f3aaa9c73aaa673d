"""Units of measure: what each name measures and its size, exactly.

Sizes are those of the International System (SI brochure, 9th edition), the international yard and pound of 1959 and
the customary measures of the United States; a name with several sizes in use (gallon, ton, kilobyte) has them all.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final, TypeAlias

import msgspec

from verifiers.expr import Apply, Expr, Num, Unit

Dimension: TypeAlias = tuple[tuple[str, int], ...]
"""Base dimensions with exponents, sorted: `(("length", 1), ("time", -1))`."""

System: TypeAlias = frozenset[str]

MOST_READINGS: Final = 32


class Size(msgspec.Struct, frozen=True):
    """A unit's dimension, its possible sizes in base units, and the systems of measures it comes from."""

    dimension: Dimension
    factors: tuple[Fraction, ...]
    systems: System


def _size(dimension: str, *factors: str | int | Fraction, system: str = "metric") -> Size:
    return Size(_DIMENSIONS[dimension], tuple(Fraction(f) for f in factors), frozenset({system}))


_DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "length": (("length", 1),),
    "area": (("length", 2),),
    "volume": (("length", 3),),
    "mass": (("mass", 1),),
    "time": (("time", 1),),
    "angle": (("angle", 1),),
    "speed": (("length", 1), ("time", -1)),
    "frequency": (("time", -1),),
    "force": (("length", 1), ("mass", 1), ("time", -2)),
    "energy": (("length", 2), ("mass", 1), ("time", -2)),
    "power": (("length", 2), ("mass", 1), ("time", -3)),
    "pressure": (("length", -1), ("mass", 1), ("time", -2)),
    "current": (("current", 1),),
    "charge": (("current", 1), ("time", 1)),
    "voltage": (("current", -1), ("length", 2), ("mass", 1), ("time", -3)),
    "resistance": (("current", -2), ("length", 2), ("mass", 1), ("time", -3)),
    "amount": (("amount", 1),),
    "data": (("data", 1),),
    "dollar": (("dollar", 1),),
    "euro": (("euro", 1),),
    "pound sterling": (("pound sterling", 1),),
    "rupee": (("rupee", 1),),
    "yen": (("yen", 1),),
    "temperature": (("temperature", 1),),
}

_INCH: Final = Fraction(254, 10_000)
_POUND: Final = Fraction("0.45359237")
_GALLON: Final = 231 * _INCH**3
_IMPERIAL_GALLON: Final = Fraction("0.00454609")
_DAY: Final = 86_400


def _liquid(share: Fraction | int) -> Size:
    factors = (_GALLON * share, _IMPERIAL_GALLON * share)
    return Size(_DIMENSIONS["volume"], factors, frozenset({"customary"}))


_NAMES: Final[tuple[tuple[str, Size], ...]] = (
    ("metre meter metres meters m", _size("length", 1)),
    ("kilometre kilometer kilometres kilometers km kms", _size("length", 1000)),
    ("decimetre decimeter decimetres decimeters dm", _size("length", "1/10")),
    ("centimetre centimeter centimetres centimeters cm cms", _size("length", "1/100")),
    ("millimetre millimeter millimetres millimeters mm", _size("length", "1/1000")),
    ("micrometre micrometer micrometres micrometers micron microns um µm μm", _size("length", "1/1000000")),
    ("nanometre nanometer nanometres nanometers nm", _size("length", "1/1000000000")),
    ("inch inches in", _size("length", _INCH, system="customary")),
    ("foot feet ft", _size("length", 12 * _INCH, system="customary")),
    ("yard yards yd yds", _size("length", 36 * _INCH, system="customary")),
    ("mile miles mi", _size("length", 63_360 * _INCH, system="customary")),
    ("furlong furlongs", _size("length", 7_920 * _INCH, system="customary")),
    ("nautical_mile nautical_miles nmi", _size("length", 1852)),
    ("hectare hectares ha", _size("area", 10_000)),
    ("acre acres", _size("area", 43_560 * (12 * _INCH) ** 2, system="customary")),
    ("litre liter litres liters l L", _size("volume", "1/1000")),
    ("decilitre deciliter decilitres deciliters dl dL", _size("volume", "1/10000")),
    ("centilitre centiliter centilitres centiliters cl cL", _size("volume", "1/100000")),
    ("millilitre milliliter millilitres milliliters ml mL cc", _size("volume", "1/1000000")),
    ("gallon gallons gal", _liquid(1)),
    ("quart quarts qt", _liquid(Fraction(1, 4))),
    ("pint pints pt", _liquid(Fraction(1, 8))),
    ("cup cups", _liquid(Fraction(1, 16))),
    ("fluid_ounce fluid_ounces floz fl_oz",
     Size(_DIMENSIONS["volume"], (_GALLON / 128, _IMPERIAL_GALLON / 160), frozenset({"customary"}))),
    ("tablespoon tablespoons tbsp", _size("volume", _GALLON / 256, system="customary")),
    ("teaspoon teaspoons tsp", _size("volume", _GALLON / 768, system="customary")),
    ("gram grams gramme grammes g gm", _size("mass", "1/1000")),
    ("kilogram kilograms kilogramme kilo kilos kg kgs", _size("mass", 1)),
    ("milligram milligrams mg", _size("mass", "1/1000000")),
    ("tonne tonnes", _size("mass", 1000)),
    ("ton tons", _size("mass", 1000, 2000 * _POUND, 2240 * _POUND)),
    ("quintal quintals", _size("mass", 100)),
    ("pound pounds lb lbs", _size("mass", _POUND, system="customary")),
    ("ounce ounces oz", _size("mass", _POUND / 16, system="customary")),
    ("stone stones", _size("mass", 14 * _POUND, system="customary")),
    ("second seconds sec secs s", _size("time", 1)),
    ("millisecond milliseconds ms", _size("time", "1/1000")),
    ("minute minutes min mins", _size("time", 60)),
    ("hour hours hr hrs h", _size("time", 3600)),
    ("day days", _size("time", _DAY)),
    ("week weeks", _size("time", 7 * _DAY)),
    ("fortnight fortnights", _size("time", 14 * _DAY)),
    # A month has 28 to 31 days, four weeks in common speech, a twelfth of a year in accounts.
    ("month months", _size("time", *(n * _DAY for n in (30, 28, 29, 31)), Fraction(365 * _DAY, 12))),
    ("year years yr yrs", _size("time", *(Fraction(n) * _DAY for n in (365, 366, "365.25", 360, 364)))),
    ("decade decades", _size("time", *(10 * Fraction(n) * _DAY for n in (365, 366, "365.25", 360)))),
    ("century centuries", _size("time", *(100 * Fraction(n) * _DAY for n in (365, 366, "365.25", 360)))),
    ("radian radians rad", _size("angle", 1)),
    ("mph", _size("speed", Fraction(63_360, 3600) * _INCH, system="customary")),
    ("kmh kph kmph", _size("speed", Fraction(1000, 3600))),
    ("hertz Hz", _size("frequency", 1)),
    ("newton newtons N", _size("force", 1)),
    ("joule joules J", _size("energy", 1)),
    ("kilojoule kilojoules kJ", _size("energy", 1000)),
    ("kilowatt_hour kilowatt_hours kWh", _size("energy", 3_600_000)),
    ("watt watts W", _size("power", 1)),
    ("kilowatt kilowatts kW", _size("power", 1000)),
    ("pascal pascals Pa", _size("pressure", 1)),
    ("ampere amperes amp amps A", _size("current", 1)),
    ("coulomb coulombs C", _size("charge", 1)),
    ("volt volts V", _size("voltage", 1)),
    ("ohm ohms", _size("resistance", 1)),
    ("mole moles mol", _size("amount", 1)),
    ("bit bits", _size("data", 1)),
    ("byte bytes B", _size("data", 8)),
    ("kilobyte kilobytes kB KB", _size("data", 8 * 1000, 8 * 1024)),
    ("megabyte megabytes MB", _size("data", 8 * 1000**2, 8 * 1024**2)),
    ("gigabyte gigabytes GB", _size("data", 8 * 1000**3, 8 * 1024**3)),
    ("terabyte terabytes TB", _size("data", 8 * 1000**4, 8 * 1024**4)),
    ("usd dollar dollars", _size("dollar", 1)),
    ("cent cents", _size("dollar", "1/100")),
    ("eur euro euros", _size("euro", 1)),
    ("gbp", _size("pound sterling", 1)),
    ("pence", _size("pound sterling", "1/100")),
    ("inr rupee rupees", _size("rupee", 1)),
    ("paise", _size("rupee", "1/100")),
    ("jpy yen", _size("yen", 1)),
    ("kelvin kelvins K", _size("temperature", 1)),
)  # fmt: skip

SIZES: Final[Mapping[str, Size]] = {name: size for names, size in _NAMES for name in names.split()}

TEMPERATURES: Final[Mapping[str, str]] = {
    name: scale
    for scale, names in {
        "C": "celsius degC °C ℃ degree_celsius degrees_celsius centigrade",
        "F": "fahrenheit degF °F ℉ degree_fahrenheit degrees_fahrenheit",
        "K": "kelvin kelvins K",
    }.items()
    for name in names.split()
}

_IN_MONTHS: Final[Mapping[str, int]] = {
    name: months
    for names, months in (
        ("month months", 1), ("year years yr yrs", 12), ("decade decades", 120), ("century centuries", 1200)
    )
    for name in names.split()
}  # fmt: skip
"""Among themselves months and years have fixed sizes."""

LONG_TIMES: Final[Mapping[str, int]] = {
    name: rank
    for rank, names in enumerate(("hour hours hr hrs h", "day days", "week weeks", "month months", "year years yr yrs"))
    for name in names.split()
}
"""Units of time that also count working hours, school days and the like, in order of length."""

VOLUME_OR_MASS: Final = frozenset({"ounce", "ounces", "oz"})


def temperature(unit: Expr) -> str | None:
    """`C`, `F` or `K` for a unit of temperature."""
    return TEMPERATURES.get(unit.name) if isinstance(unit, Unit) else None


def names(unit: Expr) -> Iterator[str]:
    """The unit names in a compound unit."""
    if isinstance(unit, Unit):
        yield unit.name
    elif isinstance(unit, Apply):
        for argument in unit.args:
            yield from names(argument)


def readings(units: Iterable[str]) -> list[Mapping[str, Fraction]] | None:
    """Every choice of a size for each name; `None` where a name is no unit (apples) or there are too many."""
    simple = list(dict.fromkeys(units))
    if simple and all(name in _IN_MONTHS for name in simple):
        return [{name: Fraction(_IN_MONTHS[name]) for name in simple}]
    if any(name not in SIZES for name in simple):
        return None
    if prod(len(SIZES[name].factors) for name in simple) > MOST_READINGS:
        return None
    return [dict(zip(simple, choice, strict=True)) for choice in product(*(SIZES[name].factors for name in simple))]


def size_of(unit: Expr, chosen: Mapping[str, Fraction]) -> Size | None:
    """Dimension and size of a unit, simple or compound, under one reading of its names."""
    if isinstance(unit, Unit):
        known = SIZES[unit.name]
        return Size(known.dimension, (chosen[unit.name],), known.systems)
    if isinstance(unit, Num):
        return Size((), (unit.value,), frozenset()) if unit.value > 0 else None
    if not isinstance(unit, Apply):
        return None
    if unit.head == "pow":
        base, exponent = size_of(unit.args[0], chosen), unit.args[1]
        if base is None or not isinstance(exponent, Num) or exponent.value.denominator != 1 or abs(exponent.value) > 6:
            return None
        return _raised(base, int(exponent.value))
    parts = [size_of(argument, chosen) for argument in unit.args]
    known_parts = [part for part in parts if part is not None]
    if len(known_parts) != len(parts) or unit.head not in ("mul", "div"):
        return None
    if unit.head == "div":
        known_parts[1] = _raised(known_parts[1], -1)
    result = known_parts[0]
    for part in known_parts[1:]:
        dimension = times(result.dimension, part.dimension)
        result = Size(dimension, (result.factors[0] * part.factors[0],), result.systems | part.systems)
    return result


def _raised(size: Size, exponent: int) -> Size:
    dimension = tuple((base, power * exponent) for base, power in size.dimension if exponent)
    return Size(dimension, (size.factors[0] ** exponent,), size.systems)


def times(left: Dimension, right: Dimension) -> Dimension:
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def inverse(dimension: Dimension) -> Dimension:
    return tuple((base, -power) for base, power in dimension)
