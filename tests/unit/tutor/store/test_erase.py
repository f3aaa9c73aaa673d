"""Erasure across ledger, tasks and verdicts."""

import asyncio
from pathlib import Path

import pytest

from tests.postgres import fresh_database
from tutor.store import compact, erase, make_engine, upgrade
from verifiers.verdicts import Reason, undecided
from workers.cache import Finding, MemoryCache
from workers.errors import UnavailableError
from workers.ledger import ItemReport, Job, JobKind
from workers.memory_ledger import MemoryLedger
from workers.principal import Principal
from workers.sql_ledger import SqlLedger
from workers.work import Answer

MIRA = Principal(tenant="school", student="mira")
TOM = Principal(tenant="school", student="tom")


class Tasks:
    """Notes what was forgotten, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.forgotten: list[str] = []
        self._failures = failures

    async def forget(self, task_ids: list[str]) -> None:
        if self._failures:
            self._failures -= 1
            raise UnavailableError("the broker cannot be reached")
        self.forgotten += task_ids


def filled(ledger: MemoryLedger | SqlLedger) -> None:
    for principal in (MIRA, TOM):
        name = str(principal.student)
        job = Job(id=name, kind=JobKind.BATCH, principal=principal, created=1.0, total=2)
        ledger.open(job, [Answer(steps=(f"{name} wrote this",))] * 2, "a", 100.0)
        ledger.assign(name, f"task-of-{name}", [0, 1])
        ledger.record(name, [ItemReport(n=0, label="unchecked", row=f"{name} wrote".encode())], 2.0)


def finding(text: str) -> Finding:
    return Finding(verdict=undecided(Reason.TIMEOUT, text))


async def cached() -> MemoryCache:
    cache = MemoryCache()
    await cache.put("1", finding("mira"), MIRA)
    await cache.put("2", finding("tom"), TOM)
    return cache


def test_ledger_tasks_and_verdicts_forget_the_student_and_nobody_else() -> None:
    ledger, tasks = MemoryLedger(), Tasks()
    filled(ledger)

    async def run() -> set[str]:
        cache = await cached()
        assert await erase(ledger, cache, tasks, "school", "mira", 5.0) == 3
        return set(await cache.get(["1", "2"]))

    assert asyncio.run(run()) == {"2"}
    assert tasks.forgotten == ["task-of-mira"]
    assert [report.row for report in ledger.reports("mira", 0, 10)] == [None]
    assert [report.row for report in ledger.reports("tom", 0, 10)] == [b"tom wrote"]


def test_an_erasure_that_was_cut_short_is_finished_by_asking_again() -> None:
    ledger, tasks = MemoryLedger(), Tasks(failures=1)
    filled(ledger)

    async def run() -> set[str]:
        cache = await cached()
        with pytest.raises(UnavailableError):
            await erase(ledger, cache, tasks, "school", "mira", 5.0)
        assert await erase(ledger, cache, tasks, "school", "mira", 6.0) == 0
        return set(await cache.get(["1", "2"]))

    assert asyncio.run(run()) == {"2"}
    assert tasks.forgotten == ["task-of-mira"]


def test_compacting_leaves_all_that_is_left(tmp_path: Path) -> None:
    with fresh_database() as postgres:
        for url in (f"sqlite:///{tmp_path / 'pramana.db'}", postgres):
            engine = make_engine(url)
            upgrade(engine)
            ledger = SqlLedger(engine)
            filled(ledger)
            ledger.erase("school", "mira", 5.0)
            compact(engine)
            assert len(ledger.open_items("tom", -1, 10)) == 1
            ledger.close()
    assert b"mira wrote" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
