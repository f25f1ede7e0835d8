"""Papers of inspectors and regulators, invented: findings by area, judgements, violations by number, abbreviations."""

from __future__ import annotations

import pytest

from retrieval.answer import Status
from tests.retrieval.asking import Desk, faults

BRINDLE = "brindle-variation-notice-2023-06-30"
HARROWMERE = "harrowmere-inspection-2024-05-17"
TARNBECK = "tarnbeck-reprimand-2024-02-08"
VELTRA = "veltra-warning-letter-2023-11-02"


@pytest.mark.parametrize(
    ("question", "says", "document", "clauses"),
    [
        ("Who was the lead inspector at Harrowmere?", ["Ottoline Pruett"], HARROWMERE, []),
        ("What was Harrowmere's overall grade?", ["Requires improvement"], HARROWMERE, []),
        ("How many adults in Harrowmere were waiting for an assessment?", ["412"], HARROWMERE, ["1.1"]),
        ("list the recommendations to Harrowmere", ["backlog", "protocol", "scrutiny", "right"], HARROWMERE, []),
        ("What recommendations must Harrowmere follow?", ["backlog", "protocol", "scrutiny", "right"], HARROWMERE, []),
        ("What does ASH stand for in Harrowmere?", ["adult safeguarding hub"], HARROWMERE, ["3.1"]),
        ("Does the ASH at Harrowmere have a manager?", ["No"], HARROWMERE, ["3.2"]),
        ("Who is the director of adult services at Harrowmere?", ["Vossberg"], HARROWMERE, ["4.1"]),
        ("How many tenants had their details uploaded by Tarnbeck?", ["2,847"], TARNBECK, ["2"]),
        ("What is the address of Tarnbeck?", ["12 Millrace Lane"], TARNBECK, ["addressee"]),
        ("What is violation 2 at Veltra?", ["sterility"], VELTRA, ["2"]),
        ("What is the third deviation in the Veltra letter?", ["complaint files"], VELTRA, ["3"]),
        ("What does recommendation 2 say for Harrowmere?", ["hospital trust"], HARROWMERE, ["R2"]),
        ("Harrowmere R3", ["scrutiny committee"], HARROWMERE, ["R3"]),
        ("Who signed the Brindle notice?", ["Okonjo-Lyle"], BRINDLE, ["signature"]),
        ("When did FDA inspect Veltra?", ["June 5 and June 16, 2023"], VELTRA, ["opening"]),
        ("Who was the Veltra letter addressed to?", ["Wroblewski"], VELTRA, ["addressee"]),
        ("Why was Tarnbeck's report of the breach late?", ["only", "board"], TARNBECK, ["6"]),
        ("Harrowmere report 2.2", ["Lanthorn"], HARROWMERE, ["2.2"]),
        ("What is Brindle's notice number?", ["OES-2023-0448"], BRINDLE, ["opening"]),
        ("How much is the monitoring fee for Brindle?", ["£1,925"], BRINDLE, ["table 1 row 3"]),
    ],
)
def test_right_with_the_right_clause(
    reports_desk: Desk, question: str, says: list[str], document: str, clauses: list[str]
) -> None:
    answer = reports_desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(words in f"{answer.text} {answer.value}" for words in says), answer.text
    assert {c.document_id for c in answer.citations} == {document}
    assert not clauses or {c.clause for c in answer.citations} & set(clauses), answer.citations
    assert faults(answer, reports_desk.snapshot) == []


@pytest.mark.parametrize(
    "question",
    [
        "What is violation 7 at Veltra?",
        "Why was Harrowmere judged outstanding?",
        "How many adults in Harrowmere have a personal budget?",
        "What fine must Brindle pay?",
        "What does 2.9 of the Harrowmere report say?",
        "What is the name of the company secretary of Brindle?",
    ],
)
def test_not_said(reports_desk: Desk, question: str) -> None:
    answer = reports_desk.ask(question)
    assert answer.status is Status.NOT_FOUND, answer.text
    assert faults(answer, reports_desk.snapshot) == []


def test_a_judgement_of_before_is_not_the_one_of_today(reports_desk: Desk) -> None:
    assert reports_desk.ask("What was Harrowmere's overall grade?").value == "Requires improvement"
    assert "good" in reports_desk.ask("What was Harrowmere rated at its last inspection?").text.casefold()


def test_a_company_is_known_by_the_name_after_its_initials() -> None:
    from retrieval.names.gathered import short_forms

    assert "marlow" in short_forms("J.T. Marlow Company, Inc.", ["Veltra Biologics LLC"])
    assert "marlow" not in short_forms("J.T. Marlow Company, Inc.", ["Marlow Borough Council"])
    assert "general" not in short_forms("General Foods Inc", [])
