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


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def level(n: int, style: str, pattern: str, more: str = "") -> str:
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{n}">{shape}</w:lvl>'


def lists(*abstract: str) -> str:
    """`numbering.xml` in which list 1 counts as the first of these, list 2 as the second and so on."""
    shapes = "".join(f'<w:abstractNum w:abstractNumId="{n}">{a}</w:abstractNum>' for n, a in enumerate(abstract))
    nums = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _ in enumerate(abstract))
    return f'<w:numbering xmlns:w="{W}">{shapes}{nums}</w:numbering>'


def test_styles_that_count_in_a_list_of_several_levels() -> None:
    """The usual report: headings and paragraphs numbered by their styles, the level told by the list alone."""
    numbering = lists(
        level(0, "decimal", "%1", '<w:pStyle w:val="H"/>')
        + level(1, "decimal", "%1.%2", '<w:pStyle w:val="N"/>')
        + level(2, "lowerLetter", "(%3)", '<w:pStyle w:val="L"/>')
        + level(3, "lowerRoman", "(%4)")
    )
    styles = f'<w:styles xmlns:w="{W}">' + "".join(
        f'<w:style w:styleId="{name}"><w:name w:val="{shown}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for name, shown in (("H", "heading 1"), ("N", "Numbered text"), ("L", "Lettered text"))
    )
    body = (
        word_paragraph("Report", bold=True)
        + word_paragraph("Scope", style="H")
        + word_paragraph("The council must act.", style="N")
        + word_paragraph("It must report:", style="N")
        + word_paragraph("to the board; and", style="L")
        + word_paragraph("to parents:", style="L")
        + word_paragraph("now", number=(1, 3))
        + word_paragraph("later", number=(1, 3))
        + word_paragraph("Review", style="H")
        + word_paragraph("We will review it.", style="N")
    )
    raw = read(body, numbering=numbering, styles=f"{styles}</w:styles>")
    assert texts(raw)[1:] == [
        *("1 Scope", "1.1 The council must act.", "1.2 It must report:", "(a) to the board; and", "(b) to parents:"),
        *("(i) now", "(ii) later", "2 Review", "2.1 We will review it."),
    ]
    found = {clause.label: clause.span.of(raw.text) for clause in split(raw)}
    assert found["1.2(b)(ii)"] == "(ii) later"
    assert found["2.1"] == "2.1 We will review it."


def test_lists_that_print_figures_for_romans_and_those_that_count_on() -> None:
    legal = lists(level(0, "upperRoman", "Article %1") + level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = word_paragraph("A", number=(1, 0)) * 4 + word_paragraph("b", number=(1, 1))
    assert texts(read(body, numbering=legal))[3:] == ["Article IV A", "4.1 b"]
    on = lists(level(0, "upperLetter", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = "".join(word_paragraph("x", number=(1, n)) for n in (0, 1, 1, 0, 1))
    assert texts(read(body, numbering=on)) == ["A. x", "1. x", "2. x", "B. x", "3. x"]


def test_a_list_that_follows_a_list_style() -> None:
    numbering = lists('<w:numStyleLink w:val="S"/>', '<w:styleLink w:val="S"/>' + level(0, "lowerRoman", "%1)"))
    assert texts(read(word_paragraph("x", number=(1, 0)) * 2, numbering=numbering)) == ["i) x", "ii) x"]


def test_a_deleted_paragraph_or_row_takes_no_number_and_is_not_quoted() -> None:
    one = word_paragraph("Kept.", number=(1, 0))
    gone = one.replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>").replace("w:t>", "w:delText>")
    moved = f'<w:p><w:moveFrom w:id="1">{run("From here.")}</w:moveFrom></w:p><w:p><w:moveTo w:id="2">{run("To here.")}'
    raw = read(one + gone + one + moved + "</w:moveTo></w:p>", numbering=LEVELS)
    assert texts(raw) == ["1. Kept.", "2. Kept.", "To here."]
    cell = f"<w:tc><w:p><w:del>{run('no').replace('w:t', 'w:delText')}</w:del></w:p></w:tc>"
    table = word_table([["Due", "What"]]).replace("</w:tbl>", f"<w:tr>{cell}{cell}</w:tr></w:tbl>")
    assert texts(read(table)) == ["Due | What"]


def test_words_in_links_fields_and_controls_are_there_once() -> None:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{x}"/></w:r>' for x in ("begin", "separate", "end"))
    field = f"{begin}<w:r><w:instrText> REF _x </w:instrText></w:r>{middle}{run('paragraph 5')}{end}"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('7 June 2021')}</w:sdtContent></w:sdt>"
    link = f'<w:hyperlink w:anchor="x">{run("the code")}</w:hyperlink>'
    line = f"<w:p>{run('See ')}{link}{run(', ')}{field}{run(' of ')}{control}{run(' hidden', '<w:vanish/>')}</w:p>"
    row = f"<w:tr><w:tc>{line}</w:tc><w:tc>{line}</w:tc></w:tr>"
    rows = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    words = "See the code, paragraph 5 of 7 June 2021"
    assert texts(read(f"<w:sdt><w:sdtContent>{line}</w:sdtContent></w:sdt><w:tbl>{rows}</w:tbl>")) == [
        words,
        f"{words} | {words}",
    ]


def test_a_text_box_is_read_once_in_new_and_old_files() -> None:
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    box = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
    old = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    new = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    for drawn in (old, new):
        raw = read(f"<w:p {names}>{run('Before.')}<w:r>{drawn}</w:r></w:p>")
        assert texts(raw) == ["Before.", "In the box."]


def test_what_stands_outside_the_text() -> None:
    """Headers, footers and comments are no clauses; footnotes and endnotes are; a table of contents is none."""

    def part(tag: str, inner: str) -> str:
        return f'<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>'

    styles = part("styles", '<w:style w:styleId="C"><w:name w:val="toc 1"/></w:style>')
    body = word_paragraph("1 Scope 3", style="C") + f'<w:p>{run("Late")}<w:r><w:endnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:endnote w:id="2"><w:p>{run("Due in ")}<w:del>{run("June")}</w:del>{run("May.")}</w:p></w:endnote>'
    comment = f'<w:comment w:id="0"><w:p>{run("Really?")}</w:p></w:comment>'
    raw = read(
        body,
        styles=styles,
        endnotes=part("endnotes", note),
        comments=part("comments", comment),
        header1=part("hdr", word_paragraph("OFFICIAL")),
        footer1=part("ftr", word_paragraph("Page 1 of 2")),
    )
    assert [(block.kind, block.span.of(raw.text)) for block in raw.blocks] == [
        (BlockKind.CONTENTS, "1 Scope 3"),
        (BlockKind.PARAGRAPH, "Late"),
        (BlockKind.NOTE, "1 Due in May."),
    ]
    assert not any("Scope" in clause.span.of(raw.text) for clause in split(raw))
