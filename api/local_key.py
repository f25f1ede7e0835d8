"""The key by which commands on this machine speak to a running service: whoever may read the data folder has it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ingest.errors import ReadOnlyError

NAME = "service.key"


def make_local_key(data: Path) -> str:
    """A new key for this run of the service, readable by its user alone.  Raises ReadOnlyError."""
    key = secrets.token_urlsafe(32)
    new = data / f"{NAME}.new"
    try:
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
        new.replace(data / NAME)
    except OSError as error:
        raise ReadOnlyError(data) from error
    return key


def read_local_key(data: Path) -> str | None:
    """The running service's key, or None for those who may not read it."""
    try:
        return (data / NAME).read_text("ascii").strip() or None
    except (OSError, ValueError):
        return None


def drop_local_key(data: Path) -> None:
    (data / NAME).unlink(missing_ok=True)
