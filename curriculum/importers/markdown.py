"""Markdown and plain texts as passages, with a skill proposed for each heading that has text under it."""

import re
from collections.abc import Iterator
from typing import Final

from curriculum.importers.draft import Draft, Drafting, clean, flat
from curriculum.names import slug
from curriculum.passages import LONGEST, Passage

_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINE: Final = re.compile(r"(=+|-{3,})[ \t]*")
_FENCE: Final = re.compile(r"[ \t]*(```|~~~)")
_NUMBERING: Final = re.compile(r"^\s*(?:chapter|section|unit|lesson|part)?\s*\d+(?:\.\d+)*[.):]?\s+", re.IGNORECASE)
MOST_WORDS: Final = 180
"""Words of a passage; a longer paragraph stays whole."""
UNKNOWN_LICENCE: Final = "unknown"


def read_markdown(text: str, file: str, licence: str = UNKNOWN_LICENCE) -> Draft:
    """Passages of at most some 180 words, cut between paragraphs. A block of keys at the top is left out."""
    drafting = Drafting(file)
    title = flat(file.rpartition("/")[2].rpartition(".")[0].replace("_", " ").replace("-", " ")) or file
    for line, heading, body in _sections(text):
        said = flat(_NUMBERING.sub("", heading)) or title
        pieces = list(_pieces(body))
        if not pieces:
            continue
        skills = drafting.skill(said)
        for number, piece in enumerate(pieces, 1):
            if len(piece) > LONGEST:
                drafting.leave(line, said, f"a paragraph of more than {LONGEST:,} characters")
                continue
            drafting.passage(
                Passage(
                    id=drafting.name(f"{slug(title) or 'text'}/{slug(said) or 'part'}", "passage"),
                    title=said if len(pieces) == 1 else f"{said} ({number})",
                    text=piece,
                    skills=skills,
                    source=flat(file),
                    licence=licence,
                )
            )
    return drafting.done()


def _sections(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, heading and text of each section; the text before the first heading has none."""
    lines = text.split("\n")
    if lines and re.fullmatch(r"---[ \t]*", lines[0]):
        close = next((n for n, line in enumerate(lines[1:], 1) if re.fullmatch(r"---[ \t]*", line)), None)
        if close is not None:
            lines = [""] * (close + 1) + lines[close + 1 :]
    heading, start, body, fenced = "", 1, list[str](), False
    for number, line in enumerate(lines, 1):
        fenced ^= _FENCE.match(line) is not None
        found = None if fenced else _HEADING.fullmatch(line)
        if not fenced and _UNDERLINE.fullmatch(line) and _stands_alone(body):
            yield start, heading, "\n".join(body[:-1])
            heading, start, body = body[-1], number, []
            continue
        if found is None:
            body.append(line)
            continue
        yield start, heading, "\n".join(body)
        heading, start, body = found[2], number, []
    yield start, heading, "\n".join(body)


def _stands_alone(body: list[str]) -> bool:
    """Whether the last line is a paragraph of its own, which an underline makes a heading."""
    return bool(body and body[-1].strip()) and (len(body) < 2 or not body[-2].strip())


def _pieces(text: str) -> Iterator[str]:
    paragraphs = [clean(part) for part in re.split(r"\n[ \t]*\n", text)]
    kept: list[str] = []
    words = 0
    for paragraph in paragraphs:
        if not re.search(r"\w", paragraph):
            continue
        count = len(paragraph.split())
        if kept and words + count > MOST_WORDS:
            yield _safe("\n\n".join(kept))
            kept, words = [], 0
        kept.append(paragraph)
        words += count
    if kept:
        yield _safe("\n\n".join(kept))


def _safe(text: str) -> str:
    """A rule inside a passage is written so that it opens no block of keys."""
    return re.sub(r"^---[ \t]*$", "***", text, flags=re.MULTILINE)
