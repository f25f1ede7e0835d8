"""Links between documents: what one says of another, and which document of a corpus that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.facts.dates import find_dates
from ingest.names import find_names, same
from ingest.notice import Document, Link, Span
from ingest.sentences import sentence_at, sentences

_PAPER = (
    r"(?:notice|letter|direction|report|order|reprimand|decision|agreement|guidance|policy|plan|licen[cs]e|permit"
    r"|warning|statement"
    r"|memorandum|undertaking)"
)
_RELATIONS = (
    ("supersedes", re.compile(r"\b(?:supersed\w+|replac(?:es|ed|ing)|in\s+place\s+of)\b", re.IGNORECASE)),
    ("revokes", re.compile(r"\b(?:revok\w+|withdraw\w*|cancel(?:s|led|ling)?|rescind\w*)\b", re.IGNORECASE)),
    (
        "varies",
        re.compile(
            r"\b(?:var(?:y|ies|ied|ying|iation)|amend(?:s|ed|ing|ment)?|modif(?:y|ies|ied|ication)|relax(?:es|ed"
            r"|ing|ation)?)\b",
            re.IGNORECASE,
        ),
    ),
)
_ACTS_ON = re.compile(
    rf"\b(?:this|the\s+present)\s+(?:[\w’'-]+\s+){{0,3}}?{_PAPER}\b[^.;]{{0,40}}?\b(?:supersedes|replaces|revokes"
    rf"|withdraws|cancels|rescinds"
    rf"|varies|amends|modifies|relaxes)\s+(?P<what>[^.;]{{3,140}}?\b{_PAPER}s?\b(?:\s+(?:of|dated|issued\s+(?:on"
    rf"|to))\s+[^.;,()]{{3,60}}?(?=\s+(?:and\s+[a-z]|\()|[.;,()]|\s*$))?)",
    re.IGNORECASE,
)
_LOOSENS = re.compile(
    r"\b(?:flexibilit(?:y|ies)|temporary\s+(?:measures|changes|arrangements)|relaxation|(?:the|this)\s+variation"
    r"|extension\s+of\s+time)\b",
    re.IGNORECASE,
)  # fmt: skip
_BINDING = re.compile(r"\b(?:notice|direction|order|licen[cs]e|permit|agreement|undertaking|plan)\b", re.IGNORECASE)
_KIND = re.compile(rf"\b{_PAPER}s?\b", re.IGNORECASE)


def find_links(document: Document) -> tuple[Link, ...]:
    """What a document with its facts says of others; `target` holds the words of the mention.

    The relation is that of the sentence (supersedes, revokes, varies), else `refers to`.  A letter that grants
    flexibility from the one binding paper that it is about varies it, in whatever sentence it says so.
    """
    found = list(_mentions(document))
    loosened = [link for link in found if link.relation == "refers to" and _BINDING.search(link.target)]
    if document.kind == "letter" and len({link.target for link in loosened}) == 1 and _LOOSENS.search(document.text):
        found = [Link("varies", x.target, x.span) if x in loosened else x for x in found]
    unique: dict[tuple[str, str], Link] = {}
    for link in sorted(found, key=lambda x: x.span):
        unique.setdefault((link.relation, link.target.casefold()), link)
    return tuple(unique.values())


def _mentions(document: Document) -> Iterator[Link]:
    taken: list[Span] = []
    for clause in document.clauses:
        for sentence in sentences(document.text, clause.span):
            for m in _ACTS_ON.finditer(sentence.of(document.text)):
                span = Span(sentence.start + m.start("what"), sentence.start + m.end("what"))
                if not any(span.overlaps(t) for t in taken):
                    taken.append(span)
                    yield Link(_relation(document, sentence, span), _words(document, span), span)
    for fact in document.facts:
        if fact.kind == "reference" and not any(fact.value_span.overlaps(t) for t in taken):
            taken.append(fact.value_span)
            sentence = sentence_at(document.text, fact.span, fact.value_span)
            yield Link(_relation(document, sentence, fact.value_span), fact.value, fact.value_span)


def _words(document: Document, span: Span) -> str:
    return re.sub(r"^(?:the|our|your|an?)\s+", "", " ".join(span.of(document.text).split()), flags=re.IGNORECASE)


def _relation(document: Document, sentence: Span, mention: Span) -> str:
    """What the sentence does to the paper: by the verb next before it, else by any."""
    before = document.text[sentence.start : mention.start]
    acts = [(m.start(), name) for name, pattern in _RELATIONS for m in pattern.finditer(before)]
    if acts:
        return max(acts)[1]
    after = document.text[mention.end : sentence.end]
    later = [(m.start(), n, name) for n, (name, pattern) in enumerate(_RELATIONS) for m in pattern.finditer(after)]
    return min(later)[2] if later else "refers to"


def resolve(link: Link, document: Document, others: Iterable[Document]) -> str | None:
    """The id of the one document among `others` that the link of `document` can mean, or None.

    It is of the kind named, about the subject named (else about the same subject), and of the date named (else
    earlier than `document`).
    """
    kinds = {m.group().lower().rstrip("s").replace("license", "licence") for m in _KIND.finditer(link.target)}
    dates = {d.iso for d in find_dates(link.target)}
    subjects = [m.name for m in find_names(link.target)]
    found = [
        other.id
        for other in others
        if other.id != document.id
        and any(kind in other.kind.lower() or kind in other.title.lower() for kind in kinds)
        and _about(other, subjects, document)
        and (_dated(other, dates) if dates else _earlier(other, document))
    ]
    return found[0] if len(found) == 1 else None


def _about(other: Document, subjects: list[str], document: Document) -> bool:
    names = [n for n in (other.subject, *other.subject_names) if n]
    wanted = [s for s in subjects if any(same(s, n) for n in names)]
    if wanted:
        return True
    own = [n for n in (document.subject, *document.subject_names) if n]
    return any(same(a, b) for a in own for b in names)


def _dated(other: Document, dates: set[str]) -> bool:
    said = {f.normalised for f in other.facts if f.kind in {"issued_on", "signed_on"}}
    return bool(dates & said) or (other.issued_on is not None and other.issued_on.isoformat() in dates)


def _earlier(other: Document, document: Document) -> bool:
    return other.issued_on is not None and document.issued_on is not None and other.issued_on < document.issued_on
