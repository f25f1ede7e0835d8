from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.encode import Vectors, unit
from ingest.errors import CorruptIndexError, DiskFullError, ReadOnlyError, StorageError
from ingest.vectors import VectorStore, collection_name


@pytest.fixture
def rows() -> Vectors:
    return unit(np.random.default_rng(7).normal(size=(2_500, 8)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    opened = VectorStore.embedded(tmp_path / "chroma", "e", 8)
    yield opened
    opened.close()


def _keys(count: int) -> list[str]:
    return [f"doc@v#5({i})~ab" for i in range(count)]


def test_add_get_nearest_delete(store: VectorStore, rows: Vectors) -> None:
    keys = _keys(2_500)
    store.add(keys, rows)
    assert store.keys() == set(keys)
    found = store.get([*keys[:2], "unknown"])
    assert set(found) == set(keys[:2])
    assert np.allclose(found[keys[1]], rows[1], atol=1e-6)
    nearest = store.nearest(rows[3], 5)
    assert nearest[0][0] == keys[3]
    assert nearest[0][1] == pytest.approx(1, abs=1e-5)
    exact = rows @ rows[3]
    for key, score in nearest:
        assert score == pytest.approx(exact[keys.index(key)], abs=1e-5)
    store.delete([*keys[:2_400], "unknown"])
    assert store.keys() == set(keys[2_400:])
    assert store.nearest(rows[3], 0) == []
    assert len(store.nearest(rows[3], 1_000)) == 100
    store.check()


def test_adding_again_replaces(store: VectorStore, rows: Vectors) -> None:
    store.add(["k"], rows[:1])
    store.add(["k"], rows[1:2])
    assert np.allclose(store.get(["k"])["k"], rows[1], atol=1e-6)


def test_it_is_still_there_after_a_restart(tmp_path: Path, rows: Vectors) -> None:
    first = VectorStore.embedded(tmp_path, "e", 8)
    first.add(_keys(10), rows[:10])
    first.close()
    again = VectorStore.embedded(tmp_path, "e", 8)
    assert again.keys() == set(_keys(10))
    again.close()


def test_each_encoder_has_its_own(tmp_path: Path, store: VectorStore, rows: Vectors) -> None:
    store.add(["k"], rows[:1])
    other = VectorStore.embedded(tmp_path / "chroma", "e", 4)
    assert other.keys() == set()
    other.drop_others()
    other.close()
    with pytest.raises(StorageError):
        store.keys()


@pytest.mark.parametrize("name", ["e", "", "A" * 400, "org/model:v1", "ünï", "..--"])
def test_names_that_chroma_takes(tmp_path: Path, name: str) -> None:
    store = VectorStore.embedded(tmp_path, name, 2)
    store.add(["k"], np.array([[1, 0]], dtype=np.float32))
    store.close()
    assert collection_name(name, 2) != collection_name(name + "x", 2)


def _garbage(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"x" * 5_000)


def _truncated(folder: Path) -> None:
    os.truncate(folder / "chroma.sqlite3", 12_000)


def _no_index(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def _garbage_index(folder: Path) -> None:
    for path in folder.glob("*/*"):
        path.write_bytes(b"zz" * 99)


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("a file")


@pytest.mark.parametrize("damage", [_garbage, _truncated, _no_index, _garbage_index, _a_file])
def test_damage_is_told_with_the_way_out(tmp_path: Path, rows: Vectors, damage: Callable[[Path], None]) -> None:
    folder = tmp_path / "chroma"
    store = VectorStore.embedded(folder, "e", 8)
    store.add(_keys(2_500), rows)
    store.close()
    damage(folder)
    with pytest.raises(CorruptIndexError, match="--rebuild-vectors"):
        VectorStore.embedded(folder, "e", 8).check()


def test_after_damage_the_same_folder_can_be_used_again(tmp_path: Path, rows: Vectors) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"x" * 5_000)
    with pytest.raises(CorruptIndexError):
        VectorStore.embedded(tmp_path, "e", 8)
    (tmp_path / "chroma.sqlite3").unlink()
    store = VectorStore.embedded(tmp_path, "e", 8)
    store.add(["k"], rows[:1])
    store.close()


@pytest.mark.parametrize(
    ("why", "error"),
    [
        ("error returned from database: (code: 13) database or disk is full", DiskFullError),
        ("[Errno 28] No space left on device", DiskFullError),
        ("(code: 1032) attempt to write a readonly database", ReadOnlyError),
        ("anything else", CorruptIndexError),
    ],
)
def test_chromas_errors_in_our_words(
    store: VectorStore, monkeypatch: pytest.MonkeyPatch, rows: Vectors, why: str, error: type[StorageError]
) -> None:
    def fail(**_: object) -> None:
        from chromadb.errors import InternalError

        raise InternalError(why)

    monkeypatch.setattr(store._collection, "upsert", fail)
    with pytest.raises(error):
        store.add(["k"], rows[:1])


def test_no_server_at_the_url_is_told() -> None:
    with pytest.raises(StorageError, match=r"Chroma server at http://127\.0\.0\.1:9"):
        VectorStore.remote("http://127.0.0.1:9", "e", 8)
