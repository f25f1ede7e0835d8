"""A file's bytes as a RawDocument: the format is told by content, not by suffix."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import RawDocument
from ingest.readers.text import read_text
from ingest.sniff import ADVICE, Format, sniff

__all__ = ["Limits", "read", "read_bytes"]

_MOST_BYTES = 4  # of one character, in any encoding
_HALVES = re.compile("[\ud800-\udfff]")


def read(path: Path, limits: Limits | None = None) -> RawDocument:
    """Read one file, within bounds of time and memory.  Raises ReadError, naming the file and what to do."""
    limits = limits or Limits()
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise ReadError(path, _too_large(size, limits))
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(path, "it is gone; if it was moved, run ingest again") from error
    except IsADirectoryError as error:
        raise ReadError(path, "it is a folder; name a file") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise ReadError(path, f"it cannot be read ({why}); give this user the right to read it") from error
    return read_bytes(content, path, limits)


def read_bytes(content: bytes, path: Path | str, limits: Limits | None = None, *, isolated: bool = True) -> RawDocument:
    """Read a file's content; `path` serves for its name in messages.

    Everything but plain text is read in a process of its own, which is ended when it takes more time or memory
    than `limits` allows; `isolated=False` reads it in this one.
    """
    limits = limits or Limits()
    if len(content) > limits.bytes:
        raise ReadError(path, _too_large(len(content), limits))
    if not content.strip():
        raise ReadError(path, "it is empty; put text in it or delete it")
    kind = sniff(content)
    if kind in ADVICE:
        raise ReadError(path, ADVICE[kind])
    if kind is Format.TEXT:
        if len(content) > _MOST_BYTES * limits.characters:  # told at once: decoding it would take its time
            raise ReadError(path, _too_long("far more characters than", limits))
        return _within(read_text(content, path), path, limits)
    if isolated:
        from ingest.isolate import read_apart

        return _within(read_apart(content, path, limits), path, limits)
    return _within(_read_as(kind, content, path, limits), path, limits)


def _read_as(kind: Format, content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    # readers are imported when needed: some take longer to import than a text takes to read
    if kind is Format.PDF:
        from ingest.readers.pdf import read_pdf

        return read_pdf(content, path, limits)
    if kind is Format.HTML:
        from ingest.readers.html import read_html

        return read_html(content, path, limits)
    if kind is Format.DOCX:
        from ingest.readers.docx import read_docx

        return read_docx(content, path, limits)
    if kind is Format.EML:
        from ingest.readers.mail import read_eml

        return read_eml(content, path, limits)
    if kind is Format.MSG:
        from ingest.readers.msg import read_msg

        return read_msg(content, path, limits)
    from ingest.readers.scan import read_image

    return read_image(content, path, limits)


def _within(raw: RawDocument, path: Path | str, limits: Limits) -> RawDocument:
    """The document, if it is not too long; halves of characters, which nothing can store, are replaced."""
    if _HALVES.search(raw.text) or any(_HALVES.search(value) for value in raw.metadata.values()):
        said = {name: _HALVES.sub("\ufffd", value) for name, value in raw.metadata.items()}
        raw = replace(raw, text=_HALVES.sub("\ufffd", raw.text), metadata=said)
    if len(raw.text) > limits.characters:
        raise ReadError(path, _too_long(f"{len(raw.text):,} characters, more than", limits))
    return raw


def _too_long(found: str, limits: Limits) -> str:
    return f"it has {found} the limit of {limits.characters:,}; split it, or raise the limit"


def _too_large(size: int, limits: Limits) -> str:
    return f"it has {size:,} bytes, more than the limit of {limits.bytes:,}; split it, or raise the limit"
