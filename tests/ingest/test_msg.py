"""Outlook messages, whole and broken, made by hand."""

from __future__ import annotations

import struct
from pathlib import Path

import olefile
import pytest

from ingest.clauses import split
from ingest.errors import ReadError
from ingest.library import Library
from ingest.limits import Limits
from ingest.raw import RawDocument
from ingest.read import read_bytes
from ingest.sniff import Format, sniff
from ingest.sync import sync
from tests.ingest.outlook import compound, make_msg

PLAN = b"1. The council must act.\n\n2. It must report by 1 May 2022.\n"


def read(content: bytes) -> RawDocument:
    return read_bytes(content, "a.msg", Limits(), isolated=False)


def test_the_container_is_sound() -> None:
    content = compound({"a": b"x" * 70, "b": {"c": b"y" * 9_000, "d": b""}, "longer name": b"z" * 4_096})
    with olefile.OleFileIO(content, raise_defects=olefile.DEFECT_INCORRECT) as ole:
        assert sorted(ole.listdir()) == [["a"], ["b", "c"], ["b", "d"], ["longer name"]]
        assert ole.openstream("b/c").read() == b"y" * 9_000
        assert ole.openstream("a").read() == b"x" * 70


def test_a_message_is_read_as_an_e_mail() -> None:
    content = make_msg(attachments=[("plan.txt", PLAN)])
    assert sniff(content) is Format.MSG
    raw = read(content)
    assert raw.metadata == {
        "title": "Improvement plan",
        "from": '"Ann Smith" <ann@example.org>',
        "to": "Bob Jones",
        "date": "7 June 2021 10:15",
    }
    assert [c.label for c in split(raw)] == ["letterhead", "addressee", "title", "para 1", "signature"]
    assert [(one.name, one.content) for one in raw.attachments] == [("plan.txt", PLAN)]
    assert raw.notes == ()


def test_an_attachment_is_a_document_of_its_own(library: Library, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "letter.msg").write_bytes(make_msg(attachments=[("plan.txt", PLAN), ("big.txt", PLAN * 200)]))
    report = sync(corpus, library)
    assert (report.created, report.problems) == (("letter", "letter-plan", "letter-big"), ())
    documents = library.snapshot().documents
    assert [c.label for c in documents["letter-plan"].clauses] == ["1", "2"]
    assert "Please send us the plan." in documents["letter"].text


def test_a_body_of_html_alone_is_read() -> None:
    raw = read(make_msg(body=None, html="<html><body><p>Please send us the café’s plan.</p></body></html>".encode()))
    assert "Please send us the café’s plan." in raw.text


def test_what_cannot_be_read_of_it_is_told() -> None:
    raw = read(make_msg(attachments=[("Minutes", None), ("plan.txt", PLAN)]))
    assert [one.name for one in raw.attachments] == ["plan.txt"]
    assert raw.notes == ("the attachment “Minutes” was not read: save it as a file of its own",)
    assert read(make_msg(body="")).notes == ()
    raw = read(make_msg(body=None, rich=b"LZFu"))
    assert raw.notes == ("its body is rich text alone and was not read: save it as .eml or PDF",)


@pytest.mark.parametrize("form", ["cut", "directory", "chain", "table", "empty"])
def test_a_broken_message_says_so(form: str) -> None:
    content = bytearray(make_msg(attachments=[("plan.txt", PLAN * 200)]))
    if form == "cut":
        del content[1_500:]
        content += "__properties_version1.0".encode("utf-16-le")
    elif form == "directory":
        struct.pack_into("<I", content, 48, 0x7FFFFFF0)
    elif form == "chain":  # the first table of sectors leads nowhere
        struct.pack_into("<I", content, 76, 0x00FFFFFF)
    elif form == "table":
        content = bytearray(compound({"__properties_version1.0": b"", "__substg1.0_0037001F": b"x"}))
        struct.pack_into("<H", content, 30, 40)  # sectors of 2^40 bytes
    else:
        content = content[:8] + bytearray(600) + "__properties_version1.0".encode("utf-16-le")
    with pytest.raises(ReadError, match="damaged Outlook message"):
        read(bytes(content))


def test_a_chain_of_sectors_in_a_ring_ends() -> None:
    content = bytearray(make_msg(attachments=[("plan.txt", PLAN * 200)]))
    (first_fat,) = struct.unpack_from("<I", content, 76)
    for n in range(100):
        struct.pack_into("<I", content, 512 + first_fat * 512 + 4 * n, n)
    with pytest.raises(ReadError, match="damaged Outlook message"):
        read(bytes(content))
