"""Is there a reading under which a false link was no mistake? Run-ons, remainders, rounding, conversions, equations
with numbers put in, things taken back a line later.

Quick values tell that a link is false under the plain reading; then any of these readings is reason enough to claim
nothing. They never make a claim true.
"""

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym, heads, walk
from verifiers.extraction.document import Chain, Mood, Part
from verifiers.extraction.meaning.moods import RETRACTING
from verifiers.extraction.meaning.values import Rough, apart_by_less, near, rough, same
from verifiers.extraction.reading.chains import is_lone

_REMAINDER: Final = re.compile(
    r"^[\s,;($]*(?:with\b.{0,20})?(?:and a\b.{0,10})?(?:r\.?\s*\d|r\b|remainder|rem\b|left over|leftover)"
)
_TEXT_COMMAND: Final = re.compile(r"\\(?:text|mbox|textrm|mathrm)\s*\{|\\q?quad|\\[ ,;:]|[{}]")
_ROUNDED: Final = re.compile(
    r"\b(?:round\w*|truncat\w*|floor|ceil\w*|nearest|quotient|integer part|whole|approx\w*|about)\b"
)
QUOTIENT_OF_PRODUCT: Final = re.compile(r"[/÷]\s*\d[\d.]*\s*(?:√|sqrt|\(|π|pi\b|[a-wyzA-Z](?![a-zA-Z]))")
"""`4√3 / 6√3` may mean a quotient of products."""
_QUOTIENT_OF_QUOTIENTS: Final = re.compile(r"\d\s*/\s*\d+\s*(?:÷|\\div|:)|(?:÷|\\div|:)\s*\d+\s*/\s*\d")
"""`3/4 ÷ 2/5` means a quotient of fractions."""
_FLOAT_NOISE: Final = Fraction(1, 10**12)
"""What a pocket calculator's 0.5 - 0.4 = 0.09999999999999998 is off by."""
_DIRECTIONS: Final = re.compile(r"\b(?:north|south|east|west|up|down|left|right|forward|backward)s?\b")
_UNITS: Final[tuple[str, ...]] = (
    r"(cents?|¢)|(\$|dollars?)|(dimes?)|(nickels?)|(quarters?)|(penn(?:y|ies))",
    r"(seconds?|secs?)|(minutes?|mins?)|(hours?|hrs?)|(days?)|(weeks?)|(months?)|(years?)",
    r"(inch(?:es)?)|(feet|foot|ft)|(yards?)|(miles?)|(mm|millimeters?)|(cm|centimeters?)|(meters?|metres?)|(km|kilometers?)",
    r"(ounces?|oz)|(pounds?|lbs?)|(grams?)|(kg|kilograms?)|(tons?)",
    r"(ml|milliliters?)|(lit(?:er|re)s?)|(cups?)|(pints?)|(quarts?)|(gallons?)",
)
_MEASURES: Final = tuple(re.compile(r"(?<![^\W\d_])(?:" + units + r")(?![^\W\d_])") for units in _UNITS)
_MULTIPLES: Final = re.compile(r"\b(?:dozens?|pairs?|percent|scores?|million|thousand|hundred|billion)\b|%")
_DISOWNED: Final = re.compile(
    r"\b(?:contradict\w*|impossible|absurd|false|not true|untrue|incorrect|wrong|mistake|error|not (?:valid|correct)"
    r"|not hold|does(?:n['’]t| not) hold|cannot be|inconsisten\w*|nonsens\w*|invalid|not possible"
    r"|isn['’]t (?:true|correct|right))"
)


