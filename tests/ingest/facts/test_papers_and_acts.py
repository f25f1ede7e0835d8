"""Papers with their dates, what becomes of them, and terms that stand for a post."""

from __future__ import annotations

from collections.abc import Callable

from ingest.notice import Fact
from ingest.parse import parse
from ingest.raw import RawDocument

Finder = Callable[..., tuple[Fact, ...]]
REPORT = (
    "I know Ofsted’s report of its inspection, carried out between 5 and 16 June 2023 and published on 31 July 2023."
)


def test_a_report_is_published_and_its_inspection_carried_out(facts: Finder) -> None:
    assert [f.normalised for f in facts("inspection", REPORT)] == ["2023-06-05/2023-06-16"]
    (published,) = facts("report_date", REPORT)
    assert published.normalised == "2023-07-31"
    assert published.topic.endswith("Ofsted’s report")


def test_a_paper_issued_to_somebody_on_a_day(facts: Finder) -> None:
    (paper,) = facts(
        "report_date", "I have read the improvement notice issued to the Borough Council on 16 February 2022."
    )
    assert (paper.normalised, paper.topic.split()[:2]) == ("2022-02-16", ["improvement", "notice"])


def test_what_the_sentence_does_first_is_the_relation() -> None:
    text = (
        "Direction\n\n1. The order of 16 February 2022 is revoked and is replaced by this direction.\n\n2. It ends.\n"
    )
    (link,) = parse(RawDocument(text), source="a.txt", sha256="0").links
    assert link.relation == "revokes"


def test_a_term_for_a_post_stands_for_the_post(facts: Finder) -> None:
    text = "The Minister appoints Dame Ann Bell as roads commissioner in Northby (“the Commissioner”)."
    (term,) = facts("definition", text)
    assert term.normalised == "roads commissioner in Northby"


def test_counts_with_the_short_form_of_what_is_counted(facts: Finder) -> None:
    (count,) = facts("count", "The laboratory reported 17 out-of-limit (OOL) results for the lotion.")
    assert count.normalised == "17 out-of-limit results"


def test_roles_that_somebody_agreed_to_and_roles_of_the_past(facts: Finder) -> None:
    text = (
        "Dame Ann Bell has agreed to act as commissioner. Dame Ann was until last year the chief executive of Northby."
    )
    assert [(f.normalised, f.topic) for f in facts("person_role", text)] == [("Ann Bell", "commissioner")]
