"""Solved syllogisms, conditionals and set counts in varied wording: what is right is never called wrong, and a planted
slip is.
"""

import random
from collections.abc import Iterator, Sequence

import msgspec
import pytest

from verifiers.checker import Checker
from verifiers.sandbox import InlineSandbox
from verifiers.verdicts import Label, ReportLabel

TRACES = 60
"""Of each sort."""


class Trace(msgspec.Struct, frozen=True):
    question: str
    right: str
    wrong: str
    """The same answer with one conclusion turned into what the question excludes."""


NOUNS = (
    "poet",
    "dreamer",
    "banker",
    "singer",
    "doctor",
    "lawyer",
    "painter",
    "farmer",
    "pilot",
    "student",
    "chess player",
)
NAMES = ("Arun", "Bela", "Chitra", "Dev", "Esha", "Farid")
ADJECTIVES = ("tall", "wealthy", "cheerful", "patient", "famous")


def many(noun: str) -> str:
    return noun if noun in ADJECTIVES else noun + "s"


def one(noun: str) -> str:
    return noun if noun in ADJECTIVES else f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def universal(pick: random.Random, a: str, b: str) -> str:
    return pick.choice([f"all {many(a)} are {many(b)}", f"every {a} is {one(b)}", f"each {a} is {one(b)}"])


def negative(pick: random.Random, a: str, b: str) -> str:
    return pick.choice([f"no {a} is {one(b)}", f"no {many(a)} are {many(b)}"])


def syllogisms(pick: random.Random) -> Iterator[Trace]:
    while True:
        a, b = pick.sample(NOUNS, 2)
        c = pick.choice([n for n in (*NOUNS, *ADJECTIVES) if n not in (a, b)])
        name = pick.choice(NAMES)
        ab, bc = universal(pick, a, b), universal(pick, b, c)
        not_bc = negative(pick, b, c)
        some = f"some {many(a)} are {many(b)}"
        member = f"{name} is {one(a)}"
        premises, conclusion, opposite, middle = pick.choice(
            [
                ((ab, bc), universal(pick, a, c), f"no {a} is {one(c)}", f"{many(a)} are {many(b)}"),
                ((ab, not_bc), negative(pick, a, c), f"some {many(a)} are {many(c)}", f"{many(b)} are not {many(c)}"),
                (
                    (some, bc),
                    f"some {many(a)} are {many(c)}",
                    f"no {many(a)} are {many(c)}",
                    f"some {many(b)} are {many(a)}",
                ),
                (
                    (some, not_bc),
                    f"some {many(a)} are not {many(c)}",
                    universal(pick, a, c),
                    f"some {many(b)} are {many(a)}",
                ),
                ((ab, bc, member), f"{name} is {one(c)}", f"{name} is not {one(c)}", f"{name} is {one(b)}"),
                ((ab, not_bc, member), f"{name} is not {one(c)}", f"{name} is {one(c)}", f"{name} is {one(b)}"),
            ]
        )
        question = told(pick, premises) + pick.choice(SYLLOGISM_ENDS)
        wording = pick.choice(SYLLOGISM_WORDINGS)
        said = {"first": premises[0], "last": premises[-1], "middle": middle}
        right, wrong = (capitals(wording.format(conclusion=text, **said)) for text in (conclusion, opposite))
        yield Trace(question, right, wrong)


SYLLOGISM_ENDS = (
    " What can be concluded?",
    " Which conclusion follows from the statements?",
    " What logically follows?",
)
SYLLOGISM_WORDINGS = (
    "Since {first} and {last}, {conclusion}.",
    "We are given two facts. Therefore, {conclusion}.",
    "Step 1: {middle}. Step 2: so {conclusion}.",
    "{first}. {last}. Hence {conclusion}.",
    "From the statements we know that {middle}. It follows that {conclusion}.",
    "The answer is that {conclusion}.",
    "{middle}. Consequently, {conclusion}.",
    "Because {last}, we can conclude that {conclusion}.",
    "If {first}, this matters. In conclusion, {conclusion}.",
    "It does not follow that everyone is the same. But {conclusion}.",
    "Let us combine the statements. Thus {conclusion}. That settles it.",
    "So {middle}, and therefore {conclusion}.",
)


def told(pick: random.Random, premises: Sequence[str]) -> str:
    order = list(premises)
    pick.shuffle(order)
    style = pick.randrange(4)
    if style == 0:
        return " ".join(sentence(p) for p in order)
    if style == 1:
        return "Statements: " + " ".join(f"{i}. {sentence(p)}" for i, p in enumerate(order, 1))
    if style == 2:
        return (
            "Consider the following statements:\n"
            + "\n".join(f"{i}. {sentence(p)}" for i, p in enumerate(order, 1))
            + "\n"
        )
    return " ".join(f"Statement-{i}: {sentence(p)}" for i, p in enumerate(order, 1))


def sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def capitals(text: str) -> str:
    pieces = text.split(". ")
    return ". ".join(p[:1].upper() + p[1:] for p in pieces)


