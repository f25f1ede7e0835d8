from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.rank import Weights, by_best, fuse, off, order

score_lists = arrays(np.float32, st.integers(1, 20), elements=st.floats(-1, 50, width=32))


def scores(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_both_lists_count_by_their_own_best() -> None:
    fused = fuse(scores(10, 5, 0), scores(0.2, 0.4, 0.8), scores(50, 50, 50), Weights(dense=1))
    np.testing.assert_allclose(fused, [1.25, 1.0, 1.0])


def test_a_list_without_a_match_says_nothing() -> None:
    alike = scores(50, 50)
    np.testing.assert_allclose(fuse(scores(0, 0), scores(0.5, 0.25), alike, Weights(dense=1)), [1, 0.5])
    np.testing.assert_allclose(fuse(scores(4, 2), scores(0, -0.1), alike), [1, 0.5])


def test_headings_and_whole_pages_give_way_to_clauses_of_usual_length() -> None:
    same = scores(1, 1, 1, 1)
    heading, usual, longer, page = fuse(same, same, scores(2, 60, 140, 2_000))
    assert usual == longer > heading
    assert usual > page
    np.testing.assert_allclose(off(scores(np.e * 147 - 1), (32, 147)), [1], atol=1e-5)


def test_order_keeps_the_given_order_of_equals() -> None:
    assert order(scores(1, 3, 3, 2), 3) == [1, 2, 3]
    assert order(scores(1, 1), 5) == [0, 1]


@given(score_lists)
def test_by_best_lies_between_0_and_1(values: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
    shares = by_best(values)
    assert ((shares >= 0) & (shares <= 1)).all()
    assert shares.max() in (0, 1)


@given(score_lists, st.floats(0.5, 8))
def test_scale_of_a_list_does_not_matter(values: np.ndarray[tuple[int], np.dtype[np.float32]], by: float) -> None:
    other = values[::-1].copy()
    words = np.full_like(values, 60)
    np.testing.assert_allclose(fuse(values, other, words), fuse(values * np.float32(by), other, words), atol=1e-4)
