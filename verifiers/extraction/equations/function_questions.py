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
from verifiers.extraction.equations.function_domains import DEFINED_ON, NAMED, SIGNATURE, WORDED, letter_domains, places
from verifiers.extraction.meaning.functions import called, calls_of

_RELATIONS: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_TRAIT: Final = re.compile(
    r"\b(continuous|differentiable|polynomials?|strictly increasing|injective|one-to-one|non-?constant)\b"
)
_INTEGRAL: Final = re.compile(r"\bwith (integer|integral|rational) coefficients\b")
_SILENT: Final = re.compile(
    rf"\b(?:here|note|the set of (?:all )?(?:the )?(?:{NAMED})|denotes?|be|let|where|as usual"
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
_LATEX: Final = re.compile(
    r"\\tag\s*\{[^{}]*\}|\\tag\s*\*?|\\begin\s*\{\w+\*?\}|\\end\s*\{\w+\*?\}|\\(?:quad|qquad|text|left|right|mathrm|displaystyle|,|;|!|:)"
    r"|\\mathbb\s*\{?\s*[RQZN]\s*\}?(?:[\^_](?:\{[^{}]*\}|[+*]))?|\[i\]|\\item|\\forall|\\\w+(?=\s*§)|\\(?=\s*[\[\]()$])"
)
_TOKEN: Final = re.compile(r"§\w*§")
_FURTHER: Final = re.compile(r"^[\s$\\\])]*(?:or\b|\\text\s*\{\s*or|mod\b|\\pmod|\(mod)")
UNFIT: Final = frozenset(
    {"set", "tuple", "list", "interval", "union", "matrix", "such_that", "ellipsis", "quantity", "prime", "derivative",
     "integral", "limit", "sum", "prod", "or", "and", "pm", "mp", "in", "congruent", "divides", "inverse", "vector"}
)  # fmt: skip
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
    between = places(question, name)
    if between is None and re.search(rf"(?<![a-zA-Z]){name}\s*(?::|\\colon)", text):
        return None
    words = _words(question, name, conditions)
    if words is None:
        return None
    domains: dict[str, Domain] = {}
    for letter, domain in letter_domains(question, memberships, words):
        if domains.setdefault(letter, domain) != domain:
            return None
    letters = set().union(*(free_symbols(c) for c in conditions))
    inside = {n for c in conditions for call in calls_of(c, name) for a in call.args[1:] for n in free_symbols(a)}
    if letters - inside - domains.keys() or any(len(n) > 1 for n in letters):
        return None
    known = {domains.get(n, "real") for n in inside}
    source, target = between or ((known.pop() if len(known) == 1 else "real"), "real")
    return Posed(
        function=name, source=source, target=target, conditions=tuple(conditions),
        domains=tuple(sorted((n, domains.get(n, source)) for n in letters)), restrictions=tuple(restrictions),
        traits=tuple(_traits(text)), asked=tuple(asked),
    )  # fmt: skip


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


def _links(chain: Chain) -> Iterator[Apply]:
    for left, relation, right in zip(chain.terms, chain.relations, chain.terms[1:], strict=False):
        if left.expr is not None and right.expr is not None:
            yield Apply(relation, (left.expr, right.expr))


def _each(relation: Apply) -> Iterator[Apply]:
    """`x, y > 0` as one relation for each letter."""
    left, right = relation.args
    members = left.args if isinstance(left, Apply) and left.head in ("list", "tuple") else (left,)
    yield from (Apply(relation.head, (member, right)) for member in members)


def _words(question: Part, name: str, conditions: list[Expr]) -> str | None:
    """The question's words, each formula as `§n§`; None where they hold one that is not understood."""
    text = question.text
    signature = SIGNATURE.search(text)
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
    bare = DEFINED_ON.sub(" ", WORDED.sub(" ", words))
    bare = _VALUED.sub(" ", bare)
    bare = _SILENT.sub(" ", bare)
    left = _TOKEN.sub(" ", bare)
    return words if not re.search(r"[^\W_]", left) else None


def _traits(text: str) -> Iterator[str]:
    lower = text.lower()
    for found in dict.fromkeys(_TRAIT.findall(lower)):
        yield {"one-to-one": "injective", "non-constant": "nonconstant", "polynomials": "polynomial"}.get(found, found)
    coefficients = _INTEGRAL.search(lower)
    if coefficients is not None:
        yield "integral" if coefficients[1].startswith("int") else "rational"
