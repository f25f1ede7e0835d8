"""Hard-wrapped text with the noise of extraction: paragraphs are made whole, pages are found, spans stay exact."""

from __future__ import annotations

from ingest.clauses import split_pages
from ingest.layout import paragraphs
from ingest.markers import Style, find_marker
from ingest.raw import RawDocument
from tests.ingest.test_clauses import check_invariants

FAR = " " * 38
WRAPPED = f"""EXAMPLES PROTECTION ACT 2018 AND GENERAL
                       EXAMPLES REGULATION

                                REPRIMAND

The Example Commissioner (the Commissioner) issues a reprimand to the
Council of Northby (the Council) in accordance with Article 58 of that

Regulation in respect of certain infringements of it.

The reprimand

1.1 The Commissioner has decided to issue a reprimand in respect of the
following infringements of the Act:

   •  Article 12 (3) which states that the controller shall provide what is

      asked for without undue delay and in any event within one month of
      the request.
   •  Section 38(1) which states that data must be accurate and, where it is

{FAR}1      necessary, kept up to date.

1.2 On numerous occasions throughout 2020, 2021 and 2022 the records that
were kept of one person were linked to those of another, which led to the

system being wrong. The following steps are
recommended:

1.   The Council should keep records of its processing, and should take steps
     to improve them.

{FAR}22.   The Council should train its staff in line with its own policies, and
     do so every year.

1.3 In total 18 requests took two years and there are eight more. A further

18 requests took less. The Council has seen the
same thing before.

{FAR}3
"""


def read(text: str) -> dict[str, str]:
    clauses, _ = split_pages(RawDocument(text))
    check_invariants(text, clauses)
    return {clause.label: " ".join(clause.span.of(text).split()) for clause in clauses}


def test_paragraphs_are_whole_over_wraps_blank_lines_and_pages() -> None:
    found = read(WRAPPED)
    assert list(found) == ["title", "opening", "1.1", "1.1 bullet 1", "1.1 bullet 2", "1.2", "1", "2", "1.3"]
    assert found["opening"].endswith("certain infringements of it.")
    assert found["1.1 bullet 1"].endswith("within one month of the request.")
    assert found["1.1 bullet 2"].endswith("where it is 1 necessary, kept up to date.")
    assert found["2"].startswith("2. The Council should train")
    assert found["1.3"].endswith("The Council has seen the same thing before.")


def test_pages_are_told_by_their_numbers() -> None:
    clauses, pages = split_pages(RawDocument(WRAPPED))
    assert len(pages) == 3
    assert [pages[0].start, pages[-1].end] == [0, len(WRAPPED)]
    page = {clause.label: clause.page for clause in clauses}
    assert (page["1.1"], page["1.2"], page["1"], page["2"], page["1.3"]) == (1, 2, 2, 3, 3)


def test_page_noise_is_left_out_of_the_words() -> None:
    parts, _ = paragraphs(RawDocument(WRAPPED))
    assert any(part.words.endswith("where it is necessary, kept up to date.") for part in parts)


def test_form_feeds_part_pages() -> None:
    _, pages = split_pages(RawDocument("Page one.\n\fPage two.\n\fPage three.\n"))
    assert len(pages) == 3


def test_one_line_a_paragraph_is_not_joined() -> None:
    text = "To be read:\n\nfirst in lower case, which stands alone because it follows a colon\n\nSecond line.\n"
    assert len(paragraphs(RawDocument(text))[0]) == 3


def test_markdown_headings_rules_and_tables() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    text = f"Title\n=====\n\nWords.\n\n## Part\n\n* one\n  * inner\n* two\n\n{table}\n---\n\n**Bold**\n\nEnd.\n"
    clauses, _ = split_pages(RawDocument(text))
    check_invariants(text, clauses)
    headings = {clause.label: clause.heading for clause in clauses}
    assert headings == {
        "title": None,
        "para 1": None,
        **dict.fromkeys(["para 2", "para 2 bullet 1", "para 3", "table 1 row 1", "table 1 row 2"], "Part"),
        "para 4": "Bold",
    }


def test_markers() -> None:
    def read_marker(line: str) -> tuple[str, Style] | None:
        marker = find_marker(line)
        return (marker.printed, marker.readings[0].style) if marker else None

    assert read_marker("11. Words") == ("11", Style.NUMBER)
    assert read_marker("11.Words of it") == ("11", Style.NUMBER)
    assert read_marker("- 6. Words") == ("6", Style.NUMBER)
    assert read_marker("1.2.3 Words") == ("1.2.3", Style.DOTTED)
    assert read_marker("A6.3 Words") == ("A6.3", Style.DOTTED)
    assert read_marker("(b) words") == ("b", Style.LOWER)
    assert read_marker("iv. words") == ("iv", Style.ROMAN)
    assert read_marker("Recommendation 3: words") == ("Recommendation 3", Style.NUMBER)
    assert read_marker("• words") == ("•", Style.BULLET)
    assert read_marker("\uf0b7 words") == ("\uf0b7", Style.BULLET)
    for plain in ("18 requests", "2.6 people", "T: 0300", "e.g. this", "1,000 people", "£5.5m", "a word", "2021. It"):
        marker = find_marker(plain)
        assert marker is None or marker.readings[0].style is Style.DOTTED, plain
