"""Who asks: resolved here and nowhere else."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Final

import msgspec
from fastapi import Depends, Request

from tutor.api.problems import Problem
from tutor.api.services import Served
from tutor.store import SCOPES
from workers.principal import LOCAL, Principal

_HERE: Final = msgspec.structs.replace(LOCAL, scopes=frozenset(SCOPES))
STUDENT: Final = "^[!-~]([ -~]{0,198}[!-~])?$"
"""Form of `X-Pramana-Student`: headers hold ASCII."""


async def principal(request: Request, services: Served) -> Principal:
    """The holder of the key in `Authorization: Bearer …` or `X-API-Key`, speaking for the student that
    `X-Pramana-Student` names. Without a key the local principal, where the server allows that.

    Raises:
        Problem: key-needed, not-allowed (a key of one student naming another), invalid-request (no name),
            too-many-requests.
    """
    key = _key(request)
    if key:
        found = await asyncio.to_thread(services.keys.principal, key)
    else:
        found = _HERE if services.config.keyless else None
    if found is None:
        said = "this key is not known" if key else "send `Authorization: Bearer …` or `X-API-Key`"
        raise Problem("key-needed", said, headers={"WWW-Authenticate": "Bearer"})
    found = _speaking_for(request, found)
    request.state.principal = found
    await services.rates.count(found)
    return found


def having(scope: str) -> Callable[[Principal], Awaitable[Principal]]:
    """The principal, who must have this scope."""

    async def having_scope(principal: Annotated[Principal, Depends(principal)]) -> Principal:
        if scope not in principal.scopes:
            raise Problem("not-allowed", f"this key lacks the scope “{scope}”")
        return principal

    return having_scope


Checking = Annotated[Principal, Depends(having("check"))]
Erasing = Annotated[Principal, Depends(having("erase"))]


def _key(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "").strip()


def _speaking_for(request: Request, principal: Principal) -> Principal:
    given = request.headers.get("x-pramana-student")
    if given is None or given == principal.student:
        return principal
    if not re.fullmatch(STUDENT, given):
        raise Problem("invalid-request", "X-Pramana-Student is 1 to 200 printable ASCII characters")
    if principal.student is not None:
        raise Problem("not-allowed", "this key speaks for one student only, and not for this one")
    return msgspec.structs.replace(principal, student=given)
