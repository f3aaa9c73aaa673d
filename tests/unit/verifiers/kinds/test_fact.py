"""Statements of fact: the table, what a passage may and may not decide, and what is quoted."""

import json
from pathlib import Path
from typing import Any

import pytest

from verifiers.check import check_claim, decide
from verifiers.claims import Claim, Excerpt, Fact, Span
from verifiers.protocol import QUICK
from verifiers.verdicts import Label, Reason, Verdict

CASES: list[list[Any]] = json.loads((Path(__file__).parents[3] / "cases" / "facts.json").read_text(encoding="utf-8"))


def ask(statement: str, *passages: str | Excerpt) -> Verdict:
    excerpts = [
        one if isinstance(one, Excerpt) else Excerpt(source=f"source {number}", text=one)
        for number, one in enumerate(passages, 1)
    ]
    return decide(Fact(statement=statement, passages=tuple(excerpts)), QUICK)


@pytest.mark.parametrize(("statement", "passages", "label"), CASES, ids=[row[0][:60] for row in CASES])
def test_label(statement: str, passages: list[str | dict[str, str]], label: str) -> None:
    given = [Excerpt(**one) if isinstance(one, dict) else one for one in passages]
    verdict = ask(statement, *given)
    expected, _, reason = label.partition(":")
    assert verdict.label.value == expected, verdict
    assert not reason or verdict.reason.value == reason, verdict


def test_the_table_is_large() -> None:
    assert len(CASES) >= 120


def test_the_words_of_the_source_are_quoted_where_they_stand() -> None:
    text = "It is the head of State. The President holds office for five years. He may resign."
    verdict = ask("The President holds office for six years.", Excerpt(source="A", text=text, start=1_000))
    assert verdict.evidence
    (quote,) = verdict.evidence.quotes
    assert text[quote.start - 1_000 : quote.end - 1_000] == quote.text == "The President holds office for five years."
    assert verdict.evidence.text == "A has “five years”, not “six years”."


def test_an_item_of_a_list_is_quoted_with_its_lead() -> None:
    text = "No person shall be eligible unless he—\n\n(a) is a citizen;\n\n(b) has completed the age of 35 years."
    verdict = ask("No person is eligible unless he has completed the age of 35 years.", text)
    assert verdict.label is Label.SUPPORTED
    assert verdict.evidence
    assert [text[q.start : q.end] for q in verdict.evidence.quotes] == [q.text for q in verdict.evidence.quotes]
    assert len(verdict.evidence.quotes) == 2


def test_scores_decide_nothing() -> None:
    near = Excerpt(source="A", text="The Governor holds office for five years.", relevance=1.0, entailment=1.0)
    assert ask("The President holds office for five years.", near).label is Label.UNDECIDED
    told = Excerpt(source="A", text="The President holds office for five years.", relevance=0.0, entailment=0.0)
    assert ask("The President holds office for five years.", told).label is Label.SUPPORTED


def test_a_conflict_quotes_both() -> None:
    told = "The lake is {} metres deep."
    verdict = ask(told.format(40), told.format(40), told.format(45))
    assert verdict.reason is Reason.CONFLICT
    assert verdict.evidence
    assert {quote.source for quote in verdict.evidence.quotes} == {"source 1", "source 2"}


def test_what_a_passage_says_is_reproduced_and_never_called_replayed() -> None:
    formula = Fact(
        statement="The President holds office for six years.",
        passages=(Excerpt(source="A", text="The President holds office for five years."),),
    )
    checked = check_claim(Claim(span=Span(0, 0, 1), text="", formula=formula), QUICK)
    assert checked.verdict.label is Label.REFUTED
    assert checked.certificate
    assert not checked.certificate.replayable


@pytest.mark.parametrize("text", ["", ".", "(a)", "No.", "x" * 100_000, "the " * 5_000, "((((" * 400, "\x00\ud800"])
def test_any_text_is_read(text: str) -> None:
    assert ask("The President holds office for five years.", text).label is Label.UNDECIDED
    assert ask(text, "The President holds office for five years.").label is Label.UNDECIDED
