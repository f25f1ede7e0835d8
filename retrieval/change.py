"""What changed, and what still applies: a later paper that varies an earlier one, both shown, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.facts.quantities import find_quantities
from ingest.names import core
from ingest.notice import Document
from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, not_found, sentence
from retrieval.english import is_common
from retrieval.evidence.covering import denies
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit, facts_in, units
from retrieval.labels import label_of
from retrieval.lookup import whole
from retrieval.passages.enough import CLOSE
from retrieval.passages.shown import passage
from retrieval.question import Question, Term
from retrieval.wants import Want
from retrieval.words import fold, stem

_VARYING = re.compile(
    (
        r"\b(?:temporary|for the duration|return to|supersed\w+|revok\w+|withdraw\w*|no longer (?:appl"
        r"|in force|requir)\w*|remains? in (?:force|place)|var(?:y|ies|ied)\b|amend(?:s|ed)?|replaces?"
        r"|extend(?:s|ed)?)"
    ),
    re.I,
)
_ASKING = frozenset(
    stem(w)
    for w in (
        "change changes changed vary varies varied alter alters altered modify relax relaxed relaxes amend "
        "amended amends supersede superseded supersedes still apply applies force valid hold stand "
        "requirements requirement terms between differ since replace replaced difference flexibility "
        "flexibilities compared compare after now"
    ).split()
)
_ENDING = re.compile(
    r"\b(?:stop|cease|end|expire|last|run out|until when|how long)\b.*\b(?:apply\w*|for|they|it|these|this|those)\b"
    r"|\b(?:they|it|these|this|those)\b.*\b(?:stop|cease|end|expire|last|run out|permanent|temporary|still apply)\b",
    re.I,
)
_WHAT = re.compile(r"\bwhat\b", re.I)
_STATEMENTS = 2  # sentences on its own force shown of a paper that varies another


def answer_change(context: Context) -> Draft | None:
    """What the later paper says of the topic and of its own force, then the clause of the earlier one."""
    family = _family(context)
    later = [d for d in family if d.kind != "news" and _is_later(d, family) and _statements(d)]
    earlier = [d for d in family if d not in later]
    if not family:
        return None
    if not later:
        return _unchanged(context, family)
    topic = tuple(t for t in context.question.topic if t.stem not in _ASKING)
    asking = context.asking(replace(context.question, terms=topic, wants=context.question.wants))
    lines: list[Line] = []
    for document in later:
        part = _on_topic(asking, document, family) if topic else []
        listed = not topic or _holds_all(document, topic)
        if not part and listed and _WHAT.search(context.question.text):
            part = _list_of(document, family)
        if part or listed:
            force = _own_force(document, part)
            lines += part or [replace(line, label=label_of(document, family)) for line in force[:1]]
            lines += force if part else force[1:]
    timed = any(q.kind in ("interval", "duration") for line in lines for q in find_quantities(line.text))
    for document in earlier:
        lines += (
            _on_topic(asking, document, family, timed=timed, earlier=True)
            if topic
            else (_as_issued(document, family) if document.kind != "news" else [])
        )
    sources = {quote.document.id for line in lines for quote in line.quotes}
    if not sources & {d.id for d in later}:
        return None
    return answered(lines, confidence=0.7, because=f"{len(sources)} sources side by side, newest first")


def how_long_in_force(context: Context) -> Draft | None:
    """ "When do they stop applying?", of what a later paper was just cited for: what it says of its own force."""
    documents = [d for d in context.scope.documents if any(d.id == document for document, _ in context.near)]
    if len(documents) != 1 or not _ENDING.search(context.question.text):
        return None
    only = documents[0]
    if only.kind == "news" or not _is_later(only, _relatives(context, {core(only.subject or "")})):
        return None
    ranked = _by_force(only)
    if not ranked:
        return None
    unit = ranked[0]
    because = f"what {only.id} says of its own force"
    if Want.YES_NO in context.question.wants:
        denied = any(denies(unit, t) for t in context.question.topic)
        if not denied and not any(t.stem in unit.own for t in context.question.topic):
            return None
        word = "No" if denied else "Yes"
        line = Line(f"{word}: {unit.text}", (Quote.of_unit(unit),), derived=frozenset({fold(word)}))
        return answered([line], value=fold(word), confidence=0.6, because=because)
    return answered([Line(sentence(unit.text), (Quote.of_unit(unit),))], confidence=0.6, because=because)


def _relatives(context: Context, subjects: set[str]) -> list[Document]:
    return [d for d in context.knowledge.documents if core(d.subject or "") in subjects]


def _family(context: Context) -> list[Document]:
    """All documents of the one subject asked about, newest first, undated last; none where there are several."""
    scope = context.scope.documents
    described = {term.stem for term in context.question.described}
    meant = [d for d in scope if described <= {s for u in units(d) for s in (*u.own, *u.about)}] if described else scope
    subjects = {core(d.subject or "") for d in meant or scope}
    if len(subjects) != 1 or len(context.question.subjects) > 1:
        return []
    return sorted(
        _relatives(context, subjects),
        key=lambda d: (d.issued_on is None, -(d.issued_on.toordinal() if d.issued_on else 0)),
    )


def _is_later(document: Document, family: Iterable[Document]) -> bool:
    """Whether the family has an earlier paper, so that this one may vary it."""
    return any(document.issued_on and other.issued_on and other.issued_on < document.issued_on for other in family)


def _statements(document: Document) -> list[Unit]:
    """What a paper says of its own force and of the paper that it varies."""
    return [u for u in units(document) if _VARYING.search(u.text)]


def _by_force(document: Document) -> list[Unit]:
    """Its statements on its own force, those with most to say of it first."""
    return sorted(_statements(document), key=lambda u: -len(set(_VARYING.findall(u.text))))


def _own_force(document: Document, part: list[Line]) -> list[Line]:
    """Its statements on its own force, where it has no better one than a lone word, the surest first."""
    ranked = _by_force(document)
    shown = {line.text for line in part}
    return [Line(sentence(u.text), (Quote.of_unit(u),)) for u in ranked[:_STATEMENTS] if sentence(u.text) not in shown]


def _holds_all(document: Document, topic: Iterable[Term]) -> bool:
    held = {s for u in units(document) for s in (*u.own, *u.about)}
    return all(t.stem in held for t in topic)


def _on_topic(
    context: Context, document: Document, family: list[Document], *, timed: bool = False, earlier: bool = False
) -> list[Line]:
    """The document's sentences on the topic: the best, and in a paper that varies another those nearly as good.

    `timed`: a time is varied, so a sentence that sets one is the likelier.
    """
    asked = {q.normalised for q in find_quantities(context.question.text)}
    plain = tuple(t for t in context.question.terms if is_common(t.word)) or context.question.terms
    here = context.within((document,))
    least = _COVERED[document.kind == "news", earlier]
    ranked = [s for s in here.asking(replace(context.question, terms=plain)).ranked if s.coverage >= least]
    ranked.sort(key=lambda s: -(s.score + 0.3 * _has_quantity(s, asked) + 0.4 * (timed and _sets_time(s.unit))))
    if not ranked or ranked[0].score < 0.35:
        return []
    chosen = ranked[:1] if earlier else [s for s in ranked[:4] if s.score >= ranked[0].score - 2 * CLOSE]
    chosen.sort(key=lambda s: s.unit.span.start)
    label = label_of(document, family)
    lines: list[Line] = []
    for one in chosen:
        lines += [line for line in passage(here, one, label if not lines else "") if line not in lines]
    return lines


# Share of the topic that a sentence must have: (of a news report, of an earlier paper).
_COVERED = {(False, False): 0.5, (False, True): 0.3, (True, True): 0.75, (True, False): 0.75}


def _sets_time(unit: Unit) -> bool:
    return any(fact.normalised for fact in facts_in(unit, ("interval", "duration", "deadline")))


def _has_quantity(scored: Scored, asked: set[str]) -> bool:
    return bool(asked & {q.normalised for q in find_quantities(scored.unit.text)})


def _list_of(document: Document, family: list[Document]) -> list[Line]:
    """The list of changes that a paper sets out."""
    lists = [c for c in document.clauses if any(x.parent == c.label for x in document.clauses)]
    return whole(document, lists[0], label_of(document, family)) if lists else []


def _as_issued(document: Document, family: list[Document]) -> list[Line]:
    """The words that say what the earlier paper is and when it was issued."""
    fact = next((f for kind in ("issued_on", "signed_on") for f in document.facts if f.kind == kind), None)
    if fact is None:
        return []
    return [Line(phrase.of_sentence(document, fact.span), (Quote.of_fact(document, fact),), label_of(document, family))]


def _unchanged(context: Context, family: list[Document]) -> Draft | None:
    """No later paper: nothing here changes it, which is not to say that it still applies."""
    if len(family) != 1 or family[0].kind == "news":
        return None
    only = family[0]
    ranked = context.within((only,)).ranked
    return not_found(
        f"No later document here changes or withdraws the {label_of(only)} {only.kind}.",
        related=[Quote.of_unit(s.unit) for s in ranked[:1]],
        suggestions=_instead(context.question, only),
        because="no later document of the subject",
    )


def _instead(question: Question, document: Document) -> list[str]:
    return [f"Tell me about the {label_of(document)} {document.kind}"] if question.subjects else []
