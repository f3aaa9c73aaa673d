"""How often one key may ask."""

import math
import time
from typing import Final

import structlog
from limits import parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

from tutor.api.problems import Problem
from workers.principal import LOCAL, Principal

_log = structlog.get_logger("pramana.api")
_REDIS: Final = ("redis://", "rediss://")
_PATIENCE: Final = 1.0
"""Seconds that a request waits for Redis on this account."""


class Rates:
    """A moving window for each key; whoever sits at this machine is not counted. With Redis the window is one for all
    server processes; while Redis does not answer nobody is turned away.
    """

    def __init__(self, rate: str | None, redis_url: str | None = None, prefix: str = "pramana:") -> None:
        self._rate = parse(rate) if rate else None
        storage: Storage = MemoryStorage()
        if redis_url and redis_url.startswith(_REDIS):
            made = storage_from_string(
                f"async+{redis_url}",
                implementation="redispy",
                key_prefix=f"{prefix}rates",
                socket_connect_timeout=_PATIENCE,
                socket_timeout=_PATIENCE,
            )
            assert isinstance(made, Storage)
            storage = made
        self._windows = MovingWindowRateLimiter(storage)

    async def count(self, principal: Principal) -> None:
        """
        Raises:
            Problem: too-many-requests.
        """
        if self._rate is None or principal.key == LOCAL.key:
            return
        try:
            if await self._windows.hit(self._rate, principal.tenant, principal.key):
                return
            window = await self._windows.get_window_stats(self._rate, principal.tenant, principal.key)
        except Exception as error:
            _log.warning("rates cannot be counted", kind=type(error).__name__)
            return
        wait = max(1, math.ceil(window.reset_time - time.time()))
        raise Problem("too-many-requests", f"more than {self._rate}", headers={"Retry-After": str(wait)})
