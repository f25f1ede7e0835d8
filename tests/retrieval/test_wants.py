from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.wants import Want, wants


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("when must it deliver?", Want.DEADLINE),
        ("by when?", Want.DEADLINE),
        ("what is the deadline?", Want.DEADLINE),
        ("how soon must they reply?", Want.DEADLINE),
        ("when was it issued?", Want.DATE),
        ("please tell me when it was issued", Want.DATE),
        ("how often are reviews held?", Want.INTERVAL),
        ("how long does it last?", Want.DURATION),
        ("how many children?", Want.COUNT),
        ("what percentage of pupils passed?", Want.COUNT),
        ("how much was approved?", Want.AMOUNT),
        ("how much does it cost?", Want.AMOUNT),
        ("who signed it?", Want.PERSON),
        ("who chairs the board?", Want.PERSON),
        ("can you tell me who signed it?", Want.PERSON),
        ("what is her role?", Want.ROLE),
        ("which council issued it?", Want.ORGANISATION),
        ("where is the council based?", Want.PLACE),
        ("what is the postcode?", Want.PLACE),
        ("which Act applies?", Want.LEGAL),
        ("what was it rated?", Want.JUDGEMENT),
        ("why was it issued?", Want.REASON),
        ("what happens if it fails to comply?", Want.CONSEQUENCE),
        ("what does “partners” mean?", Want.DEFINITION),
        ("what did Jane say?", Want.QUOTATION),
        ("list the requirements", Want.LIST),
        ("what are the conditions?", Want.LIST),
        ("does it need a chair?", Want.YES_NO),
        ("must they meet monthly?", Want.YES_NO),
        ("is it true that it was issued in May?", Want.YES_NO),
        ("I need to know whether it applies", Want.YES_NO),
        ("summarise the notice", Want.SUMMARY),
        ("please summarise the notice", Want.SUMMARY),
        ("where is Jane Doe mentioned?", Want.MENTION),
        ("what is due in May 2022?", Want.DUE),
        ("what changed in the letter?", Want.CHANGE),
        ("compare the two notices", Want.COMPARISON),
        ("what's the difference between A and B?", Want.COMPARISON),
        ("which clause deals with reviews?", Want.OPEN),
        ("tell me something", Want.OPEN),
    ],
)
def test_likeliest(question: str, want: Want) -> None:
    assert wants(question)[0] is want


@given(st.text(max_size=300))
def test_something_is_always_wanted_each_once(question: str) -> None:
    found = wants(question)
    assert found
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("how well are children who go missing looked after?", Want.OPEN),
        ("is tax paid for people who live elsewhere?", Want.YES_NO),
        ("what happens to tenants whose roof leaks?", Want.CONSEQUENCE),
        ("what do they say about who signed it?", Want.PERSON),
        ("do you know who signed it?", Want.PERSON),
        ("the letter who signed", Want.PERSON),
        ("what are the delays due to?", Want.REASON),
        ("when is the plan due?", Want.DEADLINE),
        ("time allowed to reply", Want.DEADLINE),
        ("FEI number of the plant", Want.REFERENCE),
        ("number of plants", Want.COUNT),
        ("what was the highest compliance rate?", Want.COUNT),
        ("which grades did they get?", Want.JUDGEMENT),
    ],
)
def test_a_relative_clause_asks_for_nobody(question: str, want: Want) -> None:
    assert wants(question)[0] is want


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("why did they go to the wrong address?", Want.REASON),
        ("who has her e-mail address?", Want.PERSON),
        ("how much confidence do parents have?", Want.OPEN),
        ("how much money do parents have?", Want.AMOUNT),
        ("what number do I ring?", Want.CONTACT),
        ("what is its website?", Want.CONTACT),
        ("what is the statutory time for a plan?", Want.DURATION),
    ],
)
def test_what_opens_a_question_is_asked(question: str, want: Want) -> None:
    assert wants(question)[0] is want
