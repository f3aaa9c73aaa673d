"""A reasoning question cut up: the statements to be taken as true, the conclusions to be judged, the options, and what
is asked about them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.extraction.reading.sentences import sentence_spans
from verifiers.extraction.reasoning.numerals import number_of
from verifiers.extraction.reasoning.options import combination, counted


class Labelled(msgspec.Struct, frozen=True):
    """A statement or conclusion with its number (1 for "I"), 0 where it has none."""

    number: int
    text: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    statements: tuple[Labelled, ...]
    conclusions: tuple[Labelled, ...]
    options: tuple[tuple[str, str], ...]
    asking: str
    """The sentences that ask or instruct."""
    judged: bool = False
    """The conclusions are statements of which it is asked whether they are correct."""

    @property
    def is_exam(self) -> bool:
        """Whether it is put in the exams' form, and so under their conventions."""
        return bool(self.conclusions) or _EXAM.search(self.asking) is not None


_EXAM: Final = re.compile(
    r"\b(?:conclu(?:sions?|de|ded)|inferences?|inferred|deductions?|deduced)\b|\bsyllogism|\blogically follow"
    r"|\bcannot both be true"
    r"|\bstatements? (?:given )?(?:above )?(?:is|are|is/are|must be|follows?)\b",
    re.IGNORECASE,
)
_JUDGED: Final = re.compile(
    r"\b(?:which|how many)(?: one)?(?: or more)? of (?:the |these |them )?(?:above |following |given |two |three |four "
    r"|five )*(?:statements?|conclusions?|inferences?)?(?: given| listed)?(?: above| below| here)?,?"
    r" (?:(?:is/are|is/ are|are/is|is|are|must be)(?: \w+){0,2}? (?:correct|true|valid|right|wrong|incorrect|false)"
    r"|(?:is/are|is/ are|is|are|can be)(?: not)? (?:drawn|concluded|inferred)|follows?|holds?)\b",
    re.IGNORECASE,
)
"""The numbered statements are those to be judged, by what stands before them."""
OPTION: Final = re.compile(r"(?:^|(?<=[\s;,.?:]))\(?([A-Ea-e])[).:](?=\s*\S)[ \t]*")
_SECTION: Final = re.compile(
    r"\b(statements?|premises?|facts?|conclusions?|inferences?)(?:[ \t]*:|[ \t]*[-–]?[ \t]*(\d{1,2}|[IVX]{1,4})"
    r"(?:[ \t]*[:)][ \t]*|[.–-](?=\s*[A-Z\"“‘'])| (?=(?:All|No|Some|Only|Every|If|None|Few|Most)\b)))[ \t]*",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:^|(?<=[\s.;:]))\(?(\d{1,2}|[IVX]{1,4}|[ivx]{1,4})[.)](?=\s+[\"'“‘]?[A-Z(])\s*"
    r"|(?:^|(?<=[.;:]\s)|(?<=\n))\(?(\d{1,2}|[IVX]{1,4})[.)](?=\s+[\d$√\\])\s*"
)
_ASKING: Final = re.compile(
    r"^\W*(?:which|what|who|whose|how many|how much|is it|is|are|does|do|can|select|choose|consider|examine|study|read"
    r"|decide|identify|mark|pick|you have to|two statements|three statements|a statement|each of the|in the light"
    r"|based on|from the (?:above|given)|given (?:that|below|the)|assum(?:e|ing) (?:that )?(?:the|all|these)"
    r"|then,? which|of (?:these|the) \w+ statements|the best conclusion|if the (?:above|given)|the conclusion"
    r"|with reference|directions?|instructions?|answer|there are \w+"
    r" statements|below (?:is|are)|the following|here are|find|determine|evaluate|what follows|logical)\b|\?\W*$"
    r"|^\W*(?:statements?|conclusions?|options?|premises?)\W*$",
    re.IGNORECASE,
)
_MOST_MARKS: Final = 60
_COORDINATED: Final = re.compile(r",? (?:and|but) (?=(?:all|every|no|some|only(?! if| when)|not all) \w+ )")
_OWN_NUMBER: Final = re.compile(r"\s*(\d{1,3})\.\s+(?=[A-Z(])")
"""The number of the question itself."""


def cut(text: str, options: Sequence[tuple[str, str]] | None = None) -> Question:
    """The parts of a question. Options given apart are taken as they are."""
    if options is None:
        text, options = _options(text)
    if (match := _OWN_NUMBER.match(text)) and match[1] != "1":
        text = text[match.end() :]
    statements: list[Labelled] = []
    conclusions: list[Labelled] = []
    asking: list[str] = []
    for section, number, piece in _pieces(text):
        first = True
        for sentence in _sentences(piece):
            if len(sentence.split()) == 1:
                asking.append(sentence)
                continue
            if _ASKING.search(sentence):
                lead, colon, rest = sentence.partition(":")
                asking.append(lead)
                if not colon or len(rest.split()) < 3 or _ASKING.search(rest.strip()):
                    asking[-1] += colon + rest
                    continue
                sentence = rest.strip()
            target = conclusions if section == "conclusion" else statements
            if section == "conclusion" and not first and number:
                # A second sentence under one number is no part of the conclusion.
                target = statements
            target.append(Labelled(number, sentence))
            first = False
    judged = not conclusions and _judged(" ".join(asking), statements, options)
    if judged:
        conclusions = [s for s in statements if s.number]
        statements = [s for s in statements if not s.number]
    return Question(
        statements=tuple(statements),
        conclusions=tuple(conclusions),
        options=tuple(options),
        asking=" ".join(asking),
        judged=judged,
    )


def _judged(asking: str, statements: Sequence[Labelled], options: Sequence[tuple[str, str]]) -> bool:
    """Whether the numbered statements are asked about, not given: the options, if any, name them or count them."""
    numbers = tuple(s.number for s in statements if s.number)
    if not numbers or len(set(numbers)) != len(numbers) or not _JUDGED.search(asking):
        return False
    if not options:
        return any(s.number == 0 for s in statements)
    named = [text for _, text in options if combination(text, numbers) or counted(text, numbers)]
    return len(named) >= min(2, len(options))


def _options(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text before the options, and the options: letters A, B, C … in their order, to the end of the text."""
    matches = list(OPTION.finditer(text))
    runs = [
        _run(matches[start:]) for start, match in enumerate(matches[:_MOST_MARKS]) if match[1].upper() == "A"
    ]
    # Names of people end sentences too ("to the left of A. B is …"): options are in brackets or begin their lines.
    runs = [run for run in runs if len(run) > 1]
    run = max(runs, key=lambda run: (all(_marked(m, text) for m in run), len(run), -run[0].start()), default=None)
    if run is not None:
        ends = [m.start() for m in run[1:]] + [len(text)]
        found = tuple(
            (m[1].upper(), text[m.end() : end].strip().rstrip(";,").split("\n\n")[0])
            for m, end in zip(run, ends, strict=True)
        )
        return text[: run[0].start()], found
    return text, ()


def _run(matches: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The letters in their order that are written like the first."""
    run = [matches[0]]
    for later in matches[1:]:
        if later[1] == chr(ord(run[-1][1]) + 1) and later[0].startswith("(") is run[0][0].startswith("("):
            run.append(later)
    return run


def _marked(match: re.Match[str], text: str) -> bool:
    """In brackets or at the beginning of a line."""
    return match[0].startswith("(") or text[: match.start()].rstrip(" \t").endswith("\n") or match.start() == 0


def _pieces(text: str) -> Iterator[tuple[str, int, str]]:
    """Section, number and text of every labelled stretch, in order."""
    sections = list(_SECTION.finditer(text))
    inside = [(m.start(), m.end()) for m in sections]
    numbers = [m for m in _NUMBER.finditer(text) if not any(a <= m.start() < b for a, b in inside)]
    marks: list[tuple[int, int, str, int]] = []
    last = 0
    for found in sorted([*sections, *numbers], key=lambda m: m.start()):
        if found.re is _SECTION:
            kind = "conclusion" if found[1][0].lower() in "ci" else "statement"
            last = number_of(found[2]) if found[2] else 0
            marks.append((found.start(), found.end(), kind, last))
        elif (number := number_of(found[1] or found[2])) and number in (1, last + 1):
            last = number
            marks.append((found.start(), found.end(), "", number))
    section = "statement"
    yield section, 0, text[: marks[0][0]] if marks else text
    for at, (_, end, kind, number) in enumerate(marks):
        section = kind or section
        stop = marks[at + 1][0] if at + 1 < len(marks) else len(text)
        yield section, number, text[end:stop]


def _sentences(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text, (), ()):
        sentence = text[start:end].strip()
        for part in re.split(r";\s+|(?<=[a-z)])\.(?=[A-Z])", sentence):
            # "… Which of the following" runs on where a full stop is missing.
            cuts = re.split(r"(?<=[\w.)’'\"”]) (?=(?:Which|What|Who|How many) (?:one |of |is |are |can )?)", part)
            for piece in cuts:
                yield from (p.strip() for p in _COORDINATED.split(piece) if p.strip())
