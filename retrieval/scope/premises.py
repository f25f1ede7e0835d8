"""False premises: what a question takes for granted, and no document has."""

from __future__ import annotations

import re

from retrieval.draft import Draft, not_found
from retrieval.evidence.dates import dates_of
from retrieval.evidence.units import units
from retrieval.kinds import picked
from retrieval.knowledge import Knowledge
from retrieval.labels import listed
from retrieval.names.gathered import calling, issuer_names
from retrieval.names.known import surname_pattern
from retrieval.question import Question
from retrieval.scope.scope import Scope
from retrieval.wants import Want
from retrieval.words import contains, stems, tokens


def unknown_name(question: Question, knowledge: Knowledge) -> Draft | None:
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


def missing_date(question: Question, scope: Scope) -> Draft | None:
    """A date that no document in scope has ("in 2015") is a false premise, except where it is what is asked about."""
    if question.want in (Want.YES_NO, Want.DUE, Want.COMPARISON) or question.paper_dates or not question.dates:
        return None
    known = {f.normalised or "" for d in scope.documents for f in d.facts} | {
        m.iso for d in scope.documents for m in dates_of(d.text)
    }
    known |= {d.issued_on.isoformat() for d in scope.documents if d.issued_on}
    for asked in question.dates:
        bare, words = asked.iso.lstrip("-"), stems(asked.value)
        if not any(
            iso.startswith(asked.iso)
            or asked.iso.startswith(iso)
            or (asked.iso.startswith("--") and iso.endswith(bare))
            for iso in known
            if iso
        ) and not any(contains(unit.own, words) for d in scope.documents for unit in units(d)):
            about = f" about {listed([name.shown for name in question.subjects])}" if question.subjects else ""
            return not_found(
                f"The documents{about} say nothing of {asked.value}.", because=f"no document has {asked.iso}"
            )
    return None


def missing_person(question: Question, scope: Scope) -> Draft | None:
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


def missing_issuer(question: Question, scope: Scope, knowledge: Knowledge) -> Draft | None:
    """What a body that issues papers here said of a subject is a false premise where none of its papers names it."""
    if not question.subjects or question.want is Want.YES_NO or not question.says(_SAID_BY):
        return None
    asked = set(tokens(question.text))
    there = {word for d in scope.documents for name in issuer_names(d) for word in calling(name)}
    for initials in sorted(asked & {w for w in knowledge.names.issuer_words if len(w) <= _INITIALS} - there):
        if not any(initials in tokens(d.text) for d in scope.documents):
            about = listed([name.shown for name in question.subjects])
            return not_found(
                f"No document about {about} is by or names {initials.upper()}.",
                because=f"{initials} is not named there",
            )
    return None


_SAID_BY = (
    r"\b(?:say|said|find|found|conclude\w*|think|thought|tell|told|decide\w*|recommend\w*|order\w*|write|wrote)\b"
)
_INITIALS = 5  # letters at most


def never_met(question: Question, knowledge: Knowledge) -> Draft | None:
    """What one person did to another is a false premise where no document names both."""
    people = question.people
    if len(people) != 2 or question.subjects or question.want not in _DOINGS:
        return None
    between = re.search(
        rf"{surname_pattern(people[0])}\b.*\b(?:to|with|by|meet|met|tell|told|ask|asked|appoint\w*|write|wrote)\b.*{surname_pattern(people[1])}",
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


def missing_judgement(question: Question, scope: Scope, knowledge: Knowledge) -> Draft | None:
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


def missing_kind(question: Question, scope: Scope) -> Draft | None:
    """A kind of document that the subject has none of is a false premise ("when was X's letter?")."""
    if not question.subjects or not question.kinds or question.want == Want.COMPARISON:
        return None
    absent = question.kinds - {d.kind for d in scope.documents}
    if not absent or len(absent) < len(question.kinds):
        return None
    words = {stems(kind)[-1] for kind in absent}
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
