"""Numbers and expressions that a student gives, held against the right ones by value."""

import re
from fractions import Fraction
from typing import Final

from curriculum.grades import Grade, Outcome, right, undecided, wrong
from curriculum.items import Expression, Numeric, Tolerance
from curriculum.numbers import exact_number, exact_value
from curriculum.said import said, word_key
from curriculum.short_answers import LONGEST, Compare
from curriculum.word_lists import COUNTS, MATHS, NEGATIONS, SCALES
from verifiers.equality.measures import Scaled, common, stripped
from verifiers.expr import Apply, Expr, Num, Sym, Text, heads
from verifiers.notation import Unread, read
from verifiers.notation.units import UNITS

_LEAD: Final = re.compile(
    r"^\s*(?:(?:so|thus|hence|therefore),?\s+)?(?:(?:the|my|our)\s+)?(?:(?:final\s+)?(?:answer|ans|result|value|solution)"
    r"|it)?\s*(?:is|=|:|->|equals|comes to|will be|would be)\s+(?=\S)|^\s*(?:answer|ans)\b[.:=\s]*|^\s*=\s*",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"^\s*[A-Za-z]\s*=\s*(?=[^=]+$)")
_WORD: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_COMMA: Final = re.compile(r"-?\d+,\d+")
_OPERATION: Final = re.compile(r"[-+*/^(×÷·√%]|\\[a-z]")
_ORDER: Final = frozenset({"lt", "le", "gt", "ge", "ne", "approx", "pm", "mp"})


def grade_expression(item: Expression, given: str, compare: Compare) -> Grade:
    return _worked_out(item, given, _expression(item, given, compare))


def grade_number(item: Numeric, given: str, compare: Compare) -> Grade:
    return _worked_out(item, given, _number(item, given, compare))


def _worked_out(item: Numeric | Expression, given: str, found: Grade) -> Grade:
    """The grade, but for an answer that has the right value and is still to be worked out."""
    bare = _NAMED.sub("", _LEAD.sub("", given.strip()))
    if found.outcome is not Outcome.RIGHT or _squashed(bare) == _squashed(item.value):
        return found
    if _OPERATION.search(bare.strip()[1:]) and _squashed(bare) in _squashed(item.stem):
        return undecided(f"“{given.strip()}” repeats the question; its value is right")
    tree = read(_scaled(bare))
    if isinstance(item, Numeric) and not isinstance(tree, Unread) and not _is_literal(stripped(tree)):
        return undecided(f"“{given.strip()}” is a calculation; its value is right")
    return found


def _squashed(text: str) -> str:
    return re.sub(r"[\s$*·×]|\\(?:left|right|cdot|times)\b", "", text).rstrip(".")


def _is_literal(tree: Expr) -> bool:
    """A number as one writes it: decimal, fraction, mixed, percentage, or so many times a power of ten."""
    if not isinstance(tree, Apply):
        return True
    if tree.head in ("neg", "percent", "mixed", "repeating", "div"):
        return all(_is_literal(argument) and not _is_power(argument) for argument in tree.args)
    return _is_power(tree) or (tree.head == "mul" and isinstance(tree.args[0], Num) and _is_power(tree.args[-1]))


def _is_power(tree: Expr) -> bool:
    return isinstance(tree, Apply) and tree.head == "pow" and tree.args[0] == Num(Fraction(10))


def _expression(item: Expression, given: str, compare: Compare) -> Grade:
    if len(given) > LONGEST:
        return undecided(f"the answer is longer than {LONGEST:,} characters")
    bare = _LEAD.sub("", given.strip())
    if (odd := _prose(bare, item.stem + " " + item.value)) is not None:
        return undecided(f"“{odd}” is not read in an expression")
    return _compared(item.value, bare, given, compare)


