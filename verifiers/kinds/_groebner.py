"""Groebner bases of small ideals (Cox, Little, O'Shea, *Ideals, Varieties, and Algorithms*, chapter 3)."""

from collections.abc import Sequence
from math import lcm
from typing import Final

from flint import fmpq, fmpq_mpoly, fmpz_mpoly, fmpz_mpoly_ctx, fmpz_mpoly_vec

from verifiers.kinds._poly import Ring

BASIS_LIMITS: Final = (40, 150, 800)
"""Most polynomials, terms of one and bits of a coefficient on the way to a Groebner basis."""
MOST_DEGREE: Final = 12


def basis(ring: Ring, polynomials: Sequence[fmpq_mpoly]) -> list[fmpq_mpoly] | None:
    """A Groebner basis of the ideal, `[1]` for the whole ring, None where it would get too large. Square roots keep
    their defining equation.
    """
    roots = [generator * generator - under for generator, under in ring.squares()]
    kept = [p for p in (*polynomials, *roots) if not p.is_zero()]
    if any(p.is_constant() for p in kept):
        return [ring.one]
    if len(kept) > 12 or any(p.total_degree() > MOST_DEGREE or len(p) > 80 for p in kept):
        return None
    whole = fmpz_mpoly_ctx.get(ring.context.names(), "lex")
    found, complete = fmpz_mpoly_vec([_integral(p, whole) for p in kept], whole).buchberger_naive(limits=BASIS_LIMITS)
    if any(p.is_constant() for p in found):
        return [ring.one]
    if not complete:
        return None
    reduced = found.autoreduction(groebner=True)
    return [ring.context.from_dict({m: fmpq(c) for m, c in p.to_dict().items()}) for p in reduced]


def _integral(poly: fmpq_mpoly, context: fmpz_mpoly_ctx) -> fmpz_mpoly:
    terms = poly.to_dict()
    scale = lcm(*(int(c.q) for c in terms.values()))
    return context.from_dict({m: int(c.p) * (scale // int(c.q)) for m, c in terms.items()})
