"""People: found with evidence, with their roles, and one person under all their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts.people import find_people
from ingest.notice import Fact, Span
from ingest.sentences import sentences

Finder = Callable[..., tuple[Fact, ...]]


def people(text: str) -> list[tuple[str, str, str]]:
    found = find_people(text, sentences(text, Span(0, len(text))))
    return [(" ".join(m.span.of(text).split()), m.name, m.role) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met Dr. Ann Bell-Hughes there.", [("Dr. Ann Bell-Hughes", "Ann Bell-Hughes", "")]),
        ("We met Ann Bell, chief executive, on Monday.", [("Ann Bell", "Ann Bell", "chief executive")]),
        ("Ann Bell, Director of Adult Services.", [("Ann Bell", "Ann Bell", "Director of Adult Services")]),
        ("The group leader Ann Bell said so.", [("Ann Bell", "Ann Bell", "group leader")]),
        (
            "Lead inspector: Ann Bell, Her Majesty’s Inspector",
            [("Ann Bell", "Ann Bell", "Her Majesty’s Inspector"), ("Ann Bell", "Ann Bell", "Lead inspector")],
        ),
        (
            "Inspectors: Ann Bell, Carl Dunn and Eve Frost",
            [
                ("Ann Bell", "Ann Bell", "Inspectors"),
                ("Carl Dunn", "Carl Dunn", "Inspectors"),
                ("Eve Frost", "Eve Frost", "Inspectors"),
            ],
        ),
        (
            "feedback from Ann Bell, your Caseholder and Carl Dunn, your MoE adviser.",
            [("Ann Bell", "Ann Bell", "your Caseholder"), ("Carl Dunn", "Carl Dunn", "your MoE adviser")],
        ),
        (
            (
                "copying this to Niamh O'Shea, Chief Executive, Councillor Carl Dunn, Leader of the council and Eve"
                " Frost, Schools Adviser for Marlow."
            ),
            [
                ("Niamh O'Shea", "Niamh O'Shea", "Chief Executive"),
                ("Councillor Carl Dunn", "Carl Dunn", "Leader of the council"),
                ("Eve Frost", "Eve Frost", "Schools Adviser for Marlow"),
            ],
        ),
        (
            "Ann Bell, the former member for roads, parks and bins, asked whether it rained.",
            [("Ann Bell", "Ann Bell", "the former member for roads, parks and bins")],
        ),
        ("Ann Bell told the panel.", [("Ann Bell", "Ann Bell", "")]),
        (
            "contact Dayna I. Marsh via phone. Dayna I. Marsh, Compliance Officer",
            [("Dayna I. Marsh", "Dayna I. Marsh", ""), ("Dayna I. Marsh", "Dayna I. Marsh", "Compliance Officer")],
        ),
        ("The Improvement Board, chaired by the council, met in High Street.", []),
        ("North Yorkshire Council, the local authority, agreed.", []),
        ("Chief Constable West Midlands Police", []),
        ("Children’s Services Director", []),
    ],
)
def test_people(text: str, expected: list[tuple[str, str, str]] | None) -> None:
    if expected is not None:
        assert people(text) == expected


def test_short_mentions_are_joined_to_the_full_name() -> None:
    text = (
        "Professor Siobhan O’Shea, strategic director, spoke. Prof O’Shea was clear. Ann Bell, your adviser, helps;"
        " Ann will call. Carl Bell, treasurer, left. Mr Bell knows. Bell Street is near."
    )
    found = people(text)
    assert ("Prof O’Shea", "Siobhan O’Shea", "") in found
    assert ("Ann", "Ann Bell", "") in found
    assert ("Mr Bell", "Bell", "") in found, "two people are called Bell: no guess"
    assert not any(words == "Bell" for words, _, _ in found)


def test_a_straight_apostrophe_is_the_same_name_as_a_curly_one() -> None:
    names = {name for _, name, _ in people("Mrs Kate O'Dell, clerk, wrote. Later Kate O’Dell and Mrs O’Dell rang.")}
    assert names == {"Kate O'Dell"}


@given(
    st.lists(
        st.sampled_from(
            ["Mr", "Ann", "Bell", ",", "director", "of", "the", "and", "O’Shea", ":", "said", "\n", "Council", "'s"]
        ),
        max_size=18,
    ).map(" ".join)
    | st.text(max_size=120)
)
def test_any_text(text: str) -> None:
    for m in find_people(text, sentences(text, Span(0, len(text)))):
        assert 0 <= m.span.start < m.span.end <= len(text)
        assert m.name.strip()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "The Minister has appointed Ann Bell as adviser to the Department and the council.",
            "adviser to the Department and the council",
        ),
        ("The trust named Ann Bell as its interim chief executive from 3 May 2022.", "interim chief executive"),
        ("Ann Bell is the lead inspector for the region.", "lead inspector for the region"),
        ("The independent chair of the board is Ann Bell.", "independent chair of the board"),
        ("The board is chaired by Ann Bell.", "The board is chaired by"),
        ("The chief executive, Ann Bell, agreed.", "chief executive"),
    ],
)
def test_roles_stated_by_a_verb(text: str, role: str) -> None:
    assert people(text) == [("Ann Bell", "Ann Bell", role)]


@pytest.mark.parametrize(
    "text",
    [
        "The notice was appointed Spring Grove as it fell.",
        "Lord Street is the main road.",
        "Rose Hill was a good school.",
    ],
)
def test_no_person_by_a_verb_alone(text: str) -> None:
    assert people(text) == []


def test_whom_to_write_to_and_ring(facts: Finder) -> None:
    text = (
        "Your response should be sent to Eve J. Frost, Compliance Officer, 22 Mill Road, Buxton, or by e-mail to"
        " eve@rivers.example. If you have questions, please call Ms. Frost at (425) 555-0172."
    )
    (sent, rung) = facts("contact", text)
    assert (sent.normalised, sent.topic, sent.qualifier) == (
        *("Eve J. Frost", "Compliance Officer"),
        "Your response should be sent",
    )
    assert (rung.value, rung.normalised, rung.topic) == ("Ms. Frost", "Eve J. Frost", "Compliance Officer")
    (phone,) = facts("phone", text)
    assert phone.value == "(425) 555-0172"
    assert phone.topic.startswith("Eve J. Frost, Compliance Officer")
    (email,) = facts("email", text)
    assert email.topic.startswith("Eve J. Frost, Compliance Officer")


def test_a_name_that_questions_go_to_is_a_person(facts: Finder) -> None:
    (asked,) = facts("contact", "Questions about the grant should go to Eve Frost in our finance team.")
    assert asked.normalised == "Eve Frost"
    assert not facts("contact", "Questions about the grant should go to Amber Quarries Ltd.")
    assert not facts("contact", "The report was sent to the council, and Ms Frost was told.")


def test_a_copy_block_with_lines_below_the_names(facts: Finder) -> None:
    post = "cc: Mr. Carl P. Dunn\nChief Operating Officer\nAmber Quarries, LLC"
    assert [(f.value, f.topic) for f in facts("copied_to", {"copied to": post})] == [
        ("Mr. Carl P. Dunn", "Chief Operating Officer, Amber Quarries, LLC")
    ]
    address = "cc: Northby Department of Agriculture\nFood Safety Team\n635 Mill Street\nSalem, OR 97301"
    assert [f.value for f in facts("copied_to", {"copied to": address})] == ["Northby Department of Agriculture"]
    listed = "cc: Mr Carl Dunn, chair\nMs Eve Frost, clerk\nThe Mayor of Northby"
    assert [f.value for f in facts("copied_to", {"copied to": listed})] == [
        *["Mr Carl Dunn", "Ms Eve Frost", "The Mayor of Northby"]
    ]