CLAUSES = (
    ("it rains", "it rained", "it did not rain"),
    ("the match is cancelled", "the match was cancelled", "the match was not cancelled"),
    ("Meena wins", "Meena won", "Meena did not win"),
    ("the bell rings", "the bell rang", "the bell did not ring"),
    ("the road is wet", "the road was wet", "the road was not wet"),
    ("the shop opens late", "the shop opened late", "the shop did not open late"),
    ("the lamp is on", "the lamp was on", "the lamp was not on"),
    ("the team travels by bus", "the team travelled by bus", "the team did not travel by bus"),
)
RULES = (
    "If {p}, {q}.",
    "If {p}, then {q}.",
    "Whenever {p}, {q}.",
    "{P} only if {q}.",
    "{Q} if {p}.",
)
CONDITIONAL_WORDINGS = (
    "Since {fact}, {conclusion}.",
    "Therefore, {conclusion}.",
    "So {conclusion}.",
    "{Fact}. Hence {conclusion}.",
    "By modus ponens or its mirror image we get a result. Thus {conclusion}.",
    "It follows that {conclusion}.",
    "We can conclude that {conclusion}.",
    "In conclusion, {conclusion}.",
    "Because {fact}, {conclusion}.",
    "Consequently, {conclusion}. Nothing more can be said.",
    "We know what happened. As a result, {conclusion}.",
)


def conditionals(pick: random.Random) -> Iterator[Trace]:
    while True:
        p, q, r = pick.sample(CLAUSES, 3)
        rules = [rule(pick, p, q)]
        last = q
        if pick.random() < 0.5:
            rules.append(rule(pick, q, r))
            last = r
        if pick.random() < 0.5:
            fact, conclusion, opposite = p[1], last[1], last[2]
        else:
            fact, conclusion, opposite = last[2], p[2], p[1]
        question = " ".join([*rules, sentence(fact)]) + pick.choice(SYLLOGISM_ENDS)
        wording = pick.choice(CONDITIONAL_WORDINGS)
        right, wrong = (
            capitals(wording.format(fact=fact, Fact=fact[0].upper() + fact[1:], conclusion=text))
            for text in (conclusion, opposite)
        )
        yield Trace(question, right, wrong)


def rule(pick: random.Random, p: Sequence[str], q: Sequence[str]) -> str:
    return capitals(pick.choice(RULES).format(p=p[0], q=q[0], P=p[0], Q=q[0]))


PAIRS = (("tea", "coffee", "like"), ("cricket", "football", "play"), ("French", "English", "can speak"))
COUNT_QUESTIONS = (
    "Of {n} students {a} {verb} {x}, {b} {y}, {both} both; how many {verb} neither?",
    "In a class of {n} students, {a} {verb} {x}, {b} {verb} {y} and {both} {verb} both. How many {verb} neither?",
    "A survey of {n} people found that {a} {verb} {x}, {b} {verb} {y} and {both} {verb} both {x} and {y}. How many"
    " people {verb} neither {x} nor {y}?",
    "There are {n} students in a school. {a} of them {verb} {x}, {b} of them {verb} {y}, and {both} {verb} both. What"
    " is the number of students who {verb} neither {x} nor {y}?",
)
COUNT_WORDINGS = (
    "{a} + {b} - {both} = {union}, and {n} - {union} = {neither}. The answer is {neither}.",
    "{only} students {verb} only {x}. The answer is {neither}.",
    "At least one: {union}. So {neither} {verb} neither. Answer: {neither}",
    "Counting both twice gives {sum}. Subtracting {both} leaves {union}. #### {neither}",
    "Therefore, {neither} people {verb} neither. The answer is {neither}.",
    "So {union} {verb} at least one of the two. The answer is **{neither}**.",
    "{one} people {verb} exactly one. With {both} who {verb} both, {union} are counted. The answer is {neither}.",
    "\\boxed{{{neither}}}",
    "Hence {only} {verb} {x} but not {y}. Final answer: {neither}",
    "If all were different, {sum} people would be counted. The answer is {neither}.",
    "Thus {both} {verb} both, {only} {verb} only {x} and {neither} remain. The answer is {neither}.",
)


def counts(pick: random.Random) -> Iterator[Trace]:
    while True:
        x, y, verb = pick.choice(PAIRS)
        only, other, both, neither = (pick.randrange(2, 60) for _ in range(4))
        known = {
            "n": only + other + both + neither, "a": only + both, "b": other + both, "both": both, "x": x, "y": y,
            "verb": verb, "only": only, "one": only + other, "union": only + other + both,
            "sum": only + other + 2 * both,
        }  # fmt: skip
        question = pick.choice(COUNT_QUESTIONS).format(**known)
        wording = pick.choice(COUNT_WORDINGS)
        slip = neither + pick.choice([1, 2, 5, both])
        yield Trace(question, wording.format(neither=neither, **known), wording.format(neither=slip, **known))


SORTS = {"syllogisms": syllogisms, "conditionals": conditionals, "counts": counts}


@pytest.mark.parametrize("sort", SORTS)
def test_right_deductions_are_left_in_peace_and_planted_slips_found(sort: str) -> None:
    traces = SORTS[sort](random.Random(20))
    supported = refuted = 0
    with Checker(sandbox=InlineSandbox()) as checker:
        for _ in range(TRACES):
            trace = next(traces)
            report = checker.check_answer(trace.question, [trace.right])
            wrong = [c for c in report.claims if c.verdict.label is Label.REFUTED]
            assert not wrong, (trace, wrong)
            supported += any(c.verdict.label is Label.SUPPORTED for c in report.claims)
            refuted += checker.check_answer(trace.question, [trace.wrong]).label is ReportLabel.REFUTED
    assert supported >= 0.9 * TRACES
    assert refuted >= 0.9 * TRACES
