from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from ingest.adapter import Adapter, adapter_of, adapter_path
from ingest.encode import HashEncoder, SentenceTransformerEncoder
from ingest.tokens import reader_of

D = 8


def _made(**changes: object) -> Adapter:
    up, down = np.ones((D, 1), dtype=np.float16), np.full((1, D), 0.5, dtype=np.float16)
    parts = {"factors": {"layer": (up, down)}, "importance": np.arange(D, dtype=np.float32), "usual": 0.25, **changes}
    return Adapter("some-encoder", **parts)  # type: ignore[arg-type]


def test_saved_and_read_again(tmp_path: Path) -> None:
    _made().save(tmp_path / "a.npz")
    again = Adapter.load(tmp_path / "a.npz")
    assert (again.encoder, again.usual, again.digest) == ("some-encoder", 0.25, _made().digest)
    assert np.array_equal(again.importance, _made().importance)
    other = _made(factors={"layer": (np.zeros((D, 1), dtype=np.float16), np.zeros((1, D), dtype=np.float16))})
    assert other.digest != again.digest


def test_it_adds_to_the_layers_that_it_names() -> None:
    model = torch.nn.Sequential()
    model.add_module("layer", torch.nn.Linear(D, D, bias=False))
    model.add_module("other", torch.nn.Linear(D, D, bias=False))
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    _made().add_to(model)
    after = dict(model.named_parameters())
    assert torch.allclose(after["layer.weight"], before["layer.weight"] + 0.5)
    assert torch.equal(after["other.weight"], before["other.weight"])
    with pytest.raises(KeyError, match="elsewhere"):
        _made(factors={"elsewhere": (np.ones((D, 1)), np.ones((1, D)))}).add_to(model)


def test_the_shipped_one_is_for_its_own_encoder_only() -> None:
    shipped = Adapter.load(adapter_path())
    assert adapter_of(shipped.encoder) is not None
    assert adapter_of("hash-64") is None
    plain = HashEncoder()
    assert reader_of(plain) is plain


def test_an_encoder_reads_with_its_adapter_and_searches_without(
    real_encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    texts = ["By when is the plan wanted?", "The council should deliver the plan by the end of May."]
    reader = real_encoder.reader
    assert reader.id == f"{real_encoder.id}-{Adapter.load(adapter_path()).digest}"
    assert reader.reader is reader
    plain, read = real_encoder.tokens(texts), reader.tokens(texts)
    assert [len(a) for a in plain] == [len(b) for b in read]
    assert not np.allclose(plain[1].vectors, read[1].vectors, atol=0.05)
    assert np.allclose(plain[1].whole, real_encoder.encode(texts)[1], atol=1e-4)


def test_both_are_exported_side_by_side(tmp_path: Path) -> None:
    first = SentenceTransformerEncoder()
    first.cache_in(tmp_path)
    first.load()
    expected = first.reader.tokens(["deliver the plan"])
    later = SentenceTransformerEncoder()
    later.cache_in(tmp_path)
    found = later.reader.tokens(["deliver the plan"])
    assert later._loaded is None
    assert later.reader._loaded is None
    assert np.allclose(found[0].vectors, expected[0].vectors, atol=2e-3)
    assert len(list(tmp_path.glob("**/model.onnx"))) == 2
