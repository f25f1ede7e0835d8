"""Sections: the runs of clauses under one heading, with what stands round them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.notice import Clause, ClauseKind, Document, Span
from ingest.sentences import sentences
from retrieval.abbreviations import abbreviations
from retrieval.context import Context
from retrieval.draft import Line, Quote, flat
from retrieval.evidence.units import units
from retrieval.lookup import whole
from retrieval.words import STOP, content_stems, stem, stems

# Words that call for a list without telling of what.
OF_LISTS = frozenset(
    stem(w)
    for w in (
        "list area areas action actions thing things point points item items need needs needed required must should "
        "better main key all every give step steps follow made make given set out bullet bullets heading headed "
        "further take taken noted identified"
    ).split()
)
_SMALL = frozenset(stem(word) for word in STOP)
_NUMBER = re.compile(r"^\s*(?:(?:\d+|[A-Z]|[IVX]+)[.)]\s*)+(?=\S)")
_LEAD_WORDS = 60  # words of a paragraph that leads into the numbers under it


@dataclass(frozen=True, slots=True)
class Section:
    """Clauses under one heading, the top ones only and in order.

    before  the first sentence under the heading before, after  the next heading: both tell whose section it is
    """

    document: Document
    heading: str
    clauses: tuple[Clause, ...]
    before: str
    after: str

    @property
    def words(self) -> frozenset[str]:
        """The stems of the heading that tell what is listed."""
        words = frozenset(content_stems(_NUMBER.sub("", self.heading))) - OF_LISTS
        return words - about(self.document) or words

    @property
    def lead(self) -> str:
        """What leads into the list: the first clause's own words, where others or its items follow from it."""
        first = self.clauses[0]
        words = flat(_own(self.document, first).of(self.document.text))
        numbers = first.kind is ClauseKind.PROSE and any(c.kind is ClauseKind.NUMBERED for c in self.clauses)
        return words if numbers or words.endswith(":") or _has_items(self.document, first) else ""

    def covers(self, word: str) -> bool:
        """Whether a word of the question tells of this section and not of something in it."""
        around = self.around | about(self.document)
        return word in around or any(
            (word == short and around >= set(long)) or (word in long and short in around)
            for short, long in abbreviations(self.document)
        )

    @property
    def around(self) -> frozenset[str]:
        return frozenset(stems(f"{self.heading} {self.lead} {self.before} {self.after}"))

    def listed(self) -> tuple[Clause, ...]:
        """The clauses that make the list, without the paragraphs that follow it."""
        leading = [
            c
            for c in self.clauses
            if _has_items(self.document, c) and self.words & set(stems(_own(self.document, c).of(self.document.text)))
        ]
        if leading:
            return tuple(leading)
        numbered = [at for at, c in enumerate(self.clauses) if c.kind is ClauseKind.NUMBERED]
        if not numbered:
            return self.clauses
        first, last = numbered[0], numbered[-1]
        lead = self.clauses[first - 1 : first] if first else ()
        if lead and len(lead[0].span.of(self.document.text).split()) > _LEAD_WORDS:
            lead = ()
        return (*lead, *self.clauses[first : last + 1])

    def lines(self) -> list[Line]:
        return [line for clause in self.listed() for line in shown(self.document, clause)]

    @property
    def is_list(self) -> bool:
        return len(self.clauses) > 1 or _has_items(self.document, self.clauses[0])


@lru_cache(maxsize=512)
def sections(document: Document) -> tuple[Section, ...]:
    """Every run of clauses under one heading, in order."""
    runs: list[tuple[str, list[Clause]]] = []
    for clause in document.clauses:
        if clause.parent is not None or clause.kind is ClauseKind.BLOCK:
            continue
        heading = clause.heading or ""
        if runs and runs[-1][0] == heading:
            runs[-1][1].append(clause)
        else:
            runs.append((heading, [clause]))
    found = []
    for at, (heading, clauses) in enumerate(runs):
        before = sentences(document.text, runs[at - 1][1][0].span)[:1] if at else ()
        found.append(
            Section(
                document,
                heading,
                tuple(clauses),
                before[0].of(document.text) if before else "",
                runs[at + 1][0] if at + 1 < len(runs) else "",
            )
        )
    return tuple(section for section in found if section.heading)


def asked_words(words: frozenset[str] | set[str]) -> frozenset[str]:
    """The stems that tell what is listed, of all those of a question."""
    return frozenset(words) - OF_LISTS - _SMALL


@lru_cache(maxsize=512)
def about(document: Document) -> frozenset[str]:
    """Stems of the document's title, kind, subject and issuer."""
    first = units(document)
    return frozenset(first[0].about) if first else frozenset()


def is_described(context: Context, document: Document) -> bool:
    """Whether the words that tell which paper is meant are those of this one."""
    return len(context.scope.documents) == 1 or {t.stem for t in context.question.described} <= about(document)


def shown(document: Document, clause: Clause) -> list[Line]:
    """A clause line by line, as `whole` shows it; a lead-in without items of its own keeps its colon."""
    words = flat(clause.span.of(document.text))
    if words.endswith(":") and not _has_items(document, clause):
        return [Line(words, (Quote.of_clause(document, clause),))]
    return whole(document, clause)


def _has_items(document: Document, clause: Clause) -> bool:
    return any(c.parent == clause.label for c in document.clauses)


def _own(document: Document, clause: Clause) -> Span:
    """The clause without its items."""
    first = next((c for c in document.clauses if c.parent == clause.label), None)
    return Span(clause.span.start, first.span.start if first else clause.span.end)
