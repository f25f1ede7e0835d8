"""Scans: recognised by Tesseract where it is installed (also by a stand-in), else told what to install."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.clauses import split_pages
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.read import read_bytes


def picture(form: str, pages: int = 1) -> bytes:
    images = [Image.new("L", (200, 100), 255) for _ in range(pages)]
    for image in images:
        ImageDraw.Draw(image).rectangle((10, 10, 60, 40), fill=0)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": images[1:]} if pages > 1 else {}
    images[0].save(out, form, **more)
    return out.getvalue()


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name, which checks that it gets a picture and says what is on it."""
    program = tmp_path / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nassert sys.stdin.buffer.read(4) == b'\\x89PNG'\n"
        "print('1. The council must act in\\ntime.\\n\\n2. It must report.\\n\\x0c')\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    return program


@pytest.mark.parametrize("form", ["PNG", "TIFF", "JPEG", "PDF"])
def test_a_picture_is_recognised(tesseract: Path, form: str) -> None:
    raw = read_bytes(picture(form), "scan", isolated=False)
    clauses, pages = split_pages(raw)
    assert [clause.label for clause in clauses] == ["1", "2"]
    assert len(pages) in (0, 1)


def test_each_frame_is_a_page(tesseract: Path) -> None:
    raw = read_bytes(picture("TIFF", pages=3), "scan.tif", isolated=False)
    _, pages = split_pages(raw)
    assert len(pages) == 3


@pytest.mark.parametrize("form", ["PNG", "PDF"])
def test_without_tesseract_the_message_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="tesseract-ocr"):
        read_bytes(picture(form), "scan", isolated=False)


def test_a_failing_or_slow_program_is_told(tesseract: Path) -> None:
    tesseract.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(ReadError, match="Tesseract failed"):
        read_bytes(picture("PNG"), "scan.png", isolated=False)
    tesseract.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(20)\n")
    with pytest.raises(ReadError, match="longer than the limit"):
        read_bytes(picture("PNG"), "scan.png", Limits(seconds=0.5), isolated=False)


def test_a_damaged_picture_says_so(tesseract: Path) -> None:
    with pytest.raises(ReadError, match="picture"):
        read_bytes(picture("PNG")[:60], "scan.png", isolated=False)


needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None and os.environ.get("CI") != "true",
    reason="Tesseract is not installed here (Debian: apt-get install tesseract-ocr)",
)
PAGES = (
    (
        "Improvement Notice",
        "To: Northby Council",
        "1. The council must appoint an adviser by\n30 June 2021.",
        "2. The council must:",
        "(a) publish its plan; and",
        "(b) report to the board each month.",
    ),
    ("3. The board is chaired by Ann Smith.", "4. This notice stands for 12 months."),
)
LABELS = [("title", 1), ("addressee", 1), ("1", 1), ("2", 1), ("2(a)", 1), ("2(b)", 1)]


def scanned(number: int) -> Image.Image:
    """A page of A4 as a scanner at 150 dots an inch sees it."""
    page = Image.new("L", (1240, 1754), 255)
    draw, y = ImageDraw.Draw(page), 120
    for block in PAGES[number]:
        for line in block.split("\n"):
            draw.text((120, y), line, font=ImageFont.load_default(26), fill=0)
            y += 42
        y += 42
    return page


def saved(pages: list[Image.Image], form: str) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:], "resolution": 150} if form == "PDF" else {}
    if form == "TIFF":
        more = {"save_all": True, "append_images": pages[1:]}
    pages[0].save(out, form, **more)
    return out.getvalue()


def labels(content: bytes) -> list[tuple[str, int | None]]:
    return [(clause.label, clause.page) for clause in split_pages(read_bytes(content, "scan"))[0]]


@needs_tesseract
@pytest.mark.parametrize("form", ["PDF", "TIFF"])
def test_real_pages_have_their_clauses_and_page_numbers(form: str) -> None:
    content = saved([scanned(0), scanned(1)], form)
    assert labels(content) == [*LABELS, ("3", 2), ("4", 2)]
    text = read_bytes(content, "scan").text
    for page in PAGES:
        for block in page:
            assert block in text


@needs_tesseract
@pytest.mark.parametrize("degrees", [0, 90, 180])
def test_a_page_that_lies_on_its_side_is_turned(degrees: int) -> None:
    assert labels(saved([scanned(0).rotate(degrees, expand=True)], "PNG")) == LABELS


@needs_tesseract
def test_a_photograph_is_turned_as_the_camera_says() -> None:
    page, out = scanned(0).rotate(90, expand=True), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to see it
    page.save(out, "JPEG", exif=exif)
    assert labels(out.getvalue()) == LABELS
