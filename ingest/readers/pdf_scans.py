"""Pages of a PDF that are pictures while other pages have text: recognised and set among the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium

from ingest.readers.ocr import INSTALL, MissingError, SlowError, Tesseract
from ingest.readers.pdf_lines import EDGE, Line, Page
from ingest.readers.pdf_tables import Grid
from ingest.readers.scan import read_picture, render

FEW_LETTERS = 25  # a page with an image and no more letters than this is a scan
_PICTURE = 0.25  # share of the page that its images cover
_WHOLE_PICTURE = 0.6  # the same, where a head or foot is printed over the scan


def letters(page: Page, *, inner: bool = False) -> int:
    """How many letters a page has; `inner` leaves out its head and foot."""
    count = 0
    for item in page.items:
        if isinstance(item, Grid):
            count += sum(len(cell) for row in item.rows for cell in row)
        elif not inner or EDGE * page.height <= item.base <= (1 - EDGE) * page.height:
            count += len(item.text)
    return count


def is_scan(page: Page) -> bool:
    """Whether the page is a picture of one, with nothing printed on it but perhaps a head or a foot."""
    if page.pictured >= _WHOLE_PICTURE:
        return letters(page, inner=True) <= FEW_LETTERS
    return page.pictured >= _PICTURE and letters(page) <= FEW_LETTERS


def with_scans(
    document: pdfium.PdfDocument, pages: Sequence[Page], path: Path | str, until: float
) -> tuple[list[Page], tuple[str, ...]]:
    """The pages with those that are scans recognised, and what is to be told of scans that were not read.

    until   the moment (of time.monotonic) to stop recognising at
    Raises ReadError when Tesseract fails.
    """
    scans = [page.number for page in pages if is_scan(page)]
    if not scans:
        return list(pages), ()
    read: dict[int, Page] = {}
    why = ""
    try:
        tesseract = Tesseract(path, until)
        size = _body(item for page in pages if not is_scan(page) for item in page.items)
        for number in scans:
            found = read_picture(tesseract, render(document, number - 1), number, size)
            pictured = found is None or letters(found) <= FEW_LETTERS  # a photograph
            read[number] = pages[number - 1] if found is None or pictured else found
    except MissingError:
        why = INSTALL
    except SlowError:
        why = "recognition takes longer than the limit; recognise it first with ocrmypdf, or raise the limit"
    unread = [number for number in scans if number not in read]
    notes = (f"{_told(unread)} not read: {why}",) if unread else ()
    return [read.get(page.number, page) for page in pages], notes


def _told(numbers: Sequence[int]) -> str:
    """`page 3 is an image and was`, `pages 3, 5-7 are images and were`."""
    if len(numbers) == 1:
        return f"page {numbers[0]} is an image and was"
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"pages {shown} are images and were"


def _body(items: Iterable[Line | Grid]) -> float:
    """The size of most letters, 0 when there are none."""
    sizes: Counter[float] = Counter()
    for item in items:
        sizes[item.size] += len(item.text) if isinstance(item, Line) else 1
    return sizes.most_common(1)[0][0] if sizes else 0.0
