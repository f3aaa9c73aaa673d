"""Statements about the Constitution of India made by rule from its articles, half of them made false.

A fact is an article, a pattern that reads the value out of the article's own text, and the phrases a wording needs.
Every kind of fact has wordings; a third of all wordings, fixed by `is_held` before the checker was written, is held
out. `statements` is deterministic.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

Article = Mapping[str, Any]

NUMBERS: Final = {
    "one": 1, "two": 2, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "twelve": 12, "fourteen": 14,
    "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-one": 21, "twenty-five": 25, "thirty": 30, "thirty-five": 35,
    "forty": 40, "sixty": 60, "sixty-two": 62, "sixty-five": 65, "two hundred and thirty-eight": 238,
    "two hundred and ten": 210,
    "five hundred": 500, "five hundred and thirty": 530, "three": 3, "eight": 8, "nine": 9, "sixteen": 16,
    "forty-five": 45, "fifty": 50, "seventy": 70, "seventy-two": 72, "two hundred and fifty": 250, "four hundred": 400,
    "five hundred and fifty": 550, "twenty-eight": 28, "fifty-five": 55, "twenty-four": 24, "forty-eight": 48,
}  # fmt: skip
_ONE_BASED: Final = ""
"""Stands for `{0}`, so that `{1}` is the first."""
WORDS: Final = {value: word for word, value in NUMBERS.items()}
OTHER: Final = {
    1: 2, 2: 4, 3: 6, 4: 5, 5: 6, 6: 5, 7: 9, 10: 15, 12: 16, 14: 28, 15: 20, 18: 21, 20: 15, 21: 24, 24: 12, 25: 30,
    30: 35, 35: 40, 40: 60, 60: 50, 62: 60, 65: 62, 238: 210, 500: 400, 530: 500,
}  # fmt: skip
"""What a number is changed to. Bounds are changed so that the false one does not follow from the true one."""
FRACTIONS: Final = {
    "one-tenth": "one-fifth", "two-thirds": "three-fourths", "one-fourth": "one-third", "one-third": "one-fourth",
    "fifteen per cent": "ten per cent", "one-half": "two-thirds", "one-twelfth": "one-sixth",
}  # fmt: skip


class Fact(NamedTuple):
    kind: str
    articles: tuple[str, ...]
    """Where it stands; the first is the one a wording may name."""
    pattern: str
    """Its group is the value, in words, in the article's text."""
    phrases: Mapping[str, str]


class Statement(NamedTuple):
    text: str
    true: bool
    articles: tuple[str, ...]
    kind: str
    wording: str
    held: bool


def _facts(kind: str, *rows: tuple[str, str, dict[str, str]]) -> list[Fact]:
    return [Fact(kind, tuple(articles.split()), pattern, phrases) for articles, pattern, phrases in rows]


