"""Documents made of labelled clauses, so that facts are tested apart from clause splitting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ingest.facts import find_facts
from ingest.notice import Clause, ClauseKind, Document, Fact, Span

BLOCKS = ("addressee", "letterhead", "signature", "copied to", "title")


def make_document(clauses: Mapping[str, str], **fields: Any) -> Document:
    """A document whose clauses stand one after the other, parted by a blank line; `5(b)` is an item of `5`."""
    text, made = "", []
    for label, words in clauses.items():
        text += "\n\n" if text else ""
        start = len(text)
        text += words
        kind = (
            ClauseKind.BLOCK
            if label.startswith(BLOCKS)
            else ClauseKind.NUMBERED
            if label[0].isdigit()
            else ClauseKind.PROSE
        )
        made.append(Clause(label, Span(start, len(text)), kind))
    defaults: dict[str, Any] = {
        "id": "invented",
        "version": "0",
        "source": "invented.txt",
        "sha256": "0" * 64,
        "title": "Invented",
        "kind": "letter",
        "subject": None,
        "issuer": None,
        "issued_on": None,
    }
    return Document(**{**defaults, **fields}, text=text, clauses=tuple(made))


Finder = Callable[..., tuple[Fact, ...]]


@pytest.fixture
def facts() -> Finder:
    """Facts of one kind, in a document of the given clauses (or of one sentence)."""

    def find(kind: str, clauses: Mapping[str, str] | str, **fields: Any) -> tuple[Fact, ...]:
        given = {"para 1": clauses} if isinstance(clauses, str) else clauses
        document = make_document(given, **fields)
        found = find_facts(document)
        for fact in found:
            assert " ".join(fact.value_span.of(document.text).split()) == fact.value
            assert fact.span.covers(fact.value_span)
        return tuple(f for f in found if f.kind == kind)

    return find
