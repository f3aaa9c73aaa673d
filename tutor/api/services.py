"""What the routes call, made by the composition root."""

import asyncio
from dataclasses import dataclass, field
from typing import Annotated, Protocol

from fastapi import Depends, Request

from tutor.api.rates import Rates
from tutor.tracing import Tracing
from workers.jobs import Jobs
from workers.ledger import Ledger
from workers.live import LiveChecks
from workers.principal import Principal
from workers.service import CheckService


class Keys(Protocol):
    """The keys there are. Blocking."""

    def principal(self, key: str) -> Principal | None:
        """Who holds this key; None where it is unknown or revoked."""
        ...

    def any(self) -> bool: ...


@dataclass(frozen=True)
class ApiConfig:
    """`keyless`: who has no key is the local principal; only for servers that nobody but this machine can reach.
    `hosts` are the names the server may be called by, any where there are none. Limits in bytes and seconds.
    """

    keyless: bool = True
    hosts: frozenset[str] = frozenset()
    body_limit: int = 2 * 2**20
    batch_body_limit: int = 64 * 2**20
    batch_answers: int = 20_000
    body_seconds: float = 60.0
    log_text: bool = False
    heartbeat: float = 15.0


@dataclass(frozen=True)
class Services:
    """Everything a request may need. Set `stopping` and streams that would never end do."""

    jobs: Jobs
    live: LiveChecks
    checks: CheckService
    ledger: Ledger
    keys: Keys
    rates: Rates = field(default_factory=lambda: Rates(None))
    config: ApiConfig = field(default_factory=ApiConfig)
    tracing: Tracing | None = None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


async def services_of(request: Request) -> Services:
    # Not a plain function: FastAPI would send that to a thread and back for every request.
    services: Services = request.app.state.services
    return services


Served = Annotated[Services, Depends(services_of)]
