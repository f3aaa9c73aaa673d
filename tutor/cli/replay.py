"""`pramana replay`: checks the certificates of a report again."""

from typing import Annotated

import typer

from tutor.cli.reading import fail, read_text


def replay(
    file: Annotated[str, typer.Argument(help="A report of `check --json` or lines of `--jsonl`; `-` is input.")],
) -> None:
    """Checks every certificate of a report again and says where it differs.

    A refutation's witness is evaluated by the exact evaluator, which shares no code with the simplifier; anything
    else is verified again by the same method. Exit status: 0 all stand, 1 something differs, 2 not a report.
    """
    import msgspec

    from tutor.cli.annotated import shortened
    from verifiers.checker import Checker
    from verifiers.replay import Outcome, replay_report
    from verifiers.rows import decode_row

    text = read_text(file)
    try:
        rows = [decode_row(text)]
    except msgspec.MsgspecError:
        try:
            rows = [decode_row(line) for line in text.splitlines() if line.strip()]
        except (msgspec.MsgspecError, ValueError) as error:
            fail(f"{file} is not a report: {error}")
    if not rows:
        fail(f"{file} holds no report")
    counts = dict.fromkeys(Outcome, 0)
    with Checker() as checker:
        for row in rows:
            for replayed in replay_report(row, checker):
                counts[replayed.outcome] += 1
                if replayed.outcome is Outcome.DIFFERS:
                    name = f"{row.id}: " if row.id is not None else ""
                    typer.echo(f"{name}step {replayed.row.step}, “{shortened(replayed.row.text)}”: {replayed.detail}")
    typer.echo(", ".join(f"{count} {outcome.value}" for outcome, count in counts.items()))
    if counts[Outcome.DIFFERS]:
        raise typer.Exit(1)
