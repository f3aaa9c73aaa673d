"""How much memory glibc keeps for threads that come and go."""

import contextlib
import ctypes
import sys
from typing import Final

_M_ARENA_MAX: Final = -8
"""`mallopt(3)`."""
_ARENAS: Final = 2


def few_arenas() -> None:
    """Lets threads share two heaps instead of having up to eight a core, each of which keeps the most it ever held.
    Call it before there are threads. Elsewhere than on glibc nothing happens.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
