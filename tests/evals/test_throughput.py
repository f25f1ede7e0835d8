"""The speed of ingest beside the bare model: the same texts, each once, by turns."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest

from evals.throughput import throughput
from ingest.encode import HashEncoder, Vectors
from ingest.errors import InputError


class Watched(HashEncoder):
    """Notes which thread encodes what."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[bool, tuple[str, ...]]] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        own = threading.current_thread() is not threading.main_thread()
        self.calls.append((own, tuple(texts)))
        return super().encode(texts)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for n in range(4):
        lines = "\n\n".join(f"{k}. Part {k} of plan {n} is due." for k in range(1, 30))
        (folder / f"plan-{n}.txt").write_text(lines + "\n")
    return folder


def test_both_encode_each_text_once_by_turns(corpus: Path, tmp_path: Path) -> None:
    encoder = Watched()
    figures, line = throughput(corpus, tmp_path / "data", encoder, slices=4)
    calls = [(own, texts) for own, texts in encoder.calls if texts[0] != "warm"]
    for side in (True, False):
        times = Counter(text for own, texts in calls if own is side for text in texts)
        assert len(times) == figures["distinct_texts"] == 116
        assert set(times.values()) == {1}
    assert [own for own, _ in groupby(own for own, _ in calls)] == [True, False, True, False, True]
    assert (figures["clauses"], figures["slices"]) == (116, 4)
    assert figures["ratio"] > 0 < figures["cpu_ratio"]
    assert f"ratio {figures['ratio']}" in line


def test_a_corpus_that_cannot_be_ingested_whole_is_told(corpus: Path, tmp_path: Path) -> None:
    (corpus / "again.txt").write_bytes((corpus / "plan-0.txt").read_bytes())
    with pytest.raises(InputError, match="not every file"):
        throughput(corpus, tmp_path / "data", HashEncoder(), slices=1)
