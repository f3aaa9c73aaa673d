"""`POST /v1/entail`: does the conclusion follow from the premises?"""

import asyncio
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.principals import Checking
from tutor.api.problems import Fault, Problem
from tutor.api.services import Served
from tutor.api.values import EntailRequest
from tutor.deductions import claim_of
from verifiers.logic.documents import Document, read_document, read_json
from verifiers.verdicts import Checked, encode

router = APIRouter(tags=["entail"])

MOST_BYTES: Final = 128 * 1024
"""Of a document: it is read here, not in the sandbox."""
TEXT: Final = "text/plain"
_EXAMPLE: Final = {
    "premises": ["forall x (Poet(x) -> Dreamer(x))", {"formula": "Poet(arun)", "text": "Arun is a poet."}],
    "conclusion": "Dreamer(arun)",
}
_ASKS: Final[dict[str, Any]] = {
    "application/json": {**json(EntailRequest)["application/json"], "example": _EXAMPLE},
    TEXT: {
        "schema": {"type": "string"},
        "example": "forall x (Poet(x) -> Dreamer(x))\nPoet(arun)\ntherefore Dreamer(arun)\n",
    },
}


@router.post("/v1/entail", **operation(asks=_ASKS, says=json(Checked)))
async def entail(request: Request, who: Checking, services: Served) -> Response:
    """Decides whether the conclusion follows from the premises, is excluded by them, or is left open; without a
    conclusion, whether they are consistent. As JSON, or as text: one sentence a line, or SMT-LIB 2.
    """
    kind = bodies.expect(request, bodies.JSON, TEXT)
    body = await bodies.read(request, services, min(MOST_BYTES, services.config.body_limit))
    document = await asyncio.to_thread(_document, body, kind)
    (checked,) = await services.checks.decide([claim_of(document, document.modality)], who)
    return Response(encode(checked), media_type=bodies.JSON)


def _document(body: bytes, kind: str) -> Document:
    if kind == bodies.JSON:
        bodies.decode(body, EntailRequest)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem("malformed-body", "not UTF-8") from None
    try:
        read = read_json(text) if kind == bodies.JSON else read_document(text)
    except RecursionError:
        raise Problem("invalid-request", "nested too deep") from None
    if isinstance(read, Document):
        return read
    faults = [Fault(place.message, line=place.line) for place in read]
    raise Problem("invalid-request", "; ".join(map(str, read[:3])), errors=faults[: bodies.MOST_FAULTS])
