"""Title, kind, subject, issuer and date: of the seeds, and in the other ways that documents say them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.notice import Document
from ingest.parse import parse, version_of
from ingest.raw import RawDocument
from ingest.read import read

CORPUS = Path(__file__).parents[2] / "corpus"


def seed(name: str) -> Document:
    return parse(read(CORPUS / f"{name}.txt"), source=f"{name}.txt", sha256="0")


def made(text: str, source: str = "a-document.txt", **overrides: object) -> Document:
    return parse(RawDocument(text), source=source, sha256="0", overrides=overrides)


@pytest.mark.parametrize(
    ("name", "title", "kind", "subject", "issuer", "issued"),
    [
        (
            "halton-improvement-notice-2022-01-13",
            *("Improvement Notice", "notice", "Halton Borough Council", "Department for Education", date(2022, 1, 13)),
        ),
        (
            "sefton-improvement-notice-2021-06-07",
            *("Improvement Notice", "notice", "Sefton Council", "Department for Education", date(2021, 6, 7)),
        ),
        (
            "st-helens-improvement-notice-2019-11-12",
            *("Improvement Notice", "notice", "St Helens Council", "Department for Education", date(2019, 11, 12)),
        ),
        (
            "st-helens-covid-letter-2020-06-18",
            *("St Helens Metropolitan Borough Council Improvement Notice", "letter"),
            *("St Helens Metropolitan Borough Council", "Secretary of State for Education", date(2020, 6, 18)),
        ),
        (
            "st-helens-star-news-report-2020",
            *("St Helens Star News Report 2020", "news", "St Helens Council", "St Helens Star", None),
        ),
    ],
)
def test_the_seeds(name: str, title: str, kind: str, subject: str, issuer: str, issued: date | None) -> None:
    document = seed(name)
    assert (document.title, document.kind, document.subject) == (title, kind, subject)
    assert (document.issuer, document.issued_on) == (issuer, issued)
    assert document.id == name
    assert subject in document.subject_names
    assert document.subject_names[-1] == subject.split(" Borough")[0].split(" Metro")[0].split(" Council")[0]


def test_a_reprimand_names_who_issues_it_and_to_whom() -> None:
    document = made(
        "PROTECTION OF EXAMPLES ACT 2018\n\nREPRIMAND\n\nThe Example Commissioner (the Commissioner) issues a "
        "reprimand to Northby City Council (‘the council’) in accordance with Article 58.\n\n"
        "The council was late, under the Act.\n"
    )
    assert document.title == "Protection of Examples Act 2018: Reprimand"
    assert document.kind == "reprimand"
    assert document.subject == "Northby City Council"
    assert document.issuer == "Example Commissioner"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Signed:  Date: 7th June 2021", date(2021, 6, 7)),
        ("Signed: A B\nDate: 12/11/19", date(2019, 11, 12)),
        ("Signed on behalf of the Minister\n2021-06-07", date(2021, 6, 7)),
        ("Dated 18th June 2020\n\nSigned: A B", date(2020, 6, 18)),
    ],
)
def test_dates_of_signatures(line: str, day: date) -> None:
    assert made(f"Improvement Notice\n\n1. The council must act by 1 May 2025.\n\n{line}\n").issued_on == day


def test_american_dates_are_read_as_written_there() -> None:
    body = "On April 2, 2024 we came, and on May 3, 2024 again."
    text = f"WARNING LETTER\n\nDATE: 4/12/2024\n\nDear Ms. Poe:\n\n{body}\n\nSincerely,\nA B\n"
    document = made(text)
    assert document.issued_on == date(2024, 4, 12)
    assert document.kind == "warning letter"


@pytest.mark.parametrize(
    ("text", "source", "day"),
    [
        ("Report\n\nReport published: 13 June 2017\n\nWords of it.\n", "a.txt", date(2017, 6, 13)),
        ("This notice is issued to X Council on 3 May 2023.\n\nMore.\n", "a.txt", date(2023, 5, 3)),
        ("Only words here.\n", "letter-2021-06-07.txt", date(2021, 6, 7)),
        ("Only words here.\n", "report_17_december_2021.txt", date(2021, 12, 17)),
        ("It was done on 3 May 2023.\n", "a.txt", None),
        ("Only words here.\n", "report-2020.txt", None),
    ],
)
def test_other_dates(text: str, source: str, day: date | None) -> None:
    assert made(text, source).issued_on == day


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Improvement Notice\n\n1. Act.\n\n2. Report.\n", "notice"),
        ("Dear Ms Poe\n\nWords.\n\nYours sincerely\n\nA B\n", "letter"),
        ("Inspection of Northby\n\nWords of the inspectors.\n", "report"),
        ("Guidance on plans\n\nWords of guidance.\n", "guidance"),
        ("Council told to act\n\nIt was bad.\n\n“We will do better now,” said its leader.\n", "news"),
        ("Some words.\n\nOther words.\n", "document"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert made(text).kind == kind


def test_a_title_from_the_files_name() -> None:
    assert made("the words begin at once.\n", "hr/annual_review-2021.txt").title == "Annual Review 2021"


def test_overrides_win_and_change_the_version() -> None:
    plain = made("Improvement Notice\n\n1. Act.\n")
    told = made(
        "Improvement Notice\n\n1. Act.\n", title="A better title", subject="Northby Council", issued_on=date(2020, 1, 2)
    )
    assert (told.title, told.subject, told.issued_on) == ("A better title", "Northby Council", date(2020, 1, 2))
    assert told.subject_names == ("Northby Council", "Northby")
    assert told.version != plain.version
    assert plain.version == version_of(plain.text, {})
