"""Claims of a word problem that its own question can contradict: stated relations, impossible counts, mixed units.

Claims that fit the question come out of the same rules and are supported; nothing here says which it is.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal

from verifiers.claims import Claim, Span, WordProblem
from verifiers.expr import Const, Expr, Num, Sym, app, num
from verifiers.extraction.document import Document, Part
from verifiers.extraction.words.asking import asked
from verifiers.extraction.words.assignments import Assignment, counted, owned
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.flow import Flow, unmarked
from verifiers.extraction.words.nouns import DIVISIBLE, SCALE, SIGNED, UNITS, WHOLE, singular
from verifiers.extraction.words.quantities import quantities
from verifiers.extraction.words.relations import Entity, Relation, relations

Rule = Literal["relation", "contradiction", "unit", "count"]

_CHANGES: Final = re.compile(
    r"\b(?:now|lost|loses?|gave|gives?|after|before|originally|initially|left|remaining|until|then|later|returns?|already)\b",
    re.IGNORECASE,
)
_SHARED: Final = re.compile(
    r"\b(?:averages?|mean|per|each|every|rate|ratio|probability|expect\w*|equivalent|worth)\b|/ ?[a-z]", re.IGNORECASE
)
_ROUNDED: Final = re.compile(
    r"round|whole|fraction|can(?:'t|’t|not)|could(?:n't|n’t| not)|only|at least|nearest|half a|enough|≈|approximately"
    r"|about",
    re.IGNORECASE,
)
_DIFFERENCE: Final = re.compile(
    r"\b(?:more|fewer|less|profit|loss|lose|lost|change|differ\w*|temperatures?|degrees?|points?|scores?|below|debt|owes?|balance"
    r"|altitude|elevation|net|gain|above|average)\b",
    re.IGNORECASE,
)
_MEASURE_ASKED: Final = re.compile(r"\bhow (?:many|long|old|far|tall|heavy|big|wide|deep)\b", re.IGNORECASE)
_WINDOW: Final = 160


def claim(
    part: Part, start: int, end: int, rule: Rule, relation: Expr, values: Sequence[tuple[str, Expr]], stated: str
) -> Claim:
    formula = WordProblem(rule=rule, relation=relation, values=tuple(values), stated=stated)
    return Claim(span=Span(part.step, start, end), text=part.text[start:end], formula=formula)


def relation_claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """Each relation of the question at the values the answer gives to both of its sides.

    Values change in the course of a story. The pair that fits is taken where there is one, so that a relation is
    broken only when no two of the values fit; in stories of change both must come from the answer.
    """
    question = document.question
    changing = _CHANGES.search(question.text) is not None
    for relation in relations(question.text):
        left = _assigned(document, flow, relation.subject)
        right = _assigned(document, flow, relation.other)
        if changing:
            left, right = ([a for a in side if a.step >= 0] for side in (left, right))
        pairs = [(a, b) for a in left for b in right if a.step >= 0 or b.step >= 0]
        if not pairs:
            continue
        fitting = [(a, b) for a, b in pairs if any(a.value == k * b.value + relation.offset for k in relation.factors)]
        yield _relation_claim(document, relation, *min(fitting or pairs, key=_settled))


def _assigned(document: Document, flow: Flow, entity: Entity) -> list[Assignment]:
    found: list[Assignment] = []
    for part in (document.question, *document.steps):
        if entity.owner:
            sums = [c for c in flow.computations if c.step == part.step]
            found.extend(owned(part.text, part.step, entity, sums))
        else:
            found.extend(counted(unmarked(part.text), part.step, entity))
    return found


def _settled(pair: tuple[Assignment, Assignment]) -> tuple[int, int]:
    """Where both values of a pair are known."""
    return max((a.step, a.start) for a in pair)


def _relation_claim(document: Document, relation: Relation, subject: Assignment, other: Assignment) -> Claim:
    names = (relation.subject.name, relation.other.name)
    readings = [
        app("eq", Sym(names[0]), _combination(factor, Sym(names[1]), relation.offset)) for factor in relation.factors
    ]
    formula = readings[0] if len(readings) == 1 else app("or", *readings)
    later = max(subject, other, key=lambda a: (a.step, a.start))
    part = document.steps[later.step]
    values = [(names[0], Num(subject.value)), (names[1], Num(other.value))]
    return claim(part, later.start, later.end, "relation", formula, values, relation.text)


def _combination(factor: Fraction, other: Expr, offset: Fraction) -> Expr:
    product = other if factor == 1 else app("mul", Num(factor), other)
    if offset == 0:
        return product
    return app("add", product, Num(offset))


def count_claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """Counts that are negative, or broken where the things counted come whole."""
    question = document.question.text
    wanted = asked(question)
    reported: set[tuple[int, int]] = set()
    for computation in flow.results:
        result = computation.result
        assert result is not None
        part = document.steps[computation.step]
        noun = result.noun
        counts = bool(noun) and not result.money and not result.percent and not result.per
        if not counts or noun in SIGNED:
            continue
        if result.value < 0 and (noun in WHOLE or (wanted is not None and noun in wanted.nouns)):
            reported.add((computation.step, result.start))
            yield _count(part, computation, result.value, result.start, result.until, "ge")
        elif result.value.denominator > 1 and noun in WHOLE and not _soft(document, computation, result.until):
            reported.add((computation.step, result.start))
            yield _count(part, computation, result.value, result.start, result.until, "in")
    final = flow.final
    if final is None or reported:
        return
    part = document.steps[final.step]
    sentence = question[max(question.rfind(mark, 0, len(question.rstrip()) - 1) for mark in ".?!") + 1 :]
    if final.value < 0 and (
        (wanted is not None and not wanted.measured and wanted.head not in SIGNED)
        or (_MEASURE_ASKED.search(sentence) and not _DIFFERENCE.search(sentence))
    ):
        name = wanted.text if wanted else "result"
        values = [(name, Num(final.value))]
        stated = f"{_plain(final.value)} {wanted.text}" if wanted else _plain(final.value)
        yield claim(part, final.start, final.end, "count", app("ge", Sym(name), num(0)), values, stated)
    elif wanted is not None and final.value.denominator > 1 and not wanted.measured:
        if wanted.head in DIVISIBLE or wanted.head in UNITS or _SHARED.search(sentence):
            return
        values = [(wanted.text, Num(final.value))]
        relation = app("in", Sym(wanted.text), Const("integers"))
        stated = f"{_plain(final.value)} {wanted.text}"
        yield claim(part, final.start, final.end, "count", relation, values, stated)


def _plain(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):g}"


def _soft(document: Document, computation: Computation, end: int) -> bool:
    """Whether a broken count is a mean or a rate, or is rounded right afterwards."""
    text = document.steps[computation.step].text
    start = max(text.rfind(". ", 0, computation.start), text.rfind("\n", 0, computation.start)) + 1
    after = text[end : end + _WINDOW]
    if len(after) < _WINDOW and computation.step + 1 < len(document.steps):
        after += " " + document.steps[computation.step + 1].text[:_WINDOW]
    sentence = unmarked(text)[start : end + 24]
    return bool(_SHARED.search(sentence) or _ROUNDED.search(after) or _ROUNDED.search(sentence))


def _count(
    part: Part, computation: Computation, value: Fraction, start: int, end: int, head: Literal["ge", "in"]
) -> Claim:
    assert computation.result is not None
    name = " ".join(computation.result.words)
    relation = app("ge", Sym(name), num(0)) if head == "ge" else app("in", Sym(name), Const("integers"))
    return claim(part, start, end, "count", relation, [(name, Num(value))], part.text[start:end])


def unit_claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """Sums that take cents for dollars, or add minutes to hours as if they were the same."""
    cents = {q.value for q in quantities(document.question.text, -1, numerals=True) if q.noun == "cent" and q.value > 1}
    others = {q.value for q in quantities(document.question.text, -1, numerals=True) if q.noun != "cent"}
    for computation in flow.results:
        yield from _mixed_units(document, computation)
        yield from _cents(document, computation, cents - others)


def _mixed_units(document: Document, computation: Computation) -> Iterator[Claim]:
    result = computation.result
    if result is None or computation.value != result.value or not set(computation.ops) <= {"+", "-"}:
        return
    units = [singular(o.words[0]) if o.words else "" for o in computation.operands]
    scales = [SCALE.get(unit) for unit in units]
    if any(s is None for s in scales) or len({s[0] for s in scales if s}) != 1 or len({s[1] for s in scales if s}) < 2:
        return
    known = [s for s in scales if s is not None]
    target = SCALE.get(result.noun)
    if target is None or target[0] != known[0][0]:
        return
    part = document.steps[computation.step]
    signs = [1, *(1 if op == "+" else -1 for op in computation.ops)]
    terms = [
        Num(sign * operand.value * scale[1])
        for sign, operand, scale in zip(signs, computation.operands, known, strict=True)
    ]
    stated = _written(part, computation)
    relation = app("eq", app("mul", Sym(result.noun), num(target[1])), app("add", *terms))
    values = [(result.noun, Num(result.value))]
    yield claim(part, computation.start, result.end, "unit", relation, values, stated)


def _written(part: Part, computation: Computation) -> str:
    """The words of a sum without calculator marks."""
    return " ".join(unmarked(part.text[computation.start : computation.end]).split())


def _cents(document: Document, computation: Computation, cents: set[Fraction]) -> Iterator[Claim]:
    result = computation.result
    if result is None or computation.value != result.value or set(computation.ops) != {"*"}:
        return
    part = document.steps[computation.step]
    values = [operand.value for operand in computation.operands]
    product = Fraction(1)
    for value in values:
        product *= value
    given = [value for value in values if value in cents]
    hundredths = [value for value in values if value * 100 in cents and value.denominator > 1]
    stated = _written(part, computation)
    if len(given) == 1 and result.money and not any(operand.money for operand in computation.operands):
        if document.question.text.lower().count("cent") == 0 or any(v.denominator > 1 for v in values):
            return
        relation = app("eq", Sym("dollars"), app("div", Num(product), num(100)))
        yield claim(part, computation.start, result.end, "unit", relation, [("dollars", Num(result.value))], stated)
    elif len(hundredths) == 1 and not given and result.noun == "cent":
        relation = app("eq", Sym("cents"), app("mul", Num(product), num(100)))
        yield claim(part, computation.start, result.end, "unit", relation, [("cents", Num(result.value))], stated)
