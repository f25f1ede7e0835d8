"""The vocabulary of the whole product: Document, Clause, Span and Fact.

Everything here is frozen.  A `Span` counts Unicode code points of its document's canonical text, and
the canonical text of a version never changes, so `span.of(document.text)` is always the exact quotation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in a canonical text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The exact words of the span."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start


class ClauseKind(StrEnum):
    """How a clause is laid out, which decides how its label reads."""

    NUMBERED = "numbered"  # `11`, `1.2`, `Annex A 3`
    ITEM = "item"  # `5(b)`, `5(b)(ii)`, `a)`
    PROSE = "prose"  # `para 4`, `opening`, `after 13`
    BLOCK = "block"  # `addressee`, `letterhead`, `copied to`, `signature`, `title`
    ROW = "row"  # `table 2 row 5`


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest citable unit.

    `span` covers the clause's items too: the span of `5` runs to the end of `5(e)`.
    `parent` is the label of the clause whose item this is.  Clauses come in document order, a parent
    before its items; two clauses either nest or are disjoint.
    """

    label: str
    span: Span
    kind: ClauseKind
    heading: str | None = None
    parent: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed value found at ingest.

    kind        an open list; the contract names the usual ones (`deadline`, `signatory`, `interval` …)
    value       the bare value in the document's words, `value_span.of(text)` with white space collapsed
    normalised  ISO date or month, ISO 8601 duration, number with unit, or the plain name
    clause      label of the innermost clause that holds it
    span        what to quote for it: the whole sentence, item or line (always covers `value_span`)
    topic       what the value is the value of, in the document's words ("repairs that the tenant has
                asked for"; for a person, the role); may be empty
    qualifier   words of the text that limit the value ("(within 12 months of the inspection) or sooner,
                where appropriate"); may be empty
    """

    kind: str
    value: str
    normalised: str | None
    clause: str
    span: Span
    value_span: Span
    topic: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One document's mention of another: `relation` is refers to, varies, revokes, supersedes."""

    relation: str
    target: str  # document id, or the words of the mention when it is not in the corpus
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one document, whole."""

    id: str
    version: str  # digest of the canonical text and of the metadata that the manifest sets
    source: str  # path relative to the corpus folder, with forward slashes
    sha256: str  # of the file's bytes
    title: str
    kind: str  # notice, letter, news, report, reprimand …: an open list
    subject: str | None
    issuer: str | None
    issued_on: date | None
    text: str
    clauses: tuple[Clause, ...] = ()
    facts: tuple[Fact, ...] = ()
    pages: tuple[Span, ...] = ()  # empty when the format has no pages
    links: tuple[Link, ...] = ()
    subject_names: tuple[str, ...] = field(default=())  # every name of the subject, the fullest first
    audience: tuple[str, ...] = ()  # groups that may read it; empty means everyone

    def clause(self, label: str) -> Clause | None:
        return next((c for c in self.clauses if c.label == label), None)

    def quote(self, span: Span) -> str:
        return span.of(self.text)
