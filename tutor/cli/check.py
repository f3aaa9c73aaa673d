"""`pramana check`: one answer on the terminal, or many as JSON lines."""

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tutor.cli.reading import Lines, fail, read_text, text_or_file

if TYPE_CHECKING:
    from verifiers.checker import Checker


class FailOn(StrEnum):
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    UNCHECKED = "unchecked"


class AnswerLine(msgspec.Struct):
    """A line of `--jsonl`: the answer as `steps` or in one piece."""

    id: str | int | None = None
    question: str | None = ""
    steps: list[str] | None = None
    answer: str | None = None

    def __post_init__(self) -> None:
        if (self.steps is None) == (self.answer is None):
            raise ValueError("give either `steps`, a list of texts, or `answer`, one text")

    @property
    def parts(self) -> list[str]:
        return self.steps if self.steps is not None else [self.answer or ""]


def check(
    file: Annotated[str, typer.Argument(help="The answer to check; `-` is standard input.")] = "-",
    question: Annotated[
        str, typer.Option("--question", "-q", help="The question it answers, as text or as the name of a file.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read `{id, question, steps | answer}` lines, write one report a line.")
    ] = False,
    fail_on: Annotated[
        list[FailOn] | None, typer.Option("--fail-on", help="Exit with status 1 on this label; may be repeated.")
    ] = None,
    processes: Annotated[
        int, typer.Option("--processes", "-p", min=0, help="Answers checked side by side; 0 is one per core.")
    ] = 0,
    timeout: Annotated[float, typer.Option(min=0.05, max=600, help="Seconds one claim may take.")] = 2.0,
) -> None:
    """Checks an answer: finds its claims, checks each, and shows what is wrong and why.

    Exit status: 0, 1 if a label named by `--fail-on` occurred, 2 for bad usage or input.
    """
    from verifiers.checker import Checker, CheckerConfig
    from verifiers.protocol import Budget
    from verifiers.sandbox import PoolConfig

    count = processes or (os.cpu_count() or 1) if jsonl else 1
    config = CheckerConfig(budget=Budget(seconds=timeout), pool=PoolConfig(processes=count))
    asked = {item.value for item in fail_on or []}
    if jsonl and as_json:
        fail("--json and --jsonl exclude each other")
    with Checker(config) as checker:
        found = _many(checker, file) if jsonl else _one(checker, file, question, as_json)
    if asked & found:
        raise typer.Exit(1)


def _one(checker: "Checker", file: str, question: str, as_json: bool) -> set[str]:
    from tutor.cli.annotated import print_report
    from verifiers.rows import row_of
    from verifiers.verdicts import encode

    if file == "-" and sys.stdin.isatty():
        typer.echo("Paste the answer and end with Ctrl-D:", err=True)
    answer = read_text(file)
    report = checker.check_answer(text_or_file(question), [answer])
    if as_json:
        typer.echo(msgspec.json.format(encode(row_of(None, report)), indent=2).decode())
    else:
        print_report(answer, report)
    return {report.label.value}


def _many(checker: "Checker", file: str) -> set[str]:
    from tutor.cli.progress import Progress, in_order
    from verifiers.rows import ReportRow

    class Labelled(msgspec.Struct):
        label: str

    assert "label" in ReportRow.__struct_fields__
    lines = Lines(file, AnswerLine)
    label = msgspec.json.Decoder(Labelled)
    found: set[str] = set()
    out = sys.stdout.buffer
    with Progress("checked") as progress:
        rows = in_order(lambda line: checker.check_row(line.id, line.question or "", line.parts), lines, checker.size)
        for row in rows:
            try:
                out.write(row + b"\n")
                out.flush()
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit(0) from None
            name = label.decode(row).label
            found.add(name)
            progress.advance(name)
    if lines.bad:
        raise typer.Exit(2)
    return found
