"""Web pages: main content only; headings, lists and tables kept."""

from __future__ import annotations

import pytest

from ingest.clauses import split
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import BlockKind, RawDocument
from ingest.readers.html import read_html


def read(body: str, head: str = "") -> RawDocument:
    return read_html(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html", Limits())


def texts(raw: RawDocument) -> list[str]:
    return [block.span.of(raw.text) for block in raw.blocks]


FRAME = (
    '<header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>'
    '<div class="cookie-banner">We use cookies</div>'
    "{}<aside>See also</aside><footer>Contact us</footer><script>alert(1)</script>"
)


def test_only_the_main_content_is_read() -> None:
    raw = read(FRAME.format("<main><h1>A notice</h1><p>The council must act.</p></main>"))
    assert texts(raw) == ["A notice", "The council must act."]
    assert [c.label for c in split(raw)] == ["title", "para 1"]


def test_a_page_without_main_loses_its_frame_all_the_same() -> None:
    links = "<div><ul>" + "".join(f'<li><a href="/{n}">Link {n}</a></li>' for n in range(3)) + "</ul></div>"
    raw = read(FRAME.format(f"{links}<div><h1>News</h1><p>A long enough paragraph of the article itself.</p></div>"))
    assert texts(raw) == ["News", "A long enough paragraph of the article itself."]


def test_the_header_inside_the_article_is_content() -> None:
    raw = read(
        "<main><article><header><h1>Title</h1></header><div role='main'><p>Body of it.</p></div></article></main>"
    )
    assert texts(raw) == ["Title", "Body of it."]


def test_lists_are_numbered_as_a_browser_shows_them() -> None:
    raw = read("<main><p>Do this:</p><ol start=3><li>three<ul><li>dot</li></ul></li><li>four</li></ol></main>")
    assert texts(raw) == ["Do this:", "3. three", "• dot", "4. four"]
    raw = read("<main><p>Do this:</p><ol type=a><li>one</li><li>two</li></ol></main>")
    assert texts(raw)[1:] == ["a. one", "b. two"]
    assert [c.label for c in split(raw)] == ["para 1", "a)", "b)"]


def test_tables_become_rows() -> None:
    raw = read("<main><table><tr><th>Due</th><th>What</th></tr><tr><td>May</td><td>Plan</td></tr></table></main>")
    assert texts(raw) == ["Due | What", "May | Plan"]
    assert raw.blocks[0].header


def test_bold_lines_head_and_line_breaks_part() -> None:
    raw = read("<main><p><strong>Conclusion</strong></p><p>One<br>Two</p></main>")
    assert raw.blocks[0].kind is BlockKind.HEADING
    assert texts(raw) == ["Conclusion", "One", "Two"]
    assert not raw.blocks[2].gap


def test_hidden_text_is_no_content() -> None:
    raw = read('<main><p>Seen.</p><p hidden>a</p><p style="display: none">b</p><p aria-hidden="true">c</p></main>')
    assert texts(raw) == ["Seen."]


def test_what_the_page_says_of_itself() -> None:
    raw = read(
        "<main><p>Words here.</p></main>",
        '<title>A letter | The Agency</title><meta name="author" content="A. B.">'
        '<meta property="article:published_time" content="2024-04-24">',
    )
    assert raw.metadata == {"title": "A letter", "author": "A. B.", "date": "2024-04-24"}


def test_other_encodings() -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><main><p>Caf\xe9 \x93x\x94</p></main></body></html>'
    raw = read_html(page.encode("latin-1"), "a.html", Limits())
    assert texts(raw) == ["Café “x”"]


def test_markup_in_text_stays_text() -> None:
    raw = read("<main><p>&lt;script&gt;alert(1)&lt;/script&gt;</p></main>")
    assert texts(raw) == ["<script>alert(1)</script>"]


def test_very_deep_pages_are_read_to_a_bound() -> None:
    deep = "<div>" * 5_000 + "deep words" + "</div>" * 5_000
    raw = read(f"<main><p>Above.</p>{deep}</main>")
    assert texts(raw)[0] == "Above."


def test_a_page_of_navigation_alone_says_so() -> None:
    with pytest.raises(ReadError, match="no words"):
        read("<nav>Home</nav>")


def test_a_label_that_says_its_term_again_is_left_out() -> None:
    field = '<dd><div class="field"><div class="field--label">{}</div><div class="field--item">{}</div></div></dd>'
    fields = field.format("Recipient Name", "Ms Ann Bell") + field.format("Recipient Title", "Owner")
    assert texts(read(f"<h1>Letter</h1><dl><dt>Recipient:</dt>{fields}<dd>Bell Ltd</dd></dl>"))[1:] == [
        *["Recipient:", "Ms Ann Bell", "Owner", "Bell Ltd"]
    ]
    kept = texts(read(f"<h1>Letter</h1><dl><dt>Sent to:</dt>{fields}</dl>"))
    assert "Recipient Name" in " ".join(kept)


def test_empty_cells_at_the_end_of_a_row_are_left_out() -> None:
    rows = "<tr><th>Step</th><th>Date</th></tr><tr><td>Plan</td><td></td></tr><tr><td></td><td>3 May</td></tr>"
    assert texts(read(f"<h1>Plan</h1><table>{rows}</table>"))[1:] == ["Step | Date", "Plan", "| 3 May"]
