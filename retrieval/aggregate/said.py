"""What is said of all rows together: how many there are, whether they are alike."""

from __future__ import annotations

from retrieval.aggregate.rows import Row
from retrieval.context import Context
from retrieval.draft import Draft, Line, answered, number_word
from retrieval.wants import Want


def counted(context: Context, rows: list[Row]) -> Draft:
    number = (
        len({row.document.subject for row in rows})
        if context.question.says(r"how many (?:\w+ )?(?:councils?|authorit|boroughs?|organisations?)")
        else len(rows)
    )
    said = number_word(number)
    quotes = tuple(quote for row in rows for quote in row.line.quotes)
    head = Line(f"{said.capitalize()} (counted).", quotes, derived=frozenset({said, str(number), "counted"}))
    return answered((head, *(row.line for row in rows)), value=str(number), confidence=0.8, because=f"counted {number}")


def alike(context: Context, rows: list[Row]) -> Draft | None:
    """Whether all rows have one value (or, where none is asked for, whether every document has a row), said first."""
    question = context.question
    quotes = tuple(q for row in rows for q in row.line.quotes)
    of_value = question.says(r"\b(?:same|identical|differ|different|alike|share)\b")
    if not of_value and len(rows) < len({d.id for d in context.scope.documents}):
        return None
    same = len({row.sort for row in rows}) == 1 if of_value else True
    agreed = same != question.says(r"\b(?:differ|different)\b")
    word = ("yes" if agreed else "no") if question.want is Want.YES_NO else ""
    found = ("the same" if same else "not the same") if of_value else "all of them"
    text = f"{word}: {found} (compared)." if word else f"{found} (compared)."
    derived = frozenset("yes no not the same all of them compared".split())
    head = Line(text[0].upper() + text[1:], quotes, derived=derived)
    return answered((head, *(row.line for row in rows)), value=word or None, confidence=0.8, because="values compared")
