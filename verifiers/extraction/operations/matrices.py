"""Facts about matrices and vectors, written out or known by a letter: products, determinants, inverses, eigenvalues.

Two matrices side by side with nothing done to them state an unknown, and so does a matrix of unknowns; neither is a
claim. Nothing is read in a text that calculates modulo a number.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from verifiers.claims import Claim, MatrixFact
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, Unit, app, free_symbols, heads, num, walk
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.reading.told import END, IS, F, G, asserting, claim, hedged, slot
from verifiers.verdicts import Remark

_MATRICES: Final = frozenset({"matrix", "determinant", "inverse", "transpose", "trace", "rank", "dot", "cross"})
_UNREADABLE: Final = frozenset({
    "ellipsis", "pm", "mp", "quantity", "such_that", "set", "list", "call", "prime", "derivative", "integral", "limit",
})  # fmt: skip
_MEANT: Final = (Mood.ASSERTED, Mood.DEFINED, Mood.QUOTED)
_MODULAR: Final = re.compile(r"\bmod\b|\\[bp]?mod|\bmodulo\b")
_ABOUT: Final = re.compile(r"matri|\\det|vector|\\times|\\cdot|·|×|product")
_GENERIC: Final = frozenset({"a", "b", "c", "d", "lambda", "theta", "phi"})
"""Letters of cells that stand for any number."""
UNARY: Final[Mapping[str, Literal["determinant", "inverse", "transpose", "trace", "rank"]]] = {
    "determinant": "determinant", "inverse": "inverse", "transpose": "transpose", "trace": "trace", "rank": "rank",
}  # fmt: skip


def find(document: Document) -> Iterator[Claim | Remark]:
    """Links of chains and sentences about matrices."""
    texts = [part.text.lower() for part in (document.question, *document.steps)]
    modular = any("mod" in text and _MODULAR.search(text) for text in texts)
    if modular or not any(_ABOUT.search(text) for text in texts):
        return
    known = _known(document)
    for part in document.steps:
        for chain in part.chains:
            if chain.mood not in _MEANT:
                continue
            for index, relation in enumerate(chain.relations):
                left, right = chain.terms[index], chain.terms[index + 1]
                if relation != "eq" or left.expr is None or right.expr is None:
                    continue
                formula = fact(left.expr, right.expr, known, part.text[left.start : left.end])
                if formula is not None:
                    yield claim(part, left.start, right.end, formula)
        yield from _in_words(part, known)


def _known(document: Document) -> Mapping[str, Expr]:
    """Matrices and vectors by their letter; one with two different values is left out."""
    found: dict[str, Expr | None] = {}
    for part in (document.question, *document.steps):
        for chain in part.chains:
            named = _named(chain) if part.is_question or chain.mood in _MEANT else None
            if named is not None and found.setdefault(named[0], named[1]) != named[1]:
                found[named[0]] = None
    return {name: value for name, value in found.items() if value is not None}


def _named(chain: Chain) -> tuple[str, Expr] | None:
    if not chain.relations or chain.relations[0] != "eq":
        return None
    name, value = chain.terms[0].expr, chain.terms[1].expr
    arrow = isinstance(name, Apply) and name.head == "vector" and len(name.args) == 1
    if arrow and isinstance(name, Apply):
        name = name.args[0]
    if not isinstance(name, Sym) or (name.name.isupper() and len(name.name) > 1):
        return None
    if not isinstance(value, Apply) or free_symbols(value):
        return None
    if value.head == "matrix":
        return name.name, value
    if value.head == "tuple" and len(value.args) in (2, 3) and (arrow or name.name.islower()):
        return name.name, _column(value)
    return None


def _column(vector: Apply) -> Expr:
    return Apply("matrix", tuple(app("row", a) for a in vector.args))


def fact(left: Expr, right: Expr, known: Mapping[str, Expr], written: str) -> MatrixFact | None:
    used = heads(left) | heads(right)
    if used & _UNREADABLE or any(isinstance(n, Text | Unit) for side in (left, right) for n in walk(side)):
        return None
    product = _vectors(left, right, known, written)
    if product is not None:
        return product
    if "tuple" in used:
        return None
    a, b = put_in(left, known), put_in(right, known)
    size = next((len(n.args) for n in walk(a) if isinstance(n, Apply) and n.head == "matrix"), 0)
    a, b = _with_identity(a, size), _with_identity(b, size)
    if not heads(a) & _MATRICES or not isinstance(a, Apply) or not _is_settled(a, b):
        return None
    if a.head == "matrix":
        reduced = isinstance(left, Sym) and isinstance(b, Apply) and b.head not in ("matrix", "tuple")
        return MatrixFact(operation="equal", operands=(b,), result=a) if reduced and "matrix" in heads(b) else None
    if a.head in UNARY and isinstance(a.args[0], Apply) and a.args[0].head == "matrix":
        return MatrixFact(operation=UNARY[a.head], operands=a.args, result=b)
    whole = all(isinstance(arg, Apply) and arg.head == "matrix" for arg in a.args)
    if a.head in ("mul", "add") and whole:
        return MatrixFact(operation="product" if a.head == "mul" else "sum", operands=a.args, result=b)
    return MatrixFact(operation="equal", operands=(a,), result=b)


def _is_settled(left: Expr, right: Expr) -> bool:
    """Numbers only, or the same generic letters on both sides."""
    letters = free_symbols(left)
    return letters == free_symbols(right) and letters <= _GENERIC


def put_in(expr: Expr, known: Mapping[str, Expr]) -> Expr:
    """The tree with the matrices for their letters, and the signs that mean something else about a matrix."""
    if isinstance(expr, Sym):
        factors = tuple(known[letter] for letter in expr.name if letter in known)
        run = expr.name.isupper() and len(factors) == len(expr.name) > 1 and expr.name not in known
        return Apply("mul", factors) if run else known.get(expr.name, expr)
    if not isinstance(expr, Apply) or expr.head == "matrix":
        return expr
    if expr.head == "vector" and len(expr.args) == 1 and isinstance(expr.args[0], Sym):
        return known.get(expr.args[0].name, expr)
    args = tuple(put_in(a, known) for a in expr.args)
    if args and _is_matrix(args[0]):
        if expr.head == "abs" and _is_square(args[0]):
            return Apply("determinant", args)
        if expr.head == "pow" and args[1] in (Sym("T"), Sym("t"), Sym("top")):
            return Apply("transpose", args[:1])
        if expr.head == "pow" and isinstance(args[1], Num) and args[1].value == -1:
            return Apply("inverse", args[:1])
    return Apply(expr.head, args)


def _is_matrix(expr: Expr) -> bool:
    return isinstance(expr, Apply) and expr.head == "matrix"


def _is_square(expr: Expr) -> bool:
    rows = expr.args if isinstance(expr, Apply) else ()
    return all(isinstance(row, Apply) and len(row.args) == len(rows) for row in rows)


def _with_identity(expr: Expr, size: int) -> Expr:
    """`I` as a matrix of that size."""
    if expr in (Sym("I"), Sym("I_2"), Sym("I_3")) and 0 < size <= 6:
        rows = ([num(int(i == j)) for j in range(size)] for i in range(size))
        return Apply("matrix", tuple(app("row", *row) for row in rows))
    if not isinstance(expr, Apply) or expr.head == "matrix":
        return expr
    return Apply(expr.head, tuple(_with_identity(a, size) for a in expr.args))


def _vectors(left: Expr, right: Expr, known: Mapping[str, Expr], written: str) -> MatrixFact | None:
    """`u · v` and `u × v`, told apart by what comes out."""
    if not isinstance(left, Apply) or left.head not in ("mul", "dot", "cross") or len(left.args) != 2:
        return None
    pair = tuple(_vector(a, known) for a in left.args)
    if None in pair or free_symbols(right) or not re.search(r"\\cdot|·|\\times|×|\\bullet", written):
        return None
    across = re.search(r"\\times|×", written) is not None
    result = _vector(right, known) if isinstance(right, Apply) and right.head in ("tuple", "matrix") else right
    number = result is not None and not heads(result) & {"matrix", "tuple"}
    if result is None or number == across:
        return None
    operands = tuple(operand for operand in pair if operand is not None)
    return MatrixFact(operation="product", operands=operands, result=result)


def _vector(expr: Expr, known: Mapping[str, Expr]) -> Expr | None:
    """A column of numbers."""
    if isinstance(expr, Apply) and expr.head == "vector" and len(expr.args) == 1:
        expr = expr.args[0]
    if isinstance(expr, Sym):
        expr = known.get(expr.name, expr)
    if not isinstance(expr, Apply) or free_symbols(expr):
        return None
    if expr.head == "tuple" and len(expr.args) in (2, 3):
        return _column(expr)
    single = all(isinstance(row, Apply) and len(row.args) == 1 for row in expr.args)
    return expr if expr.head == "matrix" and single and len(expr.args) > 1 else None


# In words.

_KEYWORD: Final = re.compile(r"determinant|inverse|transpose|trace|rank|eigenvalue|dot product|cross product")
_OF: Final = re.compile(
    rf"\bthe (?P<op>determinant|inverse|transpose|trace|rank) of (?:the matrix |matrix )?{F}{IS}{G}{END}",
    re.IGNORECASE,
)
_HAS: Final = re.compile(
    rf"(?:^|[,;:]\s)\s*(?:[Tt]he matrix |[Mm]atrix )?(?P<f>\$?[A-Z]\b.{{0,120}}?) has (?P<op>determinant|trace|rank)"
    rf" {G}{END}"
)
_PRODUCT: Final = re.compile(
    rf"\bthe (?P<op>dot|cross|scalar|inner|vector) product of {F} and (?P<h>\S.{{0,79}}?){IS}{G}{END}", re.IGNORECASE
)
_EIGENVALUES: Final = re.compile(
    r"\bthe (?:two |three )?eigenvalues (?:of (?:the matrix |matrix )?(?P<f>\S.{0,159}?) )?are:? (?P<g>\S.{0,120}?)"
    r"(?=[.;:]?\s*$|[.;]\s)",
    re.IGNORECASE,
)
_JOIN: Final = re.compile(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+")


def _in_words(part: Part, known: Mapping[str, Expr]) -> Iterator[Claim]:
    for sentence, text in asserting(part, _KEYWORD):
        for pattern in (_OF, _HAS, _PRODUCT, _EIGENVALUES):
            for match in pattern.finditer(text):
                if hedged(text[: match.start()]):
                    break
                formula = _told(match, known) if "op" in pattern.groupindex else _eigenvalues(match, known)
                if formula is not None:
                    yield claim(part, sentence.start + match.start(), sentence.start + match.end("g"), formula)


def _told(match: re.Match[str], known: Mapping[str, Expr]) -> MatrixFact | None:
    operand, result = slot(match["f"]), slot(match["g"])
    if operand is None or result is None or free_symbols(result) - known.keys():
        return None
    operation = match["op"].lower()
    if "h" in match.groupdict():
        other = slot(match["h"])
        sign = "×" if operation in ("cross", "vector") else "·"
        return None if other is None else _vectors(app("mul", operand, other), result, known, sign)
    operand, result = put_in(operand, known), put_in(result, known)
    if not _is_matrix(operand) or free_symbols(operand) or heads(result) & _UNREADABLE:
        return None
    return MatrixFact(operation=UNARY[operation], operands=(operand,), result=result)


def _eigenvalues(match: re.Match[str], known: Mapping[str, Expr]) -> MatrixFact | None:
    """All eigenvalues of a matrix; without its name, of the only one there is."""
    square = [matrix for matrix in known.values() if _is_square(matrix)]
    operand = slot(match["f"]) if match["f"] else square[0] if len(square) == 1 else None
    operand = None if operand is None else put_in(operand, known)
    values = [slot(piece) for piece in _JOIN.split(match["g"])]
    if operand is None or not _is_matrix(operand) or free_symbols(operand) or None in values:
        return None
    members = tuple(value for value in values if value is not None)
    if any(free_symbols(m) or heads(m) & _UNREADABLE or m == Const("i") for m in members):
        return None
    return MatrixFact(operation="eigenvalues", operands=(operand,), result=Apply("set", members))
