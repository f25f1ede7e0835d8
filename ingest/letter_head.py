"""The top of a letter: who sends it, to whom, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.frame_lines import DATE, POSTCODE, ROLE_WORD, SENDER, TERMINAL, TO, Role, names_a_body, title_like
from ingest.layout import Paragraph
from ingest.raw import BlockKind

_SPEAKS = re.compile(  # how letters begin, and their titles do not
    r"(?:I|We|You|Thank|Thanks|Further|Following|As|Please|This|With|In|On|It|There|Your|Our|My|Since|When|At)\b(?!.*:)"
)
_PERSON = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Cllr|Councillor|Rev)\b\.?\s+[A-Z]"
    r"|FAO\b|For the attention of)"
)
_RECIPIENT = re.compile(r"(?:Recipient|Addressee|Addressed to|Sent to|For)\s*:", re.IGNORECASE)
_SUBJECT_LINES = 3
_SUBJECT_WORDS = 30
_SUBJECT_BELOW = 8  # words of the first paragraph under a subject line, at least
_ADDRESS_REST = 3  # lines of an address below a gap


def mark_letter_head(paragraphs: Sequence[Paragraph], found: list[Role], salutation: int) -> None:
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
            if paragraphs[i].kind is BlockKind.TITLE and not names_a_body(paragraphs[i].words):
                found[i] = Role.TITLE
                continue
            found[i] = Role.ADDRESSEE if n == chosen else Role.LETTERHEAD
    if chosen >= 0 and len(groups[chosen]) == 1:
        _grow_addressee(paragraphs, found, groups[chosen][0], salutation)
    elif chosen >= 0:
        _close_addressee(paragraphs, found, groups[chosen], salutation)


def _addressee_score(lines: Sequence[str]) -> float:
    if all(DATE.match(line) for line in lines):
        return 0.0
    score = 0.0
    score += 3.0 * bool(_PERSON.match(lines[0]) or TO.match(lines[0]) or _RECIPIENT.match(lines[0]))
    score += 1.5 * any(ROLE_WORD.search(line) for line in lines[:4])
    score += min(len(lines), 7) * 0.4
    score -= 2.0 * any(SENDER.match(line) for line in lines)
    return score


def _grow_addressee(paragraphs: Sequence[Paragraph], found: list[Role], start: int, salutation: int) -> None:
    """Lines set apart by white space, each a group of its own, still make one address."""
    for i in range(start + 1, salutation):
        words = paragraphs[i].words
        if DATE.match(words) or SENDER.match(words) or len(words) > 80:
            break
        found[i] = Role.ADDRESSEE


def _close_addressee(paragraphs: Sequence[Paragraph], found: list[Role], group: Sequence[int], salutation: int) -> None:
    """An address that white space cut before its postcode goes on to it."""
    if any(POSTCODE.search(paragraphs[i].words) for i in group):
        return
    for end in range(group[-1] + 1, min(group[-1] + 1 + _ADDRESS_REST, salutation)):
        words = paragraphs[end].words
        if DATE.match(words) or SENDER.match(words) or len(words) > 80:
            return
        if POSTCODE.search(words):
            found[group[-1] + 1 : end + 1] = [Role.ADDRESSEE] * (end - group[-1])
            return


def mark_letter_title(paragraphs: Sequence[Paragraph], found: list[Role], start: int) -> None:
    lines = _subject_lines(paragraphs, start)
    found[start : start + lines] = [Role.TITLE] * lines
    for i in range(start + lines, min(start + 3, len(paragraphs))):
        if found[i] is Role.BODY and title_like(paragraphs[i], caps=not paragraphs[i].sure):
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
    if not title_like(lines[0], caps=False) or _SPEAKS.match(lines[0].words) or words > _SUBJECT_WORDS:
        return 0
    if any(line.marker is not None or TERMINAL.search(line.words) for line in lines):
        return 0
    return end - start if below.marker is None and len(below.words.split()) > _SUBJECT_BELOW else 0
