from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.words import contains, content, content_stems, fold, opposites, stem, stems, thesaurus, tokens


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("reviews", "review"),
        ("reviewed", "reviewing"),
        ("council's", "council"),
        ("council’s", "councils"),
        ("children", "child"),
        ("people", "person"),
        ("advisor", "advisers"),
        ("sent", "send"),
        ("written", "wrote"),
        ("met", "meeting"),
        ("CHAIR", "chair"),
    ],
)
def test_same_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


@pytest.mark.parametrize(
    ("word", "other"), [("notice", "note"), ("chair", "child"), ("plan", "plant"), ("week", "weak")]
)
def test_other_stem(word: str, other: str) -> None:
    assert stem(word) != stem(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Council’s plan", ("the", "council's", "plan")),
        ("12.5 per 10,000", ("12.5", "per", "10,000")),
        ("Focussed-visit (2021)", ("focussed", "visit", "2021")),
        ("£5.5m", ("5.5", "m")),
        ("  \n ", ()),
        ("O'Brien", ("o'brien",)),
    ],
)
def test_tokens(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


def test_what_carries_meaning() -> None:
    assert content(tokens("Please tell me when the plan's deadline is, and the deadline of the plan")) == (
        "plan",
        "deadline",
    )
    assert content_stems("who is it?") == ()


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_and_nothing_raises(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(stems(text)) == len(tokens(text))


@pytest.mark.parametrize(
    ("part", "found"), [((), True), (("a",), True), (("b", "c"), True), (("a", "c"), False), (("c", "d"), False)]
)
def test_contains(part: tuple[str, ...], found: bool) -> None:
    assert contains(("a", "b", "c"), part) is found


def test_relatives_go_both_ways_and_are_no_word_s_own() -> None:
    words = thesaurus().relatives
    assert words
    for word, members in words.items():
        assert tuple(word.split()) not in members
        for member in members:
            assert tuple(word.split()) in words[" ".join(member)]


def test_opposites_go_both_ways() -> None:
    pairs = opposites()
    assert pairs
    for word, denied in pairs.items():
        assert (word,) not in denied
        assert all((word,) in pairs[d[0]] for d in denied if len(d) == 1)
