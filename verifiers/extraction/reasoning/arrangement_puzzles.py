"""The question of an arrangement puzzle: objects, where they may stand, what is given, what is asked.

Read whole or not at all: of a puzzle with a sentence that is not understood, only that sentence is told.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

import msgspec

from verifiers.extraction.reasoning.compared import compared
from verifiers.extraction.reasoning.facts import Facts
from verifiers.extraction.reasoning.frames import Frame
from verifiers.extraction.reasoning.groups import GROUP
from verifiers.extraction.reasoning.posed import cut
from verifiers.extraction.reasoning.puzzle_text import HARMLESS, OPTION, options_of, sentences_of
from verifiers.extraction.reasoning.scales import SCALES, Scale
from verifiers.extraction.reasoning.settings import Setting, setting
from verifiers.extraction.reasoning.skeletons import skeleton
from verifiers.logic.problems import Statement

_MOST: Final = 6_000
_MOST_OBJECTS: Final = 12
_GATE: Final = re.compile(
    r"\b(?:left|right|\w{2,}er than|(?:more|less) (?:\w+ )?than"
    r"|before|after|above|below|ahead|behind|next to|adjacent|between"
    r"|opposite|neighbou?rs?|exactly one|each of|different|\w+est|(?:most|least) \w+|first|last|(?:Mon|Tues|Wednes)day"
    r"|does not|(?:floor|seat|position) \d)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\?\W*$|^(?:so,? )?(?:who|which|what|where|find|determine|choose|select|arrange|rank"
    r"|(?:give|name|state|identify|write down)(?= the\b))\b",
    re.IGNORECASE,
)
_TRUTH: Final = re.compile(
    r"which (?:1 )?(?:of (?:following|these|options|statements|above)+)?[\w ]*?(?P<modal>must|can|could|may"
    r"|might|cannot|is|are)"
    r"(?: definitely| always| necessarily| possibly| certainly| be| logically)*(?P<not> not)?(?: definitely"
    r"| necessarily| be)*"
    r" (?P<value>true|correct|false|possible|impossible|incorrect|follow)\b.*"
)

_NUMBERING: Final = re.compile(
    r"(?:N |\w+ )?are numbered (?:from )?1 (?:to|through) \d+(?:,? from (?:left to right|bottom to top|left))?"
)
_NUMBER_ONE: Final = re.compile(
    r"(?:ground|bottom|lowest|lowermost|top|topmost|highest)(?: most)?(?: (?:floor|N|1))? (?:is|being)"
    r" (?:numbered|number|called|labelled|floor|no)+ 1(?:,? (?:and so on|1 above it (?:is|as)"
    r" (?:numbered |number )?2(?:,? and so on)?|and (?:top|topmost|highest|bottom)(?: (?:floor|N|1))? (?:is )?"
    r"(?:numbered|number) \d+))?"
)
_CONSIDERED: Final = re.compile(
    r"\bconsider the following statements\b"
    r"(?=.*\b(?:which|how many) of (?:the |these )?(?:above |following |given )?statements)",
    re.IGNORECASE | re.DOTALL,
)
_APART: Final = re.compile(
    r"\bno two (?:of them |people |friends )?[a-z]+ the same(?: [a-z]+)?(?=[.;]|$)"
    r"|\beach (?:of them )?[a-z]+ a different [a-z]+(?=[.;]|$)",
    re.IGNORECASE,
)
"""Of values: nobody has what another one has."""
_FACING: Final = re.compile(
    r"(?:they|all|all of them|everyone|each N|all N) (?:are |is )?fac(?:e|es|ing) (?:table|cent(?:re|er)|inwards?).*"
)


_FACES: Final = re.compile(rf"\b(?:(?:is|are|sits?|sitting|seated) )?(?:faces?|facing)(?= {GROUP})")
_FACES_NOT: Final = re.compile(rf"\b(?:does|do|is|are) not (?:face|facing)(?= {GROUP})")
"""At a round table somebody faces whoever sits opposite; in rows that depends on who is turned which way."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: which of the options holds, or whom `asked` (a levelled predicate) holds of."""

    modality: Literal["is", "must", "can"] = "is"
    denied: bool = False
    asked: str = ""
    known: bool = False
    """The question was understood; else nothing is said of an option chosen."""


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """`unread` is the first sentence that was not understood; such a puzzle has no use but to say so."""

    frame: Frame
    premises: tuple[Statement, ...] = ()
    labels: tuple[str, ...] = ()
    """The number of each premise, empty where it has none."""
    options: tuple[tuple[str, str], ...] = ()
    question: Question = Question()
    loose: bool = False
    """A clue may say more than was read of it ("between" may mean right between): what contradicts it is refuted, but
    nothing is said to be left open.
    """
    unread: str = ""


