from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.catalogue import Catalogue, Entry, Origin
from ingest.database import Database
from ingest.errors import (
    BusyError,
    CorruptIndexError,
    DiskFullError,
    InputError,
    ReadOnlyError,
    SettingsError,
    StorageError,
)
from ingest.notice import Clause, ClauseKind, Document, Fact, Link, Span

MakeEntry = Callable[..., Entry]


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(Database.sqlite(tmp_path / "catalogue.sqlite", busy_seconds=0.2))


texts = st.text(max_size=30)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(min(pair), max(pair)))
clauses = st.builds(
    Clause,
    texts,
    spans,
    st.sampled_from(ClauseKind),
    st.none() | texts,
    st.none() | texts,
    st.none() | st.integers(0, 9),
)
facts = st.builds(Fact, texts, texts, st.none() | texts, texts, spans, spans, texts, texts)
documents = st.builds(
    Document,
    id=texts.filter(bool),
    version=texts,
    source=texts,
    sha256=texts,
    title=texts,
    kind=texts,
    subject=st.none() | texts,
    issuer=st.none() | texts,
    issued_on=st.none() | st.dates(),
    text=st.text(max_size=200),
    clauses=st.lists(clauses, max_size=4, unique_by=lambda clause: clause.label).map(tuple),
    facts=st.lists(facts, max_size=3).map(tuple),
    pages=st.lists(spans, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, texts, texts, spans), max_size=3).map(tuple),
    subject_names=st.lists(texts, max_size=3).map(tuple),
    audience=st.lists(texts, max_size=3).map(tuple),
)


@settings(max_examples=25)
@given(st.lists(documents, max_size=3, unique_by=lambda document: document.id))
def test_documents_come_back_exactly(some: list[Document]) -> None:
    catalogue = Catalogue(Database.at("sqlite://"))
    catalogue.apply([Entry(document, document.source) for document in some])
    generation, found = catalogue.load()
    assert generation == 1
    assert found == {document.id: document for document in some}
    for document in some:
        assert catalogue.document(document.id) == document
        assert catalogue.document(document.id, document.version) == document
    catalogue.close()


def test_it_is_still_there_after_a_restart(tmp_path: Path, make_entry: MakeEntry) -> None:
    first = Catalogue(Database.sqlite(tmp_path / "c.sqlite"))
    entry = make_entry("alpha")
    first.apply([entry])
    first.close()
    again = Catalogue(Database.sqlite(tmp_path / "c.sqlite"))
    assert again.load() == (1, {"alpha": entry.document})


def test_earlier_versions_are_kept(catalogue: Catalogue, make_entry: MakeEntry) -> None:
    old, new = make_entry("alpha", ["May"], "v1"), make_entry("alpha", ["June"], "v2")
    catalogue.apply([old])
    catalogue.apply([new])
    assert catalogue.document("alpha") == new.document
    assert catalogue.document("alpha", "v1") == old.document
    assert catalogue.document("alpha", "v3") is None
    assert [(v.version, v.current) for v in catalogue.versions("alpha")] == [("v2", True), ("v1", False)]
    assert catalogue.versions("alpha")[0].indexed_at <= datetime.now(UTC)
    catalogue.apply([old])  # the text went back to what it was
    assert [(v.version, v.current) for v in catalogue.versions("alpha")] == [("v1", True), ("v2", False)]


def test_removed_documents_are_citable_and_purged_ones_gone(catalogue: Catalogue, make_entry: MakeEntry) -> None:
    entry = make_entry("alpha")
    catalogue.apply([entry])
    catalogue.apply([], ["alpha", "unknown"])
    assert catalogue.load() == (2, {})
    assert catalogue.document("alpha") is None
    assert catalogue.document("alpha", "v1") == entry.document
    assert catalogue.purge("alpha") == 1
    assert catalogue.document("alpha", "v1") is None
    assert catalogue.versions("alpha") == ()
    assert catalogue.generation() == 3


