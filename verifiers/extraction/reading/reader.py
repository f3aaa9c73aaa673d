"""Text to `Document`: every other finder starts from what is read here."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

import msgspec

from verifiers.claims import QUESTION
from verifiers.expr import free_symbols
from verifiers.extraction.document import Chain, Document, Maths, Mood, Part, Sentence
from verifiers.extraction.meaning.moods import TAKING_BACK, chain_mood, is_question, retracting, sentence_mood
from verifiers.extraction.reading.allowance import LONGEST_SENTENCE, Allowance
from verifiers.extraction.reading.chains import Piece, latex_pieces, plain_piece
from verifiers.extraction.reading.maths import Delimited, delimited
from verifiers.extraction.reading.neighbours import cut_by_neighbours
from verifiers.extraction.reading.plain import Plain, plain
from verifiers.extraction.reading.sentences import sentence_spans
from verifiers.notation.reading import Options

_CAPITALS: Final = re.compile(r"(?<![A-Za-z\\])[A-Z]{2,4}(?![A-Za-z])")
_ROUGHLY: Final = re.compile(
    r"\b(?:about|around|roughly|approx\w*|nearly|almost|estimate\w*|rounded|rounding|close to)\b|≈|\\approx|\\sim"
)
_COMPLEX: Final = re.compile(
    r"\bcomplex (?:numbers?|plane|roots?|solutions?|coefficients?|conjugates?)|\bimaginary|i\s*=\s*\\sqrt\s*\{?\s*-\s*1"
    r"|(?<![a-z])i\^\{?2\}?\$?\s*=\s*\$?-\s*1"
)
_INDEXED: Final = re.compile(
    r"_\{?\s*i(?![a-z])|(?<![\w)])i\s*=\s*\d|(?<![\w)])i\s*(?:\\leq?|\\geq?|<|>|≤|≥|\\in|∈)|(?<![a-z])i-th|(?<![a-z])i,\s*j(?![a-z])"
)
_INTRODUCED: Final = re.compile(
    r"(?<![\w\\)}])([a-zA-Z])\([a-z](?:, ?[a-z])?\)[\s$\\)]{0,4}(?:be|denotes?|is|represents?|stands for|counts|equals)"
    r" (?:the|a|an)\b"
)
_VALUED: Final = re.compile(r"(?<![\w\\)}*+\-/^])([a-zA-Z])\((\d{1,6})\)\s*=")
_MOST_NAMES: Final = 64
_OPENING: Final = 160


def read_document(question: str, steps: Sequence[str]) -> Document:
    """Reads question and answer. Never raises on any text; linear in its length. What is more than an `Allowance`
    holds is left `unread`.
    """
    names: set[str] = set()
    for text in (question, *steps):
        for found in _CAPITALS.finditer(text):
            names.add(found.group())
            if len(names) >= _MOST_NAMES:
                break
    options = Options(
        letters=frozenset(names),
        functions=_functions(question, steps),
        imaginary=_has_imaginary_unit(question, steps),
    )
    allowance = Allowance()
    return Document(
        question=_part(QUESTION, question, options, Allowance()),
        steps=tuple(
            _part(index, step, options, allowance, _taken_back(steps[index + 1 : index + 2]))
            for index, step in enumerate(steps)
        ),
    )


def _functions(question: str, steps: Sequence[str]) -> frozenset[str]:
    """Letters introduced as functions ("let d(n) be the number of …") or with values at two numbers (`d(4) = 3`,
    `d(9) = 3`).
    """
    found: set[str] = set()
    at: dict[str, set[str]] = {}
    for text in (question, *steps):
        found.update(_INTRODUCED.findall(text))
        for letter, argument in _VALUED.findall(text):
            at.setdefault(letter, set()).add(argument)
    return frozenset(found).union(letter for letter, arguments in at.items() if len(arguments) > 1)


def _has_imaginary_unit(question: str, steps: Sequence[str]) -> bool:
    """Whether `i` stands for the imaginary unit throughout: the question speaks of it, and it is nowhere an index."""
    if _COMPLEX.search(question.lower()) is None:
        return False
    return not any(_INDEXED.search(text) for text in (question, *steps))


def _taken_back(following: Sequence[str]) -> str:
    """The opening of the next step where it takes back what the step before says: "No, 4 - b = 9"."""
    opening = following[0][:_OPENING].lower() if following else ""
    return opening if TAKING_BACK.match(opening) else ""


class _Stretch(msgspec.Struct, frozen=True):
    """A formula found, with delimiters (`start:end`), and the chains read from it."""

    start: int
    end: int
    maths: Maths
    pieces: tuple[Piece, ...]
    plain: Plain | None = None


def _part(step: int, text: str, options: Options, allowance: Allowance, opening: str = "") -> Part:
    """Reads one step; `opening` is how the next one takes it back."""
    if allowance.spent:
        unread = [(0, len(text))] if text.strip() else []
        return Part(step=step, text=text, sentences=(), maths=(), chains=(), unread=tuple(unread))
    pieces = delimited(text)
    spans = sentence_spans(text, [p.maths for p in pieces], [(p.start, p.end) for p in pieces])
    unread = [(start, end) for start, end in spans if end - start > LONGEST_SENTENCE]
    spans = [(start, end) for start, end in spans if end - start <= LONGEST_SENTENCE]
    starts = [p.start for p in pieces]
    stretches: list[list[_Stretch]] = []
    moods: list[Mood] = []
    for start, end in spans:
        inside = pieces[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
        found = _stretches(text, start, end, inside, options, allowance)
        allowance.sentences -= 1
        if allowance.spent:
            unread = [*(span for span in unread if span[1] <= start), (start, len(text))]
            break
        stretches.append(found)
        moods.append(sentence_mood(_prose(text, start, end, found)))
    chains: list[Chain] = []
    for index, found in enumerate(stretches):
        chains.extend(_chains(step, text, spans, index, found, moods[index], opening))
    maths = tuple(s.maths for found in stretches for s in found)
    sentences = tuple(Sentence(a, b, mood) for (a, b), mood in zip(spans, moods, strict=False))
    return Part(step=step, text=text, sentences=sentences, maths=maths, chains=tuple(chains), unread=tuple(unread))


def _stretches(
    text: str, start: int, end: int, inside: Sequence[Delimited], options: Options, allowance: Allowance
) -> list[_Stretch]:
    """The formulas of a sentence, complete unless the allowance is spent."""
    inline = [p for p in inside if not p.maths.display]
    found: list[_Stretch] = []
    taken: list[tuple[int, int]] = []
    bounds = [start, *[x for p in inside if p.maths.display for x in (p.start, p.end)], end]
    starts = [p.start for p in inline]
    for left, right in zip(bounds[::2], bounds[1::2], strict=True):
        within = inline[bisect_left(starts, left) : bisect_left(starts, right)]
        for formula in plain(text, left, right, within, allowance):
            maths = Maths(formula.start, formula.end, formula.latex, False)
            whole = formula.start if formula.names is None else formula.names
            chain = plain_piece(text, formula, options)
            found.append(_Stretch(whole, formula.end, maths, (chain,), formula))
            taken.append((formula.start, formula.end))
            allowance.formulas -= 1
            allowance.relations -= len(chain.relations)
            if allowance.spent:
                return found
    begun = [a for a, _ in taken]
    for piece in inside:
        last = bisect_right(begun, piece.start) - 1
        if not piece.mark and last >= 0 and piece.end <= taken[last][1]:
            continue
        chains = cut_by_neighbours(
            text, piece.start, piece.end, tuple(latex_pieces(text, piece.maths.start, piece.maths.end, options))
        )
        found.append(_Stretch(piece.start, piece.end, piece.maths, chains))
        allowance.formulas -= 1
        allowance.relations -= sum(len(c.relations) for c in chains)
        if allowance.spent:
            return found
    found.sort(key=lambda s: (s.start, -s.end))
    return found


def _prose(text: str, start: int, end: int, found: Sequence[_Stretch]) -> str:
    """The sentence without its formulas."""
    pieces: list[str] = []
    position = start
    for stretch in found:
        left = stretch.maths.start if stretch.plain is not None else stretch.start
        if left > position:
            pieces.append(text[position:left])
        position = max(position, stretch.end)
    pieces.append(text[position:end])
    return " ".join(pieces)


def _chains(
    step: int,
    text: str,
    spans: Sequence[tuple[int, int]],
    index: int,
    found: Sequence[_Stretch],
    mood: Mood,
    opening: str,
) -> list[Chain]:
    if not found:
        return []
    start, end = spans[index]
    retracted = retracting(opening)
    if index + 1 < len(spans):
        begin, stop = spans[index + 1]
        retracted = retracting(text[begin : min(stop, begin + 200)].lower())
    asking = is_question(text[max(start, end - 8) : end])
    chains: list[Chain] = []
    position = start
    for place, stretch in enumerate(found):
        nested = stretch.start < position
        between = "" if nested else text[position : stretch.start].lower()
        after = end
        later = place + 1
        while later < len(found) and found[later].start < stretch.end:
            later += 1
        if later < len(found):
            after = found[later].start
        trail = text[stretch.end : after].lower()
        rest = text[stretch.end : min(end, stretch.end + 300)].lower()
        roughly = _ROUGHLY.search(between[-80:]) is not None or _ROUGHLY.search(trail[:60]) is not None
        for order, piece in enumerate(stretch.pieces):
            last = order == len(stretch.pieces) - 1
            lead = between if order == 0 else piece.link
            letters = any(t.expr is None or free_symbols(t.expr) for t in piece.terms)
            chains.append(
                Chain(
                    step=step,
                    start=piece.start,
                    end=piece.end,
                    terms=piece.terms,
                    relations=piece.relations,
                    mood=chain_mood(
                        sentence=mood,
                        question=asking,
                        lead=lead,
                        trail=rest if last else "",
                        retracted=retracted and last,
                        closed=not letters,
                        first=not chains,
                    ),
                    sentence=index,
                    display=stretch.maths.display,
                    latex=stretch.maths.latex,
                    approximate=roughly or "approx" in piece.relations,
                    ambiguous=piece.ambiguous,
                    lead=lead,
                    trail=trail if last else "",
                )
            )
        position = max(position, stretch.end)
    return chains
