"""Printed lines of a text: their words, indent and page, with page numbers and form feeds set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.notice import Span

_PAGE_NUMBER = re.compile(
    r"(?P<pad>[ \t\xa0]*)(?:[Pp]age[ ]+)?(?P<dash>[-–—][ ]?)?(?P<number>\d{1,4})(?(dash)[ ]?[-–—])"
    r"(?P<of>[ ]+(?:of|/)[ ]+\d{1,4})?(?P<rest>.*)"
)
_GLUED_PAD = 16  # a page number that has lost its line break still stands far to the right
_SPACE = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    span    of its words, without the white space around them
    indent  columns before the first word
    text    the words
    gap     whether blank lines (or nothing at all) stand before it
    torn    whether a page break came between it and the line before
    underlined  1 or 2 when a line of `=` or `-` stands below it, else 0
    """

    span: Span
    indent: int
    text: str
    gap: bool
    torn: bool = False
    underlined: int = 0

    @property
    def width(self) -> int:
        """Column of the last character."""
        return self.indent + len(self.text)


def read_lines(text: str) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """The lines of `text` that bear words, and the pages, if form feeds or running page numbers show them."""
    lines: list[Line] = []
    breaks: list[int] = []
    numbers = _page_numbers(text)
    gap, torn = True, False
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        begin = start
        if start in numbers:
            begin = numbers[start]
            breaks.append(begin)
            torn = True
        if "\f" in text[begin:stop]:
            if not numbers:
                breaks.append(text.index("\f", begin, stop) + 1)
            torn = True
        words = text[begin:stop].strip(_SPACE)
        if words:
            first = text.index(words, begin, stop)
            indent = len(text[begin:first].expandtabs(8).replace("\f", ""))
            lines.append(Line(Span(first, first + len(words)), indent, words, gap, torn))
            gap, torn = False, False
        elif begin == start:
            gap = True
        start = stop + 1
    return tuple(lines), _pages(text, breaks)


def _pages(text: str, breaks: list[int]) -> tuple[Span, ...]:
    edges = [0, *(b for b in breaks if text[b:].strip() or b == breaks[-1])]
    if len(edges) < 2:
        return ()
    if not text[edges[-1] :].strip():
        edges.pop()
    edges.append(len(text))
    return tuple(Span(a, b) for a, b in pairwise(edges))


def _page_numbers(text: str) -> dict[int, int]:
    """Offset of each line that begins with a page number -> offset just after that number.

    Page numbers count up from 1 (or 2) and stand alone on their line, or far to the right of it with the next
    page's first words glued to them; the count is what tells them from other numbers.
    """
    found: dict[int, int] = {}
    expected = 1
    start = 0
    for line in text.split("\n"):
        match = _PAGE_NUMBER.match(line)
        if match and line[:1] in " \t\xa0":
            digits = match["number"]
            width = len(match["pad"].expandtabs(8))
            alone = not match["rest"].strip(_SPACE)
            number, used = int(digits), len(digits)
            if width >= _GLUED_PAD and not alone and not match["dash"] and not match["of"]:
                # "42." on page 4 is the page number and the next page's clause 2
                if number != expected and digits.startswith(str(expected)):
                    number, used = expected, len(str(expected))
            if number == expected or (expected == 1 and number == 2):
                if width >= _GLUED_PAD or (alone and width >= 8):
                    end = match.start("number") + used
                    if alone:
                        end = len(line)
                    found[start] = start + end
                    expected = number + 1
        start += len(line) + 1
    return found
