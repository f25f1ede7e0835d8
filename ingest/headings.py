"""Which paragraphs are headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.layout import Paragraph
from ingest.markers import Style
from ingest.raw import BlockKind

_TERMINAL = re.compile(r"[.!?;,][\"'”’)\]]*$")
_ANNEX = re.compile(
    r"(?P<word>Annexe?|Appendix|Schedule)\s+(?P<name>[A-Z]|\d{1,2}|[IVX]{1,5})\b(?P<rest>.*)", re.IGNORECASE
)
_LENGTH, _WORDS = 110, 16
_SECTION_WORDS, _SHORT = 12, 4
_SECTION_END = re.compile(r"[.;:,!?]$|\b(?:and|or)$")
_DATA = re.compile(
    r"[A-Z][\w’'() -]{1,40}:\s+\S|(?:By|Held|Published|Updated|Posted|Issued|Dated?|Present|Apologies from)\b.*(?:\d|:)"
)
_PART = re.compile(
    r"(?:Part|Chapter|Section|Division)\s+(?:[0-9]{1,2}|[IVX]{1,5}|[A-Z])\s*[:.–—-]\s*[A-Z]", re.IGNORECASE
)
_ONLY_DATE = re.compile(
    r"(?:\w+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{4}$|[A-Z][a-z]+\s+\d{1,2},\s+\d{4}$"
)


def is_heading(
    paragraphs: Sequence[Paragraph], i: int, expects: Callable[[Paragraph], bool], *, told: bool = False
) -> bool:
    """Whether paragraph `i` heads what follows.

    `expects` tells whether a paragraph goes on with an open list, `told` whether the format itself marks headings,
    so that nothing else is one.
    """
    this = paragraphs[i]
    if this.kind in (BlockKind.HEADING, BlockKind.TITLE):
        return True
    if (
        (this.sure and told)
        or this.kind is not BlockKind.PARAGRAPH
        or this.marker is not None
        or not _brief(this)
        or i + 1 == len(paragraphs)
    ):
        return False
    following = paragraphs[i + 1]
    if _PART.match(this.words) and not _TERMINAL.search(this.words):
        return True
    if _DATA.match(this.words) or _ONLY_DATE.match(this.words):
        return False
    if this.words.endswith(":"):
        if following.marker is not None:
            return expects(following)
        return len(this.words.split()) <= 6 and this.gap and following.gap
    if _TERMINAL.search(this.words):
        return False
    if following.marker is not None:
        return this.gap or following.gap
    return (
        this.gap
        and following.gap
        and following.words[0].isupper() | following.words[0].isdigit() | (not following.words[0].isalnum())
    )


def is_section(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether numbered paragraph `i` is the heading of what follows, and no sentence."""
    this = paragraphs[i]
    body = this.body
    if not body or not body[0].isupper() or len(body.split()) > _SECTION_WORDS or _SECTION_END.search(body):
        return False
    if this.marker is None or this.marker.bullet or i + 1 == len(paragraphs):
        return False
    following = paragraphs[i + 1]
    if following.kind in (BlockKind.ROW, BlockKind.NOTE):
        return False
    if following.marker is None:
        return following.kind is not BlockKind.HEADING and len(following.words) > _SHORT
    return following.marker.readings[0].style is not this.marker.readings[0].style and not following.marker.bullet


def letters_section(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a lettered line ("B. Findings") heads numbered paragraphs whose count runs on through the letters."""
    this = paragraphs[i]
    if not _is_lettered(this) or not is_section(paragraphs, i):
        return False
    numbers = [
        (k, p.marker.readings[0].value)
        for k, p in enumerate(paragraphs)
        if p.marker is not None and p.marker.readings[0].style is Style.NUMBER and p.marker.close != "()"
    ]
    after = next((value for k, value in numbers if k == i + 1), None)
    if after is None:
        return False
    before = [value for k, value in numbers if k < i]
    if before and after == max(before) + 1:
        return True
    close = this.marker.close if this.marker else ""
    later = next(
        (k for k in range(i + 1, len(paragraphs)) if _is_lettered(paragraphs[k]) and _next_letter(this, paragraphs[k])),
        None,
    )
    if later is None or (marker := paragraphs[later].marker) is None or marker.close != close:
        return False
    between = [value for k, value in numbers if i < k < later]
    following = next((value for k, value in numbers if k == later + 1), None)
    return bool(between) and following == max(between) + 1


_LETTERS = frozenset({Style.UPPER, Style.UPPER_ROMAN})


def _is_lettered(paragraph: Paragraph) -> bool:
    return paragraph.marker is not None and paragraph.marker.readings[0].style in _LETTERS


def _next_letter(one: Paragraph, other: Paragraph) -> bool:
    if one.marker is None or other.marker is None:
        return False
    pairs = [(a, b) for a in one.marker.readings for b in other.marker.readings]
    return any(a.style is b.style and b.value == a.value + 1 for a, b in pairs)


def _brief(paragraph: Paragraph) -> bool:
    words = paragraph.words
    letters = any(c.isalpha() for c in words)
    return letters and len(words) <= _LENGTH and len(words.split()) <= _WORDS and not words[0].islower()


def annex_name(paragraph: Paragraph) -> str | None:
    """`Annex A` when the paragraph heads an annex, appendix or schedule."""
    match = _ANNEX.match(paragraph.words)
    if (
        match is None
        or paragraph.marker is not None
        or paragraph.kind is BlockKind.ROW
        or len(paragraph.words) > _LENGTH
    ):
        return None
    rest = match["rest"].strip()
    if _TERMINAL.search(paragraph.words) or (rest and rest[0].islower()):
        return None
    return f"{match['word'].capitalize()} {match['name'].upper()}"


def tidy(words: str) -> str:
    """A heading as it is shown: without the colon at its end."""
    return words.rstrip(" :").strip() or words
