"""Sentence boundaries with exact offsets, in prose as language models write it.

A display belongs to the sentence that leads up to it: "We get:\\n\\[x = 5\\]\\nso x is odd." is one sentence. Headings,
list items and table rows end at their line.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from verifiers.extraction.document import Maths

_CANDIDATE: Final = re.compile(r"[.!?…。][\"'”’)\]*_]{0,4}(?=\s|$)|\n\s*")
_UNITS: Final = frozenset({"min", "max", "sec", "hr", "hrs", "ft", "in", "lb", "lbs", "oz", "no", "a.m", "p.m"})
_ABBREVIATIONS: Final = _UNITS | frozenset(
    {"e.g", "i.e", "eg", "ie", "mr", "mrs", "ms", "dr", "prof", "vs", "cf", "st", "fig", "eq", "eqs", "approx", "resp"}
    | {"w.r.t", "al", "jr", "sr", "thm", "lem"}
)
"""Words that keep their full stop; those of `_UNITS` may end a sentence all the same."""
_FACTORIAL_OF: Final = frozenset("0123456789)nkmr")
_LINE_OPENER: Final = re.compile(r"(?:[-*+•–>#|]|\d{1,3}[.)]|\([a-z0-9]{1,3}\)|[A-Z\"“‘'(*])")
_ENUMERATOR: Final = re.compile(r"(?:^|\n)[ \t]*(?:[-*+•#>]+[ \t]*)?(?:\*\*)?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})\.$")
_LAST_WORD: Final = re.compile(r"[\w.]*$")


def sentence_spans(text: str, latex: Sequence[Maths], outer: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of `text`, in order, blanks between them left out.

    `latex` are the delimited formulas and `outer[i]` the span of `latex[i]` with its delimiters; no boundary falls
    inside one.
    """
    starts = [a for a, _ in outer]
    cuts: list[int] = []
    for found in _CANDIDATE.finditer(text):
        at = found.start()
        inside = bisect_right(starts, at) - 1
        if inside >= 0 and at < outer[inside][1]:
            continue
        if found.group()[0] == "\n":
            if _breaks_at_newline(text, at, found.end(), latex, outer, inside):
                cuts.append(at)
        elif _ends_sentence(text, at, found.end()):
            cuts.append(found.end())
    cuts.extend(_after_formulas(text, latex, outer))
    cuts.sort()
    spans: list[tuple[int, int]] = []
    begin = 0
    for cut in [*cuts, len(text)]:
        if cut <= begin:
            continue
        left, right = _strip(text, begin, cut)
        if left < right:
            spans.append((left, right))
        begin = cut
    return spans


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends_sentence(text: str, at: int, end: int) -> bool:
    if text[at] == "!" and text[at - 1 : at] in _FACTORIAL_OF:
        follow = text[end : end + 4].lstrip(" \t")
        return not follow or follow[0].isupper() or follow[0] == "\n"
    if text[at] != ".":
        return True
    before = text[max(0, at - 24) : at]
    word_match = _LAST_WORD.search(before)
    word = word_match.group().lower() if word_match else ""
    if word in _ABBREVIATIONS:
        following = text[end : end + 3].lstrip()
        return word in _UNITS and (not following or following[0].isupper())
    if text[max(0, at - 2) : at] == ".." and text[end : end + 3].lstrip()[:1].islower():
        return False
    return not _ENUMERATOR.search(text[max(0, at - 16) : at + 1] if at > 15 else "\n" + text[: at + 1])


def _breaks_at_newline(
    text: str, at: int, follow: int, latex: Sequence[Maths], outer: Sequence[tuple[int, int]], inside: int
) -> bool:
    if follow >= len(text):
        return False
    nearby = inside + 1
    if nearby < len(outer) and outer[nearby][0] == follow and latex[nearby].display:
        return text[max(0, at - 200) : at].rstrip()[-1:] in (".", "!", "?")
    if inside >= 0 and latex[inside].display and not text[outer[inside][1] : at].strip(" \t.,;"):
        return not text[follow].islower() or "\n\n" in text[at:follow]
    if "\n\n" in text[at:follow]:
        return True
    if text[max(0, at - 40) : at].rstrip()[-1:] in (",", "=", "+", "-", "(") and text[follow] not in "-*•#":
        return False
    return bool(_LINE_OPENER.match(text, follow)) or not text[follow].islower()


def _after_formulas(text: str, latex: Sequence[Maths], outer: Sequence[tuple[int, int]]) -> list[int]:
    """A formula that ends in a full stop, or a display, closes the sentence before a capital letter."""
    found: list[int] = []
    for formula, (_, end) in zip(latex, outer, strict=True):
        content = text[max(formula.start, formula.end - 12) : formula.end].rstrip()
        if formula.display or content.endswith("."):
            follow = text[end : end + 4].lstrip(" ")
            if follow[:1].isupper() and (len(follow) < 2 or follow[1] != " " or follow[0] in "AI"):
                found.append(end)
    return found
