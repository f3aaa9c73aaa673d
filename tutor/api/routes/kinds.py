"""`GET /v1/kinds`: what can be checked."""

from fastapi import APIRouter, Response

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.principals import Checking
from tutor.api.values import KindList, KindRow
from verifiers.examples import EXAMPLES
from verifiers.versions import VERSIONS

router = APIRouter(tags=["check"])


@router.get("/v1/kinds", **operation(says=json(KindList)))
async def kinds(who: Checking) -> Response:
    """Kinds of claims that can be checked, each with an answer that holds one, and the versions of what decides."""
    rows = [KindRow(kind, question, answer) for kind, (question, answer) in EXAMPLES.items()]
    return bodies.answer(KindList(rows, dict(VERSIONS)))