@lru_cache(64)
def arrangement(question: str) -> Puzzle | None:
    """The arrangement puzzle that a question poses, None where it poses none."""
    if len(question) > _MOST or not _GATE.search(question):
        return None
    told = setting(question)
    introduced = told is not None
    told = told or compared(question)
    if told is None or not 3 <= len(told.objects) <= _MOST_OBJECTS:
        return None
    body = question[: told.start] + "\n" + question[told.end :]
    parts = cut(question)
    if not parts.conclusions and _CONSIDERED.search(question, told.end):
        return None  # which of the numbered sentences are given and which are asked about is not clear
    for statement in parts.conclusions:
        # What is asked about is not given.
        body = body.replace(statement.text, "")
    options = tuple((m[1] or m[2], m[3]) for m in OPTION.finditer(options_of(body)))
    sentences = tuple(sentences_of(body))
    read = [_read(_frame(told, scale, sentences), sentences, options) for scale in _scales(told, sentences)]
    posed = [puzzle for puzzle in read if puzzle is not None]
    best = max(posed, key=lambda puzzle: (not puzzle.unread, len(puzzle.premises)), default=None)
    if best is not None and best.unread and not introduced and re.search(r"\d", body):
        return None  # a sum about people who are compared in passing
    return best


def level(text: str, frame: Frame) -> str:
    levelled = skeleton(text, frame.names.mentions(text), frame.nouns)
    if frame.shape != "circle":
        return levelled
    return _FACES.sub("is opposite", _FACES_NOT.sub("is not opposite", levelled))


def _scales(told: Setting, sentences: Sequence[tuple[str, str]]) -> list[Scale | None]:
    """Scales whose words the question uses, those of rows first where the setting is one; only one can be meant."""
    if told.shape != "line":
        return [None]
    text = " ".join(sentence.lower().replace("-", " ") for _, sentence in sentences)
    text = " ".join(re.sub(r"\b(?:the|an?)\b", " ", text).split())
    found: list[Scale | None] = []
    for scale in SCALES:
        words = {*scale.comparatives, *scale.superlatives, *(f"from {end}" for end in scale.ends)} - {"first", "last"}
        pattern = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
        if re.search(rf"\b(?:{pattern})\b", text):
            found.append(scale)
    if told.scale:
        named = next(scale for scale in SCALES if scale.name == told.scale)
        return [named, *(scale for scale in found if scale is not named)]
    # "Above" and "before" are no race by themselves.
    found.sort(key=lambda scale: scale is not None and scale.counted)
    return found or [next(scale for scale in SCALES if scale.name == "finish")]


def _frame(told: Setting, scale: Scale | None, sentences: Sequence[tuple[str, str]]) -> Frame:
    text = " ".join(sentence for _, sentence in sentences)
    distinct = told.distinct or scale is None or scale.rowed
    if not distinct:
        distinct = bool(
            re.search(r"\b(?:no two|different|distinct|fixed order|unequal"
                r"|unique)\b", f"{told.text} {text}", re.IGNORECASE)
            or re.search(r"\b(?:second|third|fourth|fifth)[- ]\w+", text, re.IGNORECASE)
        )
    # "First" is the first to finish in a race, and anything else elsewhere.
    counting = -1 if scale is not None and scale.counted and told.scale == scale.name else 0
    if told.numbered:
        counting = told.numbered
    return Frame(
        objects=told.objects,
        proper=told.proper,
        nouns=told.nouns,
        shape=told.shape,
        scale=scale,
        size=told.size or len(told.objects),
        distinct=distinct if told.shape != "values" else told.distinct or _APART.search(text) is not None,
        counting=counting,
        grounded=told.grounded,
        facing=told.facing,
        slots=told.slots,
        slot_noun=told.slot_noun,
        values=told.values,
    )


