"""SMT-LIB in and out."""

import json
from pathlib import Path
from typing import Any

import pytest

from verifiers.expr import Apply, Sym, num
from verifiers.logic import Problem, Signature, Sort, Statement, Symbol
from verifiers.logic.notation import Fault, read_sentence
from verifiers.logic.show import show
from verifiers.logic.smtlib import Script, read_script, write_script
from verifiers.logic.smtlib.writer import quoted

CASES = json.loads((Path(__file__).parents[3] / "cases" / "smtlib.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_reading(case: dict[str, Any]) -> None:
    read = read_script(case["text"])
    if "fault" in case:
        assert read == Fault(case["fault"], case["at"])
        return
    assert isinstance(read, Script), str(read)
    shown = [show(s.sentence).replace(":Real", "") for s in read.problem.premises]
    assert [s.replace("∀x:thing", "∀x") for s in shown] == case["premises"]
    assert (show(read.conclusion.sentence) if read.conclusion else None) == case.get("conclusion")


def problem() -> Problem:
    seats = Sort("seat", (num(1), num(2), num(3)))
    people = Sort("person", (Sym("Arun"), Sym("Bela Rao")))
    symbols = (
        Symbol("seat_of", ("person",), "seat"),
        Symbol("Tall", ("person",)),
        Symbol("Tall", ("person", "person")),
        Symbol("weight", ("person",), "real"),
    )
    texts = [
        "∀p:person (seat_of(p) > 1 → Tall(p))",
        "∃s:seat (seat_of(Arun) = s + 1)",
        "weight(Arun) > 2 * seat_of(Arun) + 1",
        "Tall(Arun, Arun) ↔ ¬Tall(Arun)",
    ]
    statements = []
    for text in texts:
        read = read_sentence(text)
        assert not isinstance(read, Fault), str(read)
        statements.append(Statement(read, text))
    counted = Apply(
        "cardinality", (Apply("such_that", (Apply("in", (Sym("p"), Sym("person"))), statements[0].sentence)),)
    )
    axiom = Apply("le", (counted, num(2)))
    return Problem(Signature((seats, people), symbols), tuple(statements), (axiom,))


def test_what_is_written_reads_back() -> None:
    given = problem()
    assert given.fault() == ""
    text = write_script(given, ("conclusion", given.premises[0].sentence), expected="sat")
    read = read_script(text)
    assert isinstance(read, Script), f"{read}\n{text}"
    assert read.conclusion is not None
    once = write_script(read.problem, ("conclusion", read.conclusion.sentence))
    assert "(declare-datatypes ((person 0)) (((Arun) (|Bela Rao|))))" in once
    twice = read_script(once)
    assert isinstance(twice, Script)
    assert twice.conclusion is not None
    assert write_script(twice.problem, ("conclusion", twice.conclusion.sentence)) == once


def test_words_are_comments_and_cannot_break_out() -> None:
    given = Problem(Signature((), (Symbol("p"),)), (Statement(Sym("p"), "it rains\n(exit)"),))
    text = write_script(given)
    assert "; it rains (exit)" in text
    assert isinstance(read_script(text), Script)


@pytest.mark.parametrize(
    ("name", "written"),
    [("Arun", "Arun"), ("Bela Rao", "|Bela Rao|"), ("assert", "|assert|"), ("a|b\\c", "|a_b_c|"), ("ä", "|ä|")],
)
def test_names_are_quoted_where_needed(name: str, written: str) -> None:
    assert quoted(name) == written


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200_000,
        "(assert " * 5_000,
        "(declare-const p Bool)(assert (let ((a0 p)) "
        + "".join(f"(let ((a{k + 1} (and a{k} a{k}))) " for k in range(60))
        + "a60"
        + ")" * 61
        + ")",
        "(declare-const p Bool)" * 3_000,
        "|" * 99,
        '"' * 99,
        "(declare-fun a () Int)(assert (= a " + "9" * 5_000 + "))",
    ],
)
def test_hostile_scripts_are_faults(text: str) -> None:
    assert isinstance(read_script(text), Fault)
