"""Questions about sets that overlap: "of 100 students 60 study maths, 45 physics, 20 both; how many study neither?"

Every number of the question must be accounted for, and every sentence that counts, or the question is left alone.
"""

import re
from fractions import Fraction
from typing import Final

import msgspec

from verifiers.extraction.reading.sentences import sentence_spans
from verifiers.extraction.reasoning.count_phrases import (
    NUMBER,
    VERBS,
    Clause,
    clause,
    group,
    is_generic,
    item,
    named,
    structural,
    verbal,
)
from verifiers.extraction.reasoning.lemmas import singular, unmarked
from verifiers.extraction.reasoning.posed import Question
from verifiers.extraction.reasoning.venn import MOST_SETS, Diagram, Group

ASKS: Final = re.compile(r"\bhow many\b|\b(?:number|percentage) of\b", re.IGNORECASE)
_ASKED: Final = re.compile(
    r"(?:(?P<low>at ?least|minimum|least)|(?P<high>at most|maximum|most))?(?: (?:number of|possible))*\s*"
    r"\b(?:how many|number of|percentage of)(?: of (?:them|these|the))?(?P<rest>.*)$",
    re.IGNORECASE,
)
_POPULATION: Final = (
    re.compile(
        rf"^(?:[a-z ]{{0,30}}, )?(?:in|of|out of|among"
        rf"|from)\b[^,;:0-9]{{0,60}}?\b(?P<n>{NUMBER}) (?P<pop>[a-z]+)(?P<tail>[^,;:0-9]{{0,60}}?)(?:[,;:]|$|(?= \d))"
    ),
    re.compile(rf"^there (?:are|were) (?P<n>{NUMBER}) (?P<pop>[a-z]+)(?P<tail>[^,;:0-9]{{0,80}})$"),
    re.compile(
        rf"^an? (?:survey|poll|class|group|club|party|school|team)(?: of| has| had| consists of| conducted (?:on"
        rf"|among))? (?P<n>{NUMBER}) (?P<pop>[a-z]+)(?P<tail>[^,;:0-9]{{0,60}})(?:[,;:]|$|(?= \d))"
    ),
    re.compile(
        rf"^(?P<n>{NUMBER}) (?P<pop>[a-z]+)(?P<tail> (?:were|was) (?:surveyed|interviewed|asked"
        rf"|polled)[^,;:0-9]{{0,60}})$"
    ),
)
_SUBSET: Final = re.compile(r"\b(?:who|only|both|(?<!found )(?<!shows )(?<!showed )that)\b")
_PLACE: Final = re.compile(
    r" (?:in|of|at|from) (?:the|that|this) (?:group|class|classroom|school|conference|club|village|town|office"
    r"|survey|party|bus|team|college|total participants)\b"
)
_CUT: Final = re.compile(
    r"(?:\s*[,;:]\s*|(?<!\bleast)(?<!\bmost)(?<!exactly)(?<!\bonly)(?<!\bthan)\s+|^)(?:\b(?:and|while|whereas|but"
    r"|also|further|of (?:these|them|whom|which))\b,?\s+)*"
    r"(?=(?:(?:at least|at most|exactly|only) )?(?:\d[\d,.]*(?: ?%| ?per ?cent)?\s|(?:one|two|three|four|five|six"
    r"|seven|eight|nine|ten) (?:person|people|student|boy|girl|child|member|employee)s?\b))"
)
LEAD: Final = re.compile(
    r"^(?:if|of (?:these|them|whom)|further|also|among (?:them|these)|and|then|suppose|given that|it is (?:known"
    r"|found) that"
    r"|it was found that|in that group|out of these)\b,?\s*"
)
_EVERYONE: Final = re.compile(
    rf"^(?:if )?(?:every|each|all)(?: \w+){{0,4}}? (?=(?:who |that )?{VERBS} (?:at least one|either)\b)"
)
_COUNTING: Final = re.compile(
    r"\b(?:each|every|all|none|no|not|nobody|rest|half|remaining|some|any|twice|thrice|double|only|at least"
    r"|at most|except"
    r"|without|third|quarter|more|fewer|less|same|equal)\b"
)
_REST: Final = re.compile(r",? ?(?:and )?(?:the )?rest (?:are|were) (?:the )?(?P<name>[a-z]+)$")
_EVERYBODY: Final = re.compile(
    r"^(?: \w+){0,3} (?:are|were) there\b|^(?: \w+){0,2} (?:in total|altogether)\b|\bin all$"
)
_PASSED: Final = re.compile(
    r"^(?:who |that )?(?:have |has )?passed(?: finally| in both(?: \w+)?| both(?: \w+)?| the (?:exam\w*|test))?$"
)


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A question of this kind."""

    diagram: Diagram
    population: str
    verb: str
    asked: Group | None
    bound: str = ""
    """`ge` where the least number is asked for, `le` where the greatest."""
    percent: bool = False


def read_counts(parts: Question) -> Counted | None:
    """The sets of a question with what is said of them, None where anything countable in it could not be read."""
    sentences = [s.text for s in parts.statements]
    asking = parts.asking
    if len(sentences) > 14 or not sentences:
        return None
    # What is given stands before the question, at times in the same sentence.
    for question in [s for s in sentences if ASKS.search(s)]:
        sentences.remove(question)
        asking = f"{asking} {question}"
    reading = _Facts()
    lead, _, asked = _asking(asking)
    for sentence in [*sentences, *([lead] if re.search(r"\d", lead) else [])]:
        if not reading.sentence(levelled(sentence)):
            return None
    return reading.counted(asked)


def levelled(text: str) -> str:
    """Lower case, without marks, and without a place that says nothing of the sets."""
    plain = unmarked(text).lower().strip(" .;:!?")
    return _PLACE.sub("", plain).replace(" as well as ", " and ")


def _asking(text: str) -> tuple[str, str, str]:
    """What stands before the question, and the question from its sentence's start and from "how many" on."""
    spans = [text[a:b] for a, b in sentence_spans(text, (), ())]
    whole = next((s for s in reversed(spans) if ASKS.search(s)), "")
    match = ASKS.search(whole)
    if match is None:
        supposing = next((s for s in spans if re.search(r"\d", s) and "," in s), "")
        return supposing.rpartition(",")[0], "", ""
    before = whole[: match.start()]
    at = max(before.rfind(","), before.rfind(";"), before.rfind(":"))
    lead = before[:at] if at >= 0 and re.search(r"\d", before) else ""
    return lead, whole, whole[len(lead) :].strip(" ,;:")


