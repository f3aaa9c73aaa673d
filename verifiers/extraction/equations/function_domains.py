"""From where to where an unknown function goes, and over which numbers the letters of its equations range."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Domain
from verifiers.expr import Apply, Const, Expr, Sym
from verifiers.extraction.document import Chain, Part

_BOLD: Final = r"\\(?:mathbb|mathbf|Bbb|bf)\s*\{?\s*"
_PLUS: Final = (
    r"(?:(?:\^|_)\s*(?:\+|\*|\{\s*(?:\+|\*|(?:>|\\gt|\\ge(?:q|qslant)?|≥)?\s*[01]?)\s*\})|_\s*0|_\{\s*>\s*0\s*\})"
)


def _set(which: int) -> str:
    return (
        rf"(?:{_BOLD}(?P<set{which}>[RQZN])\s*\}}?\s*(?P<sign{which}>{_PLUS})?"
        rf"|(?P<ray{which}>\(\s*0\s*,\s*\\infty\s*\)))"
    )


SIGNATURE: Final = re.compile(
    r"(?P<name>[a-zA-Z])\s*(?::|\\colon)\s*" + _set(1) + r"\s*\\(?:to|rightarrow|longrightarrow|mapsto)\s*"
    + _set(2) + r"(?![\^_])"
)  # fmt: skip
_ONE_SET: Final = re.compile(_set(3) + r"(?![\^_])")
_NUMBERS: Final[dict[str, Domain]] = {
    "positive integers": "natural", "natural numbers": "natural", "nonnegative integers": "natural",
    "positive reals": "positive", "positive real numbers": "positive", "positive rational numbers": "positive",
    "positive rationals": "positive", "reals": "real", "real numbers": "real", "integers": "integer",
    "rationals": "rational", "rational numbers": "rational", "nonnegative real numbers": "nonnegative",
}  # fmt: skip
"""Zero is left out of the nonnegative integers: what is tried at the others is tried at some of them."""
NAMED: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
WORDED: Final = re.compile(
    rf"\bfrom (?:the )?(?:set of )?(?:all )?(?:the )?({NAMED}) (?:in)?to (?:the )?(?:set of )?(?:all )?(?:the )?"
    rf"({NAMED}|itself|themselves)\b"
)
DEFINED_ON: Final = re.compile(rf"\b(?:is )?defined (?:on|for) (?:the )?(?:set of )?(?:all )?(?:the )?({NAMED})\b")
_QUANTIFIED: Final = re.compile(
    r"\b(?:all|any|every|each|pair of|be an?|and)\s+(?:non-?zero )?(positive integer|natural|positive real"
    r"|positive rational|nonnegative integer|nonnegative real|integer|real|rational|prime)s?(?: numbers?)?"
    r"(?: values of)?\s*((?:§\d+§|[,\s$\\()]|and)+)"
)
_LETTER_DOMAINS: Final[dict[str, Domain]] = {
    "positive integer": "natural", "natural": "natural", "positive real": "positive", "positive rational": "positive",
    "nonnegative integer": "natural", "nonnegative real": "nonnegative", "integer": "integer", "real": "real",
    "rational": "rational", "prime": "prime",
}  # fmt: skip
_CONSTANTS: Final[dict[str, Domain]] = {
    "reals": "real",
    "integers": "integer",
    "rationals": "rational",
    "naturals": "natural",
    "primes": "prime",
}


def places(question: Part, name: str) -> tuple[Domain, Domain] | None:
    found = SIGNATURE.search(question.text)
    if found is not None and found["name"] == name:
        return _number_set(found, 1), _number_set(found, 2)
    text = " ".join(question.text.lower().replace("non-negative", "nonnegative").split())
    worded = WORDED.search(text)
    if worded is not None:
        source = _NUMBERS[worded[1]]
        return source, _NUMBERS.get(worded[2], source)
    on = DEFINED_ON.search(text)
    return (_NUMBERS[on[1]], "real") if on is not None else None


def _number_set(found: re.Match[str], which: int) -> Domain:
    if found[f"ray{which}"]:
        return "positive"
    letter, sign = found[f"set{which}"], found[f"sign{which}"]
    if letter == "N":
        return "natural"
    if not sign:
        return {"R": "real", "Q": "rational", "Z": "integer"}[letter]  # type: ignore[return-value]
    if letter == "Z":
        return "natural"
    return "nonnegative" if "ge" in sign or "≥" in sign else "positive"


def letter_domains(question: Part, memberships: list[Chain], words: str) -> Iterator[tuple[str, Domain]]:
    for found in _QUANTIFIED.finditer(words):
        domain = _LETTER_DOMAINS[found[1]]
        for token in re.findall(r"§v?(\d+)§", found[2]):
            for term in question.chains[int(token)].terms:
                if term.expr is not None:
                    yield from ((name, domain) for name in _letters(term.expr))
    for chain in memberships:
        members, last = chain.terms[0].expr, chain.terms[-1]
        named = _ONE_SET.match(question.text, last.start)
        if members is None:
            continue
        if named is not None:
            yield from ((name, _number_set(named, 3)) for name in _letters(members))
        elif isinstance(last.expr, Const) and last.expr.name in _CONSTANTS:
            yield from ((name, _CONSTANTS[last.expr.name]) for name in _letters(members))


def _letters(expr: Expr) -> tuple[str, ...]:
    if isinstance(expr, Apply) and expr.head in ("list", "tuple"):
        return tuple(a.name for a in expr.args if isinstance(a, Sym))
    return (expr.name,) if isinstance(expr, Sym) else ()
