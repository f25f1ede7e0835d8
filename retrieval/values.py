"""Value questions: a fact of the register, chosen by what is asked, with the words that qualify it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.names import same
from ingest.notice import Document, Fact
from retrieval import phrase
from retrieval.aptness import aptness
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered
from retrieval.evidence.covering import COVERS, Where, does, light, match
from retrieval.evidence.dates import date_fit
from retrieval.evidence.units import Unit, units
from retrieval.kinds import OF_THE_DOCUMENT, covers, picked, words_of
from retrieval.labels import label_of
from retrieval.question import Question
from retrieval.references import ORDINALS
from retrieval.wants import KINDS, Want
from retrieval.words import fold, stems

_IN_PROSE = frozenset({"count", "percentage", "amount", "date", "duration", "deadline"})
CLOSE = 0.12  # facts this near to the best answer the same question
CERTAIN = 0.95  # a fact this good is what is meant, however well another clause has the question's words
COMMON = 3.0  # the most that a word for the kind of fact itself weighs, before its share is taken
ENOUGH = 0.5  # below this a fact does not answer


@dataclass(frozen=True, slots=True)
class Match:
    """A fact against the question."""

    document: Document
    fact: Fact
    score: float
    coverage: float
    missing: tuple[str, ...]

    by_role: bool = False  # the role is what is asked for, not the name

    @property
    def value(self) -> str:
        """What tells two matches apart."""
        return fold(self.fact.topic) if self.by_role else fold(self.fact.normalised or self.fact.value)


def matches(context: Context, wanted: Iterable[Want] | None = None) -> list[Match]:
    """Every fact that could fill what is wanted, best first."""
    question = context.question
    found: list[Match] = []
    seen: set[tuple[str, str, int, str]] = set()
    asked = list(wanted or [w for w in question.wants if w in KINDS])
    for rank, want in enumerate(asked[:1] if question.want is Want.PLACE else asked):
        kinds = KINDS[want]
        for document in context.scope.documents:
            by_span = _units_by_span(document)
            for fact in document.facts:
                key = (document.id, fact.kind, fact.value_span.start, fact.topic if fact.kind == "person_role" else "")
                if key in seen or fact.kind not in (*kinds.first, *kinds.also):
                    continue
                seen.add(key)
                prior = 0.0 if fact.kind in kinds.first else -0.12
                found.append(_match(context, document, fact, by_span, prior - 0.05 * rank))
    return sorted(found, key=lambda m: (-m.score, m.document.id, m.fact.value_span.start))


def _units_by_span(document: Document) -> dict[str, list[Unit]]:
    groups: dict[str, list[Unit]] = {}
    for unit in units(document):
        groups.setdefault(unit.clause.label, []).append(unit)
    return groups


def _match(context: Context, document: Document, fact: Fact, by_clause: dict[str, list[Unit]], prior: float) -> Match:
    question = context.question
    own = stems(f"{fact.span.of(document.text)} {fact.topic}")
    chosen = picked(question.text)
    of_role = fact.kind in ("person_role", "copied_to", "signatory", "addressee") and fact.kind not in chosen
    role = stems(f"{fact.value} {fact.topic}") if of_role else ()
    near = stems(_near(document, fact))
    here = [unit for unit in by_clause.get(fact.clause, ()) if unit.span.overlaps(fact.value_span)]
    surroundings = here[0].context if here else ()
    meant = here[0].meant if here else ()
    about = here[0].about if here else stems(f"{document.title} {document.kind}")
    about += tuple(s for unit in by_clause.get(fact.clause, ()) for s in unit.own) if fact.kind in _IN_PROSE else ()
    total = gained = 0.0
    missing: list[str] = []
    for term in question.terms:
        weight = context.knowledge.rarity.weight(term.stem) * light(term)
        if covers(fact.kind, term.stem):
            weight *= 0.35
            got = 1.0
        else:
            where = match(term, own, surroundings, about)
            got = COVERS[where]
            if of_role:
                here_at_all = got if where is Where.ABOUT else 0.4 * got
                got = 1.0 if does(term, role) else max(COVERS[match(term, role, meant, ())], here_at_all)
            elif got >= 0.9 and term.stem not in near:
                got -= 0.1
        total += weight
        gained += weight * got
        if (got == 0 or (of_role and got < 0.5)) and not term.paper and not term.borrowed:
            missing.append(term.word)
    coverage = gained / total if total else 1.0
    dense = context._dense.get((document.id, fact.clause), 0.0)
    score = 0.75 * coverage + 0.25 * max(0.0, min(1.0, (dense - 0.1) / 0.6)) + prior
    score += date_fit(question, document, fact.span)
    if fact.kind in chosen:
        score += 0.14 - 0.04 * min(3, chosen.index(fact.kind))
    elif fact.kind == "postcode":
        score -= 0.3
    elif fact.kind == "copied_to":
        score -= 0.2
    elif not chosen and not question.topic and fact.kind in ("issued_on", "signed_on"):
        score += 0.4 if question.kinds else 0.1
    if question.kinds:
        if document.kind in question.kinds:
            score += 0.12
        elif fact.kind in OF_THE_DOCUMENT:
            score -= 0.5
    score += _named(context, document, fact) + aptness(context, document, fact, total)
    if fact.kind == "issuer" and question.want is Want.PERSON and "issuer" not in chosen:
        score -= 0.3
    score += 0.6 * context.near.get((document.id, fact.clause), 0.0)
    if fact.kind in ("address", "postcode"):
        score += _from_or_to(context, fact)
    return Match(
        document, fact, score, coverage, tuple(missing), by_role=question.want is Want.ROLE and bool(fact.topic)
    )


_SENDERS = re.compile(
    r"\b(?:sent|written|came|comes?|posted|writing|wrote) from\b|\bfrom (?:which|what|where)\b|\bsender|\bletterhead"
    r"|\breturn address",
    re.I,
)
_PLACED = re.compile(r"\b(?:address|post ?code|offices?|based|located|headquarters)\b", re.I)


def _from_or_to(context: Context, fact: Fact) -> float:
    """A paper's sender and its addressee both have an address: which is asked for."""
    text = context.question.text
    of_issuer = any(
        _PLACED.search(text[max(0, m.start() - 24) : m.end() + 12])
        for word in context.knowledge.names.issuer_words
        for m in re.finditer(rf"\b{re.escape(word)}\b(?! use)", text, re.I)
    )
    senders = bool(_SENDERS.search(text)) or (of_issuer and not context.question.subjects)
    if fact.clause == "addressee":
        return -0.35 if senders else 0.06
    return 0.25 if senders and fact.topic.startswith("sender") else 0.0


