"""Which documents an asker may see; every route that shows documents goes through here."""

from __future__ import annotations

from collections.abc import Mapping

from api.auth import Asker
from api.problems import not_found
from api.service import Service
from ingest.notice import Document


def readable(document: Document, groups: frozenset[str] | None) -> bool:
    """May a member of `groups` (None: no limit) read it?  An empty audience means everyone."""
    return groups is None or not document.audience or not groups.isdisjoint(document.audience)


def visible(documents: Mapping[str, Document], groups: frozenset[str] | None) -> list[Document]:
    """The readable ones, by id."""
    return [documents[name] for name in sorted(documents) if readable(documents[name], groups)]


def fetch(service: Service, asker: Asker, document_id: str, version: str | None = None) -> Document:
    """One document, or the 404 problem, the same for a document that is none and for one that is not for this asker.

    An earlier version is for those who may read the current one; a removed document has no readers.
    """
    current = service.document(document_id)
    if current is None or not readable(current, asker.groups):
        raise not_found("document with this id")
    document = current if version is None else service.document(document_id, version)
    if document is None or not readable(document, asker.groups):
        raise not_found("such version of this document")
    return document
