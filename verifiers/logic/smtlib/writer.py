"""Problems as SMT-LIB 2.6 scripts.

Finite sorts become datatypes without fields, numbered ones whole numbers with their range asserted; counting becomes a
sum. Premises are named `premise-1` … so that a core speaks of them, with their words as comments.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym, substitute
from verifiers.logic.problems import Problem
from verifiers.logic.signature import BOOL, INT, REAL, LogicError, Signature, Symbol
from verifiers.logic.typing import QUANTIFIERS, binder, sort_of

_SIMPLE: Final = re.compile(r"[A-Za-z~!@$%^&*_+=<>.?/-][A-Za-z0-9~!@$%^&*_+=<>.?/-]*")
_RESERVED: Final = frozenset(
    {"let", "forall", "exists", "match", "par", "as", "and", "or", "not", "xor", "ite", "true", "false", "distinct"}
    | {"assert", "abs", "mod", "div", "to_real", "to_int", "is_int", "Int", "Real", "Bool", "BINARY", "DECIMAL"}
    | {"+", "-", "*", "/", "=", "<", ">", "<=", ">=", "=>", "_", "!"}
)  # fmt: skip
_SORTS: Final = {BOOL: "Bool", INT: "Int", REAL: "Real"}
_HEADS: Final = {
    "and": "and", "or": "or", "not": "not", "implies": "=>", "xor": "xor", "eq": "=", "iff": "=", "ne": "distinct",
    "distinct": "distinct", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "add": "+", "mul": "*", "neg": "-",
    "ite": "ite",
}  # fmt: skip


def write_script(problem: Problem, *more: tuple[str, Expr], expected: str = "") -> str:
    """The script that asserts axioms, premises and `more` (each under its name) and asks for satisfiability.

    Raises:
        LogicError: a sentence has no meaning in the problem's signature.
    """
    return "\n".join(_Writer(problem.signature).lines(problem, more, expected)) + "\n"


class _Writer:
    def __init__(self, signature: Signature) -> None:
        self.signature = signature

    def lines(self, problem: Problem, more: tuple[tuple[str, Expr], ...], expected: str) -> Iterator[str]:
        yield "(set-option :produce-models true)"
        yield "(set-option :produce-unsat-cores true)"
        if expected:
            yield f"(set-info :status {expected})"
        yield "(set-logic ALL)"
        for sort in self.signature.sorts:
            if not sort.elements:
                yield f"(declare-sort {quoted(sort.name)} 0)"
            elif not sort.numeric:
                members = " ".join(f"({self.term(element, {})})" for element in sort.elements)
                yield f"(declare-datatypes (({quoted(sort.name)} 0)) (({members})))"
        for symbol in self.signature.symbols:
            arguments = " ".join(self.sort(s) for s in symbol.arguments)
            name = self.name(symbol.name, len(symbol.arguments))
            yield f"(declare-fun {name} ({arguments}) {self.sort(symbol.result)})"
        for symbol in self.signature.symbols:
            yield from self.ranges(symbol)
        for axiom in problem.axioms:
            yield f"(assert {self.sentence(axiom)})"
        for index, statement in enumerate(problem.premises, 1):
            if statement.text.strip():
                yield "; " + " ".join(statement.text.split())
            yield f"(assert (! {self.sentence(statement.sentence)} :named premise-{index}))"
        for name, sentence in more:
            yield f"(assert (! {self.sentence(sentence)} :named {quoted(name)}))"
        yield "(check-sat)"
        if expected:
            yield "(get-unsat-core)" if expected == "unsat" else "(get-model)"

    def sort(self, name: str) -> str:
        declared = self.signature.by_sort.get(name)
        return "Int" if declared is not None and declared.numeric else _SORTS.get(name) or quoted(name)

    def name(self, name: str, arity: int) -> str:
        """One name for several arities gets the arity written behind it: SMT-LIB has no such overloading."""
        several = sum(symbol.name == name for symbol in self.signature.symbols) > 1
        return quoted(f"{name}/{arity}" if several else name)

    def ranges(self, symbol: Symbol) -> Iterator[str]:
        sort = self.signature.by_sort.get(symbol.result)
        if sort is None or not sort.numeric:
            return
        declared = [self.signature.by_sort.get(s) for s in symbol.arguments]
        for arguments in product(*(s.elements if s is not None else () for s in declared)):
            value: Expr = Apply("call", (Sym(symbol.name), *arguments)) if arguments else Sym(symbol.name)
            yield f"(assert {self._among(self.term(value, {}), sort.elements)})"

    def _among(self, value: str, elements: tuple[Expr, ...]) -> str:
        return _many("or", [f"(= {value} {self.term(element, {})})" for element in elements], "false")

    def sentence(self, expr: Expr) -> str:
        if sort_of(expr, self.signature, {}) != BOOL:
            raise LogicError("a term stands where a sentence is needed")
        return self.term(expr, {})

    def term(self, expr: Expr, scope: Mapping[str, str], real: bool = False) -> str:
        """The term; `real` writes whole numbers as reals, for SMT-LIB mixes the two nowhere."""
        match expr:
            case Num(value=value):
                return _number(value, real or value.denominator != 1)
            case Const(name=name):
                return name
            case Sym(name=name):
                text = quoted(name) if name in scope or name in self.signature.elements else self.name(name, 0)
                return self._real(text, expr, scope, real)
            case Apply(head="call", args=(Sym(name=name), *arguments)):
                symbol = self.signature.by_name[name, len(arguments)]
                parts = [self.term(a, scope, s == REAL) for a, s in zip(arguments, symbol.arguments, strict=True)]
                return self._real(f"({self.name(name, len(arguments))} {' '.join(parts)})", expr, scope, real)
            case Apply(head=head, args=(_, body)) if head in QUANTIFIERS:
                return self._quantified(head, expr, body, scope)
            case Apply(head="cardinality", args=(Apply(head="such_that", args=(_, body)) as inner,)):
                letter, sort = binder(inner)
                members = self.signature.by_sort[sort].elements
                counted = [f"(ite {self.term(substitute(body, {letter: m}), scope)} 1 0)" for m in members]
                return self._real(_many("+", counted, "0"), expr, scope, real)
            case Apply(head=head, args=args):
                return self._operator(head, args, expr, scope, real)
        raise LogicError("not a term of logic")

    def _quantified(self, head: str, expr: Apply, body: Expr, scope: Mapping[str, str]) -> str:
        letter, sort = binder(expr)
        inner = self.term(body, {**scope, letter: sort})
        declared = self.signature.by_sort.get(sort)
        if declared is not None and declared.numeric:
            guard = self._among(quoted(letter), declared.elements)
            inner = f"(=> {guard} {inner})" if head == "forall" else f"(and {guard} {inner})"
        return f"({head} (({quoted(letter)} {self.sort(sort)})) {inner})"

    def _operator(self, head: str, args: tuple[Expr, ...], expr: Expr, scope: Mapping[str, str], real: bool) -> str:
        if head == "div":
            return f"(/ {self.term(args[0], scope, True)} {self.term(args[1], scope, True)})"
        if head == "mod":
            return self._real(f"(mod {self.term(args[0], scope)} {self.term(args[1], scope)})", expr, scope, real)
        if head in ("abs", "min", "max"):
            return self._chosen(head, args, expr, scope, real)
        if head not in _HEADS:
            raise LogicError(f"{head} is no operator of logic")
        if head in ("and", "or", "not", "implies", "xor", "iff"):
            return f"({_HEADS[head]} {' '.join(self.term(a, scope) for a in args)})"
        if head == "ite":
            return f"(ite {self.term(args[0], scope)} {' '.join(self.term(a, scope, real) for a in args[1:])})"
        mixed = real or REAL in {sort_of(a, self.signature, scope) for a in args}
        return f"({_HEADS[head]} {' '.join(self.term(a, scope, mixed) for a in args)})"

    def _chosen(self, head: str, args: tuple[Expr, ...], expr: Expr, scope: Mapping[str, str], real: bool) -> str:
        """SMT-LIB has no minimum, and no absolute value of reals."""
        mixed = real or sort_of(expr, self.signature, scope) == REAL
        parts = [self.term(a, scope, mixed) for a in args]
        if head == "abs":
            return f"(ite (< {parts[0]} {'0.0' if mixed else '0'}) (- {parts[0]}) {parts[0]})"
        best = parts[0]
        for part in parts[1:]:
            best = f"(ite ({'<' if head == 'min' else '>'} {part} {best}) {part} {best})"
        return best

    def _real(self, text: str, expr: Expr, scope: Mapping[str, str], real: bool) -> str:
        return f"(to_real {text})" if real and sort_of(expr, self.signature, scope) == INT else text


def quoted(name: str) -> str:
    """The name as an SMT-LIB symbol."""
    if _SIMPLE.fullmatch(name) and name not in _RESERVED:
        return name
    return "|" + name.replace("|", "_").replace("\\", "_") + "|"


def _number(value: Fraction, real: bool) -> str:
    size = abs(value)
    text = str(size.numerator) + (".0" if real else "")
    if size.denominator != 1:
        text = f"(/ {text} {size.denominator}.0)"
    return f"(- {text})" if value < 0 else text


def _many(head: str, parts: list[str], none: str) -> str:
    if len(parts) < 2:
        return parts[0] if parts else none
    return f"({head} {' '.join(parts)})"
