"""SMT-LIB 2 scripts as problems: declarations, assertions and one question, no incremental commands.

Sorts are `Bool`, `Int`, `Real`, declared ones and datatypes without fields; terms are those of `Expr`; `let` and
`define-fun` are written out.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias

import msgspec

from verifiers.expr import Apply, Bounds, Const, Expr, Num, Sym, substitute, violation
from verifiers.logic.notation import DEEPEST, MOST_DIGITS, Fault
from verifiers.logic.problems import MOST_STATEMENTS, Problem, Statement
from verifiers.logic.signature import BOOL, INT, REAL, Signature, Sort, Symbol
from verifiers.logic.typing import fault

MOST_CHARACTERS: Final = 1_000_000
_BOUNDS: Final = Bounds(nodes=20_000)

_TOKENS: Final = re.compile(
    r"(?P<space>\s+|;[^\n]*)|(?P<open>\()|(?P<close>\))|(?P<quoted>\|[^|\\]*\|)|(?P<string>\"(?:[^\"]|\"\")*\")"
    r"|(?P<decimal>\d+\.\d+)|(?P<numeral>\d+(?![\w.]))|(?P<keyword>:[\w~!@$%^&*+=<>.?/-]+)"
    r"|(?P<symbol>[A-Za-z~!@$%^&*_+=<>.?/-][\w~!@$%^&*+=<>.?/-]*)"
)
_SORTS: Final = {"Bool": BOOL, "Int": INT, "Real": REAL}
_HEADS: Final = {
    "and": "and", "or": "or", "not": "not", "xor": "xor", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "+": "add",
    "*": "mul", "/": "div", "mod": "mod", "ite": "ite", "abs": "abs",
}  # fmt: skip
_IGNORED: Final = frozenset(
    {"set-logic", "set-option", "set-info", "check-sat", "get-model", "get-unsat-core", "get-value", "get-info", "exit"}
    | {"get-assignment", "get-option", "echo", "get-proof"}
)


class Script(msgspec.Struct, frozen=True):
    """What a script asserts. Assertions named `conclusion` or `negated-conclusion` are kept apart: `conclusion` is
    what is asked about.
    """

    problem: Problem
    conclusion: Statement | None = None


class _Atom(msgspec.Struct, frozen=True):
    kind: str
    text: str
    start: int


class _List(msgspec.Struct, frozen=True):
    items: tuple["_Atom | _List", ...]
    start: int


_Node: TypeAlias = _Atom | _List


class _Error(Exception):
    def __init__(self, message: str, node: _Node | int) -> None:
        self.fault = Fault(message, node if isinstance(node, int) else node.start)


def read_script(text: str) -> Script | Fault:
    """The problem, or what is wrong and at which code point. Never raises on any text."""
    if len(text) > MOST_CHARACTERS:
        return Fault(f"more than {MOST_CHARACTERS} characters", MOST_CHARACTERS)
    try:
        reader = _Reader()
        for command in _lists(text):
            reader.command(command)
        return reader.script()
    except _Error as error:
        return error.fault


def _lists(text: str) -> list[_List]:
    top: list[_Node] = []
    stack: list[tuple[int, list[_Node]]] = [(0, top)]
    at = 0
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            raise _Error(f"unexpected {text[at]!r}", at)
        kind = str(match.lastgroup)
        if kind == "open":
            if len(stack) > DEEPEST:
                raise _Error(f"nested deeper than {DEEPEST}", at)
            stack.append((at, []))
        elif kind == "close":
            if len(stack) == 1:
                raise _Error("a bracket is closed that was not opened", at)
            start, items = stack.pop()
            stack[-1][1].append(_List(tuple(items), start))
        elif kind != "space":
            shown = match.group()[1:-1] if kind == "quoted" else match.group()
            stack[-1][1].append(_Atom("symbol" if kind == "quoted" else kind, shown, at))
        at = match.end()
    if len(stack) > 1:
        raise _Error("a bracket is not closed", stack[-1][0])
    for node in top:
        if isinstance(node, _Atom):
            raise _Error("a command in brackets is needed", node)
    return [node for node in top if isinstance(node, _List)]


class _Reader:
    def __init__(self) -> None:
        self.sorts: list[Sort] = []
        self.symbols: list[Symbol] = []
        self.macros: dict[str, tuple[tuple[str, ...], Expr]] = {}
        self.asserted: list[tuple[str, Expr, _Node]] = []
        self.signature = Signature()

    def script(self) -> Script:
        premises = []
        conclusion: Statement | None = None
        for name, sentence, node in self.asserted:
            if wrong := fault(sentence, self.signature):
                raise _Error(wrong, node)
            if name == "conclusion":
                conclusion = Statement(sentence)
            elif name == "negated-conclusion":
                opposite = sentence.args[0] if isinstance(sentence, Apply) and sentence.head == "not" else None
                conclusion = Statement(opposite or Apply("not", (sentence,)))
            else:
                premises.append(Statement(sentence))
        return Script(Problem(self.signature, tuple(premises)), conclusion)

    def command(self, command: _List) -> None:
        if not command.items or not isinstance(command.items[0], _Atom):
            raise _Error("a command is needed", command)
        name, *rest = command.items
        word = name.text  # type: ignore[union-attr]
        if word in _IGNORED:
            return
        if word == "assert" and len(rest) == 1:
            self._assert(rest[0])
        elif word == "declare-sort" and rest:
            if len(rest) > 1 and self._text(rest[1]) != "0":
                raise _Error("sorts with parameters are not read", rest[1])
            self._declare_sort(Sort(self._symbol(rest[0])), command)
        elif word == "declare-datatypes" and len(rest) == 2:
            self._datatypes(rest[0], rest[1])
        elif word == "declare-datatype" and len(rest) == 2:
            self._datatype(self._symbol(rest[0]), rest[1], command)
        elif word == "declare-const" and len(rest) == 2:
            self._declare(Symbol(self._symbol(rest[0]), (), self._sort(rest[1])), command)
        elif word == "declare-fun" and len(rest) == 3:
            arguments = tuple(self._sort(node) for node in self._items(rest[1]))
            self._declare(Symbol(self._symbol(rest[0]), arguments, self._sort(rest[2])), command)
        elif word == "define-fun" and len(rest) == 4:
            parameters = [self._pair(node) for node in self._items(rest[1])]
            body = self._term(rest[3], {name: Sym(name) for name, _ in parameters})
            self.macros[self._symbol(rest[0])] = (tuple(name for name, _ in parameters), body)
        else:
            raise _Error(f"the command {word} is not read, or has the wrong number of arguments", command)

    def _declare_sort(self, sort: Sort, command: _Node) -> None:
        self.sorts.append(sort)
        self._declared(command)

    def _declare(self, symbol: Symbol, command: _Node) -> None:
        self.symbols.append(symbol)
        self._declared(command)

    def _declared(self, command: _Node) -> None:
        if len(self.symbols) + len(self.sorts) > MOST_STATEMENTS:
            raise _Error(f"more than {MOST_STATEMENTS} declarations", command)
        self.signature = Signature(tuple(self.sorts), tuple(self.symbols))
        if wrong := self.signature.fault():
            raise _Error(wrong, command)

    def _datatypes(self, names: _Node, bodies: _Node) -> None:
        pairs = list(zip(self._items(names), self._items(bodies), strict=False))
        for named, body in pairs:
            items = self._items(named)
            self._datatype(self._symbol(items[0] if items else named), body, named)

    def _datatype(self, name: str, body: _Node, command: _Node) -> None:
        elements: list[Expr] = []
        for constructor in self._items(body):
            parts = (constructor,) if isinstance(constructor, _Atom) else constructor.items
            if len(parts) != 1:
                raise _Error("datatypes with fields are not read", constructor)
            elements.append(Sym(self._symbol(parts[0])))
        self._declare_sort(Sort(name, tuple(elements)), command)

    def _assert(self, node: _Node) -> None:
        if len(self.asserted) >= MOST_STATEMENTS:
            raise _Error(f"more than {MOST_STATEMENTS} assertions", node)
        name, inner = "", node
        if isinstance(node, _List) and len(node.items) >= 2 and self._is(node.items[0], "!"):
            inner = node.items[1]
            for key, value in zip(node.items[2::2], node.items[3::2], strict=False):
                if self._is(key, ":named"):
                    name = self._text(value)
        sentence = self._term(inner, {})
        if broken := violation(sentence, _BOUNDS):
            raise _Error(broken, node)
        self.asserted.append((name, sentence, node))

    def _sort(self, node: _Node) -> str:
        name = self._symbol(node)
        sort = _SORTS.get(name, name)
        if sort not in (BOOL, INT, REAL) and sort not in self.signature.by_sort:
            raise _Error(f"unknown sort {name}", node)
        return sort

    def _term(self, node: _Node, scope: Mapping[str, Expr]) -> Expr:
        if isinstance(node, _Atom):
            return self._atom(node, scope)
        if not node.items:
            raise _Error("a term is needed", node)
        head, *rest = node.items
        if isinstance(head, _List):
            raise _Error("only a name can be applied", head)
        word = head.text
        if word in ("forall", "exists") and len(rest) == 2:
            return self._quantified(word, rest[0], rest[1], scope)
        if word == "let" and len(rest) == 2:
            bindings = [self._items(binding) for binding in self._items(rest[0])]
            if any(len(binding) != 2 for binding in bindings):
                raise _Error("a name with its term is needed", rest[0])
            inner = {self._symbol(name): self._term(term, scope) for name, term in bindings}
            return self._bounded(self._term(rest[1], {**scope, **inner}), node)
        if word == "!" and rest:
            return self._term(rest[0], scope)
        args = tuple(self._term(item, scope) for item in rest)
        if not args:
            raise _Error(f"{word} has no arguments", node)
        return self._applied(word, args, node)

    def _atom(self, node: _Atom, scope: Mapping[str, Expr]) -> Expr:
        if node.kind in ("numeral", "decimal"):
            if len(node.text) > MOST_DIGITS:
                raise _Error(f"a number of more than {MOST_DIGITS} digits", node)
            places = len(node.text.partition(".")[2]) or None
            return Num(Fraction(node.text), places)
        if node.kind != "symbol":
            raise _Error(f"unexpected {node.text}", node)
        if node.text in scope:
            return scope[node.text]
        if node.text in ("true", "false"):
            return Const(node.text)
        if node.text in self.macros and not self.macros[node.text][0]:
            return self.macros[node.text][1]
        if (node.text, 0) not in self.signature.by_name and node.text not in self.signature.elements:
            raise _Error(f"{node.text} is not declared", node)
        return Sym(node.text)

    def _quantified(self, head: str, variables: _Node, body: _Node, scope: Mapping[str, Expr]) -> Expr:
        pairs = [self._pair(pair) for pair in self._items(variables)]
        result = self._term(body, {**scope, **{name: Sym(name) for name, _ in pairs}})
        for name, sort in reversed(pairs):
            result = Apply(head, (Apply("in", (Sym(name), Sym(sort))), result))
        return result

    def _applied(self, word: str, args: tuple[Expr, ...], node: _Node) -> Expr:
        if word in self.macros:
            parameters, body = self.macros[word]
            if len(parameters) != len(args):
                raise _Error(f"{word} takes {len(parameters)} arguments", node)
            return self._bounded(substitute(body, dict(zip(parameters, args, strict=True))), node)
        if word == "-":
            parts = (args[0], *(Apply("neg", (a,)) for a in args[1:]))
            return Apply("add", parts) if len(args) > 1 else _negative(args[0])
        if word in ("to_real", "to_int") and len(args) == 1:
            return args[0]
        if word == "=>":
            result = args[-1]
            for premise in reversed(args[:-1]):
                result = Apply("implies", (premise, result))
            return result
        if word == "=":
            return self._equal(args, node)
        if word == "distinct":
            return Apply("ne", args) if len(args) == 2 else Apply("distinct", args)
        if word in ("<", "<=", ">", ">="):
            pairs = tuple(Apply(_HEADS[word], pair) for pair in pairwise(args))
            return pairs[0] if len(pairs) == 1 else Apply("and", pairs)
        if word in _HEADS:
            return args[0] if len(args) == 1 and word in ("and", "or", "+", "*") else Apply(_HEADS[word], args)
        if (word, len(args)) not in self.signature.by_name:
            raise _Error(f"{word} is not declared with {len(args)} arguments", node)
        return Apply("call", (Sym(word), *args))

    def _equal(self, args: tuple[Expr, ...], node: _Node) -> Expr:
        if len(args) < 2:
            raise _Error("= compares two terms", node)
        head = "iff" if self._sentence(args[0]) else "eq"
        pairs = tuple(Apply(head, pair) for pair in pairwise(args))
        return pairs[0] if len(pairs) == 1 else Apply("and", pairs)

    def _sentence(self, expr: Expr) -> bool:
        match expr:
            case Const(name="true" | "false"):
                return True
            case Sym(name=name):
                symbol = self.signature.by_name.get((name, 0))
                return symbol is not None and symbol.result == BOOL
            case Apply(head="call", args=(Sym(name=name), *arguments)):
                return self.signature.by_name[name, len(arguments)].result == BOOL
            case Apply(head="ite", args=(_, a, _)):
                return self._sentence(a)
            case Apply(head=head):
                return head not in ("add", "mul", "neg", "div", "mod", "abs")
        return False

    def _bounded(self, expr: Expr, node: _Node) -> Expr:
        if broken := violation(expr, _BOUNDS):
            raise _Error(broken, node)
        return expr

    def _pair(self, node: _Node) -> tuple[str, str]:
        items = self._items(node)
        if len(items) != 2:
            raise _Error("a variable with its sort is needed", node)
        return self._symbol(items[0]), self._sort(items[1])

    def _items(self, node: _Node) -> Sequence[_Node]:
        if isinstance(node, _Atom):
            raise _Error("a list in brackets is needed", node)
        return node.items

    def _symbol(self, node: _Node) -> str:
        if not isinstance(node, _Atom) or node.kind != "symbol":
            raise _Error("a name is needed", node)
        return node.text

    def _text(self, node: _Node) -> str:
        return node.text if isinstance(node, _Atom) else ""

    def _is(self, node: _Node, text: str) -> bool:
        return isinstance(node, _Atom) and node.text == text


def _negative(expr: Expr) -> Expr:
    return Num(-expr.value, expr.places) if isinstance(expr, Num) else Apply("neg", (expr,))
