"""A disk that is really full: told as such, the last good state answers, and the next sync completes it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.encode import HashEncoder
from ingest.errors import DiskFullError
from ingest.library import Library
from ingest.sync import sync


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"no file system can be mounted here: {error}")
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_that_fills_up_during_a_sync(small_disk: Path, tmp_path: Path) -> None:
    corpus, data, encoder = tmp_path / "corpus", small_disk / "data", HashEncoder(384)
    corpus.mkdir()
    (corpus / "first.txt").write_text("1. The plan is due in May.\n")
    with Library.open(data, encoder) as library:
        sync(corpus, library)
        for name in range(40):
            lines = (f"{n}. Clause {n} of {name}, in words {n * name}." for n in range(1, 80))
            (corpus / f"more-{name}.txt").write_text("\n".join(lines))
        for _ in range(2):
            with pytest.raises(DiskFullError, match="free some space"):
                sync(corpus, library)
            assert set(library.snapshot().documents) == {"first"}
            assert library.snapshot().lexical_scores("plan").any()
    with Library.open(data, encoder) as library:
        assert set(library.snapshot().documents) == {"first"}
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    with Library.open(data, encoder) as library:
        assert len(sync(corpus, library).created) == 40
        assert library.missing_vectors() == 0
