"""Sentences of a stretch of text, as exact spans.

A sentence here is what one would quote: a prose sentence, a list item, an address line or a heading.
Hard-wrapped lines (and the blank lines that text extraction leaves in the middle of a sentence) do not
end one; list markers and page noise are left out of the span.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.notice import Span

_BULLET = r"[-•*◼▪‣●○–\uf0b7\uf0a7]"
_ENUMERATOR = (
    r"(?:\(?[0-9]{1,3}\)|[0-9]{1,3}(?:\.[0-9]{1,3})*\.|[0-9]{1,3}(?:\.[0-9]{1,3})+"
    r"|\(?[A-Za-z]{1,2}\)|[a-z]\.|\(?[ivxlc]{1,6}[.)])"
)
_MARKER = re.compile(
    rf"[^\S\n]*(?:{_BULLET}[^\S\n]*(?:{_ENUMERATOR}(?=\s))?|o[^\S\n](?=\S)|{_ENUMERATOR}(?=\s)"
    r"|[0-9]{1,3}\.(?=[A-Z][a-z]+\s))[^\S\n]*"
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[]*([^\s]+)")
_CONTACT = re.compile(r"\S+@\S+$|www\.\S+$|https?:\S+$")
_LAST_WORD = re.compile(r"\S+$")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never at the end of a sentence, or so seldom that a break after them is the worse mistake.
_ABBREVIATIONS = _words(
    "mr mrs ms mx dr prof st rev hon rt sir cllr cllrs capt col gen lt maj sgt supt messrs "
    "no nos s ss sec sect art arts para paras pt p pp reg regs sch cl cls fig figs vol ch app "
    "e.g i.e eg ie cf viz v vs approx ref refs tel ste ave al ext ed eds esp incl "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
# These end a sentence when a new one plainly begins after them.
_PERHAPS = _words("inc ltd plc co corp llc etc a.m p.m u.s u.k u.s.a jr sr dept govt d.c est")
_STARTERS = _words(
    "the this these that those it its we our you your he she his her they their there in on at by for from if as "
    "when where while after before since during under and but however further furthermore also additionally "
    "please such any all no not see to with both each following although because section failure should"
)
_LEANING = _words(
    "a an the of to in on at by for from with and or but as is are was were be been has have had that which who "
    "whose this these its their our your article articles section sections between under against into per not"
)


@lru_cache(maxsize=16)
def wrap_width(text: str) -> int | None:
    """The column at which the text is hard-wrapped, or None where its lines end only at paragraphs."""
    lengths = sorted(len(line.rstrip()) for line in text.split("\n") if line.strip())
    if not lengths:
        return None
    width = lengths[min(len(lengths) - 1, len(lengths) * 95 // 100)]
    return width if 40 <= width <= 130 else None


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences, items and lines of `text` within `span`, in order and disjoint.

    White space at the ends and list markers are trimmed.
    """
    width = wrap_width(text)
    found: list[Span] = []
    for unit in _units(text, span, width):
        found.extend(_split(text, unit))
    return tuple(found)


def sentence_at(text: str, within: Span, place: Span) -> Span:
    """The smallest run of whole sentences of `within` that covers `place`; `place` itself where none does."""
    parts = [s for s in sentences(text, within) if s.overlaps(place)]
    if not parts:
        return place
    return Span(min(parts[0].start, place.start), max(parts[-1].end, place.end))


def _units(text: str, span: Span, width: int | None) -> list[Span]:
    """Paragraphs, items and lines: runs of lines that read on from one to the next, without their markers."""
    units: list[Span] = []
    start: int | None = None
    last_line: tuple[int, int] | None = None
    after_blank = False
    position = span.start
    while position < span.end:
        newline = text.find("\n", position, span.end)
        line_end = span.end if newline < 0 else newline
        if not text[position:line_end].strip():
            after_blank = after_blank or position < line_end or last_line is not None
        else:
            marker = _MARKER.match(text, position, line_end) if _at_line_start(text, position) else None
            if marker and not text[marker.end() : line_end].strip():
                marker = None if not _bullet_only(text[position:line_end]) else marker
            body = marker.end() if marker else position
            goes_on = (
                start is not None
                and last_line is not None
                and not (marker and not _number_reads_on(text, last_line, marker.group()))
                and _reads_on(text, last_line, Span(position, line_end), width, after_blank)
            )
            if not goes_on:
                if start is not None and last_line is not None:
                    units.append(Span(start, last_line[1]))
                start = body
            last_line = (position, line_end)
            after_blank = False
        position = line_end + 1
    if start is not None and last_line is not None and start <= last_line[1]:
        units.append(Span(start, last_line[1]))
    return units


