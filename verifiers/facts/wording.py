"""Sentences in one form before they are read: hedges and frames go, each turn of phrase is said in one way.

None of what is taken away changes who does what, to whom, how much or when.
"""

import re
from typing import Final

_HEDGES: Final = re.compile(
    "|".join(
        (
            r"\bsubject to (?:the )?(?:other |foregoing )?(?:provisions? of )?(?:the )?"
            r"(?:provisions|this|any|article|clause|sub-?clause|part)\b[^,]*,",
            r"\bnotwithstanding\b[^,]*,",
            r"\bsave as otherwise\b[^,]*,",
            r"\buntil (?:parliament|the legislature|provision)\b[^,]*?"
            r"\b(?:otherwise provides|so made|prescribes a larger number),",
            r"\bunless parliament by law otherwise provides,",
            r"\bas soon as may be(?: after)?\b,?",
            r"\b(?:as )?nearly as (?:may be|possible)\b,?",
            r"\bfrom time to time\b",
            r"\bas the case may be\b,?",
            r"\bso far as (?:may be|practicable)\b,?",
            r"\bby law\b|\bif any\b,?|\bby writing\b",
            r"\bin (?:that|this) behalf\b",
            r"\bby warrant under his hand and seal\b|\bunder his hand\b|\bex officio\b",
            r"\bunless sooner dissolved(?: under any law for the time being in force)?\b,?",
            r"\bunless dissolved earlier\b,?|\bunless revoked\b,?|\bor otherwise\b,?",
            r"\bprovided (?:further |also )?that\b",
            r"\bon the (?:other|one) hand\b,?|\bhowever\b,?|\balso\b|\bin particular\b,?",
            r"\bfor the time being in force\b|\bin his discretion\b|\bin the first instance\b",
            r",? including [^,]{3,60},",
            r"\bhaving such (?:a )?\w+|\bin any form\b|\bwith respect to\b",
        )
    ),
    re.IGNORECASE,
)
"""What a law says beside its statement, and a textbook leaves out."""
_ASIDE: Final = re.compile(r"\([^()]{0,300}\)|[\[\]“”\"‘]|(?<!\w)’|’(?!\w)")
_FOOTNOTE: Final = re.compile(r"(?<![\w.])\d{1,2} ?\[")
_FRAMES: Final = re.compile(
    r"^\s*(?:(?:according to|under|as per|in|by) the (?:indian )?constitution(?: of india)?,? "
    r"|(?:the (?:indian )?constitution(?: of india)?|it is|it was) (?:also |clearly |expressly )?"
    r"(?:says|provides|states|lays down|declares|requires|laid down|provided|stated|declared|true|a fact|known)"
    r"(?: (?:in|by|under) [^,]{3,40}?)? that )",
    re.IGNORECASE,
)
"""What a statement says of itself before it says anything."""

_SPAN: Final = r"[^,.;]{3,90}?"
_REST: Final = r"[^,.;]{3,60}"
_TURNS: Final = tuple(
    (re.compile(pattern.format(span=_SPAN, rest=_REST), re.IGNORECASE), made)
    for pattern, made in (
        (
            r"\bthere (?:shall be|is) an? (?P<x>{span}) (?:who (?:shall be|is)|to be) (?P<v>\w+ed)\b",
            r"\g<x> shall be \g<v>",
        ),
        (r"\bit is (?P<b>{span}) (?:who|that|which) (?=\w)", r"\g<b> "),
        (
            r"\bthe (?:power|right|authority) to (?P<v>\w+) (?P<x>{span}) (?:lies|rests|is vested|vests) (?:with|in)"
            r" (?P<b>{rest})",
            r"\g<b> may \g<v> \g<x>",
        ),
        (
            r"\b(?P<b>{span}) administers? the oath(?: of office)? to (?P<x>{rest})",
            r"\g<x> takes the oath before \g<b>",
        ),
        (
            r"\bthe oath of (?P<x>{span}) is (?:taken|administered|made) (?:before|by) (?P<b>{rest})",
            r"\g<x> takes the oath before \g<b>",
        ),
        (
            r"\bthe resignation of (?P<x>{span}) is (?:addressed|submitted|sent|tendered|given) to ",
            r"\g<x> addresses his resignation to ",
        ),
        (
            r"\bto resign, (?P<x>{span}) (?:writes|sends a letter) to ",
            r"\g<x> addresses his resignation to ",
        ),
        (
            r"\b(?P<n>appointment|election|nomination|removal|dissolution|summoning)s? of (?P<x>[^;.]{{3,200}}?)\s?,?"
            r" (?P<a>shall|is|are|was|were)\b(?P<m>[^;.]{{0,120}}?)\bmade by ",
            r"\g<x> \g<a> be \g<n>ed\g<m> by ",
        ),
        (
            r"\bnothing in [^;.]{{3,120}}? (?:shall |can |may )?prevents? (?P<x>{span}) from (?P<v>\w+?)ing\b",
            r"\g<x> may \g<v>e",
        ),
        (r"\bit (?:shall be|is) the (?:duty|obligation) of (?P<x>{span}) to\b", r"\g<x> shall"),
        (r"\b(?:has|have|shall have) (?:the )?(?:power|right|authority) to\b", "may"),
        (r"\b(?:is|are) (?:empowered|authorised|authorized|permitted|allowed) to\b", "may"),
        (r"\b(?:has|have) to\b|\b(?:is|are) (?:required|obliged|bound) to\b|\bmust\b", "shall"),
        (r"\bin accordance with\b", "according to"),
        (r"\bmake and subscribe\b|\bmakes and subscribes\b", "take"),
        (r"\bthe oath of office\b", "the oath"),
    )
)
"""Two ways of saying one thing, brought to one of them."""


def prepared(text: str) -> str:
    """The sentence in its plain form. Offsets are given up: a quotation is of the sentence as it stands."""
    plain = " ".join(_ASIDE.sub(" ", _FOOTNOTE.sub(" ", text.replace("\xa0", " "))).split())
    plain = _HEDGES.sub(" ", _FRAMES.sub("", plain))
    for pattern, made in _TURNS:
        plain = pattern.sub(made, plain)
    return re.sub(r"\s*,(?:\s*,)+", ",", " ".join(plain.split())).strip(" ,")
