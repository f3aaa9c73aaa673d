"""Words and numbers put in order: whole lists, parts of them, and the letters that are compared on the way.

Words are compared letter by letter. Where the order hinges on a convention (capitals before small letters or with
them, hyphens, apostrophes, blanks and accents counted or passed over) nothing is decided.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final

import msgspec

from verifiers import exact
from verifiers.claims import Sorting
from verifiers.expr import Expr, Num, Text, app, num
from verifiers.kinds._judgement import obstacle
from verifiers.kinds._terms import either
from verifiers.notation.show import show
from verifiers.protocol import Budget
from verifiers.verdicts import Label, Reason, Verdict, Witness, refuted, supported, undecided

_ORDINALS: Final = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class _Judged(msgspec.Struct, frozen=True, kw_only=True):
    """Whether `relation` stands for what was claimed holds, and how the failure is told."""

    holds: bool | None
    relation: Expr
    premises: tuple[Expr, ...] = ()
    text: str = ""


def verify(formula: Sorting, budget: Budget) -> Verdict:
    """Compares pair by pair; each refutation is a relation between places in the alphabet, counts or values."""
    claimed = [item for group in formula.claimed for item in group]
    if (problem := obstacle([*formula.items, *claimed], budget)) is not None:
        return problem
    if len(claimed) + len(formula.items) > budget.terms // 10:
        return undecided(Reason.TOO_LARGE, "too many items")
    return _CLAIMS[formula.claim](formula)


def _order(formula: Sorting) -> Verdict:
    missing = _incomplete(formula) if formula.complete else None
    return _ordered(formula) if missing is None else missing


def _incomplete(formula: Sorting) -> Verdict | None:
    """The items counted: one lost, one too many."""
    given = Counter(map(_identity, formula.items))
    listed = Counter(_identity(item) for group in formula.claimed for item in group)
    for item in (*formula.items, *(item for group in formula.claimed for item in group)):
        should, does = given[_identity(item)], listed[_identity(item)]
        if should != does:
            if should == 0:
                text = f"{_named(item)} is not among the items to be sorted."
            elif does == 0:
                text = f"{_named(item)} is missing."
            else:
                text = f"{_named(item)} stands there {_times(does)}, and should {_times(should)}."
            witness = Witness(conclusion=app("eq", num(does), num(should)), found=num(should))
            return refuted(Reason.INCOMPLETE, "sorting: items counted", text, witness)
    return None


def _ordered(formula: Sorting) -> Verdict:
    unknown = False
    broken: list[_Judged] = []
    orders = ("ascending", "descending") if formula.order == "either" else (formula.order,)
    for order in orders:
        fails = False
        for one, other in _neighbours(formula):
            first, second = (one, other) if order == "ascending" else (other, one)
            judged = _COMPARED[formula.by](first, second)
            if judged.holds is False:
                broken.append(judged)
                fails = True
                break
            unknown |= judged.holds is None
        if not fails:
            break
    else:
        conclusion = either([judged.relation for judged in broken])
        premises = tuple(premise for judged in broken for premise in judged.premises)
        witness = Witness(conclusion=conclusion, premises=premises)
        return refuted(Reason.DIFFERS, f"sorting: by {formula.by}", broken[0].text, witness)
    if unknown:
        return undecided(Reason.AMBIGUOUS, "the order depends on a convention about capitals, signs or accents")
    return supported(Reason.COMPUTED, f"sorting: by {formula.by}", "Each stands before the next.")


def _neighbours(formula: Sorting) -> Iterator[tuple[Expr, Expr]]:
    for group, following in pairwise(formula.claimed):
        for one in group:
            for other in following:
                yield one, other


def _identity(item: Expr) -> object:
    return item.value if isinstance(item, Num | Text) else item


def _named(item: Expr) -> str:
    return f"“{item.value}”" if isinstance(item, Text) else show(item)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _by_value(one: Expr, other: Expr) -> _Judged:
    relation = app("le", one, other)
    text = f"{show(one)} is greater than {show(other)}."
    return _Judged(holds=exact.holds(relation), relation=relation, text=text)


def _by_length(one: Expr, other: Expr) -> _Judged:
    if not (isinstance(one, Text) and isinstance(other, Text)):
        return _Judged(holds=None, relation=app("eq", one, other))
    short, long = len(letters(one.value)), len(letters(other.value))
    signs = {len(one.value) - short, len(other.value) - long} != {0}
    text = f"{_named(one)} has {short} letters, {_named(other)} has {long}."
    relation = app("le", num(short), num(long))
    return _Judged(holds=None if signs else short <= long, relation=relation, text=text)


def letters(word: str) -> str:
    """The letters and digits of a word, small, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalnum())


def _forms(word: str) -> tuple[str, ...]:
    """The word as each convention compares it."""
    small = word.casefold()
    spaced = "".join(c if c.isalnum() else " " for c in small)
    return word, small, letters(word), spaced, "".join(c for c in word if c.isalnum())


