"""Files made to do harm, and what fuzzing found: told or read in bounded time, never an error but ReadError."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clauses import split_pages
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.parse import parse
from ingest.raw import RawDocument
from ingest.read import read_bytes
from tests.ingest.documents import W, Words, column, make_docx, make_pdf, word_numbering, word_paragraph, word_table
from tests.ingest.test_clauses import check_invariants

SECONDS = 10.0  # far more than any of these takes, on a busy machine

SAMPLES = {
    "pdf": make_pdf(
        [[*column(["1. First words of it.", "(a) an item"]), Words(72, 40, "Head", 18)], column(["2. Next"])]
    ),
    "docx": make_docx(
        word_paragraph("1. One", number=(1, 0)) + word_table([["a", "b"], ["c", "d"]]),
        parts={"word/numbering.xml": word_numbering([("decimal", "%1."), ("lowerLetter", "(%2)")])},
    ),
    "html": b"<!doctype html><main><h1>T</h1><p>a<br>b</p><ol type=i><li>x<table><tr><td>1<td>2</table></ol>"
    b"<dl><dt>a<dd>b</dl></main>",
    "eml": b"Message-ID: <1@b>\nFrom: a@b\nTo: c@d\nSubject: =?utf-8?q?x?=\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nDear Bob\n\n1. Words\n--b--\n',
    "txt": b"To: X Council\n\n1. One:\n (a) two\n\n (b) three\n1.1 x\n\nAnnex A\n\n1. y\n\nSigned:\nA B\n",
}


def taken(content: bytes, name: str = "a.bin", limits: Limits | None = None) -> RawDocument | None:
    """What a file reads as, or None when it is refused; anything else fails the test."""
    started = time.process_time()
    raw: RawDocument | None = None
    try:
        raw = read_bytes(content, name, limits or Limits(seconds=SECONDS), isolated=False)
    except ReadError as error:
        told = str(error)
        if "\n" in told:
            pytest.fail(f"more than one line: {told!r}")
    if raw is not None:
        check_invariants(raw.text, split_pages(raw)[0])
        raw.text.encode()
    assert time.process_time() - started < SECONDS
    return raw


@settings(max_examples=60)
@given(
    st.sampled_from(["docx", "html", "eml", "txt"]),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 60), st.binary(max_size=40)), min_size=1, max_size=8),
)
def test_damaged_files_are_told_or_read(kind: str, wounds: list[tuple[int, int, bytes]]) -> None:
    content = bytearray(SAMPLES[kind])
    for place, length, put in wounds:
        start = place % (len(content) + 1)
        content[start : start + length] = put
    taken(bytes(content))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 60), st.binary(max_size=40)), min_size=1, max_size=5))
def test_damaged_pdfs_are_told_or_read(wounds: list[tuple[int, int, bytes]]) -> None:
    # in the other process: the library below is not Python, and may end the process that it runs in
    content = bytearray(SAMPLES["pdf"])
    for place, length, put in wounds:
        start = place % (len(content) + 1)
        content[start : start + length] = put
    try:
        raw = read_bytes(bytes(content), "a.pdf", Limits(seconds=SECONDS))
    except ReadError:
        return
    check_invariants(raw.text, split_pages(raw)[0])


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000 + " x",
        "1.1.1.1.1.1 " * 20_000,
        "a) " * 50_000,
        "\n".join(f"{n}. x" for n in range(8_000)),
        "\n".join(f"1.{n} x" for n in range(1, 8_000)),
        "\n".join("• x" for _ in range(8_000)),
        "word " * 200_000,
        "\n\n".join(["Dear Sir"] * 20_000),
        "\n".join(["Signed:"] * 20_000),
        " \n" * 200_000 + "x",
        "A" * 500_000,
        "The Council of " * 30_000,
        "-" * 300_000 + "x",
        "\t".join("x" * 100_000),
        "\n".join("|" * 200 for _ in range(1_000)) + "\n| a | b |",
        ("    " * 30 + "1\n") * 5_000,
        "Annex A\n\n1. x\n\n" * 5_000,
        "**" * 100_000 + "x",
    ],
    ids=lambda text: text[:12].replace("\n", "_"),
)
def test_long_texts_take_bounded_time(text: str) -> None:
    assert taken(text.encode()) is not None


def test_parsing_a_long_text_takes_bounded_time() -> None:
    text = "\n\n".join(f"{n}. The council must send Ms Poe its plan by {n % 28 + 1} May 2022." for n in range(1, 400))
    raw = RawDocument(text)
    started = time.process_time()
    document = parse(raw, source="long.txt", sha256="0")
    assert len(document.clauses) >= 399
    assert time.process_time() - started < 60


def test_a_zip_that_unpacks_to_too_much() -> None:
    content = make_docx("", parts={f"word/part{n}.xml": "x" * 900_000 for n in range(8)})
    with pytest.raises(ReadError, match="unpacks to more than the limit"):
        read_bytes(content, "a.docx", Limits(bytes=4_000_000), isolated=False)


def test_entity_bombs_in_html_and_word() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    taken(f"{bomb}<html><body><p>&b; words</p></body></html>".encode())
    with pytest.raises(ReadError, match="entities"):
        read_bytes(make_docx("", parts={"word/styles.xml": f"{bomb}<x>&b;</x>"}), "a.docx", isolated=False)


def test_deeply_nested_word_and_html_and_mail() -> None:
    taken(make_docx("<w:sdt><w:sdtContent>" * 200 + word_paragraph("deep") + "</w:sdtContent></w:sdt>" * 200))
    taken(b"<html><body>" + b"<b>" * 20_000 + b"deep" + b"</b>" * 20_000 + b"</body></html>")
    mail = b"Message-ID: <1@b>\nFrom: a@b\nTo: c@d\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    taken(mail * 500 + b"words")


def test_a_pdf_that_promises_more_than_it_holds() -> None:
    content = make_pdf([column(["words"])]).replace(b"/Count 1", b"/Count 90000")
    taken(content)


def test_an_encrypted_pdf_says_so() -> None:
    content = make_pdf([column(["words"])])
    trailer = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -4 >> "
    content = content.replace(
        b"trailer << ", b"trailer << " + trailer + b"/ID [(aaaaaaaaaaaaaaaa) (aaaaaaaaaaaaaaaa)] "
    )
    with pytest.raises(ReadError, match="encrypted"):
        read_bytes(content, "a.pdf", isolated=False)


def test_control_characters_in_a_page_that_has_navigation() -> None:
    assert (
        taken(b"<html><body><nav>x</nav>\x01 a\x08b <main><p>words \x02 &#5; here</p></main></body></html>") is not None
    )


def test_encodings_that_are_no_names() -> None:
    assert taken(b'<html><head><meta charset="a\x00b"></head><body><main><p>words</p></main></body></html>') is not None
    head = b"Message-ID: <1@b>\nFrom: a@b\nDate: 1 Jan 99999999999999999999 10:00\nMIME-Version: 1.0\n"
    assert taken(head + b"Content-Type: text/plain; charset=\"x%00y\"; charset*=utf-8''%00\n\nwords\n") is not None


def test_a_zip_whose_directory_points_nowhere() -> None:
    content = bytearray(make_docx(word_paragraph("words")))
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 42 : place + 46] = b"\xff\xff\xff\x7f"
        place = content.find(b"PK\x01\x02", place + 1)
    with pytest.raises(ReadError, match=r"damaged|archive"):
        read_bytes(bytes(content), "a.docx", isolated=False)


def test_a_dotted_number_after_prose_does_not_reach_back() -> None:
    text = "1. One.\n2. Two.\n\nAnnex A\n\n1. x\n2. y\n\nWords between.\n\n2.1 after them\n\n2.2 more\n"
    check_invariants(text, split_pages(RawDocument(text))[0])


def test_word_files_with_strange_parts() -> None:
    for part in (
        "",
        "<x/>",
        f'<w:styles xmlns:w="{W}"><w:style/><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>',
    ):
        out = io.BytesIO(make_docx(word_paragraph("words", style="a")))
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/styles.xml", part)
        taken(out.getvalue())


def test_names_with_newlines_and_dots(tmp_path: Path) -> None:
    raw = read_bytes(b"1. Words.", "../a\n.txt")
    assert parse(raw, source="../a\n.txt", sha256="0").id == "a"
    del tmp_path
