"""The format of a file, told by its content and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum


class Format(StrEnum):
    """What a file is; those that no reader reads have advice in `ADVICE`."""

    TEXT = "text"
    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    EML = "eml"
    MSG = "msg"
    IMAGE = "image"
    OLD_WORD = "old word"
    OLD_OFFICE = "old office"
    ENCRYPTED = "encrypted"
    RTF = "rtf"
    OPEN_DOCUMENT = "open document"
    SHEET = "sheet"
    SLIDES = "slides"
    ARCHIVE = "archive"
    BINARY = "binary"


ADVICE = {
    Format.OLD_WORD: "it is an old Word document (.doc); save it as .docx or PDF",
    Format.OLD_OFFICE: "it is an old Office file; save it as .docx or PDF",
    Format.ENCRYPTED: "it is encrypted; save it without a password and try again",
    Format.RTF: "it is a rich text file (RTF); save it as .docx or PDF",
    Format.OPEN_DOCUMENT: "it is an OpenDocument file; save it as .docx or PDF",
    Format.SHEET: "it is a spreadsheet; save the part that matters as PDF or HTML",
    Format.SLIDES: "they are slides; save them as PDF",
    Format.ARCHIVE: "it is an archive; unpack it in the corpus folder",
    Format.BINARY: "it is binary, not text; convert it to PDF, Word, HTML or text first",
}

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"SQLite format 3\x00")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = re.compile(
    rb"(?:From|To|Cc|Subject|Date|Received|MIME-Version|Return-Path|Message-ID|Delivered-To|Content-Type|Reply-To|Sender"
    rb"|X-[\w-]+|DKIM-Signature|ARC-[\w-]+|Authentication-Results|List-[\w-]+|Thread-[\w-]+|References|In-Reply-To"
    rb"|Content-Transfer-Encoding|Content-Language|Accept-Language|User-Agent|Importance|Bcc|Received-SPF)[ \t]*:",
    re.IGNORECASE,
)
_MAIL_ONLY = re.compile(rb"(?:^|\n)(?:Message-ID|MIME-Version|Received|Return-Path|Content-Type)[ \t]*:", re.IGNORECASE)
_FEW = 3  # headers that make an e-mail


def sniff(content: bytes) -> Format:
    """The format of a file's content."""
    if b"%PDF-" in content[:1024]:
        return Format.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(b"{\\rtf"):
        return Format.RTF
    if content.startswith(_IMAGES[:-1]) or (content.startswith(b"BM") and b"\0" in content[:64]):
        return Format.IMAGE
    if content.startswith((*_ARCHIVES, *_PROGRAMS)) and _has_zeros(content):
        return Format.ARCHIVE if content.startswith(_ARCHIVES) else Format.BINARY
    if _is_html(content):
        return Format.HTML
    return Format.EML if _is_mail(content) else Format.TEXT


def _has_zeros(content: bytes) -> bool:
    return b"\0" in content[:4096] or any(byte > 0x7F for byte in content[:64])


def _zipped(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:5_000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Format.DOCX if b"word/" in content[:4096] else Format.ARCHIVE
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return Format.DOCX
    if any(name.startswith("xl/") for name in names):
        return Format.SHEET
    if any(name.startswith("ppt/") for name in names):
        return Format.SLIDES
    return Format.OPEN_DOCUMENT if "content.xml" in names and "mimetype" in names else Format.ARCHIVE


def _ole(content: bytes) -> Format:
    """What an OLE container holds, told by the names in its directory."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return Format.ENCRYPTED
    if holds("__properties_version1.0"):
        return Format.MSG
    return Format.OLD_WORD if holds("WordDocument") else Format.OLD_OFFICE


def _is_html(content: bytes) -> bool:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return True
    return (
        head.startswith((b"<?xml", b"<!--", b"<head", b"<body", b"<meta", b"<title"))
        and b"<" in content[8:8192]
        and (b"<html" in content[:8192].lower() or b"<body" in content[:8192].lower())
    )


def _is_mail(content: bytes) -> bool:
    """Whether the file begins with the headers of an e-mail and a blank line after them."""
    head = content[:65_536].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")
    block, blank, _ = head.partition(b"\n\n")
    if not blank and len(content) < len(head):
        return False
    lines = [line for line in block.split(b"\n") if not line.startswith((b" ", b"\t"))]
    if lines and lines[0].startswith(b"From ") and b"@" in lines[0]:
        lines = lines[1:]
    known = sum(1 for line in lines if _HEADER.match(line))
    odd = sum(1 for line in lines if not re.match(rb"[\w-]+[ \t]*:", line))
    return known >= _FEW and odd == 0 and _MAIL_ONLY.search(b"\n" + block) is not None
