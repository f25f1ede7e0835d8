"""E-mail: headers, bodies in every form, attachments."""

from __future__ import annotations

from email.message import EmailMessage

from ingest.clauses import split
from ingest.limits import Limits
from ingest.parse import parse
from ingest.raw import RawDocument
from ingest.readers.mail import read_eml

BODY = "Dear Bob\n\nPlease send us the plan by 30 June 2021.\n\nKind regards\n\nAnn Smith\nHead of Reviews\n"


def message(body: str = BODY) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ann Smith <ann@example.org>"
    made["To"] = "Bob Jones <bob@example.org>"
    made["Cc"] = "Cy <cy@example.org>"
    made["Date"] = "Mon, 07 Jun 2021 10:15:00 +0100"
    made["Subject"] = "Improvement plan: “next” steps"
    made.set_content(body)
    return made


def read(made: EmailMessage) -> RawDocument:
    return read_eml(made.as_bytes(), "a.eml", Limits())


def test_headers_and_body() -> None:
    raw = read(message())
    assert [c.label for c in split(raw)] == ["letterhead", "addressee", "copied to", "title", "para 1", "signature"]
    document = parse(raw, source="a.eml", sha256="0")
    assert document.title == "Improvement plan: “next” steps"
    assert document.kind == "e-mail"
    assert str(document.issued_on) == "2021-06-07"
    assert document.issuer == "Ann Smith"


def test_a_web_page_as_body() -> None:
    made = message()
    made.set_content("<html><body><p>Send the <b>plan</b>.</p></body></html>", subtype="html")
    assert "Send the plan." in read(made).text


def test_the_plain_body_is_preferred() -> None:
    made = message("Plain words.\n")
    made.add_alternative("<p>Rich words.</p>", subtype="html")
    text = read(made).text
    assert "Plain words." in text
    assert "Rich words." not in text


def test_attachments_are_documents_of_their_own() -> None:
    made = message()
    made.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="../../etc/notice.pdf")
    inner = message("Inner words.\n")
    made.add_attachment(inner)
    raw = read(made)
    names = [attachment.name for attachment in raw.attachments]
    assert names[0] == "notice.pdf"
    assert names[1].endswith(".eml")
    assert b"Inner words." in raw.attachments[1].content
    assert "Inner words." not in raw.text


def test_broken_headers_do_no_harm() -> None:
    head = b"From: \xff\xfe <a@b\nTo:\nDate: yesterday\nSubject: =?utf-8?b?!!!?=\nMIME-Version: 1.0\n\n"
    content = head + b"Words of the body.\n"
    assert "Words of the body." in read_eml(content, "a.eml", Limits()).text
