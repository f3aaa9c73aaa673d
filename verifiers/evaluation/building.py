"""From trees to nodes of the normal form: every operator written in atoms, by laws that hold where it is defined."""

from fractions import Fraction
from typing import Final

from flint import fmpq_mpoly, fmpz

from verifiers.evaluation.atoms import ONE, ZERO, Atoms, Form, Node, constant, fraction, plus, times
from verifiers.evaluation.scalars import UndefinedError, UnknownError
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text

HALF: Final = Fraction(1, 2)
_MOST_FACTORS: Final = 40
_MOST_TERMS: Final = 30
_I: Final[Node] = ("a", "i", Fraction(1))
_COSINES: Final[dict[Fraction, tuple[tuple[Fraction | int, int], ...]]] = {
    Fraction(0): ((1, 1),), Fraction(1, 6): ((HALF, 3),), Fraction(1, 4): ((HALF, 2),), Fraction(1, 3): ((HALF, 1),),
    Fraction(1, 2): (), Fraction(1, 12): ((Fraction(1, 4), 6), (Fraction(1, 4), 2)),
    Fraction(5, 12): ((Fraction(1, 4), 6), (Fraction(-1, 4), 2)),
    Fraction(1, 5): ((Fraction(1, 4), 1), (Fraction(1, 4), 5)),
    Fraction(2, 5): ((Fraction(-1, 4), 1), (Fraction(1, 4), 5)),
}  # fmt: skip
"""cos(q·pi) by q, as a sum of coefficients times square roots."""

_VALUELESS: Final = frozenset({
    "set", "tuple", "list", "interval", "union", "intersection", "setminus", "complement", "such_that", "range",
    "matrix", "row", "quantity", "clock", "pm", "mp", "ellipsis", "ratio",
})  # fmt: skip


