from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.encode import HashEncoder
from retrieval.projection import Projection, projection_of, projection_path
from retrieval.soft import SoftMatcher

D = 8


def _unit(*rows: int) -> np.ndarray:
    return np.eye(D, dtype=np.float32)[list(rows)]


def _plain(**changes: object) -> Projection:
    zero = np.zeros((D, D), dtype=np.float32)
    parts = {"question": zero, "sentence": zero, "importance": np.zeros(D, dtype=np.float32), **changes}
    return Projection("some-encoder", **parts)  # type: ignore[arg-type]


def test_without_a_turn_it_is_the_mean_of_the_nearest() -> None:
    shares = np.array([0.5, 0.5], dtype=np.float32)
    assert _plain().likeness(_unit(0, 1), shares, _unit(1, 2)) == pytest.approx(0.5)
    assert _plain(usual=0.2).likeness(_unit(0, 1), shares, _unit(1, 2)) == pytest.approx(0.3)


def test_a_learned_turn_brings_tokens_together() -> None:
    turn = np.zeros((D, D), dtype=np.float32)
    turn[0, 3] = 5.0  # what points along 0 in a question points almost along 3 in a sentence
    shares = np.array([1.0], dtype=np.float32)
    turned = _plain(question=turn)
    assert turned.likeness(_unit(0), shares, _unit(3)) > 0.95
    assert _plain().likeness(_unit(0), shares, _unit(3)) == pytest.approx(0)


def test_what_matters_more_counts_more() -> None:
    importance = np.zeros(D, dtype=np.float32)
    importance[1] = 3.0
    counts = _plain(importance=importance).counts(_unit(0, 1), np.array([0.5, 0.5], dtype=np.float32))
    assert counts.sum() == pytest.approx(1)
    assert counts[1] > 10 * counts[0]


def test_saved_and_read_again(tmp_path: Path) -> None:
    made = _plain(importance=np.arange(D, dtype=np.float32), usual=0.25)
    made.save(tmp_path / "p.npz")
    again = Projection.load(tmp_path / "p.npz")
    assert (again.encoder, again.usual) == ("some-encoder", 0.25)
    assert np.array_equal(again.importance, made.importance)


def test_the_shipped_one_is_for_its_own_encoder_only() -> None:
    shipped = Projection.load(projection_path())
    assert projection_of(shipped.encoder) is not None
    assert projection_of("hash-64") is None
    assert shipped.question.shape == shipped.sentence.shape == (len(shipped.importance),) * 2


def test_a_matcher_uses_it() -> None:
    encoder = HashEncoder(D)
    matcher = SoftMatcher("the plan", lambda _: 1.0, encoder.tokens, _plain(usual=0.1))
    plain = SoftMatcher("the plan", lambda _: 1.0, encoder.tokens)
    assert matcher.of(["our plan"])[0].learned > matcher.of(["twelve eggs"])[0].learned
    assert plain.of(["our plan"])[0].learned == 0