def _named(context: Context, document: Document, fact: Fact) -> float:
    """People and organisations that the question names must stand with the fact, or be its value."""
    question = context.question
    here = set(stems(f"{fact.span.of(document.text)} {fact.value} {fact.normalised or ''} {fact.topic}"))
    clause = document.clause(fact.clause)
    around = here | set(stems(clause.span.of(document.text))) if clause else here
    score = 0.0
    for name in question.people:
        if fact.kind in OF_THE_DOCUMENT and question.want is Want.PERSON:
            itself = fold(fact.normalised or fact.value) == fold(name.shown)
            score += -0.5 if itself else 0.0 if document.id in name.documents else -0.4
            continue
        words = stems(name.shown) or ("",)
        if question.want is Want.ROLE and words[-1] not in stems(f"{fact.value} {fact.normalised or ''}"):
            score -= 0.6  # the role of another who is named beside
        score += 0.2 if words[-1] in here else (0.05 if words[-1] in around else -0.4)
    for name in question.organisations:
        score += 0.1 if set(stems(name.shown)) <= around else -0.03
    return score


def _near(document: Document, fact: Fact) -> str:
    """The words about the value: its topic and the stretch of the sentence round it."""
    start = max(fact.span.start, fact.value_span.start - 70)
    end = min(fact.span.end, fact.value_span.end + 70)
    return f"{fact.topic} {document.text[start:end]}"


# These are read from sentences even when a date or a person is also spoken of.
_READ = frozenset({Want.REASON, Want.CONSEQUENCE, Want.QUOTATION, Want.DEFINITION})


def answer_value(context: Context) -> Draft | None:
    """The facts that answer, side by side where documents or places differ; None when none is good enough."""
    if context.question.want in _READ:
        return None
    found = matches(context)
    if not found or (
        context.question.want is Want.PERSON and not context.question.topic and not picked(context.question.text)
    ):
        return None
    best = found[0]
    if best.score < ENOUGH or _uncovered(context, best) or _outdone(context, best):
        return None
    return draft_of(context, group(context.question, found))


def _outdone(context: Context, best: Match) -> bool:
    """Whether another clause answers the question's words so much better that the fact is not what is meant."""
    if best.fact.kind in OF_THE_DOCUMENT or best.score >= CERTAIN or best.by_role or not context.ranked:
        return False
    if all(t.stem in words_of(best.fact.kind) for t in context.question.topic) and context.question.people:
        return False
    top = context.ranked[0]
    own = next(
        (
            s
            for s in context.ranked
            if s.unit.document.id == best.document.id and s.unit.span.overlaps(best.fact.value_span)
        ),
        None,
    )
    if top.unit.document.id == best.document.id and top.unit.clause.label == best.fact.clause and not best.missing:
        return False
    return own is not None and top.score > own.score + 0.15 and top.coverage > own.coverage + 0.15


def _uncovered(context: Context, best: Match) -> bool:
    """Whether the question's weightiest words are nowhere in the fact's evidence."""
    if not best.missing:
        return False
    if any(any(ch.isdigit() for ch in word) or word in ORDINALS for word in best.missing):
        return True
    if (
        context.question.want in (Want.DATE, Want.DEADLINE)
        and context.question.topic
        and context.question.topic[-1].word in best.missing
    ):
        return True
    covered = {t.stem for t in context.question.topic if covers(best.fact.kind, t.stem)}
    if all(t.stem in covered for t in context.question.topic):
        return False
    rarity = context.knowledge.rarity.weight
    weights = {  # a word for the kind itself says little, however rare it is in the documents
        t.word: 0.35 * min(COMMON, rarity(t.stem)) if t.stem in covered else rarity(t.stem)
        for t in context.question.topic
    }
    lost = sum(weights.get(word, 0.0) for word in best.missing)
    return lost > (0.3 if best.fact.kind == "person_role" else 0.45) * sum(weights.values())


