"""The wire models: what goes in and out over HTTP, exactly as the public contract names it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.anchors import anchor, anchors, document_url
from ingest.notice import Document, Fact
from ingest.report import SyncReport
from retrieval.answer import Answer, Citation

QUESTION_LIMIT = 1000
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_question(question: str) -> str:
    """The trimmed question.  Raises ValueError in words that a user can act on."""
    trimmed = check_text(question).strip()
    if not trimmed:
        raise ValueError("the question is empty; type a question")
    if len(trimmed) > QUESTION_LIMIT:
        raise ValueError(f"the question is {len(trimmed):,} characters long; shorten it to {QUESTION_LIMIT:,} or fewer")
    if not any(character.isalnum() for character in trimmed):
        raise ValueError("the question has no letter or digit; ask it in words")
    return trimmed


def check_text(text: str) -> str:
    """Refuse what UTF-8 cannot carry (half a surrogate pair), which JSON escapes let through."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("the text holds half a character (a lone surrogate); send whole characters") from error
    return text


def _iso_date(value: object) -> object:
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("no such day in the calendar; send a date written YYYY-MM-DD") from error
    if isinstance(value, date):
        return value
    raise ValueError("send a date written YYYY-MM-DD")


def _path(text: str) -> str:
    if "\0" in text:
        raise ValueError("no path holds a NUL character")
    return text


Text = Annotated[str, AfterValidator(check_text)]
PathText = Annotated[Text, AfterValidator(_path), StringConstraints(min_length=1, max_length=4096)]
Identifier = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
Day = Annotated[date, BeforeValidator(_iso_date)]


class Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AskIn(Wire):
    """One question."""

    question: Annotated[str, AfterValidator(check_question)] = Field(
        json_schema_extra={"minLength": 1},
        description="1 to 1,000 characters after trimming, with at least one letter or digit.",
        examples=["when must Sefton deliver its plan?"],
    )
    conversation_id: Annotated[Text, StringConstraints(max_length=200)] | None = Field(
        default=None, description="The id of an earlier reply, for a follow-up question."
    )
    documents: Annotated[list[Identifier], Field(max_length=1000)] | None = Field(
        default=None, description="Document ids to search in; null for all."
    )
    as_at: Day | None = Field(default=None, description="Only documents issued by this day (undated ones stay in).")


class CitationOut(Wire):
    """A document, a clause and the exact words: `quote` is `text[start:end]` of that version."""

    number: int
    document_id: str
    title: str
    kind: str
    issued_on: date | None
    clause: str
    heading: str | None
    quote: str
    start: int = Field(description="In Unicode code points of the document's canonical text.")
    end: int
    page: int | None
    version: str
    subject: str | None = Field(default=None, description="Whom or what the document is about.")
    url: str = Field(description="Page of the document at the clause, relative to the service's root.")

    @classmethod
    def of(cls, citation: Citation, document: Document | None) -> CitationOut:
        """`document` is the cited version when it is at hand; it makes the anchor exact."""
        known = anchors(clause.label for clause in document.clauses) if document else {}
        fragment = known.get(citation.clause, anchor(citation.clause))
        return cls(
            number=citation.number,
            document_id=citation.document_id,
            title=citation.title,
            kind=citation.kind,
            issued_on=citation.issued_on,
            clause=citation.clause,
            heading=citation.heading,
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            page=citation.page,
            version=citation.version,
            subject=document.subject if document else None,
            url=document_url(citation.document_id, fragment),
        )


class AnswerOut(Wire):
    """The reply to a question."""

    status: Literal["answered", "not_found", "declined"]
    answer: str = Field(description="Plain text; [n] is citations[n-1].")
    value: str | None = Field(description="The bare value, where the question asks for one.")
    citations: list[CitationOut]
    conversation_id: str
    answer_id: str
    took_ms: float
    related: list[CitationOut] = Field(default=[], description="Nearest clauses of a reply that is not an answer.")
    suggestions: list[str] = Field(default=[], description="Questions that the documents do answer.")
    confidence: float = Field(default=0.0, description="0 to 1.")
    lines: list[str] = Field(default=[], description="The same answer line by line, where it is a list.")
    because: list[str] = Field(default=[], description="How the answer came about, one line a step.")


def answer_out(answer: Answer, documents: dict[tuple[str, str], Document]) -> AnswerOut:
    """The wire form of `answer`; `documents` by (id, version) make the anchors exact."""

    def wire(citations: tuple[Citation, ...]) -> list[CitationOut]:
        return [CitationOut.of(item, documents.get((item.document_id, item.version))) for item in citations]

    return AnswerOut(
        status=answer.status.value,
        answer=" ".join(answer.text.split()),
        value=answer.value,
        citations=wire(answer.citations),
        related=wire(answer.related),
        suggestions=list(answer.suggestions),
        confidence=answer.confidence,
        lines=[" ".join(line.split()) for line in answer.lines],
        because=list(answer.because),
        conversation_id=answer.conversation_id,
        answer_id=answer.answer_id,
        took_ms=round(answer.took_ms, 1),
    )


class DocumentOut(Wire):
    """One document, without its text."""

    id: str
    title: str
    kind: str
    subject: str | None
    issuer: str | None
    issued_on: date | None
    clauses: int = Field(description="How many clauses it has.")
    source: str = Field(description="Path of the file relative to the corpus folder.")
    sha256: str
    version: str

    @classmethod
    def of(cls, document: Document) -> DocumentOut:
        return cls(**_listed(document))  # type: ignore[arg-type]


