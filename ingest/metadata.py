"""What a document is: title, kind, subject, issuer and issue date, found in its own text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from ingest.facts.dates import find_dates, writes_us_dates
from ingest.kinds import kind_of
from ingest.mailboxes import body_of, mailboxes
from ingest.name_words import is_part, is_role
from ingest.names import find_names, is_government, most_mentioned, variants, without_office
from ingest.notice import Clause, ClauseKind, Span
from ingest.raw import RawDocument
from ingest.titles import title_of

_ISSUED_TO = re.compile(
    r"\b(?:issue[sd]?|addressed|given|served|sent)\b[^.]{0,60}?\b(?:to|on|upon)\s+(?:the\s+)?(?=[A-Z])"
)
_ISSUES = re.compile(
    r"(?:The\s+)?(?P<who>[A-Z][\w’'-]*(?:\s+(?:of|for|the|and|[A-Z][\w’'-]*))*)\s*(?:\([^)]{0,40}\)\s*)?"
    r"(?:has\s+(?:decided\s+to\s+)?)?issues?d?\s+(?:a|an|this|the)\b"
)
_BEHALF = re.compile(r"\bon behalf of (?:the )?(?P<who>[A-Z][\w’'-]*(?:\s+(?:(?:of|for|the|and)\s+)*[A-Z][\w’'-]*)*)")
_ISSUED_ON = re.compile(r"\bissued\b[^.]{0,120}?$", re.IGNORECASE)
_ITSELF = re.compile(
    r"\b[Tt]he\s+(?P<short>Department|Ministry|Regulator|Commission|Agency|Inspectorate|Administration|Directorate)\b"
    r"(?!\s+(?:for|of)\b|\s+[A-Z])"
)
_DATE_LABEL = re.compile(
    r"(?:^|\n)[ \t]*(?:Date(?:\s+of\s+(?:issue|letter|notice|report|publication|this\s+\w+))?|Issued(?:\s+on)?|Dated"
    r"|(?:Report\s+)?[Pp]ublished(?:\s+on)?|(?:Publication|Issue|Report)\s+date)[ \t]*:?[ \t]*\n?",
    re.IGNORECASE,
)
_PUBLISHER_WORDS = range(2, 6)
_HONOURED = re.compile(r"(?:To:?\s+)?(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame)\.?\s+)+(?=[A-Z])")
_PLACE_LINE = re.compile(
    r"[0-9]|\b(?:Street|Road|Lane|Avenue|Drive|Place|Square|Close|Court|House|Building|Floor|Way|Row|Terrace|Crescent"
    r"|Quay|Park|Hill|Hall|Gate|Wharf|Mews|Walk|Yard|Gardens|Cottage|Farm)\b"
)
_JOINTS = frozenset(["and", "of", "the", "for", "&"])


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
    found = _Parts(raw, clauses, source)
    title = title_of(found.block("title"), raw.metadata, raw.text, source)
    subject = found.subject(title)
    return Metadata(
        title=title,
        kind=kind_of(raw, clauses, title),
        subject=subject,
        subject_names=variants(subject, raw.text) if subject else (),
        issuer=found.issuer(),
        issued_on=found.issued_on(),
    )


class _Parts:
    """The parts of a document that tell what it is."""

    def __init__(self, raw: RawDocument, clauses: Sequence[Clause], source: str) -> None:
        self.raw, self.clauses, self.source = raw, clauses, source
        self.blocks = [(c.label, c.span.of(raw.text)) for c in clauses if c.kind is ClauseKind.BLOCK]
        body = [c for c in clauses if c.kind in (ClauseKind.PROSE, ClauseKind.NUMBERED) and c.parent is None]
        self.opening = "\n".join(c.span.of(raw.text) for c in body[:3])
        self.us = writes_us_dates(raw.text)

    def block(self, name: str) -> str:
        """The text of all blocks of one name, `letterhead` and `letterhead 2` alike."""
        return "\n\n".join(text for label, text in self.blocks if re.fullmatch(rf"{name}(?: \d+)?", label))

    def subject(self, title: str) -> str | None:
        if name := _first_own(_by_line(self.block("addressee"))):
            return name
        if self.raw.metadata.get("to") and (name := _receiver(self.raw.metadata["to"])):
            return name
        issued_to = _ISSUED_TO.search(self.opening)
        if issued_to and (name := _receiver(self.opening[issued_to.end() : issued_to.end() + 120])):
            return name
        if name := _receiver(title):
            return name
        mailed = self.raw.format == "e-mail"
        if mailed and (name := self._receiving_body()):
            return name
        # a place or body alone in the first line of the title
        first, *rest = re.split(r"\n\s*\n", self.block("title"))
        if rest and 0 < len(first.split()) <= 3 and first[0].isupper():
            return " ".join(first.split())
        named = most_mentioned(self.raw.text)
        if named is None and not mailed:  # a mail speaks of regulators that it is neither from nor to
            named = most_mentioned(self.raw.text, government=True)
        if mailed and named in _by_line(self.block("signature")):
            return None
        if named and named in _by_line(self.block("letterhead")):  # the sender names itself most
            return _unnamed_sort(self.block("addressee")) or named
        return named

    def _receiving_body(self) -> str | None:
        """The body whose mail addresses the message goes to."""
        to, sender = self.raw.metadata.get("to", ""), self.raw.metadata.get("from", "")
        receivers = [box.address for box in mailboxes(to, Span(0, len(to)))]
        senders = [box.address for box in mailboxes(sender, Span(0, len(sender)))]
        return body_of(receivers, "".join(senders[:1]), self.raw.text)

    def issuer(self) -> str | None:
        opening = " ".join(self.opening.split())
        if issues := _ISSUES.search(opening[:400]):
            return issues["who"].removeprefix("The ").strip()
        lines = self.block("signature").splitlines()
        signed = _by_line("\n".join(lines))
        whole = [name for line in lines if not is_part(line) for name in _by_line(line)]
        if whole:
            return whole[-1]
        if behalf := _BEHALF.search(opening):
            return behalf["who"]
        if signed:
            return next((m.name for m in find_names(opening) if is_government(m.name)), signed[-1])
        heads = [name for name in _by_line(self.block("letterhead")) if not is_part(name)]
        if heads:
            return heads[0]
        return self._publisher() or self._calls_itself() or most_mentioned(self.raw.text, government=True)

    def _calls_itself(self) -> str | None:
        """The body that a letter means by `the Department` or `the Regulator`."""
        if not self.block("addressee"):
            return None
        short = Counter(m["short"] for m in _ITSELF.finditer(self.raw.text))
        for word, _ in short.most_common():
            named = [m.name for m in find_names(self.raw.text) if word in m.name.split()]
            if named:
                return Counter(named).most_common(1)[0][0]
        return None

    def _publisher(self) -> str | None:
        """Who published it: said by the format, or a heading that the file's name repeats."""
        stem = set(re.split(r"[^\w]+", PurePosixPath(self.source).stem.lower()))
        for heading in dict.fromkeys(c.heading for c in self.clauses if c.heading):
            words = re.findall(r"\w+", heading.lower())
            if len(words) in _PUBLISHER_WORDS and set(words) <= stem:
                return heading
        said = self.raw.metadata.get("publisher") or re.sub(r"\s*<[^>]*>", "", self.raw.metadata.get("from", ""))
        return said or None

    def issued_on(self) -> date | None:
        for name in ("signature", "letterhead", "addressee"):
            if day := self._first_day(self.block(name)):
                return day
        for match in find_dates(self.opening, us=self.us):
            if match.precision == "day" and match.has_year and _ISSUED_ON.search(self.opening[: match.span.start]):
                return date.fromisoformat(match.iso)
        for label in _DATE_LABEL.finditer(self.raw.text):
            if day := self._first_day(self.raw.text[label.end() : label.end() + 40].split("\n")[0]):
                return day
        if day := self._first_day(self.block("title")) or self._first_day(self.raw.metadata.get("date", "")):
            return day
        return self._first_day(re.sub(r"[_\s]+", " ", PurePosixPath(self.source).stem)) or _stem_day(self.source)

    def _first_day(self, text: str) -> date | None:
        for match in find_dates(text, us=self.us):
            if match.precision == "day" and match.has_year:
                return date.fromisoformat(match.iso)
        return None


