"""The frame around the body of a document: title, letterhead, addressee, salutation, signature, copies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.frame_lines import POSTCODE, ROLE_WORD, TERMINAL, TO, Role, names_a_body, title_like
from ingest.layout import Paragraph
from ingest.letter_head import mark_letter_head, mark_letter_title
from ingest.raw import BlockKind

__all__ = ["Role", "roles"]

_TOP = 40  # a salutation stands among the first paragraphs
_SALUTATION = re.compile(r"(?:Dear\s[^!?]{1,80}?[,:]?|To whom it may concern[,:.]?)$", re.IGNORECASE)
_TO_WHOM = re.compile(r"To\s+(?:the\s+)?[A-Z][^.;:!?]{2,110}$")  # `To the Chair of Governors, Mrs …`
_NAMED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Cllr|Councillor|Rev)\.?\s+)?"
    r"[A-Z][\w’'-]*\.?(?:\s+(?:de|la|van|von|al)\b)?(?:\s+[A-Z][\w’'-]*\.?){1,3}$"
)
_INITIALLED = re.compile(r"(?:[A-Z]\.\s*){1,3}[A-Z][\w’'-]+")  # a name, and no lettered item
_PAPER_WORD = re.compile(r"\b(?:notice|order|letter|report|warning|direction|reprimand|decision)\b", re.IGNORECASE)
_WHAT = re.compile(
    r"^(?:\w+\s+){0,3}?"
    r"(?:inspection|review|report|audit|evaluation|investigation|notice|reprimand)\b(?!.*:)",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:Yours\s+(?:sincerely|faithfully|truly|ever)|(?:Yours\s+)?Sincerely(?:\s+yours)?|Respectfully(?:\s+yours)?"
    r"|(?:(?:With\s+)?(?:kind|best|warm)(?:est)?\s+)?regards|(?:Many\s+)?thanks and regards|Best wishes)"
    r"\s*[,.]?(?:\s+/s/.*)?$"
    r"|Signature\s*:.{0,80}$"
    r"|Signed(?:\s*[:.…_,-].{0,120}|\s+(?:by|for|on behalf|and)\b.{0,120}|\s+Dated?\b.{0,40})?$|/s/.{0,60}$",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:Dated?|Issued)\b[\s:].{0,40}$", re.IGNORECASE)
_PAPER = r"(?:letter|notice|e-?mail|report)"
_COPIED = re.compile(
    r"(?:I\s+am|We\s+are|I\s+have|We\s+have|I|We)\s+(?:also\s+)?"
    r"(?:copying|copied|copy|sending\s+a\s+copy\s+of)\s+(?:of\s+)?this\b"
    rf"|This\s+{_PAPER}\s+(?:is|has been|was)\s+(?:also\s+)?(?:being\s+)?copied\s+to\b"
    rf"|A\s+copy\s+of\s+this\s+{_PAPER}\s+(?:is|has been|was|will be)\s+(?:also\s+)?(?:being\s+)?sent\s+to\b"
    r"|(?:cc|c\.c\.|Copied to|Copies? to|Copy to|Distribution(?=\s*:))\s*(?::|\s)",
    re.IGNORECASE,
)
_MAIL_HEADERS = {
    "from": Role.LETTERHEAD,
    "date": Role.LETTERHEAD,
    "to": Role.ADDRESSEE,
    "cc": Role.COPIED,
    "subject": Role.TITLE,
}
_KIND_ALONE = re.compile(  # a heading that only says what the paper is
    r"(?!(?:the|this|our|your|about|why|how)\b)(?:[\w’'-]+\s+){0,3}"
    r"(?:notice|order|letter|report|direction|reprimand|decision|summons|certificate|undertaking)$",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:Annex(?:e|ure)?|Appendix|Schedule)\b", re.IGNORECASE)
_LONG = 250
_SALUTATION_WORDS = 14
_FEW_LINES = 3  # under a name that ends a paper whose lines all stand apart
_LAST_LINES = 8
_LABEL_WORDS = 2
_TOLD_WORDS = 18  # of a sentence below a signature that is no part of it, such as a disclaimer
_SIGNED_WORDS = 14  # of a line under a name: "authorised to sign on behalf of …"


def roles(paragraphs: Sequence[Paragraph], *, mail: bool = False) -> list[Role]:
    """The role of every paragraph, in order; of a `mail` the first lines are its headers."""
    found = [Role.BODY] * len(paragraphs)
    if mail:
        _mark_mail_head(paragraphs, found)
    salutation = next((i for i, p in enumerate(paragraphs[:_TOP]) if _is_salutation(p)), None)
    signature = _mark_signature(paragraphs, found, salutation or 0)
    if salutation is not None:
        found[salutation] = Role.SALUTATION
    if salutation is not None and not mail:
        mark_letter_head(paragraphs, found, salutation)
        mark_letter_title(paragraphs, found, salutation + 1)
    elif not mail:
        to = next((i for i, p in enumerate(paragraphs[:20]) if TO.match(p.words) and len(p.words) < _LONG), None)
        if to is None:
            to = next((i for i in range(min(20, len(paragraphs))) if _says_to_whom(paragraphs, i)), None)
        if to is not None:
            _mark_to_block(paragraphs, found, to)
        if to is None or not _mark_title_below(paragraphs, found, to):
            _mark_title(paragraphs, found)
    for i, paragraph in enumerate(paragraphs):
        if found[i] is Role.BODY and _COPIED.match(paragraph.body) and (salutation is not None or i > signature >= 0):
            _mark_copied(paragraphs, found, i)
    return found


def _is_salutation(paragraph: Paragraph) -> bool:
    return (
        paragraph.marker is None
        and len(paragraph.words.split()) <= _SALUTATION_WORDS
        and not paragraph.words.endswith(".")
        and _SALUTATION.match(paragraph.words) is not None
    )


def _mark_signature(paragraphs: Sequence[Paragraph], found: list[Role], after: int) -> int:
    """Mark the last sign-off and the short lines below it; -1 when there is none."""
    for start in range(len(paragraphs) - 1, after, -1):
        paragraph = paragraphs[start]
        if paragraph.marker is None and len(paragraph.words) < 200 and _SIGN_OFF.match(paragraph.words):
            break
    else:
        return _mark_name_and_role(paragraphs, found, after)
    first = start
    while start - 1 > after and _DATED.match(paragraphs[start - 1].words):
        start -= 1
    while start - 1 > after and _SIGN_OFF.match(paragraphs[start - 1].words) and len(paragraphs[start - 1].words) < 200:
        start -= 1
    found[start : first + 1] = [Role.SIGNATURE] * (first + 1 - start)
    for i in range(first + 1, len(paragraphs)):
        paragraph = paragraphs[i]
        counted = paragraph.marker is not None and not paragraph.marker.bullet
        counted = counted and _INITIALLED.match(paragraph.words) is None
        told = len(paragraph.words.split()) > _TOLD_WORDS and paragraph.words.endswith(".")
        if (
            counted
            or told
            or len(paragraph.words) > _LONG
            or _ANNEX.match(paragraph.words)
            or _COPIED.match(paragraph.words)
        ):
            break
        if paragraph.sure and paragraph.kind is BlockKind.HEADING:
            break
        found[i] = Role.SIGNATURE
    return start


def _mark_name_and_role(paragraphs: Sequence[Paragraph], found: list[Role], after: int) -> int:
    """Mark a name over a role that end a paper without a sign-off; -1 when there is none."""
    end = len(paragraphs)
    while end - 1 > after and _COPIED.match(paragraphs[end - 1].words):
        end -= 1
    for start in range(end - 2, max(after, end - _LAST_LINES), -1):
        name, role = paragraphs[start], paragraphs[start + 1]
        below = paragraphs[start + 1 : end]
        if any(p.marker is not None or (p.sure and p.kind is not BlockKind.PARAGRAPH) for p in below) or any(
            len(p.words.split()) > _SIGNED_WORDS or _ANNEX.match(p.words) for p in below
        ):
            return -1
        if (
            name.gap
            and (not role.gap or (role.sure and len(below) <= _FEW_LINES))
            and (name.marker is None or _INITIALLED.match(name.words))
            and (not name.sure or name.kind is BlockKind.PARAGRAPH)
            and not names_a_body(name.words)
            and _NAMED.match(name.words)
            and not ROLE_WORD.search(name.words)
            and ROLE_WORD.search(role.words)
            and not TERMINAL.search(role.words)
        ):
            found[start:end] = [Role.SIGNATURE] * (end - start)
            return start
    return -1


def _mark_mail_head(paragraphs: Sequence[Paragraph], found: list[Role]) -> None:
    for i, paragraph in enumerate(paragraphs[:6]):
        name = paragraph.words.partition(":")[0].lower()
        role = _MAIL_HEADERS.get(name)
        if role is None:
            return
        found[i] = role


def _says_to_whom(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether the line opens an address: `To the Chair of Governors, Mrs …`, and lines close below it."""
    line = paragraphs[i]
    below = paragraphs[i + 1 : i + 3]
    return (
        line.marker is None
        and line.gap
        and _TO_WHOM.match(line.words) is not None
        and len(below) == 2
        and not any(p.gap or p.marker is not None or len(p.words) > 80 for p in below)
    )


