"""The Constitution of India as github.com/civictech-India/constitution-of-india has it: a JSON list of articles."""

import re
from typing import Final

import msgspec

from curriculum.importers.draft import Draft, Drafting, clean, cut, flat
from curriculum.passages import Passage

_LICENCE: Final = "Government text; no copyright in Acts of a Legislature (Copyright Act 1957, section 52(1)(q))"
_NUMBER: Final = re.compile(r"\d{1,3}[A-Z]{0,3}")


class _Article(msgspec.Struct, frozen=True):
    article: int | str
    title: str
    description: str


def read_constitution(text: str, file: str) -> Draft:
    """A passage for each article, cut where it is long. Article 0 is the Preamble."""
    drafting = Drafting(file)
    try:
        raws = msgspec.json.decode(text.encode("utf-8", "replace"), type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        drafting.leave(0, "", f"is no list of articles: {error}")
        return drafting.done()
    for number, raw in enumerate(raws, 1):
        try:
            article = msgspec.json.decode(raw, type=_Article)
        except (msgspec.DecodeError, RecursionError) as error:
            drafting.leave(0, f"entry {number}", f"is no article: {error}")
            continue
        why = _add(drafting, article)
        if why:
            drafting.leave(0, f"article {flat(str(article.article))}", why)
    return drafting.done()


def _add(drafting: Drafting, article: _Article) -> str:
    number = re.sub(r"\s", "", str(article.article)).upper()
    text = clean(re.sub(r"[ \t\xa0]+", " ", article.description))
    if not _NUMBER.fullmatch(number):
        return "has no number"
    if not text:
        return "has no text"
    said = "Preamble" if number == "0" else f"Article {number}"
    title = flat(article.title) or said
    for piece in cut(re.sub(r"\n(?:\s*\n)+", "\n\n", text)):
        drafting.passage(
            Passage(
                id=drafting.name("preamble" if number == "0" else f"article-{number.lower()}", "article"),
                title=title if said == "Preamble" else f"{said}: {title}",
                text=clean(piece),
                source=f"Constitution of India, {said}",
                licence=_LICENCE,
            )
        )
    return ""
