"""The documents that a question names: by subject, by person, by title, by a rare word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.names import family, is_government
from ingest.notice import Document
from retrieval.english import is_common
from retrieval.evidence.units import words_in
from retrieval.knowledge import Knowledge
from retrieval.labels import listed
from retrieval.names.known import Name
from retrieval.question import Question
from retrieval.scope.scope import Scope
from retrieval.wants import Want
from retrieval.words import stems


def by_name(question: Question, knowledge: Knowledge) -> Scope:
    documents = knowledge.documents
    if question.subjects:
        ids = frozenset().union(*(name.documents for name in question.subjects))
        names = listed([name.shown for name in question.subjects])
        return Scope(tuple(d for d in documents if d.id in ids), f"documents about {names}", question, True)
    if question.want is not Want.MENTION and (others := like_subjects(question, knowledge)):
        kept = tuple(d for d in documents if all(d.id in name.documents for name in others))
        return Scope(kept, f"documents that mention {listed([n.shown for n in others])}", question, True)
    if question.want != Want.MENTION and (people := question.people):
        ids = _naming(people)
        return Scope(
            tuple(d for d in documents if d.id in ids),
            f"documents that name {listed([p.shown for p in people])}",
            question,
            True,
        )
    if kept := _having_a_phrase(question, documents):
        return Scope(kept, "documents that have the phrase of the question", question, True)
    if kept := _having_rare_words(question, documents):
        return Scope(kept, "documents that have the name-like words of the question", question, True)
    titled = _titled(question, documents)
    if titled:
        return Scope(titled, f"documents called {listed([d.title for d in titled])}", question, True)
    return Scope(documents, "all documents", question)


def _naming(people: Iterable[Name]) -> frozenset[str]:
    """The documents that name all of these people, else those that name any."""
    each = [person.documents for person in people]
    return frozenset.intersection(*each) or frozenset().union(*each)


_PHRASE = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]*)+")


def _having_a_phrase(question: Question, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The few documents that have a capitalised phrase of the question ("the Understanding Me roll-out")."""
    if question.want is Want.MENTION or question.names.mentions:
        return ()
    phrases = [found.group() for found in _PHRASE.finditer(question.text)]
    kept = tuple(d for d in documents if any(phrase in d.text for phrase in phrases))
    return kept if len(kept) <= _FEW else ()


_FEW = 2  # documents that a phrase tells apart from the others


def _having_rare_words(question: Question, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents that have every name-like word of the question, where only some have."""
    rare = {
        t.stem for t in question.terms if not (" " in t.word or is_common(t.word) or any(ch.isdigit() for ch in t.word))
    }
    if not rare or question.want is Want.MENTION:
        return ()
    kept = tuple(d for d in documents if rare <= words_in(d))
    return kept if len(kept) < len(documents) else ()


def like_subjects(question: Question, knowledge: Knowledge) -> tuple[Name, ...]:
    """Organisations of the sort that documents here are about (a council, a school) which no document is about."""
    sorts = {family(name.shown) for name in knowledge.names.subjects} - {None}
    return tuple(
        name for name in question.organisations if family(name.shown) in sorts and not is_government(name.shown)
    )


def _titled(question: Question, documents: Iterable[Document]) -> tuple[Document, ...]:
    """Documents whose whole title stands in the question, if the title tells them apart."""
    asked = f" {' '.join(stems(question.text))} "
    found = tuple(d for d in documents if len(stems(d.title)) > 2 and f" {' '.join(stems(d.title))} " in asked)
    return found if len(found) == 1 else ()
