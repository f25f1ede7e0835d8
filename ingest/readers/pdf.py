"""PDF: paragraphs, headings, tables and pages, by where and how large the letters stand."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import RawDocument
from ingest.readers.pdf_glyphs import page_parts
from ingest.readers.pdf_lines import Page, read_page, without_running
from ingest.readers.pdf_paragraphs import compose
from ingest.readers.pdf_scans import FEW_LETTERS, letters, with_scans
from ingest.readers.scan import recognise_pdf


def read_pdf(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """Read a PDF.  Raises ReadError when it is encrypted, damaged, too long or a scan that cannot be recognised."""
    document = _open(content, path)
    try:
        count = len(document)
        if count == 0:
            raise ReadError(path, "it has no pages; make the PDF again")
        if count > limits.pages:
            raise ReadError(
                path, f"it has {count:,} pages, more than the limit of {limits.pages:,}; split it, or raise the limit"
            )
        until = time.monotonic() + limits.seconds
        pages, damaged = _pages(document, path, limits)
        metadata = _metadata(document)
        if sum(map(letters, pages)) <= FEW_LETTERS * count and any(page.images for page in pages):
            return replace(recognise_pdf(document, path, until, metadata), notes=damaged)
        pages, notes = with_scans(document, pages, path, until)
    finally:
        document.close()
    if not any(page.items for page in pages):
        raise ReadError(path, "it holds no text; if it is a scan, recognise it first (ocrmypdf does)")
    return replace(compose(without_running(pages), metadata), notes=(*damaged, *notes))


def _open(content: bytes, path: Path | str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(path, "it is encrypted; save it without a password and try again") from error
        raise ReadError(path, "it is a damaged PDF; open it in a viewer and save it again") from error


def _pages(document: pdfium.PdfDocument, path: Path | str, limits: Limits) -> tuple[list[Page], tuple[str, ...]]:
    """The pages, and what is to be told of those that cannot be read."""
    started = time.monotonic()
    pages: list[Page] = []
    broken: list[int] = []
    for number in range(1, len(document) + 1):
        if time.monotonic() - started > limits.seconds:
            raise ReadError(
                path,
                f"reading stopped at page {number} after {limits.seconds:.0f} seconds; split it, or raise the limit",
            )
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            broken.append(number)
            pages.append(Page(number, 1.0, 1.0, (), 0))
            continue
        try:
            pages.append(read_page(page_parts(page), number))
        except pdfium.PdfiumError:
            broken.append(number)
            pages.append(Page(number, 1.0, 1.0, (), 0))
        finally:
            page.close()
    if len(broken) == len(pages):
        raise ReadError(path, "none of its pages can be read; open it in a viewer and save it again")
    return pages, tuple(
        f"page {number} is damaged and was not read: open it in a viewer and save it again" for number in broken
    )


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    try:
        found = document.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError:
        return {}
    kept = {
        key.lower(): " ".join(str(value).split())
        for key, value in found.items()
        if key in ("Title", "Author", "Subject")
    }
    made = re.match(r"D:(\d{4})(\d{2})(\d{2})", str(found.get("CreationDate", "")))
    if made:
        kept["created"] = "-".join(made.groups())
    return kept
