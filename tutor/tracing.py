"""Traces, for who gives an address they are sent to. Without one nothing of this is even imported.

One span for each request, with its route, status and request id: no text, and no exceptions, whose messages may quote
it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from urllib.parse import urlsplit, urlunsplit

Ending = Callable[[str, int, str], None]
"""Is told the route, the status and the request id when the request is over."""


class MissingTracingError(Exception):
    """The packages that send traces are not installed."""


class Tracing:
    """Sends spans in the background to an OpenTelemetry collector (OTLP over HTTP). `close` sends what is left.

    Raises:
        MissingTracingError: see there.
    """

    def __init__(self, endpoint: str) -> None:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise MissingTracingError(
                "PRAMANA_TRACING_ENDPOINT needs packages that are not installed; type: pip install 'pramana[tracing]'"
            ) from error
        resource = Resource({"service.name": "pramana", "service.version": version("pramana")})
        self._provider = TracerProvider(resource=resource)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=_traces(endpoint))))
        self._tracer = self._provider.get_tracer("pramana")

    @contextmanager
    def request(self, method: str, headers: Mapping[str, str]) -> Iterator[Ending]:
        """A span around a request, below the one that its `traceparent` header names."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        above = TraceContextTextMapPropagator().extract(dict(headers))
        with self._tracer.start_as_current_span(
            method, above, kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:

            def end(route: str, status: int, request_id: str) -> None:
                span.update_name(f"{method} {route}")
                span.set_attribute("http.request.method", method)
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                span.set_attribute("pramana.request_id", request_id)

            yield end

    def close(self) -> None:
        self._provider.shutdown()


def _traces(endpoint: str) -> str:
    """Where traces go at a collector named by its address alone."""
    parts = urlsplit(endpoint)
    return urlunsplit(parts._replace(path="/v1/traces")) if parts.path in ("", "/") else endpoint
