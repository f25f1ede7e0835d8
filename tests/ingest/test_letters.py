"""Letters as scanners and printers hand them over: broken addresses, names over names, subject lines without marks."""

from __future__ import annotations

from ingest.notice import Document
from ingest.parse import parse
from ingest.raw import RawDocument
from ingest.read import read_bytes
from tests.ingest.documents import Words, column, make_pdf

SCANNED = """Ministry of Works
Rt Hon Una Vance MP
Minister for Roads
London SW1A 9ZZ

Councillor Ida Marsh
Leader of Thrale Borough Council
Civic Hall
Mill Road

Thrale TH2 7BB

5 May 2021

Dear Councillor Marsh

Repairs in Thrale: a change to the order
of 4 March 2021

Thank you for your letter of 22 April 2021 about the
repair of the bridges, which I have read with care.

You have told me that one of the firms withdrew. The
order is varied.

Yours sincerely

U. Vance

Una Vance MP
Minister for Roads

cc: Osric Benbow, Director of Works
"""

LONG = "We came to see the bridges in May and found them in good repair, as you had told us."
LINE = "Repairs in Thrale: a change to the order\nof 4 March 2021"


def made(text: str, source: str = "letter-scan.txt") -> Document:
    return parse(RawDocument(text), source=source, sha256="0")


def labels(paper: Document) -> list[str]:
    return [clause.label for clause in paper.clauses]


def test_the_subject_is_the_body_whose_leader_is_addressed() -> None:
    paper = made(SCANNED)
    assert paper.subject == "Thrale Borough Council"
    assert "Leader of Thrale" not in paper.subject_names


def test_a_line_under_the_salutation_is_the_title() -> None:
    assert made(SCANNED).title == "Repairs in Thrale: a change to the order of 4 March 2021"
    plain = made(SCANNED.replace(f"{LINE}\n\n", ""))
    assert "title" not in labels(plain)
    spoken = made(SCANNED.replace(LINE, "Thank you all"))
    assert "title" not in labels(spoken)


def test_an_address_cut_before_its_postcode_is_one() -> None:
    paper = made(SCANNED)
    to = paper.clause("addressee")
    assert to is not None
    assert to.span.of(paper.text).endswith("Thrale TH2 7BB")
    assert "letterhead 2" in labels(paper)  # the date alone


def test_initials_below_the_sign_off_are_no_list_item() -> None:
    paper = made(SCANNED)
    signed = paper.clause("signature")
    assert signed is not None
    assert "Minister for Roads" in signed.span.of(paper.text)
    assert [(f.value, f.topic) for f in paper.facts if f.kind == "signatory"] == [("Una Vance", "Minister for Roads")]


def test_a_name_written_and_then_printed_is_one_signatory() -> None:
    paper = made("Dear Ms Poe\n\nWe came and saw the home.\n\nYours sincerely\n\nO Benbow\n\nOsric Benbow\n")
    assert [f.value for f in paper.facts if f.kind == "signatory"] == ["Osric Benbow"]
    both = made("Dear Ms Poe\n\nWe came and saw the home.\n\nYours sincerely\n\nAnn Bell\n\nOsric Benbow\n")
    assert [f.value for f in both.facts if f.kind == "signatory"] == ["Ann Bell", "Osric Benbow"]


def test_sentences_below_a_signature_are_no_part_of_it() -> None:
    told = "This letter and what is sent with it are meant for the person named above alone and must not be passed on."
    paper = made(f"Dear Ms Poe\n\nWe came and saw the home.\n\nYours sincerely\n\nOsric Benbow\nDirector\n\n{told}\n")
    assert told not in "".join(c.span.of(paper.text) for c in paper.clauses if c.label == "signature")


def test_what_a_paper_says_that_it_is_tells_its_kind() -> None:
    text = "DATA ACT 2018\n\nThe Example Commissioner issues a reprimand to Northby Council under the Act.\n\nMore.\n"
    assert made(text, "a.txt").kind == "reprimand"
    assert made("Roads of Thrale\n\nThis report tells of roads.\n\nMore.\n", "a.txt").kind == "report"
    assert made("Roads of Thrale\n\nThe council has read the report.\n\nMore.\n", "a.txt").kind == "document"


def test_a_heading_that_only_says_what_the_paper_is_belongs_to_the_title() -> None:
    page = (
        "<html><body><h1>Data Act 2018</h1><h2>{}</h2><p>The Commissioner tells Northby Council off.</p></body></html>"
    )
    for heading, title in (("REPRIMAND", "Data Act 2018: Reprimand"), ("The reprimand", "Data Act 2018")):
        raw = read_bytes(page.format(heading).encode(), "a.html", isolated=False)
        assert parse(raw, source="a.html", sha256="0").title.casefold() == title.casefold()


