"""The page of a document: every word of it, escaped, anchored and marked."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.document_page import document_page
from ingest.notice import Clause, ClauseKind, Document, Span

SEFTON = "sefton-improvement-notice-2021-06-07"


def document(text: str, *clauses: Clause) -> Document:
    return Document("d", "v", "d.txt", "0", "Title <b>", "notice", None, None, date(2020, 1, 2), text, clauses)


def body_of(page: str) -> str:
    inner = page.split('<div class="text"', 1)[1].partition(">")[2].rsplit("</main>", 1)[0]
    return unescape(re.sub(r'<a class="permalink".*?</a>|<[^>]*>', "", inner, flags=re.DOTALL))


def test_each_clause_has_its_anchor(client: TestClient) -> None:
    page = client.get(f"/documents/{SEFTON}").text
    for name in ("clause-5", "clause-5-b", "clause-11", "clause-13"):
        assert page.count(f'id="{name}"') == 1


def test_the_cited_words_are_marked(client: TestClient) -> None:
    text = client.get(f"/api/documents/{SEFTON}").json()["text"]
    start = text.index("the end of May 2022")
    page = client.get(f"/documents/{SEFTON}?start={start}&end={start + 19}").text
    assert '<mark id="marked">the end of May 2022</mark>' in page
    assert "<mark" not in client.get(f"/documents/{SEFTON}").text


def test_a_span_outside_the_text_is_refused(client: TestClient) -> None:
    assert client.get(f"/documents/{SEFTON}?start=5&end=999999").status_code == 422


def test_a_hostile_text_is_only_text() -> None:
    text = '1. <script>alert(1)</script> & "quotes" <img src=x onerror=alert(2)>'
    clause = Clause('1"><script>', Span(0, len(text)), ClauseKind.NUMBERED, heading="<i>x</i>")
    page = document_page(document(text, clause), Span(3, 11), current=True)
    assert "<script>" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "<i>" not in page


@given(text=st.text(alphabet="ab1.-<>&\"'\n \u00e9\U0001f600", max_size=120), data=st.data())
def test_no_word_is_lost_whatever_the_clauses(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    outer, inner = Span(cuts[0], cuts[3]), Span(cuts[1], cuts[2])
    clauses = (Clause("1", outer, ClauseKind.NUMBERED), Clause("1(a)", inner, ClauseKind.ITEM, parent="1"))
    marked = data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))))
    page = document_page(document(text, *clauses), Span(min(marked), max(marked)), current=True)
    assert re.sub(r"[\s-]", "", body_of(page)) == re.sub(r"[\s-]", "", text)