FACTS: Final[Sequence[Fact]] = [
    *_facts(
        "term",
        ("56", r"term of (\w+) years", {"s": "the President"}),
        ("67", r"term of (\w+) years", {"s": "the Vice-President"}),
        ("156", r"term of (\w+) years", {"s": "the Governor of a State"}),
        ("316", r"term of (\w+) years", {"s": "a member of a Public Service Commission"}),
    ),
    *_facts(
        "life",
        ("83", r"continue for (\w+) years", {"s": "the House of the People"}),
        ("172", r"continue for (\w+) years", {"s": "the Legislative Assembly of a State"}),
        ("243E", r"continue for (\w+) years", {"s": "a Panchayat"}),
        ("243U", r"continue for (\w+) years", {"s": "a Municipality"}),
    ),
    *_facts(
        "age",
        ("58", r"age of (\S+) years", {"e": "election as President"}),
        ("66", r"age of (\S+) years", {"e": "election as Vice-President"}),
        ("157", r"age of (\S+) years", {"e": "appointment as Governor"}),
        ("84", r"Council of States, not less than (\S+) years", {"e": "a seat in the Council of States"}),
        ("84", r"House of the People, not less than (\S+) years", {"e": "a seat in the House of the People"}),
        ("173", r"Assembly, not less than (\S+) years", {"e": "a seat in the Legislative Assembly of a State"}),
        ("173", r"Council, not less than (\S+) years", {"e": "a seat in the Legislative Council of a State"}),
    ),
    *_facts(
        "retire",
        ("124", r"age of (\S+) years", {"s": "a Judge of the Supreme Court"}),
        ("217", r"age of (sixty.two) years", {"s": "a Judge of a High Court"}),
        ("316", r"Union Commission, the age of (\S+) years", {"s": "a member of the Union Public Service Commission"}),
        ("316", r"Joint Commission, the age of (\S+) years", {"s": "a member of a State Public Service Commission"}),
    ),
    *_facts(
        "most",
        ("170", r"not more than (.+?), and", {"s": "the Legislative Assembly of a State", "u": "members"}),
        ("81", r"more than \d? ?\[?(.+?) members\]? chosen",
         {"s": "the House of the People", "u": "members chosen by direct election from constituencies in the States"}),
        ("81", r"more than \d? ?\[?(\w+) members\]? to represent",
         {"s": "the House of the People", "u": "members to represent the Union territories"}),
        ("80", r"not more than (.+?) representatives",
         {"s": "the Council of States", "u": "representatives of the States and of the Union territories"}),
    ),
    *_facts(
        "least",
        ("170", r"not less than (\w+),", {"s": "the Legislative Assembly of a State", "u": "members", "x": "70"}),
        ("171", r"less than (\w+)", {"s": "the Legislative Council of a State", "u": "members"}),
        ("164", r"less than (\w+)", {"s": "the Council of Ministers in a State", "u": "Ministers"}),
    ),
    *_facts(
        "share",
        ("100", r"quorum .* be (\S+) of the total",
         {"s": "the quorum of a meeting of either House of Parliament",
          "b": "the total number of members of the House"}),
        ("61", r"majority of not less than (\S+) of the total",
         {"s": "the majority needed for a resolution on the impeachment of the President",
          "b": "the total membership of the House"}),
        ("75", r"not exceed (\w+ per cent)",
         {"s": "the total number of Ministers in the Council of Ministers",
          "b": "the total number of members of the House of the People", "c": "at most "}),
        ("164", r"not exceed (\w+ per cent)",
         {"s": "the total number of Ministers in the Council of Ministers in a State",
          "b": "the total number of members of the Legislative Assembly of that State", "c": "at most "}),
        ("171", r"not exceed (\S+) of the total",
         {"s": "the total number of members in the Legislative Council of a State",
          "b": "the total number of members in the Legislative Assembly of that State", "c": "at most "}),
    ),
    *_facts(
        "appoint",
        ("75", r"The (Prime Minister) shall be appointed", {"s": "the Prime Minister", "b": "the President"}),
        ("155", r"(Governor) of a State shall be", {"s": "the Governor of a State", "b": "the President"}),
        ("164", r"The (Chief Minister) shall be", {"s": "the Chief Minister of a State", "b": "the Governor"}),
        ("76", r"to be (Attorney-General)", {"s": "the Attorney-General for India", "b": "the President"}),
        ("165", r"to be (Advocate-General)", {"s": "the Advocate-General for the State", "b": "the Governor"}),
        ("148", r"a (Comptroller and Auditor-General)",
         {"s": "the Comptroller and Auditor-General of India", "b": "the President"}),
        ("124", r"Every (Judge of the Supreme Court)", {"s": "a Judge of the Supreme Court", "b": "the President"}),
        ("217", r"Every (Judge of a High Court)", {"s": "a Judge of a High Court", "b": "the President"}),
        ("350B", r"(Special Officer)", {"s": "the Special Officer for linguistic minorities", "b": "the President"}),
    ),
    *_facts(
        "resign",
        ("56", r"addressed to the (Vice-President)", {"s": "the President", "b": "the Vice-President"}),
        ("67", r"addressed to the (President)", {"s": "the Vice-President", "b": "the President"}),
        ("156", r"addressed to the (President)", {"s": "the Governor of a State", "b": "the President"}),
        ("124", r"addressed to the (President)", {"s": "a Judge of the Supreme Court", "b": "the President"}),
        ("217", r"addressed to the (President)", {"s": "a Judge of a High Court", "b": "the President"}),
    ),
    *_facts(
        "oath",
        ("60", r"presence of the (Chief Justice of India)", {"s": "the President", "b": "the Chief Justice of India"}),
        ("69", r"before the (President)", {"s": "the Vice-President", "b": "the President"}),
        ("159", r"presence of the (Chief Justice)",
         {"s": "the Governor of a State", "b": "the Chief Justice of the High Court"}),
        ("219", r"before the (Governor)", {"s": "a Judge of a High Court", "b": "the Governor of the State"}),
        ("124", r"before the (President)", {"s": "a Judge of the Supreme Court", "b": "the President"}),
    ),
    *_facts(
        "period",
        ("75", r"period of (\w+) consecutive months",
         {"1": "a Minister who for any period of {n} consecutive months is not a member of either House of Parliament"
               " ceases to be a Minister",
          "2": "a Minister who is not a member of either House of Parliament for {d} consecutive months ceases to be a"
               " Minister"}),
        ("101", r"period of (\w+) days",
         {"1": "the seat of a member of either House of Parliament may be declared vacant if he is absent from all its"
               " meetings without permission for {n} days",
          "2": "a House of Parliament may declare vacant the seat of a member who is absent without permission from all"
               " meetings for a period of {d} days"}),
        ("85", r"(\w+) months shall not intervene",
         {"1": "{n} months shall not intervene between the last sitting of a House of Parliament in one session and"
               " its first sitting in the next session",
          "2": "the gap between two sessions of Parliament shall not reach {d} months"}),
        ("62", r"later than (\w+) months",
         {"1": "an election to fill a vacancy in the office of President caused by his death is held not later than"
               " {n} months from the date of the vacancy",
          "2": "a vacancy in the office of President by resignation must be filled by election within {d} months of its"
               " occurrence"}),
        ("123", r"expiration of (\w+) weeks",
         {"1": "an Ordinance of the President ceases to operate {n} weeks after the reassembly of Parliament",
          "2": "an Ordinance promulgated by the President lapses at the expiration of {d} weeks from the reassembly of"
               " Parliament"}),
        ("109", r"period of (\w+) days",
         {"1": "the Council of States shall return a Money Bill with its recommendations within {n} days of its"
               " receipt",
          "2": "the Council of States has {d} days to return a Money Bill to the House of the People", "x": "10"}),
        ("22", r"period of (\S+) hours",
         {"1": "an arrested person shall be produced before the nearest magistrate within {n} hours of his arrest",
          "2": "every person who is arrested must be brought before the nearest magistrate within a period of {d}"
               " hours"}),
        ("24", r"age of (\w+) years",
         {"1": "no child below the age of {n} years shall be employed in any factory or mine",
          "2": "children under {d} years of age may not be employed in factories or mines"}),
        ("360", r"expiration of (\w+) months",
         {"1": "a Proclamation of financial emergency ceases to operate after {n} months unless both Houses of"
               " Parliament approve it",
          "2": "unless approved by both Houses of Parliament, a Proclamation of financial emergency ceases to operate"
               " at the expiration of {d} months"}),
        ("280", r"(four) other members",
         {"1": "the Finance Commission consists of a Chairman and {n} other members",
          "2": "the Finance Commission has {d} members other than its Chairman"}),
        ("331", r"not more than (\w+) members",
         {"1": "the President may nominate not more than {n} members of the Anglo-Indian community to the House of the"
               " People",
          "2": "at most {d} members of the Anglo-Indian community may be nominated to the House of the People",
          "x": "1"}),
        ("80", r"(\w+) members to be nominated",
         {"1": "the President nominates {n} members to the Council of States",
          "2": "{n} members of the Council of States are nominated by the President"}),
    ),
]  # fmt: skip


