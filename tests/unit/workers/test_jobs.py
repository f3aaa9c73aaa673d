"""Jobs: accepted is accepted. Exactly one report an answer, whatever dies, fills up or is taken back on the way."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from typing import Any

import pytest

from verifiers.checker import Checker
from verifiers.rows import decode_row
from verifiers.sandbox import InlineSandbox
from workers.cache import MemoryCache
from workers.clocks import Clocks
from workers.errors import ClosedJobError, FailedTaskError, LedgerFullError, UnavailableError, UnknownJobError
from workers.events import Reported
from workers.in_process import InProcess
from workers.jobs import Jobs
from workers.ledger import Item, ItemReport, Job, JobKind, JobState
from workers.memory_ledger import MemoryLedger
from workers.principal import LOCAL, Principal
from workers.service import CheckService, ServiceConfig
from workers.work import Answer, Task


class Workers(InProcess):
    """Counts executions by task; stops at the `gate`; is gone while `down`."""

    def __init__(self) -> None:
        super().__init__(Checker(sandbox=InlineSandbox()))
        self.asked: dict[str, list[Task]] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.down = False
        self.foreign = False

    async def run(self, task: Task) -> AsyncGenerator[bytes, None]:
        if self.down:
            raise UnavailableError("nobody there")
        self.asked.setdefault(task.id, []).append(task)
        await self.gate.wait()
        if self.foreign:
            raise FailedTaskError("unknown field")
        async for frame in super().run(task):
            yield frame


class World:
    """One ledger; processes that come and go."""

    def __init__(self) -> None:
        self.ledger = MemoryLedger()
        self.now = 1_000.0
        self.workers = Workers()
        self.service = CheckService(self.workers, MemoryCache())

    def process(self, owner: str) -> Jobs:
        return Jobs(self.service, self.ledger, owner, clock=lambda: self.now)


def play(scenario: Callable[[World], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        world = World()
        await scenario(world)
        await world.service.close()
        await world.workers.close()

    asyncio.run(asyncio.wait_for(run(), 60))


def answers(count: int) -> list[Answer]:
    return [Answer(id=n, steps=(f"{n} + 1 = {n + 1 + n % 2}. " * (1 + n % 40),)) for n in range(count)]


async def done(jobs: Jobs, job_id: str, principal: Principal = LOCAL) -> Job:
    while (job := await jobs.job(job_id, principal)).state is JobState.OPEN:
        await asyncio.sleep(0.01)
    return job


def test_one_answer_is_written_down_before_and_after() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        row = await jobs.check(LOCAL, answers(2)[1])
        (job,) = await jobs.jobs(LOCAL)
        assert (job.kind, job.state, job.total, job.done) == (JobKind.CHECK, JobState.DONE, 1, 1)
        assert job.labels == {"refuted": 1}
        (report,) = await jobs.reports(job.id, LOCAL)
        assert report.row == row
        await jobs.close()

    play(scenario)


def test_a_batch_ends_with_one_report_an_answer() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        await jobs.start()
        many = answers(300)
        job = await jobs.submit(LOCAL, many)
        finished = await done(jobs, job.id)
        assert (finished.total, finished.done) == (300, 300)
        assert finished.labels == {"supported": 150, "refuted": 150}
        reports = await jobs.reports(job.id, LOCAL, 0, 1_000)
        assert [decode_row(r.row or b"").id for r in reports] == list(range(300))
        assert all(len(times) == 1 for times in world.workers.asked.values()), "no pack twice"
        assert len(world.workers.asked) > 3
        await jobs.close()

    play(scenario)


def test_an_empty_batch_is_done() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        assert (await jobs.submit(LOCAL, [])).state is JobState.DONE

    play(scenario)


def test_what_one_process_leaves_another_finishes_with_the_same_packs() -> None:
    async def scenario(world: World) -> None:
        first = world.process("first")
        await first.start()
        world.workers.gate.clear()
        many = answers(700)
        job = await first.submit(LOCAL, many)
        while not world.workers.asked:
            await asyncio.sleep(0.01)
        await first.close()
        sent = {id: tasks[0].work for id, tasks in world.workers.asked.items()}
        world.workers.gate.set()
        world.now += 1
        second = world.process("second")
        await second.start()
        finished = await done(second, job.id)
        assert (finished.total, finished.done) == (700, 700)
        assert all(task.work == sent[id] for id, ts in world.workers.asked.items() if id in sent for task in ts)
        assert len(await second.reports(job.id, LOCAL, 0, 1_000)) == 700
        await second.close()

    play(scenario)


def test_nobody_takes_over_what_is_still_owned() -> None:
    async def scenario(world: World) -> None:
        first, second = world.process("first"), world.process("second")
        await first.start()
        world.workers.gate.clear()
        job = await first.submit(LOCAL, answers(10))
        await second.start()
        world.workers.gate.set()
        await done(first, job.id)
        assert all(len(times) == 1 for times in world.workers.asked.values())
        await first.close()
        await second.close()

    play(scenario)


def test_who_stops_listening_gets_the_report_into_the_ledger_all_the_same() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        await jobs.start()
        events = jobs.follow(LOCAL, answers(2)[1])
        await anext(events)
        await events.aclose()
        (job,) = await jobs.jobs(LOCAL)
        assert (await done(jobs, job.id)).done == 1
        await jobs.close()

    play(scenario)


def test_nobody_to_ask_is_an_error_now_and_patience_for_a_batch() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        await jobs.start()
        world.workers.down = True
        with pytest.raises(UnavailableError):
            await jobs.check(LOCAL, answers(1)[0])
        batch = await jobs.submit(LOCAL, answers(5))
        world.workers.down = False
        assert (await done(jobs, batch.id)).done == 5
        check = next(job for job in await jobs.jobs(LOCAL) if job.kind is JobKind.CHECK)
        assert (await done(jobs, check.id)).state is JobState.CANCELLED
        await jobs.close()

    play(scenario)


def test_a_worker_of_another_version_is_waited_out() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        await jobs.start()
        world.workers.foreign = True
        job = await jobs.submit(LOCAL, answers(5))
        while not world.workers.asked:
            await asyncio.sleep(0.01)
        world.workers.foreign = False
        assert (await done(jobs, job.id)).done == 5
        await jobs.close()

    play(scenario)


@pytest.mark.parametrize("error", [LedgerFullError("no space left"), UnavailableError("the database is away")])
def test_a_full_disk_refuses_what_is_new_and_keeps_what_was_made(error: Exception) -> None:
    class Full(MemoryLedger):
        full = False
        refused = 0

        def open(self, *arguments: Any) -> None:
            self._room()
            super().open(*arguments)

        def record(self, job_id: str, reports: Sequence[ItemReport], now: float) -> int:
            self._room()
            return super().record(job_id, reports, now)

        def _room(self) -> None:
            if self.full:
                self.refused += 1
                raise error

    async def scenario(world: World) -> None:
        ledger = world.ledger = Full()
        jobs = world.process("a")
        world.workers.gate.clear()
        job = await jobs.submit(LOCAL, answers(20))
        ledger.full = True
        world.workers.gate.set()
        while ledger.refused < 1:
            await asyncio.sleep(0.01)
        with pytest.raises(type(error)):
            await jobs.check(LOCAL, answers(1)[0])
        ledger.full = False
        assert (await done(jobs, job.id)).done == 20
        assert all(len(times) == 1 for id, times in world.workers.asked.items() if id.startswith(job.id))
        await jobs.close()

    play(scenario)


def test_a_process_whose_database_restarts_goes_on_renewing_adopting_and_reading() -> None:
    class Restarting(MemoryLedger):
        away = 0
        """Calls that fail from here on."""

        def renew(self, owner: str, until: float) -> None:
            self._reach()
            super().renew(owner, until)

        def open_items(self, job_id: str, after: int, limit: int) -> list[Item]:
            self._reach()
            return super().open_items(job_id, after, limit)

        def _reach(self) -> None:
            if self.away:
                self.away -= 1
                raise UnavailableError("the database is away")

    async def scenario(world: World) -> None:
        world.service.config = ServiceConfig(clocks=Clocks(lease=6.0, renewal=0.01))
        ledger = world.ledger = Restarting()
        left = Job(id="left", kind=JobKind.BATCH, principal=LOCAL, created=world.now, total=3)
        jobs = world.process("a")
        await jobs.start()
        ledger.away = 3
        while ledger.away:
            await asyncio.sleep(0.01)
        ledger.open(left, answers(3), "dead", world.now - 1)
        while not world.workers.asked:
            ledger.away = 1
            await asyncio.sleep(0.05)
        ledger.away = 0
        assert (await done(jobs, "left")).done == 3
        await jobs.close()

    play(scenario)


def test_a_cancelled_batch_stops() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        world.workers.gate.clear()
        job = await jobs.submit(LOCAL, answers(500))
        while not world.workers.asked:
            await asyncio.sleep(0.01)
        assert (await jobs.cancel(job.id, LOCAL)).state is JobState.CANCELLED
        world.workers.gate.set()
        with pytest.raises(ClosedJobError):
            await jobs.cancel(job.id, LOCAL)
        assert (await jobs.job(job.id, LOCAL)).done < 500
        await jobs.close()

    play(scenario)


def test_who_is_somebody_else_sees_nothing() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        mira = Principal(tenant="school", student="mira")
        await jobs.check(mira, answers(1)[0])
        (job,) = await jobs.jobs(mira)
        assert await jobs.jobs(Principal(tenant="school")) == [job]
        for other in (LOCAL, Principal(tenant="school", student="ben")):
            assert await jobs.jobs(other) == []
            with pytest.raises(UnknownJobError):
                await jobs.job(job.id, other)
            with pytest.raises(UnknownJobError):
                await jobs.reports(job.id, other)
            with pytest.raises(UnknownJobError):
                await jobs.cancel(job.id, other)
        await jobs.close()

    play(scenario)


def test_following_ends_with_what_the_ledger_has() -> None:
    async def scenario(world: World) -> None:
        jobs = world.process("a")
        events = [event async for event in jobs.follow(LOCAL, answers(2)[1])]
        last = events[-1]
        assert isinstance(last, Reported)
        (job,) = await jobs.jobs(LOCAL)
        (report,) = await jobs.reports(job.id, LOCAL)
        assert report.row == bytes(last.row)
        await jobs.close()

    play(scenario)
