"""One chunk a clause: its own words, after the context that tells near-copies apart."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ingest.notice import Clause, ClauseKind, Document, Span

LEAD_IN = 400  # code points of a lead-in that go into its items' context, counted from its end


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is indexed (`text`) and embedded (`embedded`) for one clause.

    text   the context, a line break, and the clause's own words, white space collapsed
    own    where the own words start in `text`
    """

    document_id: str
    version: str
    label: str
    span: Span
    text: str
    own: int = 0

    @property
    def words(self) -> str:
        """The clause's own words."""
        return self.text[self.own :]

    @property
    def embedded(self) -> str:
        """What its vector stands for: the own words.  The context tells documents apart, which is for words to do."""
        return self.words

    @property
    def key(self) -> str:
        """The vector's id.  It names what was embedded too, so a vector never stands for other words than its own."""
        digest = hashlib.blake2b(self.embedded.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        return f"{self.document_id}@{self.version}#{self.label}~{digest}"


def chunks(document: Document) -> tuple[Chunk, ...]:
    """The chunks of a document, one a clause, in the order of its clauses."""
    by_label = {clause.label: clause for clause in document.clauses}
    first_item: dict[str, int] = {}
    for clause in document.clauses:
        if clause.parent is not None:
            start = first_item.get(clause.parent, clause.span.start)
            first_item[clause.parent] = min(start, clause.span.start)
    about = _about(document)
    return tuple(_chunk(document, clause, about, by_label, first_item) for clause in document.clauses)


def _chunk(
    document: Document, clause: Clause, about: str, by_label: dict[str, Clause], first_item: dict[str, int]
) -> Chunk:
    context = [about]
    if clause.heading:
        context.append(_flat(clause.heading))
    for ancestor in _ancestors(clause, by_label):
        lead_in = document.text[ancestor.span.start : max(ancestor.span.start, first_item[ancestor.label])]
        if _flat(lead_in):
            context.append(_tail(_flat(lead_in)))
    if clause.kind is ClauseKind.ROW:
        header = _header_row(clause, by_label)
        if header is not None:
            context.append(_flat(document.quote(header.span)))
    head = "\n".join(part for part in context if part)
    words = _flat(document.quote(clause.span))
    return Chunk(document.id, document.version, clause.label, clause.span, f"{head}\n{words}", own=len(head) + 1)


def _about(document: Document) -> str:
    """The title — kind, subject, issue date: what a clause of this document is a clause of."""
    issued = f"{document.issued_on.day} {document.issued_on:%B %Y}" if document.issued_on else ""
    rest = ", ".join(part for part in (document.kind, document.subject or "", issued) if part)
    return _flat(f"{document.title} — {rest}" if rest else document.title)


def _ancestors(clause: Clause, by_label: dict[str, Clause]) -> list[Clause]:
    """The clauses whose item this is, the outermost first."""
    found: list[Clause] = []
    label = clause.parent
    while label is not None and label in by_label and by_label[label] not in found:
        found.append(by_label[label])
        label = by_label[label].parent
    return found[::-1]


def _header_row(clause: Clause, by_label: dict[str, Clause]) -> Clause | None:
    """The first row of the table that a row stands in, unless it is the row itself."""
    table = re.match(r"(.*\brow )\d+$", clause.label)
    header = by_label.get(f"{table[1]}1") if table else None
    return header if header is not clause else None


def _tail(text: str) -> str:
    """The end of a long lead-in, from the start of a sentence where there is one: the items hang on its end."""
    if len(text) <= LEAD_IN:
        return text
    tail = text[-LEAD_IN:]
    sentence = re.search(r"(?<=[.;:])\s+(?=\S)", tail)
    return tail[sentence.end() :] if sentence else tail[tail.find(" ") + 1 :]


def _flat(text: str) -> str:
    return " ".join(text.split())
