"""What people say about documents: `manifest.toml` in the corpus folder, and `<file>.meta.toml` beside a file.

    [folders."hr"]                          # every document under corpus/hr
    audience = ["hr"]

    [documents."hr/notice-2021.txt"]        # one document, by its path in the corpus
    issued_on = 2021-06-07
    licence = "Open Government Licence v3.0"

Every key is optional, and one that is given wins over what is found in the text.  A key of a sidecar wins
over the manifest's, one for the document over one for its folder, one for a folder over one for the folder above.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from ingest.errors import ManifestError

MANIFEST_NAME = "manifest.toml"
SIDECAR_SUFFIX = ".meta.toml"
MAX_BYTES = 4_000_000

_NOT_OF_THE_DOCUMENT = frozenset({"licence", "source", "attribution"})


def _day(value: object) -> object:
    """A TOML date, or the same as a string; never a number, which pydantic would take for seconds since 1970."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("must be a day such as 2021-06-07")


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class ManifestEntry(BaseModel):
    """What is said about one document.  A key that is left out is left to the text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Line | None = None
    kind: Line | None = None
    subject: Line | None = None
    subject_names: tuple[Line, ...] | None = Field(default=None, strict=False)
    issuer: Line | None = None
    issued_on: Annotated[date | None, BeforeValidator(_day)] = None
    audience: tuple[Line, ...] | None = Field(default=None, strict=False)
    licence: Line | None = None
    source: Line | None = None
    attribution: Line | None = None

    def overrides(self) -> dict[str, Any]:
        """The keys that were given and that a `Document` has, by the names of its fields."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set - _NOT_OF_THE_DOCUMENT)}

    def over(self, below: ManifestEntry) -> ManifestEntry:
        """This entry, and `below` wherever this one says nothing."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return below.model_copy(update=given) if given else below


NOTHING_SAID = ManifestEntry()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is said about the documents of one corpus folder.

    corpus   the folder
    problems entries that match no file: worth telling, no reason to stop
    """

    corpus: Path
    documents: Mapping[str, ManifestEntry] = field(default_factory=dict)
    folders: Mapping[str, ManifestEntry] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def entry(self, source: str) -> ManifestEntry:
        """All that is said about the document at `source` (relative to the corpus, forward slashes).

        Raises ManifestError when its sidecar cannot be read or is wrong.
        """
        entry = NOTHING_SAID
        for folder in reversed(PurePosixPath(source).parents):
            entry = self.folders.get(str(folder), NOTHING_SAID).over(entry)
        entry = self.documents.get(source, NOTHING_SAID).over(entry)
        sidecar = self.corpus / (source + SIDECAR_SUFFIX)
        return _read_sidecar(sidecar).over(entry) if sidecar.is_file() else entry


def is_manifest(path: Path) -> bool:
    """Whether the file speaks about documents, and so is none itself."""
    return path.name == MANIFEST_NAME or path.name.endswith(SIDECAR_SUFFIX)


def load_manifest(corpus: Path) -> Manifest:
    """Read `corpus/manifest.toml`; a folder without one has an empty manifest.

    Raises ManifestError, naming the file and its line or field, when it cannot be read, is no TOML, or has an
    unknown key, a value of the wrong type, or a path that leaves the corpus.  An entry for a file that is not
    there is no error (documents get deleted): it is told in `problems`.
    """
    path = corpus / MANIFEST_NAME
    if not path.exists():
        return Manifest(corpus)
    text = _read_text(path)
    table = _parse(path, text)
    for key in table:
        if key not in ("documents", "folders"):
            where = f'line {_line_of(text, key)}, "{key}"'
            raise ManifestError(path, where, 'unknown table; expected [documents."FILE"] or [folders."FOLDER"]')
    documents = _entries(path, text, table, "documents")
    folders = _entries(path, text, table, "folders")
    problems = tuple(
        f'{path}: line {_line_of(text, name)}: "{name}" is not in the corpus; correct the name or remove the entry'
        for names, exists in ((documents, Path.is_file), (folders, Path.is_dir))
        for name in names
        if not exists(corpus / name)
    )
    return Manifest(corpus, documents, folders, problems)


def _entries(path: Path, text: str, table: Mapping[str, object], group: str) -> dict[str, ManifestEntry]:
    rows = table.get(group, {})
    if not isinstance(rows, dict):
        raise ManifestError(path, f"line {_line_of(text, group)}", f'write [{group}."NAME"] and its fields under it')
    entries: dict[str, ManifestEntry] = {}
    for name, values in rows.items():
        where = f'line {_line_of(text, name)}, [{group}."{name}"]'
        if not isinstance(values, dict):
            raise ManifestError(path, where, f'no table; a name with a dot needs quotes: [{group}."{name}.txt"]')
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or "\\" in name:
            raise ManifestError(path, where, "must be a path inside the corpus, with forward slashes")
        if str(pure) in entries:
            raise ManifestError(path, where, "the same path stands here twice; keep one entry")
        entries[str(pure)] = _validated(path, text, values, name)
    return entries


def _read_sidecar(path: Path) -> ManifestEntry:
    text = _read_text(path)
    return _validated(path, text, _parse(path, text), None)


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ManifestError(path, "", f"larger than {MAX_BYTES:,} bytes; it should hold a few lines a document")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        why = f"cannot be read ({error.strerror or error}); check that it is a file you may read"
        raise ManifestError(path, "", why) from error
    except UnicodeDecodeError as error:
        raise ManifestError(path, f"byte {error.start}", "not UTF-8; save the file as UTF-8") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ManifestError(path, "", f"not valid TOML: {error}") from error


def _validated(path: Path, text: str, values: Mapping[str, object], table: str | None) -> ManifestEntry:
    try:
        return ManifestEntry.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0])
        where = f'line {_line_of(text, key, after=table)}, field "{key}"'
        raise ManifestError(path, where, _advice(key, first["type"], first["msg"])) from error


def _advice(key: str, error_type: str, message: str) -> str:
    if error_type == "extra_forbidden":
        known = sorted(ManifestEntry.model_fields)
        near = difflib.get_close_matches(key, known, n=1)
        return f"unknown{f', did you mean {near[0]}?' if near else ''}; the fields are {', '.join(known)}"
    if key in ("audience", "subject_names"):
        return 'must be a list of names, such as ["social care", "legal"]'
    return message.removeprefix("Value error, ")


def _line_of(text: str, key: str, *, after: str | None = None) -> int:
    """The line that names `key`, the first one after the line that names `after`; 1 when neither is found."""
    start = 0
    if after is not None and (header := re.search(rf'^[^#\n]*["\'\[.]{re.escape(after)}["\'\].]', text, re.MULTILINE)):
        start = header.start()
    found = re.compile(rf"^[^#\n]*?(?<![\w-]){re.escape(key)}(?![\w-])", re.MULTILINE).search(text, start)
    return text.count("\n", 0, found.start() if found else start) + 1
