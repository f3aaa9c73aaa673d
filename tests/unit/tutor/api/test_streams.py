"""Streams of events: comments while nothing happens, an end when the server stops, no task left behind."""

import asyncio
import json
from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.unit.tutor.api.app import play
from tutor.api import Services
from tutor.api.streams import _with_beats
from workers.ledger import Chunk
from workers.principal import LOCAL


def test_beats_come_where_values_do_not_and_the_stream_is_closed_at_the_end() -> None:
    closed = asyncio.Event()

    async def slowly() -> AsyncGenerator[int, None]:
        try:
            yield 1
            await asyncio.sleep(0.2)
            yield 2
        finally:
            closed.set()

    async def run() -> list[int | None]:
        return [value async for value in _with_beats(slowly(), 0.05, asyncio.Event())]

    said = asyncio.run(run())
    assert [value for value in said if value is not None] == [1, 2]
    assert None in said
    assert closed.is_set()


def test_an_endless_stream_ends_when_the_server_stops() -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        check = await services.live.open(LOCAL)
        await services.live.add(check, LOCAL, Chunk(seq=0, text="2 + 2 = 5. "))
        asked = asyncio.create_task(client.get(f"/v1/checks/{check}/events"))
        await asyncio.sleep(0)
        services.stopping.set()
        answer = await asked
        assert answer.status_code == 200
        assert "event: report" not in answer.text

    play(scenario)


@pytest.mark.parametrize("pause", [0.0, 0.5], ids=["before it begins", "after"])
def test_who_leaves_a_stream_leaves_nothing_behind(pause: float) -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        check = await services.live.open(LOCAL)
        before = asyncio.all_tasks()
        asked = asyncio.create_task(client.get(f"/v1/checks/{check}/events"))
        while len(asyncio.all_tasks()) < len(before) + 3:
            await asyncio.sleep(0)
        await asyncio.sleep(pause)
        asked.cancel()
        await asyncio.wait([asked])
        while asyncio.all_tasks() - before:
            await asyncio.sleep(0)

    play(scenario)


def test_who_leaves_a_check_gets_its_report_written_down_all_the_same() -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        asked = asyncio.create_task(client.post("/v1/check", json={"answer": "2 + 2 = 5"}))
        while not await services.jobs.jobs(LOCAL):
            await asyncio.sleep(0)
        asked.cancel()
        await asyncio.wait([asked])
        while not (jobs := await services.jobs.jobs(LOCAL))[0].done:
            await asyncio.sleep(0.01)
        (report,) = await services.jobs.reports(jobs[0].id, LOCAL)
        assert report.row is not None
        assert json.loads(report.row)["label"] == "refuted"

    play(scenario)
