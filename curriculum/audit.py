"""A pack looked through beyond its form: near-duplicates, templates that give no item, keys that are refuted."""

from collections.abc import Iterator

import msgspec

from curriculum.duplicates import twins
from curriculum.faults import PackError
from curriculum.generation import Drawn, draw
from curriculum.packs import Pack
from curriculum.proofs import Finding, ItemProof, Prover


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What was found about one item, or one item drawn from a template."""

    id: str
    """Of the item or template."""
    drawn: bool
    proof: ItemProof
    errors: tuple[PackError, ...]
    doubts: tuple[PackError, ...] = ()
    """What the passages that an item names seem to contradict: to be read by its author."""


def twin_errors(pack: Pack) -> list[PackError]:
    """Items that say nearly what an earlier one says, each with the twin named."""
    return [
        PackError(
            *pack.place(pair.second),
            f"“{pair.second}” asks nearly what “{pair.first}” asks ({':'.join(map(str, pack.place(pair.first)))});"
            f" {pair.alike:.0%} of the words in threes are the same",
        )
        for pair in twins(pack.items.values())
    ]


def draw_errors(pack: Pack, draws: int) -> tuple[dict[str, tuple[Drawn, ...]], list[PackError]]:
    """The first items of each template, and the templates that give none for a seed."""
    drawn: dict[str, tuple[Drawn, ...]] = {}
    errors: list[PackError] = []
    for template in pack.templates.values():
        found = [draw(template, seed) for seed in range(draws)]
        drawn[template.id] = tuple(one for one in found if isinstance(one, Drawn))
        failed = next((one for one in found if not isinstance(one, Drawn)), None)
        if failed is not None:
            errors.append(PackError(*pack.place(template.id), f"“{template.id}” gives no item: {failed.why}"))
    return drawn, errors


def proofs(pack: Pack, prover: Prover, drawn: dict[str, tuple[Drawn, ...]]) -> Iterator[Looked]:
    """Every item and every drawn item, proved as far as it can be."""
    for item in pack.items.values():
        yield _looked(pack, item.id, prover.prove(item), drawn=False)
    for name, found in drawn.items():
        for one in found:
            yield _looked(pack, name, prover.prove(one.item), drawn=True)


def _looked(pack: Pack, name: str, proof: ItemProof, *, drawn: bool) -> Looked:
    file, line = pack.place(name)
    of = f"“{proof.id}”" if drawn else f"“{name}”"
    told = [(finding, PackError(file, line, f"{of}: {_told(finding)}")) for finding in proof.wrong]
    return Looked(
        id=name,
        drawn=drawn,
        proof=proof,
        errors=tuple(error for finding, error in told if finding.by == "computing"),
        doubts=tuple(error for finding, error in told if finding.by == "passages"),
    )


def _told(finding: Finding) -> str:
    if finding.status == "refuted":
        return f"the {finding.what} “{_short(finding.text)}” is refuted: {finding.why}"
    return f"({finding.what}) “{_short(finding.text)}” is right as well as the key: {finding.why}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"
