"""E-mail: headers, bodies in every form, attachments."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.clauses import split
from ingest.corpus import CorpusFile
from ingest.intake import take_in
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


EARLIER = "When is the plan due? Is it 1 June 2021?"
QUOTES = {
    "marked lines": f"On 31 May 2021, Bob Jones\n<bob@example.org> wrote:\n> {EARLIER}\n>\n>> Older words.\n",
    "a rule": f"-----Original Message-----\nFrom: Bob\n\n{EARLIER}\n",
    "a head": f"From: Bob <b@example.org>\nSent: 31 May 2021 09:00\nTo: Ann\nCc: Cy\nSubject: plan\n\n{EARLIER}\n",
    "a line under": f"{'_' * 32}\nFrom: Bob\nDate: 31 May 2021\nTo: Ann\nSubject: plan\n\n{EARLIER}\n",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
def test_the_mail_that_is_answered_is_not_quoted_as_this_ones_words(quote: str) -> None:
    raw = read(message(f"{BODY}\n{quote}"))
    assert raw.text == read(message(BODY)).text


def test_answers_between_the_quoted_lines_are_kept() -> None:
    raw = read(
        message(f"On Monday, Bob wrote:\n> {EARLIER}\n\nIt is due on 5 July 2021, as agreed.\n\n> And who?\n\nAnn.\n")
    )
    assert "5 July" in raw.text
    assert "1 June" not in raw.text


def test_what_is_forwarded_is_kept() -> None:
    made = message(f"For your records.\n\n{QUOTES['a head']}")
    del made["Subject"]
    made["Subject"] = "FW: plan"
    assert EARLIER in read(made).text
    assert EARLIER in read(message(f"See below.\n\n{QUOTES['a rule']}")).text  # nothing else is said


def test_encodings_of_every_kind() -> None:
    head = b"From: a@b.org\nDate: Mon, 7 Jun 2021 10:15:00 +0100\nSubject: =?iso-8859-1?Q?Caf=E9?=\nMIME-Version: 1.0\n"
    for charset in (b"windows-1252", b"x-unheard-of"):
        plain = b"Content-Type: text/plain; charset=" + charset + b"\nContent-Transfer-Encoding: quoted-printable\n\n"
        raw = read_eml(head + plain + b"The caf=E9 =93must=94 act =\nnow.\n", "a.eml", Limits())
        assert "The café “must” act now." in raw.text
        assert raw.metadata["title"] == "Café"


WORDS = "Thank you for meeting Carl Dunn and me.\n\nCarl has been appointed as adviser for up to 60 days.\n\n{}"
SIGNED = "Best wishes,\nAnn\n\nAnn Smith\nHead of Reviews\nDepartment for Bridges\nTel: 020 7946 0000\n"


def between_bodies(body: str = WORDS.format(SIGNED)) -> EmailMessage:
    made = message(body)
    for header, value in (
        ("From", "Ann Smith <ann.smith@bridges.example>"),
        ("To", '"Marsh, Ida (DCS)" <ida.marsh@stthrale.gov.uk>, Bo Poe <bo@stthrale.gov.uk>'),
        ("Cc", "Carl Dunn <c.dunn@adviser.example>"),
        ("Subject", "St Thrale: the plan is due"),
    ):
        del made[header]
        made[header] = value
    return made


def test_a_mail_is_about_the_body_that_it_goes_to() -> None:
    body = WORDS.format(f"Ofsted has seen the bridges. So has Ofsted’s inspector.\n\n{SIGNED}")
    document = parse(read(between_bodies(body)), source="a.eml", sha256="0")
    assert (document.subject, document.issuer) == ("St Thrale", "Department for Bridges")
    named = parse(read(between_bodies(f"St Thrale Council is late.\n\n{SIGNED}")), source="a.eml", sha256="0")
    assert named.subject == "St Thrale Council"


def test_the_people_of_the_headers() -> None:
    document = parse(read(between_bodies()), source="a.eml", sha256="0")

    def of(kind: str) -> list[tuple[str, str | None, str]]:
        return [(f.value, f.normalised, f.topic) for f in document.facts if f.kind == kind]

    assert of("addressee") == [("Marsh, Ida", "Ida Marsh", ""), ("Bo Poe", "Bo Poe", "")]
    assert of("copied_to") == [("Carl Dunn", "Carl Dunn", "adviser")]
    assert of("signatory") == [("Ann Smith", "Ann Smith", "Head of Reviews, Department for Bridges")]
    assert ("ann.smith@bridges.example", "ann.smith@bridges.example", "Ann Smith") in of("email")
    assert of("person_role")[0][1:] == ("Carl Dunn", "adviser")


def test_a_mail_without_a_signature_is_signed_by_its_sender() -> None:
    document = parse(read(between_bodies("Send the plan.\n")), source="a.eml", sha256="0")
    assert [f.normalised for f in document.facts if f.kind == "signatory"] == ["Ann Smith"]


def test_an_attachment_without_a_subject_is_about_what_its_mail_is_about(tmp_path: Path) -> None:
    made = between_bodies()
    made.add_attachment("Timetable\n\nThe plan is sent on Monday.\n", filename="timetable.txt")
    made.add_attachment("Notice\n\nThis notice is issued to Farrow Council.\n", filename="notice.txt")
    path = tmp_path / "a.eml"
    path.write_bytes(made.as_bytes())
    taken = take_in(CorpusFile("a.eml", path, path.stat().st_size), {}, Limits())
    subjects = [entry.document.subject for entry in taken.entries]
    assert subjects == ["St Thrale", "St Thrale", "Farrow Council"]
    assert taken.entries[1].document.issuer == "Department for Bridges"
