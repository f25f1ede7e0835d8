"""Reading files: formats by content, encodings, bad input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.read import read, read_bytes
from ingest.sniff import Format, sniff
from tests.ingest.documents import Words, make_docx, make_pdf, word_paragraph

NOTICE = "1. The council must act.\n"


def write(folder: Path, content: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfA notice\r\nof two lines\r", "A notice\nof two lines\n"),
        ("Caf\u00e9 \u201cx\u201d".encode(), "Café “x”"),
        ("Notice \u2013 caf\u00e9".encode("utf-16"), "Notice – café"),
        (b"The council\x92s plan costs \xa3100, said the director of the caf\xe9.", "The council’s plan costs £100"),
    ],
)
def test_decoding(tmp_path: Path, content: bytes, text: str) -> None:
    assert read(write(tmp_path, content)).text.startswith(text)


def test_the_canonical_text_is_the_files_own(tmp_path: Path) -> None:
    content = "\n\n  1.\tA  notice \x0c\u00a0 with   odd\u2028space \n\n"
    assert read(write(tmp_path, content.encode())).text == content


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (make_pdf([[Words(72, 72, "x")]]), Format.PDF),
        (b"junk before\n%PDF-1.4", Format.PDF),
        (make_docx(word_paragraph("x")), Format.DOCX),
        (b"<!DOCTYPE html><html></html>", Format.HTML),
        (b'\n<?xml version="1.0"?>\n<html xmlns="x"><body></body></html>', Format.HTML),
        (b"Message-ID: <a@b>\nFrom: a@b\nTo: c@d\nSubject: x\n\nbody", Format.EML),
        (b"To: Northby Council\nFrom: The Minister\nSubject: A notice\n\nbody", Format.TEXT),
        (b"\x89PNG\r\n\x1a\n\0", Format.IMAGE),
        (b"{\\rtf1 x}", Format.RTF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Format.OLD_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Format.ENCRYPTED),
        (b"Just words.", Format.TEXT),
        (b"MZ is how this sentence begins.", Format.TEXT),
    ],
)
def test_formats_are_told_by_content(content: bytes, kind: Format) -> None:
    assert sniff(content) is kind


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "notice", "a.docx"])
def test_the_suffix_says_nothing(tmp_path: Path, name: str) -> None:
    assert (
        "The council must act" in read(write(tmp_path, make_docx(word_paragraph("The council must act.")), name)).text
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b" \n\t ", "it is empty"),
        (b"-- ** --", "no words"),
        (bytes(range(256)) * 20, "binary"),
        (b"\xff\xfe\x00", "save it as UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 and then junk", "archive"),
    ],
)
def test_bad_files_are_told_with_what_to_do(tmp_path: Path, content: bytes, why: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(ReadError, match=why) as caught:
        read(path)
    assert "a.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_and_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="it is gone"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="it is a folder"):
        read(tmp_path)
    closed = write(tmp_path, b"words")
    closed.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(ReadError, match="cannot be read"):
            read(closed)


def test_limits_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path, NOTICE.encode() * 10)
    with pytest.raises(ReadError, match="more than the limit of 50;"):
        read(path, Limits(bytes=50))
    with pytest.raises(ReadError, match="characters, more than the limit of 100;"):
        read(path, Limits(characters=100))
    with pytest.raises(ReadError, match="far more characters than the limit of 50;"):
        read(path, Limits(characters=50))


def test_names_are_told_in_one_line() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(b"", "bad\nname\x1b[31m.txt")
    assert str(caught.value).startswith("bad\\nname\\x1b[31m.txt: ")
