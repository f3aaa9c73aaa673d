"""GIFT, Moodle's plain-text format for questions (docs.moodle.org, GIFT format).

Read: single and multiple choice, true or false, short answer, numeric with tolerance, matching, and `$CATEGORY`.
"""

import re
from fractions import Fraction
from typing import Any, Final

from curriculum.choices import LETTERS
from curriculum.importers.draft import Draft, Drafting, clean, distinct_options, flat
from curriculum.items import Matching, MultipleChoice, Numeric, Option, ShortAnswer, SingleChoice, Tolerance
from curriculum.numbers import decimal, exact_number

_TITLE: Final = re.compile(r"^::(.*?)(?<!\\)::", re.DOTALL)
_FORMAT: Final = re.compile(r"^\[(?:html|markdown|plain|moodle)\]")
_ANSWER: Final = re.compile(r"(?<!\\)([=~])")
_WEIGHT: Final = re.compile(r"^\s*%(-?\d{1,3}(?:\.\d{1,5})?)%")
_ESCAPED: Final = re.compile(r"\\([~=#{}:\\n])")
_TAG: Final = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|sub|sup|ul|li|ol)\b[^<>]{0,200}>", re.IGNORECASE)


def read_gift(text: str, file: str) -> Draft:
    """The questions of a file; essays, descriptions and what cannot be read are left out."""
    drafting = Drafting(file)
    skills: tuple[str, ...] = ()
    for line, block in _blocks(text):
        if block.startswith("$CATEGORY:"):
            skills = drafting.skill(block.removeprefix("$CATEGORY:").strip().rpartition("/")[2])
            continue
        why = _question(drafting, block, skills)
        if why:
            drafting.leave(line, flat(block), why)
    return drafting.done()


def _blocks(text: str) -> list[tuple[int, str]]:
    """Questions between empty lines, with the line each begins on; comments are dropped."""
    found: list[tuple[int, str]] = []
    lines: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            continue
        if line.lstrip().startswith("$CATEGORY:"):
            found.append((number, line.strip()))
        elif line.strip():
            start = start or number
            lines.append(line)
        elif lines:
            found.append((start, "\n".join(lines)))
            lines, start = [], 0
    return found


def _question(drafting: Drafting, block: str, skills: tuple[str, ...]) -> str:
    """Adds the question; why not, where it cannot be."""
    title = ""
    if found := _TITLE.match(block.strip()):
        title, block = _plain(found[1]), block.strip()[found.end() :]
    block = _FORMAT.sub("", block.strip())
    opening = re.search(r"(?<!\\)\{", block)
    closing = re.search(r"(?<!\\)\}", block[opening.end() :]) if opening else None
    if opening is None or closing is None:
        return "has no answers between { and }"
    answers = block[opening.end() : opening.end() + closing.start()].strip()
    after = block[opening.end() + closing.end() :].strip()
    before = _plain(block[: opening.start()])
    stem = clean(f"{before} ____ {_plain(after)}") if after else before
    if not stem:
        return "has no question"
    if not answers:
        return "is an essay; it has no key"
    general = re.split(r"(?<!\\)####", answers, maxsplit=1)
    common: dict[str, Any] = {"stem": stem, "skills": skills, "explanation": _plain(general[1]) if general[1:] else ""}
    made = _item(common, general[0].strip(), lambda: drafting.name(title or stem, "question"))
    if isinstance(made, str):
        return made
    drafting.item(made)
    return ""


