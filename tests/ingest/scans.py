"""Pages as a scanner sees them, and PDFs in which some pages are such pictures."""

from __future__ import annotations

import io
import os
import re
import shutil
import time
from collections.abc import Sequence

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None and os.environ.get("CI") != "true",
    reason="Tesseract is not installed here (Debian: apt-get install tesseract-ocr)",
)


def scanned(blocks: Sequence[str], *, margin: int = 120) -> Image.Image:
    """A page of A4 with these paragraphs as a scanner at 150 dots an inch sees it."""
    page = Image.new("L", (1240, 1754), 255)
    draw, y = ImageDraw.Draw(page), 120
    for block in blocks:
        for line in block.split("\n"):
            draw.text((margin, y), line, font=ImageFont.load_default(26), fill=0)
            y += 42
        y += 42
    return page


def turned(page: Image.Image, degrees: float) -> Image.Image:
    """The page turned counterclockwise, with white corners."""
    return page.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def saved(pages: Sequence[Image.Image], form: str) -> bytes:
    """A file of these pages; PNG and JPEG take one."""
    out = io.BytesIO()
    more: dict[str, object] = {}
    if form == "PDF":
        when = time.gmtime(0)
        more = {"save_all": True, "append_images": pages[1:], "resolution": 150, "creationDate": when, "modDate": when}
    if form == "TIFF":
        more = {"save_all": True, "append_images": pages[1:]}
    pages[0].save(out, form, **more)
    return out.getvalue()


def joined(*parts: bytes) -> bytes:
    """One PDF of the pages of several."""
    whole, out = pdfium.PdfDocument.new(), io.BytesIO()
    for part in parts:
        source = pdfium.PdfDocument(part)
        whole.import_pages(source)
        source.close()
    whole.save(out)
    whole.close()
    return re.sub(rb"[0-9A-F]{32}", b"0" * 32, out.getvalue())  # the file's number, drawn by chance
