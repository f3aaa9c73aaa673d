"""Items as GIFT, Moodle's plain-text format for questions."""

import re
from collections.abc import Iterable

from curriculum.choices import LETTERS, choices, right_letters
from curriculum.exporters.exported import Exported
from curriculum.items import Item, Matching, MultipleChoice, Numeric, Option, ShortAnswer
from curriculum.numbers import decimal, exact_number


def write_gift(items: Iterable[Item]) -> Exported:
    """The questions between empty lines; formulas are left as they stand, for a Moodle filter to show."""
    blocks: list[str] = []
    left: list[tuple[str, str]] = []
    for item in items:
        answers = _answers(item)
        if isinstance(answers, str):
            left.append((item.id, answers))
            continue
        stem = "\n".join(part for part in (item.context, item.stem) if part) or item.id
        remark = f"\n####{_escaped(item.explanation)}" if item.explanation else ""
        listed = "".join(f"\n{answer}" for answer in answers)
        blocks.append(f"::{_escaped(item.id)}::{_escaped(stem)}{{{listed}{remark}\n}}")
    return Exported("\n\n".join(blocks) + ("\n" if blocks else ""), tuple(left))


def _answers(item: Item) -> list[str] | str:
    """The answers in braces, or why there are none."""
    match item:
        case ShortAnswer():
            return [f"={_escaped(text)}" for text in item.accepted]
        case Numeric():
            return _number(item)
        case Matching() if not item.options:
            left = dict(item.pairs)
            if len(item.left) < 2:
                return "a matching of GIFT has two pairs at least"
            pairs = [
                f"={_escaped(text)} -> {_escaped(item.right[LETTERS.index(left[number])])}"
                for number, text in enumerate(item.left, 1)
            ]
            spare = [text for letter, text in zip(LETTERS, item.right, strict=False) if letter not in left.values()]
            return [*pairs, *(f"= -> {_escaped(text)}" for text in spare)]
        case _:
            options = choices(item)
            return _options(item, options) if options else "GIFT has no questions of this type"


def _options(item: Item, options: tuple[Option, ...]) -> list[str] | str:
    right = right_letters(item)
    if not right:
        return "has no key"
    found: list[str] = []
    for letter, option in zip(LETTERS, options, strict=False):
        remark = f"#{_escaped(option.misconception)}" if option.misconception else ""
        if isinstance(item, MultipleChoice):
            weight = f"{100 / len(right):.5g}" if letter in right else f"-{100 / max(1, len(options) - len(right)):.5g}"
            found.append(f"~%{weight}%{_escaped(option.text)}{remark}")
        else:
            found.append(f"{'=' if letter in right else '~'}{_escaped(option.text)}{remark}")
    return found


def _number(item: Numeric) -> list[str] | str:
    value = exact_number(item.value)
    if item.unit:
        return "a number of GIFT has no unit"
    if value is None or (written := decimal(value)) is None:
        return "its value is no finite decimal"
    if item.tolerance is None:
        return [f"#{written}"]
    allowed = abs(value) * item.tolerance.amount if item.tolerance.relative else item.tolerance.amount
    within = decimal(allowed)
    return "its tolerance is no finite decimal" if within is None else [f"#{written}:{within}"]


def _escaped(text: str) -> str:
    plain = re.sub(r"([~=#{}:\\])", r"\\\1", text)
    # An arrow would make a matching of it, and has no escape.
    return re.sub(r"\n\s*", r"\\n", plain.replace("->", "→"))
