"""`pramana kinds`: what can be checked."""

import typer


def kinds() -> None:
    """Lists the kinds of claims that can be checked, with one example each, checked as you watch."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tutor.cli.annotated import MARKS, STYLES, printable, shortened
    from verifiers.checker import Checker
    from verifiers.examples import EXAMPLES

    table = Table("kind", "example", "verdict", box=None, pad_edge=False)
    with Checker() as checker:
        for kind, (question, answer) in EXAMPLES.items():
            report = checker.check_answer(question, [answer])
            shown = next((c for c in report.claims if c.claim.kind == kind), None)
            if shown is None:
                table.add_row(kind, Text(shortened(answer)), "no claim of this kind was found in the example")
                continue
            verdict = shown.verdict
            label = verdict.label.value
            why = verdict.evidence.text if verdict.evidence else verdict.detail
            style = STYLES[label]
            verdict_cell = Text.assemble((f"{MARKS[label]} {label}", style), f": {printable(why)}")
            table.add_row(kind, Text(shortened(answer, 60)), verdict_cell)
    Console(highlight=False).print(table)
    typer.echo("\nWhat is read but fits none of these is `unformalized`; it is never taken for right.")
