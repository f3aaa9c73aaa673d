"""A puzzle's text cut up: sentences without bullets and introductory words, options, and sentences that say nothing."""

import re
from collections.abc import Iterator
from typing import Final

_OPTIONS: Final = re.compile(r"\n\s*(?:options|choices|answer choices)\s*:", re.IGNORECASE)
OPTION: Final = re.compile(
    r"(?:^|\n)\s*[-*]?\s*(?:\(([A-Ja-j])\)|([A-J])[.):])\s*([^\n]{1,160}?)\s*(?=\n|\s{2,}\(?[A-J][).]|$)"
)
_CUT: Final = re.compile(
    r"(?<=[.!?;])(?<!\n\d\.)(?<!\n\d\d\.)(?<!\n[A-Za-z]\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)\s+|\n+"
)
_BULLET: Final = re.compile(
    r"^\s*(?:[-*•–]+|\(?(?:\d{1,2}|[ivxIVX]{1,5}|[a-z])[.):]|(?:clue|statement|fact|rule|condition|constraint)s?"
    r"(?: \d{1,2}| [ivxIVX]{1,5})?\s*[:.)]|q(?:uestion)?\s*[:.])\s*",
    re.IGNORECASE,
)
_LED: Final = re.compile(
    r"^(?:it is (?:also )?(?:known|given|true)(?: that)?|we (?:also )?know(?: that)?"
    r"|you (?:also )?know(?: that)?|also|moreover"
    r"|further(?:more)?|in addition|additionally|finally|given that|and|but|given|however)[,:]?\s+",
    re.IGNORECASE,
)
HARMLESS: Final = re.compile(
    r"(?:the )?following (?:statements?|clues|facts|information|conditions|paragraphs?)\b[^.]{0,120}"
    r"|(?:the|all|these) (?:statements|clues|facts) are (?:all )?(?:logically )?(?:consistent|true)[^.]{0,60}"
    r"|(?:read|study|use|consider) (?:the )?(?:following )?(?:\w+ )?(?:information|clues|statements|facts"
    r"|conditions)[^.]{0,120}"
    r"|consider the following:?|every (?:chair|seat) is [\w ]*equidistant[\w ]*|on the basis of [\w ]*"
    r"|(?:answer|solve)\b[^.]{0,80}|(?:the )?(?:clues|facts|information|statements|conditions|rules"
    r"|puzzle)(?: (?:is|are))?"
    r"(?: given| as follows| (?:the )?following)?(?: below)?:?"
    r"|(?:we|you) (?:know|are (?:given|told))(?: the following)?(?: (?:facts|clues))?:?|it is known:?|options:?"
    r"|choices:?"
    r"|(?:given )?that:?|(?:the )?following (?:is|are) (?:known|true|given):?",
    re.IGNORECASE,
)


def options_of(body: str) -> str:
    """The text that options are looked for in: from the last question on, so that lettered clues are none."""
    if found := _OPTIONS.search(body):
        return body[found.end() :]
    return body[body.rfind("?") + 1 :] if "?" in body else ""


def sentences_of(body: str) -> Iterator[tuple[str, str]]:
    """Sentences without bullets, each with its number if it has one; options left out."""
    options = options_of(body)
    if options:
        body = body[: len(body) - len(options)]
        if found := _OPTIONS.search(body):
            body = body[: found.start()]
    for piece in _CUT.split(body):
        bullet = _BULLET.match(piece.strip())
        sentence = _LED.sub("", piece.strip()[bullet.end() if bullet else 0 :]).strip()
        number = re.search(r"\d+", bullet[0]) if bullet else None
        if re.search(r"\w", sentence):
            yield (number[0] if number else ""), sentence
