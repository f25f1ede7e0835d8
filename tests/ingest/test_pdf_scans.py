"""Scanned pages in a PDF that has text on its other pages: read where Tesseract is installed, else told."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from ingest.clauses import split_pages
from ingest.corpus import CorpusFile
from ingest.intake import Overrides, ReadBytes, Taken, take_in
from ingest.library import Library
from ingest.limits import Limits
from ingest.raw import RawDocument
from ingest.read import read_bytes
from ingest.readers import pdf_scans, scan
from ingest.readers.ocr import INSTALL, SlowError
from ingest.readers.scan import Picture
from ingest.sync import sync
from tests.ingest.documents import column, make_pdf
from tests.ingest.scans import joined, needs_tesseract, saved, scanned

FIRST = make_pdf(
    [column(["Improvement Notice", "", "1. The council must appoint an adviser.", "", "2. It must publish a plan."])]
)
SCAN = saved(
    [scanned(["3. The board is chaired by Ann Smith.", "4. It meets on the first\nMonday of each month."])], "PDF"
)
LAST = make_pdf([column(["5. This notice stands for twelve months.", "", "6. It may be varied in writing."])])
MIXED = joined(FIRST, SCAN, LAST)


def read(content: bytes, limits: Limits | None = None) -> RawDocument:
    return read_bytes(content, "notice.pdf", limits, isolated=False)


def clauses(raw: RawDocument) -> dict[str, tuple[str, int | None]]:
    return {c.label: (" ".join(raw.text[c.span.start : c.span.end].split()), c.page) for c in split_pages(raw)[0]}


@needs_tesseract
def test_a_scanned_page_is_read_and_keeps_its_number() -> None:
    raw = read(MIXED)
    found = clauses(raw)
    assert found["3"] == ("3. The board is chaired by Ann Smith.", 2)
    assert found["4"] == ("4. It meets on the first Monday of each month.", 2)
    assert [found[label][1] for label in ("1", "2", "5", "6")] == [1, 1, 3, 3]
    assert (len(raw.pages), raw.notes) == (3, ())


@needs_tesseract
def test_pages_with_text_are_not_recognised_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    render = scan.render

    def watched(document: pdfium.PdfDocument, number: int) -> Picture | None:
        asked.append(number)
        return render(document, number)

    monkeypatch.setattr(pdf_scans, "render", watched)
    read(MIXED)
    assert asked == [1]


@needs_tesseract
def test_a_scan_with_a_head_printed_over_it_is_read() -> None:
    page = scanned(["3. The board is chaired by Ann Smith."])
    stamped = make_pdf([column(["Disclosed under the Act, bundle page 2 of 3"], y=40)])
    raw = read(joined(FIRST, over(stamped, page), LAST))
    assert clauses(raw)["3"][1] == 2


@needs_tesseract
def test_a_photograph_adds_no_words() -> None:
    photograph = Image.effect_noise((1240, 1754), 80)
    ImageDraw.Draw(photograph).ellipse((200, 300, 1000, 1300), fill=60)
    raw = read(joined(FIRST, saved([photograph], "PDF"), LAST))
    assert sorted(label for label in clauses(raw) if label.isdigit()) == ["1", "2", "5", "6"]
    assert clauses(raw)["5"][1] == 3
    assert raw.notes == ()


def test_without_tesseract_the_page_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    raw = read(MIXED)
    assert raw.notes == (f"page 2 is an image and was not read: {INSTALL}",)
    assert [found[1] for found in clauses(raw).values()] == [1, 1, 1, 3, 3]
    several = read(joined(FIRST, SCAN, LAST, SCAN, SCAN, SCAN))
    assert several.notes[0].startswith("pages 2, 4-6 are images and were not read: install")


@needs_tesseract
def test_scans_that_take_too_long_are_told_and_the_rest_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_scans, "Tesseract", slow)
    raw = read(MIXED)
    assert "page 2 is an image and was not read: recognition takes longer than the limit" in raw.notes[0]
    assert "5" in clauses(raw)


def test_a_sync_tells_it_again_and_reads_the_page_once_it_can(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "notice.pdf").write_bytes(MIXED)
    readable = {"now": False}

    def read_as_installed(content: bytes, source: str, limits: Limits) -> RawDocument:
        if readable["now"]:
            return read_bytes(joined(FIRST, LAST), source, limits, isolated=False)
        return RawDocument("1. Act.\n", notes=("page 2 is an image and was not read: install it",))

    monkeypatch.setattr("ingest.plan.take_in", with_reader(read_as_installed))
    told = "notice.pdf: ingested; page 2 is an image and was not read: install it"
    first = sync(corpus, library)
    assert (first.created, first.notes, first.problems) == (("notice",), (told,), ())
    generation = library.snapshot().generation
    again = sync(corpus, library)
    assert (again.changed, again.skipped, again.notes) == (False, ("notice",), (told,))
    assert library.snapshot().generation == generation
    readable["now"] = True
    assert sync(corpus, library).updated == ("notice",)
    last = sync(corpus, library)
    assert (last.skipped, last.notes) == (("notice",), ())


def with_reader(read: ReadBytes) -> Callable[[CorpusFile, Overrides, Limits], Taken]:
    return lambda file, overrides, limits: take_in(file, overrides, limits, read)


def slow(*_: object) -> None:
    raise SlowError


def over(pdf: bytes, page: Image.Image) -> bytes:
    """The page's picture, as a form, with what is printed in `pdf` above it, as another."""
    whole, out = pdfium.PdfDocument.new(), io.BytesIO()
    sheet = whole.new_page(595, 842)
    for content in (saved([page], "PDF"), pdf):
        source = pdfium.PdfDocument(content)
        sheet.insert_obj(source.page_as_xobject(0, whole).as_pageobject())
    sheet.gen_content()
    whole.save(out)
    return out.getvalue()