def _codes(listed: str) -> list[str]:
    return listed.split()


RIGHTS: Final = {
    "14": "equality before the law", "19": "freedom of speech and expression",
    "21": "protection of life and personal liberty", "21A": "free and compulsory education",
    "25": "freedom of conscience", "30": "the right of minorities to administer educational institutions",
    "32": "remedies for the enforcement of fundamental rights", "39A": "free legal aid",
    "44": "a uniform civil code for the citizens", "16": "equality of opportunity in public employment",
}  # fmt: skip
"""What an article guarantees, in few words."""

TOPICS: Final = _codes(
    "15 17 18 20 22 23 24 26 27 29 33 34 40 41 42 43A 45 46 47 48 48A 49 50 53 60 61 63 72 76 79 80 81 85 87 98 105"
    " 108 109 110 112 115 122 123 129 130 137 141 143 148 153 155 161 165 174 200 213 214 215 222 226 243A 243D 248 249"
    " 253 262 263 265 267 275 280 300A 301 312 315 324 331 340 343 350A 351 352 360 363 365 368"
)
CLAUSES: Final = _codes(
    "14 17 18 21 27 28 37 44 50 52 53 54 63 64 74 75 76 79 83 107 109 117 129 130 141 144 152 153 154 155 163 168 169"
    " 172 182 194 198 201 211 212 214 215 221 235 245 265 300A 310 315 322 325 350"
)

