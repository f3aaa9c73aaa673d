"""Verbs of levelled clauses that place somebody, and what the words before them make of what is said: that it is so,
must be so, or can be so, or is not.
"""

import re
from typing import Final, Literal, TypeAlias

Modality: TypeAlias = Literal["is", "must", "can"]

BE: Final = (
    r"(?:be|is|are|was|were|been|being|sits?|sat|sitting|stands?|stood|standing|lives?|lived|finish(?:ed|es)?"
    r"|came|comes?"
    r"|ranks?|ranked|placed|parked|occup(?:y|ies|ied)|takes?|took|gets?|goes|go|stays?|ends? up|arriv(?:es|ed)|arrive"
    r"|plays?|has|have|had|likes?|wears?|wore|owns?|chose|chooses?|teach(?:es)?|speaks?|drives?|eats?|drinks?"
    r"|perch(?:es|ed)"
    r"|lies?|works?|received|receives?|bought|buys|picked|picks|studies|study|appears?|fall(?:s)?|spoke"
    r"|presents|performs"
    r"|remains?|holds?|keeps?|got|leaves?|left|departs?|departed|reach(?:es|ed)?|runs?|ran|costs?|weighs?|scored|scores|earns|earned)"
)
STATE: Final = (
    r"(?: (?:seated|sitting|standing|placed|located|positioned|ranked|parked|found|kept|living"
    r"|perched|assigned|in fact|given|held|scheduled|delivered|taught|conducted|stacked))?"
)
_MODAL: Final = (
    r"(?P<modal>must not|must|has to|have to|needs to|cannot|could not|can only|can never|can|could|may not|may|might"
    r"|does not|do not|did not|will not|will|is not able to|would) "
)
VERB: Final = re.compile(rf"(?:{_MODAL}(?:have )?)?(?P<verb>{BE})(?P<not> not| never)?{STATE}(?: (?P<rest>.+))?")
_NEVER: Final = frozenset({"must not", "cannot", "could not", "can never", "may not", "is not able to"})
_DENIED: Final = frozenset({"does not", "do not", "did not", "will not"})
POSSIBLE: Final = frozenset({"can", "could", "may", "might"})
NECESSARY: Final = frozenset({"must", "has to", "have to", "needs to", "can only"})


def meaning(modal: str | None, *, denied: bool) -> tuple[Modality, bool] | None:
    """How it is said, and whether it is denied; None where nothing is asserted."""
    if modal in _NEVER:
        return "must", not denied
    if modal in _DENIED:
        return "is", not denied
    if modal in NECESSARY:
        return "must", denied
    if modal in POSSIBLE:
        return "can", denied
    return None if modal == "would" else ("is", denied)
