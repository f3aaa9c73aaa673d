"""`pramana pack`: subjects as data."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tutor.cli.reading import fail

if TYPE_CHECKING:
    from curriculum.audit import Looked
    from curriculum.faults import PackError
    from curriculum.generation import Drawn
    from curriculum.importers import Draft
    from curriculum.packs import Pack

pack = typer.Typer(
    name="pack",
    help="Subjects as data: skills, passages, items and templates in a folder. docs/packs.md shows how to write one.",
    no_args_is_help=True,
)
MOST_SHOWN = 40


@pack.command()
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make. Its name becomes the pack's id.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="A folder of texts and questions (Markdown, text, GIFT, CSV, OATutor, …) to use."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="The pack's title; by default its id.")] = None,
    licence: Annotated[str, typer.Option(help="Licence of the material, as it shall be shown.")] = "unknown",
    language: Annotated[str, typer.Option(help="Language tag of the texts.")] = "en",
) -> None:
    """Makes a new pack: a small one to change, or a draft out of material you have, with skills proposed from headings
    and topics. What could not be used is listed with the reason.

    Exit status: 0, 2 where the folder is not empty or nothing could be used.
    """
    from curriculum.exporters import draft_files
    from curriculum.importers.folder import draft_folder
    from curriculum.names import is_pack_id, slug
    from curriculum.packs import Manifest, pack_of

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(f"{folder} is there and not empty")
    name = folder.name if is_pack_id(folder.name) else slug(folder.resolve().name)
    if not name:
        fail(f"{folder.name} gives no id; name the folder in small letters, digits, “_” and “-”")
    manifest = Manifest(id=name, title=title or name, version="0.1.0", language=language, licence=licence)
    if source is None:
        files = draft_files(manifest, _example())
    else:
        if not source.is_dir():
            fail(f"{source} is no folder")
        draft = draft_folder(source, licence)
        for one in draft.left_out[:MOST_SHOWN]:
            typer.echo(f"left out: {one}", err=True)
        if len(draft.left_out) > MOST_SHOWN:
            typer.echo(f"left out: {len(draft.left_out) - MOST_SHOWN:,} more", err=True)
        if draft.is_empty:
            fail(f"nothing in {source} could be used")
        files = draft_files(manifest, draft)
    made = pack_of(files)
    if isinstance(made, list):
        _errors(made, 2)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"{folder}: {_counts(made)}")


@pack.command()
def check(
    folder: Annotated[Path, typer.Argument(help="The pack's folder, or an archive of `pramana pack build`.")],
    proofs: Annotated[bool, typer.Option("--proofs/--no-proofs", help="Whether keys and options are proved.")] = True,
    draws: Annotated[int, typer.Option(min=1, max=1000, help="Items drawn from each template.")] = 3,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List what is not proved, with the reason.")] = False,
) -> None:
    """Checks a pack: its form, near-duplicates, templates, and as far as can be the keys: proved right, every other
    option proved wrong, or why not. Every error names file and line.

    Exit status: 0, 1 where something is wrong, 2 where there is no pack to read.
    """
    from curriculum.audit import draw_errors, twin_errors

    found = _load(folder)
    typer.echo(f"{found.manifest.id} {found.manifest.version}: {_counts(found)}")
    drawn, errors = draw_errors(found, draws)
    errors += twin_errors(found)
    looked: list[Looked] = []
    if proofs and (found.items or drawn):
        looked = _proved(found, drawn)
        errors += [error for one in looked for error in one.errors]
        for doubt in [doubt for one in looked for doubt in one.doubts][:MOST_SHOWN]:
            typer.echo(f"to be read: {doubt}", err=True)
        _coverage(looked, verbose, found)
    if errors:
        _errors(errors, 1)
    typer.echo("no errors")


@pack.command()
def build(
    folder: Annotated[Path, typer.Argument(help="The pack's folder.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; by default ID-VERSION.pack here.")
    ] = None,
) -> None:
    """Writes a pack as one file with checksums, for `pramana pack add` elsewhere. The same pack gives the same bytes.

    Exit status: 0, 1 where the pack has errors, 2 where it cannot be read or written.
    """
    from curriculum.archive import ENDING, write_archive
    from curriculum.audit import twin_errors
    from curriculum.pack_folder import read_folder

    found = _load(folder)
    if errors := twin_errors(found):
        _errors(errors, 1)
    files, _ = read_folder(folder)
    target = output or Path(f"{found.manifest.id}-{found.manifest.version}{ENDING}")
    data = write_archive(files)
    try:
        target.write_bytes(data)
    except OSError as error:
        fail(f"cannot write {target}: {error.strerror}")
    typer.echo(f"{target}: {_counts(found)}, {len(data):,} bytes")


@pack.command()
def add(
    source: Annotated[Path, typer.Argument(help="A pack's folder or an archive of `pramana pack build`.")],
) -> None:
    """Installs a pack into PRAMANA_HOME. A newer version stands beside the older ones, so what students have answered
    keeps its meaning; a version that is there is never changed.

    Exit status: 0, 1 where the pack has errors or may not be installed, 2 where it cannot be read.
    """
    from curriculum.audit import twin_errors
    from curriculum.installed import install

    files = _files(source)
    found = _pack_of(files)
    if errors := twin_errors(found):
        _errors(errors, 1)
    try:
        done = install(_packs(), files)
    except OSError as error:
        fail(f"cannot write to {_packs()}: {error.strerror}")
    if isinstance(done, list):
        _errors(done, 1)
    typer.echo(f"installed {done.manifest.id} {done.manifest.version}: {_counts(done)}")


@pack.command("list")
def list_() -> None:
    """Lists the packs that are installed, and those that come with Pramana."""
    from curriculum.installed import BUILT_IN, installed
    from curriculum.packs import Pack, load_pack

    rows = [(one.manifest, one.folder, ", ".join(one.versions)) for one in installed(_packs())]
    known = {manifest.id for manifest, _, _ in rows}
    for folder in sorted(BUILT_IN.iterdir()) if BUILT_IN.is_dir() else ():
        found = load_pack(folder)
        if isinstance(found, Pack) and found.manifest.id not in known:
            rows.append((found.manifest, folder, f"{found.manifest.version} (built in)"))
    if not rows:
        typer.echo("no packs")
    width = max((len(manifest.id) for manifest, _, _ in rows), default=0)
    for manifest, folder, versions in rows:
        typer.echo(f"{manifest.id:{width}}  {versions}  {manifest.title}")
        found = load_pack(folder)
        typer.echo(f"{'':{width}}  {_counts(found) if isinstance(found, Pack) else 'is damaged; add it again'}")


@pack.command()
def show(
    name: Annotated[str, typer.Argument(help="Id of an installed pack, or else the folder or archive of one.")],
    item: Annotated[str | None, typer.Option(help="Id of an item, passage or template to show.")] = None,
    version: Annotated[str | None, typer.Option(help="An older version of an installed pack.")] = None,
    seed: Annotated[int, typer.Option(help="Seed that a template's item is drawn with.")] = 1,
) -> None:
    """Shows what is in a pack: its skills in an order to learn them in with what belongs to each, or one item, passage
    or drawn item of a template.

    Exit status: 0, 2 where there is no such pack or entry.
    """
    found = (
        _load(Path(name))
        if version is None and not _is_installed(name) and Path(name).exists()
        else _installed(name, version)
    )
    if item is None:
        _show_pack(found)
        return
    from tutor.cli.shown_items import shown

    lines = shown(found, item, seed)
    if lines is None:
        from curriculum.yaml_file import nearest

        known = (*found.items, *found.passages, *found.templates)
        fail(f"{found.manifest.id} has no entry “{item}”{nearest(item, known)}")
    typer.echo("\n".join(lines))


def _show_pack(found: "Pack") -> None:
    from curriculum.skills import in_order

    manifest = found.manifest
    typer.echo(f"{manifest.title} ({manifest.id} {manifest.version}, {manifest.language}, {manifest.licence})")
    if manifest.description:
        typer.echo(manifest.description)
    if manifest.authors:
        typer.echo(f"by {', '.join(manifest.authors)}")
    typer.echo(_counts(found))
    values = (*found.passages.values(), *found.items.values(), *found.templates.values())
    used = Counter(name for value in values for name in value.skills)
    for skill in in_order(found.skills):
        after = f", after {', '.join(skill.requires)}" if skill.requires else ""
        typer.echo(f"  {skill.id}: {skill.title} ({used[skill.id]} entries{after})")


def _packs() -> Path:
    from tutor.settings import SettingsError, load

    try:
        return load().settings.home.expanduser() / "packs"
    except SettingsError as error:
        fail(str(error))


def _files(source: Path) -> dict[str, str]:
    """The texts of a folder or an archive."""
    from curriculum.archive import read_archive
    from curriculum.pack_folder import MOST_TOTAL, read_folder

    if source.is_dir():
        files, errors = read_folder(source)
    elif source.is_file():
        if source.stat().st_size > MOST_TOTAL:
            fail(f"{source} is larger than {MOST_TOTAL >> 20} MiB")
        files, errors = read_archive(source.read_bytes())
    else:
        fail(f"{source} is not there")
    if errors:
        _errors(errors, 2)
    return files


def _pack_of(files: dict[str, str]) -> "Pack":
    from curriculum.packs import pack_of

    found = pack_of(files)
    if isinstance(found, list):
        _errors(found, 1)
    return found


def _load(source: Path) -> "Pack":
    return _pack_of(_files(source))


def _is_installed(name: str) -> bool:
    from curriculum.installed import installed

    return any(one.manifest.id == name for one in installed(_packs()))


def _installed(name: str, version: str | None) -> "Pack":
    from curriculum.installed import find

    found = find(_packs(), name, version)
    if isinstance(found, list):
        _errors(found, 2)
    return found


def _proved(found: "Pack", drawn: "dict[str, tuple[Drawn, ...]]") -> "list[Looked]":
    from curriculum.audit import proofs
    from curriculum.proofs import Prover, facts_by
    from tutor.cli.progress import Progress
    from verifiers import Checker

    looked: list[Looked] = []
    with Checker() as checker, Progress("proved") as progress:
        prover = Prover(
            check=lambda question, answer: checker.check_answer(question, [answer]),
            passages=found.passages,
            facts=facts_by(checker.check_claims),
        )
        for one in proofs(found, prover, drawn):
            looked.append(one)
            progress.advance("complete" if one.proof.complete else "key" if one.proof.key_proved else "open")
    return looked


def _coverage(looked: "list[Looked]", verbose: bool, found: "Pack") -> None:
    from curriculum.proofs import coverage

    for what, part in (
        ("items", [one for one in looked if not one.drawn]),
        ("drawn items", [one for one in looked if one.drawn]),
    ):
        if not part:
            continue
        total = coverage(one.proof for one in part)
        typer.echo(
            f"{what}: {total.items:,}; key proved: {total.key_proved:,}, with every other option refuted:"
            f" {total.complete:,}; contradicted: {total.wrong:,};"
            f" options refuted: {total.refuted:,} of {total.options:,}"
        )
    for one in looked if verbose else ():
        file, line = found.place(one.id)
        for finding in (*one.proof.keys, *one.proof.others):
            if finding.status == "unproved":
                typer.echo(f"  {file}:{line}: {one.proof.id}, {finding.what}: not proved: {finding.why}")


def _counts(found: "Pack") -> str:
    parts = (
        (len(found.skills), "skill"), (len(found.passages), "passage"), (len(found.items), "item"),
        (len(found.templates), "template"), (len(found.glossary), "term"),
    )  # fmt: skip
    return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in parts if count) or "empty"


def _errors(errors: "list[PackError]", status: int) -> NoReturn:
    for error in errors[:MOST_SHOWN]:
        typer.echo(str(error), err=True)
    more = f" ({MOST_SHOWN} shown)" if len(errors) > MOST_SHOWN else ""
    typer.echo(f"pramana: {len(errors):,} error{'' if len(errors) == 1 else 's'}{more}", err=True)
    raise typer.Exit(status)


def _example() -> "Draft":
    """A pack of one skill, one passage and one item, to change."""
    from curriculum.importers import Draft
    from curriculum.items import Option, SingleChoice
    from curriculum.passages import Passage
    from curriculum.skills import Skill

    return Draft(
        skills=(Skill(id="fractions.add", title="Adding fractions"),),
        passages=(
            Passage(
                id="fractions/add",
                title="Adding fractions",
                text="Fractions with the same denominator are added by adding their numerators.",
                skills=("fractions.add",),
                source="Your own writing",
                licence="CC0-1.0",
            ),
        ),
        items=(
            SingleChoice(
                id="fractions/add-1",
                stem="What is 1/5 + 3/5?",
                skills=("fractions.add",),
                options=(Option("4/5"), Option("4/10", "adds the denominators too"), Option("3/25", "multiplies")),
                key="a",
            ),
        ),
    )
