"""Problems of logic made to explode, through the real sandbox: bounded or killed, no neighbour lost."""

from collections.abc import Iterator

import pytest

from verifiers.checker import Checker, CheckerConfig
from verifiers.claims import Arrangements, Claim, Consistency, Deduction, Formula, Span
from verifiers.expr import Apply, Expr, Sym, num
from verifiers.logic import Problem, Signature, Sort, Statement, Symbol
from verifiers.logic.notation import Fault, read_sentence
from verifiers.protocol import Budget
from verifiers.sandbox import PoolConfig
from verifiers.verdicts import Label, Reason

BUDGET = Budget(seconds=1.0, rlimit=2**31)
"""The wall clock alone must do here."""


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(CheckerConfig(budget=BUDGET, pool=PoolConfig(processes=1))) as made:
        yield made


def statement(text: str) -> Statement:
    read = read_sentence(text)
    assert not isinstance(read, Fault), str(read)
    return Statement(read, text)


def pigeons(count: int) -> Problem:
    """One pigeon more than there are holes, each hole for one."""
    holes = Sort("hole", tuple(num(k) for k in range(count - 1)))
    names = [f"p{k}" for k in range(count)]
    signature = Signature((holes,), tuple(Symbol(name, (), "hole") for name in names))
    apart = [Apply("ne", (Sym(a), Sym(b))) for i, a in enumerate(names) for b in names[:i]]
    return Problem(signature, tuple(Statement(sentence) for sentence in apart))


def latin(size: int) -> Problem:
    """Latin squares with an orthogonal mate."""
    cells = Sort("n", tuple(num(k) for k in range(size)))
    names = [f"{square}{r}_{c}" for square in "ab" for r in range(size) for c in range(size)]
    lines = [Apply("distinct", tuple(Sym(f"{s}{r}_{c}") for c in range(size))) for s in "ab" for r in range(size)] + [
        Apply("distinct", tuple(Sym(f"{s}{r}_{c}") for r in range(size))) for s in "ab" for c in range(size)
    ]
    pairs = Apply(
        "distinct",
        tuple(
            Apply("add", (Apply("mul", (num(size), Sym(f"a{r}_{c}"))), Sym(f"b{r}_{c}")))
            for r in range(size)
            for c in range(size)
        ),
    )
    signature = Signature((cells,), tuple(Symbol(name, (), "n") for name in names))
    return Problem(signature, tuple(Statement(line) for line in [*lines, pairs]))


def deep(depth: int) -> Expr:
    sentence: Expr = Sym("p")
    for _ in range(depth):
        sentence = Apply("not", (sentence,))
    return sentence


PROPOSITION = Signature((), (Symbol("p"),))
PEOPLE = Signature((Sort("thing"),), (Symbol("P", ("thing", "thing")), Symbol("a", (), "thing")))
CROWD = Signature((Sort("crowd", tuple(Sym(f"c{k}") for k in range(5_000))),), (Symbol("P", ("crowd", "crowd")),))
INTS = Signature((), (Symbol("f", ("int",), "int"), Symbol("n", (), "int")))


def quantified(count: int, sort: str) -> Expr:
    letters = [f"x{k}" for k in range(count)]
    body: Expr = Apply("and", tuple(Apply("call", (Sym("P"), Sym(a), Sym(b))) for a in letters for b in letters))
    for letter in letters:
        body = Apply("forall", (Apply("in", (Sym(letter), Sym(sort))), body))
    return body


