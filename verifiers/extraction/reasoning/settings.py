"""Who or what is arranged, and where: the sentence a puzzle opens with."""

import re
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from verifiers.extraction.reasoning.skeletons import CARDINAL

_COUNT: Final = r"(?P<count>\d{1,2}|(?i:" + "|".join(CARDINAL) + r"))"
_NOUN: Final = r"(?P<noun>[a-z]+(?: [a-z]+)?)"
_PROPER: Final = r"(?:(?:Mr|Mrs|Ms|Dr|Miss)\.? )?[A-Z][\w’'-]*"
_PROPER_LIST: Final = rf"{_PROPER}(?:, {_PROPER})+,? (?:and|&) {_PROPER}"
_THING: Final = r"(?:(?:an?|the|one) )?[A-Za-z][\w’'-]*(?: [A-Za-z][\w’'-]*){0,2}"
_THING_LIST: Final = rf"{_THING}(?:, (?!and\b){_THING})+,? and {_THING}"

_OPENING: Final = (
    rf"\b{_COUNT} (?:different |distinct |other )?{_NOUN}(?P<verb>[^.?!:\n]{{0,60}}?)"
    r"(?:\s?:|,| —| –| -| \(|(?<=[a-z])(?= [A-Z]))\s?(?:namely |called |named )?"
)
_CALLED: Final = re.compile(rf"{_OPENING}(?P<list>{_PROPER_LIST})(?![\w’'-])(?P<after>[^.?!\n]*)[.:]")
_LISTED: Final = re.compile(rf"{_OPENING}(?P<list>{_THING_LIST})(?P<after>(?:\)|,| —| –| -| )[^.?!\n]*|\)?)[.:]")
_PEOPLE: Final = re.compile(rf"(?P<list>{_PROPER_LIST}) (?P<after>(?!have\b|has\b)[a-z][^.?!\n]*)[.:]")
_EACH: Final = re.compile(
    rf"\b(?i:each|every one) of (?P<list>{_PROPER_LIST}) (?P<after>[a-z][^.?!\n]*)[.:]"
)
_HANDED: Final = re.compile(
    r"\b(?:exactly one|one|a different (?:\w+)|a different one|different \w+) (?:of|from|among|out of)? ?(?:the )?"
    r"(?:(?:two|three|four|five|six|seven) )?(?:(?P<noun>(?!an?\b)[a-z]+)\b(?!,) ?)?(?::|—|-)? ?\(?"
    rf"(?P<values>{_THING}(?:, {_THING})*,? (?:and|or) {_THING})\)?$",
    re.IGNORECASE,
)
_ONE_EACH: Final = re.compile(
    rf"(?:each )?[a-z]+(?: [a-z]+)??(?: (?:in|at|on|for|to|from))? (?:the )?(?:\d|{'|'.join(CARDINAL)}) (?:different )?"
    rf"(?P<noun>[a-z]+)"
    rf"(?:,|:| —| –| -)? ?\(?(?:namely )?(?P<values>{_THING}(?:, {_THING})*,? (?:and|or) {_THING})\)?,?"
    r"(?: (?:one|exactly one|each) (?:in|at|on|for|to|from) (?:each|a different (?:one|[a-z]+))| one each)"
    r"(?:,? (?:but )?not necessarily in (?:that|this|the same) order)?",
    re.IGNORECASE,
)
_APART: Final = re.compile(
    r",? (?:and|with|where|such that) no two(?: of them| people| friends)? (?:\w+ing|\w+s?) the same(?: [a-z]+)?"
    r"(?=\s?:|,|$)",
    re.IGNORECASE,
)
_ROW: Final = re.compile(
    r"\b(?:in a (?:straight )?(?:row|line)|on a (?:shelf|branch|bench|wall|table|line|wire|rack|sofa)"
    r"|side by side)\b", re.IGNORECASE
)
_ROUND: Final = re.compile(r"\b(?:circular|round) (?:\w+ )?table\b|\baround a (?:\w+ )?table\b|\bin a circle\b"
    r"|\ba circular\b", re.IGNORECASE)
_IN: Final = re.compile(r"\bfac(?:e|es|ing) (?:towards? )?(?:the )?(?:cent(?:re|er)|each other|inwards?|table"
    r"|one another|middle)\b", re.IGNORECASE)
_OUT: Final = re.compile(r"\bfac(?:e|es|ing) (?:away from (?:the )?(?:cent(?:re|er)|table)|outwards?"
    r"|outside)\b", re.IGNORECASE)
