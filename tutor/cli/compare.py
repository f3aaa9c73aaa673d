"""`pramana compare`: are two final answers the same?"""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer

from tutor.cli.reading import Lines, fail

if TYPE_CHECKING:
    from verifiers.checker import Checker
    from verifiers.comparison import CompareOptions, Comparison

_FOREIGN: Final = {"precision": "decimals", "strict": "renaming"}
"""Options of other comparers with a meaning here. `strict` is the opposite of `renaming`."""
_WITHOUT_MEANING: Final = frozenset({"match_types", "allow_set_relation_comp"})
"""Options of other comparers that are accepted and change nothing: both notations are always looked for, and an
inequality may always equal a set unless `relation_as_set` says otherwise.
"""


class FailOn(StrEnum):
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Notation(StrEnum):
    AUTO = "auto"
    LATEX = "latex"
    PLAIN = "plain"


class PairLine(msgspec.Struct):
    """A line of `--jsonl`."""

    gold: str
    pred: str
    id: str | int | None = None
    options: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        options_of(self.options)


class ResultLine(msgspec.Struct, omit_defaults=True):
    id: str | int | None
    label: str
    reason: str
    witness: msgspec.Raw | None = None


def options_of(given: dict[str, Any] | None) -> "CompareOptions":
    """The options of a line, under our names or those of other comparers.

    Raises:
        ValueError: an unknown name or a value of the wrong kind.
    """
    from verifiers.comparison import CompareOptions

    known: dict[str, Any] = {}
    for name, value in (given or {}).items():
        if name in _WITHOUT_MEANING:
            continue
        known[_FOREIGN.get(name, name)] = not value if name == "strict" else value
    if unknown := sorted(set(known) - set(CompareOptions.__struct_fields__)):
        raise ValueError(f"unknown option {unknown[0]!r}")
    return msgspec.convert(known, CompareOptions)


def compare(
    gold: Annotated[str | None, typer.Argument(help="The right answer, or a text that gives it.")] = None,
    pred: Annotated[str | None, typer.Argument(help="The answer to compare, or a text that gives it.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read `{id, gold, pred, options?}` lines, write one result a line.")
    ] = False,
    notation: Annotated[Notation, typer.Option(help="How the answers are written.")] = Notation.AUTO,
    decimals: Annotated[
        int, typer.Option(min=0, max=100, help="Decimals that count where one stands for π, 1/3 …")
    ] = 6,
    decimal_comma: Annotated[
        bool | None, typer.Option("--decimal-comma/--no-decimal-comma", help="Read 1,22 as 1.22. Default: as it fits.")
    ] = None,
    relation_as_set: Annotated[
        bool, typer.Option("--relation-as-set/--no-relation-as-set", help="An interval may equal an inequality.")
    ] = True,
    renaming: Annotated[bool, typer.Option("--renaming", help="Letters may be renamed throughout.")] = False,
    fail_on: Annotated[
        list[FailOn] | None, typer.Option("--fail-on", help="Exit with status 1 on this label; may be repeated.")
    ] = None,
) -> None:
    """Says whether two final answers are the same: equal, different or undecided.

    Exit status: 0, 1 if a label named by `--fail-on` occurred, 2 for bad usage or input.
    """
    from verifiers.checker import Checker
    from verifiers.comparison import CompareOptions

    if jsonl and (gold is not None or pred is not None):
        fail("--jsonl reads standard input and takes no answers as arguments")
    options = CompareOptions(
        notation=notation.value,
        decimals=decimals,
        decimal_comma=decimal_comma,
        relation_as_set=relation_as_set,
        renaming=renaming,
    )
    asked = {item.value for item in fail_on or []}
    with Checker() as checker:
        if jsonl:
            found = _many(checker)
        elif gold is None or pred is None:
            fail("give two answers, or --jsonl")
        else:
            result = checker.compare(gold, pred, options)
            _print(result)
            found = {result.label}
    if asked & found:
        raise typer.Exit(1)


def _many(checker: "Checker") -> set[str]:
    from tutor.cli.progress import Progress, in_order

    def work(line: PairLine) -> tuple[PairLine, "Comparison"]:
        return line, checker.compare(line.gold, line.pred, options_of(line.options))

    lines = Lines("-", PairLine)
    found: set[str] = set()
    with Progress("compared") as progress:
        for line, result in in_order(work, lines, checker.size):
            sys.stdout.buffer.write(_row(line, result) + b"\n")
            sys.stdout.buffer.flush()
            found.add(result.label)
            progress.advance(result.label)
    if lines.bad:
        raise typer.Exit(2)
    return found


def _row(line: PairLine, result: "Comparison") -> bytes:
    from verifiers.verdicts import encode

    witness = None if result.witness is None else msgspec.Raw(encode(result.witness))
    return msgspec.json.encode(ResultLine(line.id, result.label, result.reason, witness))


def _print(result: "Comparison") -> None:
    from verifiers.notation.show import show

    typer.echo(f"{result.label}: {result.reason}")
    if result.witness is None:
        return
    point = ", ".join(f"{name} = {show(value)}" for name, value in result.witness.assignment)
    false = show(result.witness.conclusion)
    true = "".join(f"{show(premise)} holds and " for premise in result.witness.premises)
    typer.echo(f"  {f'at {point}, ' if point else ''}{true}{false} does not")
