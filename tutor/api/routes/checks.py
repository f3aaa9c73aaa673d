"""`POST /v1/check`: one answer, one report."""

from collections.abc import AsyncGenerator
from typing import Final

from fastapi import APIRouter, Request, Response

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.principals import Checking
from tutor.api.services import Served
from tutor.api.streams import EVENT_STREAM, event_stream, wants_events
from tutor.api.values import CheckRequest
from verifiers.rows import ReportRow
from workers.events import Event

router = APIRouter(tags=["check"])

_EXAMPLES: Final = {
    "answer": {
        "summary": "An answer in one piece",
        "value": {
            "question": "A school orders 37 boxes of 48 pencils and hands out 1,250 of them. How many are left?",
            "answer": "There are 37 × 48 = 1,776 pencils. Then 1,776 - 1,250 = 536 are left.",
        },
    },
    "steps": {
        "summary": "An answer in steps",
        "value": {"id": "a-1", "steps": ["Let $x = 4$.", "Then $x^2 = 16$.", "So $x^2 + 1 = 18$."]},
    },
}
_ASKS: Final = {"application/json": {**json(CheckRequest)["application/json"], "examples": _EXAMPLES}}
_STREAM: Final = {EVENT_STREAM: {"schema": {"type": "string"}}}


@router.post("/v1/check", **operation(asks=_ASKS, says=json(ReportRow) | _STREAM))
async def check(request: Request, who: Checking, services: Served) -> Response:
    """Checks an answer and gives the report: that of `pramana check --json`.

    With `Accept: text/event-stream` its claims and verdicts come as events as soon as they are known, the report last.
    """
    answer = (await bodies.json(request, services, CheckRequest)).value()
    if wants_events(request):
        return await event_stream(request, services, _unnumbered(services.jobs.follow(who, answer)), endless=False)
    return Response(await services.jobs.check(who, answer), media_type=bodies.JSON)


async def _unnumbered(events: AsyncGenerator[Event, None]) -> AsyncGenerator[tuple[None, Event], None]:
    try:
        async for event in events:
            yield None, event
    finally:
        await events.aclose()