def _mark_title_below(paragraphs: Sequence[Paragraph], found: list[Role], to: int) -> bool:
    """Mark a title that stands under the address, and all above as the letterhead; False when there is none."""
    if any(_PAPER_WORD.search(p.words) and title_like(p, caps=False) for p in paragraphs[:to]):
        return False
    if any(len(p.words) > _LONG or p.marker is not None or p.kind is BlockKind.TITLE for p in paragraphs[:to]):
        return False
    start = next((i for i in range(to, len(paragraphs)) if found[i] is not Role.ADDRESSEE), len(paragraphs))
    for i in range(start, min(start + 3, len(paragraphs) - 1)):
        if title_like(paragraphs[i], caps=True) and _PAPER_WORD.search(paragraphs[i].words):
            found[i] = Role.TITLE
            found[:to] = [Role.LETTERHEAD] * to
            return True
    return False


def _mark_to_block(paragraphs: Sequence[Paragraph], found: list[Role], to: int) -> None:
    found[to] = Role.ADDRESSEE
    code = next((i for i in range(to + 1, min(to + 9, len(paragraphs))) if POSTCODE.search(paragraphs[i].words)), to)
    if all(len(p.words) <= 60 and p.marker is None and not p.words.endswith(".") for p in paragraphs[to + 1 : code]):
        found[to : code + 1] = [Role.ADDRESSEE] * (code + 1 - to)  # however far apart the lines stand
        to = code
    for i in range(to + 1, min(to + 12, len(paragraphs))):
        words = paragraphs[i].words
        labelled = re.match(r"(?:Of|Address|At)\s*:", words, re.IGNORECASE) is not None
        postcode = POSTCODE.search(words) is not None
        if paragraphs[i].marker or len(words) > 120 or (paragraphs[i].gap and not (labelled or postcode)):
            break
        found[i] = Role.ADDRESSEE


