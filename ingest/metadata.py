"""What a document is: title, kind, subject, issuer and issue date, found in its own text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from ingest.facts.dates import find_dates
from ingest.kinds import kind_of
from ingest.names import find_names, is_government, most_mentioned, variants, without_office
from ingest.notice import Clause, ClauseKind
from ingest.raw import RawDocument

_ISSUED_TO = re.compile(
    r"\b(?:issued?s?|issues|addressed|given|served|sent)\b[^.]{0,60}?\b(?:to|on|upon)\s+(?:the\s+)?(?=[A-Z])"
)
_ISSUES = re.compile(
    r"(?:The\s+)?(?P<who>[A-Z][\w’'-]*(?:\s+(?:of|for|the|and|[A-Z][\w’'-]*))*)\s*(?:\([^)]{0,40}\)\s*)?(?:has\s+(?:decided\s+to\s+)?)?issues?d?\s+(?:a|an|this|the)\b"
)
_BEHALF = re.compile(
    r"\bon behalf of (?:the )?(?P<who>[A-Z][\w’'-]*(?:\s+(?:(?:of|for|the|and|’s)\s+)*[A-Z][\w’'-]*)*)"
)
_ISSUED_ON = re.compile(r"\b(?:issued|dated|published|made|given|served|sent)\b[^.]{0,120}?$", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"(?:^|\n)[ \t]*(?:Date(?:\s+of\s+(?:issue|letter|notice|report|publication))?|Issued(?:\s+on)?|Dated|Published(?:\s+on)?|Report\s+published|Publication\s+date|Issue\s+date)[ \t]*:?[ \t]*\n?",
    re.IGNORECASE,
)
_SMALL = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "under", "upon", "with"]
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Found in the text; None where the text does not say.  `subject_names`: the fullest first."""

    title: str
    kind: str
    subject: str | None = None
    subject_names: tuple[str, ...] = ()
    issuer: str | None = None
    issued_on: date | None = None


def describe(raw: RawDocument, clauses: Sequence[Clause], source: str) -> Metadata:
    """Describe a document from its text and clauses; `source` serves when the text bears no title."""
    blocks = {c.label: c.span.of(raw.text) for c in clauses if c.kind is ClauseKind.BLOCK}
    body = next((c.span.of(raw.text) for c in clauses if c.kind in (ClauseKind.PROSE, ClauseKind.NUMBERED)), "")
    title = _title(raw, blocks, source)
    kind = kind_of(raw, clauses, title)
    subject = _subject(raw, blocks, body, title)
    return Metadata(
        title=title,
        kind=kind,
        subject=subject,
        subject_names=variants(subject, raw.text) if subject else (),
        issuer=_issuer(raw, blocks, body, clauses, source),
        issued_on=_issued_on(raw, blocks, body, source),
    )


def _title(raw: RawDocument, blocks: dict[str, str], source: str) -> str:
    found = " ".join(blocks.get("title", "").split()) or " ".join(raw.metadata.get("title", "").split())
    if found:
        return title_case(found) if _shouts(found) else found
    return title_case(" ".join(re.split(r"[-_\s]+", PurePosixPath(source).stem)))


def _shouts(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3


def title_case(text: str) -> str:
    """`ST HELENS COUNCIL NOTICE OF ACTION` as `St Helens Council Notice of Action`; numbers and marks stay."""
    words = text.split()
    out = []
    for i, word in enumerate(words):
        lower = word.lower()
        out.append(lower if i > 0 and lower in _SMALL else lower[:1].upper() + lower[1:])
    return " ".join(out)


def _organisation(text: str) -> str | None:
    names = [without_office(m.name) for m in find_names(text)]
    own = [name for name in names if not is_government(name)]
    return next(iter(own or names), None)


def _subject(raw: RawDocument, blocks: dict[str, str], body: str, title: str) -> str | None:
    if "addressee" in blocks and (name := _organisation(blocks["addressee"])):
        return name
    issued_to = _ISSUED_TO.search(body)
    if issued_to and (name := _organisation(body[issued_to.end() : issued_to.end() + 120])):
        return name
    names = [without_office(m.name) for m in find_names(title)]
    for name in names:
        if not is_government(name):
            return name
    return most_mentioned(raw.text)


def _issuer(raw: RawDocument, blocks: dict[str, str], body: str, clauses: Sequence[Clause], source: str) -> str | None:
    for label in ("signature", "letterhead"):
        names = [m.name for m in find_names(blocks.get(label, ""))]
        if names:
            return names[-1] if label == "signature" else names[0]
    issues = _ISSUES.search(" ".join(body.split())[:400])
    if issues:
        return issues["who"].removeprefix("The ").strip()
    behalf = _BEHALF.search(" ".join(body.split()))
    if behalf:
        return behalf["who"]
    stem = set(re.split(r"[^\w]+", PurePosixPath(source).stem.lower()))
    for heading in dict.fromkeys(c.heading for c in clauses if c.heading):
        words = re.findall(r"\w+", heading.lower())
        if 2 <= len(words) <= 5 and set(words) <= stem:
            return heading
    return raw.metadata.get("from") or raw.metadata.get("author") or None


def _issued_on(raw: RawDocument, blocks: dict[str, str], body: str, source: str) -> date | None:
    for label in ("signature", "letterhead", "addressee"):
        day = _first_day(blocks.get(label, ""))
        if day:
            return day
    for match in find_dates(body):
        if match.precision == "day" and match.has_year and _ISSUED_ON.search(body[: match.span.start]):
            before = _ISSUED_ON.search(body[: match.span.start])
            if before and re.match(r"issued", before.group(), re.IGNORECASE):
                return date.fromisoformat(match.iso)
    if "date" in raw.metadata and (day := _first_day(raw.metadata["date"])):
        return day
    for label_match in _DATE_LABEL.finditer(raw.text):
        day = _first_day(raw.text[label_match.end() : label_match.end() + 40].split("\n")[0])
        if day:
            return day
    return _first_day(re.sub(r"_", " ", PurePosixPath(source).stem)) or _stem_day(source)


def _stem_day(source: str) -> date | None:
    match = re.search(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)", source)
    try:
        return date(*(int(g) for g in match.groups())) if match else None
    except ValueError:
        return None


def _first_day(text: str) -> date | None:
    for match in find_dates(text):
        if match.precision == "day" and match.has_year:
            return date.fromisoformat(match.iso)
    return None