_CUT_OFF: Final = re.compile(r"\s*(?:\.\.|…|\\[lc]?dots)")
_DIGITWISE: Final = re.compile(
    r"\bmod(?:ulo|ular)?\b|\\[bp]?mod\b|≡|\\equiv|congruen|\b(?:units?|last|final|ones) digit"
)
_COUNTING_PRIMES: Final = re.compile(r"(?:\\pi|π)\s*\(")
_ANGULAR: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_INVERSE: Final = frozenset({"arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc"})
_LARGEST_ANGLE: Final = 1_000_000
_SAME_ANGLE: Final = 1e-9
_NOT_SO: Final = re.compile(
    r"^[\s,;:.)$\\\]]*(?:\(?\s*(?:no|not|false|invalid|fails?|✗|✘|❌|×)(?!\w)|\\text\{\s*\(?(?:no|false|not|invalid|fails))"
)
_UNMET: Final = re.compile(
    r"\b(?:no solutions?|not (?:a )?(?:satisf\w+|possible|equal|valid|true|hold|solution|work|consistent)"
    r"|cannot|can['’]t|doesn['’]t|does not|never|unequal|fails?|is not|isn['’]t|suggests?|extraneous)\b"
)


def is_ambiguous(part: Part, chain: Chain, index: int, left: Expr, right: Expr) -> bool:
    """Whether the notation itself leaves open what is meant: cut-off decimals, angles without their unit, `e` as a
    letter, π as the prime-counting function.
    """
    left_term, right_term = chain.terms[index], chain.terms[index + 1]
    text = part.text[left_term.start : right_term.end]
    if any(_CUT_OFF.match(part.text, t.end) for t in (left_term, right_term)) or _COUNTING_PRIMES.search(text):
        return True
    for side in (left, right):
        for node in walk(side):
            if isinstance(node, Const) and node.name == "e" and "ln" not in part.text and "exp" not in part.text:
                return True
            if isinstance(node, Apply) and node.head in _ANGULAR and not _has_unit(node):
                return True
    if not (heads(left) | heads(right)) & _INVERSE:
        return False
    if _is_other_branch(left, right):
        return True
    return not any(_is_pi(n) for side in (left, right) for n in walk(side)) and "degree" not in heads(left) | heads(
        right
    )


def _is_other_branch(left: Expr, right: Expr) -> bool:
    """`arctan(-1) = 3π/4`: an angle with that tangent, though not the principal one."""
    a, b = _radians(left), _radians(right)
    if a is None or b is None or abs(a) > _LARGEST_ANGLE or abs(b) > _LARGEST_ANGLE:
        return False
    return any(abs(f(a) - f(b)) < _SAME_ANGLE for f in (math.sin, math.cos, math.tan))


def _radians(angle: Expr) -> float | None:
    value = rough(angle)
    if value is None:
        return None
    return math.radians(value) if "degree" in heads(angle) else float(value)


def _has_unit(angle: Expr) -> bool:
    """A degree sign, π or an inverse function tells how an angle is measured."""
    return bool(heads(angle) & (_INVERSE | {"degree"})) or any(_is_pi(n) for n in walk(angle))


def _is_pi(node: Expr) -> bool:
    return isinstance(node, Const) and node.name == "pi"


def is_taken_back(part: Part, following: Sequence[str], chain: Chain, index: int, *, computation: bool) -> bool:
    """Whether the lines after a formula say that it fails. A computation is taken back by second thoughts only, an
    equation also by being found impossible. `following` are the openings of the steps that go on from it.
    """
    end = chain.terms[index + 1].end
    after = (part.text[end : end + 200] + " " + "".join(following[:1])[:80]).lower()
    if _NOT_SO.match(part.text[chain.end : chain.end + 24].lower()):
        return True
    if computation:
        return RETRACTING.search(after[:100]) is not None
    if any(_DISOWNED.search(opening.lower()) for opening in following[1:]):
        return True
    return any(rule.search(after) for rule in (RETRACTING, _DISOWNED)) or _UNMET.search(after[:140]) is not None


