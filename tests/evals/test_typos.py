"""Misspellings carried over to the new name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from evals.typos import Misspellings, equal_typo


@pytest.fixture
def names() -> Misspellings:
    made = Misspellings(frozenset({"bolton", "matters"}))
    made.add("Sefton", "Norwick", most=2)
    made.add("St Helens", "Great Marlow", most=2)
    made.add("Halton", "Wexwick upon Irk", most=2)
    made.add("Matthew", "Xanthe", most=1)
    return made


@pytest.mark.parametrize(
    ("asked", "slips"),
    [("seftn plan", 1), ("Sefotn plan", 1), ("Seftonn plan", 1), ("Siftan plan", 2), ("sexton plan", 1)],
)
def test_as_many_slips_as_before(names: Misspellings, asked: str, slips: int) -> None:
    carried = names.carried(asked)
    word = carried.removesuffix(" plan")
    assert OSA.distance("norwick", word.casefold()) == slips
    assert word[0].isupper() is asked[0].isupper()


def test_the_rest_of_a_longer_name_comes_and_goes(names: Misspellings) -> None:
    assert names.carried("St Hellens plan").startswith("Great Marl")
    assert names.carried("when is haltn due") == "when is wexwik upon irk due"


@pytest.mark.parametrize(
    "asked", ["Sefton's plan", "seftons plan", "St Helens' plan", "the Bolton plan", "which matters", "the plan"]
)
def test_what_is_spelled_right_stays(names: Misspellings, asked: str) -> None:
    assert names.carried(asked) == asked


def test_a_name_run_into_a_number(names: Misspellings) -> None:
    assert names.carried("sefton5d") == "norwick5d"


@given(st.data())
def test_the_number_of_slips_is_kept(data: st.DataObject) -> None:
    letters = st.text("abcdefghijklmnoprstuvwxyz", min_size=5, max_size=10)
    word, new = data.draw(letters), data.draw(letters)
    at = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("abcxyz"))
    kind = data.draw(st.sampled_from(["delete", "insert", "replace"]))
    typed = {
        "delete": word[:at] + word[at + 1 :],
        "insert": word[:at] + letter + word[at:],
        "replace": word[:at] + letter + word[at + 1 :],
    }[kind]
    if typed != word:
        assert OSA.distance(new, equal_typo(word, typed, new)) == 1
