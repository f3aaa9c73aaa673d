"""Derivatives, integrals, limits, matrices and rewritings, in formulas and in words.

An equation is a claim only where nothing in it is an unknown: `f'(x) = 0` asks where, `f'(x) = 2x` says what. Letters
beside the variable must be such as usually stand for constants, since anything else may depend on it.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

from verifiers.claims import Arithmetic, Calculus, Claim, Formula, MatrixFact, Rewrite, Span
from verifiers.evaluation.derivatives import derivative
from verifiers.evaluation.scalars import UnknownError
from verifiers.expr import Apply, Expr, Num, Sym, Text, Unit, free_symbols, heads, walk
from verifiers.extraction.document import Document, Mood, Part
from verifiers.extraction.scope import Scope, scope_of
from verifiers.notation.reading import Options, Unread, read
from verifiers.verdicts import Remark

_CONSTANTS: Final = frozenset("abckmnpqrABC")
_HANDLED: Final = frozenset({
    "derivative", "prime", "integral", "limit", "matrix", "determinant", "inverse", "transpose", "trace", "rank",
})  # fmt: skip
_MATRICES: Final = frozenset({"matrix", "determinant", "inverse", "transpose", "trace", "rank"})
_UNREADABLE: Final = frozenset({"ellipsis", "pm", "mp", "quantity", "such_that", "set", "list"})
_KEYWORD: Final = re.compile(
    r"derivative|differentiat|integra|limit|factor|expand|simplif|determinant|inverse|transpose|trace|rank",
    re.IGNORECASE,
)
_LONGEST: Final = 500


def find(document: Document) -> Iterator[Claim | Remark]:
    scope = scope_of(document)
    for part in document.steps:
        for chain in part.chains:
            if chain.mood not in (Mood.ASSERTED, Mood.DEFINED):
                continue
            for index, relation in enumerate(chain.relations):
                left, right = chain.terms[index], chain.terms[index + 1]
                if relation not in ("eq", "approx") or left.expr is None or right.expr is None:
                    continue
                if not (heads(left.expr) | heads(right.expr)) & _HANDLED:
                    continue
                formula = _formula(left.expr, right.expr, scope, (part.step, chain.start))
                if formula is not None:
                    yield _claim(part, left.start, right.end, formula)
        yield from _in_words(part)


def _claim(part: Part, start: int, end: int, formula: Formula) -> Claim:
    return Claim(span=Span(part.step, start, end), text=part.text[start:end], formula=formula)


def _formula(left: Expr, right: Expr, scope: Scope, place: tuple[int, int]) -> Formula | None:
    used = heads(left) | heads(right)
    if used & _UNREADABLE or any(isinstance(n, Text | Unit) for side in (left, right) for n in walk(side)):
        return None
    if used & _MATRICES:
        return _matrix(left, right, scope, place)
    if not isinstance(left, Apply):
        return None
    if left.head == "derivative" and isinstance(left.args[1], Sym):
        order = left.args[2] if len(left.args) == 3 else None
        if order is None or (isinstance(order, Num) and order.value in (2, 3, 4)):
            return _derivative(
                left.args[0], left.args[1].name, int(order.value) if isinstance(order, Num) else 1, right
            )
    if left.head == "call":
        return _of_function(left, right, scope, place)
    if left.head == "integral" and isinstance(left.args[1], Sym) and len(left.args) == 2:
        return _antiderivative(left.args[0], left.args[1].name, right)
    if free_symbols(left) | free_symbols(right) or used & {"call", "prime", "derivative"}:
        return None
    if left.head in ("integral", "limit") and isinstance(left.args[1], Sym) and not heads(right) & _HANDLED:
        return Calculus(
            operation="integral" if left.head == "integral" else "limit",
            operand=left.args[0],
            variable=left.args[1].name,
            result=right,
            bounds=left.args[2:],
        )
    return Arithmetic(relation=Apply("eq", (left, right)))


def _alone(expr: Expr, letter: str) -> bool:
    """Whether the tree depends on the letter, and else on constants only."""
    letters = free_symbols(expr)
    return letter in letters and letters - {letter} <= _CONSTANTS and not heads(expr) & (_HANDLED | {"call"})


def _derivative(operand: Expr, letter: str, order: int, result: Expr) -> Calculus | None:
    if not _alone(operand, letter) or heads(result) & (_HANDLED | {"call"}):
        return None
    if not free_symbols(result) <= free_symbols(operand):
        return None
    if letter not in free_symbols(result) and _varies(operand, letter, order):
        return None
    return Calculus(operation="derivative", operand=operand, variable=letter, result=result, order=order)


def _varies(operand: Expr, letter: str, order: int) -> bool:
    """Whether the derivative still depends on the letter, so that setting it to a number is an equation."""
    try:
        for _ in range(order):
            operand = derivative(operand, letter)
    except UnknownError:
        return True
    return letter in free_symbols(operand)


def _of_function(left: Apply, right: Expr, scope: Scope, place: tuple[int, int]) -> Calculus | None:
    """`f'(x) = 2x`, `f'(2) = 4` with f known."""
    prime = left.args[0]
    if not isinstance(prime, Apply) or prime.head != "prime" or len(left.args) != 2:
        return None
    name, order = prime.args[0], prime.args[1] if len(prime.args) == 2 else None
    if not isinstance(name, Sym) or (order is not None and not isinstance(order, Num)):
        return None
    context = scope.context(place, {name.name})
    found = [(letters, body) for f, letters, body in context.functions if f == name.name]
    if len(found) != 1 or len(found[0][0]) != 1:
        return None
    letter, body = found[0][0][0], found[0][1]
    times = int(order.value) if isinstance(order, Num) else 1
    point = left.args[1]
    if point == Sym(letter):
        return _derivative(body, letter, times, right)
    if free_symbols(point) | free_symbols(right) or not _alone(body, letter) or free_symbols(body) != {letter}:
        return None
    return Calculus(operation="derivative", operand=body, variable=letter, result=right, order=times, bounds=(point,))


def _antiderivative(operand: Expr, letter: str, result: Expr) -> Calculus | None:
    if heads(result) & (_HANDLED | {"call"}) or not free_symbols(operand) <= {letter} | _CONSTANTS:
        return None
    if letter not in free_symbols(result) or not free_symbols(result) <= free_symbols(operand) | {
        letter,
        "C",
        "c",
        "K",
    }:
        return None
    return Calculus(operation="antiderivative", operand=operand, variable=letter, result=result)


_UNARY: Final[dict[str, Literal["determinant", "inverse", "transpose", "trace", "rank"]]] = {
    "determinant": "determinant", "inverse": "inverse", "transpose": "transpose", "trace": "trace", "rank": "rank",
}  # fmt: skip


def _matrix(left: Expr, right: Expr, scope: Scope, place: tuple[int, int]) -> MatrixFact | None:
    """Facts about matrices of numbers. Two matrices side by side with nothing done to them state an unknown."""
    if free_symbols(left) | free_symbols(right) or heads(left) & {"call", "prime", "derivative", "integral", "limit"}:
        return None
    if not isinstance(left, Apply) or left.head == "matrix":
        return None
    if left.head in _UNARY and isinstance(left.args[0], Apply) and left.args[0].head == "matrix":
        return MatrixFact(operation=_UNARY[left.head], operands=left.args, result=right)
    if left.head == "mul" and all(isinstance(a, Apply) and a.head == "matrix" for a in left.args):
        return MatrixFact(operation="product", operands=left.args, result=right)
    if left.head == "add" and all(isinstance(a, Apply) and a.head == "matrix" for a in left.args):
        return MatrixFact(operation="sum", operands=left.args, result=right)
    return MatrixFact(operation="equal", operands=(left,), result=right)


# In words.

_F: Final = r"(?P<f>\S.{0,159}?)"
_G: Final = r"(?P<g>\S.{0,159}?)"
_END: Final = r"(?=[.,;:]?\s*$|[.,;]\s|\s(?:and|so|because|since|which|by|using|for)\b)"
_IS: Final = r"\s+(?:is(?: equal to| simply| just)?|equals|=|would be)\s+"
_GIVES: Final = r",?\s+(?:gives(?: us)?|yields|we (?:get|obtain|have)|results in|is|equals)\s+"
_BY: Final = r"(?:\s+with respect to\s+\$?(?P<x>[a-z])\$?)?"

_CALCULUS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), operation)
    for pattern, operation in (
        (rf"\bthe (?:first )?derivative of {_F}{_BY}{_IS}{_G}{_END}", "derivative"),
        (rf"\bdifferentiating {_F}{_BY}{_GIVES}{_G}{_END}", "derivative"),
        (rf"\b(?:the (?:indefinite )?integral|an? anti-?derivative) of {_F}{_BY}{_IS}{_G}{_END}", "antiderivative"),
        (rf"\bintegrating {_F}{_BY}{_GIVES}{_G}{_END}", "antiderivative"),
    )
)  # fmt: skip
_REWRITES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (rf"^\W*{_F}\s+(?:factors|can be factored|factori[sz]es|is factored) (?:as|into|to)\s+{_G}{_END}", "factor"),
        (rf"\bfactor(?:ing|i[sz]ing)? (?:the \w+ )?{_F}{_GIVES}{_G}{_END}", "factor"),
        (rf"^\W*{_F}\s+(?:expands|can be expanded|is expanded) (?:as|into|to)\s+{_G}{_END}", "expand"),
        (rf"\bexpanding {_F}{_GIVES}{_G}{_END}", "expand"),
        (rf"^\W*{_F}\s+(?:simplifies|can be simplified|is simplified) to\s+{_G}{_END}", "simplify"),
        (rf"\bsimplifying {_F}{_GIVES}{_G}{_END}", "simplify"),
    )
)  # fmt: skip
_LIMIT: Final = re.compile(
    rf"\bthe limit of {_F}\s+as\s+\$?(?P<x>[a-z])\$?\s*(?:approaches|tends to|goes to|→|->|\\to)\s*"
    rf"(?P<a>\S.{{0,39}}?){_IS}{_G}{_END}",
    re.IGNORECASE,
)
_MATRIX: Final = re.compile(
    rf"\bthe (?P<op>determinant|inverse|transpose|trace|rank) of (?:the matrix )?{_F}{_IS}{_G}{_END}", re.IGNORECASE
)
_HEDGED: Final = re.compile(
    r"\b(?:if|suppose|assume|whether|not|n't|find|compute|determine|what|let|would|could|should|might|may|unless|want"
    r"|need|says?|said|claims?|thinks?|thought|try|trying|can we|set)\b",
    re.IGNORECASE,
)


def _in_words(part: Part) -> Iterator[Claim]:
    for sentence in part.sentences:
        if sentence.mood is not Mood.ASSERTED or sentence.end - sentence.start > _LONGEST:
            continue
        text = part.text[sentence.start : sentence.end]
        if not _KEYWORD.search(text) or text.rstrip().endswith("?"):
            continue
        found = _matched(text)
        if found is None:
            continue
        match, formula = found
        if not _HEDGED.search(text[: match.start()]):
            yield _claim(part, sentence.start + match.start(), sentence.start + match.end("g"), formula)


def _matched(text: str) -> tuple[re.Match[str], Formula] | None:
    for pattern, operation in _CALCULUS:
        if (match := pattern.search(text)) and (formula := _told(match, operation)):
            return match, formula
    for pattern, form in _REWRITES:
        if (match := pattern.search(text)) and (rewritten := _rewrite(match, form)):
            return match, rewritten
    if (match := _LIMIT.search(text)) and (limit := _told_limit(match)):
        return match, limit
    if (match := _MATRIX.search(text)) and (fact := _told_matrix(match)):
        return match, fact
    return None


_WORD: Final = re.compile(r"(?<![\\a-zA-Z])[a-zA-Z]{3,}")
_NAMES: Final = frozenset(
    {
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "log",
        "exp",
        "sqrt",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
    }
)
_LEAD: Final = re.compile(
    r"^(?:the |this |that )?(?:(?:function|expression|polynomial|quadratic|equation|numerator|denominator|matrix"
    r"|product|fraction|trinomial|binomial|integrand|left side|right side)\s+)+",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"\\[()\[\]]|\$|\*\*|`")


def _slot(text: str) -> Expr | None:
    """The formula that a stretch of a sentence is, without its name: `f(x) = x^2` is `x^2`."""
    bare = _LEAD.sub("", _MARKS.sub("", text).strip()).strip(" .,;:")
    if not bare or any(word not in _NAMES for word in _WORD.findall(re.sub(r"\\[a-zA-Z]+|\{\w*matrix\}", " ", bare))):
        return None
    tree = read(bare, Options(syntax="latex") if "\\" in bare else Options())
    if isinstance(tree, Unread):
        return None
    if isinstance(tree, Apply) and tree.head == "eq":
        name = tree.args[0]
        if not isinstance(name, Sym) and not (isinstance(name, Apply) and name.head == "call"):
            return None
        tree = tree.args[1]
    relation = isinstance(tree, Apply) and tree.head in ("eq", "ne", "lt", "le", "gt", "ge", "approx", "and", "or")
    return None if relation or any(isinstance(n, Text | Unit) for n in walk(tree)) else tree


def _variable(operand: Expr, named: str | None) -> str | None:
    letters = free_symbols(operand)
    if named:
        return named
    for usual in ("x", "t", "y", "z", "u", "r", "n"):
        if usual in letters:
            return usual
    return next(iter(letters)) if len(letters) == 1 else None


def _told(match: re.Match[str], operation: str) -> Calculus | None:
    operand, result = _slot(match["f"]), _slot(match["g"])
    if operand is None or result is None:
        return None
    letter = _variable(operand, match["x"])
    if letter is None:
        return None
    if operation == "derivative":
        return _derivative(operand, letter, 1, result)
    return _antiderivative(operand, letter, result)


def _told_limit(match: re.Match[str]) -> Calculus | None:
    operand, point, result = _slot(match["f"]), _slot(match["a"].replace("infinity", "∞")), _slot(match["g"])
    if operand is None or point is None or result is None or free_symbols(operand) != {match["x"]}:
        return None
    if free_symbols(point) | free_symbols(result):
        return None
    return Calculus(operation="limit", operand=operand, variable=match["x"], result=result, bounds=(point,))


def _rewrite(match: re.Match[str], form: str) -> Rewrite | None:
    source, target = _slot(match["f"]), _slot(match["g"])
    if source is None or target is None or not free_symbols(source) or heads(source) & {"call", "ellipsis", "pm"}:
        return None
    if free_symbols(source) != free_symbols(target) and form != "simplify":
        return None
    forms: dict[str, Literal["factor", "expand", "simplify"]] = {
        "factor": "factor", "expand": "expand", "simplify": "simplify",
    }  # fmt: skip
    return Rewrite(source=source, target=target, form=forms[form])


def _told_matrix(match: re.Match[str]) -> MatrixFact | None:
    operand, result = _slot(match["f"]), _slot(match["g"])
    if not isinstance(operand, Apply) or operand.head != "matrix" or result is None:
        return None
    if free_symbols(operand) | free_symbols(result):
        return None
    return MatrixFact(operation=_UNARY[match["op"].lower()], operands=(operand,), result=result)
