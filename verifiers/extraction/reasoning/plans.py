"""Study plans in words: "you can finish algebra by Friday on 40 minutes a day", "at an hour a day that takes 8 days".

Only whole shapes are read: who needs how long, how much a day, from when to when. Where the texts speak of days off,
of reviews or of what is done already, the shape is not all there is to it, and the claim stays unformalized.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, Literal, TypeAlias

import msgspec

from verifiers.claims import Claim, StudyPlan
from verifiers.extraction.document import Document
from verifiers.extraction.prose.marking import phrases
from verifiers.extraction.prose.phrases import Phrase
from verifiers.study_plan import Limit, Topic
from verifiers.study_plan.parts import DAY, WEEKDAYS

_HINT: Final = re.compile(r"\b(?:minutes?|mins?|hours?|hrs?)(?: of \w+)? (?:a|per|each|every) day\b", re.IGNORECASE)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS: Final = {word: Fraction(value) for value, word in enumerate(_WORDS, 1)} | {
    "an": Fraction(1), "half an": Fraction(1, 2)
}  # fmt: skip
_NUMBER: Final = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|{'|'.join(_NUMBERS)})"
_DURATION: Final = rf"{_NUMBER} (?:minutes?|mins?|hours?|hrs?)(?: and {_NUMBER} (?:minutes?|mins?))?"
_WORK: Final = "(?: of (?:study|work|practice|reading))?"
_A_DAY: Final = rf"(?:just |only )?(?P<rate>{_DURATION}){_WORK} (?:a|per|each|every) day"
_WEEKDAY: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH: Final = f"(?:{'|'.join(_MONTHS)})"
_DATE: Final = rf"(?:{_WEEKDAY}(?:,? (?:the )?\d{{1,2}} {_MONTH}(?: \d{{4}})?)?|\d{{1,2}} {_MONTH}(?: \d{{4}})?)"
_NAME: Final = (
    r"(?:the |your |my )?[A-Za-z][\w'’-]*(?: (?!(?:and|by|in|on|at|with|within|needs?|takes?|requires|will)\b)"
    r"[\w'’-]+){0,3}"
)
_NAMES: Final = rf"(?P<topics>{_NAME}(?:, {_NAME}){{0,6}}(?:,? and {_NAME})?)"
_WHEN: Final = (
    rf"(?:by (?:the end of )?(?:next )?(?P<by>{_DATE})|(?:in|within) (?:exactly )?(?P<within>{_NUMBER}) days)"
)
_CAN: Final = r"\b(?:you|we|i|he|she|they) (?:can|will|are able to|is able to|am able to) (?:easily |still |just )?"
_DO: Final = r"(?:finish|complete|cover|learn|get through) "
_ON: Final = r"(?:on|at|with|studying|using)"
_STOP: Final = r"(?=\s*(?:[.,;!)]|$))"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_FEASIBLE: Final = (
    _pattern(rf"{_CAN}{_DO}{_NAMES} {_WHEN} {_ON} {_A_DAY}{_STOP}"),
    _pattern(rf"\b{_ON} {_A_DAY},? {_CAN[2:]}{_DO}{_NAMES} {_WHEN}{_STOP}"),
)
_TAKES: Final = r"(?:takes|will take|would take|means|needs|will need)"
_LASTING: Final = (
    _pattern(
        rf"\bat {_A_DAY},? (?:(?P<it>that|this|it|which)|(?P<topics>{_NAME})) {_TAKES} (?:exactly )?"
        rf"(?P<days>{_NUMBER}) days{_STOP}"
    ),
    _pattern(rf"\b(?P<topics>{_NAME}) (?:takes|will take) (?:exactly )?(?P<days>{_NUMBER}) days at {_A_DAY}{_STOP}"),
)
_NEED: Final = _pattern(
    rf"(?:^|[.;:,!?]\s|\b(?:and|since|because|that|so|while) )(?P<topic>{_NAME}) "
    rf"(?:needs|takes|requires|will take|will need) "
    rf"(?P<need>{_DURATION}){_WORK}(?: (?:in all|in total|altogether))?"
    rf"(?=\s*(?:[.,;!)]|$| and {_NAME} (?:needs|takes|requires) | so | at ))"
)
_TODAY: Final = _pattern(rf"\b(?:today is|it is|it['’]s) (?:a )?(?P<today>{_DATE})\b")
_MORE: Final = _pattern(
    r"\b(?:days? off|off|except\w*|rest\w*|breaks?|weekends?|weekdays|holidays?|skip\w*|only on|already|remaining|left"
    r"|review\w*|revis\w*|each of|per (?:chapter|topic)|every other|alternate|before|after|prerequisite\w*|about|around"
    r"|roughly|at least|at most|more than|less than|up to|weeks?)\b"
)
"""What would have to be read too."""

Days: TypeAlias = Literal["dated", "weekdays", "numbered"]
_MONDAY: Final = date(2001, 1, 1)
_UNKNOWN: Final = "how long it takes, or from when, is not given in a way that can be read"


class _Need(msgspec.Struct, frozen=True):
    name: str
    minutes: int
    step: int
    end: int


def find(document: Document) -> Iterator[Claim]:
    """Claims that a topic can be finished by some day, or takes some days."""
    if not any(_HINT.search(part.text) for part in document.steps):
        return
    needs = list(_needs(document))
    whole = _MORE.search(document.question.text) is None
    for phrase in phrases(document):
        if not _HINT.search(phrase.raw):
            continue
        for pattern in (*_FEASIBLE, *_LASTING):
            for match in pattern.finditer(phrase.raw):
                start = phrase.start + match.start()
                if not phrase.asserted_at(start, phrase.start + match.end()):
                    continue
                before = phrase.part.text[max(0, start - 300) : start]
                readable = whole and _MORE.search(before) is None and _MORE.search(phrase.raw) is None
                formula = _formula(document, match, needs, phrase, start) if readable else None
                yield _claim(phrase, match, formula)


def _claim(phrase: Phrase, match: re.Match[str], formula: StudyPlan | None) -> Claim:
    if formula is not None:
        return phrase.claim_raw(match.start(), match.end(), formula)
    claim = phrase.claim_raw(match.start(), match.end(), _PLACEHOLDER)
    return Claim(span=claim.span, text=claim.text, problem=_UNKNOWN)


_PLACEHOLDER: Final = StudyPlan(start=_MONDAY, end=_MONDAY, topics=())


def _formula(
    document: Document, match: re.Match[str], needs: Sequence[_Need], phrase: Phrase, start: int
) -> StudyPlan | None:
    groups = match.groupdict()
    rate = _minutes(match["rate"])
    if rate is None or rate > DAY:
        return None
    known = [need for need in needs if need.step < phrase.part.step or need.end <= start]
    topics = _topics(groups.get("topics") or "", known) if not groups.get("it") else _last(known, phrase, start)
    if not topics:
        return None
    limits = (Limit(minutes=rate),)
    number = groups.get("days") or groups.get("within")
    if number:
        count = _number(number)
        if count.denominator != 1 or not 1 <= count <= 3_000:
            return None
        end = _MONDAY + timedelta(int(count) - 1)
        shortest = bool(groups.get("days"))
        return StudyPlan(start=_MONDAY, end=end, topics=topics, limits=limits, shortest=shortest, days="numbered")
    today = _today(document)
    if today is None or "next" in match.group().lower():
        return None
    first, days = today
    last = _next(match["by"], first, dated=days == "dated")
    if last is None:
        return None
    return StudyPlan(start=first, end=last, topics=topics, limits=limits, unsaid_ends=True, days=days)


def _needs(document: Document) -> Iterator[_Need]:
    """What each topic needs, by the question and the answer."""
    for part in (document.question, *document.steps):
        for match in _NEED.finditer(part.text):
            minutes = _minutes(match["need"])
            if minutes is not None:
                yield _Need(_plain(match["topic"]), minutes, part.step, match.end())


def _topics(text: str, needs: Sequence[_Need]) -> tuple[Topic, ...]:
    """The topics of a list, if for each of them one need is given; nothing else."""
    found = []
    for name in re.split(r", and |,? and |, ", text):
        given = {need.minutes for need in needs if need.name == _plain(name)}
        if len(given) != 1:
            return ()
        found.append(Topic(name=_shown(name), minutes=given.pop()))
    return tuple(found) if len({topic.name.lower() for topic in found}) == len(found) else ()


def _last(needs: Sequence[_Need], phrase: Phrase, start: int) -> tuple[Topic, ...]:
    """What "that" stands for: the one need given shortly before in the same step."""
    near = [need for need in needs if need.step == phrase.part.step and start - 200 <= need.end <= start]
    return (Topic(name=near[0].name.capitalize(), minutes=near[0].minutes),) if len(near) == 1 else ()


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|your|my) ", "", " ".join(name.lower().split()))


def _shown(name: str) -> str:
    plain = _plain(name)
    return plain[:1].upper() + plain[1:]


def _minutes(text: str) -> int | None:
    """Whole minutes of a duration."""
    total = Fraction(0)
    for number, unit in re.findall(rf"({_NUMBER}) (minute|min|hour|hr)", text, re.IGNORECASE):
        total += _number(number) * (60 if unit.lower().startswith("h") else 1)
    return int(total) if total.denominator == 1 and 0 < total <= 100_000 else None


def _number(text: str) -> Fraction:
    word = _NUMBERS.get(text.lower())
    return Fraction(text) if word is None else word


def _today(document: Document) -> tuple[date, Days] | None:
    """The day the question or the answer calls today, if they call only one so."""
    texts = [part.text for part in (document.question, *document.steps)]
    found = {match["today"].lower() for text in texts for match in _TODAY.finditer(text)}
    if len(found) != 1:
        return None
    said = found.pop()
    named = _dated(said)
    if named:
        return (named, "dated") if named.year > 1 and _agrees(said, named) else None
    weekday = re.fullmatch(_WEEKDAY, said)
    return (_MONDAY + timedelta(_weekday(said)), "weekdays") if weekday else None


def _next(text: str, first: date, *, dated: bool) -> date | None:
    """The first such day after `first`."""
    said = text.lower()
    if re.fullmatch(_WEEKDAY, said):
        ahead = (_weekday(said) - first.weekday()) % 7
        return first + timedelta(ahead) if ahead else None
    named = _dated(said, first.year) if dated else None
    return named if named and named > first and _agrees(said, named) else None


def _dated(said: str, year: int = 1) -> date | None:
    """The date of `monday, 2 march 2026`; of the given year where there is none."""
    match = re.search(rf"(\d{{1,2}}) ({_MONTH})(?: (\d{{4}}))?", said)
    if not match:
        return None
    try:
        return date(int(match[3] or year), _MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None


def _agrees(said: str, day: date) -> bool:
    """Whether the weekday, where one is said, is that of the date."""
    weekday = re.match(_WEEKDAY, said)
    return weekday is None or _weekday(weekday.group()) == day.weekday()


def _weekday(said: str) -> int:
    return [str(name) for name in WEEKDAYS].index(said)