_TURNED: Final = re.compile(r"\bfac(?:e|es|ing) (?:south|east|west|away|opposite|outwards?|different)\b"
    r"|\bsome of\b|\btwo (?:parallel )?rows\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"\b(?P<noun>seat|chair|position|place|house|box|slot|room|desk|lane"
    r"|floor)(?:e?s)?(?: in a row)?,? (?:are )?(?:numbered )?(?:from )?(?:1|one) (?:to|through) (?P<to>\d{1,2}|\w+)"
    r"(?P<dir>,? from (?:left to right|the (?:left|bottom|ground|front)[\w ]*|bottom to top))?",
    re.IGNORECASE,
)
_BACKWARDS: Final = re.compile(r"\bnumbered\b[^.\n]*\b(?:right to left|from the (?:right|top|back)"
    r"|top to bottom)\b", re.IGNORECASE)
_CORNERED: Final = re.compile(
    r"\b(?:some|one|two|three|four) of (?:them|the (?:people|persons|friends))\b|\brectang\w+|\bsquare\b"
    r"|\bcorners?\b|\brows\b",
    re.IGNORECASE,
)
_PLACING: Final = re.compile(
    r"\b(?:such that|so that|where|adjacent|next|between|opposite|left|right|above|below|empty|vacant|tied?"
    rf"|[2-9]|1\d|{'|'.join(list(CARDINAL)[1:])})\b",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    r"\bfrom (?:left to right|right to left|the left)\b|\bfloors? numbered|\bone (?:above|on top of"
    r"|below) (?:the other|another)\b|\bnumbered\b.*$|\bfacing [\w ]+"
    r"|\b(?:seats|floors) of\b|\bno two\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(r"\b(?:if|unless|not|except|but|only|who|than|always|before|after|lies|liar"
    r"|truth)\b", re.IGNORECASE)
_SUCCESSIVE: Final = re.compile(r"\bone (?:after|behind) (?:the other|another)\b", re.IGNORECASE)
_FIRST: Final = re.compile(
    r"\b(?P<end>ground|bottom|lowest|lowermost|top|topmost|highest|uppermost)(?:[- ]?most)?"
    r"(?: (?:floor|box|storey|shelf|book))? (?:is |being |as )?(?:(?:called|numbered|labelled|number|floor|box"
    r"|no\.?) )+(?:1|one)\b"
    r"|\b(?:floor|box|storey) (?:at|on) (?:the )?(?P<at>bottom|top) (?:is |being )?(?:numbered|number|labelled"
    r"|no\.?) (?:1|one)\b"
    r"|\b1 (?:being |is )?\(?(?:the )?(?P<is>ground|bottom|lowest|top|topmost|highest)(?: floor| box| one)?\b"
    r"|\bnumbered (?:from )?1 \(?(?:at )?(?:the )?(?P<by>bottom|ground|lowest|top)\b",
    re.IGNORECASE,
)
"""Which end of a height is number 1."""
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPAN: Final = re.compile(rf"\b(?:from |between )?({'|'.join(_DAYS)}) (?:to|through|till|until) ({'|'.join(_DAYS)})\b")
_RACE: Final = re.compile(
    r"\b(?:tournament|race|competition|contest|queue|finish(?:ed|es)?|marathon|ran|exam|ranking|ranked|arriv\w+"
    r"|standing in line)\b",
    re.IGNORECASE,
)
_ONE: Final = {"people": "person", "children": "child", "women": "woman", "men": "man", "boxes": "box", "buses": "bus"}
_ALWAYS: Final = frozenset({"person", "persons", "people", "object", "objects", "item", "items", "thing", "things"})


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """`start:end` is the sentence in the question; `numbered` the end from which numbered places count."""

    start: int
    end: int
    text: str
    objects: tuple[str, ...]
    proper: bool
    nouns: frozenset[str]
    shape: Literal["line", "circle", "values"]
    scale: str = ""
    size: int = 0
    distinct: bool = False
    numbered: int = 0
    grounded: bool = False
    facing: Literal["in", "out", ""] = ""
    slots: tuple[str, ...] = ()
    slot_noun: str = "seat"
    values: tuple[str, ...] = ()


def setting(question: str) -> Setting | None:
    """The sentence that names what is arranged, None where there is none, or where it says more than that."""
    for pattern in (_EACH, _CALLED, _LISTED, _PEOPLE):
        for found in pattern.finditer(question):
            told = _told(question, found)
            if told is not None:
                return told
    return None


def _told(question: str, found: re.Match[str]) -> Setting | None:
    objects = tuple(_names(found["list"]))
    groups = found.groupdict()
    count = groups.get("count")
    if count is not None and (int(count) if count.isdigit() else CARDINAL[count.lower()]) != len(objects):
        return None
    if len(set(objects)) != len(objects):
        return None
    start = max(question.rfind(mark, 0, found.start()) for mark in ".?!:\n") + 1
    before = question[start : found.start()]
    around = f"{before} {groups.get('verb') or ''} {found['after'] or ''}"
    successive = _SUCCESSIVE.search(around) is not None
    around = _SUCCESSIVE.sub("", around)
    if _UNSURE.search(around):
        return None
    proper = all(name[0].isupper() for name in objects)
    nouns = _ALWAYS | (_nouns(groups["noun"]) if groups.get("noun") else frozenset())
    if _says_more(around, found["after"] or "", objects):
        return None
    text = before + found.group()
    base = Setting(
        start=start, end=found.end(), text=text, objects=objects, proper=proper, nouns=nouns, shape="line"
    )
    after = (found["after"] or "").strip(" ,—–-)")
    if (handed := _values(base, after)) is not None:
        return handed
    if _ROUND.search(text):
        facing: Literal["in", "out", ""] = "out" if _OUT.search(question) else "in" if _IN.search(question) else ""
        if _CORNERED.search(question) or (facing == "out" and _IN.search(question)):
            return None
        return msgspec.structs.replace(base, shape="circle", facing=facing, distinct=True)
    if _TURNED.search(question):
        return None
    numbered = _NUMBERED.search(question)
    if span := _SPAN.search(text):
        days = _DAYS[_DAYS.index(span[1]) : _DAYS.index(span[2]) + 1]
        if len(days) != len(objects):
            return None
        return msgspec.structs.replace(base, scale="finish", distinct=True, slots=days, slot_noun="day")
    if first := _FIRST.search(question):
        top = next(filter(None, first.groups())).lower() in ("top", "topmost", "highest", "uppermost")
        noun = "floor" if re.search(r"\bfloors?\b", question) else "place"
        side: Literal[-1, 1] = 1 if top else -1
        if not re.search(r"\b(?:floors?|stor(?:e?ys?|ies)|stack\w*|above|below|on top)\b", question) or (
            numbered is not None and _size(numbered) != len(objects)
        ):
            return None
        return msgspec.structs.replace(
            base,
            scale="height above",
            distinct=True,
            numbered=side,
            grounded="ground" in first[0].lower(),
            slot_noun=noun if not top else "seat",
        )
    if numbered:
        size = _size(numbered)
        noun = numbered["noun"].lower()
        if size != len(objects) or _BACKWARDS.search(question):
            return None
        way = (numbered["dir"] or "").lower()
        if noun == "floor":
            return msgspec.structs.replace(base, scale="height above", distinct=True, numbered=-1, slot_noun="floor")
        if _ROW.search(text) or "left" in way or "row" in text:
            return msgspec.structs.replace(base, scale="row", distinct=True, numbered=-1, slot_noun=noun)
        return None
    if re.search(r"\bone (?:above|on top of|below) (?:the other|another)\b|\bstack\w*\b", text):
        return msgspec.structs.replace(base, scale="height above", distinct=True)
    if _ROW.search(text):
        return msgspec.structs.replace(base, scale="row", distinct=True)
    if successive:
        return msgspec.structs.replace(base, scale="finish", distinct=True)
    return msgspec.structs.replace(base, scale="finish" if _RACE.search(text) else "")


def _size(numbered: re.Match[str]) -> int:
    to = numbered["to"].lower()
    return int(to) if to.isdigit() else CARDINAL.get(to, 0)


def _says_more(around: str, after: str, objects: Sequence[str]) -> bool:
    """A setting that places somebody, or has more places than objects."""
    same = "|".join([str(len(objects)), *(word for word, number in CARDINAL.items() if number == len(objects))])
    left = re.sub(rf"\b(?:{same})\b", "", _PLAIN.sub("", around))
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", after) for name in objects):
        return True
    return _PLACING.search(left) is not None


def _values(base: Setting, after: str) -> Setting | None:
    if each := _ONE_EACH.fullmatch(after):
        values = tuple(_names(each["values"]))
        if len(values) != len(base.objects) or set(values) & set(base.objects) or len(set(values)) != len(values):
            return None
        nouns = base.nouns | _nouns(each["noun"])
        return msgspec.structs.replace(base, shape="values", values=values, distinct=True, nouns=nouns)
    apart = _APART.search(after) is not None
    after = _APART.sub("", after)
    handed = _HANDED.search(re.sub(r",? (?:and|with|such that) (?:no two|each \w+ is|all).*$", "", after))
    if handed is None:
        return None
    values = tuple(_names(re.sub(r"\bor\b", "and", handed["values"])))
    if len(set(values)) != len(values) or set(values) & set(base.objects):
        return None
    lead = after[: handed.start()]
    if not re.fullmatch(r"(?:(?:who|which) )?(?:each )?(?:has|have|owns?|likes?|wears?|chose|chooses|gets?|got"
        r"|plays|bought|drives"
        r"|picked|picks|received|is wearing|receives|takes|took|eats|ate|drinks|speaks|studies|teaches) ", lead):
        return None
    different = apart or "different" in handed.group() or "no two" in after
    nouns = base.nouns | (_nouns(handed["noun"]) if handed["noun"] else frozenset())
    return msgspec.structs.replace(base, shape="values", values=values, distinct=different, nouns=nouns)


def _names(listed: str) -> Sequence[str]:
    pieces = re.split(r",? and |, (?:and )?", listed.replace(" & ", " and "))
    return [re.sub(r"^(?:an?|the|one) ", "", piece.strip(" *_")) for piece in pieces]


def _nouns(noun: str) -> frozenset[str]:
    last = noun.split()[-1].lower()
    one = _ONE.get(last, last[:-1] if last.endswith("s") else last)
    return frozenset({last, one})
