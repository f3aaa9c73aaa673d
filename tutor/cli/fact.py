"""`pramana fact`: is a statement of fact what the sources say?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.cli.reading import fail, read_text

if TYPE_CHECKING:
    from curriculum.index import Entry
    from verifiers.claims import Excerpt


def fact(
    statement: Annotated[str, typer.Argument(help="One sentence.")],
    packs: Annotated[list[Path] | None, typer.Option("--pack", help="A pack's folder; may be repeated.")] = None,
    passages: Annotated[
        list[str] | None, typer.Option(help="A text, or JSON or JSON lines of {source, title?, text}; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Passages of a pack that are looked at.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="Print the verdict with its quotations as JSON.")] = False,
) -> None:
    """Checks a statement of fact against sources, slot by slot: numbers, dates, names, "not", "only".

    It is supported or refuted only by what a passage says; the words are quoted. Without a source nothing is decided.

    Exit status: 0 a source says it, 1 it is refuted or left open, 2 the sources cannot be read.
    """
    from verifiers import verify_fact
    from verifiers.verdicts import Label, encode

    given = [excerpt for name in passages or () for excerpt in _excerpts(name)]
    given += _of_packs(statement, packs or [], limit)
    verdict = verify_fact(statement, given)
    if json:
        typer.echo(encode(verdict).decode())
    else:
        why = verdict.evidence.text if verdict.evidence else verdict.detail
        typer.echo(f"{verdict.label.value} ({verdict.reason.value}): {why}")
        for quote in verdict.evidence.quotes if verdict.evidence else ():
            typer.echo(f"  {quote.source} [{quote.start}:{quote.end}]: “{' '.join(quote.text.split())}”")
    if verdict.label is not Label.SUPPORTED:
        raise typer.Exit(1)


def _of_packs(statement: str, folders: list[Path], limit: int) -> "list[Excerpt]":
    from curriculum.index import IndexEvidence, MemoryIndex, entries_of
    from curriculum.packs import Pack, load_pack

    found: list[Entry] = []
    for folder in folders:
        pack = load_pack(folder)
        if not isinstance(pack, Pack):
            fail("\npramana: ".join(str(error) for error in pack[:20]))
        found += entries_of(pack)
    index = MemoryIndex()
    try:
        index.build(found)
    except ValueError as error:
        fail(str(error))
    return list(IndexEvidence(index).passages(statement, limit))


def _excerpts(name: str) -> "list[Excerpt]":
    import msgspec

    from verifiers.claims import Excerpt

    text = read_text(name)
    suffix = Path(name).suffix.lower()
    try:
        if suffix == ".json":
            read: Any = msgspec.json.decode(text)
            return msgspec.convert(read if isinstance(read, list) else [read], list[Excerpt])
        if suffix == ".jsonl":
            return [msgspec.json.decode(line, type=Excerpt) for line in text.splitlines() if line.strip()]
    except msgspec.MsgspecError as error:
        fail(f"{name}: {error}")
    return [Excerpt(source="input" if name == "-" else Path(name).name, text=text)]
