"""How many stand on one side of somebody, or between two: "two are newer than the bus", "there is one seat between
A and B".
"""

import re
from typing import Final

from verifiers.expr import Apply, Expr, num
from verifiers.extraction.reasoning.frames import Frame
from verifiers.extraction.reasoning.groups import GROUP, Grouped, conj, disj, eq
from verifiers.extraction.reasoning.places import Places

_COUNT: Final = re.compile(
    r"(?:there (?:is|are|must be|were) )?(?P<exactly>exactly |only )?(?P<many>\d+|no) (?:N|other N|seats?"
    r"|places?|positions?|floors?|chairs?|houses?|boxes)"
    r"(?: (?:that|who|which))?(?: (?:is|are|sits?|sitting|seated|stands?|standing|finished|lives?|live"
    r"|living))? (?P<how>.+)"
)
_AMOUNT: Final = re.compile(
    rf"(?P<subject>{GROUP}) (?:is|are|must be) (?:also )?1 of (?P<many>\d+) N (?:that|who|which)?(?: ?(?:is"
    rf"|are))? ?(?P<how>.+)"
)


def counted(text: str, places: Places) -> Expr | None:
    """How many there are on one side of somebody or between two, None where a clause says nothing of the sort."""
    frame = places.frame
    if found := _AMOUNT.fullmatch(text):
        place = _beside(int(found["many"]), found["how"], frame)
        inner = places.predicate(found["how"])
        group = Grouped(found["subject"])
        if place is None or inner is None or group.any or group.none:
            return None
        return conj([place, *(inner(frame.terms[k]) for k in group.indices)])
    parts = re.split(r",? and (?=(?:exactly )?(?:\d+|no) N)", text)
    read = [_amount(part, frame) for part in parts]
    said = [sentence for sentence in read if sentence is not None]
    return conj(said) if len(said) == len(read) else None


def _amount(text: str, frame: Frame) -> Expr | None:
    found = _COUNT.fullmatch(text)
    if found is None:
        return None
    many = 0 if found["many"] == "no" else int(found["many"])
    if between := re.fullmatch(rf"(?:in )?between ({GROUP})", found["how"]):
        return _apart(many, Grouped(between[1]), frame)
    return _beside(many, found["how"], frame)


def _apart(many: int, group: Grouped, frame: Frame) -> Expr | None:
    if len(group.indices) != 2 or not frame.distinct or frame.shape == "values":
        return None
    a, b = (frame.terms[k] for k in group.indices)
    gap = Apply("add", (a, Apply("neg", (b,))))
    if frame.shape == "line":
        return eq(Apply("abs", (gap,)), num(many + 1))
    return disj([eq(Apply("abs", (gap,)), num(k)) for k in (many + 1, frame.size - many - 1)])


def _beside(many: int, how: str, frame: Frame) -> Expr | None:
    """"Two are newer than the bus", in a line where no place is shared."""
    scale = frame.scale
    if scale is None or frame.shape != "line" or not frame.distinct:
        return None
    for words, side in scale.comparatives.items():
        if (found := re.fullmatch(rf"{re.escape(words)} <(\d+)>(?: N)?", how)) and not frame.is_value(
            int(found[1])
        ):
            place = many + 1 if side < 0 else frame.size - many
            return eq(frame.terms[int(found[1])], num(place))
    return None
