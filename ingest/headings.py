"""Which paragraphs are headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.layout import Paragraph
from ingest.raw import BlockKind

_TERMINAL = re.compile(r"[.!?;,][\"'”’)\]]*$")
_ANNEX = re.compile(
    r"(?P<word>Annexe?|Appendix|Schedule)\s+(?P<name>[A-Z]|\d{1,2}|[IVX]{1,5})\b(?P<rest>.*)", re.IGNORECASE
)
_LENGTH, _WORDS = 110, 16


def is_heading(paragraphs: Sequence[Paragraph], i: int, expects: Callable[[Paragraph], bool]) -> bool:
    """Whether paragraph `i` heads what follows; `expects` tells whether a paragraph goes on with an open list."""
    this = paragraphs[i]
    if this.kind in (BlockKind.HEADING, BlockKind.TITLE):
        return True
    if this.sure or this.marker is not None or not _brief(this) or i + 1 == len(paragraphs):
        return False
    following = paragraphs[i + 1]
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


def _brief(paragraph: Paragraph) -> bool:
    words = paragraph.words
    letters = any(c.isalpha() for c in words)
    return letters and len(words) <= _LENGTH and len(words.split()) <= _WORDS and not words[0].islower()


def annex_name(paragraph: Paragraph) -> str | None:
    """`Annex A` when the paragraph heads an annex, appendix or schedule."""
    match = _ANNEX.match(paragraph.words)
    if match is None or paragraph.marker is not None or len(paragraph.words) > _LENGTH:
        return None
    rest = match["rest"].strip()
    if _TERMINAL.search(paragraph.words) or (rest and rest[0].islower()):
        return None
    return f"{match['word'].capitalize()} {match['name'].upper()}"


def tidy(words: str) -> str:
    """A heading as it is shown: without the colon at its end."""
    return words.rstrip(" :").strip() or words
