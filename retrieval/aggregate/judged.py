""" "Which council was judged inadequate overall?": the documents whose own judgement of that is the one asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.notice import Document
from retrieval.aggregate.rows import Row, only_subject
from retrieval.aggregate.said import counted
from retrieval.collective import HOW_MANY
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, not_found
from retrieval.evidence.units import words_in
from retrieval.labels import label_of
from retrieval.values.answer import ENOUGH
from retrieval.values.lines import shown
from retrieval.values.match import Match
from retrieval.values.matches import matches
from retrieval.wants import Want
from retrieval.words import STOP, fold, stem, stems

_JUDGED = r"\b(?:judge[ds]?|judge?ments?|rated|ratings?|graded?|grades|deemed)\b"
_JUDGED_SO = re.compile(
    r"\b(?:judged|rated|graded|deemed)\s+(?:(?:to be|as|an?|overall)\s+)*[\"'“‘]?(?P<so>[^\W\d_]+)", re.I
)
_LENIENT = 0.4  # how much less than the best a document's judgement may score and still be of the same thing


def answer_judged(context: Context) -> Draft | None:
    """A row for each document that judges so what is asked about; None where no judgement is asked for."""
    question = context.question
    if not question.says(_JUDGED):
        return None
    value = _asked(question.text, context.scope.documents)
    if value is None:
        return _unheard_of(context)
    inside = set(stems(value))
    bare = replace(question, terms=tuple(t for t in question.terms if t.stem not in inside))
    best: dict[str, Match] = {}
    for one in _meant(context, matches(context.asking(bare), [Want.JUDGEMENT])):
        best.setdefault(one.document.id, one)
    sure = {(m.document.id, m.fact.value_span.start): m.score for m in matches(context, [Want.JUDGEMENT])}
    top = max((m.score for m in best.values()), default=0.0)
    so = [
        m
        for m in best.values()
        if max(m.score, sure[m.document.id, m.fact.value_span.start]) >= max(ENOUGH, top - _LENIENT)
        and f"{fold(m.fact.value)} ".startswith(f"{value} ")
    ]
    if not so:
        return None
    ordered = sorted(so, key=lambda m: -(m.document.issued_on.toordinal() if m.document.issued_on else 0))
    documents = [m.document for m in ordered]
    rows = [
        Row(
            m.document,
            Line(shown(context, m), (Quote.of_fact(m.document, m.fact),), label_of(m.document, documents)),
            value,
        )
        for m in ordered
    ]
    if HOW_MANY.search(question.text):
        return counted(context, rows)
    return answered(
        (row.line for row in rows), value=only_subject(rows), confidence=0.8, because=f"{len(rows)} judged {value}"
    )


def _meant(context: Context, found: list[Match]) -> list[Match]:
    """Judgements that a table gives before those of running text, which tells of earlier ones; overall ones first."""
    tabled = {m.document.id for m in found if m.fact.clause.startswith("table ")}
    found = [m for m in found if m.document.id not in tabled or m.fact.clause.startswith("table ")]
    if not context.question.says(r"\boverall\b"):
        return found
    whole = stem("overall")
    return [m for m in found if whole in stems(f"{m.fact.topic} {m.fact.span.of(m.document.text)}")] or found


def _asked(text: str, documents: Iterable[Document]) -> str | None:
    """The judgement of these documents that the question names, folded; of several the longest."""
    plain = re.sub(r"[^\w ]", " ", fold(text))
    known = {fold(f.value) for d in documents for f in d.facts if f.kind == "judgement"}
    return max((v for v in known if f" {v} " in f" {plain} "), key=lambda v: (len(v), v), default=None)


def _unheard_of(context: Context) -> Draft | None:
    """ "Judged outstanding", where no document in scope has the word."""
    found = _JUDGED_SO.search(context.question.text)
    if found is None or fold(found["so"]) in STOP:
        return None
    if any(stem(fold(found["so"])) in words_in(d) for d in context.scope.documents):
        return None
    return not_found(f"No document gives the judgement “{found['so']}”.", because=f"no judgement {found['so']}")
