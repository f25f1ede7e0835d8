from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import lexical
from ingest.lexical import LexicalIndex, LexicalOptions, tokens, word_pairs


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("s497A(4B) of the Act", ["497a(4b)", "497a", "act"]),
        ("Section 497A(4B)", ["section", "497a(4b)", "497a"]),
        ("s.47, ss 1", ["47", "ss", "1"]),
        ("clause 5(b)(ii)", ["claus", "5(b)(ii)", "5"]),
        ("A6.3 and 1.2.", ["a6.3", "1.2"]),
        ("£1,200.50 or 1,000,000", ["1200.50", "1000000"]),
        ("10th May 2021", ["10", "may", "2021"]),
        ("the council's councils’ Council", ["council", "council", "council"]),
        ("ＣＯＶＩＤ-19 ﬁnance", ["covid", "19", "financ"]),
        ("it must not be", ["must", "not"]),
        ("🎉 … —", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert tokens(text) == terms


def test_stemming_and_stopwords_are_options() -> None:
    plain = LexicalOptions(stem=False, stopwords=frozenset())
    assert tokens("the reviews", plain) == ["the", "reviews"]
    assert tokens("the reviews") == ["review"]


@given(st.text())
def test_any_text_has_terms_that_hold_no_space(text: str) -> None:
    assert all(term and not term.isspace() for term in tokens(text))


def test_pairs_keep_the_small_words_that_hold_them_together() -> None:
    assert word_pairs("in respect of the Plans") == ["in respect", "respect of", "the plan"]
    assert word_pairs("plan") == word_pairs("") == []


def test_scores() -> None:
    index = LexicalIndex.build(["the plan is due", "the board meets", "the plan of the board"])
    scores = index.scores("When is the plan due?")
    assert scores.dtype == np.float32
    assert scores.shape == (3,)
    assert scores[0] > scores[2] > scores[1] == 0
    assert not index.scores("").any()
    assert not index.scores("zebra").any()


def test_words_side_by_side_weigh_more() -> None:
    index = LexicalIndex.build(["the board may review the plan", "the review board may plan", "other words here"])
    scores = index.scores("the review board")
    assert scores[1] > scores[0] > scores[2] == 0


def test_question_words_ask_for_nothing_unless_they_stand_alone() -> None:
    index = LexicalIndex.build(["please provide the details", "the plan is due", "the board meets"])
    scores = index.scores("please could you provide details of the plan")
    assert scores.argmax() == 1
    assert index.scores("please provide details").argmax() == 0


@pytest.mark.parametrize("texts", [[], [""], ["", "the of"]])
def test_nothing_to_index(tmp_path: Path, texts: list[str]) -> None:
    index = LexicalIndex.open(tmp_path, texts)
    assert index.scores("plan").shape == (len(texts),)


def test_saved_reused_and_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["plan due", "board meets"]
    built = LexicalIndex.open(tmp_path, texts)
    (saved,) = tmp_path.iterdir()
    with monkeypatch.context() as patch:
        patch.setattr(LexicalIndex, "build", None)  # loading must not build
        loaded = LexicalIndex.open(tmp_path, texts)
    assert np.array_equal(loaded.scores("plan board"), built.scores("plan board"))
    LexicalIndex.open(tmp_path, [*texts, "more"])
    assert [folder.name for folder in tmp_path.iterdir()] != [saved.name]
    assert len(list(tmp_path.iterdir())) == 1
    LexicalIndex.open(tmp_path, [*texts, "more"], LexicalOptions(k1=2.0))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_copy_is_built_again(tmp_path: Path) -> None:
    texts = ["plan due", "board meets"]
    built = LexicalIndex.open(tmp_path, texts)
    (saved,) = tmp_path.iterdir()
    for file in saved.iterdir():
        file.write_bytes(b"damaged")
    again = LexicalIndex.open(tmp_path, texts)
    assert np.array_equal(again.scores("plan"), built.scores("plan"))
    for file in next(tmp_path.iterdir()).iterdir():
        file.unlink()
    assert LexicalIndex.open(tmp_path, texts).scores("plan")[0] > 0


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "lexical").write_text("a file where the folder should be")
    assert LexicalIndex.open(tmp_path / "lexical", ["plan"]).scores("plan")[0] > 0


WORDS = st.sampled_from("plan plans board the of council 5(b) 1,200 £3 review due must 10th caf\u00e9 zebra".split())
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=12)
QUESTIONS = ("the plan of the board", "review due", "5(b) council zebra", "nothing known")


def same(one: LexicalIndex, other: LexicalIndex) -> bool:
    """Whether two indexes are the same to the last bit."""
    if one._index is None or other._index is None:
        return one._index is other._index
    arrays = all(np.array_equal(one._index.scores[name], other._index.scores[name]) for name in ARRAYS)
    return arrays and one._index.vocab_dict == other._index.vocab_dict


ARRAYS = ("data", "indices", "indptr")


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_an_index_made_from_another_is_the_one_made_from_nothing(states: list[list[str]]) -> None:
    """Texts come, go, change and stand twice; after each change the index is as if it had been built anew."""
    index = None
    for texts in states:
        index = LexicalIndex.build(texts, before=index)
        assert same(index, LexicalIndex.build(texts))


@given(TEXTS)
def test_scores_are_those_of_the_library(texts: list[str]) -> None:
    built = LexicalIndex.build(texts)
    terms = [tokens(text) + word_pairs(text) for text in texts]
    if not any(terms):
        return
    library = bm25s.BM25(k1=0.6, b=0.6, method="lucene", backend="numpy", csc_backend="numpy")
    library.index(terms, show_progress=False)
    for question in QUESTIONS:
        expected = np.zeros(len(texts), dtype=np.float32)
        for asked, weight in ((tokens(question), 1.0), (word_pairs(question), 0.4)):
            if ids := library.get_tokens_ids(asked):
                expected += np.float32(weight) * library.get_scores_from_ids(ids)
        assert np.array_equal(built.scores(question), expected)


def test_only_new_texts_are_tokenised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    words = lexical._words

    def watched(text: str) -> list[str]:
        seen.append(text)
        return words(text)

    monkeypatch.setattr(lexical, "_words", watched)
    texts = [f"the plan of part {n}" for n in range(20)]
    first = LexicalIndex.open(tmp_path, texts)
    assert len(seen) == 20
    changed = [*texts[:7], "another plan", *texts[8:]]
    second = LexicalIndex.open(tmp_path, changed, before=first)
    assert seen[20:] == ["another plan"]
    LexicalIndex.open(tmp_path, [*changed, "and one more"])  # as a new process does: from what is saved
    assert seen[21:] == ["and one more"]
    other = LexicalIndex.build(texts, LexicalOptions(stem=False), before=second)
    assert len(seen) == 42
    assert same(other, LexicalIndex.build(texts, LexicalOptions(stem=False)))


@pytest.mark.parametrize("damage", ["other", "cut", "gone"])
def test_damaged_counts_are_not_believed(tmp_path: Path, damage: str) -> None:
    texts = ["plan due", "board meets"]
    LexicalIndex.open(tmp_path, texts)
    (path,) = tmp_path.glob("*/counts.npz")
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"damaged" if damage == "other" else path.read_bytes()[:-40])
    assert same(LexicalIndex.open(tmp_path, [*texts, "more"]), LexicalIndex.build([*texts, "more"]))
