"""The API over services of this process, called without a socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tutor.api import ApiConfig, Services, make_app
from tutor.api.rates import Rates
from tutor.store import MemoryKeys
from verifiers.checker import Checker
from verifiers.sandbox import InlineSandbox
from workers.cache import MemoryCache
from workers.dispatch import Dispatcher
from workers.in_process import InProcess
from workers.jobs import Jobs
from workers.ledger import Ledger
from workers.live import LiveChecks
from workers.memory_ledger import MemoryLedger
from workers.service import CheckService


@asynccontextmanager
async def serving(
    *, ledger: Ledger | None = None, dispatcher: Dispatcher | None = None, rate: str | None = None, **config: Any
) -> AsyncIterator[tuple[httpx.AsyncClient, Services]]:
    dispatcher = dispatcher or InProcess(Checker(sandbox=InlineSandbox()))
    checks = CheckService(dispatcher, MemoryCache())
    ledger = ledger or MemoryLedger()
    jobs, live = Jobs(checks, ledger, "me"), LiveChecks(checks, ledger, "me")
    await jobs.start()
    services = Services(jobs, live, checks, ledger, MemoryKeys(), Rates(rate), ApiConfig(**config))
    transport = httpx.ASGITransport(make_app(services), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client, services
    await live.close()
    await jobs.close()
    await checks.close()
    await dispatcher.close()


def play(scenario: Callable[[httpx.AsyncClient, Services], Awaitable[None]], **given: Any) -> None:
    async def run() -> None:
        async with serving(**given) as (client, services):
            await scenario(client, services)

    asyncio.run(asyncio.wait_for(run(), 60))
