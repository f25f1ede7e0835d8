"""Invented papers of inspectors and regulators, each laid out in its own way: golden labels, facts and links."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.links import find_links
from ingest.notice import Document
from ingest.parse import parse
from ingest.raw import RawDocument
from ingest.read import read
from tests.ingest.test_clauses import check_invariants

FOLDER = Path(__file__).parents[1] / "retrieval" / "reports"


def paper(name: str) -> Document:
    path = next(FOLDER.glob(f"{name}*"))
    found = parse(read(path), source=path.name, sha256="0")
    check_invariants(found.text, found.clauses)
    return found


def of_text(text: str) -> Document:
    return parse(RawDocument(text), source="made.txt", sha256="0")


def labels(document: Document) -> list[str]:
    return [clause.label for clause in document.clauses]


def facts(document: Document, *kinds: str) -> list[tuple[str, str, str]]:
    return [(f.kind, f.clause, f.normalised or f.value) for f in document.facts if f.kind in kinds]


def test_a_report_with_lettered_recommendations_and_annexes() -> None:
    report = paper("harrowmere")
    assert (report.title, report.kind) == (
        "Harrowmere City Council: Inspection of adult social care services",
        "report",
    )
    assert labels(report) == [
        *["title", "opening"],
        *[f"table 1 row {n}" for n in range(1, 7)],
        *["opening 2", "R1", "R2", "R3", "R4", "1.1", "1.2", "1.3", "1.3(a)", "1.3(b)", "1.3(c)", "1.3(c)(i)"],
        *["1.3(c)(ii)", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "Annex A 1", "Annex A 2", "Annex B 1"],
    ]
    assert ("deadline", "R1", "2024-09-30") in facts(report, "deadline")
    assert ("deadline", "R2", "P3M") in facts(report, "deadline")
    assert facts(report, "inspection")[0] == ("inspection", "opening", "2024-03-04/2024-03-15")
    assert ("issued_on", "opening", "2024-05-17") in facts(report, "issued_on")
    assert {f.topic: f.value for f in report.facts if f.kind == "judgement"}["Judgements Safeguarding"] == "Inadequate"


def test_a_reprimand_with_lettered_headings_among_its_numbers() -> None:
    reprimand = paper("tarnbeck")
    assert labels(reprimand) == [
        *["title", "addressee", "1", "2", "3", "4", "5", "6", "7", "7(i)", "7(ii)", "7(iii)", "8"],
        *["8(a)", "8(b)", "8(c)", "9", "signature"],
    ]
    headings = {clause.label: clause.heading for clause in reprimand.clauses}
    assert (headings["5"], headings["6"]) == ("A. Article 5(1)(f)", "B. Article 33(1)")
    assert facts(reprimand, "signatory", "issued_on") == [
        ("issued_on", "signature", "2024-02-08"),
        ("signatory", "signature", "Philippa Osgerby"),
    ]


def test_a_warning_letter_whose_recipient_stands_in_broken_lines() -> None:
    letter = paper("veltra")
    assert [label for label in labels(letter) if label[0].isdigit()] == [
        *["1", "2", "2 bullet 1", "2 bullet 2", "2 bullet 3", "2 bullet 4", "3"],
    ]
    (addressee,) = [f for f in letter.facts if f.kind == "addressee"]
    assert (addressee.normalised, addressee.topic) == (
        "Anselm Wroblewski",
        "Owner and Medical Director, Veltra Biologics LLC",
    )
    assert ("inspection", "opening", "2023-06-05/2023-06-16") in facts(letter, "inspection")
    assert facts(letter, "signatory") == [("signatory", "signature", "Marguerite D. Holcombe")]


def test_a_notice_in_parts_and_schedules_that_varies_one_and_revokes_another() -> None:
    notice = paper("brindle")
    assert labels(notice) == [
        *["title", "opening", "addressee", "opening 2", "opening 3", "1", "2", "3", "3(a)", "3(b)", "3(c)", "4", "5"],
        *["Schedule 1 1", "Schedule 1 2", "table 1 row 1", "table 1 row 2", "table 1 row 3", "Schedule 2 para 1"],
        "signature",
    ]
    headings = {clause.label: clause.heading for clause in notice.clauses}
    assert (headings["1"], headings["4"]) == ("PART 1: STEPS", "PART 2: REASONS")
    assert notice.subject == "Brindle Quarries plc"
    assert notice.issuer == "Office for Environmental Safety"
    assert facts(notice, "issued_on", "signatory") == [
        ("issued_on", "opening 2", "2023-06-30"),
        ("signatory", "signature", "T. R. Okonjo-Lyle"),
    ]
    assert [(link.relation, link.target) for link in find_links(notice)] == [
        ("varies", "enforcement notice of 14 February 2023"),
        ("revokes", "suspension notice dated 2 March 2023"),
    ]


@pytest.mark.parametrize("word", ["Violation", "Observation", "Priority", "Recommendation"])
def test_numbers_after_a_word(word: str) -> None:
    text = "\n\n".join(f"{word} {n}: The firm must mend its pump number {n} at once." for n in (1, 2, 3))
    assert labels(of_text(text)) == [f"{word} {n}" for n in (1, 2, 3)]


def test_letters_and_numbers_that_are_no_recommendations() -> None:
    found = of_text("R2 is the second road. It was closed in May.\n\nThe R4 was not.")
    assert all(clause.label.startswith("para") for clause in found.clauses)


def test_labels_beside_values_are_no_table() -> None:
    text = (
        "Our ref:    AB/12\nYour ref:   CD/34\nDate:       3 May 2024\n\nDear Ms Lowe\n\nThank you for your letter.\n"
    )
    assert not any(label.startswith("table") for label in labels(of_text(text)))


def test_a_long_line_that_does_not_end_goes_on_in_the_next() -> None:
    words = "This notice takes the place of the one that was served on the company by the former inspector and is dated"
    found = of_text(f"{words}\n2 March 2023.\n\nIt takes effect at once.\n")
    assert labels(found) == ["para 1", "para 2"]
    assert found.quote(found.clauses[0].span).endswith("2 March 2023.")


def test_a_paper_that_acts_on_another_is_not_of_its_date() -> None:
    found = of_text("This notice revokes the suspension notice dated 2 March 2023. It takes effect at once.\n")
    assert facts(found, "issued_on") == []