class Builder:
    """Nodes for trees. In the reals (`principal` off) roots and logarithms are split over the factors of their
    argument, taken in absolute value: where √u is defined it equals √|u|.
    """

    def __init__(self, atoms: Atoms, principal: bool) -> None:
        from verifiers.evaluation.rules import RULES

        self.atoms = atoms
        self.principal = principal
        self.rules = RULES

    def node(self, expr: Expr) -> Node:
        if isinstance(expr, Num):
            return ("c", expr.value)
        if isinstance(expr, Sym):
            return self.free(f"x:{expr.name}")
        if isinstance(expr, Const):
            return self._constant(expr.name)
        if isinstance(expr, Apply):
            rule = self.rules.get(expr.head)
            return rule(self, expr) if rule else self.opaque(expr)
        raise UnknownError("words have no value")

    def free(self, key: str, exponent: Fraction = Fraction(1)) -> Node:
        return ("a", self.atoms.make(key), exponent)

    def _constant(self, name: str) -> Node:
        if name == "pi":
            return self.free("pi")
        if name == "e":
            return self.free("exp:1")
        if name == "i":
            return ("a", self.atoms.make("i", "i"), Fraction(1))
        raise UnknownError(f"{name} is not a number")

    def canonical(self, expr: Expr) -> str:
        """A text that is the same for trees with one normal form; words stand for themselves."""
        if isinstance(expr, Text):
            return f"'{expr.value}'"
        if isinstance(expr, Apply) and expr.head in ("set", "tuple", "list", "interval", "row", "matrix", "prime"):
            return f"{expr.head}({','.join(self.canonical(a) for a in expr.args)})"
        return self.atoms.form(self.node(expr)).canonical()

    def opaque(self, expr: Apply) -> Node:
        """An operator without laws of its own: equal for equal arguments."""
        if expr.head in _VALUELESS:
            raise UnknownError(f"{expr.head} is not a number")
        if expr.head in ("sum", "prod", "integral", "limit"):
            return self._bound(expr)
        function = expr.args[0] if expr.head in ("call", "prime") else None
        name = f"{function.name}!" if isinstance(function, Sym) else None
        parts = [name] if name else []
        parts += [self.canonical(a) for a in expr.args[len(parts) :]]
        if expr.head in ("gcd", "lcm", "min", "max"):
            parts.sort()
        return self.free(f"{expr.head}({','.join(parts)})")

    def _bound(self, expr: Apply) -> Node:
        letter = expr.args[1]
        if not isinstance(letter, Sym):
            raise UnknownError("bound by something that is no letter")
        parts = [self.canonical(a) for k, a in enumerate(expr.args) if k != 1]
        return self.free(f"{expr.head}[{letter.name}]({','.join(parts)})")

    # Roots, absolute values, powers.

    def root(self, node: Node, exponent: Fraction) -> Node:
        """`node ** exponent` for a broken exponent."""
        form = self.atoms.form(node)
        if exponent.denominator % 2 == 0 and not self.principal:
            self._learn(form)
        above = self._factors(form.numerator, form, exponent)
        if form.denominator.is_one():
            return above
        return ("/", above, self._factors(form.denominator, form, exponent))

    def _factors(self, poly: fmpq_mpoly, form: Form, exponent: Fraction) -> Node:
        if poly.is_zero():
            if exponent <= 0:
                raise UndefinedError("zero to a power that is not positive")
            return ZERO
        if self.principal and not poly.is_constant():
            key = f"principal({Form(poly, poly**0, form.keys, form.roots).canonical()})"
            self.atoms.make(key, "power", self.atoms.node_of(poly, form))
            return ("a", key, exponent)
        even = exponent.denominator % 2 == 0
        content, factors = self._factored(poly)
        parts = [self._rational_root(content, exponent, even)]
        for factor, count in factors:
            parts.append(self._factor_root(factor, exponent * count, even, form))
        return times(tuple(parts))

    def _factored(self, poly: fmpq_mpoly) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
        if len(poly) > _MOST_FACTORS or poly.total_degree() > _MOST_FACTORS:
            raise UnknownError("too large to factor")
        content, factors = poly.factor()
        result = []
        value = fraction(content)
        for factor, count in factors:
            if factor.leading_coefficient() < 0:
                factor, value = -factor, value * (-1) ** int(count)
            result.append((factor, int(count)))
        return value, result

    def _learn(self, form: Form) -> None:
        """Where an even root or a logarithm is defined, its argument is positive, and so the one factor of unknown
        sign has the sign of the rest.
        """
        unknown = []
        sign = 1
        for poly in (form.numerator, form.denominator):
            if poly.is_zero():
                return
            content, factors = self._factored(poly)
            sign = sign if content > 0 else -sign
            for factor, count in factors:
                if count % 2 == 0 or self.atoms.is_positive(factor, form):
                    continue
                known = self.atoms.signs.get(self._absolute_key(factor, form))
                if known is None:
                    unknown.append(factor)
                else:
                    sign *= known
        if len(unknown) == 1:
            self.atoms.signs[self._absolute_key(unknown[0], form)] = sign

    def _absolute_key(self, factor: fmpq_mpoly, form: Form) -> str:
        name = Form(factor, factor**0, form.keys, form.roots).canonical()
        return self.atoms.make(f"abs:{name}", "abs", self.atoms.node_of(factor, form))

    def _factor_root(self, factor: fmpq_mpoly, exponent: Fraction, even: bool, form: Form) -> Node:
        simple = self._single(factor, form)
        if simple is not None:
            key, power = simple
            if self.atoms._atom_positive(key, 1):
                return ("a", key, power * exponent)
        if self.atoms.is_positive(factor, form) or not even:
            name = Form(factor, factor**0, form.keys, form.roots).canonical()
            if exponent.denominator == 1:
                return ("^", self.atoms.node_of(factor, form), int(exponent))
            return ("a", self.atoms.make(f"root:{name}", "power", self.atoms.node_of(factor, form)), exponent)
        return ("a", self._absolute_key(factor, form), exponent)

    def _single(self, factor: fmpq_mpoly, form: Form) -> tuple[str, Fraction] | None:
        """The atom and power that a factor is, if it is a single generator."""
        terms = factor.to_dict()
        if len(terms) != 1:
            return None
        ((exponents, coefficient),) = terms.items()
        used = [j for j, e in enumerate(exponents) if e]
        if coefficient != 1 or len(used) != 1:
            return None
        j = used[0]
        return form.keys[j], Fraction(int(exponents[j]), form.roots[j])

    def _rational_root(self, value: Fraction, exponent: Fraction, even: bool) -> Node:
        sign = ONE
        if value < 0:
            if self.principal and exponent.denominator == 2:
                sign = ("^", ("a", self.atoms.make("i", "i"), Fraction(1)), exponent.numerator)
            elif self.principal:
                raise UnknownError("root of a negative number")
            elif not even:
                sign = constant(-1) if exponent.numerator % 2 else ONE
            # In the reals the other factors make up for the sign.
            value = -value
        parts = [sign]
        for base, direction in ((value.numerator, 1), (value.denominator, -1)):
            for prime, count in _primes(base):
                power = exponent * count * direction
                whole = power.numerator // power.denominator
                rest = power - whole
                parts.append(constant(Fraction(prime) ** whole))
                if rest:
                    key = self.atoms.make(f"prime:{prime}", "power", constant(prime))
                    parts.append(("a", key, rest))
        return times(tuple(parts))

    def absolute(self, node: Node) -> Node:
        if self.principal:
            raise UnknownError("absolute value of a complex number")
        form = self.atoms.form(node)
        result = []
        for poly in (form.numerator, form.denominator):
            if poly.is_zero():
                return ZERO
            content, factors = self._factored(poly)
            parts = [constant(abs(content))]
            for factor, count in factors:
                if count % 2 == 0 or self.atoms.is_positive(factor, form):
                    parts.append(("^", self.atoms.node_of(factor, form), count))
                else:
                    parts.append(("a", self._absolute_key(factor, form), Fraction(count)))
            result.append(times(tuple(parts)))
        return result[0] if result[1] == ONE else ("/", result[0], result[1])

    def power(self, base: Node, exponent: Node, written: Expr) -> Node:
        if exponent[0] == "c":
            value: Fraction = exponent[1]
            if value.denominator == 1:
                if base[0] == "c":
                    return _constant_power(base[1], int(value))
                if abs(value) > 2_000:
                    raise UnknownError("exponent too large")
                return ONE if value == 0 else ("^", base, int(value))
            return self.root(base, value)
        if base == ("a", "exp:1", Fraction(1)):
            return self.exponential(exponent)
        form = self.atoms.form(base)
        if _is_radical(form) or "ln:" in self.atoms.form(exponent).canonical():
            return self.exponential(times((exponent, self.logarithm(base))))
        pieces = self.pieces(exponent)
        parts: list[Node] = []
        for poly, direction in ((form.numerator, 1), (form.denominator, -1)):
            if poly.is_zero():
                raise UnknownError("zero to an unknown power")
            content, factors = self._factored(poly)
            if content < 0:
                parts.append(self._minus_one(pieces))
            amount = times((constant(direction), exponent))
            parts.append(self.exponential(times((amount, self.logarithm(constant(abs(content)))))))
            for factor, count in factors:
                name = Form(factor, factor**0, form.keys, form.roots).canonical()
                parts.append(self._raised(name, self.atoms.node_of(factor, form), pieces, count * direction))
        return times(tuple(parts))

    def _raised(self, name: str, base: Node, pieces: list[tuple[Fraction, str, Node]], count: int) -> Node:
        parts: list[Node] = []
        for coefficient, key, _ in pieces:
            amount = coefficient * count
            if key == "1":
                whole = amount.numerator // amount.denominator
                parts.append(("^", base, whole) if whole else ONE)
                if amount != whole:
                    parts.append(self.root(base, amount - whole))
            else:
                parts.append(self.free(f"pow:{name}^{key}", amount))
        return times(tuple(parts))

    def _minus_one(self, pieces: list[tuple[Fraction, str, Node]]) -> Node:
        parts: list[Node] = []
        for coefficient, key, _ in pieces:
            if coefficient.denominator != 1:
                raise UnknownError("power of a negative number")
            if key == "1":
                parts.append(constant(-1 if coefficient.numerator % 2 else 1))
            elif key.startswith("x:") and key[2:].split("^")[0] in self.atoms.integers:
                parts.append(("a", self.atoms.make(f"sign:{key}", "sign"), coefficient))
            else:
                parts.append(self.free(f"pow:-1^{key}", coefficient))
        return times(tuple(parts))

    # Exponentials, logarithms, circular functions.

    def pieces(self, node: Node) -> list[tuple[Fraction, str, Node]]:
        """The node as a sum of rational multiples: coefficient, canonical key (`1` for a constant), node."""
        form = self.atoms.form(node)
        if form.numerator.is_zero():
            return []
        result = []
        one = form.numerator**0
        if form.denominator.is_constant():
            for exponents, coefficient in form.numerator.to_dict().items():
                term = form.numerator.context().from_dict({exponents: coefficient}) / coefficient
                key = _monomial_key(Form(term, one, form.keys, form.roots))
                result.append((fraction(coefficient), key, self.atoms.node_of(term, form)))
            return result
        lead = form.numerator.leading_coefficient()
        reduced = Form(form.numerator / lead, form.denominator, form.keys, form.roots)
        inner = ("/", self.atoms.node_of(reduced.numerator, form), self.atoms.node_of(form.denominator, form))
        return [(fraction(lead), reduced.canonical(), inner)]

    def exponential(self, node: Node) -> Node:
        parts: list[Node] = []
        for coefficient, key, inner in self.pieces(node):
            names = key.split("*")
            logarithms = [n for n in names if n.startswith("ln:") and n in self.atoms.table]
            if len(logarithms) == 1 and len(names) == 1 and (base := self.atoms.table[logarithms[0]].node):
                parts.append(self.power(base, constant(coefficient), Num(coefficient)))
            elif "i" in names:
                rest = [n for n in inner[1] if n != _I] if inner[0] == "*" else []
                parts.append(self._turned(coefficient, times(tuple(rest))))
            else:
                name = self.atoms.make(f"exp:{key}", "free", inner)
                parts.append(("a", name, coefficient))
        return times(tuple(parts))

    def _turned(self, coefficient: Fraction, node: Node) -> Node:
        """e^(i·coefficient·node)."""
        parts: list[Node] = []
        for share, key, _ in self.pieces(times((constant(coefficient), node))):
            parts.append(self._phase(share) if key == "pi" else self.free(f"turn:{key}", share))
        return times(tuple(parts))

    def _phase(self, turns: Fraction) -> Node:
        cosine, sine = self._cosine(turns), self._cosine(turns - HALF)
        imaginary: Node = ("a", self.atoms.make("i", "i"), Fraction(1))
        if cosine is None or sine is None:
            self.atoms.make("turning", "turn")
            return ("a", "turning", turns % 2)
        return plus((cosine, times((imaginary, sine))))

    def _cosine(self, turns: Fraction) -> Node | None:
        turns = turns % 2
        if turns > 1:
            turns = 2 - turns
        sign = 1
        if turns > HALF:
            turns, sign = 1 - turns, -1
        terms = _COSINES.get(turns)
        if terms is None:
            return None
        nodes = [times((constant(sign * c), self._rational_root(Fraction(r), HALF, True))) for c, r in terms]
        return plus(tuple(nodes)) if nodes else ZERO

    def circle(self, node: Node) -> tuple[Node, Node]:
        """Cosine and sine."""
        turn = self._turned(Fraction(1), node)
        back: Node = ("^", turn, -1)
        imaginary: Node = ("a", self.atoms.make("i", "i"), Fraction(1))
        cosine = times((constant(HALF), plus((turn, back))))
        sine = times((constant(-HALF), imaginary, plus((turn, times((constant(-1), back))))))
        return cosine, sine

    def logarithm(self, node: Node) -> Node:
        if self.principal and node[0] != "c":
            raise UnknownError("logarithm of a complex number")
        form = self.atoms.form(node)
        if not self.principal:
            self._learn(form)
        parts: list[Node] = []
        for poly, direction in ((form.numerator, 1), (form.denominator, -1)):
            if poly.is_zero():
                raise UndefinedError("logarithm of zero")
            content, factors = self._factored(poly)
            if content < 0 and self.principal:
                raise UnknownError("logarithm of a negative number")
            for number, way in ((abs(content.numerator), 1), (content.denominator, -1)):
                for prime, count in _primes(number):
                    key = self.atoms.make(f"ln:{prime}", "free", constant(prime))
                    parts.append(times((constant(direction * way * count), ("a", key, Fraction(1)))))
            for factor, count in factors:
                parts.append(times((constant(direction * count), self._factor_logarithm(factor, form))))
        return plus(tuple(parts)) if parts else ZERO

    def _factor_logarithm(self, factor: fmpq_mpoly, form: Form) -> Node:
        single = self._single(factor, form)
        if single is not None:
            key, power = single
            known = self._logarithm_of_atom(key)
            if known is not None:
                return times((constant(power), known))
        inner = self.atoms.node_of(factor, form)
        name = Form(factor, factor**0, form.keys, form.roots).canonical()
        return ("a", self.atoms.make(f"ln:{name}", "free", inner), Fraction(1))

    def _logarithm_of_atom(self, key: str) -> Node | None:
        atom = self.atoms.table[key]
        if key == "exp:1":
            return ONE
        if key.startswith("exp:") and atom.node is not None:
            return atom.node
        if atom.kind in ("power", "abs") and atom.node is not None:
            return self.logarithm(atom.node)
        return None

    # Factorials.

    def factorial(self, node: Node) -> Node:
        """(m + k)! = m! (m+1) … (m+k), with m free of a whole constant term."""
        shift = Fraction(0)
        rest = []
        for coefficient, key, inner in self.pieces(node):
            if key == "1":
                shift = coefficient
            else:
                rest.append(times((constant(coefficient), inner)))
        if not rest:
            raise UnknownError("a factorial of a number is computed")
        whole = shift.numerator // shift.denominator
        if abs(whole) > 60:
            raise UnknownError("factorial shifted too far")
        base = plus((*rest, constant(shift - whole)))
        key = self.atoms.form(base).canonical()
        parts: list[Node] = [self.free(f"factorial({key})")]
        for k in range(1, abs(whole) + 1):
            offset = k if whole > 0 else 1 - k
            factor = plus((base, constant(offset)))
            parts.append(factor if whole > 0 else ("^", factor, -1))
        return times(tuple(parts))


