"""PDF: paragraphs over lines, columns and pages; headings, tables, footnotes, running heads."""

from __future__ import annotations

import pytest

from ingest.clauses import split, split_pages
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.notice import ClauseKind
from ingest.raw import BlockKind, RawDocument
from ingest.read import read_bytes
from ingest.readers.pdf import read_pdf
from tests.ingest.documents import Words, column, make_pdf

LONG = "The council must make sure that each child in its care is seen by a social worker in good"


def read(*pages: list[Words], **more: object) -> RawDocument:
    return read_pdf(make_pdf(pages, **more), "a.pdf", Limits())  # type: ignore[arg-type]


def paragraphs(raw: RawDocument) -> list[str]:
    return [block.span.of(raw.text) for block in raw.blocks]


def test_lines_become_paragraphs_and_gaps_part_them() -> None:
    raw = read(column([LONG, "time, and that this is written down.", "", "A second paragraph."]))
    assert paragraphs(raw) == [f"{LONG} time, and that this is written down.", "A second paragraph."]


def test_a_paragraph_goes_on_over_the_page_and_keeps_the_page_map() -> None:
    first = [*column([LONG], y=740), Words(290, 800, "1", 9)]
    second = [*column(["time, and write it down.", "", "Next."]), Words(290, 800, "2", 9)]
    raw = read(first, second)
    assert paragraphs(raw) == [f"{LONG} time, and write it down.", "Next."]
    assert len(raw.pages) == 2
    assert raw.pages[1].of(raw.text).startswith("time, and write it down.")
    assert raw.pages[0].end == raw.pages[1].start


def test_running_heads_and_page_numbers_are_no_text() -> None:
    pages = [
        [
            Words(72, 40, "Annual report of the regulator", 9),
            *column([f"Body of page {n}."]),
            Words(500, 810, f"Page {n}", 9),
        ]
        for n in range(1, 5)
    ]
    raw = read(*pages)
    assert paragraphs(raw) == [f"Body of page {n}." for n in range(1, 5)]
    assert len(raw.pages) == 4
    assert [page.of(raw.text).strip() for page in raw.pages] == [f"Body of page {n}." for n in range(1, 5)]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left line {n} that fills its column" for n in range(10)]
    right = [f"right line {n} that fills its column" for n in range(10)]
    raw = read([*column(left, x=60), *column(right, x=320)])
    text = " ".join(raw.text.split())
    assert text.index("left line 9") < text.index("right line 0")
    assert "left line 3 that fills its column left line 4" in text


def test_headings_are_told_by_size_and_weight() -> None:
    raw = read(
        [
            Words(72, 90, "Inspection of Northby", 22),
            Words(72, 150, "What needs to improve", 14, bold=True),
            *column(["The plan.", "", LONG, "time."], y=180),
            Words(72, 260, "Leadership", 11, bold=True),
            *column(["Leaders are new."], y=285),
        ]
    )
    assert [block.kind for block in raw.blocks] == [
        *[BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH],
        *[BlockKind.HEADING, BlockKind.PARAGRAPH],
    ]


def test_ruled_tables_become_rows() -> None:
    rules = [(70, y, 400, y) for y in (100, 130, 160)] + [(x, 100, x, 160) for x in (70, 250, 400)]
    words = [Words(75, 120, "Judgement"), Words(255, 120, "Grade"), Words(75, 150, "Overall"), Words(255, 150, "Good")]
    raw = read([*words, *column(["After the table."], y=200)], rules=rules)
    rows = [block for block in raw.blocks if block.kind is BlockKind.ROW]
    assert [row.span.of(raw.text) for row in rows] == ["Judgement | Grade", "Overall | Good"]
    assert rows[0].header
    assert [c.label for c in split(raw)] == ["table 1 row 1", "table 1 row 2", "para 1"]


def test_hanging_numbers_and_missing_dots_keep_their_count() -> None:
    lines = column(["12. First of them, which is long enough to need another line, so that it wraps at the", "margin."])
    more = [
        Words(72, 160, "13."),
        Words(100, 160, "Second of them."),
        Words(72, 186, "14 Third of them has lost its dot."),
    ]
    raw = read([*column(["11. Before."], y=100), *lines, *more, Words(72, 212, "15.Fourth has lost its space.")])
    assert [c.label for c in split(raw)] == ["11", "12", "13", "14", "15"]


def test_words_broken_at_line_ends_are_whole() -> None:
    lines = [
        "A multi-agency plan is a plan of many agencies, and so the words of it must be multi-",
        "agency, as here.",
    ]
    raw = read(column([*lines, "", "Nothing else."]))
    assert "must be multi-agency, as here." in raw.text


