"""The same problem gives the same verdict, witness and core, whatever was asked before and in whichever process."""

import random
from collections.abc import Iterator

import pytest

from verifiers.checker import Checker, CheckerConfig
from verifiers.claims import Claim, Deduction, Span
from verifiers.logic import LogicError, Statement, untyped
from verifiers.logic.notation import Fault, read_sentence
from verifiers.sandbox import PoolConfig
from verifiers.verdicts import encode

PREDICATES = ["Poet", "Banker", "Dreamer", "Rich", "Tall"]
NAMES = ["arun", "bela", "chitra", "dev"]


def sentence(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.3:
        kind = rng.random()
        if kind < 0.5:
            return f"{rng.choice(PREDICATES)}({rng.choice(NAMES)})"
        if kind < 0.7:
            return f"Knows({rng.choice(NAMES)}, {rng.choice(NAMES)})"
        a, b = rng.sample(PREDICATES, 2)
        return rng.choice([f"∀x ({a}(x) → {b}(x))", f"∃x ({a}(x) ∧ ¬{b}(x))", f"∀x ∃y (Knows(x, y) ∧ {a}(y))"])
    a, b = sentence(rng, depth - 1), sentence(rng, depth - 1)
    return rng.choice([f"({a} ∧ {b})", f"({a} ∨ {b})", f"({a} → {b})", f"¬({a})", f"(({a}) ⊕ ({b}))"])


def claims() -> list[Claim]:
    rng = random.Random(20)
    made: list[Claim] = []
    while len(made) < 200:
        read = [read_sentence(sentence(rng, 2)) for _ in range(rng.randint(2, 6))]
        statements = [Statement(s, f"sentence {k}") for k, s in enumerate(read) if not isinstance(s, Fault)]
        assert len(statements) == len(read)
        try:
            problem, (conclusion,) = untyped(statements[:-1], statements[-1])
        except LogicError:
            continue
        formula = Deduction(problem=problem, conclusion=conclusion, modality=rng.choice(["is", "must", "can"]))  # type: ignore[arg-type]
        made.append(Claim(span=Span(0, len(made), len(made)), text="", formula=formula))
    return made


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(CheckerConfig(pool=PoolConfig(processes=2))) as made:
        yield made


def test_order_and_process_change_nothing(checker: Checker) -> None:
    asked = claims()
    first = {c.claim.span: encode(c) for c in checker.check_claims(asked)}
    shuffled = asked[:]
    random.Random(3).shuffle(shuffled)
    with Checker(CheckerConfig(pool=PoolConfig(processes=1))) as another:
        second = {c.claim.span: encode(c) for c in another.check_claims(shuffled)}
    different = [span for span in first if first[span] != second[span]]
    assert not different, [(first[s], second[s]) for s in different[:2]]
