"""Atoms of the normal form, and quotients of polynomials in them with their relations.

A `Node` is a rational expression over atoms with rational exponents. `Atoms.form` fixes one ring for it: an atom that
occurs with exponents of common denominator n becomes a generator that is its n-th root.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import comb, lcm
from typing import Any, Final, NamedTuple, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz_poly

from verifiers.evaluation.scalars import UndefinedError, UnknownError

Node: TypeAlias = tuple[Any, ...]
"""`("c", Fraction)`, `("a", key, exponent)`, `("+", nodes)`, `("*", nodes)`, `("^", node, int)`,
`("/", node, node)`.
"""

ZERO: Final[Node] = ("c", Fraction(0))
ONE: Final[Node] = ("c", Fraction(1))
_MOST_DEGREE: Final = 2_000
_MOST_ATOMS: Final = 60
_LONGEST_KEY: Final = 2_000


def constant(value: Fraction | int) -> Node:
    return ("c", Fraction(value))


def plus(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else ("+", nodes)


def times(nodes: tuple[Node, ...]) -> Node:
    kept = tuple(n for n in nodes if n != ONE)
    if not kept:
        return ONE
    return kept[0] if len(kept) == 1 else ("*", kept)


class Atom(NamedTuple):
    """What an atom is. `kind` tells its relation:

    `free` has none; `power` satisfies g^1 = base (`node`), so that its n-th root satisfies g^n = base; `abs` is |f|
    for the polynomial `node`; `i`; `sign` is -1 to a whole power; `turn` is e^(i·pi).
    """

    kind: str
    node: Node | None = None


class Form(NamedTuple):
    """A reduced quotient. `keys[j]` with `roots[j]` says that generator j is that root of that atom."""

    numerator: fmpq_mpoly
    denominator: fmpq_mpoly
    keys: tuple[str, ...]
    roots: tuple[int, ...]

    def canonical(self) -> str:
        return f"{_text(self.numerator, self)}/{_text(self.denominator, self)}"


def _text(poly: fmpq_mpoly, form: Form) -> str:
    terms = []
    if len(poly) * max(map(len, form.keys), default=0) > 50 * _LONGEST_KEY:
        raise UnknownError("too long")
    for exponents, coefficient in poly.to_dict().items():
        letters = sorted(
            f"{form.keys[j]}^{Fraction(int(e), form.roots[j])}" for j, e in enumerate(exponents) if e
        )
        terms.append(f"{'*'.join(letters)}:{coefficient}")
    return "+".join(sorted(terms))


class Atoms:
    """The atoms of one question, in the order in which they were made: a relation mentions earlier ones only."""

    def __init__(
        self, positive: frozenset[str], nonnegative: frozenset[str], integers: frozenset[str], limit: int
    ) -> None:
        self.limit = limit
        self.integers = integers
        self.table: dict[str, Atom] = {}
        self.signs: dict[str, int] = {}
        """Sign of the polynomial under an `abs` atom where the expressions are defined, as far as it is known."""
        self.positive = {f"x:{name}" for name in positive | nonnegative}

    def make(self, key: str, kind: str = "free", node: Node | None = None) -> str:
        if key not in self.table:
            if len(self.table) > _MOST_ATOMS or len(key) > _LONGEST_KEY:
                raise UnknownError("too many atoms, or too long")
            self.table[key] = Atom(kind, node)
        return key

    # One ring for a node.

    def form(self, node: Node) -> Form:
        ring, ((numerator, denominator),) = self.quotients([node])
        return ring.form(numerator, denominator)

    def quotients(self, nodes: Sequence[Node]) -> "tuple[Ring, list[tuple[fmpq_mpoly, fmpq_mpoly]]]":
        """Reduced numerators and denominators of several nodes in one ring.

        Raises:
            UndefinedError: a denominator is zero.
            UnknownError: a polynomial grows too large.
        """
        roots: dict[str, int] = {}
        for node in nodes:
            self._collect(node, roots)
        for key in reversed(tuple(self.table)):
            if key in roots and (inner := self.table[key].node) is not None and self.table[key].kind != "free":
                self._collect(inner, roots)
        keys = tuple(key for key in self.table if key in roots)
        ring = Ring(self, keys, tuple(roots[k] for k in keys))
        found = [ring.reduce(*ring.quotient(node)) for node in nodes]
        if any(denominator.is_zero() for _, denominator in found):
            raise UndefinedError("division by zero")
        return ring, found

    def vanishes(self, node: Node) -> bool:
        return bool(self.form(node).numerator.is_zero())

    def _collect(self, node: Node, roots: dict[str, int]) -> None:
        stack = [node]
        while stack:
            tag, *rest = stack.pop()
            if tag == "a":
                key, exponent = rest
                roots[key] = lcm(roots.get(key, 1), exponent.denominator)
                if roots[key] > 360:
                    raise UnknownError("root of a large degree")
            elif tag in ("+", "*"):
                stack.extend(rest[0])
            elif tag == "^":
                stack.append(rest[0])
            elif tag == "/":
                stack.extend(rest)

    # Forms back to nodes.

    def node_of(self, poly: fmpq_mpoly, form: Form) -> Node:
        terms = [
            times((
                constant(fraction(coefficient)),
                *(
                    ("a", form.keys[j], Fraction(int(e), form.roots[j]))
                    for j, e in enumerate(exponents)
                    if e
                ),
            ))
            for exponents, coefficient in poly.to_dict().items()
        ]
        return plus(tuple(terms)) if terms else ZERO

    def is_positive(self, poly: fmpq_mpoly, form: Form) -> bool:
        """Whether every term is visibly not negative and the polynomial so, too, where it is not zero."""
        for exponents, coefficient in poly.to_dict().items():
            if coefficient < 0:
                return False
            for j, e in enumerate(exponents):
                if e % 2 and not self._atom_positive(form.keys[j], form.roots[j]):
                    return False
        return True

    def _atom_positive(self, key: str, root: int) -> bool:
        kind = self.table[key].kind
        return key in self.positive or kind == "abs" or key.startswith(("prime:", "exp:", "pow:")) or key == "pi"


class Ring:
    """Polynomials in the atoms of some nodes; generator j is the `roots[j]`-th root of atom `keys[j]`."""

    def __init__(self, atoms: Atoms, keys: tuple[str, ...], roots: tuple[int, ...]) -> None:
        self.atoms = atoms
        self.keys = keys
        self.roots = roots
        self.index = {key: j for j, key in enumerate(keys)}
        self.context = fmpq_mpoly_ctx.get([f"g{j}" for j in range(max(len(keys), 1))], Ordering.lex)
        self.generators = self.context.gens()
        self.one = self.context.constant(1)

    def form(self, numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> Form:
        common = numerator.gcd(denominator) if not numerator.is_zero() else denominator
        if not common.is_constant():
            numerator, denominator = numerator / common, denominator / common
        lead = denominator.leading_coefficient()
        return Form(numerator / lead, denominator / lead, self.keys, self.roots)

    def quotient(self, node: Node) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        tag = node[0]
        if tag == "c":
            value: Fraction = node[1]
            return self.one * fmpq(value.numerator, value.denominator), self.one
        if tag == "a":
            j = self.index[node[1]]
            exponent = int(node[2] * self.roots[j])
            self._bound_degree(exponent)
            power = self.generators[j] ** abs(exponent)
            return (power, self.one) if exponent >= 0 else (self.one, power)
        if tag == "+":
            return self._sum(node[1])
        if tag == "*":
            numerator, denominator = self.one, self.one
            for part in node[1]:
                n, d = self.quotient(part)
                numerator, denominator = self.multiply(numerator, n), self.multiply(denominator, d)
            return numerator, denominator
        if tag == "/":
            (a, b), (c, d) = self.quotient(node[1]), self.quotient(node[2])
            if c.is_zero():
                raise UndefinedError("division by zero")
            return self.multiply(a, d), self.multiply(b, c)
        n, d = self.quotient(node[1])
        exponent = node[2]
        if exponent < 0:
            n, d = d, n
            if d.is_zero():
                raise UndefinedError("division by zero")
        return self.power(n, abs(exponent)), self.power(d, abs(exponent))

    def _sum(self, nodes: tuple[Node, ...]) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        numerator, denominator = self.quotient(nodes[0])
        for node in nodes[1:]:
            n, d = self.quotient(node)
            if d == denominator:
                numerator = numerator + n
                continue
            common = d.gcd(denominator)
            if not common.is_constant():
                left, right = d / common, denominator / common
            else:
                left, right = d, denominator
            numerator = self.multiply(numerator, left) + self.multiply(n, right)
            denominator = self.multiply(denominator, left)
        return numerator, denominator

    def multiply(self, a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
        if len(a) * len(b) > self.atoms.limit * 50:
            raise UnknownError("polynomial too large")
        product = a * b
        if len(product) > self.atoms.limit:
            raise UnknownError("polynomial too large")
        return product

    def power(self, base: fmpq_mpoly, exponent: int) -> fmpq_mpoly:
        length = len(base)
        if length > 1 and (exponent > 200 or comb(length + exponent - 1, exponent) > self.atoms.limit):
            raise UnknownError("polynomial too large")
        if length == 1:
            self._bound_degree(exponent * max(base.total_degree(), 1))
            coefficient = base.leading_coefficient()
            if (coefficient.p.bit_length() + coefficient.q.bit_length()) * exponent > 1 << 15:
                raise UnknownError("coefficient too large")
        return base**exponent

    def _bound_degree(self, exponent: int) -> None:
        if abs(exponent) > _MOST_DEGREE:
            raise UnknownError("degree too large")

    # Reduction by the relations, latest atoms first.

    def reduce(self, numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        for j in reversed(range(len(self.keys))):
            relation = self._relation(j)
            if relation is None:
                continue
            degree, above, below = relation
            for _ in range(_MOST_DEGREE):
                high = max(_degree(numerator, j), _degree(denominator, j))
                if high < degree:
                    break
                numerator, scale_n = self._step(numerator, j, degree, above, below)
                denominator, scale_d = self._step(denominator, j, degree, above, below)
                if scale_n < scale_d:
                    numerator = self.multiply(numerator, self.power(below, scale_d - scale_n))
                elif scale_d < scale_n:
                    denominator = self.multiply(denominator, self.power(below, scale_n - scale_d))
        return numerator, denominator

    def _step(
        self, poly: fmpq_mpoly, j: int, degree: int, above: fmpq_mpoly, below: fmpq_mpoly
    ) -> tuple[fmpq_mpoly, int]:
        """`poly · below**s` with g^degree replaced as often as it divides each term; `s`."""
        parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for exponents, coefficient in poly.to_dict().items():
            times_, rest = divmod(int(exponents[j]), degree)
            key = (*exponents[:j], rest, *exponents[j + 1 :])
            parts.setdefault(times_, {})[key] = coefficient
        top = max(parts, default=0)
        if not top:
            return poly, 0
        total = self.one * 0
        plain = below.is_one()
        for count, terms in parts.items():
            part = self.multiply(self.context.from_dict(terms), self.power(above, count))
            if not plain:
                part = self.multiply(part, self.power(below, top - count))
            total = total + part
        return total, 0 if plain else top

    def relations(self) -> list[fmpq_mpoly]:
        """The relations of the atoms as polynomials that are zero."""
        found = []
        for j in range(len(self.keys)):
            relation = self._relation(j)
            if relation is not None:
                degree, above, below = relation
                found.append(self.generators[j] ** degree * below - above)
        return found

    def _relation(self, j: int) -> tuple[int, fmpq_mpoly, fmpq_mpoly] | None:
        """`(d, a, b)` for g^d = a/b."""
        atom, root = self.atoms.table[self.keys[j]], self.roots[j]
        if atom.kind == "free":
            return None
        if atom.kind == "i":
            return 2, self.one * -1, self.one
        if atom.kind == "sign":
            return 2 * root, self.one, self.one
        if atom.kind == "turn":
            return self._cyclotomic(j, root)
        assert atom.node is not None
        above, below = self.quotient(atom.node)
        if atom.kind == "power":
            return root, above, below
        sign = self.atoms.signs.get(self.keys[j])
        if sign is not None:
            return root, above * sign, below
        return 2 * root, self.power(above, 2), self.power(below, 2)

    def _cyclotomic(self, j: int, root: int) -> tuple[int, fmpq_mpoly, fmpq_mpoly]:
        coefficients = [int(c) for c in fmpz_poly.cyclotomic(2 * root).coeffs()]
        degree = len(coefficients) - 1
        rest = self.one * 0
        for k, c in enumerate(coefficients[:-1]):
            rest = rest - c * self.generators[j] ** k
        return degree, rest, self.one


def _degree(poly: fmpq_mpoly, j: int) -> int:
    return 0 if poly.is_zero() else int(poly.degrees()[j])


def fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
