"""Written solutions of swapping puzzles: "Asha and Bilal swap: Asha: blue, Bilal: red", state by state.

A state line asserts what it says and no more. When it holds is told by the swap named before it, by words ("at the
start", "after the second swap", "in the end") or, where no swap is named in the whole answer, by the order of the
lines: one that fits no moment from the last one on is the first that went wrong.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from verifiers.claims import Claim, Span, Tracking
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reasoning.held import Held, held
from verifiers.extraction.reasoning.names import Names
from verifiers.extraction.reasoning.swap_moments import Mark, placed, runs
from verifiers.extraction.reasoning.swap_puzzle import Puzzle, puzzle, told_swaps
from verifiers.extraction.reasoning.swap_tables import Row, is_row, rows

_LONGEST: Final = 1_500
_SILENT: Final = re.compile(
    r"\?\W*$|\b(?:if|suppose|assum\w+|would|could|might|should|need to|want to|let['’]?s see|before|unless|plan to"
    r"|earlier|previously|since|because|recall|instead of|rather than|not sure|options?:)\b",
    re.IGNORECASE,
)
_BEFORE_ALL: Final = re.compile(r"\bbefore (?:any|the (?:first|swaps?|trades?|game))\b", re.IGNORECASE)
_RETRACTING: Final = re.compile(
    r"\b(?:wait|oops|correction|mistake\w*|scratch that|incorrect|let me (?:re|correct|fix|try again|start over)\w*"
    r"|that(?:['’]s| is) (?:not right|wrong)|i (?:was wrong|misread))\b|(?:^|\n)\W*(?:actually|no),",
    re.IGNORECASE,
)
_START: Final = re.compile(
    r"\b(?:(?:at|in|from) the (?:very )?(?:start|beginning|outset)|initial(?:ly)?|originally"
    r"|to (?:start|begin)(?: with)?|before (?:any|the first)"
    r"|start(?:ing|s)? (?:state|position|configuration|point|arrangement|assignment|distribution))\b"
    r"|^\W*start\W",
    re.IGNORECASE,
)
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_STEP: Final = r"(?:swap|trade|exchange|switch|move|round|step|event|turn)"
_ONE_STEP: Final = rf"(?:this|that|each|(?:the )?(?:{'|'.join(_ORDINALS)})|{_STEP} \d)"
_END: Final = re.compile(
    rf"\b(?:(?:at|by|in) the (?:very )?end\b(?! of {_ONE_STEP})|at the conclusion|end(?:s|ed)? up\b"
    r"|after (?:all|every|the (?:final|last))\b"
    r"|(?:the )?final (?:state|result|position|configuration|arrangement|assignment|distribution|answer|holding)s?\b)",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"\b(?:after|at the end of) (?:the )?(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf" {_STEP}s?\b|\b(?:after|at the end of) {_STEP} (?:#|number |no\. ?)?(?P<number>\d{{1,2}})\b",
    re.IGNORECASE,
)
_TRAILING_AFTER: Final = re.compile(r"\b(?:after|once|when|following|upon|as|by)\b[^.;]*$", re.IGNORECASE)
_LETTER: Final = re.compile(
    r"\b(?:answer|option|choice)\s*(?:is|:)?\s*(?:\\boxed\{|\*\*|\$|\()*\s*\(?([A-J])\)?(?![\w'’])|\\boxed\{\(?([A-J])\)?\}"
)
_NAMED_RESULT: Final = re.compile(r"\banswer(?: is|:)\s*(?:\*\*|\$)*\s*", re.IGNORECASE)


def find(document: Document) -> Iterator[Claim]:
    """States and answers to a swapping puzzle that the question poses."""
    posed = puzzle(document.question.text)
    if posed is None:
        return
    holders = Names(posed.holders, proper=True, initials=True)
    things = Names((*posed.things, *_unheard_of(document, posed)))
    marks = placed(posed, _standing(document, list(_marks(document, posed, holders, things))))
    for run, moments in runs(posed, marks):
        yield _claim(document, posed, things, run, moments)


def _unheard_of(document: Document, posed: Puzzle) -> list[str]:
    """Things of the answer called like those of the puzzle that nobody is said to have: "the violet kite"."""
    nouns = {thing.split()[-1] for thing in posed.things if " " in thing}
    if len(nouns) != 1 or not (noun := nouns.pop()).islower():
        return []
    known = Names(posed.things)
    pattern = re.compile(rf"\b(?:the|an?) ([a-z]{{3,20}} {re.escape(noun)})\b")
    found = {match[1] for part in document.steps for match in pattern.finditer(part.text)}
    return sorted(thing for thing in found if next(known.mentions(thing), None) is None)


def _claim(document: Document, posed: Puzzle, things: Names, run: Sequence[Mark], moments: tuple[int, ...]) -> Claim:
    first = run[0]
    end = max(mark.end for mark in run)
    claimed = tuple((posed.holders[m.held[0]], things.declared[m.held[1]]) for m in run if m.held is not None)
    formula = Tracking(initial=posed.initial, events=posed.events, after=moments, claimed=claimed)
    text = document.steps[first.step].text[first.start : end]
    return Claim(span=Span(first.step, first.start, end), text=text, formula=formula)


def _standing(document: Document, marks: list[Mark]) -> list[Mark]:
    """What is said after the last sentence that takes something back."""
    for part in reversed(document.steps):
        found = [m.end() for m in _RETRACTING.finditer(part.text)]
        if found:
            return [mark for mark in marks if (mark.step, mark.start) >= (part.step, found[-1])]
    return marks


def _marks(document: Document, posed: Puzzle, holders: Names, things: Names) -> Iterator[Mark]:
    for part in document.steps:
        blocks = [(row.start, list(_row(part, row, holders))) for row in rows(part.text, holders, things)]
        for sentence in part.sentences:
            short = sentence.end - sentence.start <= _LONGEST
            if short and not is_row(part.text[sentence.start : sentence.end]):
                marks = list(_sentence(part, sentence.start, sentence.end, posed, holders, things))
                blocks.append((sentence.start, marks))
        for _, marks in sorted(blocks, key=lambda block: block[0]):
            for mark in marks:
                yield msgspec.structs.replace(mark, line=part.text.count("\n", 0, mark.start))


def _row(part: Part, row: Row, holders: Names) -> Iterator[Mark]:
    """A row of a table, with the moment that its first cell tells."""
    swaps = told_swaps(row.label, list(holders.mentions(row.label)))
    if len(swaps) == 1:
        pair = (min(swaps[0].one, swaps[0].other), max(swaps[0].one, swaps[0].other))
        yield Mark(step=part.step, start=row.start, end=row.start, named=True, pair=pair)
    elif _START.search(row.label):
        yield Mark(step=part.step, start=row.start, end=row.start, after=(0,))
    for item in row.held:
        yield _held_mark(part, 0, item)


def _sentence(part: Part, start: int, end: int, posed: Puzzle, holders: Names, things: Names) -> Iterator[Mark]:
    text = part.text[start:end]
    yield from _answers(part, start, end, posed, things)
    if _SILENT.search(text) and not _BEFORE_ALL.search(text):
        return
    mentions = list(holders.mentions(text))
    if not mentions and not (_START.search(text) or _END.search(text) or _AFTER.search(text)):
        return
    last = len(posed.events)
    marks: list[Mark] = []
    for pattern, moment in ((_START, 0), (_END, last)):
        if (match := pattern.search(text)) is not None:
            marks.append(Mark(step=part.step, start=start + match.start(), end=start + match.end(), after=(moment,)))
    if (match := _AFTER.search(text)) is not None:
        digits = match["digits"] or match["number"]
        count = int(digits) if digits else _ORDINALS.index(match["word"].lower()) + 1
        if count <= last:
            marks.append(Mark(step=part.step, start=start + match.start(), end=start + match.end(), after=(count,)))
    for swap in told_swaps(text, mentions):
        pair = (min(swap.one, swap.other), max(swap.one, swap.other))
        marks.append(Mark(step=part.step, start=start + swap.start, end=start + swap.end, named=True, pair=pair))
    said = list(held(text, mentions, list(things.mentions(text))))
    yield from _timed(part, start, text, marks, said)


def _timed(part: Part, start: int, text: str, marks: list[Mark], said: Sequence[Held]) -> Iterator[Mark]:
    """Moments and assertions of a sentence in the order they count: "Asha has the red kite after she swaps with
    Bilal" is said of the moment after.
    """
    named = [mark for mark in marks if mark.named]
    plain = [mark for mark in marks if not mark.named]
    if named:
        # "Finally, Asha and Bilal swap" is no end, "at the start" of such a sentence none either.
        plain = [mark for mark in plain if mark.start > named[-1].end]
    elif plain:
        plain = [plain[-1]]
        yield plain[0]
        for item in said:
            yield _held_mark(part, start, item)
        return
    ordered: list[tuple[int, int, Mark]] = [(mark.end, 0, mark) for mark in named]
    ordered += [(mark.end, 0, mark) for mark in plain]
    for item in said:
        place = start + item.start
        if named and place < named[-1].end and _TRAILING_AFTER.search(text[item.end : max(named[-1].start - start, 0)]):
            place = named[-1].end
        ordered.append((place, 1, _held_mark(part, start, item)))
    for _, _, mark in sorted(ordered, key=lambda entry: entry[:2]):
        yield mark


def _held_mark(part: Part, start: int, item: Held) -> Mark:
    return Mark(step=part.step, start=start + item.start, end=start + item.end, held=(item.holder, item.thing))


def _answers(part: Part, start: int, end: int, posed: Puzzle, things: Names) -> Iterator[Mark]:
    """The option chosen, or the thing named as the answer, is what the one asked about has in the end."""
    text = part.text[start:end]
    options = dict(posed.options)

    def mark(match: re.Match[str], length: int, holder: int, thing: int) -> Mark:
        place = start + match.start()
        fixed = (len(posed.events),)
        return Mark(step=part.step, start=place, end=place + length, held=(holder, thing), fixed=fixed)

    chosen = [(m, options.get(m[1] or m[2], "")) for m in _LETTER.finditer(text)]
    if posed.asked is not None:
        holder = posed.holders.index(posed.asked)
        for match, option in chosen:
            if (thing := things.resolve(option)) is not None:
                yield mark(match, match.end() - match.start(), holder, thing)
        for match in _NAMED_RESULT.finditer(text):
            named = next(iter(things.mentions(text[match.end() :])), None)
            gap = text[match.end() : match.end() + named.start] if named else "."
            if named and re.fullmatch(r"(?:the |an? |\(?[A-J]\)? )*", gap, re.IGNORECASE):
                yield mark(match, match.end() - match.start() + named.end, holder, named.index)
    elif posed.sought is not None:
        whole = Names(posed.holders, proper=True)
        for match, option in chosen:
            if (who := whole.resolve(option)) is not None:
                yield mark(match, match.end() - match.start(), who, posed.things.index(posed.sought))
