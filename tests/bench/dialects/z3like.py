"""Sorts, functions, constraints and options, as Logic-LM has models write them for AR-LSAT (Z3's Python names):

# Declarations
people = EnumSort([Arun, Bela]);  seat_of = Function([people] -> [int])
# Constraints
ForAll([p:people], And(1 <= seat_of(p), seat_of(p) <= 2)) ::: …
# Options
is_valid(seat_of(Arun) == 1) ::: (A)
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Final, Literal, TypeAlias

import msgspec

from tests.bench.dialects.lines import DialectError, Line, sections
from verifiers.expr import Apply, Const, Expr, Num, Sym, substitute
from verifiers.logic import Problem, Signature, Sort, Statement, Symbol
from verifiers.logic.typing import fault

Question: TypeAlias = Literal["valid", "sat", "unsat", "accurate_list"]

_TOKENS: Final = re.compile(
    r"(?P<space>\s+)|(?P<arrow>->)|(?P<compare>==|!=|<=|>=|<|>|=)|(?P<number>\d+)|(?P<name>[^\W\d][\w.']*)"
    r"|(?P<mark>[()\[\],:+*%-])"
)
_COMPARISONS: Final = {"==": "eq", "=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_CONNECTIVES: Final = {"And": "and", "Or": "or", "Not": "not", "Implies": "implies", "Iff": "iff", "Xor": "xor"}
_BINDERS: Final = frozenset({"ForAll", "Exists", "Count", "Distinct", "Sum"})
_QUESTIONS: Final[Mapping[str, Question]] = {
    "is_valid": "valid", "is_deduced": "valid", "is_sat": "sat", "is_unsat": "unsat",
    "is_accurate_list": "accurate_list", "is_equivalent": "valid",
}  # fmt: skip
_MOST: Final = 4_096


class Option(msgspec.Struct, frozen=True):
    letter: str
    question: Question
    sentences: tuple[Statement, ...]
    exception: bool = False
    """The option is the answer where the question is answered with no."""


class Program(msgspec.Struct, frozen=True):
    problem: Problem
    options: tuple[Option, ...]


class _Reader:
    def __init__(self, line: Line, sorts: Mapping[str, Sort], symbols: Mapping[str, Symbol]) -> None:
        self.line = line
        self.sorts = sorts
        self.symbols = symbols
        self.elements = {e.name for s in sorts.values() for e in s.elements if isinstance(e, Sym)}
        self.tokens: list[tuple[str, str, int]] = []
        self.at = 0
        self.scope: dict[str, str] = {}
        self.depth = 0
        at = 0
        while at < len(line.formula):
            match = _TOKENS.match(line.formula, at)
            if match is None:
                raise self.fail(f"unexpected {line.formula[at]!r}", at)
            if match.lastgroup != "space":
                self.tokens.append((str(match.lastgroup), match.group(), at))
            at = match.end()
        self.tokens.append(("end", "", len(line.formula)))

    def fail(self, message: str, offset: int | None = None) -> DialectError:
        place = self.tokens[self.at][2] if offset is None else offset
        return DialectError(message, self.line.number, self.line.column + place)

    @property
    def text(self) -> str:
        return self.tokens[self.at][1]

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def need(self, mark: str) -> None:
        if self.text != mark:
            raise self.fail(f"{mark} is needed" + (f" before {self.text!r}" if self.text else ""))
        self.at += 1

    def name(self, what: str) -> str:
        if self.kind != "name":
            raise self.fail(f"{what} is needed")
        return self.take()

    def done(self) -> None:
        if self.kind != "end":
            raise self.fail(f"unexpected {self.text!r}")

    def sentence(self) -> Expr:
        """`a or b` and `a Or b` between sentences are read as Python would."""
        self.depth += 1
        if self.depth > 60:
            raise self.fail("nested too deep")
        parts = [self.conjunction()]
        while self.text in ("or", "Or"):
            self.take()
            parts.append(self.conjunction())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Apply("or", tuple(parts))

    def conjunction(self) -> Expr:
        parts = [self.negation()]
        while self.text in ("and", "And"):
            self.take()
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))

    def negation(self) -> Expr:
        if self.text == "not":
            self.take()
            return Apply("not", (self.negation(),))
        return self.comparison()

    def comparison(self) -> Expr:
        terms = [self.sum()]
        parts: list[Expr] = []
        while self.kind == "compare":
            head = _COMPARISONS[self.take()]
            terms.append(self.sum())
            parts.append(Apply(head, (terms[-2], terms[-1])))
        return terms[0] if not parts else parts[0] if len(parts) == 1 else Apply("and", tuple(parts))

    def sum(self) -> Expr:
        result = self.product()
        while self.text in ("+", "-"):
            minus = self.take() == "-"
            part = self.product()
            result = Apply("add", (result, Apply("neg", (part,)) if minus else part))
        return result

    def product(self) -> Expr:
        result = self.factor()
        while self.text in ("*", "%"):
            head = "mul" if self.take() == "*" else "mod"
            result = Apply(head, (result, self.factor()))
        return result

    def factor(self) -> Expr:
        if self.kind == "number":
            return Num(Fraction(self.take()))
        if self.text == "-":
            self.take()
            return Apply("neg", (self.factor(),))
        if self.text == "(":
            self.take()
            inner = self.sentence()
            self.need(")")
            return inner
        start = self.at
        name = self.name("a name or number")
        if self.text == "[":
            raise self.fail("values have no parts")
        if self.text != "(":
            return self.alone(name, start)
        if name in _BINDERS:
            return self.binder(name)
        self.take()
        listed = self.text == "["
        if listed:
            self.take()
        arguments = [] if self.text in (")", "]") else [self.sentence()]
        while self.text == ",":
            self.take()
            arguments.append(self.sentence())
        if listed:
            self.need("]")
        self.need(")")
        return self.applied(name, arguments, start)

    def alone(self, name: str, start: int) -> Expr:
        if name in ("True", "False"):
            return Const(name.lower())
        if name in self.scope or name in self.elements or name in self.symbols:
            return Sym(name)
        raise self.fail(f"{name} is not declared", self.tokens[start][2])

    def applied(self, name: str, arguments: list[Expr], start: int) -> Expr:
        if name in _CONNECTIVES:
            head = _CONNECTIVES[name]
            if len(arguments) == 1 and head in ("and", "or"):
                return arguments[0]
            if (
                len(arguments) != {"not": 1, "implies": 2, "iff": 2, "xor": 2}.get(head, len(arguments))
                or not arguments
            ):
                raise self.fail(f"{name} has the wrong number of arguments", self.tokens[start][2])
            return Apply(head, tuple(arguments))
        if name == "If" and len(arguments) == 3:
            return Apply("ite", tuple(arguments))
        if name == "Abs" and len(arguments) == 1:
            return Apply("abs", tuple(arguments))
        if name not in self.symbols:
            raise self.fail(f"{name} is not declared", self.tokens[start][2])
        return Apply("call", (Sym(name), *arguments))

    def binder(self, name: str) -> Expr:
        self.need("(")
        self.need("[")
        if self.kind == "name" and self.tokens[self.at + 1][1] != ":":
            return self.listed(name)
        bound: list[tuple[str, str]] = []
        before = dict(self.scope)
        while True:
            letter = self.name("a variable")
            self.need(":")
            sort = self.name("a sort")
            if sort not in self.sorts and sort not in ("int", "bool"):
                raise self.fail(f"unknown sort {sort}", self.tokens[self.at - 1][2])
            self.scope[letter] = sort
            bound.append((letter, sort))
            if self.text != ",":
                break
            self.take()
        self.need("]")
        self.need(",")
        body = self.sentence()
        self.need(")")
        self.scope = before
        if name in ("ForAll", "Exists"):
            for letter, sort in reversed(bound):
                head = "forall" if name == "ForAll" else "exists"
                body = Apply(head, (Apply("in", (Sym(letter), Sym(sort))), body))
            return body
        instances = self.instances(bound, body)
        if name == "Distinct":
            return Apply("distinct", tuple(instances)) if len(instances) > 1 else Const("true")
        if name == "Count":
            one, none = Num(Fraction(1)), Num(Fraction(0))
            instances = [Apply("ite", (instance, one, none)) for instance in instances]
        return instances[0] if len(instances) == 1 else Apply("add", tuple(instances))

    def listed(self, name: str) -> Expr:
        terms = [self.sum()]
        while self.text == ",":
            self.take()
            terms.append(self.sum())
        self.need("]")
        self.need(")")
        if name == "Distinct" and len(terms) > 1:
            return Apply("distinct", tuple(terms))
        if name == "Sum":
            return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))
        raise self.fail(f"{name} needs variables with their sorts")

    def instances(self, bound: list[tuple[str, str]], body: Expr) -> list[Expr]:
        members = []
        for _, sort in bound:
            if sort not in self.sorts:
                raise self.fail(f"the members of {sort} cannot be listed")
            members.append(self.sorts[sort].elements)
        choices = list(product(*members))
        if not choices or len(choices) > _MOST:
            raise self.fail("too many cases")
        return [substitute(body, dict(zip((b for b, _ in bound), choice, strict=True))) for choice in choices]


def read(program: str) -> Program:
    """The program.

    Raises:
        DialectError: what is wrong, and where.
    """
    parts = sections(program, ["Declarations", "Constraints", "Options"])
    sorts: dict[str, Sort] = {}
    symbols: dict[str, Symbol] = {}
    constraints: list[Line] = []
    for line in parts["Declarations"]:
        name, equals, value = line.formula.partition("=")
        value = value.split("#")[0].strip()
        if equals and re.fullmatch(r"\w+", name.strip()) and re.match(r"\w+\(", value) and "==" not in name + equals:
            _declare(line, name.strip(), value, sorts, symbols)
        else:
            constraints.append(line)
    signature = Signature(tuple(sorts.values()), tuple(symbols.values()))
    if wrong := signature.fault():
        raise DialectError(wrong, parts["Declarations"][0].number if parts["Declarations"] else 1)
    premises = []
    for line in (*constraints, *parts["Constraints"]):
        reader = _Reader(line, sorts, symbols)
        sentence = reader.sentence()
        reader.done()
        premises.append(Statement(_checked(line, sentence, signature), line.words))
    lines = [line for line in parts["Options"] if not line.formula.startswith("Question")]
    options = tuple(_option(line, sorts, symbols, signature) for line in lines)
    if not options:
        raise DialectError("options are needed", len(program.splitlines()))
    return Program(Problem(signature, tuple(premises)), options)


def _declare(line: Line, name: str, value: str, sorts: dict[str, Sort], symbols: dict[str, Symbol]) -> None:
    if match := re.fullmatch(r"EnumSort\(\[([^\[\]]*)\]\)", value):
        elements = [e.strip() for e in match.group(1).split(",")]
        if not all(re.fullmatch(r"-?\d+|[^\W\d][\w.']*", e) for e in elements):
            raise DialectError("the elements of a sort are names or whole numbers", line.number, line.column)
        numbers = [re.fullmatch(r"-?\d+", e) is not None for e in elements]
        sorts[name] = Sort(
            name, tuple(Num(Fraction(e)) if n else Sym(e) for e, n in zip(elements, numbers, strict=True))
        )
    elif match := re.fullmatch(r"Function\(\[?([^\[\]]*?)\]?\s*->\s*\[?([^\[\]]*?)\]?\)", value):
        arguments = [a.strip() for a in match.group(1).split(",") if a.strip()]
        results = [r.strip() for r in match.group(2).split(",")]
        if len(results) != 1:
            raise DialectError("a function has one value", line.number, line.column)
        symbols[name] = Symbol(name, tuple(arguments), results[0])
    else:
        raise DialectError(f"{value.partition('(')[0]} is no declaration", line.number, line.column)


def _option(line: Line, sorts: dict[str, Sort], symbols: dict[str, Symbol], signature: Signature) -> Option:
    match = re.fullmatch(r"\(?([A-Z])\)?.*", line.words)
    if match is None:
        raise DialectError("an option has its letter behind :::", line.number, line.column)
    reader = _Reader(line, sorts, symbols)
    exception = False
    closing = 0
    while reader.text == "is_exception":
        exception = not exception
        reader.take()
        reader.need("(")
        closing += 1
    name = reader.text
    if name not in _QUESTIONS:
        raise reader.fail("a question (is_valid, is_sat, …) is needed")
    reader.take()
    reader.need("(")
    listed = reader.text == "["
    if listed:
        reader.take()
    sentences = [reader.sentence()]
    while reader.text == ",":
        reader.take()
        sentences.append(reader.sentence())
    if listed:
        reader.need("]")
    for _ in range(closing + 1):
        reader.need(")")
    reader.done()
    if name == "is_equivalent":
        if len(sentences) != 2:
            raise reader.fail("is_equivalent compares two sentences")
        sentences = [Apply("iff", tuple(sentences))]
    statements = tuple(Statement(_checked(line, s, signature), line.words) for s in sentences)
    if len(statements) != 1 and name != "is_accurate_list":
        raise reader.fail(f"{name} takes one sentence")
    return Option(match.group(1), _QUESTIONS[name], statements, exception)


def _checked(line: Line, sentence: Expr, signature: Signature) -> Expr:
    if wrong := fault(sentence, signature):
        raise DialectError(wrong, line.number, line.column)
    return sentence
