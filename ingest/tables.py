"""The catalogue's tables, in SQLAlchemy's words: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 2

metadata = MetaData()

meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("first_indexed_at", DateTime, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("version", String, primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("indexed_at", DateTime, nullable=False),
    Column("file", Text, nullable=False),  # the file in the corpus folder; an attachment's is its message
    Column("overrides", String, nullable=False),  # digest of what the manifest said
    Column("parser", String, nullable=False),  # digest of the code that parsed it
    Column("source", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", Text),
    Column("issuer", Text),
    Column("issued_on", Date),
    Column("text", Text, nullable=False),
    Column("pages", JSON, nullable=False),
    Column("subject_names", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
)
Index(
    "one_current_version",
    versions.c.document_id,
    unique=True,
    sqlite_where=versions.c.current.is_(True),
    postgresql_where=versions.c.current.is_(True),
)


def _part(name: str, *columns: Column[str] | Column[int] | Column[str | None] | UniqueConstraint) -> Table:
    """A table of a version's parts, in order."""
    return Table(
        name,
        metadata,
        Column("document_id", String, primary_key=True),
        Column("version", String, primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
        ForeignKeyConstraint(
            ["document_id", "version"], ["versions.document_id", "versions.version"], ondelete="CASCADE"
        ),
    )


clauses = _part(
    "clauses",
    Column("label", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("heading", Text),
    Column("parent", Text),
    Column("page", Integer),
    UniqueConstraint("document_id", "version", "label"),
)

facts = _part(
    "facts",
    Column("kind", String, nullable=False, index=True),
    Column("value", Text, nullable=False),
    Column("normalised", Text),
    Column("clause", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value_start", Integer, nullable=False),
    Column("value_end", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("qualifier", Text, nullable=False, server_default=""),  # since schema 2
)

links = _part(
    "links",
    Column("relation", String, nullable=False),
    Column("target", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

vectors = Table(  # what an encoder made of a text: a copy of what Chroma holds, which a kill cannot take
    "vectors",
    metadata,
    Column("encoder", String, primary_key=True),
    Column("text", String, primary_key=True),  # digest of the text
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("updated_at", DateTime, nullable=False, index=True),
    Column("state", JSON, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("asker", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("payload", JSON, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", DateTime, nullable=False),
    Column("asker", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
)

events = Table(  # what was done to the documents, and by whom
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("actor", Text, nullable=False),
    Column("action", String, nullable=False),
    Column("payload", JSON, nullable=False),
)