def _is_radical(form: Form) -> bool:
    """Whether the form is a positive number made of roots of primes by multiplication."""
    for poly in (form.numerator, form.denominator):
        terms = poly.to_dict()
        if len(terms) != 1 or poly.leading_coefficient() < 0:
            return False
        ((exponents, _),) = terms.items()
        if any(e and not form.keys[j].startswith("prime:") for j, e in enumerate(exponents)):
            return False
    return True


def _constant_power(base: Fraction, exponent: int) -> Node:
    if base in (1, -1) or exponent == 0:
        return constant(base if exponent % 2 else 1)
    if not base and exponent < 0:
        raise UndefinedError("division by zero")
    if (base.numerator.bit_length() + base.denominator.bit_length()) * abs(exponent) > 1 << 15:
        raise UnknownError("exponent too large")
    return constant(base**exponent)


def _monomial_key(form: Form) -> str:
    ((exponents, _),) = form.numerator.to_dict().items()
    parts = []
    for j, e in enumerate(exponents):
        if e:
            power = Fraction(int(e), form.roots[j])
            parts.append(form.keys[j] if power == 1 else f"{form.keys[j]}^{power}")
    return "*".join(sorted(parts)) or "1"


def _primes(value: int) -> list[tuple[int, int]]:
    if value == 1:
        return []
    if value.bit_length() > 80:
        raise UnknownError("too large to factor")
    return [(int(p), int(k)) for p, k in fmpz(value).factor()]