class DocumentsOut(Wire):
    documents: list[DocumentOut]


class ClauseOut(Wire):
    clause: str
    heading: str | None
    start: int
    end: int
    page: int | None


class DocumentTextOut(DocumentOut):
    """One version of one document, whole."""

    text: str = Field(description="The canonical text; spans count its Unicode code points.")
    clause_list: list[ClauseOut]

    @classmethod
    def of(cls, document: Document) -> DocumentTextOut:
        clauses = [
            ClauseOut(clause=c.label, heading=c.heading, start=c.span.start, end=c.span.end, page=c.page)
            for c in document.clauses
        ]
        return cls(**_listed(document), text=document.text, clause_list=clauses)  # type: ignore[arg-type]


def _listed(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "subject": document.subject,
        "issuer": document.issuer,
        "issued_on": document.issued_on,
        "clauses": len(document.clauses),
        "source": document.source,
        "sha256": document.sha256,
        "version": document.version,
    }


class FactOut(Wire):
    """A typed value found at ingest; `quote` is `text[start:end]` of its document."""

    kind: str
    value: str
    normalised: str | None
    document_id: str
    clause: str
    quote: str
    start: int
    end: int
    topic: str = ""

    @classmethod
    def of(cls, fact: Fact, document: Document) -> FactOut:
        return cls(
            kind=fact.kind,
            value=fact.value,
            normalised=fact.normalised,
            document_id=document.id,
            clause=fact.clause,
            quote=document.quote(fact.span),
            start=fact.span.start,
            end=fact.span.end,
            topic=fact.topic,
        )


class FactsOut(Wire):
    facts: list[FactOut]


class FeedbackIn(Wire):
    """Was an answer of use?"""

    answer_id: Identifier
    helpful: bool
    comment: Annotated[Text, StringConstraints(max_length=2000)] | None = None


class IngestIn(Wire):
    """What to bring in step.  Paths are those of the service's machine, and only its own commands may name them."""

    corpus: PathText | None = Field(default=None, description="The folder; null for the service's own.")
    paths: Annotated[list[PathText], Field(max_length=10_000)] | None = None
    dry_run: bool = False
    rebuild_vectors: bool = False


class SyncProblemOut(Wire):
    source: str
    why: str


class SyncOut(Wire):
    """What a sync did, by document id."""

    created: list[str]
    updated: list[str]
    deleted: list[str]
    skipped: list[str]
    renamed: list[tuple[str, str]]
    duplicates: list[tuple[str, str]]
    problems: list[SyncProblemOut]
    notes: list[str]
    embedded: int
    dry_run: bool
    summary: str

    @classmethod
    def of(cls, report: SyncReport) -> SyncOut:
        return cls(
            created=list(report.created),
            updated=list(report.updated),
            deleted=list(report.deleted),
            skipped=list(report.skipped),
            renamed=list(report.renamed),
            duplicates=list(report.duplicates),
            problems=[SyncProblemOut(source=problem.source, why=problem.why) for problem in report.problems],
            notes=list(report.notes),
            embedded=report.embedded,
            dry_run=report.dry_run,
            summary=report.summary(),
        )


class ReplayIn(Wire):
    answer_id: Identifier


class ReplayOut(Wire):
    """An answer as it was given and as it would be given now."""

    same: bool
    at: str = Field(description="When it was given, ISO 8601 in UTC.")
    then: AnswerOut
    now: AnswerOut
    changes: list[str] = Field(description="What is another, in words.")
    causes: list[str] = Field(description="What has changed since that may be why.")


class UploadOut(Wire):
    """What an upload did, by document id."""

    created: list[str]
    updated: list[str]
    skipped: list[str] = Field(description="Those that were indexed already, with the same content.")
    documents: list[DocumentOut]


class DeletedOut(Wire):
    deleted: list[str] = Field(description="The document, and what was attached to it.")


class TokenIn(Wire):
    """What a widget's token is to allow."""

    origin: Identifier = Field(description="Site of the page, such as https://intranet.example.")
    asker: Annotated[Text, StringConstraints(max_length=200)] | None = Field(
        default=None, description="Who will ask, for the audit."
    )
    groups: Annotated[list[Identifier], Field(max_length=200)] | None = Field(
        default=None, description="Groups of the asker, out of the key's own; null for all of those."
    )
    seconds: int = Field(default=900, ge=30, le=3600)


class TokenOut(Wire):
    token: str
    expires_in: int = Field(description="Seconds.")


class PartOut(Wire):
    """A run of a passage's words, marked when they are the ones cited."""

    text: str
    marked: bool


class PassageClauseOut(Wire):
    """One clause of a passage in reading order; `depth` 0 is a paragraph, 1 an item under it."""

    clause: str
    heading: str | None
    depth: int
    parts: list[PartOut]


class PassageOut(Wire):
    """The clauses around a span, cut into parts so that a client need not count code points."""

    document: DocumentOut
    clause: str
    url: str
    clauses: list[PassageClauseOut]


class ErrorOut(BaseModel):
    pointer: str
    detail: str


class ProblemOut(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorOut] = []


class StartersOut(Wire):
    starters: list[str]


class StatusOut(Wire):
    status: str
