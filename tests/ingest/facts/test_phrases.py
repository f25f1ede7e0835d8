"""How far a value reaches, and values that take their sense from the words around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.facts.statutes import find_law
from ingest.notice import Fact
from ingest.parse import parse
from ingest.raw import RawDocument

Finder = Callable[..., tuple[Fact, ...]]


def of_text(text: str, kind: str) -> list[Fact]:
    document = parse(RawDocument(text), source="made.txt", sha256="0")
    return [f for f in document.facts if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "value", "normalised", "word"),
    [
        ("We read 31 replies from tenants, six of which oppose the scheme.", "six", "6 replies", "oppose the scheme"),
        ("There were 40 applicants, of whom twelve withdrew.", "twelve", "12 applicants", "withdrew"),
        ("Nineteen boilers were tested; two of these failed the test.", "two", "2 boilers", "failed the test"),
    ],
)
def test_a_count_of_what_was_counted_before(facts: Finder, text: str, value: str, normalised: str, word: str) -> None:
    (_, fact) = facts("count", text)
    assert (fact.value, fact.normalised) == (value, normalised)
    assert word in fact.topic


def test_what_a_part_did_is_not_said_of_the_whole(facts: Finder) -> None:
    whole, _ = facts("count", "We read 31 replies from tenants, six of which oppose the scheme.")
    assert "oppose" not in whole.topic
    assert "replies from tenants" in whole.topic
    paid, _ = facts("amount", "The grants came to £9,100, of which £700 was handed back.")
    assert "handed back" not in paid.topic


@pytest.mark.parametrize(
    ("text", "value", "normalised"),
    [
        ("The firm must send its log on the last Friday of each month.", "the last Friday of each month", "P1M"),
        ("Returns are due by the tenth working day of every quarter.", "the tenth working day of every quarter", "P3M"),
        ("Accounts are sent at the end of each year.", "the end of each year", "P1Y"),
        ("The pump is checked every Tuesday.", "every Tuesday", "P1W"),
    ],
)
def test_intervals_by_the_day_that_comes_round(facts: Finder, text: str, value: str, normalised: str) -> None:
    (fact,) = facts("interval", text)
    assert (fact.value, fact.normalised) == (value, normalised)
    assert facts("date", text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The Agency will fund up to 12 weeks of training from the Oast Centre at a fee of £900.", "up to 12 weeks"),
        ("You may object within 28 days of the day on which it reached you.",
         "within 28 days of the day on which it reached you"),
        ("Pay within 10 working days, beginning with the day after the order is made.",
         "within 10 working days, beginning with the day after the order is made"),
        ("The ban stands until the review has ended, but does not stop repairs.", "until the review has ended"),
    ],
)  # fmt: skip
def test_how_far_a_duration_reaches(facts: Finder, text: str, value: str) -> None:
    assert [f.value for f in facts("duration", text)] == [value]


def test_items_under_a_duty_have_deadlines() -> None:
    text = (
        "1. The landlord must do the following:\n"
        " (a) mend the roof by 3 May 2024;\n"
        " (b) install a handrail by 9 July 2024.\n"
        "2. What was done in the last year:\n"
        " (a) a new door by 2 March 2023.\n"
    )
    assert [(f.value, f.clause) for f in of_text(text, "deadline")] == [("3 May 2024", "1(a)"), ("9 July 2024", "1(b)")]
    assert [f.value for f in of_text(text, "date")] == ["2 March 2023"]


def test_a_judgement_keeps_the_numbers_of_what_it_names(facts: Finder) -> None:
    (fact,) = facts("judgement", "The Board is of the opinion that the licensee has breached terms 4.2.1 and 5.3.")
    assert fact.value == "breached terms 4.2.1 and 5.3"


def test_a_shouted_title_names_no_organisation(facts: Finder) -> None:
    text = {"title": "ANNUAL REVIEW REPORT", "1": "The work was done by the auditors."}
    assert facts("organisation", text) == ()


def test_inspections_are_of_their_own_date(facts: Finder) -> None:
    text = "The valve was open when I visited on 4 June 2023, and a driver lost his footing on 1 June 2023."
    assert [f.value for f in facts("inspection", text)] == ["4 June 2023"]
    assert facts("inspection", "We ask for a traffic survey carried out between April and October.") == ()


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("The vacancy has been filled by an interim principal, Mrs Odile Farrant, since June.",
         "Odile Farrant", "interim principal"),
        ("I, Tobias Wenlock, one of His Majesty's Inspectors of Mines, of 2 Pit Lane, give you notice.",
         "Tobias Wenlock", "one of His Majesty's Inspectors of Mines"),
        ("Agree the date with the Trust's finance adviser, Dr Petra Vane.", "Petra Vane", "Trust's finance adviser"),
    ],
)  # fmt: skip
def test_roles_without_the_words_that_lead_to_them(facts: Finder, text: str, name: str, role: str) -> None:
    (fact,) = facts("person_role", text)
    assert (fact.normalised, fact.topic) == (name, role)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a breach of section 4(1) of the Care and Comfort at Sea etc. Act 1988.",
         "Care and Comfort at Sea etc. Act 1988, section 4(1)"),
        ("under the Noise and Statutory Nuisance at Night Act 1993", "Noise and Statutory Nuisance at Night Act 1993"),
    ],
)  # fmt: skip
def test_names_of_acts_with_small_words(text: str, whole: str) -> None:
    assert [r.normalised for r in find_law(text)] == [whole]


def test_copies_go_to_offices_and_organisations_too(facts: Finder) -> None:
    block = "cc: the Diocese of Ambleford; the Area Commissioner; Ms Ada Pell"
    assert [f.value for f in facts("copied_to", {"1": "The visit went well.", "copied to": block})] == [
        "the Diocese of Ambleford", "the Area Commissioner", "Ms Ada Pell",
    ]  # fmt: skip
    prose = "A copy of this letter has been sent to the Ambleford Harbour Trust and to the Chief Inspector."
    assert [f.value for f in facts("copied_to", prose)] == ["the Ambleford Harbour Trust", "the Chief Inspector"]


@pytest.mark.parametrize(
    ("text", "value", "normalised"),
    [
        ("The number of pupils taught at home is high, currently 596.", "596", "596 pupils taught at home"),
        ("The total of open cases stood at 41.", "41", "41 open cases"),
    ],
)
def test_a_number_said_of_something_before_it(facts: Finder, text: str, value: str, normalised: str) -> None:
    (fact,) = facts("count", text)
    assert (fact.value, fact.normalised) == (value, normalised)


def test_initials_spelt_out_after_them(facts: Finder) -> None:
    (fact,) = facts("definition", "We met members of YOLO (Young Our Lives Outright) in May.")
    assert (fact.value, fact.normalised) == ("YOLO", "Young Our Lives Outright")
    assert facts("definition", "We met the DVLA (in Swansea) in May.") == ()


def test_a_grade_is_no_duty(facts: Finder) -> None:
    assert facts("duty", "The service requires improvement to be good.") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We visited the plant at 14 Kiln Road, Unit 3, Farley, on 2 May.", "14 Kiln Road, Unit 3, Farley"),
        ("Appeals go to The Clerk, 2 Abbey Street, Farley FA1 2BC.", "The Clerk, 2 Abbey Street, Farley FA1 2BC"),
        ("Farley Council, Moot Hall, Farley FA1 2BC", "Farley Council, Moot Hall, Farley FA1 2BC"),
    ],
)
def test_addresses_outside_the_blocks(facts: Finder, text: str, value: str) -> None:
    (fact,) = facts("address", text)
    assert fact.value == value


def test_an_address_in_a_table_is_of_its_column() -> None:
    rows = ("Council | Health board", "---|---", "Moot Hall, Farley FA1 2BC | 9 Mill Lane, Oakley OK3 4DE")
    text = "# Contacts\n\n" + "\n".join(f"| {row} |" for row in rows)
    assert [(f.topic, f.value) for f in of_text(text, "address")] == [
        ("Council", "Moot Hall, Farley FA1 2BC"),
        ("Health board", "9 Mill Lane, Oakley OK3 4DE"),
    ]


def test_an_office_is_no_part_of_the_organisation() -> None:
    named = [f.value for f in of_text("The Director of Adult Care for Farley Borough Council met us.", "organisation")]
    assert named == ["Farley Borough Council"]