WORDINGS: Final[Mapping[str, Sequence[str]]] = {
    "term": (
        "{S} holds office for a term of {n} years.",
        "The term of office of {s} is {d} years.",
        "{S} serves a term of {n} years.",
        "{S} is in office for {n} years.",
        "Under Article {a}, {s} holds office for {n} years.",
        "The tenure of {s} is {n} years.",
        "The Constitution fixes the term of {s} at {n} years.",
        "{S} remains in office for a period of {d} years.",
        "Article {a} gives {s} a term of {n} years.",
    ),
    "life": (
        "{S}, unless sooner dissolved, continues for {n} years.",
        "The duration of {s} is {d} years from the date appointed for its first meeting.",
        "Unless dissolved earlier, {s} lasts {n} years.",
        "{S} has a term of {n} years.",
        "The normal life of {s} is {n} years.",
        "Under Article {a}, {s} continues for {d} years from its first meeting.",
    ),
    "age": (
        "To be eligible for {e}, a person must have completed the age of {n} years.",
        "The minimum age for {e} is {d} years.",
        "No person is eligible for {e} unless he has completed the age of {n} years.",
        "A person below {d} years of age is not eligible for {e}.",
        "Nobody younger than {n} years can be considered for {e}.",
        "Article {a} requires a candidate for {e} to be at least {d} years old.",
        "One becomes eligible for {e} on completing {n} years of age.",
        "The Constitution requires an age of not less than {n} years for {e}.",
    ),
    "retire": (
        "{S} holds office until the age of {n} years.",
        "{S} retires at the age of {d}.",
        "The retirement age of {s} is {n} years.",
        "{S} holds office until he attains the age of {n} years.",
        "Under Article {a}, {s} may serve until the age of {d} years.",
        "{S} leaves office on attaining {n} years of age.",
    ),
    "most": (
        "{S} consists of not more than {n} {u}.",
        "The maximum number of {u} in {s} is {d}.",
        "{S} cannot have more than {d} {u}.",
        "The number of {u} in {s} shall not exceed {n}.",
        "{S} has at most {n} {u}.",
        "Under Article {a}, {s} may have up to {d} {u}.",
    ),
    "least": (
        "{S} consists of not less than {n} {u}.",
        "The minimum number of {u} in {s} is {d}.",
        "{S} cannot have fewer than {d} {u}.",
        "The number of {u} in {s} shall not be less than {n}.",
        "{S} has at least {n} {u}.",
    ),
    "share": (
        "{S} is {c}{n} of {b}.",
        "{S} is fixed at {c}{n} of {b}.",
        "The Constitution sets {s} at {c}{n} of {b}.",
        "Article {a} fixes {s} at {c}{n} of {b}.",
    ),
    "appoint": (
        "{S} is appointed by {b}.",
        "{B} appoints {s}.",
        "The appointment of {s} is made by {b}.",
        "The power to appoint {s} lies with {b}.",
        "It is {b} who appoints {s}.",
        "According to Article {a}, {s} is appointed by {b}.",
        "{S} owes his appointment to {b}.",
    ),
    "resign": (
        "{S} may resign by writing addressed to {b}.",
        "{S} addresses his resignation to {b}.",
        "The resignation of {s} is addressed to {b}.",
        "{S} submits his resignation to {b}.",
        "To resign, {s} writes to {b}.",
    ),
    "oath": (
        "{S} takes the oath before {b}.",
        "{S} makes and subscribes an oath before {b}.",
        "The oath of {s} is taken before {b}.",
        "Before entering upon office, {s} takes an oath in the presence of {b}.",
        "{B} administers the oath to {s}.",
    ),
    "period": (
        "{1}.",
        "{2}.",
        "According to Article {a}, {1}.",
        "It is laid down that {2}.",
        "The Constitution provides that {1}.",
    ),
    "right": (
        "Article {a} guarantees {t}.",
        "{T} is guaranteed by Article {a}.",
        "It is Article {a} that provides for {t}.",
        "The Constitution provides for {t} in Article {a}.",
        "{T} is secured under Article {a}.",
    ),
    "topic": (
        "Article {a} deals with {t}.",
        "{T} is the subject of Article {a}.",
        "{T} is dealt with in Article {a}.",
        "The provision on {t} is found in Article {a}.",
        "Article {a} of the Constitution of India concerns {t}.",
        "The Constitution speaks of {t} in Article {a}.",
    ),
    "clause": (
        "{C}.",
        "The Constitution says that {c}.",
        "Under Article {a}, {c}.",
        "It is provided in the Constitution that {c}.",
        "According to the Constitution of India, {c}.",
    ),
}


def is_held(wording: str) -> bool:
    """Whether a wording is kept from whoever works on the checker."""
    return hashlib.sha256(wording.encode()).digest()[0] % 3 == 0


def statements(articles: Sequence[Article]) -> list[Statement]:
    """All of them; about half are false."""
    texts = {str(article["article"]): article for article in articles}
    made = [*_of_facts(texts), *_of_rights(texts), *_of_topics(texts), *_of_clauses(texts)]
    return [statement for statement in made if statement is not None]


