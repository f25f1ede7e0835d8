from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ingest.chunks import LEAD_IN, chunks
from ingest.notice import Clause, ClauseKind, Document, Span

TEXT = "Title\n\n5. To be clear:\n a. keep it up to\n\n date; and\n b. report:\n  i. monthly\n6. End.\n"


def _find(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def _document() -> Document:
    end = TEXT.index("\n6.")
    return Document(
        id="d",
        version="v",
        source="d.txt",
        sha256="",
        title="Improvement Notice",
        kind="notice",
        subject="Alder Council",
        issuer=None,
        issued_on=date(2021, 6, 7),
        text=TEXT,
        clauses=(
            Clause("5", Span(_find("5. To").start, end), ClauseKind.NUMBERED, heading="Improvement\nplan"),
            Clause("5(a)", _find("a. keep it up to\n\n date; and"), ClauseKind.ITEM, "Improvement\nplan", "5"),
            Clause("5(b)", Span(_find("b. report").start, end), ClauseKind.ITEM, "Improvement\nplan", "5"),
            Clause("5(b)(i)", _find("i. monthly"), ClauseKind.ITEM, "Improvement\nplan", "5(b)"),
            Clause("6", _find("6. End."), ClauseKind.NUMBERED),
        ),
    )


def test_context_and_words() -> None:
    made = {chunk.label: chunk for chunk in chunks(_document())}
    about = "Improvement Notice — notice, Alder Council, 7 June 2021"
    assert made["6"].text == f"{about}\n6. End."
    assert made["5(a)"].text == f"{about}\nImprovement plan\n5. To be clear:\na. keep it up to date; and"
    assert made["5(b)(i)"].text == f"{about}\nImprovement plan\n5. To be clear:\nb. report:\ni. monthly"
    assert made["5"].words == "5. To be clear: a. keep it up to date; and b. report: i. monthly"
    assert made["5(a)"].words == "a. keep it up to date; and"


def test_one_chunk_a_clause_in_order() -> None:
    document = _document()
    assert [(c.label, c.span) for c in chunks(document)] == [(c.label, c.span) for c in document.clauses]


def test_the_key_names_document_version_label_and_what_is_embedded() -> None:
    document = _document()
    first = chunks(document)[4]
    assert first.embedded == first.words
    assert first.key.startswith("d@v#6~")
    assert chunks(replace(document, title="Another"))[4].key == first.key
    shorter = replace(document.clauses[4], span=_find("6. End"))
    other = chunks(replace(document, clauses=(*document.clauses[:4], shorter)))[4]
    assert other.key.startswith("d@v#6~")
    assert other.key != first.key


def test_a_long_lead_in_keeps_its_end() -> None:
    lead = "First sentence. " + "More of it here. " * 60 + "They must:\n"
    text = f"1. {lead}a. pay."
    document = replace(
        _document(),
        text=text,
        clauses=(
            Clause("1", Span(0, len(text)), ClauseKind.NUMBERED),
            Clause("1(a)", Span(len(text) - 7, len(text)), ClauseKind.ITEM, None, "1"),
        ),
    )
    item = chunks(document)[1]
    context = item.text[: item.own].splitlines()[1]
    assert context.startswith("More of it here.")
    assert context.endswith("They must:")
    assert len(context) <= LEAD_IN


def test_a_row_has_its_tables_header() -> None:
    text = "Area | Grade\nHelp | Good\n"
    rows = (
        Clause("table 2 row 1", Span(0, 12), ClauseKind.ROW),
        Clause("table 2 row 2", Span(13, 24), ClauseKind.ROW),
    )
    made = chunks(replace(_document(), text=text, clauses=rows))
    assert made[1].text.endswith("\nArea | Grade\nHelp | Good")
    assert made[0].text.count("Area | Grade") == 1


@given(st.text(min_size=1, max_size=60), st.data())
def test_any_text_gives_its_own_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    document = replace(_document(), text=text, title=text, clauses=(Clause("1", span, ClauseKind.PROSE),))
    (chunk,) = chunks(document)
    assert chunk.words == " ".join(span.of(text).split())
    assert chunk.text[: chunk.own].endswith("\n")
    assert chunk.key == chunks(document)[0].key
