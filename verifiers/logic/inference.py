"""Signatures of sentences that come without one: what each name is follows from where it stands."""

from collections.abc import Mapping, Sequence
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.logic.signature import BOOL, INT, REAL, THING, LogicError, Signature, Sort, Symbol
from verifiers.logic.typing import CONNECTIVES, ORDER, QUANTIFIERS, SUMS, binder


def infer(sentences: Sequence[Expr]) -> tuple[Signature, tuple[Expr, ...]]:
    """Signature of the sentences, and the sentences with every variable's sort written. Individuals are of one sort,
    `thing`, but for what is calculated with or compared in size.

    Raises:
        LogicError: a name is used as sentence and as individual, or something stands where it has no meaning.
    """
    uses = _Uses()
    read = [uses.read(sentence, BOOL, {}) for sentence in sentences]
    for name, arity in sorted(uses.symbols):
        if any(uses.sort(("slot", name, arity, k)) == BOOL for k in range(arity)):
            raise LogicError(f"a sentence stands in the brackets of {name}")
    symbols = tuple(
        Symbol(
            name, tuple(uses.sort(("slot", name, arity, k)) for k in range(arity)), uses.sort(("symbol", name, arity))
        )
        for name, arity in sorted(uses.symbols)
    )
    return Signature((Sort(THING),), symbols), tuple(uses.sorted_(sentence) for sentence in read)


class _Uses:
    """Places (a symbol's value, a slot of its arguments, a variable) in classes of one sort: union-find."""

    def __init__(self) -> None:
        self.parent: dict[object, object] = {}
        self.known: dict[object, str] = {}
        self.symbols: set[tuple[str, int]] = set()
        self.places = 0

    def root(self, place: object) -> object:
        while (up := self.parent.get(place, place)) != place:
            self.parent[place] = self.parent.get(up, up)
            place = up
        return place

    def merge(self, a: object, b: object, name: str) -> None:
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        self.parent[a] = b
        if a in self.known:
            self.fix(b, self.known[a], name)

    def fix(self, place: object, sort: str, name: str) -> None:
        root = self.root(place)
        known = self.known.get(root, sort)
        if known != sort and {known, sort} != {INT, REAL}:
            raise LogicError(f"{name} is used as a {_WORDS[known]} and as a {_WORDS[sort]}")
        self.known[root] = REAL if REAL in (known, sort) else sort

    def sort(self, place: object) -> str:
        return self.known.get(self.root(place), THING)

    def read(self, expr: Expr, wanted: object, scope: Mapping[str, object]) -> Expr:
        """Notes that `expr` stands where `wanted` (a sort's name or a place) is needed; the tree comes back with a
        number at each quantifier that `sorted_` knows the sort of.
        """
        match expr:
            case Num():
                self._is(wanted, INT if expr.value.denominator == 1 else REAL, "a number")
                return expr
            case Const(name="true" | "false"):
                self._is(wanted, BOOL, "a truth value")
                return expr
            case Sym(name=name):
                if name in scope:
                    if wanted == BOOL:
                        raise LogicError(f"the variable {name} stands where a sentence is needed")
                    self._same(scope[name], wanted, name)
                else:
                    self.symbols.add((name, 0))
                    self._same(("symbol", name, 0), wanted, name)
                return expr
            case Apply(head="call", args=(Sym(name=name), *arguments)):
                if name in scope:
                    raise LogicError(f"the variable {name} is applied like a predicate")
                size = len(arguments)
                self.symbols.add((name, size))
                read = tuple(self.read(a, ("slot", name, size, k), scope) for k, a in enumerate(arguments))
                self._same(("symbol", name, size), wanted, name)
                return Apply("call", (Sym(name), *read))
            case Apply(head=head) if head in QUANTIFIERS:
                self._is(wanted, BOOL, "a quantified sentence")
                letter, _ = binder(expr)
                place = self._place("variable")
                body = self.read(expr.args[1], BOOL, {**scope, letter: place})
                return Apply(head, (Apply("in", (Sym(letter), Sym(f"{_UNSORTED}{place[1]}"))), body))
            case Apply(head=head, args=args) if head in CONNECTIVES:
                self._is(wanted, BOOL, "a sentence")
                return Apply(head, tuple(self.read(a, BOOL, scope) for a in args))
            case Apply(head="eq" | "ne" | "distinct" as head, args=args):
                self._is(wanted, BOOL, "an equation")
                place = self._place("equation")
                sides = tuple(self.read(a, place, scope) for a in args)
                if self.sort(place) == BOOL:
                    raise LogicError("sentences are compared with =; write ↔")
                return Apply(head, sides)
            case Apply(head=head, args=args) if head in ORDER or head in SUMS or head in ("div", "mod"):
                self._is(wanted, BOOL if head in ORDER else REAL if head == "div" else INT, "a calculation")
                places = [self._place("number") for _ in args]
                for place in places:
                    self.fix(place, INT, "a number")
                return Apply(head, tuple(self.read(a, p, scope) for a, p in zip(args, places, strict=True)))
        raise LogicError("not a term of logic")

    def sorted_(self, expr: Expr) -> Expr:
        """The tree of `read` with the sorts of its variables, once every sentence was read."""
        if not isinstance(expr, Apply):
            return expr
        if expr.head in QUANTIFIERS:
            letter, number = binder(expr)
            sort = self.sort(("variable", int(number.removeprefix(_UNSORTED))))
            return Apply(expr.head, (Apply("in", (Sym(letter), Sym(sort))), self.sorted_(expr.args[1])))
        return Apply(expr.head, tuple(self.sorted_(a) for a in expr.args))

    def _place(self, kind: str) -> tuple[str, int]:
        self.places += 1
        return kind, self.places

    def _is(self, wanted: object, sort: str, name: str) -> None:
        if isinstance(wanted, str):
            if wanted != sort:
                raise LogicError(f"{name} stands where a {_WORDS[wanted]} is needed")
        else:
            self.fix(wanted, sort, name)

    def _same(self, place: object, wanted: object, name: str) -> None:
        if isinstance(wanted, str):
            self.fix(place, wanted, name)
        else:
            if self.known.get(self.root(place)) == BOOL:
                raise LogicError(f"{name} is used as a sentence and as an individual")
            self.merge(place, wanted, name)


_WORDS: Final = {BOOL: "sentence", INT: "number", REAL: "number", THING: "individual"}

_UNSORTED: Final = "?"
"""Before the number of a variable whose sort is not known yet; no notation can write it."""
