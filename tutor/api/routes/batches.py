"""`POST /v1/check/batch`: many answers, accepted at once and checked in their time."""

import asyncio
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from tutor.api import bodies
from tutor.api.openapi import json, operation, ref
from tutor.api.principals import Checking
from tutor.api.services import Served
from tutor.api.values import AnswerLine, JobRow

router = APIRouter(tags=["batch"])

_LINES: Final = '{"id": 1, "answer": "2 + 2 = 5"}\n{"id": 2, "answer": "2 + 2 = 4"}\n'
_ASKS: Final[dict[str, Any]] = {
    "application/json": {
        "schema": {"type": "array", "items": ref(AnswerLine)},
        "example": [{"id": 1, "answer": "2 + 2 = 5"}, {"id": 2, "steps": ["2 + 2 = 4", "4 + 4 = 8"]}],
    },
    bodies.NDJSON: {"schema": {"type": "string"}, "example": _LINES},
}


@router.post("/v1/check/batch", **operation(asks=_ASKS, says=json(JobRow), status=202))
async def submit(request: Request, who: Checking, services: Served) -> Response:
    """Accepts answers, as a JSON list or one a line; every one of them will get its report.

    The job tells how far it is; its reports come in the order of the answers.
    """
    config = services.config
    kind = bodies.expect(request, bodies.JSON, bodies.NDJSON)
    body = await bodies.read(request, services, config.batch_body_limit)
    decode = bodies.decode_list if kind == bodies.JSON else bodies.decode_lines
    lines = await asyncio.to_thread(decode, body, AnswerLine, config.batch_answers)
    job = await services.jobs.submit(who, [line.value() for line in lines])
    return bodies.answer(JobRow.of(job), status=202, headers={"Location": f"/v1/jobs/{job.id}"})
