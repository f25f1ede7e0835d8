"""The frame around the body of a document: title, letterhead, addressee, salutation, signature, copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from ingest.layout import Paragraph
from ingest.raw import BlockKind


class Role(StrEnum):
    """What a paragraph is to the whole document."""

    TITLE = "title"
    LETTERHEAD = "letterhead"
    ADDRESSEE = "addressee"
    SALUTATION = "salutation"  # "Dear …": no clause
    BODY = "body"
    COPIED = "copied to"
    SIGNATURE = "signature"


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
_TO = re.compile(r"To\s*:\s*(?=\S)", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"(?:Yours\s+(?:sincerely|faithfully|truly|ever)|(?:Yours\s+)?Sincerely(?:\s+yours)?|Respectfully(?:\s+yours)?"
    r"|(?:(?:With\s+)?(?:kind|best|warm)(?:est)?\s+)?regards|(?:Many\s+)?thanks and regards|Best wishes)"
    r"\s*[,.]?(?:\s+/s/.*)?$"
    r"|Signature\s*:.{0,80}$"
    r"|Signed(?:\s*[:.…_,-].{0,120}|\s+(?:by|for|on behalf|and)\b.{0,120}|\s+Dated?\b.{0,40})?$|/s/.{0,60}$",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:Dated?|Issued)\b[\s:].{0,40}$", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\.?$")
_PAPER = r"(?:letter|notice|e-?mail|report)"
_COPIED = re.compile(
    r"(?:I\s+am|We\s+are|I\s+have|We\s+have|I|We)\s+(?:also\s+)?"
    r"(?:copying|copied|copy|sending\s+a\s+copy\s+of)\s+(?:of\s+)?this\b"
    rf"|This\s+{_PAPER}\s+(?:is|has been|was)\s+(?:also\s+)?(?:being\s+)?copied\s+to\b"
    rf"|A\s+copy\s+of\s+this\s+{_PAPER}\s+(?:is|has been|was|will be)\s+(?:also\s+)?(?:being\s+)?sent\s+to\b"
    r"|(?:cc|c\.c\.|Copied to|Copies? to|Copy to|Distribution(?=\s*:))\s*(?::|\s)",
    re.IGNORECASE,
)
_RE = re.compile(r"(?:Re|Subject|Ref(?:erence)?|Regarding)\s*:", re.IGNORECASE)
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
_SPEAKS = re.compile(  # how letters begin, and their titles do not
    r"(?:I|We|You|Thank|Thanks|Further|Following|As|Please|This|With|In|On|It|There|Your|Our|My|Since|When|At)\b(?!.*:)"
)
_TERMINAL = re.compile(r"[.!?;:,][\"'”’)\]]*$")
_DATE = re.compile(
    r"(?:Date\s*:?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8},?\s+\d{4}"
    r"|[A-Z][a-z]{2,8}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2})\.?$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Cllr|Councillor|Rev)\b\.?\s+[A-Z]"
    r"|FAO\b|For the attention of)"
)
_ROLE = re.compile(
    r"\b(?:Director|Chief|Officer|Leader|Head|Chair(?:man|woman|person)?|Manager|Secretary|Commissioner"
    r"|President|CEO|Owner"
    r"|Principal|Head\s?teacher|Governor|Partner|Trustee|Clerk|Superintendent|Councillor)\b"
)
_RECIPIENT = re.compile(r"(?:Recipient|Addressee|Addressed to|Sent to|For)\s*:", re.IGNORECASE)
_SENDER = re.compile(
    r"(?:www\.|https?://|@|\b(?:Tel(?:ephone)?|Fax|E-?mail|Our ref|Your ref|Ref(?:erence)?|From|Date)\b\s*:?)",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:Annex(?:e|ure)?|Appendix|Schedule)\b", re.IGNORECASE)
_LONG = 250
_NO_TITLE = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.NOTE, BlockKind.CONTENTS})
_SALUTATION_WORDS = 14
_SUBJECT_LINES = 3
_SUBJECT_WORDS = 30
_SUBJECT_BELOW = 8  # words of the first paragraph under a subject line, at least
_LAST_LINES = 8
_ADDRESS_REST = 3  # lines of an address below a gap
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
        _mark_letter_head(paragraphs, found, salutation)
        _mark_letter_title(paragraphs, found, salutation + 1)
    elif not mail:
        to = next((i for i, p in enumerate(paragraphs[:20]) if _TO.match(p.words) and len(p.words) < _LONG), None)
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
        if any(p.marker is not None or p.sure for p in below) or any(
            len(p.words.split()) > _SIGNED_WORDS or _ANNEX.match(p.words) for p in below
        ):
            return -1
        if (
            name.gap
            and not role.gap
            and (name.marker is None or _INITIALLED.match(name.words))
            and not name.sure
            and _NAMED.match(name.words)
            and not _ROLE.search(name.words)
            and _ROLE.search(role.words)
            and not _TERMINAL.search(role.words)
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


def _mark_letter_head(paragraphs: Sequence[Paragraph], found: list[Role], salutation: int) -> None:
    """Tell the addressee's lines from the sender's, among all that stands above the salutation."""
    groups: list[list[int]] = []
    for i in range(salutation):
        if paragraphs[i].gap or not groups:
            groups.append([])
        groups[-1].append(i)
    if not groups:
        return
    scores = [_addressee_score([paragraphs[i].words for i in group]) for group in groups]
    best = max(scores)
    chosen = scores.index(best) if best > 0 else -1
    for n, group in enumerate(groups):
        for i in group:
            if paragraphs[i].kind is BlockKind.TITLE:
                found[i] = Role.TITLE
                continue
            found[i] = Role.ADDRESSEE if n == chosen else Role.LETTERHEAD
    if chosen >= 0 and len(groups[chosen]) == 1:
        _grow_addressee(paragraphs, found, groups[chosen][0], salutation)
    elif chosen >= 0:
        _close_addressee(paragraphs, found, groups[chosen], salutation)


def _addressee_score(lines: Sequence[str]) -> float:
    if all(_DATE.match(line) for line in lines):
        return 0.0
    score = 0.0
    score += 3.0 * bool(_PERSON.match(lines[0]) or _TO.match(lines[0]) or _RECIPIENT.match(lines[0]))
    score += 1.5 * any(_ROLE.search(line) for line in lines[:4])
    score += min(len(lines), 7) * 0.4
    score -= 2.0 * any(_SENDER.match(line) for line in lines)
    return score


def _grow_addressee(paragraphs: Sequence[Paragraph], found: list[Role], start: int, salutation: int) -> None:
    """Lines set apart by white space, each a group of its own, still make one address."""
    for i in range(start + 1, salutation):
        words = paragraphs[i].words
        if _DATE.match(words) or _SENDER.match(words) or len(words) > 80:
            break
        found[i] = Role.ADDRESSEE


def _close_addressee(paragraphs: Sequence[Paragraph], found: list[Role], group: Sequence[int], salutation: int) -> None:
    """An address that white space cut before its postcode goes on to it."""
    if any(_POSTCODE.search(paragraphs[i].words) for i in group):
        return
    for end in range(group[-1] + 1, min(group[-1] + 1 + _ADDRESS_REST, salutation)):
        words = paragraphs[end].words
        if _DATE.match(words) or _SENDER.match(words) or len(words) > 80:
            return
        if _POSTCODE.search(words):
            found[group[-1] + 1 : end + 1] = [Role.ADDRESSEE] * (end - group[-1])
            return


def _mark_letter_title(paragraphs: Sequence[Paragraph], found: list[Role], start: int) -> None:
    lines = _subject_lines(paragraphs, start)
    found[start : start + lines] = [Role.TITLE] * lines
    for i in range(start + lines, min(start + 3, len(paragraphs))):
        if found[i] is Role.BODY and _title_like(paragraphs[i], caps=not paragraphs[i].sure):
            found[i] = Role.TITLE
        else:
            break


def _subject_lines(paragraphs: Sequence[Paragraph], start: int) -> int:
    """How many lines between the salutation and the first sentences say what the letter is about."""
    end = start + 1
    while end < len(paragraphs) and not paragraphs[end].gap:
        end += 1
    if end >= len(paragraphs) or end - start > _SUBJECT_LINES or not paragraphs[start].gap:
        return 0
    lines, below = paragraphs[start:end], paragraphs[end]
    words = sum(len(line.words.split()) for line in lines)
    if not _title_like(lines[0], caps=False) or _SPEAKS.match(lines[0].words) or words > _SUBJECT_WORDS:
        return 0
    if any(line.marker is not None or _TERMINAL.search(line.words) for line in lines):
        return 0
    return end - start if below.marker is None and len(below.words.split()) > _SUBJECT_BELOW else 0


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
    if any(_PAPER_WORD.search(p.words) and _title_like(p, caps=False) for p in paragraphs[:to]):
        return False
    if any(len(p.words) > _LONG or p.marker is not None or p.kind is BlockKind.TITLE for p in paragraphs[:to]):
        return False
    start = next((i for i in range(to, len(paragraphs)) if found[i] is not Role.ADDRESSEE), len(paragraphs))
    for i in range(start, min(start + 3, len(paragraphs) - 1)):
        if _title_like(paragraphs[i], caps=True) and _PAPER_WORD.search(paragraphs[i].words):
            found[i] = Role.TITLE
            found[:to] = [Role.LETTERHEAD] * to
            return True
    return False


def _mark_to_block(paragraphs: Sequence[Paragraph], found: list[Role], to: int) -> None:
    found[to] = Role.ADDRESSEE
    code = next((i for i in range(to + 1, min(to + 9, len(paragraphs))) if _POSTCODE.search(paragraphs[i].words)), to)
    if all(len(p.words) <= 60 and p.marker is None and not p.words.endswith(".") for p in paragraphs[to + 1 : code]):
        found[to : code + 1] = [Role.ADDRESSEE] * (code + 1 - to)  # however far apart the lines stand
        to = code
    for i in range(to + 1, min(to + 12, len(paragraphs))):
        words = paragraphs[i].words
        labelled = re.match(r"(?:Of|Address|At)\s*:", words, re.IGNORECASE) is not None
        postcode = _POSTCODE.search(words) is not None
        if paragraphs[i].marker or len(words) > 120 or (paragraphs[i].gap and not (labelled or postcode)):
            break
        found[i] = Role.ADDRESSEE


def _mark_title(paragraphs: Sequence[Paragraph], found: list[Role]) -> None:
    """The first lines, when they read like a title and not like prose."""
    told = [i for i, p in enumerate(paragraphs) if p.kind is BlockKind.TITLE]
    if told:
        found[told[0]] = Role.TITLE
        following = told[0] + 1
        place = len(paragraphs[told[0]].words.split()) <= 2
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
        if not _title_like(paragraph, caps=not first):
            break
        if i + 1 == len(paragraphs):
            break
        found[i] = Role.TITLE
    if found[:2] == [Role.TITLE, Role.BODY] and len(paragraphs) > 2:
        what = paragraphs[1]
        if len(paragraphs[0].words.split()) <= 6 and _title_like(what, caps=False) and _WHAT.search(what.words):
            found[1] = Role.TITLE


def _title_like(paragraph: Paragraph, *, caps: bool) -> bool:
    words = paragraph.words
    if paragraph.marker or len(words) > 200 or paragraph.kind in _NO_TITLE:
        return False
    if paragraph.kind is BlockKind.HEADING and paragraph.level <= 1:
        return True
    if _RE.match(words):
        return True
    letters = [c for c in words if c.isalpha()]
    if caps:
        return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3
    return bool(letters) and words[0].isupper() and not _TERMINAL.search(words) and len(words.split()) <= 20


def _mark_copied(paragraphs: Sequence[Paragraph], found: list[Role], start: int) -> None:
    found[start] = Role.COPIED
    if len(paragraphs[start].words) > 60:
        return
    for i in range(start + 1, len(paragraphs)):
        paragraph = paragraphs[i]
        if found[i] is not Role.BODY or paragraph.gap or len(paragraph.words) > 120 or _ANNEX.match(paragraph.words):
            break
        found[i] = Role.COPIED
