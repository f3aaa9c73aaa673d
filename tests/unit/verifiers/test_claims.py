"""A formula is closed, tagged with its kind, and the same after JSON."""

import msgspec
import pytest

from verifiers.claims import FORMULAS, Arithmetic, Claim, Context, Formula, Solution, Span, kind_of
from verifiers.expr import Sym, app, decode_hook, num
from verifiers.verdicts import encode

X = Sym("x")
CONTEXT = Context(
    definitions=(("n", num(12)),),
    functions=(("f", ("x",), app("pow", X, num(2))),),
    givens=(app("gt", X, num("1/2")),),
    domains=(("x", "integer"),),
    conventions=(("log", "10"),),
)


def test_no_two_kinds_share_a_tag() -> None:
    assert len({str(formula.__struct_config__.tag) for formula in FORMULAS}) == len(FORMULAS)


def test_the_tag_is_the_kind() -> None:
    relation = app("eq", X, num(3))
    assert kind_of(Arithmetic(relation=relation)) == "arithmetic"
    assert Claim(span=Span(0, 0, 5), text="x = 3", formula=Arithmetic(relation=relation)).kind == "arithmetic"
    assert Claim(span=Span(0, 0, 5), text="x = 3", problem="unreadable").kind == "unformalized"


def test_json_brings_the_same_claim_back_with_all_it_was_read_under() -> None:
    formula: Formula = Solution(
        problem=(app("eq", X, num(3)),), unknowns=("x",), claimed=app("set", num(3)), complete=True, context=CONTEXT
    )
    claim = Claim(span=Span(2, 4, 9), text="x = 3", formula=formula)
    assert msgspec.json.decode(encode(claim), type=Claim, dec_hook=decode_hook) == claim


def test_a_formula_of_no_known_kind_is_refused() -> None:
    data = encode(Arithmetic(relation=app("eq", X, num(3)))).replace(b"arithmetic", b"astrology")
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(data, type=Formula, dec_hook=decode_hook)


def test_spans_are_in_reading_order() -> None:
    assert sorted([Span(1, 0, 3), Span(0, 5, 6), Span(0, 2, 9)]) == [Span(0, 2, 9), Span(0, 5, 6), Span(1, 0, 3)]
