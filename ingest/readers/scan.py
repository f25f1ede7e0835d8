"""Scans: pictures of pages, recognised by Tesseract where it is installed."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps, ImageSequence

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import RawDocument
from ingest.readers.ocr import INSTALL, MissingError, SlowError, Tesseract
from ingest.readers.ocr_layout import printed
from ingest.readers.pdf_lines import Page, read_page, without_running
from ingest.readers.pdf_paragraphs import compose

_DOTS_PER_INCH = 250
_MAX_PIXELS = 60_000_000
_LONG_SIDE = 842.0  # points that a picture of a page is taken to be long
WORDS = 40.0  # percent of certainty below which a picture holds no words but looks like it here and there

Picture = tuple[Image.Image, float]  # in grey, and its pixels a point


def recognise_pdf(
    document: pdfium.PdfDocument, path: Path | str, until: float, metadata: Mapping[str, str]
) -> RawDocument:
    """The text of a PDF that holds only pictures; `until` is the moment (of time.monotonic) to give up at."""
    return _recognise((render(document, n) for n in range(len(document))), path, until, metadata)


def read_image(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """The text of a picture file, one page a frame."""
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    try:
        with Image.open(io.BytesIO(content)) as image:
            if getattr(image, "n_frames", 1) > limits.pages:
                raise ReadError(path, f"it has more than {limits.pages:,} pages; split it, or raise the limit")
            return _recognise(_frames(image), path, time.monotonic() + limits.seconds, {})
    except ReadError:
        raise
    except Exception as error:  # a damaged picture provokes errors of any kind in its decoders
        raise ReadError(path, "it is a damaged or far too large picture; save it again, smaller") from error


def render(document: pdfium.PdfDocument, number: int) -> Picture | None:
    """A page (counted from 0) as a scanner would see it; None when it is damaged."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return None
    try:
        width, height = page.get_size()
        scale = min(_DOTS_PER_INCH / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()
    return picture, scale


def read_picture(tesseract: Tesseract, picture: Picture | None, number: int, body: float = 0.0) -> Page | None:
    """A page with the words of a picture; None when it has none or there is none.  Raises ReadError and SlowError."""
    if picture is None:
        return None
    image, scale = picture
    found = tesseract.recognise(image)
    return read_page(printed(found, scale, body), number) if found.sure >= WORDS else None


def _frames(image: Image.Image) -> Iterator[Picture]:
    for frame in ImageSequence.Iterator(image):
        grey = ImageOps.exif_transpose(frame).convert("L")
        yield grey, max(grey.size) / _LONG_SIDE


def _recognise(
    pictures: Iterable[Picture | None], path: Path | str, until: float, metadata: Mapping[str, str]
) -> RawDocument:
    try:
        tesseract = Tesseract(path, until)
        pages = [
            read_picture(tesseract, picture, n) or Page(n, 1.0, 1.0, (), 1) for n, picture in enumerate(pictures, 1)
        ]
    except MissingError as error:
        raise ReadError(path, f"it is a scan, pictures of pages without text; {INSTALL}") from error
    except SlowError as error:
        raise ReadError(path, "recognising it takes longer than the limit; recognise it first with ocrmypdf") from error
    if not any(page.items for page in pages):
        raise ReadError(path, "no words were recognised on its pages; scan it again, straighter and darker")
    return replace(compose(without_running(pages), metadata), format="scan")