def is_instance(
    chain: Chain, left: Expr, right: Expr, patterns: Iterable[tuple[tuple[int, int], Expr, Expr]], here: tuple[int, int]
) -> bool:
    """Whether a false formula is an earlier equation with numbers put in, to see if they fit."""
    a, b = rough(left), rough(right)
    if len(chain.terms) != 2 or is_computation(left, right) or a is None or b is None or same(a, b):
        return False
    for place, one, other in patterns:
        values: dict[str, Expr] = {}
        if place < here and _fits(one, left, values) and _fits(other, right, values):
            return True
    return False


def _fits(pattern: Expr, tree: Expr, values: dict[str, Expr]) -> bool:
    """Whether the tree is the pattern with its letters replaced, each by one thing throughout."""
    stack = [(pattern, tree)]
    while stack:
        shape, node = stack.pop()
        if isinstance(shape, Sym):
            if values.setdefault(shape.name, node) != node:
                return False
        elif isinstance(shape, Apply):
            if not isinstance(node, Apply) or node.head != shape.head or len(node.args) != len(shape.args):
                return False
            stack.extend(zip(shape.args, node.args, strict=True))
        elif shape != node:
            return False
    return True


_PERCENT_OF: Final = re.compile(r"%[\s$\\()]{0,6}of[\s$\\(]{0,6}$")
"""`10\\%$ of $5 = 0.1 \\times 5`: the left side began before the formula did."""
_CALLED_FALSE: Final = re.compile(r"[^A-Za-z]{0,100}\(?(?:false|not true|incorrect|contradiction)\b", re.IGNORECASE)
"""A test that fails, and is said to at its end: "2 + 1 = 1 (False)"."""


def is_computation(left: Expr, right: Expr) -> bool:
    """`3·5 = 15`, and not `15 = 3·5`, which may be a requirement with numbers put in."""
    return not is_lone(left) and is_lone(right)


def is_disowned(part: Part, chain: Chain) -> bool:
    """Said to be false, not merely useless: the sum of "3·5 = 15, which is too small" is still claimed."""
    if chain.mood is not Mood.REJECTED:
        return False
    after = part.text[chain.end : chain.end + 260].lower()
    return _DISOWNED.search(after) is not None or RETRACTING.search(after) is not None


def means_otherwise(part: Part, chain: Chain, index: int, left: Expr, right: Expr, a: Rough, b: Rough) -> bool:
    """The two sides differ: is there a reading, or a habit of writing, under which no mistake was made?"""
    left_term, right_term = chain.terms[index], chain.terms[index + 1]
    plainly = "mixed" in heads(left) | heads(right) or _CROSS.search(part.text, left_term.start, right_term.end)
    if chain.ambiguous and not plainly:
        return True
    if is_lone(left) and re.search(r"[^\W\d_]{2}", part.text[left_term.start : left_term.end]):
        return True
    text = part.text[left_term.start : right_term.end]
    if _PERCENT_OF.search(part.text[max(left_term.start - 16, 0) : left_term.start]):
        return True
    if _CALLED_FALSE.match(part.text[right_term.end : right_term.end + 120]):
        return True
    if QUOTIENT_OF_PRODUCT.search(text) or _QUOTIENT_OF_QUOTIENTS.search(text):
        return True
    if "mixed" in heads(left) | heads(right):
        p, q = rough(_multiplied(left)), rough(_multiplied(right))
        if p is not None and q is not None and same(p, q):
            return True
    sentence = part.sentences[chain.sentence]
    whole = isinstance(a, Fraction) and isinstance(b, Fraction) and a.denominator == b.denominator == 1
    if whole and _DIGITWISE.search(part.text[max(sentence.start - 200, 0) : sentence.end].lower()):
        return True
    about = chain.relations[index] == "approx" or chain.approximate
    if about and not _rounds_to_place(a, right) and (_rounds_to_figures(a, b) or near(a, b, Fraction(1, 100))):
        return True
    if _is_measured(part.text[right_term.end : right_term.end + 240], a, b):
        return True
    after = _TEXT_COMMAND.sub(" ", part.text[right_term.end : right_term.end + 60].lower())
    if _REMAINDER.search(after):
        return True
    if _ROUNDED.search(after[:30]) and near(a, b, Fraction(1, 20)):
        return True
    if "div" in heads(left) and isinstance(right, Num) and right.value.denominator == 1 and apart_by_less(a, b, 1):
        return True
    if near(a, b, _FLOAT_NOISE):
        return True
    if len(_DIRECTIONS.findall(part.text[left_term.start : right_term.end].lower())) > 1:
        return True
    return _runs_on(left, right, a) or _units_differ(part, left_term.start, right_term.end)


