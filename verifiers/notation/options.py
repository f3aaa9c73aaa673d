"""How to read, and what comes out."""

from typing import Literal, TypeAlias

import msgspec

from verifiers.expr import Bounds, Expr

Reason: TypeAlias = Literal["unreadable", "too_large", "unsupported", "empty"]


class Options(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """How to read.

    `decimal_comma` reads `2,74` as 2.74; it is for comparing final answers only and never set by claim checking.
    `letters` are multi-character names to be read as one symbol (`AB`, `cost`); a name of capitals splits all the
    same where its letters are operands of their own in the same text (`AM = A + M`). Other words split into products
    of letters in LaTeX, unless they are prose, and stay whole in plain text.

    `functions` are letters known to be functions, so that `d(12)` is a call. Otherwise a conventional function letter
    (f g h p q P Q F G T …) makes a call, unless it stands bare elsewhere or in its own argument (`p(p - 1)`); so does
    any letter before one other letter (`y(t)`). `x(2)`, `2(3)`, `a(b + c)` are products.
    """

    syntax: Literal["auto", "latex", "plain"] = "auto"
    decimal_comma: bool = False
    letters: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    imaginary: bool = False
    """Read `i` as the imaginary unit. Off, it is a letter unless the text makes it plain (`2+3i`, `i^2`)."""
    bounds: Bounds = Bounds()


class Unread(msgspec.Struct, frozen=True):
    """Not read: `reason` is `unreadable`, `too_large`, `unsupported` or `empty`; `at` the offset it stopped at."""

    reason: Reason
    message: str
    at: int = 0


class Reading(msgspec.Struct, frozen=True):
    """A chain `a = b < c` with the offsets of its terms in the text that was read.

    `terms[i]` is `(start, end, tree or Unread)`; one term that cannot be read leaves its neighbours alone.
    """

    terms: tuple[tuple[int, int, Expr | Unread], ...]
    relations: tuple[str, ...]
    modulus: Expr | Unread | None = None
    """m of a trailing `\\pmod{m}`, `(mod m)` or `mod m`; it belongs to every `congruent` link."""
    ambiguous: bool = False
    """A second reading of one of the terms is usual: `1/2x`, `\\sin x/2`, `2\\frac{1}{2}`, `C(n, 2)`."""
