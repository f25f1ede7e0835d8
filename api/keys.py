"""API keys: made once, shown once, kept as digests in a file of the data folder that its user alone can read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from ingest.errors import CorruptIndexError, InputError, ReadOnlyError

NAME = "keys.json"
PREFIX = "cw"
SCOPES = ("ask", "admin")
_SHAPE = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})")


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key: `digest` is the SHA-256 of the whole of it, which has 256 random bits."""

    id: str
    name: str
    digest: str
    scopes: tuple[str, ...]
    groups: tuple[str, ...]
    created: str  # ISO 8601, UTC
    expires: str | None = None

    def expired(self, now: datetime) -> bool:
        return self.expires is not None and datetime.fromisoformat(self.expires) <= now


class KeyStore:
    """The keys of one data folder; a change by another process is seen at the next look.  Thread-safe."""

    def __init__(self, data: Path) -> None:
        self._path = data / NAME
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._keys: dict[str, Key] = {}

    def create(self, name: str, *, scopes: Sequence[str], groups: Sequence[str], days: int | None) -> tuple[Key, str]:
        """A new key and its words, which are kept nowhere.  Raises InputError, ReadOnlyError."""
        if unknown := set(scopes) - set(SCOPES):
            raise InputError(f"--scope: {min(unknown)} is no scope; choose from {', '.join(SCOPES)}")
        if not name.strip():
            raise InputError("the key needs a name, so that you know later whose it is")
        now = datetime.now(UTC)
        identifier = secrets.token_hex(6)
        words = f"{PREFIX}_{identifier}_{secrets.token_urlsafe(32)}"
        expires = None if days is None else (now + timedelta(days=days)).isoformat()
        key = Key(identifier, name.strip(), _digest(words), tuple(scopes), tuple(groups), now.isoformat(), expires)
        with self._lock:
            self._write({**self._read(), identifier: key})
        return key, words

    def revoke(self, identifier: str) -> Key:
        """Remove a key; what it signed in or minted ends with it.  Raises InputError when there is none such."""
        with self._lock:
            keys = dict(self._read())
            gone = keys.pop(identifier, None)
            if gone is None:
                raise InputError(f"there is no key with the id {identifier}: see `clausewise keys list`")
            self._write(keys)
        return gone

    def all(self) -> list[Key]:
        with self._lock:
            return sorted(self._read().values(), key=lambda key: key.created)

    def get(self, identifier: str) -> Key | None:
        """The key with this id, unless it has expired or was revoked."""
        with self._lock:
            key = self._read().get(identifier)
        return None if key is None or key.expired(datetime.now(UTC)) else key

    def check(self, words: str) -> Key | None:
        """The key whose words these are, unless it has expired or was revoked."""
        shape = _SHAPE.fullmatch(words)
        key = self.get(shape[1]) if shape else None
        return key if key is not None and secrets.compare_digest(key.digest, _digest(words)) else None

    def _read(self) -> dict[str, Key]:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._seen, self._keys = None, {}
            return self._keys
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            try:
                rows = json.loads(self._path.read_text("utf-8"))
                found = [Key(**{**r, "scopes": tuple(r["scopes"]), "groups": tuple(r["groups"])}) for r in rows]
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise CorruptIndexError(
                    self._path, "the keys cannot be read: make new ones after deleting it"
                ) from error
            self._seen, self._keys = seen, {key.id: key for key in found}
        return self._keys

    def _write(self, keys: dict[str, Key]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_secret(self._path, json.dumps([asdict(key) for key in keys.values()], indent=1))
        except OSError as error:
            raise ReadOnlyError(self._path.parent) from error
        self._seen = None


def write_secret(path: Path, text: str) -> None:
    """Replace a file by one that its user alone can read."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
