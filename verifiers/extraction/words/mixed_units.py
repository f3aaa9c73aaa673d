"""Units that do not fit: cents taken for dollars, minutes added to hours as if they were the same."""

from collections.abc import Iterator
from fractions import Fraction

from verifiers.claims import Claim
from verifiers.expr import Num, Sym, app, num
from verifiers.extraction.document import Document
from verifiers.extraction.words.computations import Computation
from verifiers.extraction.words.flow import Flow
from verifiers.extraction.words.nouns import SCALE, singular
from verifiers.extraction.words.quantities import quantities
from verifiers.extraction.words.statements import claim, written


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
    stated = written(part, computation)
    relation = app("eq", app("mul", Sym(result.noun), num(target[1])), app("add", *terms))
    values = [(result.noun, Num(result.value))]
    yield claim(part, computation.start, result.end, "unit", relation, values, stated)


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
    stated = written(part, computation)
    if len(given) == 1 and result.money and not any(operand.money for operand in computation.operands):
        if document.question.text.lower().count("cent") == 0 or any(v.denominator > 1 for v in values):
            return
        relation = app("eq", Sym("dollars"), app("div", Num(product), num(100)))
        yield claim(part, computation.start, result.end, "unit", relation, [("dollars", Num(result.value))], stated)
    elif len(hundredths) == 1 and not given and result.noun == "cent":
        relation = app("eq", Sym("cents"), app("mul", Num(product), num(100)))
        yield claim(part, computation.start, result.end, "unit", relation, [("cents", Num(result.value))], stated)
