"""A file's bytes as a RawDocument: the format is told by content, not by suffix."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import RawDocument
from ingest.readers.text import read_text


def read(path: Path, limits: Limits | None = None) -> RawDocument:
    """Read one file.  Raises ReadError, naming the file and what to do."""
    limits = limits or Limits()
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise ReadError(
                path, f"it has {size:,} bytes, more than the limit of {limits.bytes:,}; split it, or raise the limit"
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(path, "it is gone; if it was moved, run ingest again") from error
    except IsADirectoryError as error:
        raise ReadError(path, "it is a folder; name a file") from error
    except OSError as error:
        raise ReadError(
            path, f"it cannot be read ({error.strerror or error}); give this user the right to read it"
        ) from error
    return read_bytes(content, path, limits)


def read_bytes(content: bytes, path: Path | str, limits: Limits | None = None) -> RawDocument:
    """Read a file's content; `path` serves for its name in messages."""
    limits = limits or Limits()
    if not content.strip():
        raise ReadError(path, "it is empty; put text in it or delete it")
    if content[:1024].find(b"%PDF-") >= 0:
        from ingest.readers.pdf import read_pdf

        return read_pdf(content, path, limits)
    if looks_like_html(content):
        from ingest.readers.html import read_html

        return read_html(content, path, limits)
    return read_text(content, path)


def looks_like_html(content: bytes) -> bool:
    """Whether the file begins as a web page does."""
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return True
    return head.startswith((b"<?xml", b"<!--", b"<head", b"<body")) and b"<html" in content[:8192].lower()
