"""What to try for a question, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from retrieval.aggregate import answer_aggregate
from retrieval.change import answer_change, how_long_in_force
from retrieval.collective import is_aggregate
from retrieval.compare import answer_comparison, compares
from retrieval.context import Context
from retrieval.counting import answer_counted, answer_documents_counted, answer_items_counted
from retrieval.definition import answer_definition
from retrieval.draft import Draft
from retrieval.due import answer_due
from retrieval.fitting import fits_the_type, office_unnamed
from retrieval.inside import inside_the_clause, told_by_number
from retrieval.lookup import answer_lookup, asks_only_for_the_clause, narrowed
from retrieval.mentions import answer_mentions
from retrieval.nearby import answer_nearby, one_off
from retrieval.passages.answer import answer_passage
from retrieval.passages.called_for import called_for
from retrieval.provisions import answer_provision
from retrieval.quoted import answer_quoted
from retrieval.roll import answer_roll
from retrieval.summary import answer_summary
from retrieval.values.answer import answer_value, of_the_paper_itself
from retrieval.values.beside import answer_law_beside, answer_laws_listed
from retrieval.wants import KINDS, Want
from retrieval.yes_no import about_the_clause, answer_exhaustive, answer_yes_no, by_register, of_each, undecided

Strategy = Callable[[Context], Draft | None]

# What treats of several subjects by itself.
OF_SEVERAL: frozenset[Strategy] = frozenset(
    {answer_aggregate, answer_change, answer_comparison, answer_mentions, answer_documents_counted, of_each}
)


def strategies(context: Context, today: date) -> Iterator[Strategy]:
    """What to try for this question, in order; the first that answers wins."""
    question = context.question
    if context.near:
        yield how_long_in_force
    yield answer_provision
    if Want.CHANGE in question.wants and Want.COMPARISON in question.wants:
        yield answer_change
    if compares(question):
        yield answer_comparison
    if question.want is Want.YES_NO:
        yield answer_exhaustive
        yield about_the_clause
        yield of_each
    yield called_for
    if question.references:
        yield answer_items_counted
        yield told_by_number
        if asks_only_for_the_clause(context) or not narrowed(context):
            yield answer_lookup
        yield inside_the_clause
        yield answer_lookup
    if question.want is Want.MENTION or (question.want is Want.QUOTATION and question.people and not question.topic):
        yield answer_mentions
    if question.want is Want.DUE or (question.want is Want.OPEN and question.dates and not question.topic):
        yield lambda c: answer_due(c, today)
    if question.want is Want.CHANGE:
        yield answer_change
    if is_aggregate(context):
        yield answer_aggregate
    if question.want is Want.SUMMARY:
        yield answer_summary
    if question.want is Want.DEFINITION:
        yield answer_definition
    if question.want is Want.YES_NO and question.people and question.says(_BY_NOW):
        yield denied_by_register
        yield undecided
    if question.want is Want.YES_NO:
        yield one_off
        yield by_register
        yield answer_yes_no
        yield answer_nearby
        yield undecided
    if question.want in (Want.PERSON, Want.QUOTATION):
        yield answer_quoted
    if question.want is Want.PERSON:
        yield office_unnamed
    if question.want is Want.COUNT:
        yield answer_documents_counted
    if question.want is Want.PERSON or Want.LIST in question.wants:
        yield answer_roll
    yield answer_laws_listed
    if any(want in KINDS for want in question.wants):
        yield answer_value
    if question.want is Want.LEGAL:
        yield answer_law_beside
    if question.want is Want.COUNT:
        yield answer_counted
    if fits_the_type(context) and not of_the_paper_itself(context):
        yield answer_passage
    yield answer_nearby
    if question.want is Want.OPEN and not question.topic:
        yield answer_summary


# What papers of their day cannot know of people.
_BY_NOW = r"\b(?:still|today|nowadays|at the moment|currently|to this day|these days)\b"


def denied_by_register(context: Context) -> Draft | None:
    """A fact of the register that answers No ("the former chair"); a Yes of its day says nothing of today."""
    draft = by_register(context)
    return draft if draft is not None and draft.value == "no" else None
