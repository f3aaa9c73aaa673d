"""`/v1/checks`: an answer checked while it is being written."""

from typing import Annotated, Final

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import WithJsonSchema

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.principals import Checking
from tutor.api.services import Served
from tutor.api.streams import EVENT_STREAM, event_stream
from tutor.api.values import ChunkRequest, Opened, OpenRequest, Received

router = APIRouter(tags=["live"])

CheckId = Annotated[str, Path(max_length=64, description="The id that `POST /v1/checks` gave.")]
LastEventId = Annotated[
    int | None,
    Header(ge=0, le=2**53, description="The last event that was heard."),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 2**53}),
]
_OPEN: Final = {"example": {"question": "Solve $x^2 = 7x$."}}
_CHUNK: Final = {"example": {"seq": 0, "text": "We get $x = 7$, since 7 * 7 = 49."}}


@router.post(
    "/v1/checks",
    **operation(
        asks={"application/json": json(OpenRequest)["application/json"] | _OPEN}, says=json(Opened), status=201
    ),
)
async def open_check(request: Request, who: Checking, services: Served) -> Response:
    """Begins a check of an answer that comes in pieces."""
    asked = await bodies.json(request, services, OpenRequest)
    check_id = await services.live.open(who, asked.question or "")
    return bodies.answer(Opened(id=check_id), status=201, headers={"Location": f"/v1/checks/{check_id}"})


@router.post(
    "/v1/checks/{check_id}/chunks",
    **operation(
        asks={"application/json": json(ChunkRequest)["application/json"] | _CHUNK},
        says=json(Received),
        errors=(404, 409),
    ),
)
async def add_chunk(request: Request, check_id: CheckId, who: Checking, services: Served) -> Response:
    """Takes a piece of the answer. Sending one again changes nothing."""
    asked = await bodies.json(request, services, ChunkRequest)
    return bodies.answer(Received(received=await services.live.add(check_id, who, asked.value())))


@router.get(
    "/v1/checks/{check_id}/events",
    **operation(says={EVENT_STREAM: {"schema": {"type": "string"}}}, errors=(404,)),
)
async def events(
    request: Request,
    check_id: CheckId,
    who: Checking,
    services: Served,
    last_event_id: LastEventId = None,
) -> Response:
    """Claims and verdicts as they become known, from the one after `Last-Event-ID` on; the report last."""
    return await event_stream(request, services, services.live.events(check_id, who, last_event_id), endless=True)
