"""Study plans against a second opinion that shares no code: verdicts, named violations, and conflicts that are minimal.

`python -m tests.properties.test_study_plans` prints the table.
"""

from collections import Counter
from random import Random

import pytest

from tests.unit.verifiers.study_plan.random_plans import replace, small, sound, spoilt
from tests.unit.verifiers.study_plan.reference import Named, broken, possible
from verifiers.check import decide, replays
from verifiers.claims import StudyPlan
from verifiers.protocol import QUICK
from verifiers.study_plan.constraints import constraints
from verifiers.study_plan.findings import findings
from verifiers.verdicts import Label, Reason

PLANS = 1_000
QUESTIONS = 400
SEED = 20260302


def named(plan: StudyPlan) -> set[Named]:
    """What the checker finds broken, by rule and subject."""
    found: set[Named] = set()
    members = list(constraints(plan))
    every = findings(plan)
    for finding in every[: len(every) - len(members)]:
        if not finding.kept:
            found.add((finding.rule, ""))
    for finding, member in zip(every[len(every) - len(members) :], members, strict=True):
        about = {
            "order": f"{member.subject}>{member.before}",
            "limit": str(member.index),
            "deadline": str(member.index),
        }
        if not finding.kept:
            found.add((finding.rule, about.get(member.rule, member.subject)))
    return found


def given_plans() -> Counter[str]:
    """Every verdict on `PLANS` plans, half of them spoilt, compared; counts by outcome."""
    counts: Counter[str] = Counter()
    random = Random(SEED)
    while counts["plans"] < PLANS:
        plan = sound(random)
        assert broken(plan) == set(), plan
        if counts["plans"] % 2:
            changed = spoilt(random, plan)
            if changed is None:
                continue
            plan = changed
        wrong = broken(plan)
        verdict = decide(plan, QUICK)
        assert verdict.label.value == ("refuted" if wrong else "supported"), (plan, wrong, verdict)
        assert named(plan) == wrong, plan
        if verdict.evidence and verdict.evidence.witness:
            assert replays(verdict.evidence.witness) is True
        counts["plans"] += 1
        counts["violated" if wrong else "kept"] += 1
        counts.update({f"rule {rule}": 1 for rule, _ in wrong})
    return counts


def questions() -> Counter[str]:
    """Every answer to `QUESTIONS` questions whether there is a plan, compared; conflicts checked member by member."""
    counts: Counter[str] = Counter()
    random = Random(SEED)
    for _ in range(QUESTIONS):
        plan = small(random)
        members = {m.text: (m.rule, m.subject, m.before, m.index) for m in constraints(plan)}
        there_is = possible(plan, members.values())
        verdict = decide(plan, QUICK)
        assert verdict.label.value == ("supported" if there_is else "refuted"), (plan, verdict)
        assert verdict.evidence is not None
        counts["possible" if there_is else "impossible"] += 1
        if there_is:
            assert broken(replace(plan, sessions=verdict.evidence.sessions)) == set()
            continue
        core = [members[text] for text in verdict.evidence.core]
        assert core
        assert not possible(plan, core), (plan, core)
        for dropped in core:
            assert possible(plan, [member for member in core if member != dropped]), (plan, core, dropped)
        counts["conflicts"] += 1
        counts["members"] += len(core)
        witness = verdict.evidence.witness
        assert witness is not None
        counts["witness replayed"] += replays(witness) is True
    return counts


def test_verdicts_on_given_plans_are_those_of_the_second_opinion() -> None:
    counts = given_plans()
    assert counts["violated"] == counts["kept"] == PLANS // 2
    rules = {rule for rule in counts if rule.startswith("rule ")}
    assert len(rules) >= 9, rules


def test_there_is_a_plan_where_trying_everything_finds_one_and_conflicts_are_minimal() -> None:
    counts = questions()
    assert counts["possible"] > QUESTIONS // 5
    assert counts["conflicts"] > QUESTIONS // 5


@pytest.mark.parametrize("seed", range(20))
def test_the_constraints_of_a_sound_plan_have_a_plan(seed: int) -> None:
    plan = sound(Random(seed))
    verdict = decide(replace(plan, sessions=None), QUICK)
    if verdict.label is Label.UNDECIDED:
        assert verdict.reason in (Reason.TIMEOUT, Reason.TOO_LARGE)
    else:
        assert verdict.label is Label.SUPPORTED, verdict
        assert verdict.evidence is not None
        assert broken(replace(plan, sessions=verdict.evidence.sessions)) == set()


if __name__ == "__main__":
    for title, table in (("given plans", given_plans()), ("is there a plan?", questions())):
        print(title)
        for name, count in sorted(table.items()):
            print(f"  {name:<20}{count:>6}")
