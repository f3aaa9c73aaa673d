"""What an entailment check costs, beside bare Z3 calls on the same formulas in the same run.

usage: python -m tests.bench.entailment_cost [--data FOLDER] [--rounds N]

Bare: the formulas built with Z3's Python API, one check that the premises are consistent, one or two that the
conclusion or its opposite is. Ours: the same question through the verifier, with its typing, limits, core, models in
words and counter-model check.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any, Final

import z3

from tests.bench.folio import DATA, statements
from tests.bench.table import percentile, print_table
from verifiers.check import decide
from verifiers.claims import Deduction
from verifiers.expr import Apply, Expr, Sym, num
from verifiers.kinds._z3 import Lowering
from verifiers.logic import LogicError, Problem, Signature, Sort, Statement, Symbol, untyped
from verifiers.logic.notation import Fault, read_sentence
from verifiers.protocol import QUICK

CHAINS: Final = (2, 4, 8, 16)
SEATS: Final = (3, 5, 7)


def own() -> Iterator[tuple[str, Problem, Statement]]:
    """Chains of universal sentences, and rows of seats, with conclusions that follow, are excluded, are left open."""
    for length in CHAINS:
        texts = [f"∀x (P{k}(x) → P{k + 1}(x))" for k in range(length)] + ["P0(arun)", "P1(bela)"]
        for conclusion in (f"P{length}(arun)", f"¬P{length}(bela)", "P0(bela)"):
            problem, (claimed,) = untyped([_statement(text) for text in texts], _statement(conclusion))
            yield "chains", problem, claimed
    for size in SEATS:
        names = [f"guest{k}" for k in range(size)]
        sort = Sort("seat", tuple(num(k + 1) for k in range(size)))
        signature = Signature((sort,), tuple(Symbol(name, (), "seat") for name in names))
        apart: Expr = Apply("distinct", tuple(Sym(name) for name in names))
        texts = [f"{a} < {b}" for a, b in pairwise(names[:-1])]
        problem = Problem(signature, tuple(_statement(text) for text in texts), (apart,))
        for a, b in list(permutations(names, 2))[:6]:
            yield "seats", problem, _statement(f"{a} < {b}")


def folio(folder: Path) -> Iterator[tuple[str, Problem, Statement]]:
    for line in (folder / "folio-with-conclusions.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        words = [*row["premises"], row["conclusion"]]
        read = statements([*row["premises-FOL"], row["conclusion-FOL"]], words, [])
        if read is not None:
            try:
                problem, (conclusion,) = untyped(read[:-1], read[-1])
            except LogicError:
                continue
            yield "FOLIO", problem, conclusion


def bare(problem: Problem, conclusion: Statement) -> None:
    lowering = _Shared(problem.signature)
    solver = z3.Solver()
    for axiom in lowering.background():
        solver.add(axiom)
    for sentence in (*problem.axioms, *(s.sentence for s in problem.premises)):
        solver.add(lowering.sentence(sentence))
    if solver.check() != z3.sat:
        return
    claimed = lowering.sentence(conclusion.sentence)
    for sentence in (z3.Not(claimed), claimed):
        solver.push()
        solver.add(sentence)
        answer = solver.check()
        solver.pop()
        if answer == z3.unsat:
            return


class _Shared(Lowering):
    """In Z3's main context, as a script would do it; its numbered sorts alone, for names of others would clash."""

    def _context(self) -> Any:
        return z3.main_ctx()


def ours(problem: Problem, conclusion: Statement) -> None:
    decide(Deduction(problem=problem, conclusion=conclusion), QUICK)


def best(run: Callable[[Problem, Statement], None], problem: Problem, conclusion: Statement, rounds: int) -> float:
    """The shortest of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        run(problem, conclusion)
        times.append(time.perf_counter() - began)
    return min(times)


def _statement(text: str) -> Statement:
    read = read_sentence(text)
    assert not isinstance(read, Fault), str(read)
    return Statement(read, text)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args(arguments)
    measured: dict[str, list[tuple[float, float]]] = {}
    problems = list(own())
    if args.data.is_dir():
        problems += folio(args.data)
    else:
        print(f"without FOLIO: no folder {args.data}")
    for name, problem, conclusion in problems:
        pair = best(bare, problem, conclusion, args.rounds), best(ours, problem, conclusion, args.rounds)
        measured.setdefault(name, []).append(pair)
        measured.setdefault("all", []).append(pair)
    rows = []
    for name, pairs in measured.items():
        ratios = [b / a for a, b in pairs]
        total = sum(b for _, b in pairs) / sum(a for a, _ in pairs)
        millis = [1000 * percentile([pair[k] for pair in pairs], 50) for k in (0, 1)]
        rows.append([name, len(pairs), *millis, percentile(ratios, 50), percentile(ratios, 95), total])
    header = ["", "problems", "bare ms", "ours ms", "ratio median", "ratio p95", "ratio of sums"]
    print_table(header, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
