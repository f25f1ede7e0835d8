"""The truth about the documents: every version with its clauses, facts and links, and which version is current.

SQL stands in this file, `records.py` (answers, feedback, conversations), `tables.py` and `database.py` alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, text, update

from ingest import tables as t
from ingest.database import Database
from ingest.errors import InputError, StorageError
from ingest.notice import Clause, ClauseKind, Document, Fact, Link, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A document and what it was made from.

    file       the file in the corpus folder, relative; an attachment has its message's
    overrides  digest of what the manifest or sidecar says of it
    parser     digest of the code that parsed it
    """

    document: Document
    file: str
    overrides: str = ""
    parser: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a current version was made from: enough to see whether it is in step, without its text."""

    document_id: str
    version: str
    source: str
    file: str
    sha256: str
    overrides: str
    parser: str


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a document, current or not."""

    version: str
    current: bool
    indexed_at: datetime  # UTC
    sha256: str
    title: str


class Catalogue:
    """Documents in SQL.  Thread-safe; every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.write() as connection:
            t.metadata.create_all(connection)
            _check_schema(connection, database.place)

    def close(self) -> None:
        self.database.close()

    def generation(self) -> int:
        """Counts the changes of the documents: the same number means the same documents.  0 when none ever was."""
        with self.database.read() as connection:
            return int(_meta(connection, "generation") or 0)

    def count_clauses(self) -> int:
        """How many clauses the current documents have."""
        v, c = t.versions.c, t.clauses.c
        joined = t.clauses.join(t.versions, (v.document_id == c.document_id) & (v.version == c.version))
        with self.database.read() as connection:
            query = select(func.count()).select_from(joined).where(v.current.is_(True))
            return int(connection.execute(query).scalar_one())

    def load(self) -> tuple[int, dict[str, Document]]:
        """The generation, and every current document by id, in the order of the ids."""
        with self.database.read() as connection:
            generation = int(_meta(connection, "generation") or 0)
            rows = connection.execute(
                select(t.versions).where(t.versions.c.current.is_(True)).order_by(t.versions.c.document_id)
            ).all()
            parts = {table: _parts(connection, table) for table in (t.clauses, t.facts, t.links)}
            return generation, {row.document_id: _document(row, parts) for row in rows}

    def document(self, document_id: str, version: str | None = None) -> Document | None:
        """One version of a document (None: the current one), or None when there is none such."""
        which = t.versions.c.current.is_(True) if version is None else t.versions.c.version == version
        with self.database.read() as connection:
            row = connection.execute(select(t.versions).where(t.versions.c.document_id == document_id, which)).first()
            if row is None:
                return None
            key = (document_id, row.version)
            parts = {table: _parts(connection, table, key) for table in (t.clauses, t.facts, t.links)}
            return _document(row, parts)

    def versions(self, document_id: str) -> tuple[VersionInfo, ...]:
        """Every version of a document, the newest first; empty when it is unknown."""
        c = t.versions.c
        with self.database.read() as connection:
            rows = connection.execute(
                select(c.version, c.current, c.indexed_at, c.sha256, c.title)
                .where(c.document_id == document_id)
                .order_by(c.current.desc(), c.indexed_at.desc(), c.version)
            ).all()
        return tuple(
            VersionInfo(r.version, r.current, r.indexed_at.replace(tzinfo=UTC), r.sha256, r.title) for r in rows
        )

    def origins(self) -> tuple[Origin, ...]:
        """What every current version was made from."""
        c = t.versions.c
        with self.database.read() as connection:
            rows = connection.execute(
                select(c.document_id, c.version, c.source, c.file, c.sha256, c.overrides, c.parser)
                .where(c.current.is_(True))
                .order_by(c.document_id)
            ).all()
        return tuple(Origin(*row) for row in rows)

    def apply(self, put: Sequence[Entry], removed: Iterable[str] = ()) -> int:
        """Make these versions current and these documents gone, in one transaction; the new generation.

        Earlier versions are kept.  A version that is known already is replaced, since its text is the same.
        """
        _check_storable(put)
        now = datetime.now(UTC).replace(tzinfo=None)
        with self.database.write(durable=True) as connection:
            for document_id in removed:
                _retire(connection, document_id)
            for entry in put:
                _put(connection, entry, now)
            generation = int(_meta(connection, "generation") or 0) + 1
            _set_meta(connection, "generation", str(generation))
        return generation

    def purge(self, document_id: str) -> int:
        """Erase every version of a document for good; how many there were."""
        with self.database.write(durable=True) as connection:
            count = connection.execute(
                select(func.count()).select_from(t.versions).where(t.versions.c.document_id == document_id)
            ).scalar_one()
            connection.execute(delete(t.documents).where(t.documents.c.id == document_id))
            generation = int(_meta(connection, "generation") or 0) + 1
            _set_meta(connection, "generation", str(generation))
        return int(count)

    def meta(self, name: str) -> str | None:
        with self.database.read() as connection:
            return _meta(connection, name)

    def set_meta(self, name: str, value: str) -> None:
        with self.database.write() as connection:
            _set_meta(connection, name, value)


_Parts = Mapping[tuple[str, str], list[Row[Any]]]


def _parts(connection: Connection, table: Table, key: tuple[str, str] | None = None) -> _Parts:
    """A table's rows by document and version, in order: one version's, or every current one's."""
    c = table.c
    query = select(table).order_by(c.document_id, c.version, c.position)
    if key is not None:
        query = query.where(c.document_id == key[0], c.version == key[1])
    else:
        v = t.versions.c
        query = query.join(t.versions, (v.document_id == c.document_id) & (v.version == c.version))
        query = query.where(v.current.is_(True))
    found: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.document_id, row.version].append(row)
    return found


