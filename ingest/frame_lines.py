"""What the lines of a document's frame look like, and what each can be to the whole document."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.layout import Paragraph
from ingest.names import find_names
from ingest.raw import BlockKind

TO = re.compile(r"To\s*:\s*(?=\S)", re.IGNORECASE)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\.?$")
RE = re.compile(r"(?:Re|Subject|Ref(?:erence)?|Regarding)\s*:", re.IGNORECASE)
TERMINAL = re.compile(r"[.!?;:,][\"'”’)\]]*$")
DATE = re.compile(
    r"(?:Date\s*:?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8},?\s+\d{4}"
    r"|[A-Z][a-z]{2,8}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2})\.?$",
    re.IGNORECASE,
)
ROLE_WORD = re.compile(
    r"\b(?:Director|Chief|Officer|Leader|Head|Chair(?:man|woman|person)?|Manager|Secretary|Commissioner"
    r"|President|CEO|Owner"
    r"|Principal|Head\s?teacher|Governor|Partner|Trustee|Clerk|Superintendent|Councillor)\b"
)
SENDER = re.compile(
    r"(?:www\.|https?://|@|\b(?:Tel(?:ephone)?|Fax|E-?mail|Our ref|Your ref|Ref(?:erence)?|From|Date)\b\s*:?)",
    re.IGNORECASE,
)
_BODY_SHARE = 0.8  # share of a line
_NO_TITLE = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.NOTE, BlockKind.CONTENTS})


class Role(StrEnum):
    """What a paragraph is to the whole document."""

    TITLE = "title"
    LETTERHEAD = "letterhead"
    ADDRESSEE = "addressee"
    SALUTATION = "salutation"  # "Dear …": no clause
    BODY = "body"
    COPIED = "copied to"
    SIGNATURE = "signature"


def title_like(paragraph: Paragraph, *, caps: bool) -> bool:
    words = paragraph.words
    if paragraph.marker or len(words) > 200 or paragraph.kind in _NO_TITLE:
        return False
    if paragraph.kind is BlockKind.HEADING and paragraph.level <= 1:
        return True
    if RE.match(words):
        return True
    letters = [c for c in words if c.isalpha()]
    if caps:
        return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3
    return bool(letters) and words[0].isupper() and not TERMINAL.search(words) and len(words.split()) <= 20


def names_a_body(words: str) -> bool:
    """Whether a line is the name of an organisation and nothing else, however large."""
    named = find_names(words)
    return len(named) == 1 and len(named[0].span) >= _BODY_SHARE * len(words)