def plain(article: Article) -> str:
    """The text of an article in one line."""
    return re.sub(r"\s+", " ", str(article["description"])).strip()


def _of_facts(texts: Mapping[str, Article]) -> Iterator[Statement]:
    for at, fact in enumerate(FACTS):
        found = re.search(fact.pattern, plain(texts[fact.articles[0]]))
        if found is None:
            continue
        for number, wording in enumerate(WORDINGS[fact.kind]):
            true = (at + number) % 2 == 0
            filled = _filled(fact, wording, found[1], true)
            yield Statement(_sentence(filled), true, fact.articles, fact.kind, wording, is_held(wording))


def _filled(fact: Fact, wording: str, value: str, true: bool) -> str:
    phrases = dict(fact.phrases)
    if fact.kind in ("appoint", "resign", "oath"):
        if not true:
            phrases["b"] = _other_body(phrases["b"], phrases["s"])
        values = {}
    elif fact.kind == "share":
        values = {"n": value if true else FRACTIONS[value]}
    else:
        number = NUMBERS[value.replace("sixty two", "sixty-two")]
        if not true:
            number = int(phrases.get("x", OTHER[number]))
        values = {"n": WORDS[number], "d": str(number)}
    phrases = {key: text.format(**values) if "{" in text else text for key, text in phrases.items()}
    phrases.setdefault("c", "")
    capital = {key.upper(): text[:1].upper() + text[1:] for key, text in phrases.items() if key.isalpha()}
    return wording.format(_ONE_BASED, *_numbered(phrases), **_named(phrases), **capital, **values, a=fact.articles[0])


def _numbered(phrases: Mapping[str, str]) -> list[str]:
    return [phrases[key] for key in sorted(phrases) if key.isdigit()]


def _named(phrases: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in phrases.items() if key.isalpha()}


def _other_body(body: str, subject: str) -> str:
    bodies = ["the President", "the Prime Minister", "the Speaker of the House of the People", "the Vice-President"]
    return next(other for other in bodies[1:] + bodies if other not in (body, subject))


def _of_rights(texts: Mapping[str, Article]) -> Iterator[Statement]:
    numbers = list(RIGHTS)
    for at, article in enumerate(numbers):
        for number, wording in enumerate(WORDINGS["right"]):
            true = (at + number) % 2 == 0
            told = article if true else numbers[(at + 3 + number) % len(numbers)]
            topic = RIGHTS[article]
            text = wording.format(a=told, t=topic, T=topic[:1].upper() + topic[1:])
            yield Statement(_sentence(text), true, (article,), "right", wording, is_held(wording))


def _of_topics(texts: Mapping[str, Article]) -> Iterator[Statement]:
    for at, article in enumerate(TOPICS):
        title = str(texts[article]["title"]).strip().rstrip(".")
        topic = title if re.match(r"[A-Z]\w+-|Hindi|Panchayat|Parliament|Gram|Money", title) else _lowered(title)
        for number in (0, 1):
            wording = WORDINGS["topic"][(at * 2 + number) % len(WORDINGS["topic"])]
            true = (at + number) % 2 == 0
            told = article if true else TOPICS[(at + 5 + number) % len(TOPICS)]
            text = wording.format(a=told, t=topic, T=title)
            yield Statement(_sentence(text), true, (article,), "topic", wording, is_held(wording))


_CLAUSE: Final = re.compile(r"^(?:\(1\) ?)?((?:There|The|An?|No|Every|All|Each|Parliament)\b[^,;:—(]{15,170})\.(?: |$)")


def _of_clauses(texts: Mapping[str, Article]) -> Iterator[Statement]:
    for at, article in enumerate(CLAUSES):
        found = _CLAUSE.match(plain(texts[article]))
        if found is None or " shall " not in found[1]:
            continue
        for number in (0, 1):
            wording = WORDINGS["clause"][(at + number) % len(WORDINGS["clause"])]
            true = (at // 2 + number) % 2 == 0
            clause = found[1] if true else _negated(found[1])
            text = wording.format(C=clause, c=_lowered(clause), a=article)
            yield Statement(_sentence(text), true, (article,), "clause", wording, is_held(wording))


def _negated(clause: str) -> str:
    if " shall not " in clause:
        return clause.replace(" shall not ", " shall ", 1)
    if clause.startswith("No "):
        return "A " + clause[3:]
    return clause.replace(" shall ", " shall not ", 1)


def _lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    return (
        text
        if first in ("Parliament", "President") or (first.isupper() and len(first) > 1)
        else (text[:1].lower() + text[1:])
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
