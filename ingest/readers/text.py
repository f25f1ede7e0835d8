"""Plain text and Markdown: the file's own characters, decoded."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ingest.errors import ReadError
from ingest.raw import RawDocument

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 200_000
_BINARY = "it is binary, not text; convert it to PDF, Word, HTML or text first"


def read_text(content: bytes, path: Path | str) -> RawDocument:
    """Decode; newlines become `\\n`, the byte order mark goes, nothing else changes."""
    text = decode(content, path)
    if not any(c.isalnum() for c in text):
        raise ReadError(path, "it holds no words; put text in it or delete it")
    return RawDocument(text, format="text")


def decode(content: bytes, path: Path | str, *, strict: bool = True) -> str:
    """The characters of `content`; UTF-8 first, else by detection.

    Raises ReadError when it cannot be decoded and, if `strict`, when it is full of control characters.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return normalised(content[len(mark) :].decode(encoding))
            except UnicodeDecodeError as error:
                raise ReadError(path, f"it says that it is {encoding.upper()} but is not; save it as UTF-8") from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _detect(content, path)
    if strict and _binary(text):
        raise ReadError(path, _BINARY)
    return normalised(text)


def normalised(text: str) -> str:
    """Newlines as `\\n`; NUL, which no store accepts, as the replacement character."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _detect(content: bytes, path: Path | str) -> str:
    from charset_normalizer import from_bytes

    sample = content[:_SAMPLE]
    if not _wide(sample):
        odd = sum(sample.count(byte) for byte in (*range(9), *range(0x0E, 0x1C)))
        if odd > len(sample) // 50:
            raise ReadError(path, _BINARY)
    best = from_bytes(sample).best()
    guesses = [best.encoding] if best is not None else []
    plain = sum(byte < 0x80 for byte in sample) > 0.9 * len(sample)
    if plain and (best is None or best.encoding.startswith(("cp125", "latin", "mac", "iso8859", "cp4", "cp8", "hp"))):
        guesses.insert(
            0, "cp1252"
        )  # too few letters beyond ASCII to tell its kin apart, and it is by far the commonest
    for encoding in [*guesses, "cp1252"]:
        try:
            return content.decode(encoding)
        except (LookupError, ValueError):
            continue
    raise ReadError(path, "its characters cannot be decoded; save it as UTF-8")


def _wide(sample: bytes) -> bool:
    """Whether every other byte is zero, as in UTF-16 without a mark."""
    return sample[1::2].count(0) > len(sample) // 3 or sample[::2].count(0) > len(sample) // 3


def _binary(text: str) -> bool:
    """Whether control characters and the like are too many for a text."""
    sample = text[:_SAMPLE]
    odd = sum(
        1
        for c in sample
        if (unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v\x1c\x1d\x1e\x85") or c == "\ufffd"
    )
    return odd > max(2, len(sample) // 100)
