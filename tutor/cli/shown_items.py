"""An entry of a pack in lines for a terminal."""

from curriculum.choices import LETTERS, choices, right_letters, shown_order
from curriculum.generation import NotDrawn, draw
from curriculum.items import (
    AssertionReason,
    Expression,
    Item,
    Matching,
    Numeric,
    Ordering,
    ShortAnswer,
    StatementSet,
    Steps,
)
from curriculum.packs import Pack


def shown(pack: Pack, name: str, seed: int) -> list[str] | None:
    """The lines of an item, a passage, or the item of a template with this seed; None where nothing has the id."""
    if name in pack.items:
        return item_lines(pack.items[name])
    if name in pack.passages:
        passage = pack.passages[name]
        days = f", valid {passage.valid_from or '…'} to {passage.valid_until or '…'}"
        dated = days if passage.valid_from or passage.valid_until else ""
        return [passage.title, "", *passage.text.split("\n"), "", f"{passage.source} ({passage.licence}{dated})"]
    if name in pack.templates:
        drawn = draw(pack.templates[name], seed)
        return [drawn.why] if isinstance(drawn, NotDrawn) else item_lines(drawn.item)
    return None


def item_lines(item: Item) -> list[str]:
    lines = [line for text in (item.context, item.stem) if text for line in text.split("\n")]
    match item:
        case StatementSet():
            lines += [f"  {number}. {one.text}" for number, one in enumerate(item.statements, 1)]
        case AssertionReason():
            lines += [f"  (A) {item.assertion.text}", f"  (R) {item.reason.text}"]
        case Matching():
            lines += [f"  {number}. {text}" for number, text in enumerate(item.left, 1)]
            lines += [f"  {LETTERS[place]}. {text}" for place, text in enumerate(item.right)]
            lines.append(f"key: {', '.join(f'{number}-{letter}' for number, letter in item.pairs)}")
        case Ordering():
            order = shown_order(item)
            lines += [f"  {LETTERS[at]}. {item.entries[place]}" for at, place in enumerate(order)]
            lines.append(f"key: {', '.join(LETTERS[order.index(place)] for place in range(len(order)))}")
        case Numeric():
            lines.append(f"key: {item.value} {item.unit}".rstrip())
        case Expression():
            lines.append(f"key: {item.value}")
        case ShortAnswer():
            lines.append(f"key: {' | '.join(item.accepted)}")
        case Steps():
            for number, part in enumerate(item.parts, 1):
                lines += [f"{number}.", *(f"  {line}" for line in item_lines(part))]
        case _:
            pass
    right = right_letters(item)
    for letter, option in zip(LETTERS, choices(item), strict=False):
        slip = f"  [{option.misconception}]" if option.misconception else ""
        lines.append(f"  {'*' if letter in right else ' '}({letter}) {option.text}{slip}")
    if item.explanation:
        lines += ["", *item.explanation.split("\n")]
    return lines
