"""One file in, its documents out: read, parsed and checked.  An attachment is a document of its own."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.catalogue import Entry
from ingest.corpus import CorpusFile, SyncProblem, content_of
from ingest.errors import ClausewiseError, ReadError
from ingest.ids import document_id
from ingest.limits import Limits
from ingest.notice import Document
from ingest.parse import parse
from ingest.raw import RawDocument
from ingest.read import read_bytes

log = logging.getLogger(__name__)

DEPTH = 3  # a message in a message in a message
# What keeps documents and does not make them: a change there is no reason to parse anything again.
STORAGE = frozenset(
    "ahead arrays catalogue chunks corpus database dense embeddings encode errors exported lexical library limits lock "
    "manifest plan records report settings snapshot sync tables terms vectors watch weights".split()
)

Overrides = Mapping[str, Any]
ReadBytes = Callable[[bytes, str, Limits], RawDocument]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one file gave: its documents, the file's own first, and what of it could not be used.

    notes   parts of documents that were not read, and why; the rest of them is in `entries`
    """

    entries: tuple[Entry, ...]
    problems: tuple[SyncProblem, ...] = ()
    notes: tuple[SyncProblem, ...] = ()


def take_in(file: CorpusFile, overrides: Overrides, limits: Limits, read: ReadBytes = read_bytes) -> Taken:
    """Read and parse one file.  Whatever is wrong with it is a problem in the result, never an exception."""
    said = overrides_digest(overrides)
    problems: list[SyncProblem] = []
    notes: list[SyncProblem] = []
    entries: list[Entry] = []

    def one(content: bytes, source: str, name: str | None, depth: int, holder: Document | None = None) -> None:
        try:
            raw = read(content, source, limits)
            sha256 = hashlib.sha256(content).hexdigest()
            document = parse(raw, source=source, sha256=sha256, overrides=overrides)
            if holder is not None and (lent := _lent(holder, document)):
                document = parse(raw, source=source, sha256=sha256, overrides={**overrides, **lent})
            if name is not None:
                document = replace(document, id=name)
            check(document)
        except ClausewiseError as error:
            problems.append(SyncProblem(source, error.why if isinstance(error, ReadError) else str(error)))
            return
        except Exception as error:  # one hostile file must not stop the others
            log.warning("%r cannot be parsed", source, exc_info=True)
            problems.append(SyncProblem(source, f"it cannot be parsed ({type(error).__name__}): please report this"))
            return
        notes.extend(SyncProblem(source, why) for why in raw.notes)
        # what was not read may be another time, so the file is looked at again
        entries.append(Entry(document, file.source, said, "" if raw.notes else parser_digest()))
        taken = {entry.document.id for entry in entries}
        for attachment in raw.attachments:
            inner = f"{source}/{safe_name(attachment.name)}"
            if depth >= DEPTH:
                problems.append(SyncProblem(inner, "it is attached too deep: save it as a file of its own"))
                continue
            free = free_id(f"{document.id}-{document_id(attachment.name)}", taken)
            one(attachment.content, inner, free, depth + 1, document)
            taken |= {entry.document.id for entry in entries}

    try:
        one(content_of(file), file.source, None, 0)
    except ReadError as error:
        problems.append(SyncProblem(file.source, error.why))
    return Taken(tuple(entries), tuple(problems), tuple(notes))


def _lent(holder: Document, document: Document) -> dict[str, Any]:
    """What a document lacks and the message that it was attached to has: whom it is about and who sent it."""
    lent: dict[str, Any] = {}
    if document.subject is None and holder.subject is not None:
        lent |= {"subject": holder.subject, "subject_names": holder.subject_names}
    if document.issuer is None and holder.issuer is not None:
        lent["issuer"] = holder.issuer
    return lent


def check(document: Document) -> None:
    """Refuse a document whose clauses could not be cited.  Raises ReadError, which names the first fault."""

    def fault(why: str) -> ReadError:
        return ReadError(document.source, f"{why}: please report this")

    try:
        repr(document).encode("utf-8")
        document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(document.source, f"its text is not valid Unicode ({error.reason})") from error
    length = len(document.text)
    labels: set[str] = set()
    for clause in document.clauses:
        if clause.label in labels:
            raise fault(f"two clauses have the label {clause.label!r}")
        labels.add(clause.label)
        if clause.span.end > length:
            raise fault(f"clause {clause.label!r} runs past the end of the text")
    for fact in document.facts:
        if fact.clause not in labels or fact.span.end > length or not fact.span.covers(fact.value_span):
            raise fault(f"the {fact.kind} {fact.value!r} stands in no clause")
    if any(part.span.end > length for part in document.links) or any(page.end > length for page in document.pages):
        raise fault("a link or a page runs past the end of the text")


def safe_name(name: str) -> str:
    """An attachment's name as one step of a path."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "") or "attachment"


def free_id(wanted: str, taken: set[str]) -> str:
    """`wanted`, or the same with the first free number behind it."""
    return next(name for n in range(1, len(taken) + 2) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken)


def overrides_digest(overrides: Overrides) -> str:
    """Names what a manifest says of a file, so that a change there is seen."""
    said = json.dumps({name: overrides[name] for name in sorted(overrides)}, default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=1)
def parser_digest() -> str:
    """Names the code that makes documents, so that an upgrade parses every file again."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(folder)
        if relative.parent != Path() or relative.stem not in STORAGE:
            digest.update(f"{relative.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
