"""A document as a page: every character of its text, each clause an element with its anchor, cited words marked."""

from __future__ import annotations

from api.templates import render
from ingest.notice import Document, Span


def document_page(document: Document, marked: Span, *, current: bool) -> str:
    return render("document.html", document=document, current=current)
