"""What a levelled clause says of the objects of a puzzle, and how: that it is so, must be so, or can be so."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr
from verifiers.extraction.reasoning.amounts import counted
from verifiers.extraction.reasoning.frames import Frame
from verifiers.extraction.reasoning.groups import GROUP, NAME, Grouped, conj, disj, eq, opposite
from verifiers.extraction.reasoning.places import Places, Predicate
from verifiers.extraction.reasoning.verbs import BE, NECESSARY, POSSIBLE, STATE, VERB, Modality, meaning
from verifiers.logic.problems import negation

_LONGEST: Final = 600
_MOST_PARTS: Final = 8
_MOST_KNOWN: Final = 2_000
_JOINTS: Final = (
    (r", (?:and |but |but and |while )?", conj),
    (r" (?:and|but|but and|while) ", conj),
    (r",? or ", disj),
)
"""Where two clauses meet, the clearest cut first."""
_SEPARATOR: Final = re.compile(r",| (?:and|or|but|while) ")
_SUBJECT: Final = re.compile(rf"(?P<subject>{GROUP})(?:,? (?P<rest>.+))")
_TOGETHER: Final = re.compile(
    rf"((?:do not |does not |did not )?{BE}(?: not)?){STATE} (?:together|(?:adjacent|next) to (?:each other"
    rf"|1 another)"
    r"|(?:immediate )?neighbou?rs(?: of each other)?|side by side|beside each other)"
)
_PRONOUN: Final = re.compile(r"(?:it|he|she|they|these|this N) (?P<rest>.+)")
_ONLY: Final = re.compile(
    rf"only (?:other |remaining |possible )?(?:N|person|1|place holder) (?:that|who|which) (?:can|could|may|might) "
    rf"(?:possibly )?(?:be|{BE}) (?P<place>.+?) (?:is|are|must be) (?:either )?(?P<who>{GROUP})"
)
_ONLY_IS: Final = re.compile(
    rf"(?P<who>{GROUP}) (?:is|are) only (?:other |remaining )?(?:N|1) (?:that|who|which) (?:can|could|may|might) "
    rf"(?:possibly )?(?:be|{BE}) (?P<place>.+)"
)
_ONLY_CAN: Final = re.compile(rf"only (?P<who>{GROUP}) (?:can|could) (?:possibly )?(?:be|{BE}) (?P<place>.+)")
_NAMED_PLACE: Final = re.compile(
    rf"(?P<place>.+?)(?: N)? (?:(?P<modal>must|has to|have to|cannot|can only|can|could|may|might|will) be|is"
    rf"|are|was|were)"
    rf"(?P<not> not)?(?: taken by| occupied by| held by)? (?P<who>{GROUP}|any N|{GROUP}(?: or|,) any(?: other)? N)"
)


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    sentence: Expr
    modality: Modality = "is"
    subject: str = ""
    """The levelled words of the subject, for a pronoun after it."""


class Facts:
    """Reads levelled clauses about one frame."""

    def __init__(self, frame: Frame, counting: int = 0) -> None:
        self.frame = frame
        self.places = Places(frame, counting)
        self.known: dict[tuple[str, str], Fact | None] = {}

    def read(self, text: str, subject: str = "") -> Fact | None:
        """The clause, read to its last word; `subject` is what a pronoun at its front stands for."""
        if len(text) > _LONGEST:
            return None
        if (text, subject) not in self.known:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[text, subject] = self._read(text, subject)
        return self.known[text, subject]

    def _read(self, text: str, subject: str) -> Fact | None:
        return (
            self._conditional(text)
            or self._only(text)
            or self._counted(text)
            or self._plain(text, subject)
            or self._ordered(text)
            or self._assigned(text)
            or self._of_place(text)
            or self._joined(text, subject)
            or self._elided(text)
            or self._belonging(text)
        )

    def sentence(self, text: str) -> Expr | None:
        """The clause as something that is simply so."""
        fact = self.read(text)
        if fact is None or fact.modality == "can":
            return None
        return fact.sentence

    def _conditional(self, text: str) -> Fact | None:
        for pattern, turned in (
            (r"if (?P<a>.+?),? then (?P<b>.+)", False),
            (r"if (?P<a>[^,]+), (?P<b>.+)", False),
            (r"(?P<b>.+?) only if (?P<a>.+)", True),
            (r"(?P<b>.+?) unless (?P<a>.+)", True),
            (r"(?P<b>.+?),? if (?P<a>.+)", False),
        ):
            found = re.fullmatch(pattern, text)
            if found is None:
                continue
            if " if " in f" {found['a']} " or " if " in f" {found['b']} ":
                return None
            a = self.read(found["a"])
            if a is None or a.modality == "can":
                return None
            b = self.read(found["b"], a.subject)
            if b is None or b.modality == "can":
                return None
            if " if and only if " in text or "exactly if" in text:
                return Fact(sentence=Apply("iff", (a.sentence, b.sentence)))
            if turned and " unless " in text:
                return Fact(sentence=Apply("implies", (negation(a.sentence), b.sentence)))
            if turned:
                return Fact(sentence=Apply("implies", (b.sentence, a.sentence)))
            return Fact(sentence=Apply("implies", (a.sentence, b.sentence)))
        return None

    def _only(self, text: str) -> Fact | None:
        found = _ONLY.fullmatch(text) or _ONLY_IS.fullmatch(text) or _ONLY_CAN.fullmatch(text)
        if found is None:
            return None
        predicate = self.places.predicate(found["place"])
        group = Grouped(found["who"])
        if predicate is None or group.none or any(map(self.frame.is_value, group.indices)):
            return None
        # "Only A and B can be first": one of them is.
        return Fact(sentence=disj([predicate(self.frame.terms[k]) for k in group.indices]), modality="must")

    def _plain(self, text: str, subject: str) -> Fact | None:
        found = _SUBJECT.fullmatch(text)
        if found is not None:
            # A list of subjects must not swallow an object: the longest group is tried first, shorter ones after.
            who, rest = found["subject"], found["rest"]
        elif subject and (found := _PRONOUN.fullmatch(text)):
            who, rest = subject, found["rest"]
        else:
            return None
        group = Grouped(who)
        if group.mixed or any(map(self.frame.is_value, group.indices)):
            return None
        if together := _TOGETHER.fullmatch(rest):
            return self._together(group, who, denied="not" in together[1])
        said = self._said(rest)
        if said is None:
            return None
        predicate, modality, denied = said
        sentences = [predicate(self.frame.terms[k]) for k in group.indices]
        sentence = group.said([opposite(s) for s in sentences] if denied else sentences)
        if group.none and denied:
            return None
        if group.none and modality == "can":
            modality = "must"  # "neither can be first": both cannot
        return Fact(sentence=sentence, modality=modality, subject=who)

    def _together(self, group: Grouped, who: str, *, denied: bool) -> Fact | None:
        if len(group.indices) != 2 or group.any or group.none:
            return None
        terms = [self.frame.terms[k] for k in group.indices]
        beside = self.places.beside(terms[0], terms[1])
        if beside is None:
            return None
        return Fact(sentence=opposite(beside) if denied else beside, subject=who)

    def _said(self, text: str) -> tuple[Predicate, Modality, bool] | None:
        found = VERB.fullmatch(text)
        if found is None:
            return None
        rest = found["rest"] or ""
        meant = meaning(found["modal"], denied=found["not"] is not None)
        if meant is None:
            return None
        modality, denied = meant
        if denied and ("between" in rest or " and " in rest):
            return None
        predicate = self.places.predicate(rest)
        if predicate is None and found["verb"].startswith(("cost", "weigh", "scor", "earn")):
            predicate = self.places.predicate(f"{found['verb']} {rest}")
        return None if predicate is None else (predicate, modality, denied)

    def _counted(self, text: str) -> Fact | None:
        found = counted(text, self.places)
        return None if found is None else Fact(sentence=found)

    def _of_place(self, text: str) -> Fact | None:
        """"The second-newest is the bus", "third can be the bus or the truck"."""
        found = _NAMED_PLACE.fullmatch(text)
        if found is None:
            return None
        place = re.sub(r"^(?:only|1|person|N|who|that|at|in|on|finished|came|sitting|seated"
            r"|standing) ", "", found["place"])
        place = re.sub(r"^(?:N )?(?:(?:who|that|which) )?(?:(?:is|finished|came|sits|sitting|seated|placed"
            r"|stands) )?", "", place)
        predicate = self.places.predicate(place)
        if predicate is None or "<" in place:
            return None
        group = Grouped(found["who"])
        if not group.indices or group.none or any(map(self.frame.is_value, group.indices)):
            return None
        modal = found["modal"]
        open_ = re.search(r"\bany\b", found["who"]) is not None
        sentences = [predicate(self.frame.terms[k]) for k in group.indices]
        if open_:
            return None
        if modal == "cannot" or found["not"]:
            return Fact(sentence=conj([opposite(s) for s in sentences]), modality="must" if modal else "is")
        if modal in POSSIBLE and len(sentences) == 1:
            return Fact(sentence=sentences[0], modality="can")
        if len(group.indices) > 1 and not group.any and modal not in POSSIBLE:
            return None
        # "Third can be the bus or the truck": one of them is third.
        return Fact(sentence=disj(sentences), modality="must" if modal in NECESSARY else "is")

    def _ordered(self, text: str) -> Fact | None:
        """`A > B > C` on a scale where more is greater."""
        greater = self.frame.greater
        if not greater or not re.fullmatch(r"<\d+>(?: > <\d+>)+|<\d+>(?: < <\d+>)+", text):
            return None
        terms = [self.frame.terms[int(k)] for k in re.findall(r"<(\d+)>", text) if not self.frame.is_value(int(k))]
        up = (" < " in text) is (greater > 0)
        pairs = pairwise(terms)
        return Fact(sentence=conj([Apply("lt" if up else "gt", pair) for pair in pairs]))

    def _assigned(self, text: str) -> Fact | None:
        """"Bela: seat 3", "3rd = Bela", a row of a table."""
        found = re.fullmatch(r"(?:\| ?)?(?P<a>[^|:=]+?) ?(?:\||:|=|->|→|-) ?(?P<b>[^|:=]+?)(?: ?\|)?", text)
        if found is None:
            return None
        for who, what in ((found["a"], found["b"]), (found["b"], found["a"])):
            if (name := re.fullmatch(NAME, who)) is None or self.frame.is_value(int(name[1])):
                continue
            predicate = self.places.predicate(re.sub(r"^(\d+)$", r"seat \1", what))
            if predicate is not None:
                return Fact(sentence=predicate(self.frame.terms[int(name[1])]), subject=who)
        return None

    def _elided(self, text: str) -> Fact | None:
        """"Arun is first, Bela second and Chitra third": one verb for all of them."""
        clauses = re.split(r", and |, | and (?=(?:N )?<\d+>)", text)
        head = _HEAD.fullmatch(clauses[0])
        if head is None or not 1 < len(clauses) <= _MOST_PARTS + 4:
            return None
        first = self._plain(clauses[0], "")
        read = [first]
        for clause in clauses[1:]:
            part = _LEFT_OUT.fullmatch(clause)
            if part is None or re.match(rf"{BE}\b(?! to\b)", part["rest"]):
                return None
            read.append(self._plain(f"{part['who']} {head['verb']} {part['rest']}", ""))
        said = [fact for fact in read if fact is not None and fact.modality != "can"]
        if first is None or len(said) != len(read):
            return None
        return Fact(sentence=conj([fact.sentence for fact in said]), modality=first.modality)

    def _belonging(self, text: str) -> Fact | None:
        """"The rabbit is Devi's", "the dog must belong to Anil"."""
        found = _BELONGS.fullmatch(text)
        if found is None or self.frame.shape != "values":
            return None
        value, owner = int(found[1]), int(found[3])
        if not self.frame.is_value(value) or self.frame.is_value(owner):
            return None
        sentence = eq(self.frame.terms[owner], self.frame.value(value))
        if found["modal"] == "cannot ":
            return Fact(sentence=opposite(sentence), modality="must")
        return Fact(sentence=sentence, modality="must" if found["modal"] else "is")

    def _joined(self, text: str, subject: str) -> Fact | None:
        """Two clauses of which each has a subject of its own, joined by "and" or "or"."""
        if len(_SEPARATOR.findall(text)) > _MOST_PARTS:
            return None
        for word, join in _JOINTS:
            found: dict[frozenset[Expr], Fact] = {}
            for cut in re.finditer(word, text):
                first = self.read(text[: cut.start()].removeprefix("either "), subject)
                if first is None or first.modality == "can":
                    continue
                after = text[cut.end() :]
                if re.fullmatch(NAME, first.subject):
                    after = _IT.sub(f" {first.subject}", after)
                second = self.read(after, first.subject)
                if second is not None and second.modality == first.modality:
                    both = join([first.sentence, second.sentence])
                    head = both.head if isinstance(both, Apply) else ""
                    found[frozenset(_parts(both, head))] = Fact(sentence=both, modality=first.modality)
            if found:
                # Cut in two places with different meanings: it is not for us to choose.
                return next(iter(found.values())) if len(found) == 1 else None
        return None


_IT: Final = re.compile(r" (?:it|him|her)$")
_HEAD: Final = re.compile(rf"{NAME} (?P<verb>(?:(?:must|has to|have to|will) )?{BE}) (?!not\b|never\b).+")
_LEFT_OUT: Final = re.compile(rf"(?P<who>{NAME}) (?P<rest>.+)")
_BELONGS: Final = re.compile(
    rf"{NAME} (?P<modal>must |has to |cannot )?(?:is |be |belongs? to |goes to |are ){NAME}(?:'?s)?"
)


def _parts(sentence: Expr, head: str) -> Iterator[Expr]:
    """What the head joins, however it was bracketed."""
    if isinstance(sentence, Apply) and sentence.head == head:
        for part in sentence.args:
            yield from _parts(part, head)
    else:
        yield sentence
