"""Exam questions on syllogisms: the argument they pose, and what their options say of it."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from verifiers.claims import Consistency, Formula
from verifiers.expr import Apply
from verifiers.extraction.reasoning.categorical import Categorical
from verifiers.extraction.reasoning.numerals import NUMERAL, number_of
from verifiers.extraction.reasoning.options import Item, OptionSaid, Posed, combination, of_numbered
from verifiers.extraction.reasoning.posed import Question
from verifiers.extraction.reasoning.syllogisms import deduction, opposite, problem_of, read_all


class Argument(msgspec.Struct, frozen=True, kw_only=True):
    """The syllogism of a question: what is given, and whether all of it was read."""

    premises: tuple[Categorical, ...]
    complete: bool
    classical: bool
    conclusions: tuple[tuple[int, Categorical | None], ...] = ()


def argument(parts: Question) -> Argument | None:
    """The question's statements as premises, where at least one could be read."""
    texts = [s.text for s in parts.statements]
    given = _supposed(parts)
    if given is not None:
        texts = [s.text for s in parts.statements if s.number in given]
    found = read_all([*texts, *(c.text for c in parts.conclusions), *(text for _, text in parts.options)])
    premises = tuple(p for p in found[: len(texts)] if p is not None and p.modality == "is")
    if not premises:
        return None
    return Argument(
        premises=premises,
        complete=len(premises) == len(texts),
        classical=parts.is_exam,
        conclusions=tuple((c.number, read) for c, read in zip(parts.conclusions, found[len(texts) :], strict=False)),
    )


def _supposed(parts: Question) -> frozenset[int] | None:
    """Numbers of the statements that are said to be true, the others being asked about."""
    match = _GIVEN_TRUE.search(parts.asking)
    return frozenset(map(int, re.findall(r"\d", match[1]))) if match else None


def posed_syllogism(parts: Question) -> Posed | None:
    if _CONTRARY.search(parts.asking + " " + " ".join(s.text for s in parts.statements)):
        return _contraries(parts)
    posed = argument(parts)
    if posed is None:
        return None
    if parts.conclusions:
        return _numbered(parts, posed)
    if _supposed(parts) is not None:
        return _truths(parts, posed)
    return _direct(parts, posed)


def _follows(posed: Argument, conclusion: Categorical, *, possible: bool = False) -> tuple[Formula, ...]:
    """What decides it, nothing where nothing can."""
    if possible and conclusion.modality == "is":
        conclusion = msgspec.structs.replace(conclusion, modality="can")
    found = deduction(
        posed.premises, conclusion, classical=posed.classical, complete=posed.complete, following=not possible
    )
    return () if found is None else (found,)


def _numbered(parts: Question, posed: Argument) -> Posed | None:
    """Options that say which of the numbered conclusions follow."""
    items = [
        Item(str(number), read.text, _follows(posed, read)) for number, read in posed.conclusions if read is not None
    ]
    numbers = tuple(number for number, _ in posed.conclusions)
    options = []
    for letter, text in parts.options:
        said = combination(text, numbers)
        if said is None and (either := _EITHER.search(text)):
            pair = {number_of(n) for n in re.findall(NUMERAL, either[0])}
            both = [read for number, read in posed.conclusions if number in pair and read is not None]
            if len(pair) == 2 == len(both) and len(numbers) == 2:
                items.append(Item("either", text, _follows(posed, _or(both))))
                options.append(OptionSaid(letter, text, (*((str(n), False) for n in numbers), ("either", True))))
                continue
        options.append(of_numbered(letter, text, numbers, denied=denied(parts)))
    if items and items[-1].label == "either":
        # Where one of the two must hold, "neither follows" is not the answer, though neither follows by itself.
        neither = tuple((str(n), False) for n in numbers)
        exclusive = (*neither, ("either", False))
        options = [msgspec.structs.replace(o, wants=exclusive) if o.wants == neither else o for o in options]
    return Posed(tuple(items), tuple(options))


def _or(both: Sequence[Categorical]) -> Categorical:
    return Categorical(
        sentence=Apply("or", tuple(c.sentence for c in both)),
        terms=tuple(t for c in both for t in c.terms),
        text=" or ".join(c.text.rstrip(".") for c in both),
    )


