"""Lists that a heading introduces, and numbered findings with their explanations between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.notice import Clause, ClauseKind, Document
from ingest.sentences import sentences
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, sentence
from retrieval.evidence.units import Unit, units
from retrieval.passages.sections import Section, about, asked_words, is_described, sections
from retrieval.wants import Want
from retrieval.words import PAPER, fold, stem, stems

_MOST = 15  # clauses under a heading that are still a list
_RUN = 4  # words in a row that a question and a heading share when the heading is meant
_FINDING = 60  # words of a numbered finding that are shown

_CALLS = (
    r"\b(?:list|what (?:are|were|is|was|must|needs?|should|does|do|did|will|has|have)|which"
    r"|what (?:\w+ )?\w+s|all|every|give|areas?|actions?|things|points?)\b"
)
_ASKS = re.compile(r"\b(?:who|what|which|when|where|why|how)\b", re.I)
_QUOTED = re.compile(r"[“\"‘]([^”\"’]{4,80})[”\"’]|\b(?:under|headed|heading|titled) [“\"‘']?([A-Z][\w ,’'-]{3,60})")
# Who recommends tells nothing of what is recommended.
_AGENT = re.compile(
    r"\b(?:do|does|did|has|have) (?:the )?((?:[\w.&'’-]+ ){1,4}?)(?:recommend|advise|suggest|ask|want|require|expect)",
    re.I,
)
_PAPERS = frozenset(map(stem, PAPER)) | {stem("report")}
_LEADS_ON = re.compile(r"(?::|\bfollowing(?: \w+)?[.:])$", re.I)


def under_heading(context: Context) -> Draft | None:
    """The clauses under the heading that a question asks of ("what are the recommendations", "mitigating factors")."""
    question = context.question
    if question.want not in (Want.LIST, Want.OPEN, Want.DUE):
        return None
    topic = _topic(context)
    elliptic = len(topic) > 1 and not _ASKS.search(question.text) and len(question.text.split()) <= 8
    if not elliptic and not question.says(_CALLS):
        return None
    for document in context.scope.documents:
        if not is_described(context, document):
            continue
        if fitting := _fitting(context, topic, document):
            lines = [line for section in fitting for line in section.lines()]
            return answered(lines, confidence=0.8, because=f"the clauses of {document.id} under “{fitting[0].heading}”")
    return None


def _fitting(context: Context, topic: frozenset[str], document: Document) -> tuple[Section, ...]:
    """The sections of a document whose heading the question names, by its words or by its wording."""
    short = [s for s in sections(document) if len(s.clauses) <= _MOST]
    if named := tuple(s for s in short if _is_quoted(context.question.text, s)):
        return named
    by_words: list[tuple[int, Section]] = []
    for section in short:
        words = section.words
        rest = topic - words - _PAPERS
        if not words or not words <= topic or not all(section.covers(word) for word in rest):
            continue
        if not section.is_list and (rest or len(words) < 2):
            continue
        whose = frozenset(stems(f"{section.before} {section.after}"))
        by_words.append((sum(word in whose for word in rest), section))
    if by_words:
        most = max(count for count, _ in by_words)
        return tuple(section for count, section in by_words if count == most)
    return tuple(s for s in short if s.is_list and _shares_a_run(context.question.text, s.heading))


def _topic(context: Context) -> frozenset[str]:
    words = {word for t in context.question.topic for word in t.stem.split()}
    agent = _AGENT.search(context.question.text)
    if agent:
        known = {word for d in context.scope.documents for word in about(d)}
        words -= {
            stemmed
            for name in agent[1].split()
            for stemmed in stems(name)
            if stemmed in known or (name.isupper() and len(name) > 1)
        }
    return asked_words(words)


def _is_quoted(question: str, section: Section) -> bool:
    heading = fold(section.heading).strip(" ?:.")
    return any(
        heading == words or (heading.startswith(f"{words} ") and len(words.split()) > 2)
        for found in _QUOTED.finditer(question)
        if (words := fold(found[1] or found[2] or "").strip(" ?:.,"))
    )


def _shares_a_run(question: str, heading: str) -> bool:
    """Whether the question has the heading's first or last words, four at least ("what needs to improve"), or five."""
    asked = f" {' '.join(stems(question))} "
    words = stems(heading)
    if len(words) < _RUN or re.search(r" (?:say|said|find|found|grade|judg|judge|why|when|who|how) ", asked):
        return False
    ends = (words[:_RUN], words[-_RUN:])
    inner = (words[at : at + _RUN + 1] for at in range(len(words) - _RUN))
    return any(f" {' '.join(run)} " in asked for run in (*ends, *inner))


def runs_called(question: str, document: Document) -> list[tuple[Unit, list[Clause]]]:
    """(lead-in, numbered clauses) of a document that a plural of the question calls by what they are."""
    return [(lead, run) for lead, run in _runs(document) if _names_them(question, lead, run)]


def numbered_findings(context: Context) -> Draft | None:
    """Numbers one after the other that a lead-in announces, each by its first sentences ("list the violations")."""
    question = context.question
    topic = _topic(context)
    if question.want not in (Want.LIST, Want.OPEN) or not topic or not question.says(_CALLS):
        return None
    for document in context.scope.documents:
        if not is_described(context, document):
            continue
        for lead, run in _runs(document):
            said = set(lead.own).union(*(stems(c.heading or "") for c in run))
            opening = {
                s for u in units(document) if u.span.end <= lead.span.end for s in (*u.own, *u.context, *u.about)
            }
            if topic & said and topic <= said | opening and _names_them(question.text, lead, run):
                lines = [Line(sentence(lead.text), (Quote.of_unit(lead),)), *_briefly(document, run)]
                return answered(
                    lines, confidence=0.8, because=f"the numbers of {document.id} after {lead.clause.label}"
                )
    return None


def _names_them(question: str, lead: Unit, run: Iterable[Clause]) -> bool:
    """Whether a plural of the question is what the lead-in or the headings call the numbers."""
    called = {*lead.own[-12:], *(s for c in run for s in stems(c.heading or "")[-1:])}
    plurals = re.findall(r"\b[a-z]{3,}s\b", fold(question))
    return any(stem(word) in called for word in plurals)


def _runs(document: Document) -> list[tuple[Unit, list[Clause]]]:
    """(lead-in, numbered clauses) for numbers from 1 that stand at the top, whatever explains them between."""
    top = [c for c in document.clauses if c.parent is None and c.kind is not ClauseKind.BLOCK]
    found = []
    for at, clause in enumerate(top):
        if clause.label != "1" or not at or top[at - 1].kind is not ClauseKind.PROSE:
            continue
        before = [u for u in units(document) if u.clause.label == top[at - 1].label]
        run: list[Clause] = []
        for other in top[at:]:
            if other.kind is ClauseKind.NUMBERED:
                if other.label != str(len(run) + 1):
                    break
                run.append(other)
        if before and _LEADS_ON.search(before[-1].text) and len(run) > 1:
            found.append((before[-1], run))
    return found


def _briefly(document: Document, run: Iterable[Clause]) -> list[Line]:
    """Each numbered clause by its sentences, as many as are short."""
    lines: list[Line] = []
    for clause in run:
        quote = Quote.of_clause(document, clause)
        words = 0
        for span in sentences(document.text, quote.span):
            text = span.of(document.text)
            words += len(text.split())
            if words > _FINDING and words > len(text.split()):
                break
            lines.append(Line(sentence(text), (Quote(document, clause, span),)))
    return lines
