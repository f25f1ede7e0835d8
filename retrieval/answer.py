"""What goes into the pipeline (Ask) and what comes out (Answer).  Plain data: the API adds the wire form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    ANSWERED = "answered"
    NOT_FOUND = "not_found"  # the documents do not say
    DECLINED = "declined"  # no question about the documents


@dataclass(frozen=True, slots=True)
class Ask:
    """One question as asked.

    `documents` limits the search to these ids, `as_at` to documents issued by that day (undated ones stay
    in), `groups` to documents whose audience is empty or meets the asker's groups (None: no limit).
    """

    question: str
    conversation_id: str | None = None
    documents: tuple[str, ...] | None = None
    as_at: date | None = None
    groups: frozenset[str] | None = None
    asker: str = ""  # a conversation belongs to its asker


@dataclass(frozen=True, slots=True)
class Citation:
    """A document, a clause and the exact words: `quote == text[start:end]` of that version."""

    number: int  # citations[n - 1] is cited as [n]
    document_id: str
    version: str
    title: str
    kind: str
    issued_on: date | None
    clause: str
    heading: str | None
    quote: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply: plain text whose every sentence ends in its `[n]`, and the citations it rests on.

    `lines` is the same text line by line, for a list or a table of several documents; `text` joins them with spaces.
    """

    status: Status
    text: str
    lines: tuple[str, ...] = ()
    value: str | None = None
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()  # nearest clauses of a reply that is not an answer
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0  # 0..1, calibrated
    because: tuple[str, ...] = ()  # how the answer came about, one line a step
    conversation_id: str = ""
    answer_id: str = ""
    took_ms: float = 0.0