def _item(common: dict[str, Any], answers: str, name: Any) -> Any:
    if answers.startswith("#"):
        return _numeric(common, answers[1:].strip(), name)
    truth = re.fullmatch(r"(T|TRUE|F|FALSE)(?:\s*#.*)?", answers, re.IGNORECASE | re.DOTALL)
    if truth:
        key = "a" if truth[1].upper().startswith("T") else "b"
        return SingleChoice(**common, id=name(), options=(Option("True"), Option("False")), key=key)
    parts = _ANSWER.split(answers)
    if parts[0].strip() or len(parts) < 3:
        return "its answers do not begin with = or ~"
    entries = [(mark, *_weighted(text)) for mark, text in zip(parts[1::2], parts[2::2], strict=True)]
    if all(re.search(r"(?<!\\)->", text) for _, _, text, _ in entries):
        return _matching(common, [text for _, _, text, _ in entries], name)
    if all(mark == "=" for mark, *_ in entries):
        accepted = tuple(dict.fromkeys(text for _, weight, text, _ in entries if text and weight in (None, 100)))
        return ShortAnswer(**common, id=name(), accepted=accepted) if accepted else "has no right answer"
    return _choice(common, entries, name)


def _weighted(text: str) -> tuple[Fraction | None, str, str]:
    """Weight in percent, text and remark of an answer."""
    weight = None
    if found := _WEIGHT.match(text):
        weight, text = Fraction(found[1]), text[found.end() :]
    said, *remark = re.split(r"(?<!\\)#", text, maxsplit=1)
    return weight, _plain(said), _plain(remark[0]) if remark else ""


def _choice(common: dict[str, Any], entries: list[tuple[str, Fraction | None, str, str]], name: Any) -> Any:
    texts = distinct_options(text for _, _, text, _ in entries)
    if texts is None or not 2 <= len(texts) <= 12:
        return "has fewer than two options, more than twelve, or two that say the same"
    options = tuple(
        Option(option.text, flat(remark) if mark == "~" and not (weight or 0) > 0 else "")
        for option, (mark, weight, _, remark) in zip(texts, entries, strict=True)
    )
    right = tuple(
        letter
        for letter, (mark, weight, _, _) in zip(LETTERS, entries, strict=False)
        if mark == "=" or (weight or 0) > 0
    )
    if not right:
        return "has no right answer"
    if len(right) == 1 and any(mark == "=" for mark, *_ in entries):
        return SingleChoice(**common, id=name(), options=options, key=right[0])
    return MultipleChoice(**common, id=name(), options=options, keys=right)


def _matching(common: dict[str, Any], texts: list[str], name: Any) -> Any:
    pairs = [tuple(part.strip() for part in re.split(r"->", text, maxsplit=1)) for text in texts]
    left = tuple(pair[0] for pair in pairs if pair[0])
    right = tuple(dict.fromkeys(pair[1] for pair in pairs))
    if len(left) < 2 or len(set(left)) < len(left) or not all(right) or len(right) > 26:
        return "is a matching with an empty or repeated side"
    wanted = [(left.index(a) + 1, LETTERS[right.index(b)]) for a, b in pairs if a]
    return Matching(**common, id=name(), left=left, right=right, pairs=tuple(wanted))


def _numeric(common: dict[str, Any], text: str, name: Any) -> Any:
    """`3.14:0.01`, `1..5`, or several with weights, of which the first whole one counts."""
    first = next((part for part in re.split(r"(?<!\\)=", text) if part.strip()), "")
    weight, said, _ = _weighted(first)
    if weight not in (None, 100):
        return "has no answer of full weight"
    if ".." in said:
        low, high = (exact_number(part) for part in said.split("..", 1))
        if low is None or high is None or low > high:
            return "its range of numbers cannot be read"
        middle, half = (low + high) / 2, (high - low) / 2
        return Numeric(
            **common, id=name(), value=decimal(middle) or str(middle), tolerance=Tolerance(half) if half else None
        )
    value, _, tolerance = said.partition(":")
    number, allowed = exact_number(value), exact_number(tolerance or "0")
    if number is None or allowed is None or allowed < 0:
        return "its number cannot be read"
    return Numeric(**common, id=name(), value=flat(value), tolerance=Tolerance(allowed) if allowed else None)


def _plain(text: str) -> str:
    plain = _TAG.sub(" ", text)
    return clean(_ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], plain))
