"""Scans: recognised by Tesseract where it is installed (here a stand-in), else told what to install."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

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
