from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.references import find_references, last_label, resolve
from tests.retrieval.asking import Desk

HALTON = "halton-improvement-notice-2022-01-13"
LETTER = "st-helens-covid-letter-2020-06-18"
NEWS = "st-helens-star-news-report-2020"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("what does clause 5 say?", ["5"]),
        ("para 12", ["12"]),
        ("para. 12", ["12"]),
        ("PARAGRAPH 12", ["12"]),
        ("paragraph 5(b)", ["5(b)"]),
        ("5d", ["5(d)"]),
        ("5(d)", ["5(d)"]),
        ("5 b", ["5(b)"]),
        ("clause 5 (d)", ["5(d)"]),
        ("clause 5(b)(ii)", ["5(b)(ii)"]),
        ("the eleventh paragraph", ["11"]),
        ("the 2nd clause", ["2"]),
        ("paragraph twelve", ["12"]),
        ("the last paragraph", ["last"]),
        ("b of paragraph 5", ["5(b)"]),
        ("item (b) of clause 5", ["5(b)"]),
        ("sub-paragraph 5(c)", ["5(c)"]),
        ("item b)", ["b)"]),
        ("item a", ["a)"]),
        ("item (c) of the letter", ["c)"]),
        ("flexibility d", ["d)"]),
        ("paragraphs 3 and 4", ["3", "4"]),
        ("point 3.2", ["3.2"]),
        ("recommendation 3.4", ["3.4"]),
        ("clause A6.3", ["A6.3"]),
        ("no. 7", ["7"]),
        ("clause 100", ["100"]),
        ("Annex A 3", ["Annex A 3"]),
        ("annex b", ["Annex B"]),
        ("Schedule 2 paragraph 4", ["Schedule 2 4"]),
        ("section 3", ["3"]),
    ],
)
def test_found(question: str, labels: list[str]) -> None:
    assert [reference.label for reference in find_references(question)] == labels


@pytest.mark.parametrize(
    "question",
    [
        "section 497A of the Education Act 1996",
        "s497A Education Act 1996",
        "section 10 of the Children Act 2004",
        "every 6 weeks",
        "£5.5m a year",
        "2 a week",
        "a plan",
        "in 2019, 466 children",
        "12 May 2022",
        "within 12 months",
        "who signed the notice?",
        "the second letter",
        "127 per 10,000",
    ],
)
def test_no_reference(question: str) -> None:
    assert find_references(question) == ()


@given(st.text(max_size=200))
def test_never_raises_and_tells_words_of_the_question(question: str) -> None:
    for reference in find_references(question):
        assert reference.words in question


@pytest.mark.parametrize(
    ("document", "asked", "label"),
    [
        (HALTON, "clause 5(b)", "5(b)"),
        (HALTON, "5b", "5(b)"),
        (HALTON, "the eleventh paragraph", "11"),
        (HALTON, "the last paragraph", "13"),
        (LETTER, "item e)", "e)"),
        (LETTER, "paragraph 3", "para 3"),
        (NEWS, "para 2", "para 2"),
        (HALTON, "paragraph 14", None),
        (HALTON, "clause 11(f)", None),
        (LETTER, "item f)", None),
        (NEWS, "para 500", None),
    ],
)
def test_resolved(seed_desk: Desk, document: str, asked: str, label: str | None) -> None:
    (reference,) = find_references(asked)
    clause = resolve(reference, seed_desk.snapshot.documents[document])
    assert (clause.label if clause else None) == label


def test_where_a_document_ends(seed_desk: Desk) -> None:
    documents = seed_desk.snapshot.documents
    assert last_label(documents[HALTON]) == "13"
    assert (last_label(documents[NEWS]) or "").startswith("para ")


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("what does clause 5(b) of the Halton notice say?", (HALTON, "5(b)")),
        ("Halton 5b", (HALTON, "5(b)")),
        ("paragraph 13 Halton", (HALTON, "13")),
        ("what is item e) of the St Helens letter?", (LETTER, "e)")),
        ("the last paragraph of the Halton notice", (HALTON, "13")),
    ],
)
def test_a_clause_is_shown_whole(seed_desk: Desk, question: str, place: tuple[str, str]) -> None:
    answer = seed_desk.ask(question)
    (first, *_) = answer.citations
    document = seed_desk.snapshot.documents[place[0]]
    clause = document.clause(place[1])
    assert clause is not None
    assert (first.document_id, first.clause) == place
    assert "".join(c.quote for c in answer.citations).split() == clause.span.of(document.text).split()


@pytest.mark.parametrize(
    "asked", ["clause 31 of the Halton notice", "paragraph 14 of the Halton notice", "5(z) of Halton"]
)
def test_a_clause_that_is_not_there_is_not_found(seed_desk: Desk, asked: str) -> None:
    answer = seed_desk.ask(f"what does {asked} say?")
    assert answer.status == "not_found"
    assert not answer.citations
