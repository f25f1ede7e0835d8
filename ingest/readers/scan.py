"""Scans: pictures of pages, recognised by Tesseract where it is installed."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.notice import Span
from ingest.raw import RawDocument

_DOTS_PER_INCH = 250
_MAX_PIXELS = 60_000_000
_WHICH_WAY = ("--psm", "0", "-c", "min_characters_to_try=30")
_TURN = re.compile(r"Rotate: (90|180|270)\nOrientation confidence: (\d+\.\d+)")
_SURE = 2.0  # confidence from which a page is turned
INSTALL = (
    "it is a scan, pictures of pages without text; install Tesseract (the package tesseract-ocr) and run ingest again, "
    "or recognise it first with ocrmypdf"
)


def recognise_pdf(
    document: pdfium.PdfDocument, path: Path | str, limits: Limits, metadata: Mapping[str, str]
) -> RawDocument:
    """The text of a PDF that holds only pictures."""
    return _recognise(_rendered(document), path, limits, metadata)


def read_image(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """The text of a picture file, one page a frame."""
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    try:
        with Image.open(io.BytesIO(content)) as image:
            if getattr(image, "n_frames", 1) > limits.pages:
                raise ReadError(path, f"it has more than {limits.pages:,} pages; split it, or raise the limit")
            return _recognise(_frames(image), path, limits, {})
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise ReadError(path, "it is a damaged or far too large picture; save it again, smaller") from error


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(image):
        yield ImageOps.exif_transpose(frame).convert("L")


def _rendered(document: pdfium.PdfDocument) -> Iterator[Image.Image]:
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        scale = min(_DOTS_PER_INCH / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        page.close()
        yield picture


def _recognise(
    pages: Iterable[Image.Image], path: Path | str, limits: Limits, metadata: Mapping[str, str]
) -> RawDocument:
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError(path, INSTALL)
    until = time.monotonic() + limits.seconds
    texts = [_page(program, page, path, until) for page in pages]
    if not any(c.isalnum() for text in texts for c in text):
        raise ReadError(path, "no words were recognised on its pages; scan it again, straighter and darker")
    return RawDocument("".join(texts), _pages(texts), metadata=dict(metadata), format="scan")


def _pages(texts: Sequence[str]) -> tuple[Span, ...]:
    ends = list(accumulate(map(len, texts)))
    return tuple(Span(start, end) for start, end in zip([0, *ends], ends, strict=False))


def _page(program: str, page: Image.Image, path: Path | str, until: float) -> str:
    """The words of one page, which ends in a form feed."""
    turned = _TURN.search(_asked(program, page, path, until, *_WHICH_WAY) or "")
    if turned is not None and float(turned[2]) >= _SURE:
        page = page.rotate(-int(turned[1]), expand=True)
    said = _asked(program, page, path, until, "--psm", "3")
    if said is None:
        raise ReadError(path, "Tesseract failed on it; recognise it first with ocrmypdf")
    return said.replace("\f", "").rstrip() + "\n\f"


def _asked(program: str, page: Image.Image, path: Path | str, until: float, *how: str) -> str | None:
    """What Tesseract says of a page; None when it fails.  Raises ReadError when the time is up."""
    picture = io.BytesIO()
    page.save(picture, "PNG")
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", *how],
            input=picture.getvalue(),
            capture_output=True,
            timeout=max(until - time.monotonic(), 0.001),
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(path, "recognising it takes longer than the limit; recognise it first with ocrmypdf") from error
    except OSError as error:
        raise ReadError(path, INSTALL) from error
    return None if done.returncode else done.stdout.decode("utf-8", "replace")