def _number(item: Numeric, given: str, compare: Compare) -> Grade:
    if len(given) > LONGEST:
        return undecided(f"the answer is longer than {LONGEST:,} characters")
    bare = _LEAD.sub("", given.strip())
    bare = _scaled(_NAMED.sub("", bare)).strip().rstrip(".") if not bare.endswith("...") else bare
    if (odd := _prose(bare, f"{item.stem} {item.context} {item.unit}")) is not None:
        return undecided(f"“{odd}” is not read in a number")
    value = exact_number(item.value)
    if value is None:
        return undecided(f"the key {item.value} is no number")
    if _COMMA.fullmatch(bare) and exact_number(bare.replace(",", ".")) == value:
        return undecided(f"“{given.strip()}” is {item.value} if the comma is a decimal point")
    tree = _tree(bare, item)
    if tree is None or isinstance(tree, Text | Sym):
        return undecided(f"“{given.strip()}” is not read as a number")
    if heads(tree) & _ORDER if isinstance(tree, Apply) else False:
        return undecided(f"“{given.strip()}” does not give one number")
    if item.unit == "%":
        return _percentage(item, value, bare, tree, given)
    unit = read(f"1 {item.unit}") if item.unit else None
    measured = stripped(tree) is not tree
    if measured and unit is None and not _counts_what_is_asked(bare, item):
        return undecided(f"“{given.strip()}” has a unit, the question does not say in which unit the answer is")
    factor: Fraction | None = Fraction(1)
    if measured and unit is not None:
        if isinstance(unit, Unread) or stripped(unit) is unit:
            if word_key(_unit_text(bare)) != word_key(item.unit.casefold()):
                return undecided(f"the unit “{item.unit}” is not known")
        else:
            found = _factor(unit, tree)
            if isinstance(found, str):
                return wrong(f"“{given.strip()}” is in another unit than {item.unit}: {found}")
            factor = found
            if factor is None:
                return _compared(f"{item.value} {item.unit}", bare, given, compare)
    number = exact_value(stripped(tree))
    missing = f", in {item.unit}" if item.unit and not measured else ""
    if number is None or factor is None:
        return _compared(item.value, bare, given, compare) if not measured else undecided("the number is not read")
    return _near(value, number * factor, item, given, missing, compare)


def _near(value: Fraction, number: Fraction, item: Numeric, given: str, missing: str, compare: Compare) -> Grade:
    shown = f"{item.value}{' ' + item.unit if item.unit else ''}"
    if number == value:
        return right(f"is {shown}{missing}")
    if item.tolerance is None:
        if _decimals(value) is None and "." in given:
            return _compared(item.value, str(given.strip()), given, compare)
        return wrong(f"“{given.strip()}” is not {shown}")
    allowed = _allowed(value, item.tolerance)
    if abs(number - value) <= allowed:
        return right(f"is within {_told(item.tolerance)} of {shown}{missing}")
    return wrong(f"“{given.strip()}” is not within {_told(item.tolerance)} of {shown}")


def _allowed(value: Fraction, tolerance: Tolerance) -> Fraction:
    return abs(value) * tolerance.amount if tolerance.relative else tolerance.amount


def _told(tolerance: Tolerance) -> str:
    return f"{float(tolerance.amount * 100):g}%" if tolerance.relative else f"{float(tolerance.amount):g}"


def _decimals(value: Fraction) -> int | None:
    """Decimals of a number, None where they do not end."""
    below = value.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    return 0 if below == 1 else None


def _percentage(item: Numeric, value: Fraction, bare: str, tree: Expr, given: str) -> Grade:
    percent = isinstance(tree, Apply) and "percent" in heads(tree)
    number = exact_value(tree)
    if number is None:
        return undecided(f"“{given.strip()}” is not read as a percentage")
    number = number * 100 if percent else number
    allowed = _allowed(value, item.tolerance) if item.tolerance else Fraction(0)
    if abs(number - value) <= allowed:
        return right(f"is {item.value}%")
    if not percent and abs(number * 100 - value) <= allowed:
        return undecided(f"“{given.strip()}” is {item.value}% as a number; whether it was meant so is not said")
    return wrong(f"“{given.strip()}” is not {item.value}%")


