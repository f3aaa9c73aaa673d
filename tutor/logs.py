"""Log lines, for people or as JSON: our own and those of libraries, on standard error."""

import logging
import logging.config
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final, Literal

import structlog

TEXTS: Final = frozenset({"text", "question", "answer", "steps"})
"""Names under which texts of callers are logged, where that is asked for."""

Line = MutableMapping[str, Any]


def configure(level: str, form: Literal["console", "json"], *, text: bool) -> None:
    """`text`: whether lines may hold what callers wrote. Without it errors are told by their kind and place only,
    since their messages may quote it.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *([] if text else [_without_texts]),
        _told_with_messages if text else _told,
    ]
    renderer: Any = structlog.processors.JSONRenderer()
    if form == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for chatty in ("httpx", "httpcore", "alembic", "mcp"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # Its warnings are about what callers send.
    logging.getLogger("uvicorn").setLevel(logging.ERROR)


def _without_texts(_logger: Any, _method: str, line: Line) -> Line:
    for name in TEXTS & line.keys():
        del line[name]
    return line


def _told(_logger: Any, _method: str, line: Line) -> Line:
    return _with_error(line, messages=False)


def _told_with_messages(_logger: Any, _method: str, line: Line) -> Line:
    return _with_error(line, messages=True)


def _with_error(line: Line, *, messages: bool) -> Line:
    """The exception of a line as text: kinds and places, and messages where they may be told."""
    found = line.pop("exc_info", None)
    if isinstance(found, BaseException):
        error: BaseException | None = found
    else:
        error = found[1] if isinstance(found, tuple) else sys.exc_info()[1] if found else None
    if error is not None:
        parts = traceback.format_exception(error) if messages else _places(error)
        line["exception"] = "".join(parts).rstrip()
    return line


def _places(error: BaseException) -> list[str]:
    parts = [*traceback.format_list(traceback.extract_tb(error.__traceback__)), type(error).__name__ + "\n"]
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for other in (*inner, *((cause,) if cause is not None else ())):
        parts += ["\n", *_places(other)]
    return parts
