"""`DELETE /v1/students/{student}`: nothing a student wrote stays."""

import time
from typing import Annotated

from fastapi import APIRouter, Path, Response

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.principals import Erasing
from tutor.api.problems import Problem
from tutor.api.services import Served
from tutor.api.values import Erased
from tutor.store import erase

router = APIRouter(tags=["students"])


@router.delete("/v1/students/{student}", **operation(says=json(Erased), errors=(507,)))
async def erase_student(
    student: Annotated[str, Path(min_length=1, max_length=200, description="The tenant's own name for the student.")],
    who: Erasing,
    services: Served,
) -> Response:
    """Deletes every text of a student and of what was said about it; ids, labels and times stay. Takes a key with the
    scope `erase`. Asking again is harmless.
    """
    if who.student not in {None, student}:
        raise Problem("not-allowed", "this key speaks for one student only, and not for this one")
    services.live.forget(who.tenant, student)
    checks = services.checks
    gone = await erase(services.ledger, checks.cache, checks.dispatcher, who.tenant, student, time.time())
    return bodies.answer(Erased(gone))
