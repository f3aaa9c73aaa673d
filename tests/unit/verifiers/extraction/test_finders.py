"""One door: claims in order, one for each span, whatever a finder does."""

from verifiers.claims import Arithmetic, Claim, Span
from verifiers.expr import app, num
from verifiers.extraction import finders
from verifiers.extraction.finders import extract
from verifiers.verdicts import Remark


def test_claims_come_in_the_order_of_their_spans():
    found = extract("", ["2 + 2 = 4 and 3 + 3 = 6", "1 + 1 = 2"]).claims
    assert [c.span for c in found] == sorted(c.span for c in found)
    assert len(found) >= 3


def test_of_two_claims_about_one_span_the_first_with_a_formula_is_kept(monkeypatch):
    span = Span(0, 0, 1)
    fact = Arithmetic(relation=app("eq", num(1), num(1)))
    monkeypatch.setattr(
        finders,
        "FINDERS",
        (
            lambda d: iter([Claim(span=span, text="1", problem="unread")]),
            lambda d: iter([Claim(span=span, text="1", formula=fact)]),
        ),
    )
    assert [c.formula for c in extract("", ["1"]).claims] == [fact]


def test_a_finder_that_breaks_loses_no_other(monkeypatch):
    def broken(document):
        yield Remark(rule="r", span=Span(0, 0, 1), text="t")
        raise RuntimeError("boom")

    monkeypatch.setattr(finders, "FINDERS", (broken, *finders.FINDERS))
    found = extract("", ["2 + 2 = 4"])
    assert [r.text for r in found.remarks] == ["t"]
    assert any(c.problem.startswith("crashed") for c in found.claims)
    assert any(c.formula is not None for c in found.claims)
