"""Numbers to be written in another base, and numerals as an answer gives them: `FF`, `377_8`, `1011 (base two)`."""

import re
from fractions import Fraction
from typing import Final

from verifiers.expr import Apply, Expr, Text, app, free_symbols, num
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton, is_relation

_NAMED: Final = {"binary": 2, "ternary": 3, "octal": 8, "decimal": 10, "hexadecimal": 16}
_BASE: Final = r"(?:base[- ]?(?:«\d+»|\d+)|binary|ternary|octal|decimal|hexadecimal)"
_FORM: Final = r"(?:(?: (?:number|numeral|system|form|notation|representation|equivalent|expansion|integer))*)"
_OF: Final = (
    rf"(?:the )?(?:(?P<from>{_BASE}) (?:number |numeral |integer )|(?:number|numeral|integer) )?"
    rf"(?:«(?P<n>\d+)»|(?P<raw>(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{{2,12}}\b))"
)
_SOURCE: Final = rf"(?: (?:which is |written |given |is )?(?:from|in) (?P<source>{_BASE}){_FORM})?"
_TARGET: Final = rf"(?:to|in|into|as an?) (?:an? |its |the )?(?P<to>{_BASE}){_FORM}"
_QUESTIONS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:please )?(?:convert|write|express|represent|change|rewrite|what is|find|translate) {_OF}{_SOURCE},? "
        rf"(?:(?:when |if )?(?:it is )?(?:written|expressed|converted) )?{_TARGET}",
        rf"(?:what is|find|give|write|determine|compute) the (?P<to>{_BASE}) (?:number|numeral|integer|representation"
        rf"|expansion|form"
        r"|equivalent|expression|value)(?: (?:represented|given|denoted))? (?:of|for|by"
        rf"|that is equal to) {_OF}(?P<source>)",
        rf"(?:what is|find|write|give) the (?:representation|expansion) of {_OF}(?P<source>) in (?P<to>{_BASE})",
        rf"(?:if |when )?{_OF}(?P<source>) is (?:written|expressed|converted) (?:in|to"
        rf"|into) (?P<to>{_BASE}),? what is the"
        r" (?:result|resulting number|numeral)",
    )
)
_ASKED_FOR: Final = re.compile(r"\bbase[- ]?(?:«\d+»|\d+)")
_NUMERAL: Final = re.compile(
    r"(?:0[xbo])?(?P<digits>[0-9A-Za-z]{1,60})(?:_\{?(?P<base>\d{1,2}|two|eight|ten|sixteen)\}?|\(?base(?P<said>\d{1,2}|two|eight|ten"
    r"|sixteen)\)?)?"
)
_POINT: Final = re.compile(r"[\dA-Fa-f]\s?\.\s?[\dA-Fa-f]")
"""`1011.101` has digits behind the point and is no whole number."""
_WORDS: Final = {"two": 2, "eight": 8, "ten": 10, "sixteen": 16}
_MOST: Final = 36


def converted(text: str, skeleton: Skeleton) -> tuple[Expr, int] | None:
    """The number that a whole question names, and the base it is to be written in."""
    if "base" not in text and not any(name in text for name in _NAMED):
        return None
    for pattern in _QUESTIONS:
        if (match := pattern.fullmatch(text)) is not None:
            target = _base(match["to"], skeleton)
            said = {_base(name, skeleton) for name in (match["from"], match["source"]) if name}
            number = _number(match, said.pop() if len(said) == 1 else 10 if not said else None, skeleton)
            return None if target is None or number is None or said else (number, target)
    return None


def base_asked(sentence: str, skeleton: Skeleton) -> int | None:
    """The base that a remark on the form of the answer names."""
    found = _ASKED_FOR.findall(sentence)
    return _base(found[0], skeleton) if len(found) == 1 else None


def numeral(text: str, base: int) -> Expr | None:
    """What an answer writes, as a whole numeral in the base."""
    plain = re.sub(r"\\(?:text|mathrm|textbf|mbox|mathtt|texttt)\s*\{([^{}]*)\}", r"\1", text.rpartition("=")[2])
    plain = re.sub(r"\\[,;! ]|[\s$,.]|\\(?=[()])", "", plain)
    plain = re.sub(r"^\(([^()]*)\)(?=_)", r"\1", plain)
    match = _NUMERAL.fullmatch(plain)
    if match is None or _POINT.search(text):
        return None
    written = match["base"] or match["said"]
    if written is not None and (_WORDS.get(written) or int(written)) != base:
        return None
    if plain[:2] in ("0x", "0b", "0o") and {"0x": 16, "0b": 2, "0o": 8}[plain[:2]] != base:
        return None
    digits = match["digits"].upper()
    if any(int(digit, _MOST) >= base for digit in digits):
        return None
    return num(int(digits, base)) if base == 10 else app("based", Text(digits), num(base))


def _base(name: str, skeleton: Skeleton) -> int | None:
    if name in _NAMED:
        return _NAMED[name]
    slot = re.search(r"«(\d+)»", name)
    value = rational(skeleton.tree(slot.group(1))) if slot else Fraction(re.sub(r"\D", "", name))
    return int(value) if value is not None and value.denominator == 1 and 2 <= value <= _MOST else None


def _number(match: re.Match[str], base: int | None, skeleton: Skeleton) -> Expr | None:
    if base is None:
        return None
    if match["raw"]:
        return numeral(match["raw"], base) if base > 10 else None
    slot = skeleton.slots[int(match["n"])]
    tree = slot.expr
    if isinstance(tree, Apply) and tree.head == "based":
        own = rational(tree.args[1])
        return tree if own == base or not (match["from"] or match["source"]) else None
    if base != 10:
        return numeral(slot.text, base)
    if tree is None or is_relation(tree) or free_symbols(tree):
        return None
    value = rational(tree)
    return tree if value is None or (value.denominator == 1 and value >= 0) else None
