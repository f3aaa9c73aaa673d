"""Propositional formulas: read from text, compared by their truth tables."""

import re
from itertools import product
from typing import Final

from verifiers.equality.outcome import Comparison, different, equal, undecided
from verifiers.expr import Apply, Const, Expr, Sym, free_symbols
from verifiers.verdicts import Witness

MOST_LETTERS: Final = 12
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<and>\\land\b|\\wedge\b|∧|&&?)|(?P<or>\\lor\b|\\vee\b|∨|\|\|?)|(?P<not>\\lnot\b|\\neg\b|¬|~|!)"
    r"|(?P<iff>\\leftrightarrow\b|\\Leftrightarrow\b|\\iff\b|↔|⇔|<->|<=>)"
    r"|(?P<implies>\\rightarrow\b|\\Rightarrow\b|\\implies\b|\\to\b|→|⇒|->|=>)"
    r"|(?P<open>\\left\(|[(\[])|(?P<close>\\right\)|[)\]])|(?P<letter>[A-Za-z](?:_\{?\w{1,3}\}?)?)(?![A-Za-z]))\s*"
)
_MARK: Final = re.compile(
    r"\\l(?:and|or|not)\b|\\wedge\b|\\vee\b|\\neg\b|[∧∨¬→↔]|\\to\b|\\(?:right|Right|leftright|Leftright)arrow\b"
)
_BINDING: Final = {"iff": 1, "implies": 2, "or": 3, "and": 4}
LONGEST: Final = 400


def read(text: str) -> Expr | None:
    """A formula of letters, ∧, ∨, ¬, →, ↔ and brackets, or `None` for any other text."""
    if len(text) > LONGEST or _MARK.search(text) is None:
        return None
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            return None
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    parser = _Parser(tokens)
    formula = parser.formula(0)
    return formula if formula is not None and parser.at == len(tokens) else None


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "end"

    def formula(self, least: int) -> Expr | None:
        left = self.operand()
        while left is not None and (binding := _BINDING.get(self.kind(), 0)) > least:
            head = self.kind()
            self.at += 1
            right = self.formula(binding - 1 if head == "implies" else binding)
            left = None if right is None else Apply(head, (left, right))
        return left

    def operand(self) -> Expr | None:
        kind = self.kind()
        self.at += 1
        if kind == "not":
            inner = self.operand()
            return None if inner is None else Apply("not", (inner,))
        if kind == "open":
            inner = self.formula(0)
            closed = self.kind() == "close"
            self.at += 1
            return inner if closed else None
        return Sym(self.tokens[self.at - 1][1]) if kind == "letter" else None


def is_formula(expr: Expr) -> bool:
    """Whether the tree is built from letters by connectives alone."""
    if isinstance(expr, Apply):
        return expr.head in ("and", "or", "not", "implies", "iff") and all(is_formula(a) for a in expr.args)
    return isinstance(expr, Sym) or (isinstance(expr, Const) and expr.name in ("true", "false"))


_SET_OPERATIONS: Final = {"union": "or", "intersection": "and", "complement": "not"}


def of_sets(expr: Expr) -> Expr:
    """`A ∪ (B ∖ C)` as a formula about membership; any other tree unchanged."""
    formula = _membership(expr)
    return expr if formula is None or isinstance(expr, Sym) else formula


def _membership(expr: Expr) -> Expr | None:
    if isinstance(expr, Sym):
        return expr
    if not isinstance(expr, Apply) or (expr.head not in _SET_OPERATIONS and expr.head != "setminus"):
        return None
    found = [_membership(a) for a in expr.args]
    parts = tuple(part for part in found if part is not None)
    if len(parts) != len(found):
        return None
    if expr.head == "setminus":
        return Apply("and", (parts[0], Apply("not", (parts[1],))))
    return Apply(_SET_OPERATIONS[expr.head], parts)


def compare(a: Expr, b: Expr) -> Comparison:
    """Equality of truth tables."""
    letters = sorted(free_symbols(a) | free_symbols(b))
    if len(letters) > MOST_LETTERS:
        return undecided("too many letters")
    for row in product((False, True), repeat=len(letters)):
        values = dict(zip(letters, row, strict=True))
        if _truth(a, values) != _truth(b, values):
            point = tuple((name, Const("true" if value else "false")) for name, value in values.items())
            return different("truth values differ", Witness(conclusion=Apply("iff", (a, b)), assignment=point))
    return equal("same truth table")


def _truth(expr: Expr, values: dict[str, bool]) -> bool:
    match expr:
        case Sym(name=name):
            return values[name]
        case Const(name=name):
            return name == "true"
        case Apply(head="not", args=(inner,)):
            return not _truth(inner, values)
        case Apply(head="and", args=args):
            return all(_truth(a, values) for a in args)
        case Apply(head="or", args=args):
            return any(_truth(a, values) for a in args)
        case Apply(head="implies", args=(a, b)):
            return not _truth(a, values) or _truth(b, values)
        case Apply(head="iff", args=(a, b)):
            return _truth(a, values) == _truth(b, values)
    raise AssertionError("not a formula")
