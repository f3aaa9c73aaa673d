"""The closing line against what was computed: a result copied wrongly."""

from collections.abc import Iterator

from verifiers.claims import Claim
from verifiers.expr import Num, Sym, app
from verifiers.extraction.document import Document
from verifiers.extraction.words.flow import Flow, unmarked
from verifiers.extraction.words.quantities import quantities
from verifiers.extraction.words.statements import claim, written

_TAIL = 48


def outcome_claims(document: Document, flow: Flow) -> Iterator[Claim]:
    """The bare result of the last line, where the step before it ends in a computed value.

    Only where the result stands nowhere else in the answer, not even rounded, in percent or in words, so that it can
    be nothing but that value copied.
    """
    final, results = flow.final, flow.results
    if final is None or not results:
        return
    last = results[-1]
    result = last.result
    assert result is not None
    text = document.steps[last.step].text
    if last.step != final.step - 1 or len(unmarked(text)[result.end :].strip()) > _TAIL or last.value != result.value:
        return
    known = [m.value for m in flow.mentions if m.step < final.step]
    known += [q.value for part in document.steps[: final.step] for q in quantities(part.text, part.step, numerals=True)]
    scales = (1, 100, 1000, 10**6)
    copied = any(abs(x) == abs(final.value) * k or abs(x) == abs(final.value) / k for x in known for k in scales)
    if copied or any(abs(abs(x) - abs(final.value)) < 1 for x in known) or final.value in flow.given:
        return
    part = document.steps[final.step]
    relation = app("eq", Sym("final result"), Num(result.value))
    stated = written(document.steps[last.step], last)
    yield claim(part, final.start, final.end, "contradiction", relation, [("final result", Num(final.value))], stated)