def _at_line_start(text: str, position: int) -> bool:
    before = text[text.rfind("\n", 0, position) + 1 : position].strip()
    return not before or _bullet_only(before)


def _bullet_only(line: str) -> bool:
    return re.fullmatch(_BULLET, line.strip()) is not None


def _number_reads_on(text: str, last_line: tuple[int, int], marker: str) -> bool:
    """Whether what looks like an item number is the wrapped end of a sentence: `… Article` / `5(1) …`."""
    last = _LAST_WORD.search(text, last_line[0], last_line[1])
    word = last.group().lower() if last else ""
    return bool(re.match(r"\s*\(?[0-9]", marker)) and word in _LEANING


def _reads_on(text: str, last_line: tuple[int, int], line: Span, width: int | None, after_blank: bool) -> bool:
    previous = text[last_line[0] : last_line[1]].rstrip()
    current = line.of(text).strip()
    first = current.lstrip("\"'“‘«([")[:1]
    ended = _END.search(previous[-6:]) is not None and previous[-1:] in ".!?…\"'”’»)]"
    if ended and not _abbreviation_before(previous, current):
        return False if after_blank else not _short(previous, current, width)
    if previous.endswith((":", ";")):
        return first.islower() and previous.endswith(";") and not after_blank
    if first.islower():
        return _CONTACT.match(current) is None
    if not previous:
        return False
    last = previous.split()[-1].lower()
    if last in _LEANING:
        return True
    if previous.endswith(","):
        return len(previous) >= 40  # else a line of an address or of a closing
    return not _short(previous, current, width)


def _short(previous: str, current: str, width: int | None) -> bool:
    """Whether the next word would have fitted on the line before, so that its break was meant."""
    if width is None:
        return True
    return len(previous) + 1 + len(current.split()[0]) < width - 8


def _abbreviation_before(previous: str, current: str) -> bool:
    match = _END.search(previous, max(0, len(previous) - 6))
    return match is not None and not _ends(previous + " " + current, match.start(), match.end())


def _split(text: str, unit: Span) -> list[Span]:
    parts: list[Span] = []
    start = unit.start
    for match in _END.finditer(text, unit.start, unit.end):
        if match.end() < unit.end and _ends(text, match.start(), match.end(), unit.end):
            parts.append(Span(start, match.end()))
            start = match.end()
    parts.append(Span(start, unit.end))
    trimmed = (_trim(text, part) for part in parts)
    return [part for part in trimmed if part is not None]


def _ends(text: str, stop: int, after: int, limit: int | None = None) -> bool:
    """Whether the stop at `stop` (its closing quotes end at `after`) ends a sentence."""
    following = _NEXT_WORD.match(text, _skip_space(text, after, limit or len(text)), limit or len(text))
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    if text[stop] != "." or after - stop > 1:
        return True
    before = _LAST_WORD.search(text, max(0, stop - 24), stop)
    token = before.group().lstrip("\"'“‘«([").lower() if before else ""
    starter = word.strip("\"'“”‘’.,;:()").lower() in _STARTERS
    if token in _ABBREVIATIONS:
        return token in {"no", "p", "s", "ed", "al"} and starter
    if token in _PERHAPS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", token):
        return starter
    if re.fullmatch(r"[a-z]", token):  # an initial, as in "John B. Smith"
        return starter
    return True


def _skip_space(text: str, position: int, limit: int) -> int:
    while position < limit and text[position].isspace():
        position += 1
    return position


def _trim(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None
