"""A SQLAlchemy engine set up as the catalogue needs it, and its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ingest.errors import BusyError, CorruptIndexError, DiskFullError, ReadOnlyError, SettingsError, StorageError

BUSY_SECONDS = 10.0  # how long a writer waits for another


class Database:
    """Reads and writes in transactions.  Thread-safe."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self.place = place

    @classmethod
    def sqlite(cls, path: Path, busy_seconds: float = BUSY_SECONDS) -> Database:
        """The database file at `path`, made when missing.  Raises StorageError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReadOnlyError(path.parent) from error
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": busy_seconds})
        _tune_sqlite(engine)
        return cls(engine, str(path))

    @classmethod
    def at(cls, url: str) -> Database:
        """The database at an SQLAlchemy URL, such as `postgresql+psycopg://…`.  Raises SettingsError."""
        try:
            parsed = make_url(url)
            engine = create_engine(parsed, pool_pre_ping=True)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise SettingsError("database_url", f"not a database that can be used here: {error}") from error
        if engine.dialect.name == "sqlite":
            _tune_sqlite(engine)
        return cls(engine, parsed.render_as_string(hide_password=True))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view.  Raises StorageError."""
        with _errors(self.place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """All of it or nothing.  `durable` survives a power cut too.  Raises StorageError."""
        with _errors(self.place), self._engine.connect() as connection:
            chosen = connection.execution_options(clausewise_write=True, clausewise_durable=durable)
            with chosen.begin():
                yield chosen

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    def close(self) -> None:
        self._engine.dispose()


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, so that a write takes its lock at once
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("clausewise_write"):
            connection.exec_driver_sql("BEGIN")
            return
        durable = "FULL" if options.get("clausewise_durable") else "NORMAL"
        connection.exec_driver_sql(f"PRAGMA synchronous={durable}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _errors(place: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _ours(place, str(error.orig or error)) from error
    except SQLAlchemyError as error:
        raise StorageError(f"the catalogue {place} cannot be used: {error}") from error


def _ours(place: str, why: str) -> StorageError:
    text = why.lower()
    if "locked" in text:
        return BusyError(f"the catalogue {place} is locked by another program: wait for it to end, and try again")
    if "disk is full" in text or "no space left" in text:
        return DiskFullError(Path(place).parent)
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return ReadOnlyError(Path(place).parent)
    if "malformed" in text or "not a database" in text or "disk image" in text:
        return CorruptIndexError(
            place, f"this is no sound catalogue ({why}); restore it from a backup, or move it away and ingest again"
        )
    return StorageError(f"the catalogue {place} cannot be used: {why}")
