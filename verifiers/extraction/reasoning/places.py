"""Predicates of an arrangement: what may be said of one object, read from a levelled clause.

"second from the left", "older than the bus", "next to Bela", "in seat 3 or seat 4", "neither first nor last". A
predicate is a function of the subject's term; what does not fit a rule to its last word is none.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from verifiers.expr import Apply, Expr, num
from verifiers.extraction.reasoning.frames import Frame
from verifiers.extraction.reasoning.groups import GROUP, Grouped, below, conj, disj, eq, opposite, shifted

Predicate: TypeAlias = Callable[[Expr], Expr]

_NEAR: Final = r"(?:immediately|directly|just|right|immediate|next|exactly)"
_PLACED: Final = r"(?:(?:sits?|stands?|sitting|standing|seated|placed|located|lives?|living|kept|parked) )?"
_SLOT: Final = r"(?:seat|place|position|slot|chair|spot|floor|box|house|room|number|rank|lane|flat|bench|desk|no|day)"
_POSITION: Final = (
    rf"(?:(?:in|at|on|occup(?:ies|y|ying)|takes?|gets?|has|have|into) )?{_SLOT} (?:number |no |#)?(?P<at>\d+)"
)
_APPOSED: Final = r", (?=(?:next to|adjacent|beside|immediately|right|just|between|opposite|to|in|at|on) )"
_MOST_DEPTH: Final = 4
_MOST_PARTS: Final = 11
"""Of a group of twelve."""


@lru_cache(64)
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or r"(?!)"


class Places:
    """The predicates of one frame; `counting` is the end a bare "second" counts from."""

    def __init__(self, frame: Frame, counting: int = 0) -> None:
        self.frame = frame
        self.counting = counting or frame.counting

    def predicate(self, text: str, depth: int = 0) -> Predicate | None:
        """What `text`, the rest of a clause behind its verb, says of the subject."""
        text = text.strip(" ,")
        if not text or depth > _MOST_DEPTH or len(re.findall(r",| (?:and|or|but|nor) ", text)) > _MOST_PARTS:
            return None
        if (inner := re.fullmatch(r"not (?:in |on |at )?(.+)", text)) and not inner[1].startswith(("either", "both")):
            return self._negated(inner[1], depth)
        if inner := re.fullmatch(r"neither (.+?) nor (.+)", text):
            first, second = self._negated(inner[1], depth), self._negated(inner[2], depth)
            return _joined(conj, first, second)
        found = self._simple(text)
        if found is not None:
            return found
        if inner := re.fullmatch(r"(.+?),? \((?:that is,? |or |i\.e\.,? )?([^()]+)\)", text):
            first, second = self.predicate(inner[1], depth + 1), self.predicate(inner[2], depth + 1)
            return _joined(conj, first, second)
        if inner := re.fullmatch(r"either (.+)", text):
            return self._split(inner[1], r",? or ", disj, depth)
        for word, join in ((r",? (?:and|but) (?:is |are |it is )?", conj), (r",? or ", disj), (_APPOSED, conj)):
            if found := self._split(text, word, join, depth):
                return found
        return None

    def _split(self, text: str, word: str, join: Callable[[Sequence[Expr]], Expr], depth: int) -> Predicate | None:
        for cut in re.finditer(word, text):
            first = self.predicate(text[: cut.start()], depth + 1)
            second = self.predicate(text[cut.end() :], depth + 1) if first is not None else None
            if first is not None and second is not None:
                return _joined(join, first, second)
        return None

    def _negated(self, text: str, depth: int) -> Predicate | None:
        """"Not between" is left alone where "between" does not say how near."""
        if "between" in text and not re.match(rf"{_NEAR} between", text):
            return None
        # "Not first or last" and "not first and second" mean neither.
        inner = self.predicate(text, depth + 1)
        if inner is None or " and " in text:
            return None
        return lambda s: opposite(inner(s))

    def _simple(self, text: str) -> Predicate | None:
        if self.frame.shape == "values":
            return self._value(text)
        return self._absolute(text) or self._relative(text)

    def _value(self, text: str) -> Predicate | None:
        found = re.fullmatch(rf"(?:(?:in|at|on|to|for|with|of|exactly|N) )*({GROUP})", text)
        if found is None:
            return None
        group = Grouped(found[1])
        if group.mixed or not all(self.frame.is_value(k) for k in group.indices):
            return None
        if len(group.indices) > 1 and not (group.any or group.none):
            return None
        return lambda s: group.said([eq(s, self.frame.value(k)) for k in group.indices])

    def _absolute(self, text: str) -> Predicate | None:
        places = self.places(text)
        if places is not None:
            return lambda s: disj([eq(s, place) for place in places])
        if (side := self.extreme(text)) is not None:
            others = self.frame.terms
            return lambda s: conj([below(s, o, side) for o in others if o != s])
        return None

    def extreme(self, text: str) -> int | None:
        """The side of a superlative where places can be shared."""
        scale = self.frame.scale
        if self.frame.distinct or scale is None:
            return None
        words = re.sub(r" (?:N|of all|of them|among them|overall|of (?:all )?\d+(?: N)?)$", "", text)
        return scale.superlatives.get(words)

    def places(self, text: str) -> list[Expr] | None:
        """The places that a phrase names; more than one are alternatives. None where it names none."""
        if self.frame.shape != "line" or not self.frame.distinct:
            return None
        text = re.sub(rf"^{_PLACED}", "", text)
        text = re.sub(r" (?:of all|of them|overall|in (?:row|line|order|list|queue|race|ranking|ordering))$", "", text)
        size = self.frame.size
        if re.fullmatch(rf"(?:exactly |right )?(?:(?:in|at|on) )?(?:exact |exactly |very )?(?:middle|centre|center)"
            rf"(?: (?:N|{_SLOT}|1))?(?: of (?:row|line|shelf|bench|stack|queue))?", text):
            return [num(size // 2 + 1)] if size % 2 else None
        if re.fullmatch(
            r"(?:in|at|on) (?:(?:one|1|either|any) )?(?:of )?(?:2 |both )?(?:extreme |very )?"
            r"(?:ends?|end seats?|end positions?)(?: of (?:row|line|shelf|branch|bench|queue))?",
            text,
        ):
            return [num(1), num(size)]
        text = re.sub(r"^(?:in |at )?N (?=(?:number|no) \d)", "", text)
        if found := re.fullmatch(rf"{_POSITION}(?P<more>(?:(?:, (?:or )?| or )(?:{_SLOT} )?\d+)*)", text):
            if self.counting == 0:
                return None
            numbers = [int(found["at"]), *map(int, re.findall(r"\d+", found["more"]))]
            return [self.frame.place(k, self.counting) for k in numbers]
        if self.counting and (parity := re.fullmatch(rf"(?:(?:in|at|on) )?(even|odd)(?: numbered)? {_SLOT}", text)):
            first = 2 if parity[1] == "even" else 1
            return [self.frame.place(k, self.counting) for k in range(first, size + 1, 2)]
        if self.frame.slots and (slots := self._slot_names(text)) is not None:
            return slots
        return self._ordinals(text)

    def _slot_names(self, text: str) -> list[Expr] | None:
        names = {form: at + 1 for at, name in enumerate(self.frame.slots) for form in (name.lower(), name[:3].lower())}
        one = _alternatives(tuple(names))
        if re.fullmatch(rf"(?:(?:in|at|on|for) )?(?:{one})(?:(?:, (?:or )?| or )(?:on )?(?:{one}))*", text):
            return [num(names[name]) for name in re.findall(rf"\b(?:{one})\b", text)]
        return None

    def _ordinals(self, text: str) -> list[Expr] | None:
        """"#2", "#2 or #3", "#2 and #3" (the second and third places), "#2 newest", "#3 from left", "#2 to last"."""
        scale = self.frame.scale
        most = _alternatives(tuple(scale.superlatives)) if scale else r"(?!)"
        ends = _alternatives(tuple(scale.ends)) if scale else r"(?!)"
        noun = rf"(?: (?:N|{_SLOT}))?"
        text = re.sub(r"^(?:in|at|on|to|for|as|occupies|takes) ", "", text)
        text = re.sub(rf"^(?:N )?{_SLOT} (\d+) (?=from )", r"#\1 ", text)
        if found := re.fullmatch(rf"({most})({noun})", text):
            assert scale is not None
            if not (found[1] == "first" or found[1] == "last"):
                return [self.frame.place(1, scale.superlatives[found[1]])]
        if found := re.fullmatch(rf"(?:at |on )?(?:far |extreme |very )?({ends})(?: end| side)?{noun}", text):
            assert scale is not None
            if scale.rowed and found[1] not in ("first", "last"):
                return [self.frame.place(1, scale.ends[found[1]])]
        many = r"#\d+(?:(?:, (?:or |and )?| or | and )#\d+)*"
        if found := re.fullmatch(rf"({many})(?:{noun} (?:from|to) (?:{noun} ?)({ends})(?: end| side)?"
            rf"| ({most})){noun}", text):
            assert scale is not None
            end = found[2] or found[3]
            side = scale.ends[end] if found[2] else scale.superlatives[end]
            return [self.frame.place(int(k), side) for k in re.findall(r"#(\d+)", found[1])]
        if self.counting == 0 or (self.frame.grounded and " floor" in text):
            return None
        if found := re.fullmatch(rf"#(\d+){noun}(?: from)? to last{noun}|#(\d+) to last{noun}", text):
            return [self.frame.place(int(found[1] or found[2]), -self.counting)]
        if re.fullmatch(rf"(?:very )?last{noun}", text):
            return [self.frame.place(1, -self.counting)]
        if found := re.fullmatch(rf"({many}){noun}", text):
            return [self.frame.place(int(k), self.counting) for k in re.findall(r"#(\d+)", found[1])]
        return None

    def _relative(self, text: str) -> Predicate | None:
        text = re.sub(rf"^{_PLACED}", "", text)
        if found := re.fullmatch(rf"(?:(?:{_NEAR}|exactly|somewhere) )?between ({GROUP})", text):
            return self._between(Grouped(found[1]), near=bool(re.match(_NEAR, text)))
        beside = r"(?:adjacent to|next to|beside|alongside|neighbou?rs?(?: of)?|immediate neighbou?rs?(?: of)?)"
        if found := re.fullmatch(rf"{beside} ({GROUP})", text):
            if self.beside(self.frame.terms[0], self.frame.terms[1]) is None:
                return None
            return self._over(Grouped(found[1]), self._adjacent)
        if apart := re.fullmatch(rf"(\d+) (?:seats?|places?|chairs?|positions?) (?:away )?from ({GROUP})", text):
            return self._away(int(apart[1]), Grouped(apart[2]))
        if self.frame.shape == "circle":
            return self._around(text)
        if self.frame.scale is None:
            return None
        return self._compared(text)

    def _compared(self, text: str) -> Predicate | None:
        scale = self.frame.scale
        assert scale is not None
        words = _alternatives(tuple(scale.comparatives))
        found = re.fullmatch(
            rf"(?:(?:in|at|on) (?:{_SLOT}|N) )?(?:(?P<near>{_NEAR}|somewhere|anywhere) )?(?:(?P<ord>#\d+) "
            rf"|(?P<many>\d+) (?:(?:N|places?"
            rf"|positions?|seats?"
            rf"|spots?|slots?|floors?|days?|ranks?) )?)?(?P<than>{words}) (?P<rest>.+)",
            text,
        )
        if found is None:
            return None
        side = scale.comparatives[found["than"]]
        amount = found["ord"] or found["many"]
        near = found["near"] is not None and re.fullmatch(_NEAR, found["near"]) is not None
        if not self.frame.distinct and (amount or near):
            return None
        if not scale.rowed and (amount or (near and found["near"] != "immediately")):
            return None
        exact = int(amount.lstrip("#")) if amount else 1 if near else 0
        if near and amount and found["near"] != "exactly":
            return None

        def beyond(s: Expr, o: Expr) -> Expr:
            if exact:
                return eq(s, shifted(o, side * exact))
            return below(s, o, side)

        if re.fullmatch(GROUP, found["rest"]):
            return self._over(Grouped(found["rest"]), beyond)
        if re.fullmatch(r"(?:every(?:1|body)(?: else)?|all (?:other )?N|all others|any other N"
            r"|every other N)", found["rest"]):
            others = self.frame.terms
            return lambda s: conj([beyond(s, o) for o in others if o != s])
        places = self.places(found["rest"])
        if places is not None and len(places) == 1:
            return lambda s: beyond(s, places[0])
        return None

    def _around(self, text: str) -> Predicate | None:
        size = self.frame.size
        found = re.fullmatch(
            rf"(?:(?P<near>{_NEAR}) )?(?:(?P<ord>#\d+) |(?P<many>\d+) (?:places?|seats?|positions?) )?"
            rf"(?:(?:to|on) )?(?P<side>left|right)(?: side)?(?: of)? ({GROUP})",
            text,
        )
        if found is not None and self.frame.facing:
            amount = found["ord"] or found["many"]
            if not amount and found["near"] is None:
                return None
            by = int(amount.lstrip("#")) if amount else 1
            # Facing the centre, the neighbour on one's left is the next one clockwise.
            turn = by if (found["side"] == "left") is (self.frame.facing == "in") else -by
            group = Grouped(found[5])
            if not 0 < by < size:
                return None
            return self._over(group, lambda s, o: self._turned(s, o, turn % size))
        found = re.fullmatch(rf"(?:(?:{_NEAR}|diametrically) )?(?:facing|opposite(?: to)?|faces?"
            rf"|across from) ({GROUP})", text)
        if found is not None and size % 2 == 0:
            return self._over(Grouped(found[1]), lambda s, o: self._turned(s, o, size // 2))
        return None

    def _turned(self, s: Expr, o: Expr, by: int) -> Expr:
        # Either way round the table; the solver takes this better than a remainder.
        return disj([eq(s, shifted(o, by)), eq(s, shifted(o, by - self.frame.size))])

    def _away(self, many: int, group: Grouped) -> Predicate | None:
        if self.beside(self.frame.terms[0], self.frame.terms[1]) is None or not 0 < many < self.frame.size:
            return None
        if self.frame.shape == "line":
            return self._over(group, lambda s, o: eq(Apply("abs", (Apply("add", (s, Apply("neg", (o,)))),)), num(many)))
        around = (many, self.frame.size - many)
        return self._over(group, lambda s, o: disj([self._turned(s, o, by) for by in around]))

    def beside(self, s: Expr, o: Expr) -> Expr | None:
        """That two are neighbours, where places have neighbours."""
        if self.frame.shape == "circle":
            return self._adjacent(s, o)
        scale = self.frame.scale
        rowed = self.frame.shape == "line" and self.frame.distinct and (scale is None or scale.rowed)
        return self._adjacent(s, o) if rowed else None

    def _adjacent(self, s: Expr, o: Expr) -> Expr:
        if self.frame.shape == "circle":
            return disj([self._turned(s, o, 1), self._turned(s, o, self.frame.size - 1)])
        return eq(Apply("abs", (Apply("add", (s, Apply("neg", (o,)))),)), num(1))

    def _between(self, group: Grouped, near: bool) -> Predicate | None:
        if len(group.indices) != 2 or group.any or group.none or any(map(self.frame.is_value, group.indices)):
            return None
        a, b = (self.frame.terms[k] for k in group.indices)
        if self.frame.shape == "circle" or near:
            if self.frame.shape == "line" and not self.frame.distinct:
                return None
            return lambda s: conj([self._adjacent(s, a), self._adjacent(s, b)])
        # Weaker than "immediately between", so that what contradicts it contradicts either reading.
        return lambda s: disj(
            [conj([Apply("lt", (x, s)), Apply("lt", (s, y))]) for x, y in ((a, b), (b, a))]
        )

    def _over(self, group: Grouped, relation: Callable[[Expr, Expr], Expr]) -> Predicate | None:
        if group.mixed or any(map(self.frame.is_value, group.indices)):
            return None
        terms = [self.frame.terms[k] for k in group.indices]
        return lambda s: group.said([relation(s, term) for term in terms])


def _joined(
    join: Callable[[Sequence[Expr]], Expr], first: Predicate | None, second: Predicate | None
) -> Predicate | None:
    if first is None or second is None:
        return None
    return lambda s: join([first(s), second(s)])
