"""The kind of a document: notice, letter, news, report, reprimand … an open list, by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.notice import Clause, ClauseKind
from ingest.raw import RawDocument

_BY_TITLE = (
    ("warning letter", re.compile(r"\bwarning letter\b", re.IGNORECASE)),
    ("reprimand", re.compile(r"\breprimand\b", re.IGNORECASE)),
    ("press release", re.compile(r"\b(?:press|news) release\b", re.IGNORECASE)),
    ("notice", re.compile(r"\bnotice\b", re.IGNORECASE)),
    ("report", re.compile(r"\b(?:report|inspection|review|audit|evaluation)\b", re.IGNORECASE)),
    ("minutes", re.compile(r"\bminutes\b", re.IGNORECASE)),
    ("guidance", re.compile(r"\b(?:guidance|guide|handbook|guidelines)\b", re.IGNORECASE)),
    ("policy", re.compile(r"\bpolicy\b", re.IGNORECASE)),
    ("direction", re.compile(r"\bdirections?\b", re.IGNORECASE)),
    ("order", re.compile(r"\border\b", re.IGNORECASE)),
    ("agreement", re.compile(r"\b(?:agreement|contract|memorandum)\b", re.IGNORECASE)),
    ("decision", re.compile(r"\bdecision\b", re.IGNORECASE)),
    ("plan", re.compile(r"\bplan\b", re.IGNORECASE)),
    ("letter", re.compile(r"\bletter\b", re.IGNORECASE)),
)
_SALUTATION = re.compile(
    r"^[ \t]*(?:Dear[ \t][^!?\n]{1,80}|To whom it may concern)[,:]?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_SAYS_KIND = re.compile(  # the paper's own words for what it is
    r"\b(?:(?:issues?|serves?|gives?|makes?)\s+(?:a|an|this)\s+(?:[a-z]+\s+)?|This\s+(?:[a-z]+\s+)?)"
    r"(?P<kind>reprimand|notice|direction|order|report|decision|letter|agreement|policy|guidance|plan)\b"
)
_TYPE_LINE = re.compile(
    r"^(?:(?:document|content|publication|action|notice)\s+)?(?:type|category|kind)\s*:\s*(?P<type>[^\n]{3,40})$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"[“\"][^”\"\n]{12,}")
_SAID = re.compile(r"\b(?:said|says|told|added|according to|revealed|asked)\b", re.IGNORECASE)


def kind_of(raw: RawDocument, clauses: Sequence[Clause], title: str) -> str:
    """The kind, from title and layout; `document` when nothing tells."""
    if raw.format == "e-mail":
        return "e-mail"
    labels = {c.label for c in clauses}
    head = raw.text[:6000]
    warning = re.search(r"\bwarning letter\b", title + "\n" + head[:1500], re.IGNORECASE)
    if warning:
        return "warning letter"
    if _SALUTATION.search(head) and "signature" in labels:
        return "letter"
    if typed := _TYPE_LINE.search(head[:1500]):  # a catalogue's own word for it
        for kind, pattern in _BY_TITLE:
            if pattern.search(re.sub(r"s\b", "", typed["type"])):
                return kind
    if "title" in labels or raw.metadata.get("title"):
        for kind, pattern in _BY_TITLE:
            if pattern.search(title):
                return kind
    prose = [c for c in clauses if c.kind is ClauseKind.PROSE]
    if prose and len(prose) * 2 > len(clauses) and "signature" not in labels:
        words = len(raw.text.split())
        told = len(_SAID.findall(raw.text))
        if _QUOTED.search(raw.text) and told * 150 > words:
            return "news"
    for kind, pattern in _BY_TITLE:
        if pattern.search(title):
            return kind
    if _SALUTATION.search(head):
        return "letter"
    said = _SAYS_KIND.search(head[:1500])
    return said["kind"].lower() if said else "document"