HOSTILE: dict[str, tuple[Formula, set[Reason]]] = {
    "pigeons": (Consistency(problem=pigeons(24)), {Reason.TIMEOUT}),
    "orthogonal latin squares": (Consistency(problem=latin(10)), {Reason.TIMEOUT, Reason.TOO_LARGE}),
    "a deep sentence": (
        Deduction(problem=Problem(PROPOSITION), conclusion=Statement(deep(400))),
        {Reason.TOO_LARGE},
    ),
    "many premises": (
        Consistency(problem=Problem(PROPOSITION, (Statement(Sym("p")),) * 100_000)),
        {Reason.UNREADABLE, Reason.TOO_LARGE, Reason.TIMEOUT},
    ),
    "a tower of quantifiers over a crowd": (
        Deduction(problem=Problem(CROWD), conclusion=Statement(quantified(6, "crowd"))),
        {Reason.UNSUPPORTED},
    ),
    "no finite model": (
        Consistency(
            problem=Problem(
                Signature((Sort("thing"),), (Symbol("less", ("thing", "thing")), Symbol("a", (), "thing"))),
                tuple(
                    statement(text)
                    for text in (
                        "∀x:thing (∃y:thing (less(x, y)))",
                        "∀x:thing (¬less(x, x))",
                        "∀x:thing ∀y:thing ∀z:thing (less(x, y) ∧ less(y, z) → less(x, z))",
                    )
                ),
            )
        ),
        {Reason.TIMEOUT},
    ),
    "a function of numbers that grows": (
        Consistency(
            problem=Problem(
                INTS,
                (statement("∀n:int (f(n + 1) > f(n) + f(n - 1))"), statement("f(0) = 1"), statement("f(100) < 50")),
            )
        ),
        {Reason.TIMEOUT},
    ),
    "a product of unknowns": (
        Deduction(problem=Problem(INTS), conclusion=statement("n * n * n ≠ 3")),
        {Reason.UNSUPPORTED},
    ),
    "a division by an unknown": (
        Deduction(problem=Problem(INTS), conclusion=Statement(Apply("gt", (Apply("div", (num(1), Sym("n"))), num(0))))),
        {Reason.UNSUPPORTED},
    ),
    "a giant number": (
        Deduction(problem=Problem(INTS), conclusion=Statement(Apply("lt", (Sym("n"), num(10**3_000))))),
        {Reason.TOO_LARGE},
    ),
    "an undeclared name": (
        Deduction(problem=Problem(INTS), conclusion=Statement(Apply("call", (Sym("__import__"), Sym("os"))))),
        {Reason.UNREADABLE},
    ),
    "a symbol declared twice": (
        Consistency(problem=Problem(Signature((), (Symbol("p"), Symbol("p", (), "int"))))),
        {Reason.UNREADABLE},
    ),
    "a sort named like a builtin": (Consistency(problem=Problem(Signature((Sort("int"),)))), {Reason.UNREADABLE}),
    "a function on an open sort with numbered values": (
        Consistency(
            problem=Problem(
                Signature((Sort("thing"), Sort("seat", (num(1), num(2)))), (Symbol("seat_of", ("thing",), "seat"),))
            )
        ),
        {Reason.UNSUPPORTED},
    ),
    "no operator of logic": (
        Deduction(problem=Problem(INTS), conclusion=Statement(Apply("gt", (Apply("factorial", (Sym("n"),)), num(1))))),
        {Reason.UNREADABLE},
    ),
    "a quantifier that binds a number": (
        Deduction(problem=Problem(PROPOSITION), conclusion=Statement(Apply("forall", (num(1), Sym("p"))))),
        {Reason.UNREADABLE},
    ),
    "too many arrangements to count": (
        Arrangements(
            problem=Problem(Signature((), (Symbol("n", (), "int"),))), over=("n",), count=10**9, comparison="exactly"
        ),
        {Reason.TOO_LARGE},
    ),
    "unbounded arrangements": (
        Arrangements(problem=Problem(Signature((), (Symbol("n", (), "int"),))), over=("n",), count=1_999),
        {Reason.TIMEOUT, Reason.DIFFERS},
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_bounded_and_its_neighbours_are_untouched(name: str, checker: Checker) -> None:
    formula, reasons = HOSTILE[name]
    neighbour = Deduction(
        problem=Problem(PROPOSITION, (Statement(Sym("p"), "it rains"),)), conclusion=Statement(Sym("p"))
    )
    claims = [Claim(span=Span(0, k, k), text="", formula=f) for k, f in enumerate((neighbour, formula, neighbour))]
    before, hostile, after = checker.check_claims(claims)
    assert hostile.verdict.reason in reasons, hostile.verdict
    assert hostile.verdict.label is not Label.SUPPORTED
    assert before.verdict.label is Label.SUPPORTED
    assert after.verdict == before.verdict
