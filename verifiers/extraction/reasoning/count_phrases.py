"""Clauses that tell how many belong to which sets: "60 of them study maths", "20 like both", "5 can speak neither".

What a clause says is read in two steps: `clause` finds number, relation and phrase, `group` the sets in the phrase.
"""

import re
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.extraction.reasoning.lemmas import singular, unmarked
from verifiers.extraction.reasoning.venn import Group

_NUMBERS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}(?:\.\d{{1,3}})?|{'|'.join(_NUMBERS)})"
VERBS: Final = (
    r"can (?:speak|read|write|play|swim|drive|understand)|(?:are|were|is|was) (?:wearing|studying|learning|enrolled in"
    r"|taking|playing|reading|members? of|registered for)|(?:failed|passed|fail|pass|fails|passes)(?: in)?"
    r"|(?:subscribed?|subscribes|listen|listens|listened) to|(?:opt|opts|opted|voted) for|(?:enrolled|participated?) in"
    r"|speaks?|reads?|likes?|liked|plays?|played|stud(?:y|ies|ied)|drinks?|drank|watch(?:es|ed)?|knows?|knew"
    r"|owns?|owned"
    r"|has|have|had|takes?|took|wears?|wore|eats?|ate|uses?|used|prefers?|preferred|loves?|loved|enjoys?|enjoyed"
    r"|learns?"
    r"|learned|learnt|choose|chose|attends?|attended|visit(?:s|ed)?|bought|buys?|went for|go for|goes for|are|is"
    r"|were|was"
)
_PEOPLE: Final = r"(?:other )?(?:people|persons?|students?|members?|employees|children|boys|girls|men|women|families)"
_HEAD: Final = (
    rf"^(?:(?P<bound>at least|at most|exactly|not more than|no more than|not less than|only) )?(?P<number>{NUMBER})"
    r"(?P<percent> ?%| ?per ?cent)?(?: of (?:them|these|those|the(?: total| said)?(?: \d+)? (?P<of>[a-z]+)))?"
)
_CLAUSE: Final = re.compile(
    rf"{_HEAD}(?: (?P<subject>(?:[a-z-]+ ){{0,2}}?[a-z-]+))??(?: (?:who|that))? (?P<verb>{VERBS})"
    rf"(?: (?P<rest>[a-z][a-z' ,-]*))?$"
)
_ELIDED: Final = re.compile(rf"{_HEAD}(?: (?P<subject>{_PEOPLE}))?(?: (?P<rest>[a-z][a-z' ,-]*))?$")
_VERB: Final = re.compile(rf"^(?:who |that )?(?P<verb>{VERBS})(?: (?P<rest>[a-z][a-z' ,-]*))?$")
_GENERIC: Final = frozenset(
    {"person", "member", "participant", "respondent", "individual", "one", "other", "candidate", "student"}
)
_KINDS: Final = frozenset({"boy", "girl", "man", "woman", "child", "teacher", "adult"})
_NOUN: Final = (
    r"(?:games?|subjects?|languages?|sports?|newspapers?|papers?|drinks?|fruits?|magazines?|activities|things|items|types"
    r"|kinds|beverages|exams?|tests|courses|channels|brands|products|clubs)"
)


class Clause(msgspec.Struct, frozen=True):
    """`number` members do what `phrase` says; the verb is empty where it is left out."""

    number: Fraction
    percent: bool
    relation: str
    subject: str
    verb: str
    phrase: str


def clause(text: str) -> Clause | None:
    """A clause with its number in front, None where it has another form."""
    plain = unmarked(text).lower().strip(" .,;:!")
    match = _CLAUSE.match(plain)
    verb = match["verb"] if match else ""
    match = match or _ELIDED.match(plain)
    if match is None:
        return None
    relation = {"at least": "ge", "not less than": "ge", "at most": "le"}.get(match["bound"] or "", "eq")
    if match["bound"] in ("not more than", "no more than"):
        relation = "le"
    subject = match["subject"] or match["of"] or ""
    return Clause(_value(match["number"]), match["percent"] is not None, relation, subject, verb, match["rest"] or "")


def verbal(text: str) -> tuple[str, str] | None:
    """Verb and rest of "who play cricket", "can speak both"."""
    match = _VERB.match(unmarked(text).lower().strip(" .,;:!?"))
    return (match["verb"], match["rest"] or "") if match else None


def _value(text: str) -> Fraction:
    return Fraction(_NUMBERS.index(text)) if text in _NUMBERS else Fraction(text.replace(",", ""))


def is_generic(subject: str, population: str) -> bool:
    """Whether a subject is just the population: "students", "of them", "people in the group"."""
    words = [singular(w) for w in subject.split() if w not in ("the", "total", "other", "remaining", "more")]
    if not words or words == [singular(population)]:
        return True
    return len(words) == 1 and words[0] in _GENERIC and population not in _KINDS


def item(phrase: str) -> str:
    """The name of a set: its words without articles and what is left open."""
    words = [w for w in re.sub(r"^\W*(?:an?|in|the)\b|\b(?:the|only|also)\b", " ", phrase).split() if w]
    return " ".join([*words[:-1], singular(words[-1])]) if words else ""


