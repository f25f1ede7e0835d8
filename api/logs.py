"""How a service writes its log: for people on a terminal, one JSON object a line for machines elsewhere."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

FIELDS = ("method", "route", "status", "ms", "id")
REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)  # goes along into worker threads


class JsonLines(logging.Formatter):
    """`{"at", "level", "logger", "message"}`, the id of the request in which it was said, and what a request was."""

    def format(self, record: logging.LogRecord) -> str:
        row: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request_id := REQUEST_ID.get()) is not None:
            row["id"] = request_id
        row |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            row["error"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


def configure() -> None:
    """Log requests too, as JSON Lines, where standard error is no terminal."""
    if sys.stderr.isatty():
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.getLogger().handlers[:] = [handler]
    logging.getLogger("clausewise").setLevel(logging.INFO)