def _mark_title(paragraphs: Sequence[Paragraph], found: list[Role]) -> None:
    """The first lines, when they read like a title and not like prose."""
    told = [i for i, p in enumerate(paragraphs) if p.kind is BlockKind.TITLE]
    if told and Role.ADDRESSEE in found[: told[0]] and paragraphs[0].kind is BlockKind.HEADING:
        found[0] = Role.TITLE  # what is larger below the address heads a section
        return
    if told:
        found[told[0]] = Role.TITLE
        following = told[0] + 1
        top = paragraphs[told[0]].words
        place = len(top.split()) <= 2 or names_a_body(top)
        if place and following < len(paragraphs) - 1 and paragraphs[following].kind is BlockKind.HEADING:
            # the place or body alone, and under it what the document is
            if len(paragraphs[following].words.split()) >= 5:
                found[following] = Role.TITLE
        elif following < len(paragraphs) - 1 and paragraphs[following].kind in (BlockKind.HEADING, BlockKind.TITLE):
            if _KIND_ALONE.match(paragraphs[following].words):
                found[following] = Role.TITLE
        return
    for i, paragraph in enumerate(paragraphs[:6]):
        if found[i] is not Role.BODY:
            break
        first = i == 0 or found[i - 1] is not Role.TITLE
        if not title_like(paragraph, caps=not first):
            break
        if i + 1 == len(paragraphs):
            break
        found[i] = Role.TITLE
    if found[:2] == [Role.TITLE, Role.BODY] and len(paragraphs) > 2:
        what = paragraphs[1]
        if len(paragraphs[0].words.split()) <= 6 and title_like(what, caps=False) and _WHAT.search(what.words):
            found[1] = Role.TITLE


def _mark_copied(paragraphs: Sequence[Paragraph], found: list[Role], start: int) -> None:
    found[start] = Role.COPIED
    if len(paragraphs[start].words) > 60:
        return
    label = len(paragraphs[start].words.split()) <= _LABEL_WORDS  # "cc:" over the names
    for i in range(start + 1, len(paragraphs)):
        paragraph = paragraphs[i]
        apart = paragraph.gap and not (label and i == start + 1)
        if found[i] is not Role.BODY or apart or len(paragraph.words) > 120 or _ANNEX.match(paragraph.words):
            break
        found[i] = Role.COPIED
