"""Citations: by document and clause, exact, and none of a wrong document."""

from __future__ import annotations

from typing import Any

from evals.case import Case
from evals.citing import judge_citations
from evals.reply import Cited, ClauseSpan, Reply, Source

TEXT = "9. The council must provide:\n a. access to staff;\n b. data.\n10. Other."


class Sources:
    def __init__(self, *ids: str) -> None:
        spans = {"9": (0, 59), "9(a)": (30, 50), "9(b)": (51, 59), "10": (60, 70)}
        clauses = {label: ClauseSpan(label, *span) for label, span in spans.items()}
        self._sources = {name: Source(name, TEXT, clauses) for name in ids}

    def get(self, document_id: str, /) -> Source | None:
        return self._sources.get(document_id)

    def ids(self) -> frozenset[str]:
        return frozenset(self._sources)


SOURCES = Sources("d", "e")


def case(citations: list[dict[str, Any]], also: list[dict[str, Any]] | None = None) -> Case:
    raw = {"id": "x", "question": "q", "part": "tuning", "citations": citations, "also": also or []}
    return Case.model_validate(raw)


def cited(clause: str, start: int, end: int, document: str = "d") -> Cited:
    return Cited(document, clause, TEXT[start:end], start, end)


def reply(*citations: Cited) -> Reply:
    return Reply("answered", "text", citations=citations)


def test_the_clause_cited_is_the_one_expected() -> None:
    found = judge_citations(case([{"document": "d", "clause": "10"}]), reply(cited("10", 60, 70)), SOURCES)
    assert found.right
    assert (found.met, found.relevant, found.exact, found.wrong_documents) == (1, 1, 1, ())


def test_a_paragraph_counts_for_its_items_when_it_quotes_them() -> None:
    want = case([{"document": "d", "clause": "9(a)"}])
    assert judge_citations(want, reply(cited("9", 0, 59)), SOURCES).right
    assert not judge_citations(want, reply(cited("9", 0, 28)), SOURCES).right


def test_an_item_counts_for_its_paragraph_only_where_listed() -> None:
    item = reply(cited("9(a)", 30, 50))
    assert not judge_citations(case([{"document": "d", "clause": "9"}]), item, SOURCES).right
    assert judge_citations(case([{"document": "d", "clause": ["9", "9(a)"]}]), item, SOURCES).right


def test_every_entry_must_be_met() -> None:
    want = case([{"document": "d", "clause": "10"}, {"document": "e", "clause": "10"}])
    found = judge_citations(want, reply(cited("10", 60, 70)), SOURCES)
    assert not found.right
    assert (found.met, found.expected) == (1, 2)
    assert "expected e 10" in found.problems[0]


def test_words_may_stand_for_a_clause() -> None:
    want = case([{"document": "d", "quote": "access  to STAFF"}])
    assert judge_citations(want, reply(cited("para 7", 30, 50)), SOURCES).right
    assert not judge_citations(want, reply(cited("para 7", 51, 59)), SOURCES).right


def test_an_inexact_quotation_is_wrong() -> None:
    moved = Cited("d", "10", "10. Other!", 60, 70)
    found = judge_citations(case([{"document": "d", "clause": "10"}]), reply(moved), SOURCES)
    assert not found.right
    assert (found.exact, found.quotes) == (0, 1)
    assert "text[60:70]" in found.problems[-1]


def test_related_quotations_are_checked_too() -> None:
    refused = Reply("not_found", "no", related=(Cited("d", "10", "nonsense", 0, 8),))
    raw = {"id": "x", "question": "q", "part": "tuning", "status": "not_found"}
    assert not judge_citations(Case.model_validate(raw), refused, SOURCES).right


def test_a_document_outside_the_expected_and_listed_is_wrong() -> None:
    got = reply(cited("10", 60, 70), cited("10", 60, 70, "e"))
    assert judge_citations(case([{"document": "d", "clause": "10"}]), got, SOURCES).wrong_documents == ("e",)
    listed = case([{"document": "d", "clause": "10"}], also=[{"document": "e"}])
    found = judge_citations(listed, got, SOURCES)
    assert found.wrong_documents == ()
    assert (found.relevant, found.given) == (2, 2)


def test_a_document_that_is_not_there_is_no_exact_quotation() -> None:
    found = judge_citations(case([{"document": "d", "clause": "10"}]), reply(cited("10", 60, 70, "ghost")), SOURCES)
    assert found.exact == 0
    assert not found.right
