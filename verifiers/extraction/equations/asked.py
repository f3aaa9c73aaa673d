"""What a question asks for, and the relations it gives: "find all real x such that …", "what is the value of a/b"."""

import re
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Sym, free_symbols, walk
from verifiers.extraction.document import Chain, Document, Part
from verifiers.extraction.formulas.derivations import relations, usable

_ASK: Final = re.compile(
    r"\b(?:find|determine|compute|calculate|evaluate|solve(?: for)?|what (?:is|are|must be)|give)\b", re.IGNORECASE
)
_ALLOWED: Final = re.compile(
    r"\b(?:the|all|both|possible|real|positive|negative|nonnegative|non-negative|integers?|integral|natural|whole|rational"
    r"|prime|values?|numbers?|solutions?|pairs?|triples?|triplets?|quadruples?|tuples?|ordered|of|for|product|sum|ratio"
    r"|expression|exact|numerical|ones?|every|each|any|sets?|real-valued|largest|smallest|least|greatest|maximum|minimum"
    r"|maximal|minimal|unique|following|equations?|system|to|roots?|variables?)\b|\(s\)|[$\\\[\](){}:*,]"
)
_EXTREME: Final = re.compile(r"\b(?:largest|smallest|least|greatest|maximum|minimum|maximal|minimal)\b")
_SORT: Final = re.compile(r"\b(?:integ\w+|natural|whole|rational|primes?|positive|negative|non-?negative|distinct)\b")
_AGGREGATE: Final = re.compile(r"\b(?:sum|product|ratio) of (?:all|the|its)\b|\bnumber of\b|\bhow many\b")
_FIGURE: Final = re.compile(
    r"triangle|quadrilateral|circle|polygon|square|rectang|segment|kite|trapezo|tetrahed|parallelogram|rhomb|hexagon"
    r"|pentagon|angle|cone|sphere|pyramid|prism|\bpoints?\b|\blines?\b|octagon|cube",
    re.IGNORECASE,
)
_EXAMPLE: Final = re.compile(r"\b(?:for example|e\.g\.|for instance|such as|example)\b", re.IGNORECASE)
_FREE: Final = re.compile(
    r"\b(?:such that|so that|satisfy|satisfying|satisfies|that|which|for|if|and|of|to|the|equations?|system|both|real"
    r"|numbers?|solutions?|simultaneously|is|are|where|following|given|inequality|hold|holds|true|solve)\b"
    r"|[$\\\[\](){}:*,.?&]|\\begin\{\w+\}|\\end\{\w+\}|\\qquad|\\quad"
)


_ENDED: Final = re.compile(
    r"^[\s$\\)\]}.,:;?]*(?:$|\b(?:such that|so that|satisf\w+|that|which|if|for|given|where|and|of the|to the|when|in"
    r"|whenever|is|are|with|simultaneously)\b|\n)",
    re.IGNORECASE,
)


class Asked(msgspec.Struct, frozen=True):
    """`target` is the expression, letter or tuple of letters whose value is asked; `every` says that all values are
    wanted and that nothing but the given relations restricts them.
    """

    target: Expr
    given: tuple[Expr, ...]
    every: bool
    restricted: bool = False
    """The words of the request name a sort of number: "all integer values of x"."""


def asked(question: Part) -> Asked | None:
    """What the last request of the question asks for; None where it is no value under relations."""
    found = None
    for match in _ASK.finditer(question.text):
        after = [c for c in question.chains if c.start >= match.end()]
        if after:
            found = match, after[0]
    if found is None:
        return None
    match, chain = found
    words = question.text[match.end() : chain.start].lower()
    if len(words) > 80 or _ALLOWED.sub("", words).strip(" \n&.-") or _AGGREGATE.search(words):
        return None
    given = tuple(r for c in question.chains if usable(c) and not _example(question, c) for r in relations(c))
    target = _target(chain, match.group().lower())
    if target is None or not given or _is_figure(question, (target, *given)):
        return None
    if not _ENDED.match(question.text[chain.end :]):
        return None
    every = "all" in words.split() or "values of" in words or match.group().lower().startswith("solve")
    every = every and not _EXTREME.search(words)
    every = every and _only_relations(question, match.start(), chain)
    return Asked(target, given, every, restricted=_SORT.search(words) is not None)


def _is_figure(question: Part, trees: tuple[Expr, ...]) -> bool:
    """Geometry, where `A B` is a segment and no product."""
    if _FIGURE.search(question.text) is None:
        return False
    products = (n.args for t in trees for n in walk(t) if isinstance(n, Apply) and n.head == "mul")
    return any(sum(isinstance(a, Sym) and a.name[:1].isupper() for a in args) > 1 for args in products)


def _target(chain: Chain, verb: str) -> Expr | None:
    first = chain.terms[0].expr
    if first is None:
        return None
    if not chain.relations:
        return first if free_symbols(first) else None
    letters = {name for t in chain.terms if t.expr is not None for name in free_symbols(t.expr)}
    if verb.startswith("solve") and len(letters) == 1:
        return Sym(letters.pop())
    return None


def _example(question: Part, chain: Chain) -> bool:
    sentence = question.sentences[chain.sentence]
    return _EXAMPLE.search(question.text[sentence.start : sentence.end]) is not None


def _only_relations(question: Part, request: int, target: Chain) -> bool:
    """Around the request there are only formulas and words like "such that"; every formula was read."""
    others = [c for c in question.chains if c != target]
    if not all(usable(c) and c.relations for c in others):
        return False
    pieces: list[str] = []
    position = 0
    for start, end in sorted([(request, target.end), *((c.start, c.end) for c in others)]):
        pieces.append(question.text[position:start])
        position = max(position, end)
    pieces.append(question.text[position:])
    return not _FREE.sub("", " ".join(pieces).lower()).strip(" \n&.-\\")


_RESTRICTING: Final = re.compile(
    r"\b(?:positive|negative|non-?negative|integ\w+|natural|whole|primes?|rational|interval|non-?zero|non-?trivial"
    r"|domain|valid|extraneous|reject\w*|discard\w*|between|acute|obtuse|lengths?|sides?|radius|ages?|digits?|ignor\w+"
    r"|disregard\w*|restrict\w*|range|case|cases|modulo|mod|complex|degrees|greater|less|larger|smaller|least|most"
    r"|largest|smallest|greatest|first|second|other)\b|[<>≤≥≠]|\\(?:leq?|geq?|neq?|lt|gt|in|mid|pmod|bmod)(?![a-zA-Z])",
    re.IGNORECASE,
)
_END_OF_TEXT: Final = (1 << 30, 0)


def first_restriction(document: Document) -> tuple[int, int]:
    """Step and offset of the first words that may restrict an unknown, so that solutions listed after them need not be
    all there are; a place after everything where there are none.
    """
    for part in (document.question, *document.steps):
        found = _RESTRICTING.search(part.text)
        if found is not None:
            return part.step, found.start()
    return _END_OF_TEXT


def unknowns(target: Expr) -> tuple[str, ...]:
    """The letters of a letter or a tuple of letters, else none."""
    if isinstance(target, Sym):
        return (target.name,)
    if isinstance(target, Apply) and target.head in ("tuple", "list") and all(isinstance(a, Sym) for a in target.args):
        return tuple(a.name for a in target.args if isinstance(a, Sym))
    return ()
