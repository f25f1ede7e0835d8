"""Facts of invented documents in other wordings than those of the seeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts import find_facts
from ingest.notice import Clause, ClauseKind, Document, Fact, Span

Finder = Callable[..., tuple[Fact, ...]]


@pytest.mark.parametrize(
    ("text", "value", "normalised", "topic", "qualifier"),
    [
        (
            "The operator must submit its plan by 4 March 2024.",
            "4 March 2024",
            "2024-03-04",
            "The operator must submit its plan",
            "",
        ),
        ("Please respond no later than Friday 4 March 2024.", "Friday 4 March 2024", "2024-03-04", "respond", ""),
        (
            "The trust shall report on or before 1 June 2025, unless extended in writing.",
            "1 June 2025",
            "2025-06-01",
            "report",
            "unless extended in writing",
        ),
        (
            "You are required to pay within 28 days of the date of this order.",
            "within 28 days of the date of this order",
            "P28D",
            "pay",
            "",
        ),
        (
            "Within 15 working days of receipt of this letter, the firm should reply in writing.",
            "Within 15 working days of receipt of this letter",
            "P15BD",
            "the firm should reply",
            "",
        ),
        ("The first report is due on 3 May 2022.", "3 May 2022", "2022-05-03", "first report", ""),
        (
            "Works are to be completed by the end of October 2023 or earlier.",
            "end of October 2023",
            "2023-10",
            "Works",
            "or earlier",
        ),
        ("The company must not trade until 1 July 2024.", "1 July 2024", "2024-07-01", "trade", ""),
        (
            "Complaints must be made in six weeks from the date of the decision.",
            "in six weeks from the date of the decision",
            "P6W",
            "Complaints",
            "",
        ),
        ("Deadline: 12/11/2024", "12/11/2024", "2024-11-12", "Deadline", ""),
        ("The deadline for appeals is 5 May 2024.", "5 May 2024", "2024-05-05", "appeals", ""),
        (
            "An appeal must be lodged no later than 21 days after service of the notice.",
            "no later than 21 days after service of the notice",
            "P21D",
            "appeal",
            "",
        ),
    ],
)
def test_deadlines(facts: Finder, text: str, value: str, normalised: str, topic: str, qualifier: str) -> None:
    found = [(f.value, f.normalised) for f in facts("deadline", text)]
    assert found == [(value, normalised)]
    (fact,) = facts("deadline", text)
    assert topic in fact.topic
    assert qualifier in fact.qualifier


@pytest.mark.parametrize(
    "text",
    [
        "The plan was published by the council on 4 March 2024.",
        "In the last 18 months progress has been slow.",
        "The visit took place on 4 March 2024.",
        "The report covers the period up to 31 March 2022.",
        "Staff were told by 5 May 2021.",
    ],
)
def test_no_deadline(facts: Finder, text: str) -> None:
    assert facts("deadline", text) == ()


def test_intervals_say_who_and_what(facts: Finder) -> None:
    (fact,) = facts("interval", "The panel will review progress at least once a quarter, or more often if needed.")
    assert fact.normalised == "P3M"
    assert "panel will review progress" in fact.topic
    assert fact.qualifier.startswith("or more often")
    (fact,) = facts("interval", "Board meetings are held fortnightly.")
    assert (fact.value, fact.normalised) == ("fortnightly", "P2W")


def test_an_issue_date_is_not_the_date_of_the_report_that_it_follows(facts: Finder) -> None:
    text = (
        "This Enforcement Notice is served on Amber Quarries Ltd on 9 July 2024 following the inspection report"
        " published on 2 June 2024."
    )
    assert [f.value for f in facts("issued_on", text)] == ["9 July 2024"]
    assert [(f.value, f.topic) for f in facts("report_date", text)] == [("2 June 2024", "inspection report")]
    assert facts("inspection", text) == ()


def test_a_date_line_dates_the_letter(facts: Finder) -> None:
    clauses = {
        "letterhead": "Ministry of Fish\n1 Quay Road\nHull HU1 1AA\n3rd March 2023",
        "para 1": "We visited you on 1 March 2023 and found the boats in good order and well kept.",
    }
    (fact,) = facts("issued_on", clauses)
    assert (fact.value, fact.normalised, fact.clause) == ("3rd March 2023", "2023-03-03", "letterhead")
    assert [f.value for f in facts("inspection", clauses)] == ["1 March 2023"]


def test_the_signature_dates_a_document_that_says_no_other_date(facts: Finder) -> None:
    clauses = {
        "para 1": "The council must act.",
        "signature": "Signed: Ann Bell\nDirector of Rivers\nDate: 3 March 2023",
    }
    assert [f.normalised for f in facts("signed_on", clauses)] == ["2023-03-03"]
    assert [f.normalised for f in facts("issued_on", clauses)] == ["2023-03-03"]


@pytest.mark.parametrize(
    ("block", "name", "role"),
    [
        ("Yours sincerely\n\nAnn Bell\n\nDeputy Director, Rivers", "Ann Bell", "Deputy Director, Rivers"),
        (
            "Yours faithfully,\n\nDr Ann Bell OBE\nChief Inspector\nInspectorate of Rivers\nann.bell@rivers.example",
            "Ann Bell",
            "Chief Inspector, Inspectorate of Rivers",
        ),
        (
            "Signed:\nDate: 3 March 2023\n\nAnn Bell\nA senior officer in the Ministry of Fish",
            "Ann Bell",
            "A senior officer in the Ministry of Fish",
        ),
        ("Signed by: Ann Bell\nTitle: Head of Rivers", "Ann Bell", "Head of Rivers"),
        (
            "Sincerely,\n/S/\nAnn B. Bell\nDivision Director\nOffice of Rivers,\nDivision II",
            "Ann B. Bell",
            "Division Director, Office of Rivers, Division II",
        ),
        ("Ann Bell, Head of Rivers", "Ann Bell", "Head of Rivers"),
        ("Signed: Ann Bell (Head of Rivers)", "Ann Bell", "Head of Rivers"),
    ],
)
def test_signatures(facts: Finder, block: str, name: str, role: str) -> None:
    (fact,) = facts("signatory", {"para 1": "The council must act.", "signature": block})
    assert (fact.normalised, fact.topic) == (name, role)


def test_two_people_sign(facts: Finder) -> None:
    block = "Yours sincerely\n\nAnn Bell\nHead of Rivers\n\nCarl Dunn\nHead of Lakes"
    found = facts("signatory", {"para 1": "The council must act.", "signature": block})
    assert [(f.normalised, f.topic) for f in found] == [("Ann Bell", "Head of Rivers"), ("Carl Dunn", "Head of Lakes")]


@pytest.mark.parametrize(
    ("block", "name", "topic", "address"),
    [
        (
            "To: Amber Quarries Ltd (the Company)\nStone House\nPit Lane\nBuxton SK17 1AA",
            "Amber Quarries Ltd",
            "",
            "Stone House, Pit Lane, Buxton SK17 1AA",
        ),
        (
            "Mrs Eve Frost\nChief Executive\nMarlow Town Council\nTown Hall\nMarlow\nSL7 1AA",
            "Eve Frost",
            "Chief Executive, Marlow Town Council",
            "Town Hall, Marlow, SL7 1AA",
        ),
        (
            "Eve Frost, \nClerk to the Council\n12 High Street\nMarlow SL7 1AA",
            "Eve Frost",
            "Clerk to the Council",
            "12 High Street, Marlow SL7 1AA",
        ),
        ("TO: Marlow Police\nOF: PO Box 5, Marlow, SL7 1AA", "Marlow Police", "", "PO Box 5, Marlow, SL7 1AA"),
    ],
)
def test_addressees(facts: Finder, block: str, name: str, topic: str, address: str) -> None:
    clauses = {"addressee": block, "para 1": "You must act."}
    (fact,) = facts("addressee", clauses)
    assert (fact.normalised, fact.topic) == (name, topic)
    (found,) = facts("address", clauses)
    assert found.normalised == address
    assert name in found.topic


@pytest.mark.parametrize(
    ("text", "value", "topic"),
    [
        ("Inspectors judged the home to be inadequate.", "inadequate", "the home"),
        ("The school was rated ‘outstanding’ in 2019.", "outstanding", "The school"),
        ("Following the judgement that adult services are failing, the minister acts.", "failing", "adult services"),
        ("Overall effectiveness: Requires improvement", "Requires improvement", "Overall effectiveness"),
        ("The Regulator has decided to issue a warning to Amber Quarries Ltd.", "warning", "Amber Quarries Ltd"),
    ],
)
def test_judgements(facts: Finder, text: str, value: str, topic: str) -> None:
    found = facts("judgement", text)
    assert [f.value for f in found] == [value]
    assert topic in found[0].topic


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There were 41 complaints in 2022.", [("41", "41 complaints")]),
        ("Around 2,000 residents replied to clause 12.", [("2,000", "2000 residents")]),
        ("See section 4, page 12 and recommendations 2 and 3.", []),
        ("Five care homes closed.", [("Five", "5 care homes")]),
        ("The firm is at 51 Curtis Court.", []),
    ],
)
def test_counts(facts: Finder, text: str, found: list[tuple[str, str]]) -> None:
    assert [(f.value, f.normalised) for f in facts("count", text)] == found


def test_inspections(facts: Finder) -> None:
    (fact,) = facts("inspection", "Inspection dates: 10 to 21 July 2023")
    assert (fact.value, fact.normalised) == ("10 to 21 July 2023", "2023-07-10/2023-07-21")
    (fact,) = facts("inspection", "Our monitoring visit on 5 June 2022 found gaps.")
    assert (fact.value, fact.topic) == ("5 June 2022", "monitoring visit")
    (fact,) = facts("inspection", "Little has changed since the 2018 full inspection.")
    assert (fact.value, fact.topic) == ("2018", "full inspection")


def test_duties_name_who_owes_them(facts: Finder) -> None:
    (fact,) = facts("duty", "If asked, the operator must keep a log of all spills.")
    assert (fact.topic, fact.qualifier, fact.value) == ("the operator", "must", "keep a log of all spills")
    (fact,) = facts("duty", "The Regulator requires the operator to keep a log.")
    assert (fact.topic, fact.value) == ("the operator", "keep a log")


def test_definitions(facts: Finder) -> None:
    found = {
        f.value: f.normalised
        for f in facts("definition", "The Marlow Fire Authority (MFA) and Amber Quarries Ltd (“the Company”) met.")
    }
    assert found == {"MFA": "Marlow Fire Authority", "Company": "Amber Quarries Ltd"}


def test_periods_and_other_dates(facts: Finder) -> None:
    text = "Between 1 April 2021 and 31 March 2022 the service closed on 5 May 2021."
    assert [f.normalised for f in facts("period", text)] == ["2021-04-01/2022-03-31"]
    (fact,) = facts("date", text)
    assert (fact.value, "service closed" in fact.topic) == ("5 May 2021", True)


def test_copies(facts: Finder) -> None:
    clauses = {"para 1": "You must act.", "copied to": "cc: Ann Bell, Chief Executive\nThe Clerk, Marlow Town Council"}
    found = [(f.normalised or f.value, f.topic) for f in facts("copied_to", clauses)]
    assert found == [("Ann Bell", "Chief Executive"), ("The Clerk, Marlow Town Council", "")]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_exact_facts(body: str, block: str, signature: str) -> None:
    text = f"{block}\n\n{body}\n\n{signature}"
    second = len(block) + 2
    third = second + len(body) + 2
    clauses = (
        Clause("addressee", Span(0, len(block)), ClauseKind.BLOCK),
        Clause("para 1", Span(second, second + len(body)), ClauseKind.PROSE),
        Clause("signature", Span(third, len(text)), ClauseKind.BLOCK),
    )
    fields: dict[str, Any] = dict.fromkeys(("id", "version", "source", "sha256", "title", "kind"), "x")
    document = Document(**fields, subject=None, issuer=None, issued_on=None, text=text, clauses=clauses)
    for fact in find_facts(document):
        assert " ".join(fact.value_span.of(text).split()) == fact.value
        assert fact.span.covers(fact.value_span)


def test_two_people_are_addressed(facts: Finder) -> None:
    block = "Ms. Eve Frost and Mr. Carl Dunn\nCo-CEOs\nAmber Quarries Ltd\n7 Pit Lane\nBuxton SK17 1AA"
    found = facts("addressee", {"addressee": block, "para 1": "You must act."})
    assert [(f.normalised, f.topic) for f in found] == [
        ("Eve Frost", "Co-CEOs, Amber Quarries Ltd"),
        ("Carl Dunn", "Co-CEOs, Amber Quarries Ltd"),
    ]


def test_addressees_one_under_the_other(facts: Finder) -> None:
    block = (
        "Mr. Otto Brandt\nOwner and President\nMs. Ivy Marlowe\nCo-Owner\nMarlowe Foods, Inc.\n12 Quay Street\nSalem"
    )
    clauses = {"addressee": block, "para 1": "You must act."}
    found = facts("addressee", clauses)
    assert [(f.normalised, f.topic) for f in found] == [
        ("Otto Brandt", "Owner and President"),
        ("Ivy Marlowe", "Co-Owner, Marlowe Foods, Inc."),
    ]
    (address,) = facts("address", clauses)
    assert address.value.startswith("12 Quay Street")


def test_labels_of_an_addressee_block_are_not_the_addressee(facts: Finder) -> None:
    block = "Recipient:\nRecipient Name\nMr. Carl Dunn\nRecipient Title\nPresident\nAmber Quarries Ltd\n7 Pit Lane"
    (fact,) = facts("addressee", {"addressee": block, "para 1": "You must act."})
    assert (fact.normalised, fact.topic) == ("Carl Dunn", "President, Amber Quarries Ltd")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Write to us at help@rivers.example or call 0300 123 4567.", "email", "help@rivers.example"),
        ("Write to us at help@rivers.example or call 0300 123 4567.", "phone", "0300 123 4567"),
        ("See www.rivers.example/act for the form.", "url", "www.rivers.example/act"),
        ("Your response should refer to case # 673747.", "reference_number", "673747"),
        ("Our ref: ENF/2021-17", "reference_number", "ENF/2021-17"),
    ],
)
def test_contacts(facts: Finder, text: str, kind: str, value: str) -> None:
    assert [f.value for f in facts(kind, text)] == [value]


def test_deadlines_and_durations_without_a_date(facts: Finder) -> None:
    (fact,) = facts("deadline", "The operator must report any spill without delay.")
    assert (fact.value, fact.normalised) == ("without delay", None)
    (fact,) = facts("deadline", "The plan must be ready by the next board meeting.")
    assert fact.value == "by the next board meeting"
    (fact,) = facts("duration", "The adviser will stay until such time as the minister is content.")
    assert fact.value == "until such time as the minister is content"
    assert facts("deadline", "Staff were unable to report without delay.") == ()


def test_a_duty_of_two_things_names_both(facts: Finder) -> None:
    (fact,) = facts("duty", "the content of the plan and a record of progress must be kept up to date;")
    assert fact.topic == "the content of the plan and a record of progress"


def test_a_defined_name_has_no_words_of_its_sentence(facts: Finder) -> None:
    (fact,) = facts("definition", "This notice is issued to Marlow Council (the council) today.")
    assert (fact.value, fact.normalised) == ("the council", "Marlow Council")
