"""What was not looked at is said to be so; nothing is dropped in silence."""

from verifiers.checker import Checker
from verifiers.extraction.finders import extract
from verifiers.extraction.reading.allowance import LONGEST_SENTENCE, MOST_FORMULAS
from verifiers.sandbox import InlineSandbox
from verifiers.verdicts import ReportLabel


def test_what_is_beyond_the_most_that_is_read_is_one_claim_that_covers_it():
    text = "1 + 1 = 2. " * (MOST_FORMULAS + 50) + "The end"
    claims = extract("", [text]).claims
    *read, rest = claims
    assert len(read) == MOST_FORMULAS - 1
    assert all(claim.formula is not None for claim in read)
    assert rest.formula is None
    assert rest.problem == "too_large"
    assert (rest.span.start, rest.span.end) == (read[-1].span.end + 2, len(text))


def test_the_most_that_is_read_counts_over_all_steps():
    steps = ["1 + 1 = 2."] * (MOST_FORMULAS + 3)
    unread = [claim for claim in extract("", steps).claims if claim.problem == "too_large"]
    assert [claim.span.step for claim in unread] == [MOST_FORMULAS - 1 + n for n in range(4)]


def test_a_sentence_that_is_too_long_is_left_unread_and_the_next_one_is_read():
    text = "word " * LONGEST_SENTENCE + "1 + 1 = 3. Then 2 + 2 = 5."
    long, short = extract("", [text]).claims
    assert long.problem == "too_large"
    assert long.span.start == 0
    assert short.text == "2 + 2 = 5"


def test_an_answer_with_an_unread_part_is_not_supported():
    with Checker(sandbox=InlineSandbox()) as checker:
        assert checker.check_answer("", ["1 + 1 = 2."]).label is ReportLabel.SUPPORTED
        assert checker.check_answer("", ["1 + 1 = 2. " + "word " * LONGEST_SENTENCE]).label is ReportLabel.UNDECIDED
