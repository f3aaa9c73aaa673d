"""Finite constraint problems, as Logic-LM has models write them for LogicalDeduction:

    Variables:   green_book [IN] [1, 2, 3, 4, 5]
    Constraints: blue_book > yellow_book,  AllDifferentConstraint([green_book, …])
    Query:       A) green_book == 2
"""

import re
from fractions import Fraction
from typing import Final

import msgspec

from tests.bench.dialects.lines import DialectError, Line, sections
from verifiers.expr import Apply, Expr, Num, Sym
from verifiers.logic import Problem, Signature, Sort, Statement, Symbol
from verifiers.logic.notation import Fault, read_sentence
from verifiers.logic.typing import fault

_VARIABLE: Final = re.compile(r"([\w' -]+?)\s*\[IN\]\s*\[([^\[\]]*)\]")
_DIFFERENT: Final = re.compile(r"AllDifferentConstraint\(\[([^\[\]]*)\]\)")
_OPTION: Final = re.compile(r"\(?([A-Z])\)\s*")


class Program(msgspec.Struct, frozen=True):
    problem: Problem
    options: tuple[tuple[str, Statement], ...]


def read(program: str) -> Program:
    """The program.

    Raises:
        DialectError: what is wrong, and where.
    """
    parts = sections(program, ["Domain", "Variables", "Constraints", "Query"])
    sorts: dict[tuple[Expr, ...], str] = {}
    symbols: list[Symbol] = []
    for line in parts["Variables"]:
        match = _VARIABLE.fullmatch(line.formula)
        if match is None:
            raise DialectError("a variable with its values is needed: x [IN] [1, 2, 3]", line.number, line.column)
        values = [value.strip() for value in match.group(2).split(",")]
        if not all(value.isdecimal() for value in values):
            raise DialectError("values are whole numbers", line.number, line.column + match.start(2))
        elements = tuple(Num(Fraction(value)) for value in values)
        symbols.append(Symbol(match.group(1), (), sorts.setdefault(elements, f"values{len(sorts)}")))
    signature = Signature(tuple(Sort(name, elements) for elements, name in sorts.items()), tuple(symbols))
    if wrong := signature.fault():
        raise DialectError(wrong, parts["Variables"][0].number if parts["Variables"] else 1)
    premises = [Statement(_sentence(line, line.formula, 0, signature), line.words) for line in parts["Constraints"]]
    options = []
    for line in parts["Query"]:
        match = _OPTION.match(line.formula)
        if match is None:
            raise DialectError("an option begins with its letter: A) …", line.number, line.column)
        sentence = _sentence(line, line.formula[match.end() :], match.end(), signature)
        options.append((match.group(1), Statement(sentence, line.words)))
    return Program(Problem(signature, tuple(premises)), tuple(options))


def _sentence(line: Line, text: str, offset: int, signature: Signature) -> Expr:
    if match := _DIFFERENT.fullmatch(text):
        names = [name.strip() for name in match.group(1).split(",")]
        read: Expr | Fault = Apply("distinct", tuple(Sym(name) for name in names))
    else:
        read = read_sentence(text, variables=frozenset())
    if isinstance(read, Fault):
        raise DialectError(read.message, line.number, line.column + offset + read.position)
    if wrong := fault(read, signature):
        raise DialectError(wrong, line.number, line.column + offset)
    return read
