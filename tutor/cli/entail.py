"""`pramana entail`: does the conclusion follow from the premises?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tutor.cli.reading import fail, read_text

if TYPE_CHECKING:
    from verifiers.logic.documents import Document
    from verifiers.verdicts import Checked, Verdict

_ANSWERS: Final = {
    "proved": "follows",
    "contradicts": "contradicts",
    "counterexample": "need not be so",
    "not_entailed": "not determined",
    "inconsistent_context": "premises inconsistent",
}
_ENGLISH: Final = (
    "Sentences are written in first-order notation, like forall x (Poet(x) -> ~Banker(x)); English is read by"
    " `pramana check`."
)


def entail(
    file: Annotated[str, typer.Argument(help="Premises and a conclusion; `-` is input. See below for the forms.")],
    modality: Annotated[
        str, typer.Option(help="What is said of the conclusion: it `is` so, `must` be so, or `can` be so.")
    ] = "",
    smtlib: Annotated[Path | None, typer.Option(help="Write the certificate, an SMT-LIB 2 file, there.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the verdict with models, core and certificate.")] = False,
) -> None:
    """Decides whether the conclusion follows from the premises, is excluded by them, or is left open.

    FILE holds one sentence a line in first-order notation (`∀x (Poet(x) → ¬Banker(x))`, or `forall x (Poet(x) ->
    ~Banker(x))`), words behind `#`, and the conclusion behind `therefore`; or our JSON (`.json`); or SMT-LIB 2
    (`.smt2`). Without a conclusion the question is whether the premises are consistent.

    Exit status: 0 it follows (can be so, is consistent), 1 it does not, 2 the file cannot be read.
    """
    from tutor.deductions import claim_of
    from verifiers.checker import Checker
    from verifiers.verdicts import Label, encode

    document = _document(file)
    if modality and modality not in ("is", "must", "can"):
        fail(f"--modality is one of is, must, can; got {modality!r}")
    claim = claim_of(document, modality or document.modality)  # type: ignore[arg-type]
    with Checker() as checker:
        (checked,) = checker.check_claims([claim])
    if smtlib is not None and checked.certificate is not None:
        smtlib.write_text(checked.certificate.smtlib, encoding="utf-8")
    if json:
        typer.echo(encode(checked).decode())
    else:
        _print(document, checked, consistency=document.conclusion is None)
    if checked.verdict.label is not Label.SUPPORTED:
        raise typer.Exit(1)


def _document(file: str) -> "Document":
    from verifiers.logic.documents import Document, read_document

    text = read_text(file)
    read = read_document(text, "" if file == "-" else Path(file).suffix)
    if not isinstance(read, Document):
        hint = f"\n{_ENGLISH}" if not set("()∀∃=<{") & set(text) else ""
        fail("\n".join(f"{file}, {place}" for place in read) + hint)
    for place in read.mended:
        typer.echo(f"{file}, {place}", err=True)
    return read


def _print(document: "Document", checked: "Checked", consistency: bool) -> None:
    from verifiers.logic.show import show
    from verifiers.verdicts import Label

    for number, premise in enumerate(document.problem.premises, 1):
        words = f"  # {premise.text}" if premise.text and premise.text != show(premise.sentence) else ""
        typer.echo(f"{number:3}. {show(premise.sentence)}{words}")
    verdict = checked.verdict
    if consistency:
        answer = "consistent" if verdict.label is Label.SUPPORTED else _answer(verdict)
        answer = "inconsistent" if verdict.label is Label.REFUTED else answer
    else:
        typer.echo(f"  ⊢  {checked.claim.text}")
        answer = _answer(verdict)
    typer.echo(f"\n{answer}: {verdict.evidence.text if verdict.evidence else verdict.detail}")


def _answer(verdict: "Verdict") -> str:
    return _ANSWERS.get(verdict.reason.value, f"undecided ({verdict.reason.value})")
