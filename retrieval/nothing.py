"""The answer when the documents do not say."""

from __future__ import annotations

from retrieval.context import Context
from retrieval.draft import Draft, Quote, not_found


def nothing(context: Context) -> Draft:
    """The documents do not say: what was looked for, and the nearest clauses."""
    question = context.question
    names = " ".join(dict.fromkeys([*(name.shown for name in (*question.subjects, *question.people))]))
    sought = " ".join(term.word for term in question.terms if not term.borrowed)
    looked = f"“{sought}”" if sought else f"that {question.want.value}"
    about = f" in the documents about {names}" if names else " in the documents"
    nearest = [Quote.of_unit(s.unit) for s in context.ranked[:2] if s.coverage >= 0.25]
    return not_found(
        f"I looked for {looked}{about} and found nothing that says it.",
        related=nearest,
        confidence=min(1.0, context.probability),
        because="nothing scores high enough",
    )
