"""Questions about an unknown function: its name, where it lives, and what it is said to satisfy.

`posed` reads a question only as a whole: once every formula was read and every word between the formulas is one that is
understood. What is left over would be a hypothesis nobody looked at, and a function that breaks it proves nothing.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.claims import Domain
from verifiers.expr import Apply, Const, Expr, Sym, free_symbols, walk
from verifiers.extraction.document import Chain, Part

_RELATIONS: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_BOLD: Final = r"\\(?:mathbb|mathbf|Bbb|bf)\s*\{?\s*"
_PLUS: Final = (
    r"(?:(?:\^|_)\s*(?:\+|\*|\{\s*(?:\+|\*|(?:>|\\gt|\\ge(?:q|qslant)?|≥)?\s*[01]?)\s*\})|_\s*0|_\{\s*>\s*0\s*\})"
)


def _set(which: int) -> str:
    return (
        rf"(?:{_BOLD}(?P<set{which}>[RQZN])\s*\}}?\s*(?P<sign{which}>{_PLUS})?"
        rf"|(?P<ray{which}>\(\s*0\s*,\s*\\infty\s*\)))"
    )


_SIGNATURE: Final = re.compile(
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
_NAMED: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WORDED: Final = re.compile(
    rf"\bfrom (?:the )?(?:set of )?(?:all )?(?:the )?({_NAMED}) (?:in)?to (?:the )?(?:set of )?(?:all )?(?:the )?"
    rf"({_NAMED}|itself|themselves)\b"
)
_DEFINED_ON: Final = re.compile(rf"\b(?:is )?defined (?:on|for) (?:the )?(?:set of )?(?:all )?(?:the )?({_NAMED})\b")
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
_TRAITS: Final = ("continuous", "differentiable", "polynomial", "strictly increasing", "injective", "nonconstant")
_TRAIT: Final = re.compile(
    r"\b(continuous|differentiable|polynomials?|strictly increasing|injective|one-to-one|non-?constant)\b"
)
_INTEGRAL: Final = re.compile(r"\bwith (integer|integral|rational) coefficients\b")
_SILENT: Final = re.compile(
    rf"\b(?:here|note|the set of (?:all )?(?:the )?(?:{_NAMED})|denotes?|be|let|where|as usual"
    r"|with real coefficients|with (?:integer|integral|rational) coefficients"
    r"|takes? (?:only )?(?:integer inputs|real values)|and have integer outputs|have the property that)\b"
    r"|\b(?:find|determine|compute|calculate|evaluate|what (?:is|are|must be)|all|the|an?|of|functions?|polynomials?"
    r"|satisf(?:y|ies|ying)|such|so|that|which|following|given|functional|equations?|conditions?|propert(?:y|ies)|relations?"
    r"|identity|inequality|has|have|hold|holds|is|are|true|for|every|each|any|both|pairs?|triples?|values?|possible|real"
    r"|rational|positive|nonnegative|integers?|natural|numbers?|reals|rationals|and|suppose|with|to|in|on|defined|then"
    r"|one|two|choice|choices|its|domain|we|it|there|largest|smallest|maximum|minimum|greatest|least"
    r"|continuous|differentiable|strictly increasing|injective|one-to-one|non-?constant|i)\b"
)
_VALUED: Final = re.compile(r"\bif(?=[\s$\\(]*§v)")
_FURTHER: Final = re.compile(r"^[\s$\\\])]*(?:or\b|\\text\s*\{\s*or|mod\b|\\pmod|\(mod)")
MOST_READ: Final = 1_500


class Posed(msgspec.Struct, frozen=True):
    """A question about the functions from `source` to `target` that meet `conditions` for all values of their letters
    in `domains`, as far as `restrictions` between the letters hold.
    """

    function: str
    source: Domain
    target: Domain
    conditions: tuple[Expr, ...]
    domains: tuple[tuple[str, Domain], ...]
    restrictions: tuple[Expr, ...]
    traits: tuple[str, ...]
    asked: tuple[Chain, ...]
    """Formulas of the question that are no relation: what is asked, most often."""

    @property
    def letters(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.domains)


def posed(question: Part) -> Posed | None:
    """The unknown function of the question; None where there is none, or anything else is said of it."""
    text = question.text
    if len(text) > MOST_READ or not ("function" in text or "polynomial" in text or "\\to" in text):
        return None
    conditions: list[Expr] = []
    restrictions: list[Expr] = []
    memberships: list[Chain] = []
    asked: list[Chain] = []
    names: set[str] = set()
    for chain in question.chains:
        calls = {name for t in chain.terms if t.expr is not None for name in called(t.expr)}
        names |= calls
        if not chain.relations:
            asked.append(chain)
        elif set(chain.relations) == {"in"}:
            memberships.append(chain)
        elif (
            any(t.expr is None for t in chain.terms)
            or chain.approximate
            or not set(chain.relations) <= _RELATIONS
            or _FURTHER.match(text[chain.end : chain.end + 20])
        ):
            return None
        else:
            for link in _links(chain):
                (conditions if calls else restrictions).extend(_each(link))
    if len(names) != 1 or not conditions or not any(_universal(c) for c in conditions):
        return None
    name = names.pop()
    whole = any(name in free_symbols(c) for c in (*conditions, *restrictions))
    if whole or any(not _plain(c) for c in conditions):
        return None
    places = _places(question, name)
    if places is None and re.search(rf"(?<![a-zA-Z]){name}\s*(?::|\\colon)", text):
        return None
    words = _words(question, name, conditions)
    if words is None:
        return None
    domains: dict[str, Domain] = {}
    for letter, domain in _domains(question, memberships, words):
        if domains.setdefault(letter, domain) != domain:
            return None
    letters = set().union(*(free_symbols(c) for c in conditions))
    inside = {n for c in conditions for call in calls_of(c, name) for a in call.args[1:] for n in free_symbols(a)}
    if letters - inside - domains.keys() or any(len(n) > 1 for n in letters):
        return None
    known = {domains.get(n, "real") for n in inside}
    source, target = places or ((known.pop() if len(known) == 1 else "real"), "real")
    return Posed(
        function=name, source=source, target=target, conditions=tuple(conditions),
        domains=tuple(sorted((n, domains.get(n, source)) for n in letters)), restrictions=tuple(restrictions),
        traits=tuple(_traits(text)), asked=tuple(asked),
    )  # fmt: skip


def called(expr: Expr) -> set[str]:
    """Names of the functions that are applied in the tree."""
    return {
        n.args[0].name for n in walk(expr) if isinstance(n, Apply) and n.head == "call" and isinstance(n.args[0], Sym)
    }


def calls_of(expr: Expr, name: str) -> Iterator[Apply]:
    """The applications of one function in the tree, outer ones first."""
    for node in walk(expr):
        if isinstance(node, Apply) and node.head == "call" and node.args[0] == Sym(name):
            yield node


def _universal(condition: Expr) -> bool:
    """Says more than a value or a formula of the function."""
    if not free_symbols(condition) or not isinstance(condition, Apply):
        return False
    left, right = condition.args
    lone = isinstance(left, Apply) and left.head == "call" and len(left.args) == 2 and isinstance(left.args[1], Sym)
    return not (lone and condition.head == "eq" and not called(right))


def _plain(condition: Expr) -> bool:
    """One argument for the function, nothing that a number can't be."""
    for node in walk(condition):
        if isinstance(node, Apply):
            if node.head in UNFIT or (node.head == "call" and len(node.args) != 2):
                return False
        elif isinstance(node, Const) and node.name not in ("pi", "e"):
            return False
    return True


