"""Which documents a question is about.  A named subject never lets a neighbour's document in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.names import family, is_government, same
from ingest.notice import Document
from retrieval.draft import Draft, not_found
from retrieval.english import is_common
from retrieval.evidence.dates import dates_of
from retrieval.evidence.units import units
from retrieval.kinds import picked
from retrieval.knowledge import Knowledge
from retrieval.names.known import Name
from retrieval.question import Question
from retrieval.wants import Want
from retrieval.words import contains, stem, stems, thesaurus


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents to search and why these."""

    documents: tuple[Document, ...]
    why: str
    question: Question
    narrowed: bool = False  # by a name or a document that the question gives

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self.documents)

    def of_kinds(self, kinds: frozenset[str]) -> Scope:
        """Only the documents of these kinds, when there are any."""
        kept = tuple(d for d in self.documents if d.kind in kinds)
        return (
            replace(self, documents=kept, why=f"{self.why}; {', '.join(sorted(kinds))}", narrowed=True)
            if kept
            else self
        )


def choose(question: Question, knowledge: Knowledge) -> Scope | Draft:
    """The scope of a question, or the `not_found` that its names already decide."""
    if unknown := _unknown(question, knowledge):
        return unknown
    scope = _named(question, knowledge)
    missing = (
        _missing_kind(question, scope)
        or _missing_person(question, scope)
        or _never_met(question, knowledge)
        or _missing_judgement(question, scope, knowledge)
    )
    if missing:
        return missing
    scope = by_person(_by_description(question, scope))
    return _missing_date(question, scope) or _by_date(question, scope)


def _unknown(question: Question, knowledge: Knowledge) -> Draft | None:
    names = question.names
    if not names.unknown:
        return None
    typed = " and ".join(f"“{name}”" for name in names.unknown[:3])
    suggestions = [question.text.replace(word, name.shown) for word, name in names.suggestions]
    meant = [f" Did you mean {name.shown}?" for _, name in names.suggestions[:1]]
    subjects = sorted(name.shown for name in knowledge.names.subjects)
    about = f" They are about {listed(subjects)}." if 0 < len(subjects) <= 6 and not meant else ""
    return not_found(
        f"The documents say nothing about {typed}.{''.join(meant)}{about}",
        suggestions=suggestions,
        because=f"no document has {typed}",
    )


def _named(question: Question, knowledge: Knowledge) -> Scope:
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