def _is_measured(after: str, value: Rough, written: Rough) -> bool:
    """Whether the true value is then said to be another than the one written: "…, and since 994 is less than 999"."""
    if not (isinstance(value, Fraction) and isinstance(written, Fraction)):
        return False
    if value.denominator > 1 or written.denominator > 1 or max(abs(value), abs(written)) >= _LARGEST_SAID:
        return False
    return (
        re.search(rf"(?<![\d.]){value}(?![\d.]*\d)[^.;\d]{{0,12}}{_OTHER}[^.;\d]{{0,24}}{written}(?!\d)", after)
        is not None
    )


_CROSS: Final = re.compile(r"\d\s*[xX]\s*\d")
"""An x between numbers is a sign, and no factor of the divisor before it."""
_LARGEST_SAID: Final = 10**15
_OTHER: Final = r"(?:less|greater|smaller|larger|more|fewer|bigger|lower|higher|not|≠|<|>|\\neq?|\\lt|\\gt)"


def _rounds_to_place(value: Rough, written: Expr) -> bool:
    """`22/7 ≈ 3.14`: the written decimal is within its own last place."""
    if not isinstance(written, Num) or written.places is None or not 0 < written.places < 30:
        return False
    return apart_by_less(Fraction(value) * 10**written.places, written.value * 10**written.places, 1)


def _rounds_to_figures(value: Rough, written: Rough) -> bool:
    """`1024 ≈ 1000`, `147 ≈ 150`: as near as the figures before the zeros can tell."""
    if not isinstance(written, Fraction) or written.denominator != 1 or written == 0:
        return False
    step = 1
    while written % (step * 10) == 0:
        step *= 10
    return apart_by_less(value, written, step)


def _units_differ(part: Part, start: int, end: int) -> bool:
    """Two units of one kind stand in the formula or right after it: `15 × 20 cents = $3` is a conversion."""
    text = part.text[start : end + 16].lower()
    if _MULTIPLES.search(text):
        return True
    return any(len({match.lastindex for match in units.finditer(text)}) > 1 for units in _MEASURES)


def without(expr: Expr, head: str) -> Expr:
    if not isinstance(expr, Apply):
        return expr
    if expr.head == head:
        return without(expr.args[0], head)
    return Apply(expr.head, tuple(without(a, head) for a in expr.args))


def _multiplied(expr: Expr) -> Expr:
    """The tree with `2 1/3` read as a product."""
    if not isinstance(expr, Apply):
        return expr
    head = "mul" if expr.head == "mixed" else expr.head
    return Apply(head, tuple(_multiplied(a) for a in expr.args))


def _runs_on(left: Expr, right: Expr, value: Rough) -> bool:
    """`5 + 3 = 8 + 2 = 10`: the right side goes on from the value of the left one with something that was not there.

    `8 + 2 + -1 = 9 + -1` is none: there the last summand was carried over.
    """
    node = right
    while isinstance(node, Apply) and node.head in ("add", "mul", "div") and node.args:
        rest = node.args[1:]
        first = node.args[0]
        found = rough(first)
        if found is not None and same(found, value):
            carried = isinstance(left, Apply) and left.head == node.head and all(r in left.args for r in rest)
            written = isinstance(left, Apply) and first in left.args
            return not carried and not written
        node = first
    return False
