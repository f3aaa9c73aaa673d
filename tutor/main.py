"""The composition root: settings become everything that runs."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from sqlalchemy.exc import SQLAlchemyError

from tutor.api import ApiConfig, Services
from tutor.api.hosts import LOCAL_NAMES, is_loopback
from tutor.api.rates import Rates
from tutor.settings import Settings, masked
from tutor.store import SchemaError, SqlKeys, make_engine, make_ready
from tutor.tracing import MissingTracingError, Tracing
from verifiers.checker import Checker, CheckerConfig
from verifiers.sandbox import PoolConfig
from workers.cache import MemoryCache, VerdictCache
from workers.dispatch import Dispatcher
from workers.errors import WorkersError
from workers.in_process import InProcess
from workers.jobs import Jobs
from workers.ledger import JobKind
from workers.live import LiveChecks
from workers.metrics import Metrics
from workers.service import CheckService, ServiceConfig
from workers.sql_ledger import SqlLedger


class RefusedError(Exception):
    """The server must not start like this."""


@asynccontextmanager
async def running(settings: Settings, number: int = 0) -> AsyncIterator[Services]:
    """All services of server process `number`, started; on the way out what was accepted and is not done is handed
    over to whoever comes next.

    Raises:
        SchemaError: the database has not the tables of this version.
        UnavailableError: the broker cannot be reached.
    """
    async with AsyncExitStack() as stack:
        engine = make_engine(settings.database_url)
        stack.callback(engine.dispose)
        await asyncio.to_thread(make_ready, engine)
        ledger = SqlLedger(engine)
        dispatcher, cache = make_dispatcher(settings), make_cache(settings)
        stack.push_async_callback(cache.close)
        await dispatcher.start()
        stack.push_async_callback(dispatcher.close)
        config = ServiceConfig(budget=settings.budget, clocks=settings.clocks)
        checks = CheckService(dispatcher, cache, config, Metrics(_registry()))
        stack.push_async_callback(checks.close)
        owner = uuid.uuid4().hex
        jobs = Jobs(checks, ledger, owner)
        live = LiveChecks(checks, ledger, owner, prefix=f"{number}-")
        jobs.adopt_with(JobKind.LIVE, live.adopt)
        await jobs.start()
        stack.push_async_callback(jobs.close)
        stack.push_async_callback(live.close)
        rates = Rates(settings.rate_limit, settings.broker_url, settings.broker_prefix)
        tracing = _tracing(settings)
        if tracing is not None:
            stack.callback(tracing.close)
        yield Services(
            jobs, live, checks, ledger, SqlKeys(engine), rates=rates, config=api_config(settings), tracing=tracing
        )


def prepare(settings: Settings) -> None:
    """Everything that must be so before a server starts.

    Raises:
        RefusedError: it is not so; the message says what to do.
    """
    try:
        settings.run.mkdir(mode=0o700, parents=True, exist_ok=True)
        if tracing := _tracing(settings):
            tracing.close()
        engine = make_engine(settings.database_url)
        try:
            make_ready(engine)
            open_to_others = not is_loopback(settings.host) and not SqlKeys(engine).any()
        finally:
            engine.dispose()
    except (OSError, ValueError, SchemaError, WorkersError, MissingTracingError) as error:
        raise RefusedError(str(error)) from error
    except SQLAlchemyError as error:
        where = masked(settings.database_url)
        raise RefusedError(f"the database {where} cannot be used: {type(error).__name__}") from error
    if open_to_others:
        raise RefusedError(
            f"on {settings.host} other machines can call this server, and there is no key yet that tells callers"
            " apart; type `pramana key create NAME` first, or leave the host at 127.0.0.1"
        )


def _tracing(settings: Settings) -> Tracing | None:
    return None if settings.tracing_endpoint is None else Tracing(settings.tracing_endpoint)


def api_config(settings: Settings) -> ApiConfig:
    """Who may call, which follows from the address the server listens on."""
    keyless = is_loopback(settings.host)
    named = frozenset(settings.hosts)
    return ApiConfig(
        keyless=keyless,
        hosts=named | LOCAL_NAMES if keyless or named else frozenset(),
        body_limit=settings.body_limit,
        batch_body_limit=settings.batch_body_limit,
        batch_answers=settings.batch_answers,
        body_seconds=settings.body_seconds,
        log_text=settings.log_text,
    )


def socket_path(settings: Settings, number: int) -> Path:
    """Where server process `number` listens for its siblings."""
    return settings.run / f"api-{number}.sock"


def make_checker(settings: Settings, processes: int) -> Checker:
    config = CheckerConfig(
        budget=settings.budget,
        reading=settings.reading_seconds,
        group=settings.group_seconds,
        pool=PoolConfig(processes=processes, warm=True),
    )
    return Checker(config)


def make_dispatcher(settings: Settings) -> Dispatcher:
    if settings.broker_url is None:
        return InProcess(make_checker(settings, max(1, settings.concurrency // settings.processes)))
    # Here, since a laptop without a broker need not wait for Celery to be imported.
    from workers.celery_dispatch import CeleryDispatcher

    return CeleryDispatcher(settings.broker)


def make_cache(settings: Settings) -> VerdictCache:
    if settings.broker_url is None:
        return MemoryCache()
    from workers.redis_cache import RedisCache

    return RedisCache(settings.broker)


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    return registry