def test_a_street_is_no_part_of_a_role() -> None:
    address = "Mill House\nWater Lane\nThrale\nCheshire\nTH9 5AF"
    signed = f"Signed\n\nAnn Bell\nHead of Enquiries\nRegulator’s Office\n{address}\n"
    paper = made(f"Reprimand\n\n1. The council must act.\n\n2. It must write.\n\n{signed}", "a.txt")
    (who,) = [f for f in paper.facts if f.kind == "signatory"]
    assert (who.value, who.topic) == ("Ann Bell", "Head of Enquiries, Regulator’s Office")


def test_specks_after_a_name_are_no_part_of_it() -> None:
    paper = made(SCANNED.replace("Councillor Ida Marsh\n", "Councillor Ida Marsh -\n"))
    (to,) = [f for f in paper.facts if f.kind == "addressee"]
    assert (to.value, to.normalised, to.topic) == (
        "Councillor Ida Marsh",
        "Ida Marsh",
        "Leader of Thrale Borough Council",
    )


def test_a_sender_in_large_print_is_no_title() -> None:
    def blocks(first: str) -> list[str]:
        to = "<p>Ms Poe<br>Director of Roads<br>Thrale</p><p>Dear Ms Poe</p>"
        page = (
            f"<body><h1>{first}</h1>{to}<h2>The bridges</h2><p>{LONG}</p><p>Yours sincerely</p><p>Ann Bell</p></body>"
        )
        return labels(parse(read_bytes(page.encode(), "a.html", isolated=False), source="a.html", sha256="0"))

    assert blocks("Ministry of Works")[:3] == ["letterhead", "addressee", "title"]
    assert blocks("The bridges of Thrale")[:2] == ["title", "addressee"]


def printed(*lines: Words) -> Document:
    raw = read_bytes(make_pdf([lines]), "a.pdf", isolated=False)
    return parse(raw, source="a.pdf", sha256="0")


def test_a_section_in_larger_print_is_no_title() -> None:
    paper = printed(
        Words(72, 80, "DATA REGULATION REPRIMAND", 14, bold=True),
        *column(
            ["To: Northby Hospitals Trust", "", "Of: Mill Road, Northby, NB2 7HT", "", "Date: 26 October 2023"], y=110
        ),
        Words(72, 200, "The reprimand", 17, bold=True),
        *column(
            [LONG, "", "It was late.", "", LONG, "", "Ann Bell", "", "Head of Enquiries", "", "Regulator’s Office"],
            y=230,
        ),
    )
    assert (paper.title, paper.kind) == ("Data Regulation Reprimand", "reprimand")
    assert [(f.value, f.topic) for f in paper.facts if f.kind == "signatory"] == [
        ("Ann Bell", "Head of Enquiries, Regulator’s Office")
    ]


def test_people_listed_in_lines_stay_apart() -> None:
    lines = ["Ann Bell, lead inspector, Her Majesty’s Inspector of all", "Carl Dunn, Her Majesty’s Inspector"]
    assert lines[1] in printed(*column([LONG, "", *lines])).text.splitlines()


def test_the_kind_that_a_catalogue_gives() -> None:
    text = "Northby City Council\n\nDate: 18 July 2025\n\nType: Reprimands\n\nThe council was told off.\n\nMore.\n"
    assert made(text, "a.txt").kind == "reprimand"


def test_offices_of_state_below_a_minister_issue_nothing() -> None:
    head = "Baroness Una Vance\nParliamentary Under-Secretary of State for Roads and Bridges"
    body = (
        "Ofsted has seen it, and so has Ofsted’s man. The Department for Works has read it. The Department will reply."
    )
    paper = made(
        f"{head}\n\nMs Ann Poe\nLeader\nThrale Council\n\nDear Ms Poe\n\n{body}\n\nYours sincerely\n\n{head}\n"
    )
    assert paper.issuer == "Department for Works"


def test_a_part_of_the_sender_does_not_issue() -> None:
    body = "During an inspection the United Bridge Administration (UBA) saw your works."
    signed = "Ann Bell\nDirector\nOffice of Rivers, General Hospital and Road Devices\nOffice of Products"
    paper = made(f"Dear Ms Poe\n\n{body}\n\nYours sincerely\n\n{signed}\n")
    assert paper.issuer == "United Bridge Administration"
