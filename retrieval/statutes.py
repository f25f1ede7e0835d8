"""Sections of a statute that look like clauses of the documents."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.notice import ClauseKind
from retrieval.question import Question
from retrieval.references import resolve
from retrieval.scope import Scope


def without_statutes(question: Question, scope: Scope) -> Question:
    """A "section 34(3)" that no document here has is a statute's, not a clause's; a "first violation" needs numbers."""
    numbers = any(c.kind is ClauseKind.NUMBERED for document in scope.documents for c in document.clauses)
    dotted = any(re.fullmatch(r"\d+(?:\.\d+)+", c.label) for document in scope.documents for c in document.clauses)
    kept = tuple(
        r
        for r in question.references
        if (
            not r.words.casefold().startswith(("section", "§"))
            and (numbers or not r.printed)
            and (dotted or not re.fullmatch(r"[\d.]+", r.words))
        )
        or any(resolve(r, document) for document in scope.documents)
    )
    if len(kept) == len(question.references):
        return question
    return replace(question, references=kept, terms=tuple(t for t in question.terms if not t.word.isdigit()))
