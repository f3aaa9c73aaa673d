"""Exact points on which several equations hold at once.

Letters that stand alone in a linear equation are eliminated first; the others get small values in turn until an
equation has a single letter left, which is then solved over Q or by a square root. What comes out satisfies the
equations by construction; the caller has it confirmed by `exact` before it is shown to anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from flint import fmpq, fmpq_mpoly, fmpz_poly

from verifiers.expr import Apply, Expr, Num, free_symbols
from verifiers.kinds._cells import quadratic
from verifiers.kinds._poly import NotPolynomialError, Ring

Point = dict[str, Expr]

POOL: Final = tuple(
    Fraction(v) for v in (2, 3, 5, 1, -1, 7, 4, -2, "1/2", 6, -3, 10, "3/2", 11, "1/3", 0, 13, -5, "5/2")
)
NATURAL_POOL: Final = tuple(Fraction(v) for v in (2, 3, 5, 1, 7, 4, 6, 11, 13, 8, 9, 10, 12, 15, 17, 16))


class System:
    """Equations as polynomials in one ring, linear ones solved for a letter each.

    `contradictory` says that elimination reached `nonzero constant = 0`.
    """

    def __init__(self, equations: Sequence[Expr], others: Sequence[Expr] = ()) -> None:
        sides = [side for e in (*equations, *others) if isinstance(e, Apply) for side in e.args]
        self.ring = Ring(sides)
        self.eliminated: list[tuple[str, fmpq_mpoly]] = []
        self.rest: list[fmpq_mpoly] = []
        self.contradictory = False
        self._eliminate([self.ring.difference(e).top for e in equations])

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
            progress = False
            remaining = []
            for poly in pending:
                now = self.ring.at(poly, rational)
                free = self.ring.used(now)
                if not free:
                    if not now.is_zero() and not self.ring.has_atoms(now):
                        return None
                    continue
                if len(free) == 1 and free[0] not in last and not self.ring.has_atoms(now):
                    roots = self._roots(now, free[0])
                    if not roots:
                        return None
                    root = roots[attempt % len(roots)]
                    progress = True
                    if isinstance(root, Num):
                        rational[free[0]] = root.value
                    else:
                        last[free[0]] = root
                    continue
                remaining.append(poly)
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
        return point
