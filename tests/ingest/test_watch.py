from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest

from ingest.errors import ClausewiseError, EmptyCorpusError
from ingest.library import Library
from ingest.report import SyncReport
from ingest.sync import sync
from ingest.watch import Watcher, fingerprint


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "alpha.txt").write_text("1. The plan is due in May.")
    return folder


def test_a_change_is_taken_once_it_stands_still(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    told: list[SyncReport | ClausewiseError] = []
    watcher = Watcher(corpus, partial(sync, corpus, library), told=told.append)
    assert not watcher.look()
    (corpus / "beta.txt").write_text("1. Half")
    assert not watcher.look()  # just changed: perhaps still being copied
    (corpus / "beta.txt").write_text("1. Half of it, and the rest.")
    assert not watcher.look()
    assert watcher.look()
    assert not watcher.look()
    assert set(library.snapshot().documents) == {"alpha", "beta"}
    assert [report.created for report in told if isinstance(report, SyncReport)] == [("beta",)]


def test_an_error_is_told_and_the_next_change_tried(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    told: list[SyncReport | ClausewiseError] = []
    watcher = Watcher(corpus, partial(sync, corpus, library), told=told.append)
    (corpus / "alpha.txt").unlink()
    for _ in range(4):
        assert not watcher.look()
    assert [type(error) for error in told] == [EmptyCorpusError]
    assert set(library.snapshot().documents) == {"alpha"}
    (corpus / "beta.txt").write_text("1. The board meets.")
    watcher.look()
    assert watcher.look()
    assert set(library.snapshot().documents) == {"beta"}


def test_it_runs_in_a_thread_until_it_is_stopped(corpus: Path, library: Library) -> None:
    watcher = Watcher(corpus, partial(sync, corpus, library), interval=0.05)
    watcher.start()
    (corpus / "beta.txt").write_text("1. The board meets.")
    deadline = time.monotonic() + 20
    while "beta" not in library.snapshot().documents and time.monotonic() < deadline:
        time.sleep(0.05)
    watcher.stop()
    assert "beta" in library.snapshot().documents


def test_fingerprint(corpus: Path) -> None:
    before = fingerprint(corpus)
    (corpus / ".hidden").mkdir()
    (corpus / ".hidden" / "x").write_text("x")
    assert fingerprint(corpus) == before
    (corpus / "manifest.toml").write_text("")
    assert fingerprint(corpus) != before
    assert fingerprint(corpus / "missing") == frozenset()
