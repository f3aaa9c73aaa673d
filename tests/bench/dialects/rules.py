"""Facts and rules with explicit truth values, as Logic-LM has models write them for ProofWriter and ProntoQA:

    Quiet($x, True) && Cold($x, True) >>> Smart($x, True)

A rule engine reads them: `Smart(Bob, False)` is a fact beside `Smart(Bob, True)`, not its negation, and what no rule
yields is unknown. So truth is an argument here, sentences are Horn clauses, and what follows is what rules yield.

As in the dialect's own reader a line is a rule by its arrow, wherever it stands, and a fact about a variable is about
nobody and passed over.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from tests.bench.dialects.lines import DialectError, Line, sections
from verifiers.expr import Apply, Expr, Sym
from verifiers.logic import Problem, Signature, Sort, Statement, Symbol

THING: Final = "thing"
TRUTH: Final = "truth"
_NEGATION: Final = re.compile(r"\s*(?:[!~¬]|not\b(?!\s*\())\s*", re.IGNORECASE)
_CALL: Final = re.compile(r"\s*([A-Za-z_][\w-]*)\s*\(([^()]*)\)\s*(=\s*(?:True|False))?\s*")
_NOT: Final = re.compile(r"\s*Not\s*\((.*?\))\s*(?:,\s*(True|False)\s*)?\)\s*", re.IGNORECASE | re.DOTALL)
_TRUTHS: Final = {"true": True, "false": False}


class Program(msgspec.Struct, frozen=True):
    problem: Problem
    query: Statement
    opposite: Statement


class _Literal(msgspec.Struct, frozen=True):
    name: str
    arguments: tuple[str, ...]
    truth: bool

    def expr(self, truth: bool | None = None) -> Expr:
        value = Sym("True" if (self.truth if truth is None else truth) else "False")
        return Apply("call", (Sym(self.name), *(Sym(a) for a in self.arguments), value))


def read(program: str) -> Program:
    """The program.

    Raises:
        DialectError: what is wrong, and where.
    """
    parts = sections(program, ["Predicates", "Facts", "Rules", "Query"], optional=["Facts", "Rules"])
    literals: list[_Literal] = []
    premises: list[Statement] = []
    for line in (*parts["Facts"], *parts["Rules"]):
        body, arrow, head = line.formula.partition(">>>")
        conditions = _conjunction(line, body, line.column)
        if arrow:
            results = _conjunction(line, head, line.column + len(body) + 3)
            literals += [*conditions, *results]
            premises.append(Statement(_rule(conditions, results), line.words))
            continue
        for literal in conditions:
            if not any(a.startswith("$") for a in literal.arguments):
                literals.append(literal)
                premises.append(Statement(literal.expr(), line.words))
    if len(parts["Query"]) != 1:
        number = parts["Query"][1].number if parts["Query"] else len(program.splitlines())
        raise DialectError("one query is needed", number)
    (line,) = parts["Query"]
    (asked,) = _conjunction(line, line.formula, line.column)[:1]
    literals.append(asked)
    names = dict.fromkeys(a for literal in literals for a in literal.arguments if not a.startswith("$"))
    predicates = dict.fromkeys((literal.name, len(literal.arguments)) for literal in literals)
    signature = Signature(
        (Sort(THING), Sort(TRUTH, (Sym("True"), Sym("False")))),
        (
            *(Symbol(name, (), THING) for name in names),
            *(Symbol(name, (*(THING,) * arity, TRUTH)) for name, arity in predicates),
        ),
    )
    problem = Problem(signature, tuple(premises))
    if wrong := problem.fault():
        raise DialectError(wrong, 1)
    return Program(problem, Statement(asked.expr()), Statement(asked.expr(not asked.truth)))


def _rule(conditions: Sequence[_Literal], results: Sequence[_Literal]) -> Expr:
    body = _all([literal.expr() for literal in conditions])
    sentence: Expr = Apply("implies", (body, _all([literal.expr() for literal in results])))
    letters = dict.fromkeys(a for l in (*conditions, *results) for a in l.arguments if a.startswith("$"))
    for letter in letters:
        sentence = Apply("forall", (Apply("in", (Sym(letter), Sym(THING))), sentence))
    return sentence


def _all(parts: list[Expr]) -> Expr:
    return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))


def _conjunction(line: Line, text: str, column: int) -> list[_Literal]:
    literals = []
    at = 0
    while True:
        literal, at = _literal(line, text, at, column)
        literals.append(literal)
        if at == len(text):
            return literals
        if not text.startswith("&&", at):
            raise DialectError(f"unexpected {text[at : at + 12]!r}", line.number, column + at)
        at += 2


def _literal(line: Line, text: str, at: int, column: int) -> tuple[_Literal, int]:
    truth = True
    if wrapped := _NOT.match(text, at):
        literal, _ = _literal(line, wrapped.group(1), 0, column + wrapped.start(1))
        flipped = wrapped.group(2) is None or wrapped.group(2) == "True"
        return msgspec.structs.replace(literal, truth=literal.truth is not flipped), wrapped.end()
    if negated := _NEGATION.match(text, at):
        truth, at = False, negated.end()
    match = _CALL.match(text, at)
    if match is None:
        raise DialectError("a predicate with its arguments is needed", line.number, column + at)
    arguments = [" ".join(a.split()).strip("'\"") for a in match.group(2).split(",")]
    if arguments and arguments[-1].lower() in _TRUTHS:
        truth = _TRUTHS[arguments.pop().lower()] is truth
    if match.group(3):
        truth = (match.group(3).endswith("True")) is truth
    if not arguments or not all(re.fullmatch(r"\$?\w[\w .'-]*", a) for a in arguments):
        raise DialectError("names or variables are needed as arguments", line.number, column + match.start(2))
    return _Literal(match.group(1), tuple(arguments), truth), match.end()