def test_footnotes_stand_for_themselves_and_their_marks_are_dropped() -> None:
    body = [Words(72, 120, "The plan"), Words(116, 115, "1", 7), Words(123, 120, "is late.")]
    note = [Words(72, 740, "1", 6), Words(77, 744, "It was due in May.", 8)]
    raw = read([*body, *column(["More words of the ordinary size stand here, to show what that is."], y=160), *note])
    clauses = {c.label: c for c in split(raw)}
    assert clauses["footnote 1"].span.of(raw.text) == "1 It was due in May."
    assert "The plan is late." in raw.text


def test_clauses_know_their_page() -> None:
    raw = read(column(["1. First."]), column(["2. Second."]))
    assert [(c.label, c.page, c.kind) for c in split(raw)] == [
        ("1", 1, ClauseKind.NUMBERED),
        ("2", 2, ClauseKind.NUMBERED),
    ]


def test_a_contents_list_is_no_clause() -> None:
    lines = ["Summary ............ 2", "Findings ............ 5", "Annexes ............ 9"]
    raw = read(column([*lines, "", "The text begins here."]))
    assert [c.span.of(raw.text) for c in split(raw)] == ["The text begins here."]


def test_a_pdf_without_text_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="no text"):
        read([])


def test_too_many_pages_are_refused() -> None:
    content = make_pdf([[Words(72, 120, "x")]] * 5)
    with pytest.raises(ReadError, match="5 pages, more than the limit of 3"):
        read_pdf(content, "a.pdf", Limits(pages=3))


@pytest.mark.parametrize("cut", [30, 200, 400])
def test_a_damaged_pdf_is_told_or_read(cut: int) -> None:
    content = make_pdf([column(["Some words."])])
    try:
        raw = read_pdf(content[:cut] + content[cut + 20 :], "a.pdf", Limits())
    except ReadError as error:
        assert "a.pdf" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert raw.text


@pytest.mark.parametrize("pages", [["1. Words."], ["1. Words.", ""], ["", "1. Words.", "", ""]])
def test_empty_pages_at_either_end_are_pages(pages: list[str]) -> None:
    raw = read_bytes(make_pdf([column([line]) for line in pages]), "a.pdf", isolated=False)
    assert len(raw.pages) == len(pages)
    assert all(page.end <= len(raw.text) for page in raw.pages)
    assert split_pages(raw)[0][0].page == pages.index("1. Words.") + 1


def test_a_ligature_of_another_font_parts_no_word() -> None:
    words = [Words(72, 120, "Overall e", 12), Words(120.1, 120, "ff", 8), Words(124.7, 120, "ectiveness", 12)]
    raw = read([*words, *column([LONG, "time."], y=150)])
    assert paragraphs(raw)[0] == "Overall effectiveness"
    opening = [Words(72, 120, "fi", 8), Words(76.1, 120, "rst visits to the homes", 12)]
    assert paragraphs(read([*opening, *column([LONG, "time."], y=150)]))[0] == "first visits to the homes"


def test_bullets_that_are_drawn_and_not_written_make_items() -> None:
    lines = column(
        ["The council did not:", "", "train its staff;", "", "lock the room.", "", "It has since done both."]
    )
    moved = [Words(word.x + 20 * word.text.endswith((";", "room.")), word.y, word.text) for word in lines]
    raw = read(moved, dots=[(80, 139.5, 3.7), (80, 165.5, 3.7), (300, 400, 3.7)])
    assert paragraphs(raw)[:3] == ["The council did not:", "• train its staff;", "• lock the room."]
    labels = [clause.label for clause in split(raw)]
    assert labels == ["para 1", "para 1 bullet 1", "para 1 bullet 2", "para 2"]


def test_short_lines_that_stand_alone_on_their_page_are_lines() -> None:
    first = column([LONG, "time, and writes it down.", "", LONG, "hours."])
    last = column(["Ann Bell", "Head of Enquiries", "Office of the Regulator", "Mill House", "Water Lane"])
    assert paragraphs(read(first, last))[-5:] == [word.text for word in last]


def test_lines_ranged_right_are_lines_of_an_address() -> None:
    ends = {"Minister for Roads and Bridges": 399, "Sanctuary House": 465.6, "London SW1P 3BT": 455.8}
    sender = [Words(x, 80 + 13 * n, line) for n, (line, x) in enumerate(ends.items())]
    assert paragraphs(read([*sender, *column([LONG, "time."], y=150)]))[:3] == list(ends)


def test_an_address_under_a_sender_ranged_right_stands_apart() -> None:
    sender = [Words(399, 80, "Minister for Roads and Bridges"), Words(455.8, 93, "London SW1P 3BT")]
    raw = read([*sender, *column(["Ms Ann Bell", "Director", "", LONG, "time."], y=106)])
    assert [(block.span.of(raw.text), block.gap) for block in raw.blocks[:4]] == [
        *[("Minister for Roads and Bridges", True), ("London SW1P 3BT", False), ("Ms Ann Bell", True)],
        ("Director", False),
    ]