def _read(frame: Frame, sentences: Sequence[tuple[str, str]], options: tuple[tuple[str, str], ...]) -> Puzzle | None:
    facts = Facts(frame)
    premises: list[Statement] = []
    labels: list[str] = []
    question = Question()
    unread = ""
    missed = 0
    several = False
    for label, sentence in sentences:
        levelled = level(sentence, frame)
        if _ASKS.search(sentence):
            condition, asked = _condition(levelled)
            if condition:
                given = facts.sentence(condition)
                if given is None:
                    unread = unread or sentence
                    continue
                premises.append(Statement(given, sentence.rstrip(" .;?")))
                labels.append("")
            previous = question
            question = _question(asked, question)
            several = several or (previous.asked not in ("", question.asked))
            continue
        if HARMLESS.fullmatch(sentence.strip(" .:;!")):
            continue
        if _says_nothing(levelled, frame):
            continue
        found = facts.sentence(levelled)
        if found is None:
            unread = unread or sentence
            missed += 1
            if missed > 2 and not premises:
                return None
            continue
        premises.append(Statement(found, sentence.rstrip(" .;")))
        labels.append(label)
    if len(premises) < (2 if unread else 1):
        return None
    if several:
        # Which of the questions an answer answers is not known.
        question = msgspec.structs.replace(question, asked="")
    loose = any(_loose(level(statement.text, frame), frame) for statement in premises)
    return Puzzle(
        frame=frame,
        premises=tuple(premises),
        labels=tuple(labels),
        options=options,
        question=question,
        loose=loose,
        unread=unread,
    )


def _loose(levelled: str, frame: Frame) -> bool:
    if frame.shape != "line" or frame.scale is None or not frame.scale.rowed:
        return False
    exact = r"(?<!somewhere )(?<!anywhere )(?<!immediately )(?<!directly )"
    return re.search(rf"{exact}\bbetween <", levelled) is not None


def _says_nothing(levelled: str, frame: Frame) -> bool:
    """A sentence that only repeats what the frame says already."""
    if "<" in levelled:
        return False
    if frame.counting and (_NUMBERING.fullmatch(levelled) or _NUMBER_ONE.fullmatch(levelled)):
        return True
    if frame.distinct and re.fullmatch(
        r"no 2 (?:of them |N )?(?:have|has|are|finish(?:ed)?|share|sit|arrived|scored|live|is|owns?|likes?|wears?"
        r"|plays?|chose|got|takes?|drives?|speaks?|stud(?:y|ies))\b.*"
        r"|there (?:are|were) no ties|each (?:of them |N )?(?:has|have|is|are|sits|lives|occupies|gets) (?:on "
        r"|in |at )?(?:different|distinct) [\w ]+"
        r"|all (?:of them )?(?:have|are of|are) (?:different|distinct) [\w ]+",
        levelled,
    ):
        return True
    return frame.facing == "in" and _FACING.fullmatch(levelled) is not None


def _condition(levelled: str) -> tuple[str, str]:
    """The condition under which something is asked, and what is asked."""
    if found := re.fullmatch(r"(?:so,? |and )?(?:if|assuming|suppos(?:e|ing)|when)(?: that)? ([^,]+), (.+)", levelled):
        return found[1], found[2]
    if found := re.fullmatch(r"(.+?),? (?:if|assuming|suppos(?:e|ing)|when|given)(?: that)? (.*<\d+>.*)", levelled):
        return found[2].strip(" ?"), found[1]
    return "", levelled


def _question(levelled: str, before: Question) -> Question:
    """What a question sentence asks; the last one that is understood counts."""
    text = re.sub(r"^(?:(?:(?:given|based on|on basis of|according to|from|if) |above |these )[^,]*, ?|so,? "
        r"|q: ?)+", "", levelled).strip(" ?")
    if found := _TRUTH.fullmatch(text):
        wrong = found["value"] in ("false", "incorrect", "impossible")
        modal = found["modal"]
        denied = wrong ^ (found["not"] is not None or modal == "cannot")
        if modal in ("can", "could", "may", "might") or found["value"] in ("possible",):
            return Question(known=True, modality="must" if denied else "can", denied=denied)
        if found["value"] == "impossible" or modal == "cannot":
            return Question(known=True, modality="must", denied=denied)
        return Question(known=True, modality="must" if modal == "must" and not denied else "is", denied=denied)
    if found := re.fullmatch(r"(?:who|which(?: 1)?(?: of (?:them|following))?(?: N| object)?"
        r"|what(?: N)?) (?P<rest>.+)", text):
        return msgspec.structs.replace(before, asked=found["rest"], known=True)
    return msgspec.structs.replace(before, known=False)