def group(question: Question, found: list[Match]) -> list[Match]:
    """The best fact and those that answer the same question as well: other documents', or another date of one thing."""
    best = found[0]
    kept: list[Match] = [best]
    for other in found[1:]:
        if other.score < best.score - _margin(best, other) or len(kept) >= 8:
            continue
        same_document = [m for m in kept if m.document.id == other.document.id]
        if any(m.value == other.value and m.fact.kind == other.fact.kind for m in same_document):
            continue
        if same_document:
            pair = {other.fact.kind, same_document[0].fact.kind}
            told_apart = pair == {"issued_on", "signed_on"} and other.value != same_document[0].value
            same_kind = other.fact.kind == same_document[0].fact.kind and other.score > same_document[0].score - 0.04
            if not (told_apart or same_kind):
                continue
        elif not _alike(best, other) or (
            other.fact.kind != best.fact.kind and {other.fact.kind, best.fact.kind} != {"issued_on", "signed_on"}
        ):
            continue
        kept.append(other)
    return kept + _other_date(question, found, kept)


def _margin(best: Match, other: Match) -> float:
    """How far behind a fact may be: more where another paper of the same subject says the same thing of itself."""
    alike = (other.fact.kind, other.fact.clause) == (best.fact.kind, best.fact.clause)
    return 2 * CLOSE if best.fact.kind == "address" and alike and other.document.id != best.document.id else CLOSE


def _other_date(question: Question, found: list[Match], kept: list[Match]) -> list[Match]:
    """The day of signature beside a day or month of issue that it does not fall in: both dates are given."""
    best = kept[0]
    if len({m.document.id for m in kept}) > 1:
        return []
    if best.fact.kind == "signed_on" and "issued_on" in picked(question.text):
        return [m for m in found if m.document.id == best.document.id and m.fact.kind == "issued_on"][:1]
    if best.fact.kind != "issued_on" or any(m.fact.kind == "signed_on" for m in kept):
        return []
    issued = best.fact.normalised or ""
    signed = [m for m in found if m.document.id == best.document.id and m.fact.kind == "signed_on"]
    return [m for m in signed[:1] if issued and not (m.fact.normalised or issued).startswith(issued)]


def _alike(best: Match, other: Match) -> bool:
    """Whether another document's fact answers too: of the same subject, of the document itself, or a near-copy."""
    if best.document.subject and other.document.subject and same(best.document.subject, other.document.subject):
        return True
    if best.fact.kind in OF_THE_DOCUMENT:
        return True
    a, b = set(stems(best.fact.span.of(best.document.text))), set(stems(other.fact.span.of(other.document.text)))
    return len(a & b) >= 0.5 * len(a | b)


def draft_of(context: Context, kept: list[Match]) -> Draft:
    documents = {m.document.id: m.document for m in kept}
    several = len(documents) > 1
    ordered = (
        kept
        if not several
        else sorted(
            kept,
            key=lambda m: (
                m.document.issued_on is None,
                -(m.document.issued_on.toordinal() if m.document.issued_on else 0),
            ),
        )
    )
    lines = [
        Line(
            shown(context, m),
            (Quote.of_fact(m.document, m.fact),),
            label_of(m.document, documents.values()) if several else "",
        )
        for m in ordered
    ]
    best = kept[0]
    return answered(
        lines,
        value=value_of(context, best) if len({m.value for m in kept}) == 1 or not several else None,
        confidence=min(1.0, best.score),
        because=f"fact {best.fact.kind} in {best.document.id} {best.fact.clause}, score {best.score:.2f}",
    )


def value_of(context: Context, found: Match) -> str:
    if context.question.want is Want.ROLE and found.fact.topic and found.fact.kind in KINDS[Want.ROLE].first:
        return found.fact.topic
    return found.fact.value


def shown(context: Context, found: Match) -> str:
    """The line for one fact, in the shape that its kind asks for."""
    document, fact = found.document, found.fact
    if fact.kind == "deadline":
        return phrase.of_value(document, fact)
    if fact.kind in ("signatory", "person_role", "copied_to", "addressee"):
        return phrase.of_person(document, fact)
    if fact.kind in ("address", "legal_basis", "issuer", "organisation"):
        return (
            phrase.of_sentence(document, fact.value_span)
            if fact.kind == "address"
            else phrase.of_sentence(document, fact.span, fact.value_span)
        )
    if fact.kind in ("issued_on", "signed_on"):
        verb = "Issued" if fact.kind == "issued_on" else "Signed"
        return f"{verb} {phrase.of_value(document, fact)[0].lower()}{phrase.of_value(document, fact)[1:]}"
    return phrase.of_sentence(document, fact.span, fact.value_span)
