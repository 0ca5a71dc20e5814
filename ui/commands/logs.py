"""How logs are written: JSON lines in production, readable on a terminal, never a field that is not allowed."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from kiosk.log_events import ALLOWED_FIELDS

_OWN_FIELDS = frozenset({"event", "level", "timestamp", "exc_info", "exception"})


def configure_logs(level: str) -> None:
    """Send logs of at least this level to standard error."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed_fields,
            tell_where,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def keep_allowed_fields(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what is not in the catalogue of fields, so that nothing personal slips into a log by mistake."""
    return {name: value for name, value in fields.items() if name in ALLOWED_FIELDS | _OWN_FIELDS}


def tell_where(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say which error it was and where it came from, without text or values: they may quote what a person typed."""
    told = fields.pop("exc_info", None)
    error = told if isinstance(told, BaseException) else sys.exc_info()[1] if told else None
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        fields["exception"] = [type(error).__name__, *reversed(places)]
    return fields
