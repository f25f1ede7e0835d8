"""A recognised page as if it were printed: runs of text with their places and sizes, as a PDF's page has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.readers.ocr import Recognised
from ingest.readers.ocr_margin import BULLET, LETTER_LIKE_BULLET, LIKE_BULLET
from ingest.readers.ocr_words import Word, base_of, lines, size_of
from ingest.readers.pdf_glyphs import PageParts, Run

_ALIKE = 0.12  # sizes that differ by less are one: a scan tells them no better
_NOISE = 20.0  # percent of certainty below which a sign is none
_GAP, _WIDE_GAP = 0.5, 0.65  # white space after a bullet, for a size of 1; between words it is a third
_COMPANY, _FAR = 3, 2.2  # bullets of a list on one page; white space after a bullet, for a size of 1, at most
_RULE = re.compile(r"[|_=~\[\]¦]+")


def printed(page: Recognised, scale: float, body: float = 0.0) -> PageParts:
    """The page in points.

    scale   pixels a point
    body    the usual size of other pages of the document, which is this page's too when it comes near; 0: unknown
    """
    kept = _without_specks([cleaned for line in lines(page.words) if (cleaned := _cleaned(line))])
    sizes = _sizes(kept)
    letters = [size for size, line in zip(sizes, kept, strict=True) for word in line for _ in word.text]
    usual = median(letters) if letters else scale
    known = body if body and abs(usual / scale - body) <= _ALIKE * body else round(usual / scale * 2) / 2
    runs: list[Run] = []
    for line, size in zip(kept, sizes, strict=True):
        own = known if abs(size - usual) <= _ALIKE * usual else round(size / usual * known * 2) / 2
        base = base_of(line)
        for part in _apart(line, size):
            text = " ".join(word.text for word in part)
            runs.append(Run(text, part[0].x0 / scale, part[-1].x1 / scale, base / scale, own, False))
    return PageParts(page.width / scale, page.height / scale, tuple(runs), (), 1, 1.0)


def _without_specks(kept: list[list[Word]]) -> list[list[Word]]:
    """The lines without bullets that stand alone and far out in the margin: specks of dirt."""
    headed = [line for line in kept if line[0].text == BULLET and len(line) > 1]
    if len(headed) >= _COMPANY:
        return kept
    usual = median(word.size for line in kept for word in line) if kept else 0.0
    far = [line for line in headed if line[1].x0 - line[0].x1 > _FAR * usual]
    return [line[1:] if any(line is other for other in far) else line for line in kept]


def _sizes(kept: Sequence[list[Word]]) -> list[float]:
    """The size of each line; a word alone has that of its paragraph, for a speck beside it makes it tall."""
    sizes = [size_of(line) for line in kept]
    by_paragraph: dict[tuple[int, int], list[float]] = {}
    for line, size in zip(kept, sizes, strict=True):
        if len(line) > 1:
            by_paragraph.setdefault(line[0].line[:2], []).append(size)
    known = {key: median(found) for key, found in by_paragraph.items()}
    return [
        known.get(line[0].line[:2], size) if len(line) == 1 else size for line, size in zip(kept, sizes, strict=True)
    ]


def _cleaned(line: list[Word]) -> list[Word]:
    """The line without specks and pieces of ruled lines, a bullet at its head told."""
    if len(line) > 1 and _is_bullet(line[0], line[1]):
        line = [replace(line[0], text=BULLET), *line[1:]]
    return [word for word in line if _word(word)]


def _word(word: Word) -> bool:
    if word.text == BULLET:
        return True
    if not any(c.isalnum() for c in word.text) and (word.sure < _NOISE or _RULE.fullmatch(word.text)):
        return False
    return word.sure >= _NOISE or len(word.text) > 2 or word.text[0].isdigit()


def _is_bullet(first: Word, second: Word) -> bool:
    """Whether a sign at the head of a line is a bullet that was taken for something else."""
    gap = (second.x0 - first.x1) / second.size
    if LIKE_BULLET.fullmatch(first.text):
        return gap > _GAP
    return LETTER_LIKE_BULLET.fullmatch(first.text) is not None and gap > _WIDE_GAP


def _apart(line: Sequence[Word], size: float) -> list[list[Word]]:
    """The words of a line parted where wide white space parts them, as in a table."""
    parts = [[line[0]]]
    for word in line[1:]:
        if word.x0 - parts[-1][-1].x1 > size:
            parts.append([])
        parts[-1].append(word)
    return parts
