"""Addressee, title, signature and copies of papers that mark them little."""

from __future__ import annotations

from datetime import date

from ingest.notice import Document
from ingest.parse import parse
from ingest.raw import RawDocument

NOTICE = """Thrale Borough Council
Housing Directorate
Civic Hall, Mill Road, Thrale TH2 7BB

5 May 2021

To the Chair of Trustees, Ms Ines Calloway
Farrow Lane Academy
Farrow Lane
Thrale
TH4 1QA

FINAL WARNING NOTICE: FARROW LANE ACADEMY

This is a final warning notice given by Thrale Borough Council to the trustees of Farrow Lane Academy.

1. The trustees must publish their accounts by 1 July 2021.
2. The trustees may reply to the Council in writing.

Osric Benbow
Director of Schools

Copied to: the Diocese of Thrale; the Schools Commissioner
"""


def made(text: str) -> Document:
    return parse(RawDocument(text), source="paper.txt", sha256="0")


def values(document: Document, kind: str) -> list[str]:
    return [f.value for f in document.facts if f.kind == kind]


def test_a_notice_that_says_to_whom_in_its_own_line() -> None:
    paper = made(NOTICE)
    assert paper.title == "Final Warning Notice: Farrow Lane Academy"
    assert (paper.kind, paper.subject, paper.issuer) == ("notice", "Farrow Lane Academy", "Thrale Borough Council")
    (to,) = [f for f in paper.facts if f.kind == "addressee"]
    assert (to.value, to.normalised) == ("Ms Ines Calloway", "Ines Calloway")
    assert to.topic.startswith("Chair of Trustees")
    assert "Farrow Lane, Thrale, TH4 1QA" in [f.normalised for f in paper.facts if f.kind == "address"]


def test_a_name_over_a_role_at_the_end_signs() -> None:
    paper = made(NOTICE)
    assert [(f.value, f.topic) for f in paper.facts if f.kind == "signatory"] == [
        ("Osric Benbow", "Director of Schools")
    ]
    assert values(paper, "copied_to") == ["the Diocese of Thrale", "the Schools Commissioner"]
    assert paper.issued_on == date(2021, 5, 5)


def test_a_name_over_a_role_in_the_midst_does_not_sign() -> None:
    text = NOTICE.replace("1. The trustees", "Alda Quill\nHead of Law\n\n1. The trustees").replace(
        "Osric Benbow\nDirector of Schools\n\n", ""
    )
    assert values(made(text), "signatory") == []


def test_a_labelled_signature() -> None:
    text = "STOP NOTICE\n\nServed on Ostler Ltd.\n\n1. Stop the saw.\n\nSignature: Edda Marlow\nDate: 3 June 2022\n"
    paper = made(text)
    assert values(paper, "signatory") == ["Edda Marlow"]
    assert values(paper, "signed_on") == ["3 June 2022"]


def test_a_letter_is_about_whom_it_goes_to_rather_than_its_sender() -> None:
    text = """Marl District Council
Licensing
2 Quay Row, Marl MA1 2BB

7 July 2020

Mr Lucan Price
Otter Vale Surveyors
9 Well Street
Marl
MA3 4CC

Dear Mr Price

REQUEST FOR A LICENCE

Marl District Council has your request. Marl District Council will reply by 1 August 2020.

Yours sincerely

Edith Moor
Head of Licensing
"""
    assert made(text).subject == "Otter Vale Surveyors"