def _compared(key: str, bare: str, given: str, compare: Compare) -> Grade:
    found = compare(key, bare)
    if found.label == "equal":
        return right(f"is {key}: {found.reason}")
    if found.label == "different":
        return wrong(f"“{given.strip()}” is not {key}: {found.reason}")
    return undecided(f"“{given.strip()}” and {key} could not be compared: {found.reason}")


def _tree(bare: str, item: Numeric) -> Expr | None:
    """The answer as a tree, with words that the question counts by left out."""
    tree = read(bare)
    if isinstance(tree, Unread) or exact_value(stripped(tree)) is None:
        facts = said(bare).facts
        if len(facts) == 1 and facts[0].kind == "number" and isinstance(facts[0].value, Fraction):
            number = Num(facts[0].value)
            if facts[0].unit == "%":
                return Apply("percent", (number,))
            if _counts_what_is_asked(bare, item):
                return number
            unit = read(f"1 {_unit_text(bare)}")
            if facts[0].counted and len(said(bare).words) == 1 and _unit_of(unit) is not None:
                return Apply("quantity", (number, _unit_of(unit) or number))
            return None
    return None if isinstance(tree, Unread) else tree


def _unit_of(quantity: Expr | Unread) -> Expr | None:
    """The unit of a quantity."""
    if isinstance(quantity, Apply) and quantity.head == "quantity":
        return quantity.args[1]
    return None


def _unit_text(bare: str) -> str:
    """The last word."""
    found = re.findall(r"[^\W\d_]+", bare)
    return found[-1].casefold() if found else ""


def _counts_what_is_asked(bare: str, item: Numeric) -> bool:
    asked = set(said(f"{item.stem} {item.context} {item.unit}").words)
    return all(word in asked for word in said(bare).words)


def _factor(unit: Expr, given: Expr) -> Fraction | str | None:
    """How many of the asked unit one of the given unit is; words where it measures something else."""
    assert isinstance(given, Apply)
    one: Expr = Apply("quantity", (Num(Fraction(1)), given.args[1])) if given.head == "quantity" else given
    found = common(one, unit)
    if not isinstance(found, Scaled):
        return found.reason if found.label == "different" else None
    left, right_ = exact_value(found.left), exact_value(found.right)
    if "K" in str(given) or left is None or not right_:
        return None
    return left / right_


def _scaled(text: str) -> str:
    """`Rs. 2.5 lakh` as `250000`: multiples and currency marks that the notation does not read."""
    plain = re.sub(r"\bRs\.?\s*|₹\s*|\bINR\s*", "", text)
    plain = re.sub(r"\s*\bper\s?cent(?:age)?\b\.?", "%", plain, flags=re.IGNORECASE)
    found = re.fullmatch(rf"(.*?)(-?\d[\d,]*(?:\.\d+)?)\s*({'|'.join(SCALES)})\b(.*)", plain, re.IGNORECASE)
    if not found:
        return plain
    value = Fraction(found[2].replace(",", "")) * SCALES[found[3].lower()]
    return f"{found[1]}{value}{found[4]}"


def _prose(text: str, known: str) -> str | None:
    """The first word that is neither mathematics, unit, number nor of the question."""
    asked = {word.lower() for word in _WORD.findall(known)} | set(said(known).words)
    what = said(text)
    if what.negations or (what.hedged and "pi" not in text):
        return what.hedged or next((w for w in text.split() if w.lower().strip(".,") in NEGATIONS or "n't" in w), "not")
    for found in _WORD.finditer(text):
        word = found[0]
        low = word.lower()
        if low in MATHS or word in UNITS or low in UNITS or low in asked or word_key(low) in asked or low in COUNTS:
            continue
        if (found.end() < len(text) and text[found.end()] == "(") or len(word) <= 2:
            continue
        return word
    return None
