"""The facts that answer one question as well as the best does: other documents', or another date of one thing."""

from __future__ import annotations

from ingest.names import same
from retrieval.kinds import OF_THE_DOCUMENT, picked
from retrieval.question import Question
from retrieval.values.match import Match
from retrieval.words import stems

_EVERY = frozenset({"copied_to", "addressee"})  # kinds of which all that a document has are one answer
CLOSE = 0.12  # facts this near to the best answer the same question


def group(question: Question, found: list[Match]) -> list[Match]:
    """The best fact and those that answer the same question as well: other documents', or another date of one thing."""
    best = found[0]
    if best.fact.kind in _EVERY and best.fact.kind in picked(question.text):
        return [m for m in found if m.fact.kind == best.fact.kind and m.document.id == best.document.id]
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
