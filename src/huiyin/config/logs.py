"""One JSON line per event with the request's id, and without anybody's personal data.

Addresses can hold secret links and database errors can quote names, so a line carries the route, never the path,
and the kind of an exception with its frames, never its message.
"""

import logging
import time
import traceback
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, WrappedLogger

Response = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("huiyin.request")


def route_of(request: HttpRequest) -> str:
    """Name the address pattern, so that no number or secret in the address reaches the log."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match is not None else "(no route)"


class RequestLog:
    """Give each request an id, return it in X-Request-ID, and write one line for each that changed or failed."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if request.method not in ("GET", "HEAD") or response.status_code >= 400:
            log.info(
                "request",
                method=request.method,
                route=route_of(request),
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


def without_path(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put the route in place of the path in the lines Django itself writes about a request."""
    record = event["_record"]
    arguments = event.pop("positional_args", None)
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and isinstance(arguments, tuple):
        told = tuple(route_of(request) if argument == request.path else argument for argument in arguments)
        event["event"] = str(record.msg) % told
    return event


def has_exception(record: logging.LogRecord) -> bool:
    """Let Django's line about a request through only where it adds something to our own."""
    return record.exc_info is not None


def without_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Tell an exception by its kind and frames; its message may quote what a customer wrote."""
    told = event.pop("exc_info", None)
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = type(error).__name__
        event["frames"] = [
            f"{frame.filename.rsplit('/huiyin/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames
        ]
    return event


def settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING and set structlog up to pass through the same formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "pass_foreign_args": True,
        "foreign_pre_chain": [*shared, without_path],
        "processors": [
            without_message,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"exceptions": {"()": "django.utils.log.CallbackFilter", "callback": has_exception}},
        "formatters": {"json": formatter},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
        # Django attaches handlers of its own to this logger (mail to administrators); one way out is enough.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"filters": ["exceptions"]},
        },
    }
