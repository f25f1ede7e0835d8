"""Personal names with their roles, and later short mentions joined to the full name.

A capitalised pair of words is taken for a person only with evidence: an honorific, a role before or after
it, a place in a signature or an address, or the way that it is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts.mentions import Mention, join_mentions
from ingest.facts.names import FULL_NAME, HONORIFIC, ROLE, ROLE_HEAD, SURNAME, collapse, plausible
from ingest.notice import Span

_TITLED = re.compile(rf"(?<![\w'’-])(?P<title>{HONORIFIC}(?:\s+(?:{HONORIFIC}))*)\s+(?P<name>{FULL_NAME}|{SURNAME})")
_NAME = re.compile(rf"(?<![\w'’.-])(?P<name>{FULL_NAME})(?![\w-])")
_ROLE_BEFORE = re.compile(
    rf"(?P<role>(?:[A-Za-z][\w’'&-]*[^\S\n]+){{0,6}}?(?i:{ROLE_HEAD}))(?:\s*[:–—]\s*"
    rf"|,?\s+)(?P<name>{FULL_NAME})(?![\w-])"
)
_POSSESSIVE = re.compile(rf"\b(?P<of>[A-Z][\w-]+)['’]s\s+(?P<name>{FULL_NAME})\b")
_VERB = (
    r"(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|commented|explained|stated|states|replied|warned"
    r"|welcomed|insisted"
    r"|confirmed|argued|claimed|highlighted|revealed|noted|announced|described|thanked|urged|called|has|have|had"
    r"|is|was|will|would|who)"
)
_SPEAKS = re.compile(rf"\s*,?\s+(?:also\s+|then\s+)?{_VERB.replace('|has|have|had|is|was|will|would|who', '')}\b")
_SEGMENT_STOP = re.compile(
    rf"^(?:and\s+|also\s+|then\s+)*(?:{_VERB}|which|whose|where|when|but|to|on|in|at|via|with|by|from|\w+ed)\b"
)
_FUNCTION = frozenset(
    "the a an of to in on at by for from with and or but as is are was were be been has have had that which who whose"
    " this these it its will would can could should must may said told asked also then their his her our your my via"
    " contact copy contacted".split(" ")
)
_ENDS = re.compile(r"[.;!?](?=\s|$)|\s\|\s|[”\"]|\s[–—-]\s|\(|\n[^\S\n]*\n|:")


_ALSO = re.compile(rf"\s*(?:;|,(?:\s*and\b)?|\band\b|&)\s+(?P<name>{FULL_NAME})(?![\w-])")
_NOT_PARTIES = frozenset(["children", "people", "women", "men", "adults", "council", "board", "majesty", "today"])


def find_people(text: str, passages: Sequence[Span]) -> tuple[Mention, ...]:
    """Every mention of a person within the passages (sentences or lines), short ones with the full name."""
    found: list[Mention] = []
    for passage in passages:
        found.extend(_in_passage(text, passage))
    return join_mentions(text, passages, found)


def _in_passage(text: str, passage: Span) -> Iterator[Mention]:
    taken: list[Span] = []
    for m in _TITLED.finditer(text, passage.start, passage.end):
        name = _cut_name(text, Span(*m.span("name")), titled=True)
        if name is None:
            continue
        span = Span(m.start("title"), name.end)
        taken.append(span)
        yield from _with_roles(text, passage, span, collapse(name.of(text)))
    for m in _NAME.finditer(text, passage.start, passage.end):
        cut = _cut_name(text, Span(*m.span("name")))
        if cut is None or any(cut.overlaps(t) for t in taken):
            continue
        before = _role_before(text, passage, cut)
        after = _role_after(text, passage, cut.end)
        spoken = _SPEAKS.match(text, cut.end, passage.end) is not None
        owner = _POSSESSIVE.search(text, max(passage.start, cut.start - 40), cut.end)
        owned = owner is not None and owner.start("name") <= cut.start
        if before is None and after is None and not spoken:
            continue
        affiliation = owner["of"] if owner is not None and owned and owner["of"].lower() not in _NOT_PARTIES else ""
        taken.append(cut)
        yield from (
            replace(x, affiliation=affiliation) for x in _with_roles(text, passage, cut, collapse(cut.of(text)))
        )
        if before is not None and ":" in text[before.end : cut.start]:
            for other in _listed(text, passage, cut.end):
                taken.append(other)
                yield Mention(other, collapse(other.of(text)), collapse(before.of(text)), before)


def _listed(text: str, passage: Span, position: int) -> Iterator[Span]:
    """Further names of `Inspectors: Ann Bell, Carl Dunn and Eve Frost`."""
    while True:
        m = _ALSO.match(text, position, passage.end)
        cut = _cut_name(text, Span(*m.span("name"))) if m else None
        if cut is None:
            return
        yield cut
        position = cut.end


def _with_roles(text: str, passage: Span, span: Span, name: str) -> Iterator[Mention]:
    roles = [r for r in (_role_after(text, passage, span.end), _role_before(text, passage, span)) if r is not None]
    for role in roles:
        yield Mention(span, name, collapse(role.of(text)), role)
    if not roles:
        yield Mention(span, name)


def _cut_name(text: str, span: Span, *, titled: bool = False) -> Span | None:
    """The name without what only leans on it (`Labour’s`, a following heading word), or None if it is no name."""
    start, end = span.start, span.end
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and re.search(r"['’]s$", words[0].group()):
        words.pop(0)
    keep: list[re.Match[str]] = []
    shouting = all(w.group().isupper() for w in words)
    for word in words:
        if not shouting and word.group().isupper() and len(word.group().strip(".")) > 1:
            break
        if not plausible([word.group()]) and not (titled and not keep):
            break
        keep.append(word)
    if titled and keep and not plausible([keep[0].group()]):
        return None
    if len(keep) < (1 if titled else 2) or (not titled and len(keep) < len(words)):
        return None
    return Span(start + keep[0].start(), start + keep[-1].end())


def _role_after(text: str, passage: Span, position: int) -> Span | None:
    """`Name, role`: the role's words, which may themselves hold commas."""
    opening = re.compile(r"\s*(?:,\s*|\s[–—-]\s|\(\s*)").match(text, position, passage.end)
    if opening is None:
        return None
    start = opening.end()
    stop = _ENDS.search(text, start, passage.end)
    limit = stop.start() if stop else passage.end
    if "(" in opening.group():
        closing = text.find(")", start, passage.end)
        limit = closing if closing >= 0 else limit
    segments = _segments(text, Span(start, limit))
    if not segments:
        return None
    first = _before_next_name(text, segments[0])
    words = first.of(text)
    if not _is_role(words):
        return None
    last = first
    if first == segments[0]:
        last = _portfolio(text, segments) or first
    return Span(start, last.end) if last.end > start else None


