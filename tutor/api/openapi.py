"""The OpenAPI document: schemas come from the values themselves, examples stand beside the routes."""

from collections.abc import Mapping
from fractions import Fraction
from importlib.metadata import version
from typing import Any, Final

import msgspec
from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi

from tutor.api import values
from tutor.api.principals import STUDENT
from tutor.api.problems import MEDIA_TYPE, PROBLEMS, ProblemDocument
from verifiers.rows import ReportRow
from verifiers.verdicts import Checked
from workers.events import Event

_REF: Final = "#/components/schemas/{name}"
_EITHER: Final = ({"required": ["answer"]}, {"required": ["steps"]})
_ALWAYS: Final = (401, 403, 421, 422, 429, 500, 503)
_WITH_BODY: Final = (400, 408, 413, 415, 507)
_DESCRIPTION: Final = """
Checks every checkable claim of an answer: supported, refuted with a witness, or undecided with a reason.

Errors are problem documents (RFC 9457). Every response carries `X-Request-Id`, taken from the request where it names
one.
"""


def ref(kind: type) -> dict[str, Any]:
    return {"$ref": _REF.format(name=kind.__name__)}


def json(kind: type) -> dict[str, Any]:
    return {"application/json": {"schema": ref(kind)}}


def operation(
    *,
    says: Mapping[str, Any],
    status: int = 200,
    asks: Mapping[str, Any] | None = None,
    errors: tuple[int, ...] = (),
    open: bool = False,
) -> dict[str, Any]:
    """Arguments of a route's decorator. `asks` and `says` are OpenAPI contents by media type; `errors` the statuses
    of its own beside those that every route may give; `open` routes take no key.
    """
    known = {*errors, *((421, 500) if open else _ALWAYS)}
    if asks is not None:
        known |= set(_WITH_BODY)
    extra: dict[str, Any] = {"responses": {str(status): {"content": dict(says)}}}
    if asks is not None:
        extra["requestBody"] = {"required": True, "content": dict(asks)}
    if not open:
        extra["security"] = [{}, {"bearer": []}, {"key": []}]
        extra["parameters"] = [
            {
                "name": "X-Pramana-Student",
                "in": "header",
                "required": False,
                "description": "The tenant's own name for the student it asks for.",
                "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": STUDENT},
            }
        ]
    return {
        "status_code": status,
        "response_model": None,
        "openapi_extra": extra,
        "responses": {code: _problem(code) for code in sorted(known)},
    }


def install(app: FastAPI) -> None:
    """`/openapi.json`, written once."""
    written = msgspec.json.encode(_document(app))

    async def document() -> Response:
        return Response(written, media_type="application/json")

    app.add_api_route("/openapi.json", document, include_in_schema=False, response_model=None)


def _problem(status: int) -> dict[str, Any]:
    title = next(sort.title for sort in PROBLEMS.values() if sort.status == status)
    return {"description": title, "content": {MEDIA_TYPE: {"schema": ref(ProblemDocument)}}}


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title="Pramana", version=version("pramana"), description=_DESCRIPTION.strip(), routes=app.routes)
    kinds = [kind for kind in vars(values).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    _, schemas = msgspec.json.schema_components(
        [*kinds, ReportRow, Checked, Event, ProblemDocument], schema_hook=_hook, ref_template=_REF
    )
    for name in ("AnswerLine", "CheckRequest"):
        schemas[name]["oneOf"] = list(_EITHER)
    components = made.setdefault("components", {})
    components["schemas"] = schemas
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    return made


def _hook(kind: type) -> dict[str, Any]:
    if kind is Fraction:
        return {"type": "string", "description": "a fraction, like 22/7"}
    raise NotImplementedError
