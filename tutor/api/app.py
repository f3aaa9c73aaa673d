"""The HTTP API, on services that are running already."""

from collections.abc import Sequence
from typing import Any, Final

from fastapi import FastAPI
from starlette.middleware import Middleware

from tutor.api import openapi, problems
from tutor.api.context import RequestContext
from tutor.api.hosts import HostGuard
from tutor.api.routes import ROUTERS
from tutor.api.services import Services

_NO_TELEMETRY: Final[Any] = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


def make_app(services: Services, inner: Sequence[Middleware] = ()) -> FastAPI:
    """No pages of its own: those that FastAPI brings would load scripts from elsewhere. `inner` stands between what
    surrounds every request and the routes.
    """
    outermost = Middleware(RequestContext, tracing=services.tracing)
    around = [outermost, Middleware(HostGuard, names=services.config.hosts), *inner]
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, telemetry=_NO_TELEMETRY, middleware=around)
    app.state.services = services
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    openapi.install(app)
    return app