def _direct(parts: Question, posed: Argument) -> Posed | None:
    """Options that are conclusions themselves."""
    if not _ASKS_CONCLUSION.search(parts.asking):
        return None
    texts = [text for _, text in parts.options]
    found = read_all([p.text for p in posed.premises] + texts)[len(posed.premises) :]
    possible = _POSSIBLE.search(parts.asking) is not None
    turned = denied(parts)
    items, options = [], []
    known = frozenset(name for premise in posed.premises for name in premise.atoms)
    for (letter, text), option in zip(parts.options, found, strict=True):
        # What no statement speaks of is left open by all of them; such an option says nothing of the argument.
        read = option if option is not None and option.atoms & known else None
        if read is not None:
            items.append(Item(letter, text, _follows(posed, read, possible=possible)))
        if _NONE.search(text):
            others = tuple((other, turned) for other, _ in parts.options if other != letter)
            options.append(OptionSaid(letter, text, others))
        else:
            options.append(OptionSaid(letter, text, ((letter, not turned),) if read is not None else ()))
    return Posed(tuple(items), tuple(options)) if items else None


def _truths(parts: Question, posed: Argument) -> Posed | None:
    """Options that say which of the other statements are then true or false."""
    numbered = {
        s.number: read for s, read in zip(parts.statements, read_all([s.text for s in parts.statements]), strict=True)
    }
    items: dict[str, Item] = {}
    options = []
    for letter, text in parts.options:
        match = _TRUTH.match(text.strip(" ."))
        wants: list[tuple[str, bool]] = []
        for number in map(int, re.findall(r"\d", match[1])) if match else ():
            read = numbered.get(number)
            if read is None:
                wants = []
                break
            true = match is not None and match[2].lower() == "true"
            label = f"{number} {'true' if true else 'false'}"
            if not true:
                told = opposite(read)
                read = msgspec.structs.replace(read, sentence=told.sentence, text=told.text)
            items[label] = Item(label, read.text, _follows(posed, read))
            wants.append((label, True))
        options.append(OptionSaid(letter, text, tuple(wants)))
    return Posed(tuple(items.values()), tuple(options))


def _contraries(parts: Question) -> Posed | None:
    """Which two of the statements cannot both be true, but can both be false."""
    numbered = [s for s in parts.statements if s.number]
    found = dict(zip((s.number for s in numbered), read_all([s.text for s in numbered]), strict=True))
    items, options = [], []
    for letter, text in parts.options:
        numbers = combination(text, tuple(found))
        pair = [found[n] for n in sorted(numbers)] if numbers else []
        if len(pair) != 2 or pair[0] is None or pair[1] is None:
            options.append(OptionSaid(letter, text))
            continue
        both, _ = problem_of([p for p in pair if p], (), classical=True)
        neither, _ = problem_of(
            [msgspec.structs.replace(p, sentence=opposite(p).sentence, text=opposite(p).text) for p in pair if p],
            (),
            classical=True,
        )
        items.append(Item(letter, text, (Consistency(problem=both, holds=False), Consistency(problem=neither))))
        options.append(OptionSaid(letter, text, ((letter, True),)))
    return Posed(tuple(items), tuple(options)) if items else None


_EITHER: Final = re.compile(rf"\beither\b.{{0,20}}?{NUMERAL}.{{0,20}}?\bor\b.{{0,20}}?{NUMERAL}", re.IGNORECASE)
_NONE: Final = re.compile(
    r"\b(?:none of|no (?:valid |definite )?(?:conclusion|inference)|neither of|nothing (?:definite )?can)\b",
    re.IGNORECASE,
)
_POSSIBLE: Final = re.compile(r"\b(?:can be true|may be true|could be true|is possible|are possible|possibly)\b", re.I)
_NEGATED: Final = re.compile(
    r"\b(?:is|are|is/are|can)\s*(?:not|NOT)\s+(?:a |an )?(?:\w+ ){0,2}?(?:correct|valid|true|conclusion|follow|be"
    r"|drawn)"
    r"|\bcannot be (?:concluded|drawn|inferred|true)|\bdo(?:es)? not (?:logically )?follow",
    re.IGNORECASE,
)
_ASKS_CONCLUSION: Final = re.compile(
    r"\b(?:conclu|infer|deduc|follow|must be|certainly|definitely|valid|drawn|which (?:one )?of the (?:following"
    r"|above))",
    re.IGNORECASE,
)
_CONTRARY: Final = re.compile(r"\bcannot both be true,? but (?:both )?can (?:both )?be false", re.IGNORECASE)
_GIVEN_TRUE: Final = re.compile(
    r"\b(?:given?|if) (?:that )?(?:only )?statements? (\d(?:,? (?:and )?\d)*) (?:is|are) true\b", re.I
)
_TRUTH: Final = re.compile(
    r"(?:statements? )?(\d(?:,? (?:and )?\d)*) (?:is|are) (?:both )?(true|false)$", re.IGNORECASE
)


def denied(parts: Question) -> bool:
    """Whether what does not hold is asked for."""
    return _NEGATED.search(parts.asking) is not None
