"""`/healthz`, `/readyz`, `/metrics`: for whoever runs this. Counts and names only, so without a key."""

import asyncio

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.services import Served
from tutor.api.values import Health
from workers.errors import WorkersError

router = APIRouter(tags=["health"])


@router.get("/healthz", **operation(says=json(Health), open=True))
async def healthz() -> Response:
    """Answers while the process lives."""
    return bodies.answer(Health(True))


@router.get("/readyz", **operation(says=json(Health), errors=(503,), open=True))
async def readyz(services: Served) -> Response:
    """Whether a check would be done now; names what is missing."""
    missing = list((await services.checks.dispatcher.status()).missing)
    try:
        await asyncio.to_thread(services.ledger.jobs, "", 1)
    except WorkersError as error:
        missing.append(str(error))
    if services.stopping.is_set():
        missing.append("this server is shutting down")
    return bodies.answer(Health(not missing, tuple(missing)), status=503 if missing else 200)


@router.get("/metrics", **operation(says={"text/plain": {"schema": {"type": "string"}}}, open=True))
async def metrics(services: Served) -> Response:
    """Counters and histograms in Prometheus' form."""
    held = services.checks.metrics
    for queue, count in (await services.checks.dispatcher.status()).waiting.items():
        held.waiting(queue, count)
    return Response(generate_latest(held.registry), media_type=CONTENT_TYPE_LATEST)
