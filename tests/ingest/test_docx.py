"""Word: generated numbers, headings, tables, insertions and deletions, footnotes, pages."""

from __future__ import annotations

import io

import docx
import pytest

from ingest.clauses import split
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import BlockKind, RawDocument
from ingest.readers.docx import read_docx
from ingest.readers.docx_numbering import counted
from tests.ingest.documents import W, make_docx, word_numbering, word_paragraph, word_table


def read(body: str, **parts: str) -> RawDocument:
    named = {f"word/{name}.xml": text for name, text in parts.items()}
    return read_docx(make_docx(body, parts=named), "a.docx", Limits())


def texts(raw: RawDocument) -> list[str]:
    return [block.span.of(raw.text) for block in raw.blocks]


LEVELS = word_numbering([("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")])


def test_generated_numbers_are_in_the_text() -> None:
    body = "".join(
        word_paragraph(text, number=(1, level))
        for text, level in [("One:", 0), ("first", 1), ("second:", 1), ("deep", 2), ("deeper", 2), ("Two.", 0)]
    )
    raw = read(body, numbering=LEVELS)
    assert texts(raw) == ["1. One:", "(a) first", "(b) second:", "(i) deep", "(ii) deeper", "2. Two."]
    assert [c.label for c in split(raw)] == ["1", "1(a)", "1(b)", "1(b)(i)", "1(b)(ii)", "2"]


def test_legal_numbers_and_restarts() -> None:
    numbering = word_numbering([("decimal", "%1."), ("decimal", "%1.%2")])
    body = "".join(word_paragraph(t, number=(1, n)) for t, n in [("A", 0), ("a", 1), ("b", 1), ("B", 0), ("c", 1)])
    assert texts(read(body, numbering=numbering)) == ["1. A", "1.1 a", "1.2 b", "2. B", "2.1 c"]
    again = word_paragraph("x", number=(1, 0)) + word_paragraph("y", number=(1, 0)) + word_paragraph("z", number=(2, 0))
    assert texts(read(again, numbering=numbering)) == ["1. x", "2. y", "1. z"]


@pytest.mark.parametrize(
    ("value", "style", "printed"),
    [
        (1, "decimal", "1"),
        (28, "lowerLetter", "bb"),
        (4, "lowerRoman", "iv"),
        (49, "upperRoman", "XLIX"),
        (3, "decimalZero", "03"),
    ],
)
def test_ways_to_count(value: int, style: str, printed: str) -> None:
    assert counted(value, style) == printed


def test_headings_and_titles_by_style() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}">'
        '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style></w:styles>'
    )
    body = word_paragraph("A notice", style="T") + word_paragraph("Reviews", style="Mine") + word_paragraph("Text.")
    raw = read(body, styles=styles)
    assert [block.kind for block in raw.blocks] == [BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert {c.label: c.heading for c in split(raw)}["para 1"] == "Reviews"


def test_a_bold_line_is_a_heading() -> None:
    raw = read(word_paragraph("Next steps", bold=True) + word_paragraph("We will write again."))
    assert raw.blocks[0].kind is BlockKind.HEADING


def test_tables_become_rows_and_layout_tables_paragraphs() -> None:
    raw = read(word_table([["Date", "Action"], ["May", "Report"]]) + word_table([["One cell only"]]))
    assert texts(raw) == ["Date | Action", "May | Report", "One cell only"]
    assert [block.kind for block in raw.blocks] == [BlockKind.ROW, BlockKind.ROW, BlockKind.PARAGRAPH]


def test_what_was_deleted_is_gone_and_what_was_inserted_is_there() -> None:
    body = (
        "<w:p><w:r><w:t>The council </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>must</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> act</w:t></w:r></w:p>"
    )
    assert texts(read(body)) == ["The council must act"]


def test_line_breaks_make_lines_of_one_group() -> None:
    raw = read(word_paragraph("To: Northby Council\nTown Hall\nNB1 1AA") + word_paragraph("The council must act."))
    assert [block.gap for block in raw.blocks] == [True, False, False, True]
    assert [c.label for c in split(raw)] == ["addressee", "para 1"]


def test_footnotes_and_pages() -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Due in May.</w:t></w:r></w:p></w:footnote>'
    notes = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'
    body = '<w:p><w:r><w:t>Late</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    page = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>On page two.</w:t></w:r></w:p>"
    raw = read(body + page, footnotes=notes)
    assert texts(raw) == ["Late", "1 Due in May.", "On page two."]
    assert [c.page for c in split(raw)] == [1, 1, 2]


def test_a_file_of_the_usual_library_reads() -> None:
    made = docx.Document()
    made.add_heading("Improvement Notice", 0)
    for text in ("The council must act.", "The council must report."):
        made.add_paragraph(text, style="List Number")
    stream = io.BytesIO()
    made.save(stream)
    raw = read_docx(stream.getvalue(), "a.docx", Limits())
    assert [c.label for c in split(raw)] == ["title", "1", "2"]


def test_entities_are_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="x">&a;</w:document>'
    content = make_docx("", parts={"word/styles.xml": bomb})
    with pytest.raises(ReadError, match="entities"):
        read_docx(content, "a.docx", Limits())


def test_a_zip_bomb_is_refused() -> None:
    content = make_docx("", parts={"word/styles.xml": "0" * 5_000_000})
    with pytest.raises(ReadError, match="zip bomb"):
        read_docx(content, "a.docx", Limits())


def test_an_empty_document_says_so() -> None:
    with pytest.raises(ReadError, match="no text"):
        read("")
