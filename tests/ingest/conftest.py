"""Invented documents for the tests of ingest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.catalogue import Entry
from ingest.encode import HashEncoder
from ingest.library import Library
from ingest.notice import Clause, ClauseKind, Document, Span

MakeDocument = Callable[..., Document]


def _document(
    name: str = "alpha",
    lines: Sequence[str] = ("The plan is due in May.", "The board meets each month."),
    version: str = "v1",
    **fields: object,
) -> Document:
    """A notice whose numbered clauses are `lines`."""
    text = ""
    clauses = []
    for number, line in enumerate(lines, 1):
        start = len(text)
        text += f"{number}. {line}\n\n"
        clauses.append(Clause(str(number), Span(start, len(text) - 2), ClauseKind.NUMBERED))
    made: dict[str, Any] = {
        "title": f"Notice of {name}",
        "kind": "notice",
        "subject": "Alder Council",
        "issuer": "Department",
        "issued_on": date(2020, 5, 1),
    } | fields
    source = f"{name}.txt"
    return Document(id=name, version=version, source=source, sha256="0" * 64, text=text, clauses=tuple(clauses), **made)


@pytest.fixture
def make_document() -> MakeDocument:
    return _document


@pytest.fixture
def make_entry() -> Callable[..., Entry]:
    """An Entry of a `make_document` with the same arguments."""

    def make(*args: object, **fields: object) -> Entry:
        document = _document(*args, **fields)  # type: ignore[arg-type]
        return Entry(document, document.source)

    return make


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library with the tiny encoder."""
    with Library.open(tmp_path / "data", HashEncoder()) as opened:
        yield opened
