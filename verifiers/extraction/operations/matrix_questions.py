"""Questions that give matrices by name or written out and ask for what is made of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from verifiers.claims import MatrixFact
from verifiers.expr import Apply, Expr, Sym, Text, app, free_symbols, heads, num
from verifiers.extraction.operations.matrices import UNARY, fact, put_in
from verifiers.extraction.reading.told import F, slot
from verifiers.extraction.results.bare import delimited
from verifiers.extraction.results.problem import FORMAT
from verifiers.extraction.results.skeleton import Skeleton, skeleton
from verifiers.notation.reading import Unread, read

_RELEVANT: Final = re.compile(r"matri|\\det|\[\[")
_FIND: Final = r"(?:please )?(?:find|compute|calculate|determine|evaluate|give|what is|what are|what's|work out) "
_KNOWN: Final = re.compile(
    r"(?:(?:let|given|consider|suppose|if|for|define)(?: that)? )?(?:the )?(?:following )?(?:«\d+» by «\d+» )?"
    r"(?:matrix |matrices |vectors? )?(?P<all>«\d+»(?:(?:,? and (?:let )?|, (?:and )?)«\d+»)*)"
)
_WHERE: Final = re.compile(
    r"(?P<ask>.+?),? (?:if|when|where|given(?: that)?"
    r"|for) (?P<given>(?:the matri\w+ )?«\d+»(?:(?:,? and |, )«\d+»)*)"
)
_OPERATION: Final = re.compile(
    rf"{_FIND}(?:the )?(?P<op>determinant|inverse|transpose|trace|rank|eigenvalues|square) of (?:the )?(?:following )?"
    r"(?:«\d+» by «\d+» )?(?:matrix |matrices |matrix product |product )?«(?P<f>\d+)»"
)
_FOLD: Final = re.compile(
    rf"{_FIND}(?:the )?(?:matrix )?(?P<op>product|sum) (?:of )?(?:the )?(?:matrices )?«(?P<a>\d+)» and «(?P<b>\d+)»"
)
_PLAIN: Final = re.compile(rf"{_FIND}(?:the )?(?:matrix |matrix product |product |value of |determinant )?«(?P<f>\d+)»")
_EIGENVALUES: Final = re.compile(rf"{_FIND}(?:the |its |all (?:the )?)?eigenvalues")
_SINGLE: Final = re.compile(
    rf"\s*{_FIND}the (?P<op>determinant|inverse|transpose|trace|rank) of (?:the )?(?:matrix )?{F}\s*[.?]?\s*$",
    re.IGNORECASE,
)
_LONGEST: Final = 600


def asked(question: str, result: Sequence[str]) -> MatrixFact | None:
    """What a box claims of the matrices in the question; None where any word of it is not understood."""
    if len(question) > _LONGEST or len(result) != 1 or _RELEVANT.search(question) is None:
        return None
    if (single := _SINGLE.match(question)) is not None:
        operand = slot(single["f"])
        if isinstance(operand, Apply) and operand.head == "matrix" and not free_symbols(operand):
            return _claimed(app(UNARY[single["op"].lower()], operand), {}, result[0])
    text = skeleton(delimited(question))
    if text is None:
        return None
    sentences = [s for s in text.sentences if not FORMAT.match(s)]
    if not sentences or len(sentences) > 4:
        return None
    last = sentences[-1]
    if (
        split := re.fullmatch(
            r"(?P<given>(?:if|for|given|let) .+?),? (?:then )?(?P<ask>(?:find|compute|what is|determine|calculate) .+)",
            last,
        )
    ) or (split := _WHERE.fullmatch(last)):
        sentences[-1:] = [split["given"]]
        last = split["ask"]
    else:
        sentences.pop()
    known = _known(sentences, text)
    return None if known is None else _fact(last, known, text, result[0])


def _known(sentences: Sequence[str], text: Skeleton) -> Mapping[str, Expr] | None:
    known: dict[str, Expr] = {}
    for sentence in sentences:
        match = _KNOWN.fullmatch(sentence)
        if match is None:
            return None
        for index in re.findall(r"«(\d+)»", match["all"]):
            tree = text.tree(index)
            if not isinstance(tree, Apply) or tree.head != "eq" or not isinstance(tree.args[0], Sym):
                return None
            name, value = tree.args[0].name, put_in(tree.args[1], known)
            if "matrix" not in heads(value) or free_symbols(value) or name in known:
                return None
            known[name] = value
    return known


def _fact(ask: str, known: Mapping[str, Expr], text: Skeleton, said: str) -> MatrixFact | None:
    if (match := _OPERATION.fullmatch(ask)) is not None:
        operand = _tree(text, match["f"], known)
        if operand is None:
            return None
        if match["op"] == "eigenvalues":
            return _eigenvalues(operand, said)
        return _claimed(
            app("pow", operand, num(2)) if match["op"] == "square" else app(UNARY[match["op"]], operand), known, said
        )
    if (match := _FOLD.fullmatch(ask)) is not None:
        pair = [_tree(text, match[name], known) for name in "ab"]
        trees = [tree for tree in pair if tree is not None]
        return (
            _claimed(Apply("mul" if match["op"] == "product" else "add", tuple(trees)), known, said)
            if len(trees) == 2
            else None
        )
    if (match := _PLAIN.fullmatch(ask)) is not None:
        tree = _tree(text, match["f"], known)
        if tree is None or not isinstance(tree, Apply) or tree.head == "matrix":
            return None
        return _claimed(app("determinant", tree) if "determinant «" in ask else tree, known, said)
    if _EIGENVALUES.fullmatch(ask) and len(known) == 1:
        return _eigenvalues(next(iter(known.values())), said)
    return None


def _tree(text: Skeleton, index: str, known: Mapping[str, Expr]) -> Expr | None:
    tree = text.tree(index)
    if isinstance(tree, Apply) and tree.head == "eq" and isinstance(tree.args[0], Sym) and not known:
        tree = tree.args[1]
    if isinstance(tree, Text) and tree.value.isupper():
        tree = Sym(tree.value)
    if tree is None or isinstance(tree, Text):
        return None
    tree = put_in(tree, known)
    return tree if "matrix" in heads(tree) and not free_symbols(tree) - {"I"} else None


def _claimed(tree: Expr, known: Mapping[str, Expr], said: str) -> MatrixFact | None:
    result = read(said)
    if isinstance(result, Unread):
        return None
    if isinstance(result, Apply) and result.head == "eq":
        result = result.args[-1]
    if free_symbols(result) or heads(result) & {"list", "set", "tuple", "pm", "eq", "ellipsis", "interval", "quantity"}:
        return None
    return fact(tree, result, known, "")


def _eigenvalues(operand: Expr, said: str) -> MatrixFact | None:
    result = read(said)
    values = None if isinstance(result, Unread) else _values(result)
    if not values or not isinstance(operand, Apply) or operand.head != "matrix":
        return None
    return MatrixFact(operation="eigenvalues", operands=(operand,), result=Apply("set", tuple(values)))


def _values(tree: Expr) -> list[Expr] | None:
    if isinstance(tree, Apply) and tree.head in ("list", "set", "or", "and"):
        parts = [_values(part) for part in tree.args]
        return None if None in parts else [value for part in parts if part is not None for value in part]
    if isinstance(tree, Apply) and tree.head == "eq" and isinstance(tree.args[0], Sym):
        return _values(tree.args[1])
    return (
        None if free_symbols(tree) or heads(tree) & {"eq", "pm", "matrix", "tuple", "ellipsis", "quantity"} else [tree]
    )