UNFIT: Final = frozenset(
    {"set", "tuple", "list", "interval", "union", "matrix", "such_that", "ellipsis", "quantity", "prime", "derivative",
     "integral", "limit", "sum", "prod", "or", "and", "pm", "mp", "in", "congruent", "divides", "inverse", "vector"}
)  # fmt: skip


def _links(chain: Chain) -> Iterator[Apply]:
    for left, relation, right in zip(chain.terms, chain.relations, chain.terms[1:], strict=False):
        if left.expr is not None and right.expr is not None:
            yield Apply(relation, (left.expr, right.expr))


def _each(relation: Apply) -> Iterator[Apply]:
    """`x, y > 0` as one relation for each letter."""
    left, right = relation.args
    members = left.args if isinstance(left, Apply) and left.head in ("list", "tuple") else (left,)
    yield from (Apply(relation.head, (member, right)) for member in members)


def _places(question: Part, name: str) -> tuple[Domain, Domain] | None:
    found = _SIGNATURE.search(question.text)
    if found is not None and found["name"] == name:
        return _number_set(found, 1), _number_set(found, 2)
    text = " ".join(question.text.lower().replace("non-negative", "nonnegative").split())
    worded = _WORDED.search(text)
    if worded is not None:
        source = _NUMBERS[worded[1]]
        return source, _NUMBERS.get(worded[2], source)
    on = _DEFINED_ON.search(text)
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