class _Facts:
    """What the sentences of a question say, one after the other."""

    def __init__(self) -> None:
        self.total: Fraction | None = None
        self.population = ""
        self.clauses: list[tuple[Clause, str]] = []
        self.everyone: list[str] = []
        self.verb = ""

    def sentence(self, text: str) -> bool:
        """Whether all that counts in it was read."""
        text = LEAD.sub("", text)
        for pattern in _POPULATION:
            match = pattern.match(text)
            if match is not None and self.total is None and not _SUBSET.search(match["tail"]):
                self.total = Fraction(match["n"].replace(",", "")) if match["n"][0].isdigit() else None
                if self.total is None:
                    return False
                self.population = singular(match["pop"])
                text = text[match.end() :].strip(" ,;:")
                break
        text = _REST.sub("", text)
        if not text:
            return True
        if match := _EVERYONE.match(text):
            said = verbal(text[match.end() :])
            if said is None:
                return False
            self.everyone.append(said[1])
            return True
        pieces = [p.strip() for p in _CUT.split(text) if p and p.strip()]
        if not re.search(r"\d", text) and not (len(pieces) > 0 and clause(LEAD.sub("", pieces[0])) is not None):
            return not _COUNTING.search(text)
        for piece in pieces:
            found = clause(LEAD.sub("", piece))
            if found is None:
                if re.search(r"\d", piece) or _COUNTING.search(piece):
                    return False
                continue
            if not found.verb and not self.verb:
                return False
            self.verb = self.verb or found.verb
            self.clauses.append((found, piece))
        return True

    def counted(self, asked: str) -> Counted | None:
        sets: dict[str, None] = {}
        for found, _ in self.clauses:
            if not structural(found.phrase):
                sets.update(dict.fromkeys(named(found.phrase)))
        verbs = {found.verb.split()[0][:4] for found, _ in self.clauses if found.verb}
        if not 2 <= len(sets) <= MOST_SETS or {"pass", "fail"} <= verbs:
            return None
        names = tuple(sets)
        if any(len(name.split()) > 3 for name in names):
            return None
        percent = bool(self.clauses) and self.total is None and all(found.percent for found, _ in self.clauses)
        if not percent and self.total is None and any(found.percent for found, _ in self.clauses):
            return None
        facts: list[tuple[Group, str, Fraction, str]] = []
        total = Fraction(100) if percent else self.total
        if total is not None:
            text = "all together are 100%" if percent else f"there are {total} {self.population}s"
            facts.append((Group("all"), "eq", total, text))
        for found, text in self.clauses:
            members = members_of(found.subject, found.phrase, names, self.population)
            if members is None:
                return None
            value = found.number
            if found.percent and not percent:
                assert total is not None
                value = total * found.number / 100
                if value.denominator != 1:
                    return None
            facts.append((members, found.relation, value, text))
        for phrase in self.everyone:
            members = group(phrase, names) if phrase else None
            union = Group("least", frozenset(names), number=1)
            if phrase.startswith("at least one") or members is not None:
                facts.append((Group("all", frozenset(), frozenset(names)), "eq", Fraction(0), "everyone " + phrase))
                if members is not None and members.how != "least" and members.sets != union.sets:
                    return None
            else:
                return None
        diagram = Diagram(names, tuple(facts), whole=not percent)
        bound, wanted = self._wanted(asked, names)
        return Counted(
            diagram=diagram,
            population=self.population,
            verb=self.verb,
            asked=wanted,
            bound=bound,
            percent=percent,
        )

    def _wanted(self, asked: str, names: tuple[str, ...]) -> tuple[str, Group | None]:
        match = _ASKED.search(levelled(asked))
        if match is None:
            return "", None
        bound = "ge" if match["low"] else "le" if match["high"] else ""
        rest = match["rest"].strip(" ?.,:")
        if _EVERYBODY.search(" " + rest):
            return bound, Group("all")
        rest = re.sub(r" (?:is|are|will be|would be)$", "", rest)
        rest = re.sub(r"^(?:of )?(?:them|these|those)\b ?", "", rest)
        if self.verb.startswith(("fail",)):
            for cut_at in range(3):
                words = rest.split()[cut_at:]
                if _PASSED.match(" ".join(words)):
                    return bound, Group("all", frozenset(), frozenset(names))
        told = clause(f"1 {rest}")
        if told is None:
            return bound, None
        return bound, members_of(told.subject, told.phrase, names, self.population)


def members_of(subject: str, phrase: str, names: tuple[str, ...], population: str) -> Group | None:
    """The group of a clause, its subject being the population or one of the sets."""
    if is_generic(subject, population):
        return group(phrase, names) if phrase else None
    words = subject.split()
    known = item(subject) if item(subject) in names else item(words[0]) if is_generic(words[-1], population) else ""
    if known not in names:
        return None
    if not phrase:
        return Group("all", frozenset({known}))
    inner = group(phrase, names)
    if inner is None:
        return None
    if inner.how == "all":
        return Group("all", inner.sets | {known}, inner.without - {known})
    return None
