"""Units: the sentences, items, lines and blocks of a document, each with the words around it that give it sense."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.notice import Clause, ClauseKind, Document, Fact, Span
from ingest.sentences import sentences
from retrieval.abbreviations import other_forms
from retrieval.anaphora import Antecedents
from retrieval.names.known import initials
from retrieval.words import stems


@dataclass(frozen=True, slots=True)
class Unit:
    """The finest quotation: a sentence, item, line or block, with the words around it that give it sense."""

    document: Document
    clause: Clause
    span: Span
    own: tuple[str, ...]  # stems of its words
    context: tuple[str, ...]  # stems of its heading and of the lead-in it stands under
    about: tuple[str, ...]  # stems of the document's title, kind, subject and issuer
    meant: tuple[str, ...] = ()  # stems that its pointing nouns stand for ("the panel"); part of the context too
    under: str = ""  # the end of the heading and lead-in that it stands under

    @property
    def in_place(self) -> str:
        """Its text after the heading and lead-in that it stands under."""
        return f"{self.under} : {self.text}" if self.under else self.text

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", self.span.of(self.document.text)).strip()

    @property
    def key(self) -> tuple[str, int, int]:
        return (self.document.id, self.span.start, self.span.end)


# A sentence that opens so speaks of something in the one before.
POINTS_BACK = re.compile(r"^[\"'“‘]?(?:It|They|This|These|That|Those|He|She|Such)\b(?! (?:Notice|notice|is given))")


UNDER = 160  # characters of a heading and lead-in that a sentence is read with
SPEECH = 6  # sentences back that a speech which goes on over paragraphs is still about
_SPEAKS = re.compile(r"\s*[“\"]")


@lru_cache(maxsize=4_096)
def units(document: Document) -> tuple[Unit, ...]:
    """Every unit of a document, in order.  A parent clause gives its lead-in only: its items speak for themselves."""
    about = stems(f"{document.title} {document.kind} {document.subject or ''} {called(document.issuer)}")
    by_label = {clause.label: clause for clause in document.clauses}
    first_item: dict[str, int] = {}
    for clause in document.clauses:
        if clause.parent:
            first_item.setdefault(clause.parent, clause.span.start)
    found: list[Unit] = []
    antecedents = Antecedents()
    speech: list[tuple[str, tuple[str, ...]]] = []  # the clauses of a speech that goes on, with their stems
    for clause in document.clauses:
        speech = speech[-SPEECH:] if _SPEAKS.match(clause.span.of(document.text)) else []
        own_end = first_item.get(clause.label, clause.span.end)
        own = Span(clause.span.start, max(clause.span.start, own_end))
        over = _context(document, clause, by_label, first_item)
        context, under = stems(over), re.sub(r"\s+", " ", over).strip()[-UNDER:]
        spans = (_trim(document.text, own),) if clause.kind is ClauseKind.BLOCK else sentences(document.text, own)
        for span in spans:
            words = stems(span.of(document.text))
            if words:
                before = found[-1].own if found and POINTS_BACK.match(span.of(document.text).lstrip()) else ()
                meant = antecedents.read(span.of(document.text))
                said = (word for label, own_words in speech if label != clause.label for word in own_words)
                around = (*context, *before, *said, *meant, *other_forms(document, words))
                found.append(Unit(document, clause, span, words, around, about, meant, under))
                if _SPEAKS.match(clause.span.of(document.text)):
                    speech.append((clause.label, words))
    return tuple(found)


_HEAD = re.compile(r" row 1$")


def is_head(unit: Unit) -> bool:
    """Whether it is the head of a table, which says what the other rows hold and nothing of its own."""
    label = unit.clause.label
    return (
        unit.clause.kind is ClauseKind.ROW
        and _HEAD.search(label) is not None
        and not any(ch.isdigit() for ch in unit.text)
        and unit.document.clause(_HEAD.sub(" row 2", label)) is not None
        and not any(f.clause == label and f.kind != "organisation" for f in unit.document.facts)
    )


def called(body: str | None) -> str:
    """A body's name with its initials, as it is called for short ("Department for Trade", "DfT")."""
    if not body:
        return ""
    every, capitals = initials(body)
    return f"{body} {capitals} {every}" if len(capitals) > 1 else body


def _context(document: Document, clause: Clause, by_label: Mapping[str, Clause], first_item: Mapping[str, int]) -> str:
    parts = [clause.heading or ""]
    parent = by_label.get(clause.parent or "")
    while parent is not None:
        parts.append(
            document.text[parent.span.start : max(first_item.get(parent.label, parent.span.end), parent.span.start)][
                -300:
            ]
        )
        parent = by_label.get(parent.parent or "")
    if clause.kind is ClauseKind.ROW and (head := by_label.get(f"{clause.label.rsplit(' ', 1)[0]} 1")) is not None:
        parts.append(head.span.of(document.text) if head is not clause else "")
    return " ".join(parts)


def _trim(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def facts_in(unit: Unit, kinds: Iterable[str]) -> tuple[Fact, ...]:
    """The facts of these kinds whose value stands in the unit."""
    wanted = set(kinds)
    return tuple(f for f in unit.document.facts if f.kind in wanted and unit.span.covers(f.value_span))


def words_in(document: Document) -> frozenset[str]:
    """The stems of a document's words, and of what it is about."""
    return frozenset(s for unit in units(document) for s in (*unit.own, *unit.about))
