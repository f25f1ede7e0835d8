"""A raw document made into a Document: clauses, metadata, facts and links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ingest import facts
from ingest.clauses import split_pages
from ingest.ids import document_id
from ingest.links import find_links
from ingest.metadata import describe
from ingest.names import variants
from ingest.notice import Document, Fact
from ingest.raw import RawDocument


def parse(raw: RawDocument, *, source: str, sha256: str, overrides: Mapping[str, Any] | None = None) -> Document:
    """The whole document.

    source     the file's path relative to the corpus folder, with forward slashes
    sha256     of the file's bytes, in hexadecimal
    overrides  fields of Document that a manifest or sidecar sets, by name; they win over what is found
    """
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    clauses, pages = split_pages(raw)
    found = describe(raw, clauses, source)
    document = Document(
        id=document_id(source),
        version=version_of(raw.text, given),
        source=source,
        sha256=sha256,
        title=found.title,
        kind=found.kind,
        subject=found.subject,
        issuer=found.issuer,
        issued_on=found.issued_on,
        text=raw.text,
        clauses=clauses,
        pages=pages,
        subject_names=found.subject_names,
    )
    if "subject" in given and "subject_names" not in given:
        given["subject_names"] = variants(str(given["subject"]), raw.text)
    document = replace(document, **given)
    document = replace(document, facts=_facts(document))
    return replace(document, links=find_links(document))


def version_of(text: str, overrides: Mapping[str, Any]) -> str:
    """Digest of the canonical text and of what a manifest sets: 16 hexadecimal digits."""
    said = json.dumps({k: overrides[k] for k in sorted(overrides)}, default=str, ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass") + b"\0" + said.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _facts(document: Document) -> tuple[Fact, ...]:
    find: Callable[[Document], tuple[Fact, ...]] | None = getattr(facts, "find_facts", None)
    return find(document) if find is not None else ()
