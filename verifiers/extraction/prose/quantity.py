"""Quantities set equal: "2.5 hours is 150 minutes", "there are 24 hours in a day", `2 feet + 6 inches = 30 inches`.

Only relations between different units are claimed here; with one unit throughout they are plain arithmetic. What the
question itself says of the two units is not a conversion to be checked.
"""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Quantity
from verifiers.expr import Apply, Expr, Unit, app, free_symbols, num, walk
from verifiers.extraction.prose.phrases import END, OPERAND, Phrase, V, numbers_begin
from verifiers.kinds._measured import comparable, same_dimension
from verifiers.notation.reading import Unread, read, read_chain
from verifiers.notation.tables import SIGN_COMMANDS
from verifiers.notation.units import UNITS

_SHORT: Final = frozenset({"m", "g", "s", "h", "l", "L"})
_WORDS: Final = sorted(
    (word for word in UNITS if (len(word) > 1 or word in _SHORT) and UNITS[word] != "unit"), key=len, reverse=True
)
_WORD: Final = "(?:" + "|".join(map(re.escape, _WORDS)) + ")"
_UNIT: Final = (
    rf"(?:(?P<scale>°|degrees? ?)(?P<degree>C|F|Celsius|Fahrenheit)\b|(?P<power>square|cubic|sq\.?|cu\.?)? ?"
    rf"(?P<unit>{_WORD})(?P<raised>[²³]|\^[23])?(?![\w²³^])(?:(?: ?/ ?| per (?:an? )?)(?P<under>{_WORD})(?![\w²³^]))?)"
)
_AFTER: Final = re.compile(r" ?" + _UNIT, re.IGNORECASE)
_ANY: Final = re.compile(
    OPERAND + r" ?(?:(?:°|degrees? ?)(?:c|f|celsius|fahrenheit)\b"
    rf"|(?:square|cubic|sq\.?|cu\.?)? ?(?:{'|'.join(re.escape(word.lower()) for word in _WORDS)})(?![\w²³^]))"
)
"""Any value with a unit, in text in lower case."""
_SPELLED: Final = re.compile(
    r"(?:(?<![\\A-Za-z])|(?<=\\\\))[A-Za-z]{2}|[$€£¥₹¢]|\\(?:quad|"
    + "|".join(name for name, kind in SIGN_COMMANDS.items() if kind in ("words", "upright", "€", "£"))
    + ")"
)
"""What every unit of a formula in LaTeX has: upright letters or the sign of a currency."""
_ITEM: Final = re.compile(OPERAND)
_NEXT: Final = re.compile(r" ?(?P<sign>[+*×·/÷]| [-−–] | x ) ?(?=[$£€]?" + OPERAND + ")")
_COMPOUND: Final = re.compile(r"(?:,? and |, | )(?=" + OPERAND + ")")
_EQUALS: Final = re.compile(r" ?(?:=|≈) ?(?=[$£€]?" + OPERAND + ")")
_IS: Final = re.compile(
    r",? (?:(?:which |this |that )?(?:is|are|was|equals?|makes)"
    r"(?: (?:exactly|equal to|equivalent to|the same as|also))?"
    r"|is (?:approximately|about|roughly)|or about|i\.e\.,?) (?=[$£€]?" + OPERAND + ")",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(END)
_IN_ONE: Final = re.compile(
    rf"\bthere (?:are|is) (?P<many>{V}) {_UNIT.replace('?P<', '?P<m_')} in (?P<one>an?|one|each|every|{V}) "
    rf"{_UNIT.replace('?P<', '?P<o_')}{END}",
    re.IGNORECASE,
)
_CONVERTED: Final = re.compile(
    rf"\bconvert(?:ing|ed)? (?P<one>{V}) {_UNIT.replace('?P<', '?P<o_')} (?:in)?to [a-z ]{{1,20}}?,?"
    rf" (?:gives(?: us)?|is|are"
    rf"|we get|yields|results in) (?:{V} ?= ?)?(?P<many>{OPERAND}) {_UNIT.replace('?P<', '?P<m_')}{END}",
    re.IGNORECASE,
)
_ONE_IS: Final = re.compile(
    rf"(?:^|(?<=[,;:(] )|(?<=that )|(?<=since )|(?<=because )|(?<=and )|(?<=so )|(?<=as ))(?P<one>an?|one) "
    rf"{_UNIT.replace('?P<', '?P<o_')} (?:is|has|equals|contains|consists of|=|is equal to) (?P<many>{V}) "
    rf"{_UNIT.replace('?P<', '?P<m_')}{END}",
    re.IGNORECASE,
)
_CONTEXTUAL: Final = re.compile(
    r"\b(?:scale|map|blueprint|exchange|drawing|model|represents?|corresponds?|planet|fictional|dog years?)\b",
    re.IGNORECASE,
)
_INNER: Final = re.compile(
    r"(?:(?:[%\ue000-\uf8ff]|\b(?:half|third|quarter|fourth|fifth|percent|rest|remainder|most|part|some|all|each|none"
    r"|out)) of"
    r"|\b(?:than|or|by|times|per|plus|minus|from|half|twice|every|each|another|(?<!,) and|in|first|last|next|to|a)"
    r"|[-+*/×÷=(−–])\s*$",
    re.IGNORECASE,
)
_CURRENCY: Final = {"$": "usd", "£": "gbp", "€": "eur"}
_MOST_ITEMS: Final = 8


def find(phrase: Phrase) -> Iterator[Claim]:
    text = phrase.text
    yield from _formulas(phrase)
    if not _ANY.search(text.lower()) or _CONTEXTUAL.search(phrase.question) or _CONTEXTUAL.search(text):
        return
    for pattern in (_IN_ONE, _CONVERTED, _ONE_IS):
        for match in pattern.finditer(text):
            relation = _definition(phrase, match)
            if relation is not None and _fits(phrase, relation) and phrase.asserts(match.start(), match.end()):
                yield phrase.claim(match.start(), match.end(), Quantity(relation=relation))
    position = 0
    while mark := _ITEM.search(text, position):
        position = mark.end()
        side = _Side(phrase, mark.start())
        position = max(position, side.end)
        for start, end, relation in _relations(phrase, mark.start(), side):
            position = max(position, end - 1)
            if _fits(phrase, relation) and phrase.asserts(start, end):
                yield phrase.claim(start, end, Quantity(relation=relation))


def _formulas(phrase: Phrase) -> Iterator[Claim]:
    """Links between quantities inside one formula: `5 \\text{ km} = 5000 \\text{ m}`."""
    for value in phrase.values:
        if "=" not in value.text or "\\" not in value.text or not _SPELLED.search(value.text):
            continue
        reading = read_chain(value.text)
        offset = phrase.part.text.find(value.text, value.start)
        for left, right, relation in zip(reading.terms, reading.terms[1:], reading.relations, strict=False):
            if relation not in ("eq", "approx") or isinstance(left[2], Unread) or isinstance(right[2], Unread):
                continue
            fact = app("eq", left[2], right[2])
            if not free_symbols(fact) and _fits(phrase, fact) and phrase.asserted_at(value.start, value.end):
                yield phrase.claim_at(offset + left[0], offset + right[1], Quantity(relation=fact))


def _relations(phrase: Phrase, start: int, side: "_Side") -> Iterator[tuple[int, int, Apply]]:
    """The links of the chain that begins with `side`."""
    text = phrase.text
    begin = start - (text[start - 1 : start] in _CURRENCY)
    before = text[max(0, begin - 24) : begin]
    inside = _INNER.search(before) is not None or (ord(text[start]) >= 0xF000 and not before.endswith(("= ", "≈ ")))
    first = True
    while side.expr is not None:
        equals = _EQUALS.match(text, side.end)
        said = equals or _IS.match(text, side.end)
        if said is None:
            return
        other = _Side(phrase, said.end() + (text[said.end() : said.end() + 1] in _CURRENCY))
        if other.expr is None:
            return
        closes = _CLOSING.match(text, other.end) is not None
        plain = equals is not None or numbers_begin(text, begin)
        if closes and plain and not (first and inside):
            yield begin, other.end, app("eq", side.expr, other.expr)
        begin, side, first = said.end(), other, False


class _Side:
    """One side of a relation: items with units joined by signs, read from a mark on."""

    def __init__(self, phrase: Phrase, start: int) -> None:
        self.phrase = phrase
        self.end = start
        self.expr: Expr | None = None
        terms: list[Expr] = []
        sign = "+"
        for _ in range(_MOST_ITEMS):
            item = self._item()
            if item is None:
                return
            if sign in "*×·x" and terms:
                terms[-1] = app("mul", terms[-1], item)
            elif sign in "/÷" and terms:
                terms[-1] = app("div", terms[-1], item)
            else:
                terms.append(app("neg", item) if sign in "-−–" else item)
            joined = _NEXT.match(phrase.text, self.end)
            if joined is None:
                break
            sign = joined["sign"].strip()
            self.end = joined.end()
        else:
            return
        self.expr = terms[0] if len(terms) == 1 else app("add", *terms)

    def _item(self) -> Expr | None:
        """A number with its unit, or "1 hour 30 minutes"."""
        parts = [self._single()]
        while isinstance(parts[-1], Apply) and parts[-1].head == "quantity" and len(parts) < 3:
            back = self.end
            joined = _COMPOUND.match(self.phrase.text, self.end)
            if joined is None:
                break
            self.end = joined.end()
            further = self._single()
            if not (isinstance(further, Apply) and further.head == "quantity" and _finer(parts[-1], further)):
                self.end = back
                break
            parts.append(further)
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        return known[0] if len(known) == 1 else app("add", *known)

    def _single(self) -> Expr | None:
        text = self.phrase.text
        currency = _CURRENCY.get(text[self.end - 1 : self.end] if self.end else "")
        if text[self.end : self.end + 1] in _CURRENCY and self.end + 1 < len(text):
            currency = _CURRENCY[text[self.end]]
            self.end += 1
        mark = _ITEM.match(text, self.end)
        if mark is None:
            return None
        value = read(self.phrase.value(mark.group()).text)
        if isinstance(value, Unread) or any(isinstance(node, Apply) and node.head == "eq" for node in walk(value)):
            return None
        self.end = mark.end()
        if isinstance(value, Apply) and value.head == "quantity":
            return value
        if currency is not None:
            return app("quantity", value, Unit(currency))
        unit = _AFTER.match(text, self.end)
        if unit is None:
            return value
        self.end = unit.end()
        return app("quantity", value, _unit(unit, ""))


def _unit(match: re.Match[str], prefix: str) -> Expr:
    if match[f"{prefix}degree"]:
        return Unit("celsius" if match[f"{prefix}degree"][0] in "cC" else "fahrenheit")
    unit: Expr = Unit(_name(match[f"{prefix}unit"]))
    power = (match[f"{prefix}power"] or "").lower()[:1]
    raised = match[f"{prefix}raised"] or ""
    exponent = 2 if power == "s" or raised[-1:] in ("2", "²") else 3 if power == "c" or raised[-1:] in ("3", "³") else 1
    if exponent > 1:
        unit = app("pow", unit, num(exponent))
    under = match[f"{prefix}under"]
    return app("div", unit, Unit(_name(under))) if under else unit


def _name(word: str) -> str:
    if word in UNITS:
        return UNITS[word]
    return UNITS.get(word.lower(), word.lower())


_FINER: Final = (
    ("year", "month", "week", "day", "hour", "minute", "s"), ("mile", "yard", "foot", "inch"), ("km", "m", "cm", "mm"),
    ("pound", "ounce"), ("kg", "g"), ("gallon", "quart", "pint", "cup"), ("usd", "cent"),
)  # fmt: skip


def _finer(coarse: Expr, fine: Expr) -> bool:
    if not (isinstance(coarse, Apply) and isinstance(fine, Apply)):
        return False
    first, second = coarse.args[1], fine.args[1]
    if not (isinstance(first, Unit) and isinstance(second, Unit)):
        return False
    return any(
        first.name in row and second.name in row and row.index(first.name) < row.index(second.name) for row in _FINER
    )


def _definition(phrase: Phrase, match: re.Match[str]) -> Apply | None:
    many = phrase.first(match["many"])
    one: Expr | None = num(1)
    if re.fullmatch(V, match["one"]):
        one = phrase.first(match["one"])
    if many is None or one is None:
        return None
    return app("eq", app("quantity", one, _unit(match, "o_")), app("quantity", many, _unit(match, "m_")))


def _fits(phrase: Phrase, relation: Apply) -> bool:
    """Different units, all of known size, that the question does not itself relate."""
    used = {node.name for node in walk(relation) if isinstance(node, Unit)}
    if len(used) < 2 or not comparable(relation):
        return False
    # 30h - 5.5m: single letters are units only beside others that measure the same.
    if used <= _SHORT | {"hour", "L"} and not same_dimension(relation):
        return False
    words = {name: _spellings(name) for name in used}
    return not any(
        re.search(rf"(?i)\b(?:{words[a]})\b.{{0,30}}\b(?:{words[b]})\b", phrase.question)
        for a in used for b in used if a != b
    )  # fmt: skip


def _spellings(name: str) -> str:
    return "|".join(re.escape(word) for word, canonical in UNITS.items() if canonical == name) or re.escape(name)
