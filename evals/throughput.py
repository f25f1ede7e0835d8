"""How fast documents are ingested, next to the bare model on the very same texts in the same run.

The two take turns slice by slice, now the one first and now the other, so that whatever else the machine does slows
both alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ingest.chunks import chunks
from ingest.corpus import CorpusFile, scan
from ingest.encode import Encoder, SentenceTransformerEncoder
from ingest.errors import InputError
from ingest.intake import take_in
from ingest.library import Library
from ingest.limits import Limits
from ingest.sync import sync

SLICES = 6
_MANY = 100_000


@dataclass(frozen=True, slots=True)
class _Slice:
    """Some files of the corpus, how many clauses they have, and the distinct texts of those."""

    files: tuple[Path, ...]
    clauses: int
    texts: tuple[str, ...]


def throughput(corpus: Path, data: Path, encoder: Encoder, slices: int = SLICES) -> tuple[Mapping[str, Any], str]:
    """Ingest `corpus` slice by slice, each into a fresh index in `data`, and encode the texts of each; figures, and
    a line that tells them.

    Each distinct text of a slice is encoded once by both.  The model is loaded before, and loading counts for neither.
    ratio  of the seconds that the bare model takes to those of the whole ingest: files read, clauses and facts
           found, texts encoded, everything stored and indexed
    cpu_ratio  the same of processor time, which other work on the machine changes little
    Raises InputError when a file cannot be ingested.
    """
    parts = _slices(scan(corpus, Limits().bytes, _MANY).files, slices)
    bare_encode = encoder.encode_bare if isinstance(encoder, SentenceTransformerEncoder) else encoder.encode
    with Library.open(data / "warm", encoder):  # the encoder keeps what makes it fast beside an index
        encoder.encode(["warm"] * 64)
        bare_encode(["warm"] * 64)
    ingest, bare = _Took(), _Took()
    for n, part in enumerate(parts):
        with Library.open(data / f"slice-{n}", encoder) as library:
            turns = (partial(sync, corpus, library, only=part.files), partial(bare_encode, part.texts))
            if n % 2 == 0:
                ingest.add(turns[0])
                bare.add(turns[1])
            else:
                bare.add(turns[1])
                ingest.add(turns[0])
            if len(library.snapshot().chunks) != part.clauses:
                raise InputError(f"{corpus}: not every file can be ingested; leave out what cannot")
    clauses, texts = sum(part.clauses for part in parts), sum(len(part.texts) for part in parts)
    figures = {
        "clauses": clauses,
        "distinct_texts": texts,
        "slices": len(parts),
        "seconds": round(ingest.seconds, 2),
        "clauses_a_second": round(clauses / ingest.seconds, 1),
        "texts_a_second": round(texts / ingest.seconds, 1),
        "bare_texts_a_second": round(texts / bare.seconds, 1),
        "ratio": round(bare.seconds / ingest.seconds, 3),
        "cpu_ratio": round(bare.processor / ingest.processor, 3),
    }
    line = (
        f"ingest: {clauses} clauses in {ingest.seconds:.1f} s ({figures['clauses_a_second']} a second), "
        f"{texts} distinct texts ({figures['texts_a_second']} a second); "
        f"the bare model alone {figures['bare_texts_a_second']} texts a second; "
        f"ratio {figures['ratio']}, of processor time {figures['cpu_ratio']}"
    )
    return figures, line


def _slices(files: Sequence[CorpusFile], count: int) -> list[_Slice]:
    """The files in slices of about as many bytes."""
    shares: list[list[CorpusFile]] = [[] for _ in range(min(count, len(files)))]
    for file in sorted(files, key=lambda one: -one.size):
        min(shares, key=lambda share: sum(one.size for one in share)).append(file)
    return [_slice(share) for share in shares]


def _slice(files: Sequence[CorpusFile]) -> _Slice:
    parts = [
        chunk for file in files for entry in take_in(file, {}, Limits()).entries for chunk in chunks(entry.document)
    ]
    texts = tuple(dict.fromkeys(chunk.embedded for chunk in parts))
    return _Slice(tuple(file.path.absolute() for file in files), len(parts), texts)


class _Took:
    """What some actions took together: seconds, and seconds of processor time of all threads."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    def add(self, action: Callable[[], object]) -> None:
        started, used = time.perf_counter(), time.process_time()
        action()
        self.seconds += time.perf_counter() - started
        self.processor += time.process_time() - used
