"""Follow-ups, and questions across documents, over documents of other domains than the product was made with."""

from __future__ import annotations

import pytest

from retrieval.answer import Status
from tests.retrieval.asking import Desk, cited, faults

BRACKWELL = "brackwell-enforcement-notice-2023-03-14"
OAKMERE = "oakmere-school-warning-notice-2022-10-03"
QUERNBY = "quernby-planning-letter-2021-08-19"
THORNFIELD = "thornfield-bakery-improvement-notice-2024-02-06"
WEXCOMBE = "wexcombe-audit-report-2023-11-30"

Places = list[tuple[str, str]]


@pytest.mark.parametrize(
    ("questions", "says", "places"),
    [
        (
            ("who signed the Brackwell enforcement notice?", "what is his job title?"),
            ["Area Environment Manager"],
            [(BRACKWELL, "signature")],
        ),
        (("by when must Brackwell repair the bund?", "and the alarms?"), ["30 June 2023"], [(BRACKWELL, "4(c)")]),
        (
            ("how often must the standards committee meet?", "which clause is that?"),
            ["4(d)", "fortnight"],
            [(OAKMERE, "4(d)")],
        ),
        (
            ("when must Oakmere appoint a permanent headteacher?", "what happens if they don't?"),
            ["additional governors"],
            [(OAKMERE, "9")],
        ),
        (
            ("how many invoices were paid without a purchase order?", "out of how many?"),
            ["120"],
            [(WEXCOMBE, "2.1")],
        ),
        (
            ("what does paragraph 3.3 of the Wexcombe report say?", "and the next one?"),
            ["authorised signatory list"],
            [(WEXCOMBE, "3.4")],
        ),
        (
            ("by what date must Thornfield Bakeries remedy the contraventions?", "show me the exact wording"),
            ["remedy the contraventions by 5 April 2024"],
            [(THORNFIELD, "opening 6")],
        ),
        (("who is the lead auditor?", "and the audit sponsor?"), ["Ngozi Featherstone"], [(WEXCOMBE, "opening")]),
        (
            ("who signed the Oakmere warning notice?", "sorry, I meant Brackwell"),
            ["Rupert Ellingham"],
            [(BRACKWELL, "signature")],
        ),
        (
            ("what does paragraph 3.1 of the Wexcombe report say?", "who has to do it?"),
            ["Head of Payments"],
            [(WEXCOMBE, "3.1")],
        ),
        (
            ("how much came from duplicate payments?", "how much of it has been recovered?"),
            ["£61,075"],
            [(WEXCOMBE, "2.2")],
        ),
        (
            ("how long does Thornfield have to appeal?", "does that suspend the notice?"),
            ["yes"],
            [(THORNFIELD, "after 5")],
        ),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_follow_up(other_desk: Desk, questions: tuple[str, ...], says: list[str], places: Places) -> None:
    answer = other_desk.talk(*questions)
    assert not faults(answer, other_desk.snapshot)
    assert answer.status is Status.ANSWERED, answer.text
    for words in says:
        assert words.casefold() in answer.text.casefold()
    assert set(places) <= cited(answer)


@pytest.mark.parametrize(
    ("question", "says", "places"),
    [
        ("which organisations may appeal?", ["Brackwell", "Thornfield"], [(BRACKWELL, "8"), (THORNFIELD, "after 5")]),
        ("which notice was issued first?", ["Oakmere"], [(OAKMERE, "letterhead")]),
        ("how many notices are there?", ["three"], []),
        (
            "which documents mention a fine?",
            ["unlimited fine"],
            [(BRACKWELL, "9"), (THORNFIELD, "after 5 2")],
        ),
        (
            "compare the time to appeal of Brackwell and Thornfield",
            ["two months", "21 days"],
            [(BRACKWELL, "8"), (THORNFIELD, "after 5")],
        ),
        ("what is due by the end of January 2024?", ["duplicate payments"], [(WEXCOMBE, "3.2")]),
        (
            "tell me about the planning letter",
            ["Percival Okonjo", "Theodora Lindqvist", "19 August 2021", "bat survey"],
            [(QUERNBY, "signature"), (QUERNBY, "addressee")],
        ),
        (
            "who is the case officer and when will the committee decide the ropeworks application?",
            ["Gwendolyn Achterberg", "27 October 2021"],
            [(QUERNBY, "para 1")],
        ),
        (
            "does an appeal suspend the Brackwell notice? and the Thornfield notice?",
            ["does not suspend", "suspends the notice"],
            [(BRACKWELL, "8"), (THORNFIELD, "after 5")],
        ),
        (
            "who signed each of the notices?",
            ["Rupert Ellingham", "Benedikt Marlowe", "Caspian Hargreave"],
            [(BRACKWELL, "signature"), (OAKMERE, "signature"), (THORNFIELD, "signature")],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_across(other_desk: Desk, question: str, says: list[str], places: Places) -> None:
    answer = other_desk.ask(question)
    assert not faults(answer, other_desk.snapshot)
    assert answer.status is Status.ANSWERED, answer.text
    for words in says:
        assert words.casefold() in answer.text.casefold()
    assert set(places) <= cited(answer)


@pytest.mark.parametrize(
    "questions",
    [
        ("who signed the Brackwell enforcement notice?", "what is his salary?"),
        ("how often must the standards committee meet?", "and the finance committee?"),
        ("what does paragraph 9 of the Oakmere notice say?", "and the next one?"),
    ],
    ids=lambda value: value[-1],
)
def test_not_said(other_desk: Desk, questions: tuple[str, ...]) -> None:
    answer = other_desk.talk(*questions)
    assert not faults(answer, other_desk.snapshot)
    assert answer.status is Status.NOT_FOUND, answer.text
