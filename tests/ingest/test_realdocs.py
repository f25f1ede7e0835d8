"""Real public documents of the kinds that users have, where they are at hand; they are no part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.notice import ClauseKind, Document
from ingest.parse import parse
from ingest.read import read
from tests.ingest.test_clauses import check_invariants

FOLDER = Path(__file__).parents[3] / "shared" / "realdocs"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of real documents, ../shared/realdocs, is absent"
)


def document(name: str) -> Document:
    found = parse(read(FOLDER / name), source=name, sha256="0")
    check_invariants(found.text, found.clauses)
    return found


def numbered(found: Document) -> list[str]:
    return [clause.label for clause in found.clauses if clause.kind is ClauseKind.NUMBERED]


@pytest.mark.parametrize(
    ("name", "last", "pages"),
    [
        ("ofsted_bury_17_december_2021.pdf", 52, 11),
        ("ofsted_gloucestershire_13_june_2017.pdf", 135, 41),
        ("ofsted_nottingham_05_september_2022.pdf", 58, 11),
        ("ofsted_sefton_12_august_2025.pdf", 73, 14),
        ("ofsted_solihull_13_january_2023.pdf", 46, 10),
        ("ofsted_st_helens_04_september_2023.pdf", 68, 12),
    ],
)
def test_reports_keep_all_their_numbered_paragraphs(name: str, last: int, pages: int) -> None:
    found = document(name)
    assert numbered(found) == [str(n) for n in range(1, last + 1)]
    assert len(found.pages) == pages
    assert found.kind == "report"
    assert all(clause.page for clause in found.clauses)
    ends = [found.quote(clause.span) for clause in found.clauses if clause.kind is ClauseKind.NUMBERED]
    assert all(words.rstrip(" )”’").endswith((".", "Recommendation", "112")) for words in ends)


def test_judgements_are_rows_of_a_table() -> None:
    found = document("ofsted_bury_17_december_2021.pdf")
    rows = [found.quote(c.span) for c in found.clauses if c.kind is ClauseKind.ROW]
    assert rows[0] == "Judgement | Grade"
    assert rows[-1] == "Overall effectiveness | Inadequate"
    assert found.subject == "Bury local authority"


def test_a_table_goes_on_over_the_page() -> None:
    found = document("send_oxfordshire_15_september_2023.pdf")
    rows = [c for c in found.clauses if c.label.startswith("table 1 ")]
    assert [c.page for c in rows] == [5, 5, 6, 6, 6, 6]


def test_reprimands_number_as_they_print() -> None:
    found = document("ico_west_midlands_police_2024.txt")
    dotted = [label for label in numbered(found) if "." in label]
    assert dotted == [f"1.{n}" for n in range(1, 26)]
    assert [c.parent for c in found.clauses if c.label in ("1", "2", "3", "4")] == ["1.23"] * 4
    assert found.clause("1.24 bullet 3") is not None
    assert (found.kind, found.subject, found.issuer) == (
        "reprimand",
        "West Midlands Police",
        "Information Commissioner",
    )
    assert "WMP" in found.subject_names


def test_recommendations_of_an_unnumbered_reprimand() -> None:
    found = document("ico_parkside_primary_2023.txt")
    assert numbered(found) == [str(n) for n in range(1, 7)]
    assert len([c for c in found.clauses if c.label.startswith("para 8 bullet")]) == 12
    assert len(found.pages) == 5


@pytest.mark.parametrize(
    "name", ["fda_sani_care_salon_products_inc_1055.html", "fda_the_w_s_badger_company_inc_2383.html"]
)
def test_warning_letters_without_the_page_around_them(name: str) -> None:
    found = document(name)
    labels = [clause.label for clause in found.clauses]
    assert found.kind == "warning letter"
    assert numbered(found) == ["1", "2", "3"]
    assert {"addressee", "signature", "title"} <= set(labels)
    assert found.issued_on is not None
    assert found.issuer == "U.S. Food and Drug Administration"
    assert "Menu" not in found.text
    assert "cookie" not in found.text.lower()
