from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.courtesy import asking_part, without_courtesy


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("hi, could you please tell me who signed it?", "who signed it?"),
        ("Sorry to bother you, when is the deadline?", "when is the deadline?"),
        ("my manager wants to know how often they meet, thanks", "how often they meet"),
        ("who signed it? Thanks in advance!", "who signed it?"),
        ("Good morning. Hope you are well. What is clause 5?", "What is clause 5?"),
        ("any idea who chairs the board?", "who chairs the board?"),
        ("dear all, which Act applies?", "which Act applies?"),
        ("do you know when it was issued?", "when it was issued?"),
        ("who signed it", "who signed it"),
        ("please", "please"),
        ("thanks", "thanks"),
    ],
)
def test_taken_off(typed: str, question: str) -> None:
    assert without_courtesy(typed) == question


@pytest.mark.parametrize(
    "question",
    ["what must the chair do?", "which children are in need?", "who thanked the board?", "which history is told?"],
)
def test_left_alone(question: str) -> None:
    assert without_courtesy(question) == question


@given(st.text(max_size=300))
def test_something_is_always_left(text: str) -> None:
    assert bool(without_courtesy(text)) == bool(text.strip())


def test_the_asking_part_of_a_story() -> None:
    story = (
        "We had a long meeting last week in which a colleague told us that the plan had slipped again and nobody knew "
        "much about it. Who has to chair the board?"
    )
    assert asking_part(story) == "Who has to chair the board?"
    assert asking_part("Who has to chair the board?") == "Who has to chair the board?"
