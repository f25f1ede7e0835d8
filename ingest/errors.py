"""Every error that Clausewise raises on purpose.

    ClausewiseError                 anything that a user may be told; `str(error)` is one clear sentence or two
    ├── InputError                  what was given cannot be used
    │   ├── ReadError               a file cannot be read            (path, why)
    │   ├── DuplicateIdError        two files have one document id   (document_id, sources)
    │   ├── ManifestError           a manifest or sidecar is wrong   (path, field, why)
    │   └── EmptyCorpusError        no document in the corpus folder (path)
    ├── StorageError                the data folder cannot be used
    │   ├── BusyError               another process has it           (holder, url)
    │   ├── ReadOnlyError           it cannot be written             (path)
    │   ├── DiskFullError           there is no room left            (path)
    │   └── CorruptIndexError       what is stored cannot be read    (path, why)
    ├── NotReadyError               nothing is indexed yet
    ├── ModelError                  the embedding model cannot be used
    └── SettingsError               a setting is wrong               (name, why)

A message says what is wrong, where (file, line or field) and what to do.  Nothing else is shown to a user.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class ClausewiseError(Exception):
    """The root: catch it at the edges and show `str(error)`."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(ClausewiseError):
    """What was given cannot be used."""


class ReadError(InputError):
    """A file cannot be read: `path` is as the user knows it, `why` a clause such as `it is empty`."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"{printable(path)}: {why}")
        self.path = str(path)
        self.why = why


class DuplicateIdError(InputError):
    """Two files have the same document id, because their names differ in case, marks or suffix alone."""

    def __init__(self, document_id: str, sources: Sequence[str]) -> None:
        names = " and ".join(printable(source) for source in sources)
        super().__init__(f"{names} would both be the document “{document_id}”: rename one of them")
        self.document_id = document_id
        self.sources = tuple(sources)


class ManifestError(InputError):
    """A manifest or sidecar file is wrong at `field` (empty when the file as a whole is)."""

    def __init__(self, path: Path | str, field: str, why: str) -> None:
        where = f"{printable(path)}: {field}" if field else printable(path)
        super().__init__(f"{where}: {why}")
        self.path = str(path)
        self.field = field
        self.why = why


class EmptyCorpusError(InputError):
    """The corpus folder holds no document; the index is left as it was."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"no documents in {printable(path)}: put files there, or name another folder with --corpus "
            "(what was indexed before is kept)"
        )
        self.path = str(path)


class StorageError(ClausewiseError):
    """The data folder, or the database or vector store behind it, cannot be used."""


class BusyError(StorageError):
    """Another process has the data folder: `holder` says who (process id and command), `url` where it serves."""

    def __init__(self, message: str, *, holder: str = "", url: str | None = None) -> None:
        super().__init__(message)
        self.holder = holder
        self.url = url


class ReadOnlyError(StorageError):
    """The data folder cannot be written."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"the data folder {printable(path)} cannot be written: give this user the right to write there, "
            "or name another folder with --data"
        )
        self.path = str(path)


class DiskFullError(StorageError):
    """There is no room left on the disk of the data folder."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"the disk of the data folder {printable(path)} is full: free some space and run the command again "
            "(what was indexed before still answers)"
        )
        self.path = str(path)


class CorruptIndexError(StorageError):
    """What is stored cannot be read; the message says how to build it again."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"{printable(path)}: {why}")
        self.path = str(path)
        self.why = why


class NotReadyError(ClausewiseError):
    """Nothing is indexed yet, or the first ingest is still running."""


class ModelError(ClausewiseError):
    """The embedding model is missing, damaged or cannot be loaded."""


class SettingsError(ClausewiseError):
    """A setting is wrong: `name` is as the user writes it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}" if name else why)
        self.name = name
        self.why = why


def printable(name: Path | str) -> str:
    """A file name fit for one line of a terminal: control characters and undecodable bytes are escaped."""
    shown = (c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in str(name))
    return "".join(shown)
