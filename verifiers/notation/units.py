"""Names of units after numbers, plural and symbol mapped to one canonical name each."""

from collections.abc import Mapping
from typing import Final

from verifiers.expr import Apply, Expr, Unit, num

_SPELLINGS: Final[Mapping[str, str]] = {
    "m": "m metre metres meter meters", "cm": "cm centimetre centimetres centimeter centimeters",
    "mm": "mm millimetre millimetres millimeter millimeters", "km": "km kilometre kilometres kilometer kilometers kms",
    "nm": "nm nanometre nanometres nanometer nanometers", "um": "µm μm um micrometre micrometer micrometers",
    "dm": "dm decimetre decimeter decimeters",
    "inch": "inch inches", "foot": "foot feet ft", "yard": "yard yards yd yds", "mile": "mile miles mi",
    "kg": "kg kgs kilogram kilograms kilo kilos", "g": "g gram grams", "mg": "mg milligram milligrams",
    "tonne": "tonne tonnes", "ton": "ton tons", "pound": "pound pounds lb lbs", "ounce": "ounce ounces oz",
    "s": "s sec secs second seconds", "ms": "ms millisecond milliseconds", "minute": "minute minutes min mins",
    "hour": "hour hours hr hrs h", "day": "day days", "week": "week weeks", "month": "month months",
    "year": "year years yr yrs", "decade": "decade decades", "century": "century centuries",
    "L": "L l litre litres liter liters", "mL": "mL ml millilitre millilitres milliliter milliliters",
    "gallon": "gallon gallons gal", "quart": "quart quarts", "pint": "pint pints", "cup": "cup cups",
    "N": "N newton newtons", "J": "J joule joules", "kJ": "kJ kilojoule kilojoules", "W": "W watt watts",
    "kW": "kW kilowatt kilowatts", "kWh": "kWh", "Pa": "Pa pascal pascals", "kPa": "kPa", "atm": "atm",
    "V": "V volt volts", "A": "A amp amps ampere amperes", "ohm": "ohm ohms", "Hz": "Hz hertz", "kHz": "kHz",
    "MHz": "MHz", "K": "K kelvin kelvins", "mol": "mol mole moles", "C": "coulomb coulombs", "T": "tesla teslas",
    "celsius": "celsius", "fahrenheit": "fahrenheit", "cal": "cal calorie calories", "kcal": "kcal",
    "usd": "usd USD dollar dollars", "cent": "cent cents", "eur": "eur EUR euro euros", "gbp": "gbp GBP",
    "inr": "inr INR rupee rupees", "mph": "mph", "kph": "kph kmph", "rad": "rad radian radians", "acre": "acre acres",
    "hectare": "hectare hectares ha", "unit": "unit units", "eV": "eV", "GB": "GB", "MB": "MB", "KB": "KB kB",
}  # fmt: skip

UNITS: Final[Mapping[str, str]] = {word: name for name, words in _SPELLINGS.items() for word in words.split()}
"""Spelling to canonical name: SI units by symbol, others by their singular English name."""

_NOT_COUNTED: Final = """
    a an the is are was were be been and or of more less fewer than times each every if for when where with to
    from by at in on as so then thus hence therefore since because that this these those which who it its we they
    he she i you his her their not no only also but both all some any per minus plus equals equal divided
    multiplied remaining left total extra squared cubed mod over can will would should could must has have had do
    does did gives yields means shows makes get gets got there here now even odd prime what how digits digit
    choose solution solutions such let about approximately percent times otherwise always true false after before
    until between same different other others another first second third last next previous twice half way ways
    case cases step steps
"""

NOT_UNITS: Final = frozenset(_NOT_COUNTED.split())
"""Words that follow a number without being what is counted."""


_IRREGULAR: Final[Mapping[str, str]] = {
    "children": "child", "people": "person", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth",
    "mice": "mouse", "geese": "goose", "buses": "bus", "gases": "gas", "leaves": "leaf", "loaves": "loaf",
    "knives": "knife", "shelves": "shelf", "halves": "half", "wolves": "wolf", "movies": "movie", "cookies": "cookie",
    "brownies": "brownie", "pies": "pie", "ties": "tie", "potatoes": "potato", "tomatoes": "tomato", "dice": "die",
}  # fmt: skip
_PLURALS: Final[Mapping[str, str]] = {one: many for many, one in _IRREGULAR.items()}
_SYMBOLS: Final = frozenset(
    {"mol", "rad", "atm", "cal", "kcal", "kWh", "kHz", "MHz", "kPa", "mph", "kph", "usd", "eur", "gbp", "inr"}
)


def singular(noun: str) -> str:
    """An English noun in the singular by its ending; irregular plurals that are not listed stay as they are."""
    word = noun.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def plural(name: str) -> str:
    """The plural of a unit or noun that reads back to it; a symbol, or a noun without such a plural, as it is."""
    if len(name) < 3 or name in _SYMBOLS:
        return name
    if name in _PLURALS:
        return _PLURALS[name]
    if name.endswith("y") and name[-2] not in "aeiou":
        many = name[:-1] + "ies"
    else:
        many = name + ("es" if name.endswith(("s", "x", "ch", "sh")) else "s")
    return many if UNITS.get(many, singular(many)) == name else name


def unit_of(words: str) -> Expr | None:
    """The unit that upright words name: `cm`, `square feet`, `km/h`, `miles per hour`, `red apples`."""
    words = words.strip(" .")
    if words in UNITS:
        return Unit(UNITS[words])
    above, slash, below = words.replace(" per ", "/").partition("/")
    if slash and "/" not in below:
        top, bottom = unit_of(above), unit_of(below)
        return Apply("div", (top, bottom)) if top is not None and bottom is not None else None
    for prefix, exponent in (("square ", 2), ("sq. ", 2), ("sq ", 2), ("cubic ", 3)):
        if words.startswith(prefix):
            base = UNITS.get(words[len(prefix) :])
            return Apply("pow", (Unit(base), num(exponent))) if base else None
    parts = words.lower().split()
    if not 1 <= len(parts) <= 3 or any(p in NOT_UNITS or not p.isalpha() for p in parts) or len(parts[-1]) < 3:
        return None
    return Unit(" ".join((*parts[:-1], singular(parts[-1]))))