def _by_alphabet(one: Expr, other: Expr) -> _Judged:
    if not (isinstance(one, Text) and isinstance(other, Text)):
        return _Judged(holds=None, relation=app("eq", one, other))
    pairs = list(zip(_forms(one.value), _forms(other.value), strict=True))
    if any(a > b for a, b in pairs) and any(a <= b for a, b in pairs):
        return _Judged(holds=None, relation=app("eq", one, other))
    first, second = letters(one.value), letters(other.value)
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    if at in (len(first), len(second)):
        relation = app("le", num(len(first)), num(len(second)))
        return _Judged(
            holds=len(first) <= len(second),
            relation=relation,
            premises=_same(first, second, at),
            text=f"{_named(other)} is the beginning of {_named(one)} and stands before it.",
        )
    return _Judged(
        holds=first[at] < second[at],
        relation=app("lt", *_places(first[at], second[at])),
        premises=_same(first, second, at),
        text=f"{_named(one)} comes after {_named(other)}: letter {at + 1} is “{first[at]}” against “{second[at]}”.",
    )


def _same(first: str, second: str, count: int) -> tuple[Expr, ...]:
    return tuple(app("eq", *_places(a, b)) for a, b in zip(first[:count], second[:count], strict=True))


def _place(letter: str) -> int | None:
    """1 to 26, None for what is no letter of the alphabet."""
    return ord(letter) - 96 if "a" <= letter <= "z" else None


def _places(one: str, other: str) -> tuple[Num, Num]:
    """Places in the alphabet, or code points where one of them is no letter of it."""
    first, second = _place(one), _place(other)
    if first is None or second is None:
        return num(ord(one)), num(ord(other))
    return num(first), num(second)


def _letter_at(word: Expr, position: int) -> str | Verdict:
    """The letter at `position`, counted from 1; "" where the word is too short."""
    if not isinstance(word, Text):
        return undecided(Reason.UNSUPPORTED, "a number has no letters")
    found = letters(word.value)[position - 1 : position]
    if word.value.casefold()[position - 1 : position] != found:
        return undecided(Reason.AMBIGUOUS, "signs and accents may be counted or not")
    return found


def _letter(formula: Sorting) -> Verdict:
    """The letter at a position, or its place in the alphabet, of every word of the group."""
    nth = _nth(formula.position)
    value = formula.value
    for word in (item for group in formula.claimed for item in group):
        found = _letter_at(word, formula.position)
        if isinstance(found, Verdict):
            return found
        if not found:
            return _too_short(word, formula.position)
        place = _place(found)
        if isinstance(value, Text) and len(value.value) == 1:
            told, shown = value.value.casefold(), f"“{value.value}”"
            places = _places(found, told)
        elif isinstance(value, Num) and place is not None:
            places, shown = (num(place), value), show(value)
        else:
            return undecided(Reason.UNSUPPORTED, "no letter and no place in the alphabet")
        relation = app("eq", *places)
        if exact.holds(relation) is False:
            number = f", number {place} of the alphabet" if isinstance(value, Num) else ""
            text = f"The {nth} letter of {_named(word)} is “{found}”{number}, not {shown}."
            witness = Witness(conclusion=relation, found=Text(found) if isinstance(value, Text) else places[0])
            return refuted(Reason.DIFFERS, "sorting: letter", text, witness)
    return supported(Reason.COMPUTED, "sorting: letter", f"The {nth} letter is as stated.")


def _tied(formula: Sorting) -> Verdict:
    """The letters at a position are the same in every word."""
    words = [item for group in formula.claimed for item in group]
    found = [_letter_at(word, formula.position) for word in words]
    for one, other in pairwise(range(len(words))):
        first, second = found[one], found[other]
        if isinstance(first, Verdict) or isinstance(second, Verdict):
            return undecided(Reason.AMBIGUOUS, "signs and accents may be counted or not")
        if not first or not second:
            return _too_short(words[one if not first else other], formula.position)
        if first != second:
            nth = _nth(formula.position)
            text = (
                f"{_named(words[one])} and {_named(words[other])} are told apart by their {nth} letters,"
                f" “{first}” and “{second}”."
            )
            witness = Witness(conclusion=app("eq", *_places(first, second)))
            return refuted(Reason.CONTRADICTS, "sorting: letters told apart", text, witness)
    return supported(Reason.COMPUTED, "sorting: letters told apart", "These letters are the same.")


def _too_short(word: Expr, position: int) -> Verdict:
    length = len(letters(word.value)) if isinstance(word, Text) else 0
    text = f"{_named(word)} has no {_nth(position)} letter."
    return refuted(Reason.DIFFERS, "sorting: letter", text, Witness(conclusion=app("le", num(position), num(length))))


def _left(formula: Sorting) -> Verdict:
    """Words put aside as if they were settled, although the letters at a position tell them apart."""
    verdict = _tied(formula)
    if verdict.label is not Label.REFUTED or verdict.evidence is None or verdict.evidence.witness is None:
        return verdict
    text = f"The order of these is left open too soon: {verdict.evidence.text}"
    return refuted(Reason.INCOMPLETE, "sorting: left unsorted", text, verdict.evidence.witness)


def _nth(position: int) -> str:
    return _ORDINALS[position] if 0 < position < len(_ORDINALS) else f"{position}th"


_COMPARED: Final[Mapping[str, Callable[[Expr, Expr], _Judged]]] = {
    "alphabet": _by_alphabet,
    "value": _by_value,
    "length": _by_length,
}
_CLAIMS: Final[Mapping[str, Callable[[Sorting], Verdict]]] = {
    "order": _order,
    "letter": _letter,
    "tied": _tied,
    "left": _left,
}