def test_the_same_version_parsed_anew_replaces_itself(catalogue: Catalogue, make_entry: MakeEntry) -> None:
    entry = make_entry("alpha")
    catalogue.apply([entry])
    better = replace(entry, document=replace(entry.document, title="Better", clauses=()), parser="p2")
    catalogue.apply([better])
    assert catalogue.load()[1] == {"alpha": better.document}
    assert len(catalogue.versions("alpha")) == 1
    assert catalogue.origins() == (Origin("alpha", "v1", "alpha.txt", "alpha.txt", "0" * 64, "", "p2"),)


def test_a_failed_apply_changes_nothing(catalogue: Catalogue, make_entry: MakeEntry) -> None:
    entry = make_entry("alpha")
    catalogue.apply([entry])
    twice = replace(make_entry("beta").document, clauses=entry.document.clauses[:1] * 2)
    with pytest.raises(StorageError):
        catalogue.apply([make_entry("alpha", ["June"], "v2"), Entry(twice, "beta.txt")], ["alpha"])
    assert catalogue.load() == (1, {"alpha": entry.document})


def test_half_a_character_is_refused_by_name(catalogue: Catalogue, make_entry: MakeEntry) -> None:
    with pytest.raises(InputError, match=r"alpha\.txt: the text is not valid Unicode"):
        catalogue.apply([make_entry("alpha", ["\ud800"])])


def test_a_catalogue_of_schema_1_is_brought_up(tmp_path: Path, make_entry: MakeEntry) -> None:
    path = tmp_path / "old.sqlite"
    Catalogue(Database.sqlite(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE facts DROP COLUMN qualifier")
        connection.execute("UPDATE meta SET value = '1' WHERE name = 'schema'")
    connection.close()
    catalogue = Catalogue(Database.sqlite(path))
    fact = Fact("deadline", "May", "2022-05", "1", Span(0, 9), Span(0, 3), "plan", "or sooner")
    entry = make_entry()
    catalogue.apply([replace(entry, document=replace(entry.document, facts=(fact,)))])
    stored = catalogue.document(entry.document.id)
    assert stored is not None
    assert stored.facts == (fact,)


def test_a_newer_schema_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.set_meta("schema", "99")
    with pytest.raises(StorageError, match=r"newer Clausewise \(schema 99"):
        Catalogue(Database.sqlite(tmp_path / "catalogue.sqlite"))


def test_a_locked_database_is_told_and_recovers(tmp_path: Path, catalogue: Catalogue, make_entry: MakeEntry) -> None:
    other = sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert catalogue.load() == (0, {})  # readers go on
    with pytest.raises(BusyError, match="locked by another program"):
        catalogue.apply([make_entry()])
    other.execute("ROLLBACK")
    assert catalogue.apply([make_entry()]) == 1


def test_a_full_disk_is_told_and_the_last_good_state_stands(catalogue: Catalogue, make_entry: MakeEntry) -> None:
    entry = make_entry("alpha")
    catalogue.apply([entry])
    with catalogue.database.read() as connection:  # the pool has this one connection
        connection.exec_driver_sql("PRAGMA max_page_count = 40")
    big = make_entry("beta", ["x" * 400_000])
    with pytest.raises(DiskFullError, match="free some space"):
        catalogue.apply([big])
    assert catalogue.load() == (1, {"alpha": entry.document})
    with catalogue.database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert catalogue.apply([big]) == 2


@pytest.mark.parametrize("content", [b"this is no database" * 400, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_catalogue_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(content)
    with pytest.raises(CorruptIndexError, match="restore it from a backup"):
        Catalogue(Database.sqlite(tmp_path / "catalogue.sqlite"))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadOnlyError, match="cannot be written"):
        Database.sqlite(tmp_path / "file" / "catalogue.sqlite")


@pytest.mark.parametrize("url", ["nonsense", "nosuchdb://x", "postgresql+nodriver://u:secret@h/d"])
def test_a_wrong_database_url_is_a_settings_error(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^database_url: "):
        Database.at(url)


def test_dates_before_1970_and_far_ahead(catalogue: Catalogue, make_entry: MakeEntry) -> None:
    old, far = make_entry("a", issued_on=date(1066, 10, 14)), make_entry("b", issued_on=date(9999, 12, 31))
    catalogue.apply([old, far])
    assert [d.issued_on for d in catalogue.load()[1].values()] == [date(1066, 10, 14), date(9999, 12, 31)]
