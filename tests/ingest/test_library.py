from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.catalogue import Catalogue, Entry
from ingest.database import Database
from ingest.encode import HashEncoder, Vectors
from ingest.errors import BusyError, ClausewiseError, CorruptIndexError, DiskFullError, ModelError, NotReadyError
from ingest.library import Library
from ingest.snapshot import Snapshot

MakeEntry = Callable[..., Entry]


class CountingEncoder(HashEncoder):
    """Counts what it encodes, and fails when told to."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)
        self.encoded: list[str] = []
        self.fail_after: int | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.fail_after is not None and len(self.encoded) >= self.fail_after:
            raise ModelError("the model fell over")
        self.encoded += texts
        return super().encode(texts)


def _whole(snapshot: Snapshot) -> None:
    """Every chunk is there by words and by vector, and its vector is that of its text."""
    everything = range(len(snapshot.chunks))
    exact = HashEncoder().encode([chunk.embedded for chunk in snapshot.chunks])
    assert np.allclose(snapshot.vectors(everything), exact, atol=1e-5)
    assert snapshot.lexical_scores("plan").shape == (len(everything),)


def test_empty(library: Library) -> None:
    snapshot = library.snapshot()
    assert (snapshot.generation, dict(snapshot.documents), snapshot.chunks) == (0, {}, ())
    assert snapshot.lexical_scores("plan").shape == (0,)
    assert snapshot.dense_scores("plan") == snapshot.dense_scores("plan", []) == {}
    assert snapshot.encode([]).shape == (0, 64)
    with pytest.raises(NotReadyError, match="clausewise ingest"):
        library.ready()


def test_search_both_ways(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha"), make_entry("beta", ["An adviser visits."])])
    snapshot = library.ready()
    assert [(c.document_id, c.label) for c in snapshot.chunks] == [("alpha", "1"), ("alpha", "2"), ("beta", "1")]
    assert snapshot.positions("alpha") == range(2)
    assert snapshot.positions("beta") == range(2, 3)
    assert snapshot.positions("gamma") == range(0)
    assert int(snapshot.lexical_scores("adviser").argmax()) == 2
    nearest = snapshot.dense_scores("adviser visits", None, 2)
    assert next(iter(nearest)) == 2
    assert len(nearest) == 2
    exact = snapshot.dense_scores("adviser visits", [0, 2])
    assert set(exact) == {0, 2}
    assert exact[2] == pytest.approx(nearest[2], abs=1e-5)
    _whole(snapshot)


def test_a_snapshot_stands_while_the_library_moves_on(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha", ["The plan is due in May."], "v1")])
    before = library.snapshot()
    assert library.snapshot() is before
    library.apply([make_entry("alpha", ["The plan is due in June."], "v2")])
    after = library.snapshot()
    assert "May" in before.documents["alpha"].text
    assert "June" in after.documents["alpha"].text
    assert before.dense_scores("plan", [0])  # its vectors are kept as long as someone may ask
    _whole(before)
    _whole(after)
    with pytest.raises(TypeError):
        after.documents["x"] = before.documents["alpha"]  # type: ignore[index]


def test_old_vectors_go_when_nobody_can_ask_for_them(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha", ["May"], "v1"), make_entry("beta")])
    gc.collect()
    library.apply([make_entry("alpha", ["June", "July"], "v2")], ["beta"])
    gc.collect()
    library.repair()
    assert library._vectors.keys() == set(library.snapshot().keys)


def test_unchanged_clauses_are_not_encoded_again(tmp_path: Path, make_entry: MakeEntry) -> None:
    encoder = CountingEncoder()
    with Library.open(tmp_path, encoder) as library:
        library.apply([make_entry("alpha", ["one", "two", "three"], "v1")])
        assert len(encoder.encoded) == 3
        library.apply([make_entry("alpha", ["one", "TWO", "three"], "v2")])
        assert encoder.encoded[3:] == ["2. TWO"]
        library.apply([make_entry("renamed", ["one", "TWO", "three"], "v2")], ["alpha"])
        assert len(encoder.encoded) == 4
        _whole(library.snapshot())


def test_a_failing_model_leaves_the_last_good_state(tmp_path: Path, make_entry: MakeEntry) -> None:
    encoder = CountingEncoder()
    with Library.open(tmp_path, encoder) as library:
        library.apply([make_entry("alpha")])
        encoder.fail_after = 0
        with pytest.raises(ModelError):
            library.apply([make_entry("alpha", ["changed"], "v2"), make_entry("beta")])
        assert set(library.snapshot().documents) == {"alpha"}
        encoder.fail_after = None
        _whole(library.snapshot())


def test_restricted(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha"), make_entry("beta", ["The plan of beta", "x"]), make_entry("gamma")])
    snapshot = library.snapshot()
    small = snapshot.restricted(frozenset({"beta", "gamma", "unknown"}))
    assert set(small.documents) == {"beta", "gamma"}
    assert {chunk.document_id for chunk in small.chunks} == {"beta", "gamma"}
    assert small.positions("alpha") == range(0)
    assert small.positions("gamma") == range(2, 4)
    assert np.array_equal(small.lexical_scores("plan"), snapshot.lexical_scores("plan")[2:])
    assert set(small.dense_scores("plan", None, 50)) == {0, 1, 2, 3}
    assert len(small.dense_scores("plan", None, 1)) == 1
    assert small.dense_scores("plan", [0])[0] == pytest.approx(snapshot.dense_scores("plan", [2])[2])
    smaller = small.restricted(frozenset({"gamma"}))
    assert np.array_equal(smaller.lexical_scores("plan"), snapshot.lexical_scores("plan")[4:])
    assert smaller.restricted(frozenset({"gamma"})) is smaller
    assert snapshot.restricted(frozenset()).dense_scores("plan") == {}
    _whole(smaller)


def test_a_change_of_encoder_embeds_all_again(tmp_path: Path, make_entry: MakeEntry) -> None:
    with Library.open(tmp_path, HashEncoder(32)) as library:
        library.apply([make_entry("alpha")])
    with Library.open(tmp_path, HashEncoder(64)) as library:
        assert library.missing_vectors() == 2
        assert library.snapshot().dense_scores("plan", [0, 1]) == {}
        assert library.snapshot().lexical_scores("plan").any()  # words still find it
        assert library.repair() == 2
        assert library.missing_vectors() == 0
        _whole(library.snapshot())
    with Library.open(tmp_path, HashEncoder(32)) as library:
        assert library.missing_vectors() == 2  # the old encoder's are gone


def test_a_change_by_others_is_seen(tmp_path: Path, make_entry: MakeEntry) -> None:
    with Library.open(tmp_path, HashEncoder()) as library:
        library.apply([make_entry("alpha")])
        elsewhere = Catalogue(Database.sqlite(tmp_path / "catalogue.sqlite"))
        elsewhere.apply([make_entry("beta")])
        elsewhere.close()
        assert set(library.snapshot().documents) == {"alpha", "beta"}


def test_a_vanished_vector_folder_comes_back_without_the_model(tmp_path: Path, make_entry: MakeEntry) -> None:
    encoder = CountingEncoder()
    with Library.open(tmp_path, encoder) as library:
        library.apply([make_entry("alpha")])
        shutil.rmtree(tmp_path / "chroma")  # under the running service
        library.apply([make_entry("beta", ["Two.", "Three."])])
        assert library.missing_vectors() == 0
        _whole(library.snapshot())
    shutil.rmtree(tmp_path / "chroma")  # while nothing runs
    with Library.open(tmp_path, encoder) as library:
        assert library.missing_vectors() == 0
        _whole(library.snapshot())
        assert len(library.snapshot().dense_scores("plan")) == 4
    assert len(encoder.encoded) == 4 + 1  # the question too


def test_vectors_that_a_killed_process_left_are_not_believed(
    tmp_path: Path, make_entry: MakeEntry, caplog: pytest.LogCaptureFixture
) -> None:
    code = """
