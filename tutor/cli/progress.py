"""Work over many lines: in parallel, answered in order, with a bar on a terminal."""

import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 8
"""Lines under way or waiting per process: enough to ride out a slow one, few enough to stream."""


def in_order(work: Callable[[T], R], items: Iterable[T], side_by_side: int) -> Iterator[R]:
    """`work` over the items in threads, results in the order of the items, with a bounded number read ahead."""
    with ThreadPoolExecutor(side_by_side) as pool:
        waiting: deque[Future[R]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            while waiting and (waiting[0].done() or len(waiting) >= AHEAD * side_by_side):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class Progress:
    """A bar on standard error while results go elsewhere; silent unless standard error is a terminal."""

    def __init__(self, verb: str) -> None:
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        self._verb = verb
        self._counts: Counter[str] = Counter()
        shown = sys.stderr.isatty() and not sys.stdout.isatty()
        self._bar = Bar(
            SpinnerColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not shown,
        )
        self._task = self._bar.add_task(verb, total=None)

    def advance(self, label: str) -> None:
        self._counts[label] += 1
        summary = ", ".join(f"{count} {name}" for name, count in sorted(self._counts.items()))
        self._bar.update(self._task, advance=1, description=f"{self._verb}: {summary}")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()
