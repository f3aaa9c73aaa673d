"""One answer on its way: the pieces that have come, the text they make, and what was said of it."""

import asyncio
from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec

from verifiers.rows import ClaimRow
from workers.closed_text import closed_length
from workers.events import Claimed, Event, Judged, Withdrawn
from workers.ledger import Chunk, Job

EPOCH: Final = 1_000_000
"""Event numbers of a process begin at its start time in seconds times this, so that a number of an earlier process is
never taken for one of this."""

Place: TypeAlias = tuple[int, tuple[int, int], str]
"""Step, span and words: what makes a claim the same in two readings."""


class Standing(msgspec.Struct, frozen=True):
    """A claim as a reading has it; `row` is None where it is being checked."""

    place: Place
    kind: str
    row: ClaimRow | None


class _Known(msgspec.Struct):
    number: int
    row: ClaimRow | None = None


class Transcript:
    """What was said so far, numbered; says only what is new."""

    def __init__(self, epoch: int) -> None:
        self.log: list[tuple[int, Event]] = []
        self.next = epoch
        self.ended = False
        self._known: dict[Place, _Known] = {}
        self._numbers = 0
        self._heard = asyncio.Condition()

    @property
    def first(self) -> int:
        return self.next - len(self.log)

    async def say(self, *events: Event, last: bool = False) -> None:
        for event in events:
            self.log.append((self.next, event))
            self.next += 1
        self.ended = self.ended or last
        async with self._heard:
            self._heard.notify_all()

    async def more(self, at: int) -> bool:
        """Waits until there is more than `at` events; False when there never will be."""
        async with self._heard:
            while len(self.log) == at and not self.ended:
                await self._heard.wait()
        return len(self.log) > at

    async def hear(self, claims: Sequence[Standing]) -> None:
        """The claims of the newest reading: what is no longer claimed is withdrawn, what is new is told."""
        events: list[Event] = []
        standing = {claim.place for claim in claims}
        for place in [place for place in self._known if place not in standing]:
            events.append(Withdrawn(claim=self._known.pop(place).number))
        for claim in claims:
            known = self._known.get(claim.place)
            if known is None:
                known = self._known[claim.place] = _Known(self._numbers)
                self._numbers += 1
                step, span, text = claim.place
                events.append(Claimed(claim=known.number, step=step, span=span, text=text, kind=claim.kind))
            if claim.row is not None and not _same(known.row, claim.row):
                known.row = claim.row
                events.append(Judged(claim=known.number, row=claim.row))
        if events:
            await self.say(*events)

    async def judge(self, place: Place, row: ClaimRow) -> None:
        """A verdict that came after its reading, if it is still asked for."""
        known = self._known.get(place)
        if known is not None and known.row is None and not self.ended:
            known.row = row
            await self.say(Judged(claim=known.number, row=row))


def _same(known: ClaimRow | None, row: ClaimRow) -> bool:
    return known is not None and (known.label, known.reason, known.evidence) == (row.label, row.reason, row.evidence)


class LiveSession:
    """Pieces in the order of their numbers become steps of text."""

    def __init__(self, job: Job, question: str, epoch: int) -> None:
        self.job = job
        self.question = question
        self.transcript = Transcript(epoch)
        self.received = 0
        """Pieces with a lower number are all there."""
        self.steps: list[str] = []
        self.characters = 0
        self.complete = asyncio.Event()
        """The last piece has come."""
        self.touched = asyncio.Event()
        self.heavy: set[Place] = set()
        """Claims whose heavy formulas are being checked, or were."""
        self._waiting: dict[int, Chunk] = {}

    def has(self, seq: int) -> bool:
        return seq < self.received or seq in self._waiting

    def take(self, chunk: Chunk) -> None:
        """Puts a piece where it belongs and appends what has become whole."""
        self.characters += len(chunk.text)
        self._waiting[chunk.seq] = chunk
        while not self.complete.is_set() and (piece := self._waiting.pop(self.received, None)) is not None:
            self.received += 1
            if piece.step or not self.steps:
                self.steps.append("")
            self.steps[-1] += piece.text
            if piece.final:
                self.complete.set()
        self.touched.set()

    def readable(self) -> tuple[str, ...]:
        """The steps so far, the last one as far as its sentences have closed."""
        if not self.steps:
            return ()
        *whole, last = self.steps
        return (*whole, last[: closed_length(last)])
