"""Study plans: what is said of given ones, minimal conflicts, budgets."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tutor.cli.plan_file import read_plan
from verifiers.check import decide, replays
from verifiers.checker import Checker, CheckerConfig
from verifiers.claims import Claim, Span, StudyPlan
from verifiers.protocol import QUICK, Budget
from verifiers.study_plan import Deadline, Limit, Reviews, Session, Spacing, Topic
from verifiers.verdicts import Label, Reason, encode

CASES = json.loads((Path(__file__).parents[3] / "cases" / "study_plans.json").read_text(encoding="utf-8"))
MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(number - 1)


def pigeons(count: int, days: int) -> StudyPlan:
    """Reviews of 34 minutes, two of which fit into a day of 100: one more than there is room for is hard to see."""
    names = tuple(f"skill {number}" for number in range(count))
    return StudyPlan(
        start=MONDAY,
        end=day(days),
        topics=(),
        mastered=names,
        limits=(Limit(minutes=100),),
        reviews=tuple(Reviews(topic=name, count=1, minutes=34) for name in names),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, object]) -> None:
    plan = read_plan("\n".join(case["plan"]))  # type: ignore[arg-type]
    assert isinstance(plan, StudyPlan), plan
    verdict = decide(plan, QUICK)
    assert verdict.label.value == case["label"], verdict
    assert verdict.evidence is not None
    for words in case.get("says", ()):  # type: ignore[attr-defined]
        assert words in verdict.evidence.text
    if "core" in case:
        assert list(verdict.evidence.core) == case["core"]
    if verdict.label is Label.REFUTED:
        assert verdict.evidence.witness is not None
        assert replays(verdict.evidence.witness) is not False


def test_the_same_plan_has_the_same_verdict_to_the_byte() -> None:
    plan = pigeons(5, 2)
    assert len({encode(decide(plan, QUICK)) for _ in range(5)}) == 1


def test_a_conflict_of_sizes_that_no_sum_shows_is_named_too() -> None:
    verdict = decide(pigeons(5, 2), QUICK)
    assert verdict.label is Label.REFUTED
    assert verdict.evidence is not None
    assert len(verdict.evidence.core) == 6
    assert "at most 100 minutes a day" in verdict.evidence.core


def test_constraints_built_to_explode_end_with_the_budget() -> None:
    verdict = decide(pigeons(25, 12), QUICK)
    assert (verdict.label, verdict.reason) == (Label.UNDECIDED, Reason.TIMEOUT)


def test_the_clock_stands_behind_the_budget_and_costs_no_other_verdict() -> None:
    config = CheckerConfig(budget=Budget(rlimit=2_000_000_000, seconds=1.0))
    easy = StudyPlan(start=MONDAY, end=MONDAY, topics=(Topic(name="Algebra", minutes=30),))
    claims = [Claim(span=Span(0, 0, 0), text="", formula=formula) for formula in (pigeons(25, 12), easy)]
    with Checker(config) as checker:
        hard, simple = checker.check_claims(claims)
    assert (hard.verdict.label, hard.verdict.reason) == (Label.UNDECIDED, Reason.TIMEOUT)
    assert simple.verdict.label is Label.SUPPORTED


def test_a_plan_too_large_for_the_solver_says_so() -> None:
    topics = tuple(Topic(name=f"topic {number}", minutes=30) for number in range(400))
    reviews = tuple(Reviews(topic=topic.name, count=1, minutes=5) for topic in topics)
    verdict = decide(StudyPlan(start=MONDAY, end=day(3_000), topics=topics, reviews=reviews), QUICK)
    assert (verdict.label, verdict.reason) == (Label.UNDECIDED, Reason.TOO_LARGE)


def test_a_conflict_too_large_to_be_made_minimal_is_a_sum_without_members() -> None:
    topics = tuple(Topic(name=f"topic {number}", minutes=30) for number in range(700))
    verdict = decide(StudyPlan(start=MONDAY, end=day(20), topics=topics, limits=(Limit(minutes=1_049),)), QUICK)
    assert verdict.label is Label.REFUTED
    assert verdict.evidence is not None
    assert verdict.evidence.core == ()
    assert "21,000 minutes" in verdict.evidence.text
    assert verdict.evidence.witness is not None
    assert replays(verdict.evidence.witness) is True


@pytest.mark.parametrize(("minutes", "label"), [(90, "supported"), (59, "refuted")])
def test_without_reviews_any_size_is_decided(minutes: int, label: str) -> None:
    topics = tuple(
        Topic(name=f"topic {n}", minutes=30, prerequisites=tuple(f"topic {m}" for m in range(max(0, n - 5), n)))
        for n in range(1_000)
    )
    deadlines = tuple(Deadline(topic=f"topic {n}", day=day(n // 2 + 1)) for n in range(1, 1_000, 2))
    plan = StudyPlan(start=MONDAY, end=day(600), topics=topics, limits=(Limit(minutes=minutes),), deadlines=deadlines)
    assert decide(plan, QUICK).label.value == label


@pytest.mark.parametrize(("length", "label"), [(7, "refuted"), (8, "supported"), (9, "refuted")])
def test_how_long_it_takes(length: int, label: str) -> None:
    plan = StudyPlan(
        start=MONDAY,
        end=day(length),
        topics=(Topic(name="Algebra", minutes=300),),
        limits=(Limit(minutes=40),),
        shortest=True,
        days="numbered",
    )
    assert decide(plan, QUICK).label.value == label


@pytest.mark.parametrize(
    ("minutes", "label"), [(120, "supported"), (121, "undecided"), (200, "undecided"), (201, "refuted")]
)
def test_where_the_ends_may_count_or_not_only_what_holds_both_ways_is_decided(minutes: int, label: str) -> None:
    plan = StudyPlan(
        start=MONDAY,
        end=day(5),
        topics=(Topic(name="Algebra", minutes=minutes),),
        limits=(Limit(minutes=40),),
        unsaid_ends=True,
        days="weekdays",
    )
    assert decide(plan, QUICK).label.value == label


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"end": day(0)}, "ends before it starts"),
        ({"end": date(2046, 1, 1)}, "more than 3,660 days"),
        ({"topics": (Topic(name="A", minutes=1),) * 2}, "two topics named A"),
        ({"topics": (Topic(name="A", minutes=1, prerequisites=("B",)),)}, "B is neither a topic nor mastered"),
        ({"reviews": (Reviews(topic="B", count=1, minutes=1),)}, "no topic is named B"),
        ({"spacings": (Spacing(topic="A", least=3, most=2),)}, "cannot be less"),
        ({"limits": (Limit(minutes=1), Limit(minutes=2))}, "two limits for the same day"),
        ({"sessions": (Session(day=MONDAY, topic="A", minutes=0),)}, "0 is not from 1 to 1,440"),
    ],
)
def test_what_means_nothing_is_not_judged(change: dict[str, object], words: str) -> None:
    fields: dict[str, object] = {"start": MONDAY, "end": day(3), "topics": (Topic(name="A", minutes=1),)}
    verdict = decide(StudyPlan(**fields | change), QUICK)  # type: ignore[arg-type]
    assert verdict.label is Label.UNDECIDED
    assert words in verdict.detail
