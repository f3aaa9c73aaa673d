"""Derivatives, integrals and limits, in formulas and in words.

An equation is a claim only where nothing in it is an unknown: `f'(x) = 0` asks where, `f'(x) = 2x` says what. Letters
beside the variable must be such as usually stand for constants, since anything else may depend on it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from verifiers.claims import Arithmetic, Calculus, Claim
from verifiers.evaluation.derivatives import derivative
from verifiers.evaluation.scalars import UnknownError
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, Unit, free_symbols, heads, substitute, walk
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.meaning.functions import CONSTANTS, Function, functions_of, unfolded
from verifiers.extraction.meaning.scope import scope_of
from verifiers.extraction.reading.told import END, GIVES, IS, F, G, asserting, claim, hedged, slot
from verifiers.verdicts import Remark

_HANDLED: Final = frozenset({"derivative", "prime", "integral", "limit"})
_UNREADABLE: Final = frozenset({
    "ellipsis", "pm", "mp", "quantity", "such_that", "set", "list", "matrix", "determinant", "vector", "tuple",
})  # fmt: skip
_MEANT: Final = (Mood.ASSERTED, Mood.DEFINED, Mood.QUOTED)
_OPERATIONS: Final[Mapping[str, Literal["integral", "limit"]]] = {"integral": "integral", "limit": "limit"}


def find(document: Document) -> Iterator[Claim | Remark]:
    """Links of chains and sentences about derivatives, integrals and limits."""
    functions = functions_of(document)
    valued = scope_of(document).valued
    for part in document.steps:
        for chain in part.chains:
            if chain.mood not in _MEANT:
                continue
            for index, relation in enumerate(chain.relations):
                left, right = chain.terms[index], chain.terms[index + 1]
                if relation not in ("eq", "approx") or right.expr is None:
                    continue
                formula: Calculus | Arithmetic | None = None
                result = unfolded(right.expr, functions)
                written = part.text[left.start : left.end]
                if (operand := _differentiated(chain, index, left.expr, written)) is not None:
                    formula = derived(*operand, 1, result)
                elif left.expr is not None and _BETWEEN_ENDS.search(written) and not free_symbols(left.expr):
                    formula = _formula_between(left.expr, result)
                elif left.expr is not None and (heads(left.expr) | heads(result)) & _HANDLED:
                    formula = _formula(left.expr, result, functions, valued)
                if formula is not None:
                    yield claim(part, left.start, right.end, formula)
        yield from _in_words(part, functions)


_BETWEEN_ENDS: Final = re.compile(r"\\right\s*[|\]]\s*_|[|\]]\s*_\{?[^|\]]{1,12}\}?\s*\^")
_PRIMED: Final = re.compile(r"^\s*(?:\\left)?[(\[](?P<inner>.{1,200}?)(?:\\right)?[)\]]'\s*$")
_OPERATOR: Final = re.compile(r"(?<![\w/])d/d(?P<x>[a-z])\s*$")


def _differentiated(chain: Chain, index: int, left: Expr | None, written: str) -> tuple[Expr, str] | None:
    """What stands in `(x^2 \\sin x)'` and after `d/dx`, with its letter."""
    operator = _OPERATOR.search(chain.lead) if index == 0 else None
    if operator is not None and left is not None:
        return left, operator["x"]
    primed = _PRIMED.match(written) if left is None else None
    if primed is None or re.search(r"\).*\(", primed["inner"]):
        return None
    operand = slot(primed["inner"])
    letter = None if operand is None else variable_of(operand)
    return None if operand is None or letter is None else (operand, letter)


def _formula_between(left: Expr, right: Expr) -> Arithmetic | None:
    """`[F(x)]_a^b` with numbers put in."""
    if free_symbols(right) or (heads(left) | heads(right)) & (_UNREADABLE | _HANDLED | {"call"}):
        return None
    return Arithmetic(relation=Apply("eq", (left, right)))


def _formula(
    left: Expr, right: Expr, functions: Mapping[str, Function], valued: frozenset[str]
) -> Calculus | Arithmetic | None:
    used = heads(left) | heads(right)
    if used & _UNREADABLE or any(isinstance(n, Text | Unit) for side in (left, right) for n in walk(side)):
        return None
    if not isinstance(left, Apply):
        return None
    if left.head == "derivative" and isinstance(left.args[1], Sym):
        order = _order(left.args[2:])
        operand = _operand(left.args[0], left.args[1].name, functions)
        return None if order is None else derived(operand, left.args[1].name, order, right)
    if left.head in ("prime", "call"):
        return _of_function(left, right, functions, valued)
    left = Apply(left.head, tuple(unfolded(a, functions) for a in left.args))
    if left.head == "integral" and isinstance(left.args[1], Sym) and len(left.args) == 2:
        return antiderived(left.args[0], left.args[1].name, right)
    if (heads(left) | heads(right)) & {"call", "prime", "derivative"}:
        return None
    if left.head == "limit":
        right = substitute(right, {"e": Const("e")})
    letters = free_symbols(left)
    if letters != free_symbols(right) or letters & valued or not letters <= CONSTANTS | {"x", "t", "h"}:
        return None
    if left.head in _OPERATIONS and isinstance(left.args[1], Sym) and not heads(right) & _HANDLED:
        return Calculus(
            operation=_OPERATIONS[left.head], operand=left.args[0], variable=left.args[1].name, result=right,
            bounds=left.args[2:],
        )  # fmt: skip
    return None if letters else Arithmetic(relation=Apply("eq", (left, right)))


def _order(written: tuple[Expr, ...]) -> int | None:
    """The order of a derivative, 1 where none is written."""
    if not written:
        return 1
    order = written[0]
    return int(order.value) if isinstance(order, Num) and order.value in (1, 2, 3, 4) else None


def _operand(expr: Expr, letter: str, functions: Mapping[str, Function]) -> Expr:
    """What is differentiated: `y` in `dy/dx` by its formula."""
    if isinstance(expr, Sym) and expr.name in functions and functions[expr.name].letter == letter:
        return functions[expr.name].body
    return unfolded(expr, functions)


def _alone(expr: Expr, letter: str) -> bool:
    """Whether the tree depends on the letter, and else on constants only."""
    letters = free_symbols(expr)
    return letter in letters and letters - {letter} <= CONSTANTS and not heads(expr) & (_HANDLED | {"call"})


def derived(operand: Expr, letter: str, order: int, result: Expr) -> Calculus | None:
    """The claim that `result` is the derivative of that order; None where it may be an equation to be solved."""
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


def _of_function(
    left: Apply, right: Expr, functions: Mapping[str, Function], valued: frozenset[str]
) -> Calculus | None:
    """`f'(x) = 2x`, `f'(2) = 4`, `y' = 2x` with f and y known."""
    prime = left if left.head == "prime" else left.args[0]
    if not isinstance(prime, Apply) or prime.head != "prime" or not isinstance(prime.args[0], Sym):
        return None
    name, order = prime.args[0].name, _order(prime.args[1:])
    if name not in functions or order is None or (left.head == "call" and len(left.args) != 2):
        return None
    letter, body = functions[name].letter, functions[name].body
    point = left.args[1] if left.head == "call" else Sym(letter)
    if point == Sym(letter):
        return derived(body, letter, order, right)
    if isinstance(point, Sym):
        moved = substitute(body, {letter: point})
        return None if point.name in valued or point.name in free_symbols(body) else (
            derived(moved, point.name, order, right))  # fmt: skip
    if free_symbols(point) | free_symbols(right) or not _alone(body, letter) or free_symbols(body) != {letter}:
        return None
    return Calculus(operation="derivative", operand=body, variable=letter, result=right, order=order, bounds=(point,))


_ADDED: Final = frozenset({"C", "c", "K"})
"""Names of the constant of integration."""


def antiderived(operand: Expr, letter: str, result: Expr) -> Calculus | None:
    """The claim that `result` is an antiderivative, with or without its constant."""
    if heads(result) & (_HANDLED | {"call"}) or heads(operand) & (_HANDLED | {"call"}):
        return None
    if not free_symbols(operand) <= {letter} | CONSTANTS or letter not in free_symbols(result):
        return None
    if not free_symbols(result) <= free_symbols(operand) | {letter} | _ADDED:
        return None
    return Calculus(operation="antiderivative", operand=operand, variable=letter, result=result)


# In words.

_KEYWORD: Final = re.compile(r"derivative|differentiat|integra|limit")
_BY: Final = r"(?:\s+with respect to\s+\$?(?P<x>[a-z])\$?)?"
_TOLD: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), operation)
    for pattern, operation in (
        (rf"\bthe (?P<nth>first |second |third )?derivative of {F}{_BY}{IS}{G}{END}", "derivative"),
        (rf"\bdifferentiating {F}{_BY}{GIVES}{G}{END}", "derivative"),
        (rf"\bthe (?:definite )?integral of {F}{_BY}\s+(?:from|between)\s+(?P<a>\S.{{0,29}}?)\s+(?:to|and)\s+"
         rf"(?P<b>\S.{{0,29}}?){IS}{G}{END}", "integral"),
        (rf"\b(?:the (?:indefinite )?integral|(?:an?|the)(?: general)? anti-?derivative) of {F}{_BY}{IS}{G}{END}",
         "antiderivative"),
        (rf"\bintegrating {F}{_BY}{GIVES}{G}{END}", "antiderivative"),
        (rf"(?:^|[,;:]\s)\s*{G}\s+is (?:an?|the)(?: general)? anti-?derivative of {F}{_BY}{END}", "antiderivative"),
        (rf"\bthe limit of {F}\s+as\s+\$?(?P<x>[a-z])\$?\s*(?:approaches|tends to|goes to|→|->|\\to)\s*"
         rf"(?P<a>\S.{{0,39}}?){IS}{G}{END}", "limit"),
    )
)  # fmt: skip
_NTH: Final = {"second ": 2, "third ": 3}


def _in_words(part: Part, functions: Mapping[str, Function]) -> Iterator[Claim]:
    for sentence, text in asserting(part, _KEYWORD):
        taken = 0
        for pattern, operation in _TOLD:
            match = pattern.search(text, taken)
            if match is None or hedged(text[: match.start()]):
                continue
            formula = _told(match, operation, functions)
            if formula is not None:
                taken = max(match.end("g"), match.end("f"))
                yield claim(part, sentence.start + _begin(match), sentence.start + taken, formula)


def _begin(match: re.Match[str]) -> int:
    return min(match.start("g"), match.start("f")) if match.start("g") < match.start("f") else match.start()


def _told(match: re.Match[str], operation: str, functions: Mapping[str, Function]) -> Calculus | None:
    operand, result = _known(match["f"], functions), _known(match["g"], functions)
    if operand is None or result is None:
        return None
    named = match.groupdict()
    letter = named.get("x") or variable_of(operand)
    if letter is None:
        return None
    if operation == "derivative":
        return derived(operand, letter, _NTH.get((named.get("nth") or "").lower(), 1), result)
    if operation == "antiderivative":
        return antiderived(operand, letter, result)
    ends = [slot(named[end].replace("infinity", "∞")) for end in ("a", "b") if named.get(end)]
    bounds = tuple(end for end in ends if end is not None)
    closed = not any(free_symbols(end) for end in (*bounds, result)) and free_symbols(operand) == {letter}
    if not closed or len(bounds) != len(ends) or heads(operand) & (_HANDLED | {"call"}):
        return None
    return Calculus(
        operation=_OPERATIONS[operation], operand=operand, variable=letter, result=result, bounds=bounds
    )  # fmt: skip


def _known(text: str, functions: Mapping[str, Function]) -> Expr | None:
    """The formula of a slot; a name alone is what it stands for."""
    tree = slot(text)
    if isinstance(tree, Sym) and tree.name in functions:
        return functions[tree.name].body
    return None if tree is None else unfolded(tree, functions)


def variable_of(operand: Expr) -> str | None:
    """The letter that a formula without further word is taken to depend on."""
    letters = free_symbols(operand)
    for usual in ("x", "t", "y", "z", "u", "r", "n"):
        if usual in letters:
            return usual
    return next(iter(letters)) if len(letters) == 1 else None
