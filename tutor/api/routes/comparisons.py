"""`POST /v1/compare`: are two final answers the same?"""

from typing import Final

import msgspec
from fastapi import APIRouter, Request, Response

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.principals import Checking
from tutor.api.services import Served
from tutor.api.values import CompareRequest, CompareResult
from verifiers.comparison import CompareOptions

router = APIRouter(tags=["compare"])

_EXAMPLE: Final = {"example": {"gold": "\\frac{1}{2}", "pred": "0.5"}}


@router.post(
    "/v1/compare",
    **operation(
        asks={"application/json": json(CompareRequest)["application/json"] | _EXAMPLE}, says=json(CompareResult)
    ),
)
async def compare(request: Request, who: Checking, services: Served) -> Response:
    """Says whether two final answers are equal, different or undecided; a line of `pramana compare --jsonl`."""
    asked = await bodies.json(request, services, CompareRequest)
    options = msgspec.convert(asked.options, CompareOptions, from_attributes=True)
    found = await services.checks.compare(asked.gold, asked.pred, options)
    return bodies.answer(CompareResult(asked.id, found.label, found.reason, found.witness))
