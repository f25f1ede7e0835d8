"""Which documents an asker may see; everything that shows documents goes through here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from api.problems import not_found
from api.schemas import DocumentOut, FactOut
from ingest.notice import Document
from ingest.snapshot import Snapshot
from retrieval.answer import Ask

if TYPE_CHECKING:
    from api.service import Service

Groups = frozenset[str] | None  # None: no limit


def readable(document: Document, groups: Groups) -> bool:
    """May a member of `groups` read it?  An empty audience means everyone."""
    return groups is None or not document.audience or not groups.isdisjoint(document.audience)


def visible(documents: Mapping[str, Document], groups: Groups) -> list[Document]:
    """The readable ones, by id."""
    return [documents[name] for name in sorted(documents) if readable(documents[name], groups)]


def check_scope(ask: Ask, snapshot: Snapshot) -> None:
    """Raises the 404 problem when `ask.documents` names one that is none, or none for this asker."""
    for document_id in ask.documents or ():
        document = snapshot.documents.get(document_id)
        if document is None or not readable(document, ask.groups):
            raise not_found(f"document with the id {document_id!r}")


def fetch(service: Service, groups: Groups, document_id: str, version: str | None = None) -> Document:
    """One document, or the 404 problem: the same for one that does not exist and one that is not for this asker.

    An earlier version is for those who may read the current one; a removed document has no readers.
    """
    current = service.document(document_id)
    if current is None or not readable(current, groups):
        raise not_found("document with this id")
    document = current if version is None else service.document(document_id, version)
    if document is None or not readable(document, groups):
        raise not_found("such version of this document")
    return document


def listed(documents: Mapping[str, Document], groups: Groups) -> list[DocumentOut]:
    return [DocumentOut.of(document) for document in visible(documents, groups)]


def facts_of(
    documents: Mapping[str, Document],
    groups: Groups,
    *,
    kind: str | None = None,
    subject: str | None = None,
    document: str | None = None,
) -> list[FactOut]:
    """The facts in document order; each filter left out takes all.  Raises the 404 problem for no such document."""
    shown = visible(documents, groups)
    if document is not None:
        shown = [item for item in shown if item.id == document]
        if not shown:
            raise not_found(f"document with the id {document!r}")
    if subject is not None:
        shown = [item for item in shown if is_about(item, subject)]
    return [
        FactOut.of(fact, item)
        for item in shown
        for fact in sorted(item.facts, key=lambda fact: (fact.span, fact.kind, fact.value_span))
        if kind is None or fact.kind == kind
    ]


def is_about(document: Document, subject: str) -> bool:
    """Is `subject` one of the names of the document's subject, or words of one in their order?"""
    wanted = _words(subject)
    return bool(wanted) and any(
        _stand_in(wanted, _words(name)) for name in (document.subject or "", *document.subject_names)
    )


def _stand_in(wanted: list[str], words: list[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in wanted)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold().replace("'", "").replace("’", ""))