import os, sys
from pathlib import Path
from ingest.catalogue import Entry
from ingest.encode import HashEncoder
from ingest.library import Library
from tests.ingest.conftest import _document
library = Library.open(Path(sys.argv[1]), HashEncoder())
library.apply([Entry(_document("alpha"), "alpha.txt")])
library._vectors._store.delete(library.snapshot().keys[:1])  # lost, and nobody says so
os.kill(os.getpid(), 9)
"""
    env = os.environ | {"PYTHONPATH": str(Path.cwd())}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=env, check=False)
    encoder = CountingEncoder()
    with Library.open(tmp_path, encoder) as library:
        assert "cut short" in caplog.text
        assert library.missing_vectors() == 0
        assert len(library._vectors.nearest(HashEncoder().encode(["plan"])[0], 5)) == 2
        _whole(library.snapshot())
    assert encoder.encoded == []
    caplog.clear()
    with Library.open(tmp_path, encoder):
        assert not caplog.text


def test_vectors_that_fail_while_questions_are_asked_are_opened_anew(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha")])
    old = library._vectors._store
    old.failed = True
    library.snapshot()
    deadline = time.monotonic() + 20
    while library._vectors._store is old and time.monotonic() < deadline:
        time.sleep(0.02)
    assert library._vectors._store is not old
    _whole(library.snapshot())


def test_damaged_vectors_are_told_and_built_again(
    tmp_path: Path, make_entry: MakeEntry, caplog: pytest.LogCaptureFixture
) -> None:
    with Library.open(tmp_path, HashEncoder()) as library:
        library.apply([make_entry("alpha")])
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"damaged" * 1_000)
    with Library.open(tmp_path, HashEncoder()) as library:
        assert "set aside" in caplog.text
        assert library.missing_vectors() == 0
        _whole(library.snapshot())
        library.repair()
    assert not (tmp_path / "chroma.damaged").exists()


def test_purge_erases_for_good(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha", ["May"], "v1"), make_entry("beta")])
    library.apply([make_entry("alpha", ["June"], "v2")])
    assert library.purge("alpha") == 2
    assert library.purge("alpha") == 0
    assert library.document("alpha", "v1") is None
    assert set(library.snapshot().documents) == {"beta"}
    gc.collect()
    library.repair()
    assert library._vectors.keys() == set(library.snapshot().keys)


def test_a_lost_index_is_noticed_by_repair(tmp_path: Path, make_entry: MakeEntry) -> None:
    lines = [f"line {i}" for i in range(1_500)]
    with Library.open(tmp_path, HashEncoder()) as library:
        library.apply([make_entry("alpha", lines)])
    for folder in (tmp_path / "chroma").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    encoder = CountingEncoder()
    with Library.open(tmp_path, encoder) as library:
        library.repair()
        _whole(library.snapshot())
    assert encoder.encoded == []


def test_rebuild_vectors(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha")])
    told: list[tuple[int, int]] = []
    assert library.rebuild_vectors(lambda done, total: told.append((done, total))) == 2
    assert told == [(2, 2)]
    _whole(library.snapshot())


def test_two_libraries_on_one_folder(tmp_path: Path, library: Library) -> None:
    with pytest.raises(BusyError, match=f"process {os.getpid()}"):
        Library.open(library.places.data, HashEncoder())
    library.close()
    Library.open(library.places.data, HashEncoder()).close()


def test_a_failed_opening_gives_the_folder_back(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"damaged" * 1_000)
    with pytest.raises(CorruptIndexError):
        Library.open(tmp_path, HashEncoder())
    (tmp_path / "catalogue.sqlite").unlink()
    Library.open(tmp_path, HashEncoder()).close()


def test_readers_go_on_during_writes(library: Library, make_entry: MakeEntry) -> None:
    """Every snapshot that any thread sees is one of the states written, whole."""
    library.apply([make_entry("alpha", ["plan 0"], "v0")])
    stop = threading.Event()
    faults: list[Exception] = []

    def read() -> None:
        last = 0
        while not stop.is_set():
            try:
                snapshot = library.snapshot()
                assert snapshot.generation >= last
                last = snapshot.generation
                number = last - 1
                assert snapshot.documents["alpha"].version == f"v{number}"
                assert snapshot.dense_scores(f"plan {number}", [0]), "its vectors are gone"
            except (AssertionError, ClausewiseError, LookupError, RuntimeError) as fault:
                faults.append(fault)
                return

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 15):
        library.apply([make_entry("alpha", [f"plan {number}"], f"v{number}")])
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults


def test_one_writer_waits_and_then_is_refused(library: Library, make_entry: MakeEntry) -> None:
    refused: list[BusyError] = []

    def write() -> None:
        try:
            with library.writing(wait=0.1):
                pass
        except BusyError as error:
            refused.append(error)

    with library.writing():
        library.apply([make_entry()])  # the same thread may go on
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(refused) == 1
    write()
    assert len(refused) == 1


READ_ONLY = """
import os, sys
from pathlib import Path
from ingest.encode import HashEncoder
from ingest.errors import ReadOnlyError
from ingest.library import Library
Library.open(Path(sys.argv[1]), HashEncoder()).close()  # everything is imported before rights are given up
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Library.open(Path(sys.argv[2]), HashEncoder())
except ReadOnlyError as error:
    print(error)
