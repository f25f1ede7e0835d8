"""Questions over the register: which, how many, who most, earliest, a value for each document; one cited row each."""

from __future__ import annotations

from retrieval.aggregate.judged import answer_judged
from retrieval.aggregate.narrow import as_at, documents_meant, over, without_counting
from retrieval.aggregate.rows import only_subject, rows_of
from retrieval.aggregate.said import alike, counted
from retrieval.aggregate.signatures import most_signed, of_person
from retrieval.collective import FIRST, HOW_MANY, LAST, MOST, WHICH
from retrieval.context import Context
from retrieval.draft import Draft, answered
from retrieval.extreme import answer_extreme
from retrieval.wants import Want


def answer_aggregate(context: Context) -> Draft | None:
    """Rows for the documents that fit, with the count, the extreme or the most frequent worked out and said."""
    question = context.question
    context = as_at(over(context.asking(without_counting(question)), documents_meant(context)))
    question = context.question
    if not context.scope.documents:
        return None
    if MOST.search(question.text) and question.says(r"\bwho\b|\bwhich (?:person|official|civil servant)\b"):
        return most_signed(context)
    if question.people:
        return of_person(context)
    if judged := answer_judged(context):
        return judged
    if FIRST.search(question.text) or LAST.search(question.text):
        return answer_extreme(context)
    rows = rows_of(context)
    if not rows:
        return None
    if HOW_MANY.search(question.text):
        return counted(context, rows)
    if len(rows) > 1 and (
        question.want is Want.YES_NO or question.says(r"\b(?:same|identical|differ|different|alike|share)\b")
    ):
        return alike(context, rows)
    return answered(
        (row.line for row in rows),
        value=only_subject(rows) if WHICH.search(question.text) else None,
        confidence=0.8,
        because=f"a row for each of {len(rows)} documents",
    )
