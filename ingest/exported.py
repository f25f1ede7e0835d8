"""The embedding model exported to ONNX: the same vectors, without torch, which takes ten seconds to load.

A sentence-transformers model that was loaded to embed documents leaves its export in the cache folder, once it
has been seen to give the same vectors.  From then on everything is encoded by ONNX Runtime, in about half of the time.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.arrays import Vectors, unit
from ingest.tokens import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding

log = logging.getLogger(__name__)

TOLERANCE = 1e-4  # the most that a number of a vector may differ from torch's
FORMAT = 2
TOGETHER = 4  # texts of like length that are encoded at once for their tokens
SAMPLES = (
    "when must the plan be delivered?",
    "5(b) s497A £1,200 — “naïve”",
    "x",
    "Whoever keeps a register of visits shows it to any inspector on request, and explains each gap in it. " * 40,
)


BATCH = 16  # texts of about one length at once: more only fall out of the processor's caches


class ExportedModel:
    """An export, loaded.  Thread-safe."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Raises OSError, ValueError or what ONNX Runtime raises when the export cannot be used."""
        import onnxruntime  # type: ignore[import-untyped]
        from tokenizers import Tokenizer

        about = json.loads((folder / "about.json").read_text("utf-8"))
        if about["format"] != FORMAT:
            raise ValueError("made by another release")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(int(about["max_length"]))
        self._tokenizer.enable_padding(pad_id=int(about["pad_id"]), pad_token=str(about["pad_token"]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode_many(self, texts: Sequence[str], threads: int) -> Vectors:
        """The same for many texts, batched by length; `threads` batches at a time."""
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # the longest first, so that none runs late
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        with ThreadPoolExecutor(threads, thread_name_prefix="clausewise-encode") as pool:
            parts = list(pool.map(lambda batch: self.encode([texts[i] for i in batch]), batches))
        vectors = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
        for batch, part in zip(batches, parts, strict=True):
            vectors[batch] = part
        return vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """`[len(texts), dimension]` unit vectors."""
        return unit(self._session.run(["vectors"], _feed(self._tokenizer.encode_batch(list(texts))))[0])

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...]:
        """The tokens of each text."""
        found: dict[int, Tokens] = {}
        by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for first in range(0, len(texts), TOGETHER):
            batch = by_length[first : first + TOGETHER]
            encoded = self._tokenizer.encode_batch([texts[at] for at in batch])
            whole, states = self._session.run(["vectors", "states"], _feed(encoded))
            for at, one, rows, vector in zip(batch, encoded, states, unit(whole), strict=True):
                own = [n for n, special in enumerate(one.special_tokens_mask) if not special]
                found[at] = Tokens.of([one.offsets[n] for n in own], rows[own], vector)
        return tuple(found[at] for at in range(len(texts)))


def _feed(encoded: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    return {
        "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
        "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
    }


def folder_of(cache: Path, encoder_id: str) -> Path:
    """Where the export of an encoder is kept."""
    return cache / re.sub(r"[^\w.-]+", "-", encoder_id)


def load_export(folder: Path, threads: int) -> ExportedModel | None:
    """The export in `folder`, or None when there is none that can be used."""
    if not (folder / "about.json").is_file():
        return None
    try:
        return ExportedModel(folder, threads)
    except Exception as error:  # noqa: BLE001 - whatever it is, torch does the same work
        log.info("the exported model in %s is not used: %s", folder, error)
        return None


def export(model: SentenceTransformer, folder: Path) -> bool:
    """Export a loaded model; False, with a line in the log, where that is not possible or not exact."""
    new = folder.with_name(f"{folder.name}.new")
    try:
        _write(model, new)
        expected = np.asarray(model.encode(list(SAMPLES), normalize_embeddings=True, show_progress_bar=False))
        found = ExportedModel(new, 1).encode(SAMPLES)
        difference = float(np.abs(found - expected).max())
        if not difference <= TOLERANCE:
            raise ValueError(f"its vectors differ by {difference:.2g}")
        _replace(new, folder)
    except Exception as error:  # noqa: BLE001 - an export is a convenience: nothing may fail for want of it
        log.info("the model is not exported, so each start loads torch: %s", error)
        _remove(new)
        return False
    return True


def _write(model: SentenceTransformer, folder: Path) -> None:
    """The transformer with mean pooling, and each token's state, in one graph.

    Any other kind of model fails the comparison later.
    """
    import torch

    transformer = model[0].auto_model
    tokenizer = model.tokenizer

    class Pooled(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            kinds = torch.zeros_like(input_ids)
            states = self.transformer(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=kinds)[0]
            weights = attention_mask.unsqueeze(-1).to(states.dtype)
            return (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9), states

    _remove(folder)
    folder.mkdir(parents=True)
    ids = torch.ones((2, 9), dtype=torch.int64)
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    both = {0: "texts", 1: "tokens"}
    attention = transformer.config._attn_implementation
    transformer.set_attn_implementation("eager")  # fused attention does not trace
    try:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Pooled().eval(),
                (ids, mask),
                str(folder / "model.onnx"),
                input_names=["input_ids", "attention_mask"],
                output_names=["vectors", "states"],
                dynamic_axes={
                    "input_ids": both,
                    "attention_mask": both,
                    "vectors": {0: "texts"},
                    "states": both,
                },
                opset_version=17,
                dynamo=False,
            )
    finally:
        transformer.set_attn_implementation(attention)
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    about = {
        "format": FORMAT,
        "max_length": int(model.max_seq_length or 512),
        "pad_id": int(tokenizer.pad_token_id),
        "pad_token": str(tokenizer.pad_token),
    }
    (folder / "about.json").write_text(json.dumps(about), "utf-8")


def _replace(new: Path, folder: Path) -> None:
    """Put the new export in its place; those of other models go."""
    for other in folder.parent.iterdir():
        if other != new:
            _remove(other)
    new.replace(folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
