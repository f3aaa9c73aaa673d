"""`pramana plan`: study plans and their constraints."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tutor.cli.reading import fail, read_text

if TYPE_CHECKING:
    from rich.console import Console

    from verifiers.claims import StudyPlan
    from verifiers.study_plan.findings import Finding
    from verifiers.verdicts import Checked

plan = typer.Typer(
    name="plan", help="Study plans: is every constraint kept, and can they be kept at all?", no_args_is_help=True
)

_LARGEST: Final = 4 * 2**20
_BREACHES: Final = 5
"""Breaches of one constraint that are shown; the rest are counted."""
_PER_SECOND: Final = 1_000_000
"""Z3's resource units in a second: the budget that comes before the clock."""


@plan.callback()
def _plan() -> None:
    """Keeps `check` a command of its own, with more to come."""


@plan.command()
def check(
    file: Annotated[str, typer.Argument(help="The plan, a YAML file; `-` is standard input.")] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
    timeout: Annotated[float, typer.Option(min=0.05, max=600, help="Seconds the check may take.")] = 10.0,
    smtlib: Annotated[
        Path | None, typer.Option(help="Write a conflict there, as an SMT-LIB 2 file that any solver can check.")
    ] = None,
) -> None:
    """Checks a study plan constraint by constraint.

    Without sessions in the file: finds out whether any plan keeps the constraints. Where none does, the answer is a
    minimal conflict: constraints of which any can be dropped to make the rest possible.

    Exit status: 0 every constraint is kept (can be kept), 1 one is not or it was left undecided, 2 the file cannot be
    read.
    """
    from tutor.cli.plan_file import read_plan
    from verifiers.claims import StudyPlan
    from verifiers.study_plan.findings import findings
    from verifiers.verdicts import Label

    text = read_text(file)
    if len(text) > _LARGEST:
        fail(f"{file} is larger than {_LARGEST // 2**20} MiB")
    read = read_plan(text)
    if not isinstance(read, StudyPlan):
        name = "input" if file == "-" else file
        fail("\npramana: ".join(f"{name}:{f.place.line}:{f.place.column}: {f.message}" for f in read))
    checked = _checked(read, timeout)
    found = () if read.sessions is None else findings(read)
    if smtlib is not None:
        scripts = [one.certificate.smtlib for one in checked if one.certificate is not None and one.certificate.smtlib]
        if not scripts:
            typer.echo("pramana: no conflict to write: there is none, or reviews are part of it", err=True)
        for script in scripts[:1]:
            smtlib.write_text(script, encoding="utf-8")
    if as_json:
        typer.echo(_json(checked, found))
    else:
        _print(checked, found)
    if checked[0].verdict.label is not Label.SUPPORTED:
        raise typer.Exit(1)


def _checked(read: "StudyPlan", timeout: float) -> "list[Checked]":
    """The plan's verdict; for one that is not kept also whether any plan would be."""
    import msgspec

    from verifiers.checker import Checker, CheckerConfig
    from verifiers.claims import Claim, Span
    from verifiers.protocol import Budget
    from verifiers.verdicts import Label

    config = CheckerConfig(budget=Budget(name="plan", seconds=timeout, rlimit=int(_PER_SECOND * timeout)))
    place = Span(0, 0, 0)
    with Checker(config) as checker:
        possible = Claim(
            span=place, text="some plan keeps the constraints", formula=msgspec.structs.replace(read, sessions=None)
        )
        if read.sessions is None:
            return checker.check_claims([possible])
        checked = checker.check_claims([Claim(span=place, text="the plan keeps its constraints", formula=read)])
        if checked[0].verdict.label is Label.REFUTED:
            checked += checker.check_claims([possible])
        return checked


def _json(checked: "list[Checked]", found: "tuple[Finding, ...]") -> str:
    """A report as of `pramana check --json`, with the constraints beside it."""
    import msgspec

    from verifiers.expr import encode_hook
    from verifiers.rows import row_of
    from verifiers.verdicts import Report

    row = msgspec.to_builtins(row_of(None, Report(claims=tuple(checked))), enc_hook=encode_hook)
    row["label"] = checked[0].verdict.label.value
    row["constraints"] = [
        {"rule": one.rule, "text": one.text, "kept": one.kept, "breaches": [breach.text for breach in one.breaches]}
        for one in found
    ]
    return msgspec.json.format(msgspec.json.encode(row), indent=2).decode()


def _print(checked: "list[Checked]", found: "tuple[Finding, ...]") -> None:
    from rich.console import Console
    from rich.text import Text

    from tutor.cli.annotated import MARKS, STYLES, printable

    console = Console(highlight=False, soft_wrap=True)
    for finding in found:
        label = "supported" if finding.kept else "refuted"
        console.print(Text(f"  {MARKS[label]} {printable(finding.text)}", STYLES[label]))
        for breach in finding.breaches[:_BREACHES]:
            console.print(Text(f"      {printable(breach.text)}"))
        if len(finding.breaches) > _BREACHES:
            console.print(Text(f"      … and {len(finding.breaches) - _BREACHES} more", "dim"))
    if found:
        console.print()
        kept = sum(finding.kept for finding in found)
        label = checked[0].verdict.label.value
        console.print(Text(f"{label}: {kept} of {len(found)} constraints are kept.", STYLES[label]))
    if not found or len(checked) > 1:
        _print_possible(console, checked[-1])


def _print_possible(console: "Console", checked: "Checked") -> None:
    """Whether there is a plan, with the plan or the conflict."""
    from rich.text import Text

    from tutor.cli.annotated import STYLES, printable
    from verifiers.claims import StudyPlan
    from verifiers.study_plan.naming import day_name, minutes
    from verifiers.verdicts import Label

    verdict, read = checked.verdict, checked.claim.formula
    assert isinstance(read, StudyPlan)
    label = verdict.label.value
    if verdict.evidence is None:
        said = f"{label} whether any plan keeps the constraints: {verdict.detail} ({verdict.reason.value})."
        console.print(Text(printable(said), STYLES[label]))
    elif verdict.label is Label.SUPPORTED:
        console.print(Text("A plan that keeps every constraint:", STYLES[label]))
        last = ""
        for session in verdict.evidence.sessions:
            day = day_name(read, session.day)
            what = f"{session.topic}{' (review)' if session.review else ''}, {minutes(session.minutes)}"
            console.print(Text(printable(f"  {'' if day == last else day:<24} {what}")))
            last = day
    else:
        console.print(Text(printable(verdict.evidence.text), STYLES[label]))
        if len(verdict.evidence.core) > 1:
            console.print(Text("Dropping any one of these makes the rest possible:"))
            for member in verdict.evidence.core:
                console.print(Text(printable(f"  - {member}")))
