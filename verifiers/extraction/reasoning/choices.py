"""The option chosen by its letter, and the claims that a choice makes."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, get_args

import msgspec

from verifiers.claims import Claim, Deduction, Formula, Span, Stated, Statements
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.options import OptionSaid, Posed, word_starts
from verifiers.logic.problems import negation

_LETTER: Final = re.compile(
    r"\b[Aa]nswer\s*(?:is|:)\s*(?:[Oo]ption\s*)?(?:\\boxed\{|\*\*|\$)*\s*(?:\(?([A-E])\)?(?![\w'’])|\(([a-e])\))"
    r"|\b(?:[Oo]ption|[Cc]hoice)\s*(?:is|:)\s*(?:\*\*)?\s*(?:\(?([A-E])\)?(?![\w'’])|\(([a-e])\))"
    r"|\\boxed\{\s*(?:\\text\{)?\s*\(?([A-E])\)?\s*\}?\s*\}"
    r"|\b[Oo]ption (?:\(?([A-E])\)?|\(([a-e])\))(?:\*\*)? is (?:the )?(?:correct|right)"
)
UNREAD: Final = "not all that it says is read exactly"
STATED: Final = get_args(Stated)


def claims(part: Part, start: int, end: int, said: Iterable[Formula | str]) -> Iterator[Claim]:
    """A stretch of text that says several things at once: a claim from each of its words on. What could not be read
    is said by its problem.
    """
    for first, what in zip(word_starts(part.text, start, end), said, strict=False):
        span, text = Span(part.step, first, end), part.text[first:end]
        if isinstance(what, str):
            yield Claim(span=span, text=text, problem=what)
        else:
            yield Claim(span=span, text=text, formula=what)


def chosen_option(document: Document, posed: Posed) -> Iterator[Claim]:
    """The option named as the answer, the last time one is."""
    last = next(((part, m) for part in reversed(document.steps) for m in list(_LETTER.finditer(part.text))[::-1]), None)
    if last is None:
        return
    part, match = last
    letter = next(group for group in match.groups() if group).upper()
    option = next((o for o in posed.options if o.letter == letter), None)
    if option is not None:
        yield from claims(part, match.start(), match.end(), said_by(posed, option))


def said_by(posed: Posed, option: OptionSaid) -> Iterator[Formula | str]:
    """What an option says, as formulas, with a problem where part of it could not be read."""
    items = {item.label: item.formulas for item in posed.items}
    if option.count is not None:
        counted = how_many([(f"statement {n}", items.get(n, ())) for n in option.counts], option.count)
        if counted is not None:
            yield counted
        return
    said = [formula for name, holds in option.wants for formula in item_said(name, items.get(name, ()), holds=holds)]
    if option.wants and not all(items.get(name) for name, _ in option.wants):
        yield UNREAD
    yield from said


def item_said(name: str, formulas: tuple[Formula, ...], *, holds: bool) -> Iterator[Formula]:
    """That an item holds, or that it does not."""
    if holds:
        yield from formulas
    elif len(formulas) == 1 and isinstance(formulas[0], Deduction):
        formula = formulas[0]
        turned = {"must": "can", "can": "must"}.get(formula.modality)
        if turned:
            conclusion = msgspec.structs.replace(
                formula.conclusion,
                sentence=negation(formula.conclusion.sentence),
                text=f"not: {formula.conclusion.text}",
            )
            yield msgspec.structs.replace(formula, conclusion=conclusion, modality=turned)
    elif formulas and (found := how_many([(f"statement {name}", formulas)], 0)) is not None:
        yield found


def how_many(items: Iterable[tuple[str, tuple[Formula, ...]]], count: int) -> Statements | None:
    """That just so many of the items hold; None where one of them is nothing that can be counted."""
    read: list[tuple[str, tuple[Stated, ...]]] = []
    for words, formulas in items:
        stated = tuple(formula for formula in formulas if isinstance(formula, STATED))
        if len(stated) != len(formulas):
            return None
        read.append((words, stated))
    return Statements(statements=tuple(read), count=count) if any(formulas for _, formulas in read) else None