def _segments(text: str, span: Span) -> list[Span]:
    parts: list[Span] = []
    start = span.start
    for comma in re.finditer(r",", text[span.start : span.end]):
        parts.append(_strip(text, Span(start, span.start + comma.start())))
        start = span.start + comma.end()
    parts.append(_strip(text, Span(start, span.end)))
    return [p for p in parts if len(p)]


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_role(words: str) -> bool:
    head = collapse(words)
    if (
        not head
        or len(head) > 140
        or re.search(r"www\.|@|https?:", head)
        or _SEGMENT_STOP.match(head)
        or _TITLED.match(head)
    ):
        return False
    if re.match(r"(?:your|our|its|their|his|her|the\s+council['’]s)\s+\w", head) and len(head.split()) <= 8:
        return True
    opening = re.split(r"\b(?:who|which|whose|that|said|told)\b", head)[0]
    words_before = re.split(r"\b(?:of|for|at|in|to|with)\b", opening)[0]
    return ROLE.search(words_before) is not None and not re.search(rf"\b{_VERB}\b", words_before)


def _before_next_name(text: str, segment: Span) -> Span:
    """Cut `Leader of the council and Jo Bloggs` before the next person, and a role before its relative clause."""
    end = segment.end
    for pattern in (
        rf"\s+(?:and|or|&)\s+(?:{HONORIFIC}\s+)?{FULL_NAME}\s*$",
        rf"\s+(?:and|or|&)\s+{HONORIFIC}\s",
        rf"\s+(?:{_VERB})\b",
        r"\s+(?:via|on\s+\d|at\s+\S+@)",
    ):
        m = re.search(pattern, text[segment.start : end])
        if m:
            end = segment.start + m.start()
    return _strip(text, Span(segment.start, end))


def _portfolio(text: str, segments: list[Span]) -> Span | None:
    """The end of a role with commas in it: `member for parks, bins and roads, asked …`, `officer, lead inspector`."""
    if len(segments) == 2:
        second = segments[1].of(text)
        if second[0].islower() and len(second.split()) <= 4 and _is_role(second):
            return segments[1]
    if not re.search(r"\b(?:for|of)\s+\S", segments[0].of(text)):
        return None
    end: Span | None = None
    for segment in segments[1:]:
        words = collapse(segment.of(text))
        if _SEGMENT_STOP.match(words) or not words[0].islower() or len(words.split()) > 6:
            break
        end = segment
    return end if end is not None and re.search(r"\band\b", end.of(text)) else None


def _role_before(text: str, passage: Span, name: Span) -> Span | None:
    """`role Name` or `Role: Name`: the words before the name back to the last function word."""
    before = text[passage.start : name.start]
    m = re.search(rf"(?P<head>\b(?i:{ROLE_HEAD}))(?P<gap>\s*[:–—]\s*|\s+)$", before)
    if m is None or "\n\n" in m["gap"]:
        return None
    start = m.start("head")
    for word in reversed(list(re.finditer(r"[\w’'&/-]+|[^\w\s]", before[:start]))):
        token = word.group()
        gap = before[word.end() : start]
        if not re.match(r"[\w’'&/-]+$", token) or token.lower() in _FUNCTION or gap.strip() or "\n" in gap:
            break
        if re.search(r"['’]s$", token) and token[0].isupper() and not gap:
            break
        start = word.start()
    if re.search(r"www\.|@|https?:", before[start:]):
        return None
    return Span(passage.start + start, passage.start + m.end("head"))