_BOTH: Final = re.compile(
    rf"^(?:in )?(?:both|both of (?:them|these)|both (?:of )?(?:the |these )?(?:two )?{_NOUN}|the two(?: {_NOUN})?)$"
)
_ALL: Final = re.compile(rf"^(?:in )?all (?:of )?(?:the |these )?(?P<n>two|three|four)(?: {_NOUN})?$")
_NEITHER: Final = re.compile(
    rf"^(?:in )?(?:neither|neither of (?:them|these|the|the two|these two)(?: (?:two )?{_NOUN})?"
    rf"|none(?: of (?:them|these|the (?:two|three|four)|these (?:two|three|four)|the|these)"
    rf"(?: {_NOUN})?)?|neither {_NOUN}|no {_NOUN})$"
)
_EXACT: Final = re.compile(
    rf"^(?:in )?(?:(?:exactly|only|just) (?P<a>one|two|three)(?: of (?:the|these)(?: (?:two|three"
    rf"|four))?)?(?: {_NOUN})?|(?P<b>one|two|three)(?: {_NOUN})? only)$"
)
_LEAST: Final = re.compile(
    rf"^(?:in )?at least (?P<a>one|two|three)(?: of (?:the|these|them)(?: (?:two|three|four))?)?(?: {_NOUN})?$"
)
_SMALL: Final = {"one": 1, "two": 2, "three": 3, "four": 4}


def structural(phrase: str) -> bool:
    """Whether a phrase picks out members by the number of their sets, naming none."""
    plain = " ".join(phrase.split()).strip(" ,")
    return not plain or any(p.match(plain) for p in (_BOTH, _ALL, _NEITHER, _EXACT, _LEAST))


def named(phrase: str) -> list[str]:
    """The sets a phrase names, whatever it says of them."""
    plain = re.sub(r"\b(?:both|only|either|neither|in|but|not|also)\b", " ", phrase)
    parts = [item(p) for p in re.split(r",| and | or | nor |(?: {2,})", f" {plain} ")]
    return [p for p in parts if p]


def group(phrase: str, sets: tuple[str, ...]) -> Group | None:
    """The group a phrase picks out of those sets, None where it does so in no form known here."""
    plain = " ".join(phrase.split()).strip(" ,")
    every = frozenset(sets)
    if _BOTH.match(plain):
        return Group("all", every) if len(sets) == 2 else None
    if match := _ALL.match(plain):
        return Group("all", every) if _SMALL[match["n"]] == len(sets) else None
    if _NEITHER.match(plain):
        return Group("all", frozenset(), every) if len(sets) == 2 or "neither" not in plain else None
    if match := _EXACT.match(plain):
        return Group("exactly", every, number=_SMALL[match["a"] or match["b"]])
    if match := _LEAST.match(plain):
        return Group("least", every, number=_SMALL[match["a"]])
    if (match := re.match(r"^non-? ?(.+)$", plain)) and item(match[1]) in every:
        return Group("all", frozenset(), frozenset({item(match[1])}))
    found = _listed(plain, every)
    return found if found is None or found.sets | found.without <= every else None


def _listed(plain: str, every: frozenset[str]) -> Group | None:
    """Sets named one by one: "cricket and football", "only tea", "tea but not coffee", "either tea or coffee"."""
    if match := re.match(r"^(?:in )?neither (.+) nor (.+)$", plain):
        first = [item(p) for p in re.split(r",| nor ", match[1]) if p.strip()]
        return Group("all", frozenset(), frozenset([*first, item(match[2])]))
    if match := re.match(r"^(.+?),? but (?:not|neither)(?: in)? (.+)$", plain):
        inside, outside = _and(match[1]), _and(re.sub(r" (?:or|nor) ", " and ", match[2]))
        return Group("all", inside, outside) if inside and outside else None
    if match := re.match(r"^(?:in )?(?:only|just) (.+)$|^(.+) only$", plain):
        inside = _and(match[1] or match[2])
        return Group("all", inside, every - inside) if inside else None
    if match := re.match(r"^(?:in )?either (.+?)(?:,? or both)?$", plain):
        parts = frozenset(item(p) for p in re.split(r",| or ", match[1]) if p.strip())
        return Group("any", parts) if len(parts) > 1 and (plain.endswith("or both") or parts == every) else None
    if match := re.match(r"^(?:in )?at least one of (.+)$", plain):
        inside = _and(match[1])
        return Group("any", inside) if len(inside) > 1 else None
    if " or " in plain or " nor " in plain:
        parts = frozenset(item(p) for p in re.split(r",| or ", plain.removesuffix(" or both")) if p.strip())
        return Group("any", parts) if plain.endswith(" or both") else None
    inside = _and(re.sub(r"^(?:in )?both ", "", plain))
    return Group("all", inside) if inside else None


def _and(text: str) -> frozenset[str]:
    parts = [item(re.sub(r"^both ", "", p.strip())) for p in re.split(r",| and ", text) if p.strip()]
    return frozenset(parts) if all(parts) else frozenset()
