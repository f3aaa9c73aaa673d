"""Several polynomial equations at once: elimination, contradiction, exact points.

Letters that stand alone in a linear equation are eliminated first, what remains is brought into a lexicographic
Groebner basis (Cox, Little, O'Shea, *Ideals, Varieties, and Algorithms*, chapter 3). For a point, letters get small
values in turn until an equation has a single letter left, which is then solved. What comes out satisfies the equations
by construction; the caller has it confirmed by `exact` before it is shown to anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from flint import fmpq, fmpq_mpoly, fmpz_poly

from verifiers import exact
from verifiers.expr import Apply, Expr, Num, Sym, free_symbols, substitute
from verifiers.kinds._cells import quadratic, real_roots
from verifiers.kinds._domains import POOL
from verifiers.kinds._groebner import MOST_DEGREE, basis
from verifiers.kinds._poly import Ring
from verifiers.kinds._ratio import NotPolynomialError

Point = dict[str, Expr]

MOST_POINTS: Final = 40


class System:
    """Equations as polynomials in one ring, linear ones solved for a letter each.

    `contradictory` says that elimination reached `nonzero constant = 0`. `others` are relations that will be asked
    about later, so that the ring has their letters.
    """

    def __init__(self, equations: Sequence[Expr], others: Sequence[Expr] = ()) -> None:
        self.named: list[tuple[str, Expr]] = []
        equations = self._name(list(equations), others)
        asked = [self.put_names(e) for e in others]
        self.ring = Ring([side for e in (*equations, *asked) if isinstance(e, Apply) for side in e.args])
        self.eliminated: list[tuple[str, fmpq_mpoly]] = []
        self.rest: list[fmpq_mpoly] = []
        self.contradictory = False
        self._eliminate([self.ring.difference(e).top for e in equations])
        if not self.contradictory and len(self.rest) > 1:
            self.rest = basis(self.ring, self.rest) or self.rest
            self.contradictory = any(p.is_constant() for p in self.rest)

    def _name(self, equations: list[Expr], others: Sequence[Expr]) -> list[Expr]:
        """Takes out `K = expression` where K stands under a root or in an exponent elsewhere."""
        for _ in range(len(equations)):
            deep = {name for e in (*equations, *others) for name in _inside_atoms(self.put_names(e))}
            pairs = [(k, _definition(e)) for k, e in enumerate(equations)]
            found = next(((k, pair) for k, pair in pairs if pair is not None and pair[0] in deep), None)
            if found is None:
                break
            position, (name, value) = found
            equations.pop(position)
            equations = [substitute(e, {name: value}) for e in equations]
            self.named = [(n, substitute(v, {name: value})) for n, v in self.named] + [(name, value)]
        return equations

    def put_names(self, relation: Expr) -> Expr:
        """The relation with the letters of `named` replaced."""
        return substitute(relation, dict(self.named)) if self.named else relation

    def top(self, relation: Expr) -> fmpq_mpoly:
        """Left minus right of an equation, over its denominator, with eliminated letters put in."""
        return self.reduce(self.ring.difference(self.put_names(relation)).top)

    def vanishes(self, relation: Expr) -> bool:
        """The equation follows from the system, where its sides are defined."""
        poly = self.top(relation)
        if self.ring.has_atoms(poly) and not self.ring.used(poly):
            value = self.ring.expression(poly, {})
            return not free_symbols(value) and exact.holds(Apply("eq", (value, Num(Fraction(0))))) is True
        for _ in range(MOST_DEGREE):
            before = poly
            for divisor in self.rest:
                if poly.is_zero():
                    return True
                poly = divmod(poly, divisor)[1]
            if poly == before:
                break
        return bool(poly.is_zero())

    def excludes(self, relation: Expr) -> bool:
        """No point of the system, real or complex, satisfies the equation."""
        poly = self.top(relation)
        if poly.is_zero():
            return False
        if not self.ring.used(poly) and self.ring.has_atoms(poly):
            return exact.holds(Apply("ne", (self.ring.expression(poly, {}), Num(Fraction(0))))) is True
        found = basis(self.ring, [*self.rest, poly])
        return found is not None and any(p.is_constant() for p in found)

    def _eliminate(self, polynomials: list[fmpq_mpoly]) -> None:
        pending = [p for p in polynomials if not p.is_zero()]
        entangled = self.ring.entangled
        while True:
            chosen = next(((k, found) for k, p in enumerate(pending) if (found := self._linear(p, entangled))), None)
            if chosen is None:
                break
            position, (name, value) = chosen
            pending.pop(position)
            self.eliminated.append((name, value))
            pending = [q for p in pending if not (q := self._put(p, name, value)).is_zero()]
        self.contradictory = any(p.is_constant() for p in pending)
        self.rest = pending

    def all_points(self, relation: Expr) -> list[Point] | None:
        """Every real point of the system at which the equation holds too; None where they cannot be listed."""
        found = basis(self.ring, [*self.rest, self.top(relation)])
        if found is None:
            return None
        points: list[Point] = []
        names = {n for n in self.ring.letters if n not in {name for name, _ in self.eliminated}}
        if not self._branch(found, {}, names, points):
            return None
        return points

    def _branch(self, polynomials: Sequence[fmpq_mpoly], values: dict[str, Fraction], names: set[str],
                points: list[Point]) -> bool:  # fmt: skip
        now = [p for q in polynomials if not (p := self.ring.at(q, values)).is_zero()]
        if any(p.is_constant() for p in now):
            return True
        if not now:
            if set(values) != names:
                return False
            point = self._complete(dict(values), {})
            if point is not None:
                points.append(point)
            return point is not None and len(points) < MOST_POINTS
        for poly in now:
            free = self.ring.used(poly)
            if len(free) == 1 and not self.ring.has_atoms(poly):
                single = self.ring.univariate(poly, free[0])
                roots = real_roots([single]) if single is not None else []
                if any(not isinstance(root.exact, Num) for root in roots):
                    return False
                return all(self._branch(now, values | {free[0]: root.exact.value}, names, points)
                           for root in roots if isinstance(root.exact, Num))  # fmt: skip
        return False

    def _linear(self, poly: fmpq_mpoly, entangled: frozenset[str]) -> tuple[str, fmpq_mpoly] | None:
        """A letter that occurs once, with a rational coefficient, and what it equals. Short solutions first."""
        names = [n for n in self.ring.used(poly) if n not in entangled]
        degrees = poly.degrees()
        for name in names:
            index = self.ring.index(name)
            if degrees[index] != 1:
                continue
            holding = [(m, c) for m, c in poly.to_dict().items() if m[index]]
            if len(holding) == 1 and sum(holding[0][0]) == 1:
                return name, self.ring.generator(name) - poly * (1 / holding[0][1])
        return None

    def _put(self, poly: fmpq_mpoly, name: str, value: fmpq_mpoly) -> fmpq_mpoly:
        index = self.ring.index(name)
        degree = poly.degrees()[index]
        if degree <= 0:
            return poly
        if len(value) ** degree > 400 or degree > 8:
            raise NotPolynomialError("too large to substitute")
        generators = [value if k == index else g for k, g in enumerate(self.ring.generators)]
        return poly.compose(*generators, ctx=self.ring.context)

    def reduce(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        """`poly` with the eliminated letters put in."""
        for name, value in self.eliminated:
            poly = self._put(poly, name, value)
        return poly

    def points(self, attempts: int, pools: Mapping[str, Sequence[Fraction]] | None = None) -> Iterator[Point]:
        """Points at which all equations hold, a different start for each attempt."""
        if self.contradictory:
            return
        names = [n for n in self.ring.letters if n not in {name for name, _ in self.eliminated}]
        for attempt in range(attempts):
            point = self._attempt(names, attempt, pools or {})
            if point is not None:
                yield point

    def _attempt(self, names: Sequence[str], attempt: int, pools: Mapping[str, Sequence[Fraction]]) -> Point | None:
        rational: dict[str, Fraction] = {}
        last: Point = {}
        pending = list(self.rest)
        turn = attempt % len(names) if names else 0
        order = [*names[turn:], *names[:turn]] if attempt % 2 else [*names[turn::-1], *names[:turn:-1]]
        draw = 0
        while True:
            remaining, progress = self._propagated(pending, rational, last, attempt)
            if remaining is None:
                return None
            pending = remaining
            if progress:
                continue
            name = next((n for n in order if n not in rational and n not in last), None)
            if name is None:
                break
            pool = pools.get(name, POOL)
            rational[name] = pool[(attempt * 3 + draw * 5 + attempt // 4) % len(pool)]
            draw += 1
        return self._complete(rational, last)

    def _propagated(
        self, pending: Sequence[fmpq_mpoly], rational: dict[str, Fraction], last: Point, attempt: int
    ) -> tuple[list[fmpq_mpoly] | None, bool]:
        """Solves the equations with one letter left; what remains, None where an equation became false."""
        progress = False
        remaining: list[fmpq_mpoly] = []
        for poly in pending:
            now = self.ring.at(poly, rational)
            free = [n for n in self.ring.used(now) if n not in last]
            if not free:
                if not now.is_zero() and not self.ring.has_atoms(now) and not last:
                    return None, False
                continue
            plain = not self.ring.has_atoms(now) and len(self.ring.used(now)) == 1
            if len(free) == 1 and plain:
                roots = self._roots(now, free[0])
                if not roots:
                    return None, False
                root = roots[attempt % len(roots)]
                if isinstance(root, Num):
                    rational[free[0]] = root.value
                else:
                    last[free[0]] = root
                progress = True
            elif len(free) == 1 and (root_expr := self._linear_root(now, free[0], rational, last)) is not None:
                last[free[0]] = root_expr
                progress = True
            else:
                remaining.append(poly)
        return remaining, progress

    def _linear_root(self, poly: fmpq_mpoly, name: str, rational: dict[str, Fraction], last: Point) -> Expr | None:
        """The root of `a L + b`, with closed atoms and values already found in `a` and `b`."""
        index = self.ring.index(name)
        if poly.degrees()[index] != 1 or name in self.ring.entangled:
            return None
        values: Point = {n: Num(v) for n, v in rational.items()} | last
        terms = poly.to_dict().items()
        slope = {tuple(0 if k == index else m for k, m in enumerate(t)): c for t, c in terms if t[index]}
        level = {t: c for t, c in terms if not t[index]}
        above, below = (self.ring.expression(self.ring.context.from_dict(d), values) for d in (level, slope))
        if free_symbols(above) or free_symbols(below):
            return None
        if exact.holds(Apply("ne", (below, Num(Fraction(0))))) is not True:
            return None
        return Apply("neg", (Apply("div", (above, below)),))

    def _roots(self, poly: fmpq_mpoly, name: str) -> list[Expr]:
        single = self.ring.univariate(poly, name)
        if single is None or single.degree() > 12:
            return []
        found: list[Expr] = []
        for factor, _ in fmpz_poly(single.numer()).factor()[1]:
            c = [Fraction(int(v)) for v in factor.coeffs()]
            if len(c) == 2:
                found.append(Num(-c[0] / c[1]))
            elif len(c) == 3:
                found.extend(quadratic(c[0], c[1], c[2]))
        return sorted(found, key=lambda root: not isinstance(root, Num))

    def _complete(self, rational: dict[str, Fraction], last: Point) -> Point | None:
        point: Point = {name: Num(value) for name, value in rational.items()} | last
        for name, value in reversed(self.eliminated):
            now = self.ring.at(value, rational)
            if now.is_constant():
                number = now.leading_coefficient() if not now.is_zero() else fmpq(0)
                rational[name] = Fraction(int(number.p), int(number.q))
                point[name] = Num(rational[name])
            else:
                expr = self.ring.expression(now, point)
                if expr is None or free_symbols(expr):
                    return None
                point[name] = expr
        for name, meaning in reversed(self.named):
            point[name] = substitute(meaning, point)
            if free_symbols(point[name]):
                return None
        return point


def _definition(equation: Expr) -> tuple[str, Expr] | None:
    if isinstance(equation, Apply) and equation.head == "eq":
        for one, other in (equation.args, equation.args[::-1]):
            if isinstance(one, Sym) and one.name not in free_symbols(other):
                return one.name, other
    return None


def _inside_atoms(relation: Expr) -> frozenset[str]:
    try:
        return Ring(relation.args if isinstance(relation, Apply) else ()).entangled
    except NotPolynomialError:
        return frozenset()
