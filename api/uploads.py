"""Documents that come and go over HTTP: files of the corpus folder, so that a sync finds what was uploaded."""

from __future__ import annotations

import re
import secrets
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from api.problems import Problem
from ingest.ids import document_id
from ingest.library import Library
from ingest.limits import Limits
from ingest.manifest import is_manifest
from ingest.report import SyncReport
from ingest.sync import sync

LONGEST_NAME = 150
_NAME = re.compile(r"[^\W_][\w .,()+'’–&-]*\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent.  `audience` is who may read it; empty: as the folder's manifest says."""

    name: str
    content: bytes
    folder: str = ""
    audience: tuple[str, ...] = ()


def take(upload: Upload, corpus: Path, library: Library, limits: Limits) -> SyncReport:
    """Put the file into the corpus and index it.  Raises the 422 problem, and then everything is as it was.

    A file of the same name is replaced, and its document gets a new version.
    """
    path = place(corpus, upload)
    with library.writing():
        existed = path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        sidecar = path.with_name(f"{path.name}.meta.toml")
        kept = {file: file.read_bytes() if file.is_file() else None for file in (path, sidecar)}
        try:
            write(path, upload.content)
            if upload.audience:
                write(sidecar, _said(kept[sidecar], upload.audience))
            report = sync(corpus, library, only=[path], limits=limits)
            source = path.relative_to(corpus).as_posix()
            refused = next((problem.why for problem in report.problems if problem.source == source), None)
            if refused is None and report.duplicates:
                refused = f"it has the same content as {report.duplicates[0][1]}"
            if refused is not None:
                raise Problem(422, f"{upload.name} cannot be used: {refused}.")
        except BaseException:
            for file, before in kept.items():
                if before is None:
                    file.unlink(missing_ok=True)
                else:
                    write(file, before)
            if not existed:
                path.parent.rmdir()
            raise
        return report


def place(corpus: Path, upload: Upload) -> Path:
    """Where the file goes: always inside the corpus.  Raises the 422 problem for a name that could lead elsewhere."""
    if not _NAME.fullmatch(upload.name) or len(upload.name.encode()) > LONGEST_NAME or not document_id(upload.name):
        raise Problem(422, "The file needs a plain name with a suffix, such as notice.pdf.")
    parts = PurePosixPath(upload.folder).parts
    if any(not re.fullmatch(r"[^\W_][\w .-]*", part) for part in parts) or len(parts) > 8:
        raise Problem(422, "folder must be a plain path inside the corpus, such as hr/letters.")
    path = corpus.joinpath(*parts, upload.name)
    if is_manifest(path):
        raise Problem(422, f"{upload.name} speaks about documents and is none itself.")
    for folder in (path, *path.parents):
        if folder == corpus:
            break
        if folder.is_symlink() or (folder.exists() and folder.is_dir() == (folder == path)):
            raise Problem(422, f"{upload.name} cannot be put there.")
    return path


def remove(document_id: str, corpus: Path, library: Library, *, purge: bool) -> list[str]:
    """Take a document out, with its file and what was attached to it; the ids.  `purge` erases every version.

    Raises the 409 problem for a document that is itself an attachment.
    """
    with library.writing():
        origins = library.catalogue.origins()
        own = next(origin for origin in origins if origin.document_id == document_id)
        if own.source != own.file:
            raise Problem(409, f"The document is attached to {own.file}: delete that.")
        gone = [origin.document_id for origin in origins if origin.file == own.file]
        library.apply([], gone)
        path = corpus / own.file
        if path.is_relative_to(corpus) and not path.is_symlink():
            path.unlink(missing_ok=True)
            path.with_name(f"{path.name}.meta.toml").unlink(missing_ok=True)
        if purge:
            for name in gone:
                library.purge(name)
        return gone


def write(path: Path, content: bytes) -> None:
    """Whole or not at all: a reader of the folder never sees half a file."""
    new = path.with_name(f".{secrets.token_hex(8)}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _said(before: bytes | None, audience: Sequence[str]) -> bytes:
    """The sidecar with another audience; what else it says stays."""
    lines = [] if before is None else before.decode("utf-8").splitlines()
    kept = [line for line in lines if not line.replace(" ", "").startswith("audience=")]
    listed = ", ".join(f'"{name}"' for name in audience)
    text = "\n".join([f"audience = [{listed}]", *kept]) + "\n"
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(422, "The sidecar file that is there cannot be changed: edit it by hand.") from error
    return text.encode()
