"""Expressions as quotients of exact multivariate polynomials over Q.

Anything that is not built by ring operations (a root, `sin x`, `2^n`, `pi`) is an *atom*: a generator of its own. Two
quotients that agree are therefore equal wherever both are defined; two that differ may still be equal, since atoms can
be related. `f(x)` and other opaque calls become letters first (`opaque`), so that they can be given values.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly, fmpz

from verifiers.expr import Apply, Const, Expr, Num, Sym, free_symbols, substitute, walk
from verifiers.kinds._ratio import MOST_EXPONENT, MOST_TERMS, NotPolynomialError, Ratio
from verifiers.notation.show import show

MOST_BASE: Final = 10**12
ONE_ROOT: Final = Apply("sqrt", (Num(Fraction(1)),))
_RING: Final = frozenset({"add", "mul", "neg", "div", "percent", "mixed"})


def constant(expr: Expr) -> Fraction | None:
    """The value of a small rational constant expression."""
    match expr:
        case Num(value=value):
            return value
        case Apply(head="neg", args=(inner,)):
            positive = constant(inner)
            return None if positive is None else -positive
        case Apply(head="div", args=(above, below)):
            top, bottom = constant(above), constant(below)
            return None if top is None or not bottom else top / bottom
        case Apply(head="add", args=args):
            parts = [constant(a) for a in args]
            return None if None in parts else sum((p for p in parts if p is not None), Fraction(0))
    return None


def opaque(exprs: Iterable[Expr]) -> list[Expr]:
    """The expressions with every `call` replaced by a letter; calls whose arguments agree as polynomials share it."""
    return [_opaque(expr) for expr in exprs]


def _opaque(expr: Expr) -> Expr:
    if not isinstance(expr, Apply):
        return expr
    args = tuple(_opaque(a) for a in expr.args)
    if expr.head == "call":
        name = args[0].name if isinstance(args[0], Sym) else repr(args[0])
        return Sym(f"{name}({', '.join(_canonical(a) for a in args[1:])})")
    if expr.head == "prime" and isinstance(args[0], Sym):
        return Sym(f"{args[0].name}" + "'" * (1 if len(args) == 1 else 2))
    return Apply(expr.head, args) if args != expr.args else expr


def _canonical(expr: Expr) -> str:
    try:
        ring = Ring([expr])
        ratio = ring.ratio(expr)
    except NotPolynomialError:
        return repr(expr)
    top, bottom = (show(ring.expression(p, {})) for p in (ratio.top, ratio.bottom))
    return top if ratio.bottom.is_one() else f"({top})/({bottom})"


class Ring:
    """Polynomials over Q in the letters and atoms of some expressions, letters first, in lexicographic order.

    Raises:
        NotPolynomialError: an expression has a part without a value (a set, a relation, words).
    """

    def __init__(self, exprs: Iterable[Expr]) -> None:
        letters: set[str] = set()
        atoms: dict[Expr, None] = {}
        for expr in exprs:
            self._collect(expr, letters, atoms)
        self.letters = tuple(sorted(letters))
        self.atoms = tuple(atoms)
        self._index = {Sym(name): k for k, name in enumerate(self.letters)}
        self._index_of_atom = {atom: len(self.letters) + k for k, atom in enumerate(self.atoms)}
        names = [f"v{k}" for k in range(len(self.letters))] + [f"w{k}" for k in range(len(self.atoms))]
        self.context = fmpq_mpoly_ctx.get(names or ["v0"], "lex")
        self.generators = self.context.gens()
        self.one = self.context.constant(1)

    def _collect(self, expr: Expr, letters: set[str], atoms: dict[Expr, None]) -> None:
        stack = [expr]
        while stack:
            node = stack.pop()
            if isinstance(node, Num):
                continue
            if isinstance(node, Sym):
                letters.add(node.name)
            elif isinstance(node, Const) and node.name in ("pi", "e"):
                atoms.setdefault(node)
            elif isinstance(node, Apply) and (node.head in _RING or _whole_power(node) is not None):
                stack.extend(node.args[:1] if node.head == "pow" else node.args)
            elif isinstance(node, Apply) and (split := split_power(node)) is not None:
                stack.append(split)
            elif isinstance(node, Apply):
                _, atom = _atom(node)
                if atom != ONE_ROOT:
                    atoms.setdefault(atom)
                letters |= free_symbols(atom)
                if isinstance(atom, Apply) and atom.head == "sqrt":
                    stack.extend(atom.args)
            else:
                raise NotPolynomialError(f"{node} has no value")

    @property
    def entangled(self) -> frozenset[str]:
        """Letters that occur inside an atom."""
        return frozenset(name for atom in self.atoms for name in free_symbols(atom))

    @property
    def atom_indices(self) -> tuple[tuple[Expr, int], ...]:
        """Atoms with the position of their generator."""
        return tuple(self._index_of_atom.items())

    def index(self, name: str) -> int:
        """Position of a letter's generator."""
        return self._index[Sym(name)]

    def generator(self, name: str) -> fmpq_mpoly:
        return self.generators[self.index(name)]

    def squares(self) -> Iterator[tuple[fmpq_mpoly, fmpq_mpoly]]:
        """Generators that are square roots, with what stands under them, where that is a polynomial."""
        for atom, index in self._index_of_atom.items():
            if isinstance(atom, Apply) and atom.head == "sqrt":
                inside = self._ratio(atom.args[0])
                if inside.bottom.is_constant():
                    yield self.generators[index], inside.top * (1 / inside.bottom.leading_coefficient())

    def expression(self, poly: fmpq_mpoly, values: Mapping[str, Expr]) -> Expr:
        """`poly` written out, with values put in for letters."""
        terms: list[Expr] = []
        for monomial, coefficient in poly.to_dict().items():
            factors: list[Expr] = [Num(Fraction(int(coefficient.p), int(coefficient.q)))]
            for k, power in enumerate(monomial):
                if power:
                    base = Sym(self.letters[k]) if k < len(self.letters) else self.atoms[k - len(self.letters)]
                    base = substitute(base, values)
                    factors.append(base if power == 1 else Apply("pow", (base, Num(Fraction(int(power))))))
            if len(factors) > 1 and factors[0] == Num(Fraction(1)):
                factors = factors[1:]
            terms.append(factors[0] if len(factors) == 1 else Apply("mul", tuple(factors)))
        if not terms:
            return Num(Fraction(0))
        return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))

    def ratio(self, expr: Expr) -> Ratio:
        """`expr` as a quotient, with `sqrt(u)^2` replaced by `u`.

        Raises:
            NotPolynomialError: a division by zero or too many terms.
        """
        return self._ratio(expr)

    def _ratio(self, expr: Expr) -> Ratio:
        match expr:
            case Num(value=value):
                return Ratio(self.context.constant(fmpq(value.numerator, value.denominator)), self.one)
            case Sym():
                return Ratio(self.generators[self._index[expr]], self.one)
            case Const():
                return Ratio(self.generators[self._index_of_atom[expr]], self.one)
            case Apply(head="add" | "mixed", args=args):
                total = self._ratio(args[0])
                for a in args[1:]:
                    total = total + self._ratio(a)
                return total
            case Apply(head="mul", args=args):
                product = self._ratio(args[0])
                for a in args[1:]:
                    product = product * self._ratio(a)
                return product
            case Apply(head="neg", args=(a,)):
                return -self._ratio(a)
            case Apply(head="percent", args=(a,)):
                return self._ratio(a) * Ratio(self.context.constant(fmpq(1, 100)), self.one)
            case Apply(head="div", args=(a, b)):
                return self._ratio(a) * self._ratio(b).inverse()
            case Apply(head="pow", args=(base, _)) if (exponent := _whole_power(expr)) is not None:
                return self._ratio(base).power(exponent)
            case Apply() if (split := split_power(expr)) is not None:
                return self._ratio(split)
            case Apply():
                factor, atom = _atom(expr)
                scale = self.context.constant(fmpq(factor.numerator, factor.denominator))
                if atom in self._index_of_atom:
                    return Ratio(scale * self.generators[self._index_of_atom[atom]], self.one)
                return Ratio(scale, self.one)
        raise NotPolynomialError(f"{expr} has no value")

    def difference(self, equation: Expr) -> Ratio:
        """Left side minus right side of an equation, roots reduced."""
        assert isinstance(equation, Apply)
        left, right = equation.args
        ratio = self.ratio(left) + (-self.ratio(right))
        return self.reduced(ratio)

    def reduced(self, ratio: Ratio) -> Ratio:
        """With squares of square roots replaced, in lowest terms."""
        top, bottom = ratio.top, ratio.bottom
        for atom, index in self._index_of_atom.items():
            if isinstance(atom, Apply) and atom.head == "sqrt":
                inside = self._ratio(atom.args[0])
                if inside.bottom.is_constant():
                    under = inside.top * (1 / inside.bottom.leading_coefficient())
                    top, bottom = self._fold(top, index, under), self._fold(bottom, index, under)
        if bottom.is_zero():
            raise NotPolynomialError("division by zero")
        common = top.gcd(bottom) if not top.is_zero() else bottom
        return Ratio(top / common, bottom / common)

    def _fold(self, poly: fmpq_mpoly, index: int, under: fmpq_mpoly) -> fmpq_mpoly:
        if poly.degrees()[index] < 2:
            return poly
        total = self.context.constant(0)
        for monomial, coefficient in poly.to_dict().items():
            power = monomial[index]
            rest = tuple(power % 2 if k == index else m for k, m in enumerate(monomial))
            total = total + self.context.from_dict({rest: coefficient}) * under ** (power // 2)
            if len(total) > MOST_TERMS:
                raise NotPolynomialError("too many terms")
        return total

    def univariate(self, poly: fmpq_mpoly, name: str) -> fmpq_poly | None:
        """`poly` as a polynomial in one letter, None where anything else occurs in it."""
        index = self._index[Sym(name)]
        coefficients: dict[int, fmpq] = {}
        for monomial, coefficient in poly.to_dict().items():
            if any(m for k, m in enumerate(monomial) if k != index):
                return None
            coefficients[monomial[index]] = coefficient
        return fmpq_poly([coefficients.get(k, fmpq(0)) for k in range(max(coefficients, default=0) + 1)])

    def at(self, poly: fmpq_mpoly, values: Mapping[str, Fraction]) -> fmpq_mpoly:
        """`poly` with rational values put in for letters (those inside atoms stay)."""
        table = {f"v{self._index[Sym(n)]}": fmpq(v.numerator, v.denominator) for n, v in values.items()
                 if Sym(n) in self._index}  # fmt: skip
        return poly.subs(table) if table else poly

    def used(self, poly: fmpq_mpoly) -> tuple[str, ...]:
        """Letters that occur in `poly` outside atoms."""
        degrees = poly.degrees()
        return tuple(name for k, name in enumerate(self.letters) if degrees[k])

    def has_atoms(self, poly: fmpq_mpoly) -> bool:
        return any(poly.degrees()[len(self.letters) :]) if self.atoms else False


def _whole_power(node: Apply) -> int | None:
    if node.head != "pow":
        return None
    value = constant(node.args[1])
    return int(value) if value is not None and value.denominator == 1 and abs(value) <= MOST_EXPONENT else None


def split_power(node: Apply) -> Expr | None:
    """`4^(n + 1)` as `4 * (2^n)^2`: powers with whole coefficients in the exponent, over prime bases or letters."""
    if node.head != "pow" or constant(node.args[1]) is not None:
        return None
    base, exponent = node.args
    bases: list[tuple[Expr, int]] = [(base, 1)]
    if isinstance(base, Num):
        if base.value.denominator != 1 or not 2 <= base.value <= MOST_BASE:
            return None
        bases = [(Num(Fraction(int(p))), int(k)) for p, k in fmpz(int(base.value)).factor()]
    elif not isinstance(base, Sym):
        return None
    ring = Ring([exponent])
    ratio = ring.ratio(exponent)
    terms = ratio.top.to_dict()
    if not ratio.bottom.is_one() or any(abs(c) > 20 or c.q != 1 for c in terms.values()):
        return None
    if len(bases) == 1 and bases[0][1] == 1 and len(terms) == 1 and set(terms.values()) == {fmpq(1)}:
        return None
    factors: list[Expr] = []
    for prime, k in bases:
        for monomial, c in terms.items():
            power = Num(Fraction(int(c.p) * k))
            letter = ring.expression(ring.context.from_dict({monomial: fmpq(1)}), {})
            factors.append(Apply("pow", (prime if not any(monomial) else Apply("pow", (prime, letter)), power)))
    return factors[0] if len(factors) == 1 else Apply("mul", tuple(factors))


def _atom(node: Apply) -> tuple[Fraction, Expr]:
    """A factor and the atom it stands before; `ONE_ROOT` for a rational constant's perfect root."""
    if node.head == "pow" and constant(node.args[1]) == Fraction(1, 2):
        node = Apply("sqrt", (node.args[0],))
    if node.head == "sqrt" and (value := constant(node.args[0])) is not None and value >= 0:
        outside, inside = split_square(value.numerator * value.denominator)
        factor = Fraction(outside, value.denominator)
        return factor, Apply("sqrt", (Num(Fraction(inside)),))
    if any(isinstance(n, Apply) and n.head in ("set", "tuple", "and", "or", "eq", "pm", "mp") for n in walk(node)):
        raise NotPolynomialError(f"{node.head} has no single value")
    return Fraction(1), node


def split_square(value: int) -> tuple[int, int]:
    """`(a, b)` with `value == a*a*b`; b is free of squares of primes below 1000."""
    outside, inside, prime = 1, value, 2
    while prime * prime <= inside and prime < 1_000:
        while inside % (prime * prime) == 0:
            inside //= prime * prime
            outside *= prime
        prime += 1
    return outside, inside
