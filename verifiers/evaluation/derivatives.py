"""Derivatives of trees by the rules of a first course, so that a claim about a derivative can be tested at a point.

Source: the rules are those of any calculus text; nothing is simplified beyond dropping zeros and ones.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from typing import Final

from verifiers.evaluation.scalars import UnknownError
from verifiers.expr import Apply, Const, Expr, Num, Sym, Unit, free_symbols, walk

ZERO: Final = Num(Fraction(0))
ONE: Final = Num(Fraction(1))
TWO: Final = Num(Fraction(2))
_MOST_NODES: Final = 1_500


def derivative(expr: Expr, letter: str) -> Expr:
    """The derivative by one letter; other letters are constants.

    Raises:
        UnknownError: there is no rule for something that depends on the letter, or the result grows too large.
    """
    result = _Rules(letter).of(expr)
    if sum(1 for _ in islice(walk(result), _MOST_NODES)) == _MOST_NODES:
        raise UnknownError("the derivative is too large")
    return result


def expanded(expr: Expr) -> Expr:
    """The tree with every `derivative` node carried out.

    Raises:
        UnknownError: as `derivative`.
    """
    if not isinstance(expr, Apply):
        return expr
    args = tuple(expanded(a) for a in expr.args)
    if expr.head == "derivative":
        order = args[2].value if len(args) == 3 and isinstance(args[2], Num) else Fraction(1)
        if not isinstance(args[1], Sym) or order.denominator != 1 or not 0 <= order <= 6:
            raise UnknownError("not a derivative by a letter")
        body = args[0]
        for _ in range(int(order)):
            body = derivative(body, args[1].name)
        return body
    return expr if args == expr.args else Apply(expr.head, args)


def add(*terms: Expr) -> Expr:
    kept = tuple(t for t in terms if t != ZERO)
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Apply("add", kept)


def mul(*factors: Expr) -> Expr:
    if ZERO in factors:
        return ZERO
    kept = tuple(f for f in factors if f != ONE)
    if not kept:
        return ONE
    return kept[0] if len(kept) == 1 else Apply("mul", kept)


def neg(term: Expr) -> Expr:
    return ZERO if term == ZERO else Apply("neg", (term,))


def div(above: Expr, below: Expr) -> Expr:
    return ZERO if above == ZERO else Apply("div", (above, below))


def power(base: Expr, exponent: Expr) -> Expr:
    return base if exponent == ONE else Apply("pow", (base, exponent))


def _square(x: Expr) -> Expr:
    return Apply("pow", (x, TWO))


def _of(head: str, x: Expr) -> Expr:
    return Apply(head, (x,))


def _one_minus_square(x: Expr) -> Expr:
    return add(ONE, neg(_square(x)))


_CHAIN: Final[dict[str, Callable[[Expr], Expr]]] = {
    "sin": lambda x: _of("cos", x),
    "cos": lambda x: neg(_of("sin", x)),
    "tan": lambda x: _square(_of("sec", x)),
    "cot": lambda x: neg(_square(_of("csc", x))),
    "sec": lambda x: mul(_of("sec", x), _of("tan", x)),
    "csc": lambda x: neg(mul(_of("csc", x), _of("cot", x))),
    "arcsin": lambda x: div(ONE, _of("sqrt", _one_minus_square(x))),
    "arccos": lambda x: neg(div(ONE, _of("sqrt", _one_minus_square(x)))),
    "arctan": lambda x: div(ONE, add(ONE, _square(x))),
    "arccot": lambda x: neg(div(ONE, add(ONE, _square(x)))),
    "sinh": lambda x: _of("cosh", x),
    "cosh": lambda x: _of("sinh", x),
    "tanh": lambda x: div(ONE, _square(_of("cosh", x))),
    "coth": lambda x: neg(div(ONE, _square(_of("sinh", x)))),
    "sech": lambda x: neg(mul(_of("sech", x), _of("tanh", x))),
    "csch": lambda x: neg(mul(_of("csch", x), _of("coth", x))),
    "arcsinh": lambda x: div(ONE, _of("sqrt", add(ONE, _square(x)))),
    "arccosh": lambda x: div(ONE, _of("sqrt", add(_square(x), neg(ONE)))),
    "arctanh": lambda x: div(ONE, _one_minus_square(x)),
    "exp": lambda x: _of("exp", x),
    "ln": lambda x: div(ONE, x),
    "sqrt": lambda x: div(ONE, mul(TWO, _of("sqrt", x))),
    "abs": lambda x: div(x, _of("abs", x)),
}


class _Rules:
    def __init__(self, letter: str) -> None:
        self.letter = letter
        self.nodes = 0

    def of(self, expr: Expr) -> Expr:
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            raise UnknownError("the derivative is too large")
        if isinstance(expr, Sym):
            return ONE if expr.name == self.letter else ZERO
        if not isinstance(expr, Apply):
            if isinstance(expr, Num | Const | Unit):
                return ZERO
            raise UnknownError("words have no derivative")
        if self.letter not in free_symbols(expr):
            return ZERO
        head, args = expr.head, expr.args
        if head == "add":
            return add(*(self.of(a) for a in args))
        if head == "neg":
            return neg(self.of(args[0]))
        if head == "mul":
            return add(*(mul(*args[:i], self.of(a), *args[i + 1 :]) for i, a in enumerate(args)))
        if head == "div":
            return self._quotient(*args)
        if head == "pow":
            return self._power(*args)
        if head == "root":
            return self._power(args[0], div(ONE, args[1]))
        if head in ("percent", "degree"):
            return Apply(head, (self.of(args[0]),))
        if head == "log":
            return self._logarithm(args)
        if head in ("sum",) and self.letter not in free_symbols(Apply("tuple", args[2:])):
            return Apply("sum", (self.of(args[0]), *args[1:]))
        if head in _CHAIN:
            return mul(_CHAIN[head](args[0]), self.of(args[0]))
        if head == "derivative":
            return self.of(expanded(expr))
        raise UnknownError(f"no rule for the derivative of {head}")

    def _quotient(self, above: Expr, below: Expr) -> Expr:
        if self.letter not in free_symbols(below):
            return div(self.of(above), below)
        top = add(mul(self.of(above), below), neg(mul(above, self.of(below))))
        return div(top, _square(below))

    def _power(self, base: Expr, exponent: Expr) -> Expr:
        in_base, in_exponent = (self.letter in free_symbols(e) for e in (base, exponent))
        if not in_exponent:
            lowered = Num(exponent.value - 1) if isinstance(exponent, Num) else add(exponent, neg(ONE))
            return mul(exponent, power(base, lowered), self.of(base))
        whole = Apply("pow", (base, exponent))
        logarithm = ONE if base == Const("e") else _of("ln", base)
        if not in_base:
            return mul(whole, logarithm, self.of(exponent))
        rate = add(mul(self.of(exponent), logarithm), div(mul(exponent, self.of(base)), base))
        return mul(whole, rate)

    def _logarithm(self, args: tuple[Expr, ...]) -> Expr:
        if len(args) == 1:
            raise UnknownError("a logarithm without base")
        argument, base = args
        if self.letter in free_symbols(base):
            return self.of(div(_of("ln", argument), _of("ln", base)))
        rate = argument if base == Const("e") else mul(argument, _of("ln", base))
        return div(self.of(argument), rate)
