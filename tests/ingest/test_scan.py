"""Scans: recognised by Tesseract where it is installed (also by a stand-in), else told what to install."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.clauses import split_pages
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.read import read_bytes
from tests.ingest.scans import needs_tesseract, saved, scanned, turned


def picture(form: str, pages: int = 1) -> bytes:
    images = [Image.new("L", (200, 100), 255) for _ in range(pages)]
    for image in images:
        ImageDraw.Draw(image).rectangle((10, 10, 60, 40), fill=0)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": images[1:]} if pages > 1 else {}
    images[0].save(out, form, **more)
    return out.getvalue()


HEAD = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")
SAID = (("1. The council must act in", "time."), ("2. It must report.",))
TABLE = "\n".join(
    [
        HEAD,
        *(
            f"5\t1\t{block}\t1\t{row}\t{n}\t{10 + 18 * n}\t{20 * block + 5 * row}\t15\t3\t96\t{word}"
            for block, lines in enumerate(SAID, 1)
            for row, line in enumerate(lines, 1)
            for n, word in enumerate(line.split())
        ),
    ]
)


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name, which checks that it gets a picture and says what is on it, as a table of words."""
    program = tmp_path / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nassert sys.stdin.buffer.read(4) == b'\\x89PNG'\n"
        f"if 'tessedit_create_tsv=1' in sys.argv: print({TABLE!r})\n"
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


def labels(content: bytes) -> list[tuple[str, int | None]]:
    return [(clause.label, clause.page) for clause in split_pages(read_bytes(content, "scan"))[0]]


@needs_tesseract
@pytest.mark.parametrize("form", ["PDF", "TIFF"])
def test_real_pages_have_their_clauses_and_page_numbers(form: str) -> None:
    content = saved([scanned(PAGES[0]), scanned(PAGES[1])], form)
    assert labels(content) == [*LABELS, ("3", 2), ("4", 2)]
    text = read_bytes(content, "scan").text
    for page in PAGES:
        for block in page:
            assert block.replace("\n", " ") in text


@needs_tesseract
@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 1, -2, 3, 88, 182.5])
def test_a_page_that_lies_askew_or_on_its_side_is_turned(degrees: float) -> None:
    content = saved([turned(scanned(PAGES[0]), degrees)], "PNG")
    assert labels(content) == LABELS
    assert "1. The council must appoint an adviser by 30 June 2021." in read_bytes(content, "scan").text


@needs_tesseract
@pytest.mark.parametrize("degrees", [90, 180])
def test_a_page_of_few_words_is_turned(degrees: int) -> None:
    """Too few letters for Tesseract to tell for sure which way they stand."""
    content = saved([turned(scanned(["5. The board must report by 30 June 2021."]), degrees)], "PNG")
    assert "5. The board must report by 30 June 2021." in read_bytes(content, "scan").text


LONG = (
    "The council must review each plan with the\nfamily within ten working days and record\n"
    "what was agreed and who will do it by when."
)


@needs_tesseract
@pytest.mark.parametrize("degrees", [0, -1.5])
def test_numbers_that_hang_in_the_margin_are_kept(degrees: float) -> None:
    page = scanned([LONG] * 6, margin=220)
    for n in range(6):
        ImageDraw.Draw(page).text((120, 120 + n * 168), f"{n + 5}.", font=ImageFont.load_default(26), fill=0)
    assert [label for label, _ in labels(saved([turned(page, degrees)], "PNG"))] == ["5", "6", "7", "8", "9", "10"]


@needs_tesseract
def test_columns_are_read_one_after_the_other() -> None:
    page = scanned([LONG] * 8)
    right = scanned([LONG.replace("plan", "file")] * 8)
    page.paste(right.crop((100, 0, 700, 1754)), (680, 0))
    text = read_bytes(saved([page], "PNG"), "scan").text
    assert text.count("plan") == text.count("file") == 8
    assert text.rindex("plan") < text.index("file")
    assert "record what was agreed" in text


@needs_tesseract
def test_bullets_are_told_whatever_they_are_taken_for() -> None:
    page = scanned(["The council must publish:", "its plan;", "its budget; and", "its report."], margin=180)
    for n in range(1, 4):
        ImageDraw.Draw(page).rectangle((130, 126 + 84 * n, 146, 142 + 84 * n), fill=0)
    text = read_bytes(saved([page], "PNG"), "scan").text
    assert [line for line in text.split("\n") if line.startswith("•")] == [
        "• its plan;",
        "• its budget; and",
        "• its report.",
    ]


@needs_tesseract
def test_a_photograph_is_turned_as_the_camera_says() -> None:
    page, out = scanned(PAGES[0]).rotate(90, expand=True), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to see it
    page.save(out, "JPEG", exif=exif)
    assert labels(out.getvalue()) == LABELS
