"""The files of the page and the widget, held in memory with their ETags: a name that is not listed does not exist."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
KINDS = tuple(kind.partition(";")[0] for kind in _TYPES.values())


@dataclass(frozen=True, slots=True)
class StaticFile:
    body: bytes
    gzipped: bytes
    etag: str
    media_type: str


@lru_cache(maxsize=1)
def static_files() -> dict[str, StaticFile]:
    """Every file of the package's `static` folder, by name."""
    out: dict[str, StaticFile] = {}
    for entry in files("api").joinpath("static").iterdir():
        suffix = entry.name[entry.name.rfind(".") :]
        if suffix in _TYPES and entry.is_file():
            body = entry.read_bytes()
            etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            out[entry.name] = StaticFile(body, gzip.compress(body, mtime=0), etag, _TYPES[suffix])
    return out
