"""Facts of table rows, under the names of their columns."""

from __future__ import annotations

import pytest

from ingest.limits import Limits
from ingest.notice import Fact
from ingest.parse import parse
from ingest.readers.docx import read_docx
from tests.ingest.documents import make_docx, word_paragraph, word_table

TABLE = [
    ["Requirement", "Paragraph", "Date", "Responsible officer"],
    ["Set up the board", "8(c)", "15 December 2023", "Chief executive"],
    ["Send the plan to the Minister", "8(b)", "31 January 2024", "Ann Bell"],
    ["Audit 120 records", "9", "within six weeks", "Dr Carl Dunn, head of audit"],
]


def facts_of(rows: list[list[str]], kind: str) -> list[Fact]:
    content = make_docx(word_paragraph("Order to Thrale Council", style="Title") + word_table(rows))
    document = parse(read_docx(content, "a.docx", Limits()), source="a.docx", sha256="0")
    return [fact for fact in document.facts if fact.kind == kind]


def test_a_date_under_its_column_is_when_the_row_is_due() -> None:
    due = facts_of(TABLE, "deadline")
    assert [(f.value, f.normalised, f.topic, f.clause) for f in due] == [
        ("15 December 2023", "2023-12-15", "Set up the board", "table 1 row 2"),
        ("31 January 2024", "2024-01-31", "Send the plan to the Minister", "table 1 row 3"),
        ("within six weeks", "P6W", "Audit 120 records", "table 1 row 4"),
    ]
    assert not facts_of(TABLE, "date")


def test_who_answers_for_a_row_under_the_columns_name() -> None:
    assert [(f.value, f.topic, f.qualifier) for f in facts_of(TABLE, "responsible")] == [
        ("Chief executive", "Set up the board", "Responsible officer"),
        ("Ann Bell", "Send the plan to the Minister", "Responsible officer"),
        ("Dr Carl Dunn, head of audit", "Audit 120 records", "Responsible officer"),
    ]
    named = {f.normalised: f.topic for f in facts_of(TABLE, "person_role")}
    assert named["Ann Bell"] == "Responsible officer: Send the plan to the Minister"
    assert "Chief executive" not in named


@pytest.mark.parametrize(
    "rows",
    [
        [["Date", "Event"], ["3 May 2021", "The home was visited"], ["4 May 2021", "The home was shut"]],
        [["Judgement", "Grade"], ["The experiences of children in care", "Good"]],
        [["Measure", "Target"], ["Visits within ten days", "95%"]],
        [["Measure", "Agreed by"], ["Visits in ten days", "All three boards"]],
        [["Set up the board", "3 May 2021"], ["Send the plan", "4 May 2021"]],
    ],
)
def test_rows_that_nothing_makes_due_have_no_deadline(rows: list[list[str]]) -> None:
    assert not facts_of(rows, "deadline")
    assert not facts_of(rows, "responsible")