def _receiver(text: str) -> str | None:
    """The organisation that a text addresses or is about: none that issues, where there is another."""
    return _first_own([m.name for m in find_names(text)])


def _first_own(names: Sequence[str]) -> str | None:
    plain = [without_office(name) for name in names if not is_role(without_office(name))]
    return next(iter([name for name in plain if not is_government(name)] or plain), None)


def _unnamed_sort(addressee: str) -> str | None:
    """Whom an address names without a word for its sort: the firm under a person's name, else the person."""
    lines = [" ".join(line.split()).strip(" ,") for line in addressee.splitlines() if line.strip()]
    if not lines:
        return None
    titled = _HONOURED.match(lines[0])
    if titled is None:
        return None
    for line in lines[1:3]:
        if is_role(line):
            continue
        words = line.split()
        if len(words) >= 2 and not _PLACE_LINE.search(line) and all(w[0].isupper() or w in _JOINTS for w in words):
            return line
        break
    return lines[0][titled.end() :].strip()


def _by_line(block: str) -> list[str]:
    """The organisations named in a block whose lines are things of their own."""
    return [match.name for line in block.splitlines() for match in find_names(line) if not is_role(match.name)]


def _stem_day(source: str) -> date | None:
    match = re.search(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)", source)
    try:
        return date(*(int(g) for g in match.groups())) if match else None
    except ValueError:
        return None
