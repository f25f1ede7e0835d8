"""Text in, unit vectors out: the Encoder protocol and the sentence-transformers encoder."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np

from ingest.adapter import Adapter, adapter_of
from ingest.arrays import Vectors, unit
from ingest.errors import ModelError
from ingest.exported import ExportedModel, export, folder_of, load_export
from ingest.hashed import HashEncoder
from ingest.tokens import Tokens
from ingest.weights import (
    DEFAULT_DIMENSION,
    DEFAULT_NAME,
    DEFAULT_SHA256,
    WEIGHTS,
    first_line,
    hidden_size,
    packaged_model,
    sha256_of,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "Caching",
    "Encoder",
    "HashEncoder",
    "SentenceTransformerEncoder",
    "Vectors",
    "make_encoder",
    "unit",
]

BULK = 64  # from this many texts on, a call is bulk work and may use the bulk threads


@runtime_checkable
class Encoder(Protocol):
    """Whatever turns texts into vectors.

    `id` names the function itself: two encoders with one id give the same vectors, so stored vectors are
    reused exactly when the id is the same.  `encode` is thread-safe and deterministic.
    """

    @property
    def id(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """`[len(texts), dimension]` float32, each row of length 1.  Raises ModelError."""
        ...


@runtime_checkable
class Caching(Protocol):
    """An encoder that can keep something to start faster the next time."""

    def cache_in(self, folder: Path) -> None: ...


class SentenceTransformerEncoder:
    """A sentence-transformers model on the CPU, offline, loaded at the first `encode`.

    model         None for the packaged all-MiniLM-L6-v2, else a folder or a name in the local model cache
    threads       CPU threads for one question
    bulk_threads  CPU threads for a call with many texts (an ingest); None means `threads`
    adapter       what is added to the model's weights
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        threads: int = 1,
        bulk_threads: int | None = None,
        batch: int = 32,
        adapter: Adapter | None = None,
    ) -> None:
        self._asked = model
        self._adapter = adapter
        self._reader: SentenceTransformerEncoder | None = None
        self._threads = threads
        self._bulk_threads = bulk_threads or threads
        self._batch = batch
        self._loaded: SentenceTransformer | None = None
        self._identity: tuple[str, int] | None = None
        self._lock = threading.Lock()
        self._cache: Path | None = None
        self._exported: ExportedModel | None = None
        self._looked = False  # whether the cache was looked into
        self._tried = False  # whether this process has tried to export

    def cache_in(self, folder: Path) -> None:
        """Keep the model's export here, so that questions need no torch.  Nothing is written before it is loaded."""
        if self._exported is None:
            self._cache, self._looked, self._tried = folder, False, False

    @property
    def reader(self) -> SentenceTransformerEncoder:
        """The encoder whose tokens tell best which sentence answers: this one with its adapter, where it has one."""
        if self._reader is None:
            adapter = None if self._adapter else adapter_of(self.id)
            with self._lock:
                if self._reader is None and adapter is not None:
                    self._reader = SentenceTransformerEncoder(
                        self._asked, threads=self._threads, bulk_threads=self._bulk_threads, adapter=adapter
                    )
        if self._reader is None:
            return self
        if self._cache is not None and self._reader._cache is None:
            self._reader.cache_in(self._cache / "reader")
        return self._reader

    @property
    def id(self) -> str:
        return self._identify()[0]

    @property
    def dimension(self) -> int:
        return self._identify()[1]

    def load(self) -> None:
        """Load now what encodes a question (some seconds), rather than at the first one.  Raises ModelError."""
        self.encode(["ready?"])
        self.reader.tokens(["ready?"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors; texts are batched by length, so that a batch holds little padding."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        bulk = len(texts) >= BULK
        exported = self._without_torch() or (self._exported_now() if bulk else None)
        if exported is not None:
            try:
                return exported.encode_many(texts, self._bulk_threads) if bulk else exported.encode(texts)
            except Exception as error:  # those of ONNX Runtime have no base of their own
                raise ModelError(f"the model {self.id} could not encode {len(texts)} texts: {error}") from error
        with self._lock:
            model = self._model()
            self._export(model)
            import torch

            torch.set_num_threads(self._bulk_threads if bulk else self._threads)
            try:
                vectors = model.encode(  # sorts by length inside
                    list(texts), batch_size=self._batch, convert_to_numpy=True, show_progress_bar=False
                )
            except (RuntimeError, ValueError, MemoryError) as error:
                raise ModelError(f"the model {self.id} could not encode {len(texts)} texts: {error}") from error
        return unit(vectors)

    def encode_bare(self, texts: Sequence[str]) -> Vectors:
        """The same by the model as its library runs it, with the bulk threads: the measure for an ingest's speed."""
        with self._lock:
            model = self._model()
            import torch

            torch.set_num_threads(self._bulk_threads)
            return unit(model.encode(list(texts), batch_size=self._batch, show_progress_bar=False))

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...]:
        """The tokens of each text, by the export where there is one."""
        if not texts:
            return ()
        if (exported := self._without_torch()) is not None:
            return exported.tokens(texts)
        with self._lock:
            model = self._model()
            self._export(model)
            import torch

            torch.set_num_threads(self._threads)
            try:
                rows = model.encode(list(texts), batch_size=self._batch, output_value=None, show_progress_bar=False)
                marks = [
                    model.tokenizer(
                        text,
                        truncation=True,
                        max_length=model.max_seq_length,
                        return_offsets_mapping=True,
                        return_special_tokens_mask=True,
                    )
                    for text in texts
                ]
            except (RuntimeError, ValueError, MemoryError, NotImplementedError) as error:
                raise ModelError(f"the model {self.id} could not tell the tokens of a text: {error}") from error
        return tuple(_tokens(row, mark) for row, mark in zip(rows, marks, strict=True))

    def _without_torch(self) -> ExportedModel | None:
        """The export of this model, when an earlier run left one."""
        if self._exported is None and self._cache is not None and not self._looked:
            folder = folder_of(self._cache, self.id)
            with self._lock:
                if not self._looked:
                    self._exported, self._looked = load_export(folder, self._threads), True
        return self._exported

    def _exported_now(self) -> ExportedModel | None:
        """The export, made now when there is a place to keep it: many texts are well worth it."""
        if self._cache is None:
            return None
        self._identify()
        with self._lock:
            self._export(self._model())
            return self._exported

    def _export(self, model: SentenceTransformer) -> None:
        """Leave an export for questions; once a process, since what fails will fail again."""
        if self._cache is None or self._exported is not None or self._tried or self._identity is None:
            return
        self._tried = True
        folder = folder_of(self._cache, self._identity[0])
        self._exported = load_export(folder, self._threads)
        if self._exported is None and export(model, folder):
            self._exported = load_export(folder, self._threads)

    def _identify(self) -> tuple[str, int]:
        if self._identity is None:
            if self._asked is None:
                self._identity = (f"{DEFAULT_NAME}-{DEFAULT_SHA256[:8]}", DEFAULT_DIMENSION)
            else:
                self._identity = self._identify_other(self._asked)
            if self._adapter is not None:
                name, dimension = self._identity
                self._identity = (f"{name}-{self._adapter.digest}", dimension)
        return self._identity

    def _identify_other(self, asked: str) -> tuple[str, int]:
        folder = Path(asked)
        if not folder.is_dir():
            with self._lock:
                dimension = self._model().get_embedding_dimension()
            return asked, int(dimension or 0)
        weights = folder / WEIGHTS
        if not weights.is_file():
            raise ModelError(f"the model folder {folder} has no {WEIGHTS}: name the folder of a complete model")
        return f"{folder.resolve().name}-{sha256_of(weights)[:8]}", hidden_size(folder)

    def _model(self) -> SentenceTransformer:
        if self._loaded is None:
            place = str(packaged_model()) if self._asked is None else self._asked
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            try:
                from sentence_transformers import SentenceTransformer

                self._loaded = SentenceTransformer(place, device="cpu", local_files_only=True)
                if self._adapter is not None:
                    self._adapter.add_to(self._loaded[0].auto_model)
            except ImportError as error:
                raise ModelError(f"the embedding model needs torch and sentence-transformers: {error}") from error
            except (OSError, ValueError, RuntimeError, KeyError) as error:
                raise ModelError(
                    f"the embedding model {place} cannot be loaded: {first_line(error)} "
                    "(nothing is downloaded: name a complete model folder in the setting `model`)"
                ) from error
        return self._loaded


def _tokens(row: Mapping[str, Any], marks: Mapping[str, Any]) -> Tokens:
    """Tokens of what sentence-transformers and its tokenizer tell of one text."""
    own = [n for n, special in enumerate(marks["special_tokens_mask"]) if not special]
    whole = unit(row["sentence_embedding"].numpy())[0]
    return Tokens.of([marks["offset_mapping"][n] for n in own], row["token_embeddings"].numpy()[own], whole)


def make_encoder(model: str | None = None, *, threads: int = 1, bulk_threads: int | None = None) -> Encoder:
    """The encoder that the setting `model` names: unset, a folder, a name, or `hash-64` for the tiny one."""
    if model is not None and (tiny := re.fullmatch(r"hash-([1-9]\d{0,3})", model)):
        return HashEncoder(int(tiny[1]))
    return SentenceTransformerEncoder(model, threads=threads, bulk_threads=bulk_threads)
