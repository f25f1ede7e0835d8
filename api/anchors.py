"""Clause labels as they stand in a URL: `5(b)` is `#clause-5-b`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def anchor(label: str) -> str:
    """`clause-` and the label's letters and digits, every other run of characters one hyphen."""
    return "clause-" + _NOT_ALPHANUMERIC.sub("-", label).strip("-")


def anchors(labels: Iterable[str]) -> dict[str, str]:
    """One anchor for each label of a document, unique in the page: a second `clause-1-2` gets `clause-1-2--2`."""
    out: dict[str, str] = {}
    taken: dict[str, int] = {}
    for label in labels:
        base = anchor(label)
        taken[base] = taken.get(base, 0) + 1
        out[label] = base if taken[base] == 1 else f"{base}--{taken[base]}"
    return out


_NUMBERED = re.compile(r"[A-Z]?\d[\w.]*(?:\(\w+\))*")


def place(label: str) -> str:
    """A label as a reader says it: `clause 5(b)`, `paragraph 4`, `signature`, `item a)`, `table 2 row 5`."""
    if label.startswith("para "):
        return f"paragraph {label.removeprefix('para ')}"
    if _NUMBERED.fullmatch(label):
        return f"clause {label}"
    return f"item {label}" if label.endswith(")") and " " not in label else label


def named(title: str, subject: str | None) -> str:
    """The title, and whom the document is about where the title does not say."""
    return title if not subject or subject in title else f"{title}: {subject}"


def document_url(document_id: str, fragment: str = "", **query: str | int | None) -> str:
    """Address of a document page, relative to the service's root (`/documents/...`)."""
    terms = {name: value for name, value in query.items() if value is not None}
    return (
        f"/documents/{quote(document_id, safe='')}"
        + (f"?{urlencode(terms)}" if terms else "")
        + (f"#{quote(fragment, safe='')}" if fragment else "")
    )
