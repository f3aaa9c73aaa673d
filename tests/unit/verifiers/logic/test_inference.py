"""What each name is follows from its use."""

import pytest

from verifiers.logic import LogicError, Signature, Statement, Symbol, untyped
from verifiers.logic.notation import Fault, read_sentence
from verifiers.logic.signature import Sort
from verifiers.logic.typing import fault


def signature_of(*texts: str) -> Signature:
    statements = []
    for text in texts:
        read = read_sentence(text)
        assert not isinstance(read, Fault)
        statements.append(Statement(read, text))
    problem, _ = untyped(statements)
    assert problem.fault() == ""
    return problem.signature


def test_predicates_propositions_functions_and_individuals() -> None:
    signature = signature_of("∀x (Poet(x) → Rich(father(x)))", "Poet(arun) ∧ Raining")
    assert set(signature.symbols) == {
        Symbol("Poet", ("thing",), "bool"),
        Symbol("Rich", ("thing",), "bool"),
        Symbol("father", ("thing",), "thing"),
        Symbol("arun", (), "thing"),
        Symbol("Raining", (), "bool"),
    }


def test_what_is_compared_in_size_is_a_number_and_so_is_all_that_equals_it() -> None:
    signature = signature_of("∀p ∀s (Score(p, s) → s > 95)", "Score(arun, best)", "age(bela) = 12")
    symbols = {symbol.name: symbol for symbol in signature.symbols}
    assert symbols["Score"].arguments == ("thing", "int")
    assert symbols["best"].result == "int"
    assert symbols["age"].result == "int"


def test_one_name_may_have_symbols_of_several_arities() -> None:
    signature = signature_of("Drinks(arun) ∧ Drinks(arun, tea)")
    assert {len(s.arguments) for s in signature.symbols if s.name == "Drinks"} == {1, 2}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Poet ∧ Knows(arun, Poet)", "Poet is used as a"),
        ("Likes(Poet(arun), bela) ∧ Poet(arun)", "a sentence stands in the brackets of Likes"),
        ("∀x (x ∧ Poet(x))", "the variable x stands where a sentence is needed"),
        ("(Poet(arun) ∧ Poet(bela)) + 1 > 2", ""),
    ],
)
def test_what_has_no_meaning_is_refused_with_the_name(text: str, words: str) -> None:
    read = read_sentence(text)
    if isinstance(read, Fault):
        assert words == ""
        return
    with pytest.raises(LogicError, match=words):
        untyped([Statement(read, text)])


def test_declared_problems_are_checked_against_their_declarations() -> None:
    signature = Signature((Sort("person"),), (Symbol("Poet", ("person",)), Symbol("age", ("person",), "int")))
    for text, wrong in [
        ("Poet(arun)", "arun is not declared"),
        ("∀p:person (Poet(age(p)))", "Poet takes a person where a int stands"),
        ("∀p:planet (Poet(p))", "unknown sort planet"),
        ("∀p:person age(p)", "a term stands where a sentence is needed"),
    ]:
        read = read_sentence(text)
        assert not isinstance(read, Fault)
        assert fault(read, signature) == wrong


@pytest.mark.parametrize(
    ("signature", "wrong"),
    [
        (Signature((), (Symbol("P", ("planet",)),)), "P uses the unknown sort planet"),
        (Signature((), (Symbol("P"), Symbol("P"))), "a symbol is declared twice"),
        (Signature((Sort("int"),)), "a sort is declared twice"),
    ],
)
def test_faulty_declarations(signature: Signature, wrong: str) -> None:
    assert signature.fault() == wrong