def _document(row: Row[Any], parts: Mapping[Table, _Parts]) -> Document:
    key = (row.document_id, row.version)
    return Document(
        id=row.document_id,
        version=row.version,
        source=row.source,
        sha256=row.sha256,
        title=row.title,
        kind=row.kind,
        subject=row.subject,
        issuer=row.issuer,
        issued_on=row.issued_on,
        text=row.text,
        clauses=tuple(
            Clause(r.label, Span(r.start, r.end), ClauseKind(r.kind), r.heading, r.parent, r.page)
            for r in parts[t.clauses].get(key, ())
        ),
        facts=tuple(
            Fact(
                r.kind,
                r.value,
                r.normalised,
                r.clause,
                Span(r.start, r.end),
                Span(r.value_start, r.value_end),
                r.topic,
                r.qualifier,
            )
            for r in parts[t.facts].get(key, ())
        ),
        pages=tuple(Span(start, end) for start, end in row.pages),
        links=tuple(Link(r.relation, r.target, Span(r.start, r.end)) for r in parts[t.links].get(key, ())),
        subject_names=tuple(row.subject_names),
        audience=tuple(row.audience),
    )


def _retire(connection: Connection, document_id: str) -> None:
    c = t.versions.c
    connection.execute(
        update(t.versions).where(c.document_id == document_id, c.current.is_(True)).values(current=False)
    )


def _put(connection: Connection, entry: Entry, now: datetime) -> None:
    document = entry.document
    key = {"document_id": document.id, "version": document.version}
    _retire(connection, document.id)
    known = connection.execute(select(t.documents.c.id).where(t.documents.c.id == document.id)).first()
    if known is None:
        connection.execute(insert(t.documents).values(id=document.id, first_indexed_at=now))
    c = t.versions.c
    connection.execute(delete(t.versions).where(c.document_id == document.id, c.version == document.version))
    connection.execute(
        insert(t.versions).values(
            **key,
            current=True,
            indexed_at=now,
            file=entry.file,
            overrides=entry.overrides,
            parser=entry.parser,
            source=document.source,
            sha256=document.sha256,
            title=document.title,
            kind=document.kind,
            subject=document.subject,
            issuer=document.issuer,
            issued_on=document.issued_on,
            text=document.text,
            pages=[[page.start, page.end] for page in document.pages],
            subject_names=list(document.subject_names),
            audience=list(document.audience),
        )
    )
    rows: dict[Table, list[dict[str, Any]]] = {
        t.clauses: [
            {"label": x.label, "start": x.span.start, "end": x.span.end, "kind": x.kind.value}
            | {"heading": x.heading, "parent": x.parent, "page": x.page}
            for x in document.clauses
        ],
        t.facts: [
            {"kind": x.kind, "value": x.value, "normalised": x.normalised, "clause": x.clause, "topic": x.topic}
            | {"start": x.span.start, "end": x.span.end}
            | {"value_start": x.value_span.start, "value_end": x.value_span.end, "qualifier": x.qualifier}
            for x in document.facts
        ],
        t.links: [
            {"relation": x.relation, "target": x.target, "start": x.span.start, "end": x.span.end}
            for x in document.links
        ],
    }
    for table, parts in rows.items():
        if parts:
            connection.execute(insert(table), [key | {"position": i} | part for i, part in enumerate(parts)])


def _check_storable(put: Sequence[Entry]) -> None:
    """No database takes half a character: refuse it by name before anything is written."""
    for entry in put:
        try:
            repr(entry).encode("utf-8")
            entry.document.text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(f"{entry.file}: the text is not valid Unicode ({error.reason})") from error


def _meta(connection: Connection, name: str) -> str | None:
    value = connection.execute(select(t.meta.c.value).where(t.meta.c.name == name)).scalar_one_or_none()
    return None if value is None else str(value)


def _set_meta(connection: Connection, name: str, value: str) -> None:
    changed = connection.execute(update(t.meta).where(t.meta.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(t.meta).values(name=name, value=value))


def _check_schema(connection: Connection, place: str) -> None:
    found = _meta(connection, "schema")
    if found is None:
        _set_meta(connection, "schema", str(t.SCHEMA_VERSION))
    elif int(found) > t.SCHEMA_VERSION:
        raise StorageError(
            f"the catalogue {place} was made by a newer Clausewise (schema {found}, this one knows "
            f"{t.SCHEMA_VERSION}): use that one, or another folder with --data"
        )
    elif int(found) < t.SCHEMA_VERSION:
        connection.execute(text("ALTER TABLE facts ADD COLUMN qualifier TEXT NOT NULL DEFAULT ''"))
        _set_meta(connection, "schema", str(t.SCHEMA_VERSION))
