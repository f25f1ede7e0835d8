"""The files of a corpus folder: which are documents, and which cannot be used and why."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import EmptyCorpusError, InputError, ReadError
from ingest.manifest import is_manifest

NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A regular file of the corpus.  `source` is its path relative to the folder, with forward slashes."""

    source: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class SyncProblem:
    """A file that was left out, or a thing worth telling, and why.  What was indexed of it before is kept."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a corpus folder holds.

    unseen   folders that could not be listed: what was indexed from there is not gone
    """

    files: tuple[CorpusFile, ...]
    problems: tuple[SyncProblem, ...]
    unseen: tuple[str, ...] = ()

    def may_hold(self, source: str) -> bool:
        """Whether the file is there, or may be for all that could be seen."""
        return source in {problem.source for problem in self.problems} or any(
            source.startswith(f"{folder}/") for folder in self.unseen
        )


def scan(corpus: Path, file_bytes: int, files: int) -> Scan:
    """All documents under `corpus`, by name; links out of it, special files and files over the limits are problems.

    Raises InputError when there is no such folder or it has more than `files` files, EmptyCorpusError when
    nothing is in it.
    """
    if not corpus.is_dir():
        raise InputError(f"there is no corpus folder {corpus}: name the folder of the documents with --corpus")
    found: list[CorpusFile] = []
    problems: list[SyncProblem] = []
    unseen: list[str] = []
    for source, path in _walk(corpus, problems, unseen):
        looked = look(corpus, source, path, file_bytes)
        if isinstance(looked, CorpusFile):
            found.append(looked)
        else:
            problems.append(looked)
        if len(found) > files:
            raise InputError(
                f"{corpus} holds more than {files:,} files: raise `limits.files`, or name a smaller folder"
            )
    if not found and not problems:
        raise EmptyCorpusError(corpus)
    return Scan(tuple(found), tuple(problems), tuple(unseen))


def choose(corpus: Path, paths: Sequence[Path], file_bytes: int) -> Scan:
    """The named files, and the documents under the named folders; what cannot be used is a problem."""
    found: dict[str, CorpusFile] = {}
    problems: list[SyncProblem] = []
    root = corpus.resolve()
    for asked in paths:
        path = asked if asked.exists() or asked.is_symlink() or asked.is_absolute() else corpus / asked
        absolute = Path(os.path.normpath(path.absolute()))
        inside = next((absolute.relative_to(r) for r in (corpus.absolute(), root) if absolute.is_relative_to(r)), None)
        if inside is None:
            why = f"it is not in the corpus folder {corpus}: copy it there, or name its folder with --corpus"
            problems.append(SyncProblem(str(asked), why))
        elif absolute.is_dir() and (inside == Path() or not absolute.is_symlink()):
            for source, path_inside in _walk(corpus, problems, [], absolute):
                _sort(look(corpus, source, path_inside, file_bytes), found, problems)
        elif is_manifest(absolute):
            problems.append(SyncProblem(inside.as_posix(), "it speaks about documents and is none itself"))
        else:
            _sort(look(corpus, inside.as_posix(), absolute, file_bytes), found, problems)
    return Scan(tuple(found.values()), tuple(problems))


def content_of(file: CorpusFile) -> bytes:
    """The file's bytes.  Raises ReadError, naming it as the corpus does."""
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise ReadError(file.source, unreadable(error)) from error


def digest(file: CorpusFile) -> str:
    """The sha256 of the file's bytes.  Raises ReadError."""
    try:
        with file.path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(file.source, unreadable(error)) from error


def unreadable(error: OSError) -> str:
    """Why a file could not be read, as a user can act on it."""
    if isinstance(error, FileNotFoundError):
        return "it has vanished while the folder was being read: run the command again"
    if isinstance(error, PermissionError):
        return "this user may not read it: change its permissions"
    return f"it cannot be read ({error.strerror or error})"


def look(corpus: Path, source: str, path: Path, file_bytes: int) -> CorpusFile | SyncProblem:
    """The file at `path` when it can be a document, else why not.  Nothing is opened."""
    try:
        source.encode("utf-8")
        if path.is_symlink() and not path.resolve().is_relative_to(corpus.resolve()):
            return SyncProblem(source, "it is a link out of the corpus folder: put the file itself there")
        status = path.stat()
    except UnicodeEncodeError:
        shown = source.encode("utf-8", "backslashreplace").decode()
        return SyncProblem(shown, "its name is not valid UTF-8: rename it")
    except FileNotFoundError:
        return SyncProblem(source, "there is no such file" if not path.is_symlink() else "it is a link to nothing")
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        return SyncProblem(source, unreadable(error) if isinstance(error, OSError) else "it is a link to itself")
    if not stat.S_ISREG(status.st_mode):
        return SyncProblem(source, "it is no regular file")
    if status.st_size == 0:
        return SyncProblem(source, "it is empty")
    if status.st_size > file_bytes:
        why = f"it is too large ({status.st_size:,} bytes; the setting `limits.bytes` is {file_bytes:,})"
        return SyncProblem(source, why)
    return CorpusFile(source, path, status.st_size)


def _sort(looked: CorpusFile | SyncProblem, found: dict[str, CorpusFile], problems: list[SyncProblem]) -> None:
    if isinstance(looked, CorpusFile):
        found[looked.source] = looked
    else:
        problems.append(looked)


def _walk(
    corpus: Path, problems: list[SyncProblem], unseen: list[str], below: Path | None = None
) -> Iterator[tuple[str, Path]]:
    """Every entry that may be a document, in order of name; hidden files, manifests and editors' locks are none."""

    def failed(error: OSError) -> None:
        folder = Path(error.filename).relative_to(corpus).as_posix()
        if folder == ".":
            raise InputError(f"the corpus folder {corpus} cannot be listed: {error.strerror}") from error
        unseen.append(folder)
        problems.append(SyncProblem(folder, unreadable(error)))

    # Both sides in one form, so that every path found is below `corpus` as it was given.
    start = corpus if below is None else corpus / below.relative_to(_base(corpus, below))
    for folder, folders, names in os.walk(start, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(folder) / name).is_symlink():
                source = (Path(folder) / name).relative_to(corpus).as_posix()
                problems.append(SyncProblem(source, "it is a linked folder, which is not followed"))
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith((".", "~$")) or name.lower() in NOT_DOCUMENTS or is_manifest(path):
                continue
            yield path.relative_to(corpus).as_posix(), path


def _base(corpus: Path, below: Path) -> Path:
    return corpus.absolute() if below.is_relative_to(corpus.absolute()) else corpus.resolve()