def _having_rare_words(question: Question, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents that have every name-like word of the question, where only some have."""
    rare = {
        t.stem for t in question.terms if not (" " in t.word or is_common(t.word) or any(ch.isdigit() for ch in t.word))
    }
    if not rare or question.want is Want.MENTION:
        return ()
    kept = tuple(d for d in documents if rare <= _words_of(d))
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


def _by_description(question: Question, scope: Scope) -> Scope:
    """The word before the paper's own ("the Covid letter") chooses among documents of that kind, or is of the topic."""
    if not question.described:
        return scope
    kept = tuple(
        d
        for d in scope.documents
        if (not question.kinds or d.kind in question.kinds)
        and all(_speaks_of(d, term.stem) for term in question.described)
    )
    told_of = _told_of(question, scope)
    if not kept or told_of:
        terms = (*question.described, *question.terms)
        return replace(scope, question=replace(question, terms=terms, kinds=frozenset() if told_of else question.kinds))
    if len(question.kinds) > 1:
        return scope
    return replace(scope, documents=kept, why=f"{scope.why} that are so described", narrowed=True)


_DEED = r"(?:signed|wrote|written|sent|issued|addressed)"


def by_person(scope: Scope) -> Scope:
    """A paper told by a person ("the notice that Jo Bell signed", "the letter to Ann Moss") chooses the document."""
    question = scope.question
    kinds = "|".join(sorted(map(re.escape, question.kinds)))
    for person in question.people if kinds and question.want is not Want.YES_NO else ():
        name = rf"(?:[\w.'’-]+ ){{0,3}}?{_last(person)}"
        told = {
            "signatory": rf"\b(?:{kinds})s? (?:(?:that|which) )?{name} {_DEED}\b|\b(?:{kinds})s? {_DEED} by {name}\b"
            rf"|\b{_last(person)}['’]s? (?:\w+ )?(?:{kinds})s?\b",
            "addressee": rf"\b(?:{kinds})s? (?:{_DEED} )?to {name}\b",
        }
        for kind, pattern in told.items():
            found = re.search(pattern, question.text, re.I)
            kept = tuple(d for d in scope.documents if d.kind in question.kinds and _has_as(d, kind, person))
            if found is None or not kept:
                continue
            inside = set(stems(found.group()))
            rest = replace(
                question,
                terms=tuple(t for t in question.terms if t.paper or t.stem not in inside),
                names=replace(question.names, mentions=tuple(m for m in question.names.mentions if m.name != person)),
            )
            return replace(
                scope, documents=kept, why=f"{scope.why}, {kind} {person.shown}", question=rest, narrowed=True
            )
    return scope


def _has_as(document: Document, kind: str, person: Name) -> bool:
    return any(f.kind == kind and same(f.normalised or f.value, person.shown) for f in document.facts)


def _told_of(question: Question, scope: Scope) -> bool:
    """Whether the paper ("the ministerial letter") is one that other papers tell of, and none here is it."""
    pairs = {(t.stem, stem(kind)) for t in question.described for kind in question.kinds}
    if any(t.stem in _words_of(d) for t in question.described for d in scope.documents if d.kind in question.kinds):
        return False
    return any(contains(unit.own, pair) for d in scope.documents for unit in units(d) for pair in pairs)


def _speaks_of(document: Document, stemmed: str) -> bool:
    """Whether the document has the word, or a close one."""
    words = _words_of(document)
    return stemmed in words or any(set(close) <= words for close in thesaurus().of(stemmed))


def _words_of(document: Document) -> frozenset[str]:
    return frozenset(s for unit in units(document) for s in (*unit.own, *unit.about))


def _by_date(question: Question, scope: Scope) -> Scope | Draft:
    """A date beside the word for the paper ("the 2019 notice", "the letter of 18 June 2020") chooses the document."""
    if not question.paper_dates:
        return scope
    asked = question.paper_dates[0]
    kept = tuple(
        d for d in scope.documents if (not question.kinds or d.kind in question.kinds) and _is_of(d, asked.iso)
    )
    if kept:
        return replace(scope, documents=kept, why=f"{scope.why} of {asked.value}", narrowed=True)
    kind = " or ".join(sorted(question.kinds)) or "document"
    of_kind = [d for d in scope.documents if not question.kinds or d.kind in question.kinds]
    if any(d.issued_on is None for d in of_kind) or not of_kind:
        return scope
    names = f" about {listed([name.shown for name in question.subjects])}" if question.subjects else ""
    return not_found(
        f"There is no {kind}{names} of {asked.value} in the documents.",
        suggestions=[
            question.text.replace(asked.value, f"{d.issued_on:%-d %B %Y}") for d in of_kind[:2] if d.issued_on
        ],
        because=f"no {kind} of {asked.iso}",
    )


def _is_of(document: Document, iso: str) -> bool:
    dates = [document.issued_on.isoformat()] if document.issued_on else []
    dates += [f.normalised or "" for f in document.facts if f.kind in ("issued_on", "signed_on")]
    return any(day.startswith(iso) for day in dates)


def _missing_date(question: Question, scope: Scope) -> Draft | None:
    """A date that no document in scope has ("in 2015") is a false premise, except where it is what is asked about."""
    if question.want in (Want.YES_NO, Want.DUE, Want.COMPARISON) or question.paper_dates or not question.dates:
        return None
    known = {f.normalised or "" for d in scope.documents for f in d.facts} | {
        m.iso for d in scope.documents for m in dates_of(d.text)
    }
    known |= {d.issued_on.isoformat() for d in scope.documents if d.issued_on}
    for asked in question.dates:
        bare = asked.iso.lstrip("-")
        if not any(
            iso.startswith(asked.iso)
            or asked.iso.startswith(iso)
            or (asked.iso.startswith("--") and iso.endswith(bare))
            for iso in known
            if iso
        ):
            about = f" about {listed([name.shown for name in question.subjects])}" if question.subjects else ""
            return not_found(
                f"The documents{about} say nothing of {asked.value}.", because=f"no document has {asked.iso}"
            )
    return None


def _missing_person(question: Question, scope: Scope) -> Draft | None:
    """A person whom no document about the subject names is a false premise."""
    if (
        not question.subjects
        or not question.people
        or (question.want is Want.YES_NO and "signatory" in picked(question.text))
    ):
        return None
    for person in question.people:
        if not person.documents & scope.ids:
            about = listed([name.shown for name in question.subjects])
            return not_found(
                f"No document about {about} names {person.shown}.",
                suggestions=[f"Where is {person.shown} mentioned?"],
                because=f"{person.shown} is not named there",
            )
    return None


def _never_met(question: Question, knowledge: Knowledge) -> Draft | None:
    """What one person did to another is a false premise where no document names both."""
    people = question.people
    if len(people) != 2 or question.subjects or question.want not in _DOINGS:
        return None
    between = re.search(
        rf"{_last(people[0])}\b.*\b(?:to|with|by|meet|met|tell|told|ask|asked|appoint\w*|write|wrote)\b.*{_last(people[1])}",
        question.text,
        re.I,
    )
    if between is None or people[0].documents & people[1].documents:
        return None
    return not_found(
        f"No document names both {people[0].shown} and {people[1].shown}.",
        suggestions=[f"Where is {person.shown} mentioned?" for person in people],
        because="no document names both",
    )


_DOINGS = frozenset({Want.REASON, Want.OPEN, Want.DATE, Want.QUOTATION})


def _last(name: Name) -> str:
    return re.escape(name.shown.split()[-1])


def _missing_judgement(question: Question, scope: Scope, knowledge: Knowledge) -> Draft | None:
    """A judgement that documents here give of others, and none of the subject asked about, is a false premise."""
    if not question.subjects or question.want in (Want.YES_NO, Want.COMPARISON, Want.MENTION):
        return None
    if not question.says(r"\b(?:judged?|judge?ments?|rated|ratings?|graded?|grades|found|deemed|verdict|inspect\w*)\b"):
        return None
    asked = f" {' '.join(stems(question.text))} "
    for value in sorted({f.value for d in knowledge.documents for f in d.facts if f.kind == "judgement"}):
        words = f" {' '.join(stems(value))} "
        if (
            words.strip()
            and words in asked
            and not any(words in f" {' '.join(stems(d.text))} " for d in scope.documents)
        ):
            names = listed([name.shown for name in question.subjects])
            return not_found(
                f"No document about {names} gives the judgement “{value}”.", because=f"no judgement {value} there"
            )
    return None


def _missing_kind(question: Question, scope: Scope) -> Draft | None:
    """A kind of document that the subject has none of is a false premise ("when was X's letter?")."""
    if not question.subjects or not question.kinds or question.want == Want.COMPARISON:
        return None
    absent = question.kinds - {d.kind for d in scope.documents}
    if not absent or len(absent) < len(question.kinds):
        return None
    words = {stem(kind) for kind in absent}
    if any(words & set(stems(d.text)) for d in scope.documents):
        return None
    kind = min(absent)
    names = listed([name.shown for name in question.subjects])
    have = listed(sorted({f"a {d.kind}" if d.kind[0] not in "aeio" else f"an {d.kind}" for d in scope.documents}))
    return not_found(
        f"There is no {kind} about {names} in the documents; there is {have}.",
        suggestions=[f"Tell me about the {names} {d.kind}" for d in scope.documents[:2]],
        because=f"no {kind} about {names}",
    )


def listed(words: Iterable[str]) -> str:
    """ "A, B and C"."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "nothing"


def label_of(document: Document, others: Iterable[Document] = ()) -> str:
    """What to call a document beside others: its subject, with kind and date where the subject repeats."""
    if not document.subject:
        return document.title
    same_subject = [d for d in others if d.id != document.id and d.subject and same(d.subject, document.subject)]
    return f"{document.subject}, {document.kind}, {day_of(document)}" if same_subject else document.subject


def day_of(document: Document) -> str:
    """When a document was issued, in words."""
    return f"{document.issued_on:%-d %B %Y}" if document.issued_on else "undated"
