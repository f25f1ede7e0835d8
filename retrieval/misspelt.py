"""Which name was meant where a question misspelt it."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answer import Status
from retrieval.draft import Draft
from retrieval.names.known import NameKind
from retrieval.question import Question


def corrected(draft: Draft, question: Question) -> Draft:
    """Say which name was meant where the question misspelt it."""
    said = [(m.corrected_from, m.name.shown) for m in question.names.mentions if m.corrected_from]
    if not said or not draft.lines:
        return draft
    because = tuple(f"“{typed}” read as {name}" for typed, name in said)
    if draft.status is not Status.ANSWERED:
        return draft.led_by(*because)
    first = draft.lines[0]
    subjects = [m for m in question.names.mentions if m.corrected_from and m.name.kind is NameKind.SUBJECT]
    shown = first.quotes[0].document.subject if first.quotes else None
    meant = f"{shown or subjects[0].name.shown} (for “{subjects[0].corrected_from}”)" if subjects else ""
    label = first.label or meant
    return replace(draft, lines=(replace(first, label=label), *draft.lines[1:])).led_by(*because)
