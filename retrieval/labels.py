"""What documents are called in an answer: a subject, a day, a list of names."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.names import same
from ingest.notice import Document


def listed(words: Iterable[str]) -> str:
    """ "A, B and C"."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "nothing"


def label_of(document: Document, others: Iterable[Document] = ()) -> str:
    """What to call a document beside others: its subject, with kind and date where the subject repeats."""
    if not document.subject:
        return document.title
    same_subject = [d for d in others if d.id != document.id and d.subject and same(d.subject, document.subject)]
    return f"{document.subject}, {document.kind}, {day_of(document)}" if same_subject else document.subject


def day_of(document: Document) -> str:
    """When a document was issued, in words."""
    return f"{document.issued_on:%-d %B %Y}" if document.issued_on else "undated"
