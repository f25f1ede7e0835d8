"""How fast documents are ingested, next to the bare model on the very same texts in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.encode import Encoder, SentenceTransformerEncoder
from ingest.library import Library
from ingest.sync import sync


def throughput(corpus: Path, data: Path, encoder: Encoder) -> tuple[Mapping[str, Any], str]:
    """Ingest `corpus` into a fresh index in `data`, then encode what it encoded; figures, and a line that tells them.

    Each distinct text is encoded once by both.  The model is loaded before, and loading counts for neither.
    ratio  of the seconds that the bare model takes to those of the whole ingest: files read, clauses and facts
           found, texts encoded, everything stored and indexed
    """
    with Library.open(data, encoder) as library:
        encoder.encode(["warm"] * 64)
        seconds = _seconds(lambda: sync(corpus, library))
        chunks = library.snapshot().chunks
    texts = list(dict.fromkeys(chunk.embedded for chunk in chunks))
    bare = _bare(encoder, texts)
    figures = {
        "clauses": len(chunks),
        "distinct_texts": len(texts),
        "seconds": round(seconds, 2),
        "clauses_a_second": round(len(chunks) / seconds, 1),
        "texts_a_second": round(len(texts) / seconds, 1),
        "bare_texts_a_second": round(len(texts) / bare, 1),
        "ratio": round(bare / seconds, 3),
    }
    line = (
        f"ingest: {len(chunks)} clauses in {seconds:.1f} s ({figures['clauses_a_second']} a second), "
        f"{len(texts)} distinct texts ({figures['texts_a_second']} a second); "
        f"the bare model alone {figures['bare_texts_a_second']} texts a second; ratio {figures['ratio']}"
    )
    return figures, line


def _bare(encoder: Encoder, texts: Sequence[str]) -> float:
    encode = encoder.encode_bare if isinstance(encoder, SentenceTransformerEncoder) else encoder.encode
    encode(texts[:64])
    return _seconds(lambda: encode(texts))


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started
