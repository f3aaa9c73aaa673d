"""Plan files: what is wrong is told with line and column, and nothing in them can do harm."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.cli.plan_file import read_plan
from verifiers.claims import StudyPlan
from verifiers.study_plan import Limit, Spacing

CASES = json.loads((Path(__file__).parents[3] / "cases" / "plan_files.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_faults_have_places_and_say_what_to_do(case: dict[str, list[str]]) -> None:
    faults = read_plan("\n".join(case["file"]))
    assert isinstance(faults, list)
    told = [f"{fault.place.line}:{fault.place.column}: {fault.message}" for fault in faults]
    assert told == case["faults"]


def test_every_key_is_read() -> None:
    plan = read_plan(
        """
start: 2026-03-02
end: 2026-03-20
minutes_a_day: {every_day: 60, Saturday: 90, 2026-03-10: 30}
days_off: [sundays, 2026-03-11]
mastered: [Arithmetic]
topics:
  - name: "Algebra:  linear"
    minutes: 120
    prerequisites: [Arithmetic]
    deadline: 2026-03-06
    reviews: {count: 2, minutes: 10, min_days: 2, max_days: 7}
sessions:
  - {day: 2026-03-02, topic: "Algebra: linear", minutes: 60}
  - {day: 2026-03-09, topic: "Algebra: linear", minutes: 10, review: yes}
"""
    )
    assert isinstance(plan, StudyPlan)
    assert plan.topics[0].name == "Algebra: linear"
    assert plan.topics[0].prerequisites == ("Arithmetic",)
    assert plan.deadlines[0].day == date(2026, 3, 6)
    assert (plan.reviews[0].count, plan.reviews[0].minutes) == (2, 10)
    assert plan.spacings == (Spacing(topic="Algebra: linear", least=2, most=7),)
    assert plan.sessions is not None
    assert [session.review for session in plan.sessions] == [False, True]
    assert plan.limits == (
        Limit(minutes=60),
        Limit(minutes=90, weekday="saturday"),
        Limit(minutes=30, day=date(2026, 3, 10)),
        Limit(minutes=0, weekday="sunday"),
        Limit(minutes=0, day=date(2026, 3, 11)),
    )


def test_aliases_cannot_blow_a_file_up() -> None:
    bomb = "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(30))
    faults = read_plan(bomb)
    assert isinstance(faults, list)
    assert "aliases" in faults[0].message


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 5_000, "{a: " * 3_000, "a:\n" * 300_000, "x" * 1_000_000])
def test_size_and_depth_are_bounded(text: str) -> None:
    faults = read_plan(text)
    assert isinstance(faults, list)
    assert faults


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=200) | st.text(alphabet="start:end-topicsnm{}[],&*!|>'\"#\n\t 0123456789", max_size=200))
def test_any_text_is_a_plan_or_has_faults(text: str) -> None:
    read = read_plan(text)
    assert isinstance(read, StudyPlan) or read