def _words(question: Part, name: str, conditions: list[Expr]) -> str | None:
    """The question's words, each formula as `§n§`; None where they hold one that is not understood."""
    text = question.text
    signature = _SIGNATURE.search(text)
    spans: list[tuple[int, int, str]] = []
    if signature is not None:
        spans.append((signature.start(), signature.end(), "§s§"))
    for index, chain in enumerate(question.chains):
        if signature is not None and chain.start < signature.end() and signature.start() < chain.end:
            continue
        closed = bool(chain.relations) and all(t.expr is not None and not free_symbols(t.expr) for t in chain.terms)
        spans.append((chain.start, chain.end, f"§v{index}§" if closed else f"§{index}§"))
    pieces: list[str] = []
    position = 0
    for start, end, token in sorted(spans):
        if start < position:
            continue
        pieces += [text[position:start], f" {token} "]
        position = end
    pieces.append(text[position:])
    named = re.sub(rf"(?<![a-zA-Z\\]){name}(?:\s*\(\s*[a-z]\s*\))?(?![a-zA-Z(])", " ", "".join(pieces))
    words = _LATEX.sub(" ", named).lower().replace("non-negative", "nonnegative")
    words = " ".join(words.split())
    bare = _DEFINED_ON.sub(" ", _WORDED.sub(" ", words))
    bare = _VALUED.sub(" ", bare)
    bare = _SILENT.sub(" ", bare)
    left = _TOKEN.sub(" ", bare)
    return words if not re.search(r"[^\W_]", left) else None


_LATEX: Final = re.compile(
    r"\\tag\s*\{[^{}]*\}|\\tag\s*\*?|\\begin\s*\{\w+\*?\}|\\end\s*\{\w+\*?\}|\\(?:quad|qquad|text|left|right|mathrm|displaystyle|,|;|!|:)"
    r"|\\mathbb\s*\{?\s*[RQZN]\s*\}?(?:[\^_](?:\{[^{}]*\}|[+*]))?|\[i\]|\\item|\\forall|\\\w+(?=\s*§)|\\(?=\s*[\[\]()$])"
)
_TOKEN: Final = re.compile(r"§\w*§")


def _domains(question: Part, memberships: list[Chain], words: str) -> Iterator[tuple[str, Domain]]:
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


def _traits(text: str) -> Iterator[str]:
    lower = text.lower()
    for found in dict.fromkeys(_TRAIT.findall(lower)):
        yield {"one-to-one": "injective", "non-constant": "nonconstant", "polynomials": "polynomial"}.get(found, found)
    coefficients = _INTEGRAL.search(lower)
    if coefficients is not None:
        yield "integral" if coefficients[1].startswith("int") else "rational"
