"""A draft answer: lines of the documents' own words, each with what it rests on.  Composing numbers the citations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.notice import Clause, Document, Fact, Span
from retrieval.answer import Status
from retrieval.evidence.units import Unit


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words that a line rests on."""

    document: Document
    clause: Clause
    span: Span

    @property
    def text(self) -> str:
        return flat(self.span.of(self.document.text))

    @classmethod
    def of_unit(cls, unit: Unit) -> Quote:
        return cls(unit.document, unit.clause, unit.span)

    @classmethod
    def of_fact(cls, document: Document, fact: Fact) -> Quote:
        clause = document.clause(fact.clause)
        if clause is None:
            raise LookupError(f"{document.id} has no clause {fact.clause!r}")
        return cls(document, clause, fact.span)

    @classmethod
    def of_clause(cls, document: Document, clause: Clause) -> Quote:
        words = clause.span.of(document.text)
        start = clause.span.start + len(words) - len(words.lstrip())
        return cls(document, clause, Span(start, clause.span.start + len(words.rstrip())))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or list entry of an answer.

    text     what is shown, without its `[n]`
    quotes   what it is cited to; empty only in a reply that is no answer
    label    whose words these are ("Northam Council"), shown before the text
    derived  tokens that code worked out from the quotes (yes, no, a count, a computed date)
    """

    text: str
    quotes: tuple[Quote, ...] = ()
    label: str = ""
    derived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a strategy proposes; it becomes an answer when it verifies."""

    status: Status
    lines: tuple[Line, ...]
    value: str | None = None
    related: tuple[Quote, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 1.0
    because: tuple[str, ...] = field(default=())

    def led_by(self, *reasons: str) -> Draft:
        return replace(self, because=(*reasons, *self.because))


def answered(lines: Iterable[Line], *, value: str | None = None, confidence: float = 1.0, because: str = "") -> Draft:
    return Draft(Status.ANSWERED, tuple(lines), value, confidence=confidence, because=(because,) if because else ())


def not_found(
    message: str,
    *,
    related: Iterable[Quote] = (),
    suggestions: Iterable[str] = (),
    confidence: float = 0.0,
    because: str = "",
) -> Draft:
    return Draft(
        Status.NOT_FOUND,
        (Line(message),),
        related=tuple(related)[:3],
        suggestions=tuple(dict.fromkeys(suggestions))[:3],
        confidence=confidence,
        because=(because,) if because else (),
    )


def flat(text: str) -> str:
    """White space collapsed."""
    return re.sub(r"\s+", " ", text).strip()


def sentence(text: str) -> str:
    """Shown as a sentence: first letter up, one full stop at the end."""
    words = re.sub(r"[;,]\s+(?:and|or)$", "", flat(text).rstrip(" ;,:"))
    if not words:
        return words
    words = words[0].upper() + words[1:]
    return words if re.search(r"[.!?…][\"'”’)\]]*$", words) else f"{words}."


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number_word(number: int) -> str:
    """A count in words, up to twelve."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
