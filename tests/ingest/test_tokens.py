from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encode import HashEncoder, SentenceTransformerEncoder
from ingest.exported import export, folder_of
from ingest.tokens import TokenCache, TokenEncoder, Tokens

TEXTS = [
    "naïve 5(b) — ok 😀 end",
    "The plan is delivered by the end of May 2022, or sooner where appropriate.",
    "",
    "x",
    "Whoever keeps a register of visits shows it. " * 60,
]


def _of(length: int) -> Tokens:
    states = np.ones((length, 4), dtype=np.float32)
    return Tokens.of([(at, at + 1) for at in range(length)], states, np.ones(4, dtype=np.float32))


@given(st.lists(st.text(max_size=30), max_size=4))
def test_hashed_tokens_are_the_words(texts: list[str]) -> None:
    encoder = HashEncoder()
    found = encoder.tokens(texts)
    assert isinstance(encoder, TokenEncoder)
    assert len(found) == len(texts)
    for text, tokens, whole in zip(texts, found, encoder.encode(texts), strict=True):
        assert "".join(text[start:end] for start, end in tokens.offsets) == "".join(
            c for c in text if c.isalnum() or c == "_"
        )
        assert tokens.vectors.dtype == np.float16
        assert np.allclose(np.linalg.norm(tokens.vectors.astype(np.float32), axis=1), 1, atol=2e-3)
        assert np.array_equal(tokens.whole, whole)


def test_words_of_one_family_are_nearer_than_others() -> None:
    (tokens,) = HashEncoder().tokens(["deliver delivered adviser"])
    deliver, delivered, adviser = tokens.vectors.astype(np.float32)
    assert deliver @ delivered > 0.7 > deliver @ adviser


def test_the_cache_is_bounded_by_tokens() -> None:
    cache = TokenCache(most=30)
    for number in range(20):
        cache.add({f"text {number}": _of(5)})
        assert cache.held <= 30
    assert set(cache.known([f"text {n}" for n in range(20)])) == {f"text {n}" for n in range(15, 20)}
    cache.known(["text 15"])  # used last, so it is kept
    cache.add({"new": _of(5)})
    assert set(cache.known(["text 15", "text 16", "new"])) == {"text 15", "new"}
    cache.add({"new": _of(2)})
    assert cache.held == 6 * 4 + 3
    cache.add({"longer than all": _of(90)})
    assert cache.held <= 30


@pytest.mark.model
def test_torch_and_the_export_tell_the_same_tokens(real_encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
    real_encoder.encode(["load"] * 64)
    expected = real_encoder.tokens(TEXTS)
    assert real_encoder._loaded is not None
    assert export(real_encoder._loaded, folder_of(tmp_path, real_encoder.id))
    later = SentenceTransformerEncoder()
    later.cache_in(tmp_path)
    found = later.tokens(TEXTS)
    assert later._loaded is None  # no torch
    for text, one, other in zip(TEXTS, expected, found, strict=True):
        assert np.array_equal(one.offsets, other.offsets)
        assert np.allclose(one.vectors.astype(np.float32), other.vectors.astype(np.float32), atol=2e-3)
        assert np.allclose(one.whole, other.whole, atol=1e-4)
        assert np.allclose(later.encode([text])[0], other.whole, atol=1e-5)
    assert [TEXTS[0][start:end] for start, end in found[0].offsets] == [*"naïve 5 ( b ) — ok 😀 end".split()]
    assert len(found[2]) == 0
    again = later.tokens(TEXTS)
    assert all(np.array_equal(one.vectors, other.vectors) for one, other in zip(found, again, strict=True))


@pytest.mark.model
def test_words_of_like_meaning_are_near(real_encoder: SentenceTransformerEncoder) -> None:
    question, near, far = real_encoder.tokens(
        ["an impartial chair", "the board has an independent chair", "the board has a monthly budget"]
    )
    impartial = next(at for at, (start, _) in enumerate(question.offsets) if start == 3)
    best = [float((question.vectors[impartial] @ other.vectors.T).max()) for other in (near, far)]
    assert best[0] > best[1]
