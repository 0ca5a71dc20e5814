"""How logs are written: JSON lines in production, readable on a terminal, never a field that is not allowed."""

import logging
import sys
from collections.abc import MutableMapping
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
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def keep_allowed_fields(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what is not in the catalogue of fields, so that nothing personal slips into a log by mistake."""
    return {name: value for name, value in fields.items() if name in ALLOWED_FIELDS | _OWN_FIELDS}
