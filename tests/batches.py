"""Batches of answers over a dispatcher, and books about what became of each."""

import asyncio
import uuid
from collections.abc import Sequence

from verifiers.rows import decode_row
from workers.dispatch import Dispatcher
from workers.packing import packs
from workers.work import Answer, CheckAnswers, Task, Written, decode_frame


def made_answers(count: int) -> list[Answer]:
    """Answers of some milliseconds each, all different; every third is wrong."""
    return [
        Answer(
            id=n,
            question=f"What is {n} + {n + 1}, and what is (x + {n})^2?",
            steps=(
                f"First, {n} + {n + 1} = {2 * n + 1 + (n % 3 == 0)}.",
                f"Then $(x + {n})^2 = x^2 + {2 * n} x + {n * n}$.",
                f"Also $(x + {n})(x - {n}) = x^2 - {n * n}$ and {n} * 3 = {3 * n}.",
            ),
        )
        for n in range(count)
    ]


def label_of(n: int) -> str:
    """What is to be said of answer `n`."""
    return "refuted" if n % 3 == 0 else "supported"


class Batch:
    """`reports` holds every report that came for an answer, by its id: one each, if all is well."""

    def __init__(self, answers: Sequence[Answer], ms: float = 50.0) -> None:
        keyed = [(answer.id, answer) for answer in answers]
        self.tasks = [
            Task(id=uuid.uuid4().hex, work=CheckAnswers(answers=tuple(answer for _, answer in pack)))
            for pack in packs(keyed, ms)
        ]
        self.reports: dict[str | int | None, list[bytes]] = {answer.id: [] for answer in answers}
        self.done = 0

    async def run(self, dispatcher: Dispatcher, at_once: int = 16) -> None:
        """Every task, so many on their way at a time."""
        slots = asyncio.Semaphore(at_once)
        await asyncio.gather(*(self._run(dispatcher, task, slots) for task in self.tasks))

    async def _run(self, dispatcher: Dispatcher, task: Task, slots: asyncio.Semaphore) -> None:
        async with slots:
            async for data in dispatcher.run(task):
                frame = decode_frame(data)
                assert isinstance(frame, Written)
                self.reports[decode_row(bytes(frame.row)).id].append(bytes(frame.row))
        self.done += 1

    async def until_done(self, share: float) -> None:
        """Waits for so much of the batch, so that something can happen in its middle."""
        while self.done < share * len(self.tasks):
            await asyncio.sleep(0.005)

    def assert_one_report_each(self) -> None:
        """And the right one: what is wrong is told from what is right."""
        for id_, reports in self.reports.items():
            assert len(reports) == 1, f"answer {id_} has {len(reports)} reports"
            assert isinstance(id_, int)
            assert decode_row(reports[0]).label == label_of(id_), id_
