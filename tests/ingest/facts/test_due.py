"""Deadlines with a time of day, on a condition, moved, and coming round again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.notice import Fact

Finder = Callable[..., tuple[Fact, ...]]


@pytest.mark.parametrize(
    ("text", "value", "iso"),
    [
        ("Please send me the plan by noon on Friday 28 June 2024.", "noon on Friday 28 June 2024", "2024-06-28"),
        ("You must reply by 5pm on 3 May 2024.", "5pm on 3 May 2024", "2024-05-03"),
        ("You must reply no later than 3 May 2024 at 5.30pm.", "3 May 2024 at 5.30pm", "2024-05-03"),
        (
            "The council should reply by close of business on 3 May 2024.",
            "close of business on 3 May 2024",
            "2024-05-03",
        ),
        ("The council must reply by 3 May 2024.", "3 May 2024", "2024-05-03"),
        ("It may draw on a grant, provided that a claim is made before 31 March 2025.", "31 March 2025", "2025-03-31"),
    ],
)
def test_dates_to_be_met(facts: Finder, text: str, value: str, iso: str) -> None:
    (due,) = facts("deadline", text)
    assert (due.value, due.normalised) == (value, iso)
    assert not facts("date", text)


@pytest.mark.parametrize(
    "text",
    [
        "The date by which the council must appoint a director is changed from 31 May 2024 to 30 September 2024.",
        "The deadline for the appointment was extended to 30 September 2024.",
    ],
)
def test_a_deadline_that_was_moved(facts: Finder, text: str) -> None:
    (due,) = facts("deadline", text)
    assert due.normalised == "2024-09-30"
    assert "appoint" in due.topic
    assert not facts("period", text)


def test_the_date_that_it_was_moved_from_is_a_date(facts: Finder) -> None:
    text = "The date by which they must act is changed from 31 May 2024 to 30 September 2024."
    assert [f.normalised for f in facts("date", text)] == ["2024-05-31"]


def test_a_stretch_of_time_moves_nothing(facts: Finder) -> None:
    text = "The home was shut from 31 May 2024 to 30 September 2024."
    assert not facts("deadline", text)
    assert [f.normalised for f in facts("period", text)] == ["2024-05-31/2024-09-30"]


def test_a_deadline_that_comes_round_again(facts: Finder) -> None:
    text = "From July, please send the data return by the tenth working day of each month."
    (due,) = facts("deadline", text)
    assert due.value == "the tenth working day of each month"
    assert "data return" in due.topic
    assert not facts("deadline", "They meet on the last Friday of every month.")
