"""Words that mean something when answers are read: numbers, months, references, negations, words that do not count."""

from collections.abc import Iterator
from typing import Final


def words(text: str) -> frozenset[str]:
    """The words between the blanks of a text."""
    return frozenset(text.split())


def _counted(text: str, first: int, step: int = 1) -> Iterator[tuple[str, int]]:
    for place, names in enumerate(text.split("|")):
        for name in names.split():
            yield name, first + step * place


MONTHS: Final = dict(
    _counted(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct"
        "|november nov|december dec",
        1,
    )
)
UNITS: Final = dict(
    _counted(
        "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
        "|seventeen|eighteen|nineteen",
        0,
    )
)
TENS: Final = dict(_counted("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", 20, 10))
SCALES: Final = {
    "hundred": 100, "thousand": 10**3, "lakh": 10**5, "lakhs": 10**5, "million": 10**6, "crore": 10**7,
    "crores": 10**7, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
ORDINALS: Final = dict(
    _counted(
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
        "|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth",
        1,
    )
) | dict(_counted("twentieth|thirtieth|fortieth|fiftieth|sixtieth", 20, 10))
PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
SAYING_YES: Final = words("yes true correct right")
SAYING_NO: Final = words("no false incorrect wrong")
REFERENCES: Final = {
    "articles": "article", "article": "article", "art": "article", "arts": "article", "sections": "section",
    "section": "section", "sec": "section", "schedule": "schedule", "part": "part", "chapter": "chapter",
    "clause": "clause", "rule": "rule", "amendment": "amendment", "list": "list", "entry": "entry",
    "paragraph": "paragraph", "para": "paragraph",
}  # fmt: skip
ERAS: Final = {"bc": "bc", "bce": "bc", "ad": "ad", "ce": "ad"}
NEGATIONS: Final = words(
    "not no never neither nor none nobody nothing cannot without false incorrect untrue wrong except"
)
STOP: Final = words(
    "the a an of in on at is was are were be been it its by to for as with that this these those from will would i"
    " think believe answer ans he she they there his her their which who has had have did do does then"
)
TITLES: Final = words("dr mr mrs ms shri smt sri prof professor pandit pt sir lord hon honourable")
MATHS: Final = words(
    "sqrt root sin cos tan cot sec csc log ln exp pi inf infinity arcsin arccos arctan sinh cosh tanh min max gcd lcm"
    " abs frac times cdot left right begin end matrix pmatrix theta alpha beta gamma delta lambda and or text mod"
)
COUNTS: Final = frozenset({*UNITS, *TENS, *SCALES, *PARTS}) | words("percent per cent rupees rs")
"""Words that count or measure in a numeric answer."""