"""


@pytest.mark.parametrize("filled", [False, True])
def test_a_read_only_data_folder_is_told(tmp_path: Path, make_entry: MakeEntry, filled: bool) -> None:
    with tempfile.TemporaryDirectory() as name:  # one that nobody may enter, unlike tmp_path
        data = Path(name) / "data"
        data.mkdir()
        if filled:
            with Library.open(data, HashEncoder()) as library:
                library.apply([make_entry()])
        for path in [data, *data.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        data.parent.chmod(0o755)
        command = [sys.executable, "-c", READ_ONLY, str(tmp_path), str(data)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert f"the data folder {data} cannot be written" in ran.stdout, ran.stderr
        for path in [data, *data.rglob("*")]:
            path.chmod(0o755)


def test_earlier_versions_are_citable(library: Library, make_entry: MakeEntry) -> None:
    library.apply([make_entry("alpha", ["May"], "v1")])
    library.apply([make_entry("alpha", ["June"], "v2")])
    old = library.document("alpha", "v1")
    assert old is not None
    assert "May" in old.text
    assert [info.version for info in library.versions("alpha")] == ["v2", "v1"]


def test_a_full_disk_is_told_and_forgotten_once_there_is_room(
    library: Library, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.apply([make_entry("alpha")])
    store = library._vectors._store

    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store._collection, "upsert", full)
        with pytest.raises(DiskFullError, match="what was indexed before still answers"):
            library.apply([make_entry("beta")])
    assert set(library.snapshot().documents) == {"alpha"}
    _whole(library.snapshot())
    library.apply([make_entry("beta")])
    assert library._vectors._store is not store  # a Chroma that met a full disk hangs at its next write
    _whole(library.snapshot())
