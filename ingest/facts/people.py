"""Personal names with their roles, and later short mentions joined to the full name.

A capitalised pair of words is taken for a person only with evidence: an honorific, a role before or after
it, a place in a signature or an address, or the way that it is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts.names import FULL_NAME, HONORIFIC, ROLE, ROLE_HEAD, SURNAME, collapse, plausible
from ingest.notice import Span

_TITLED = re.compile(rf"(?<![\w'’-])(?P<title>{HONORIFIC}(?:\s+(?:{HONORIFIC}))*)\s+(?P<name>{FULL_NAME}|{SURNAME})")
_NAME = re.compile(rf"(?<![\w'’.-])(?P<name>{FULL_NAME})(?![\w-])")
_ROLE_BEFORE = re.compile(
    rf"(?P<role>(?:[A-Za-z][\w’'&-]*[^\S\n]+){{0,6}}?(?i:{ROLE_HEAD}))(?:\s*[:–—]\s*|,?\s+)(?P<name>{FULL_NAME})(?![\w-])"
)
_POSSESSIVE = re.compile(rf"\b(?P<of>[A-Z][\w-]+)['’]s\s+(?P<name>{FULL_NAME})\b")
_VERB = (
    r"(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|commented|explained|stated|states|replied|warned|welcomed|insisted"
    r"|confirmed|argued|claimed|highlighted|revealed|noted|announced|described|thanked|urged|called|has|have|had|is|was|will|would|who)"
)
_SPEAKS = re.compile(rf"\s*,?\s+(?:also\s+|then\s+)?{_VERB.replace('|has|have|had|is|was|will|would|who', '')}\b")
_SEGMENT_STOP = re.compile(
    rf"^(?:and\s+|also\s+|then\s+)*(?:{_VERB}|which|whose|where|when|but|to|on|in|at|via|with|by|from|\w+ed)\b"
)
_FUNCTION = frozenset(
    "the a an of to in on at by for from with and or but as is are was were be been has have had that which who whose this these it its"
    " will would can could should must may said told asked also then their his her our your my via contact copy contacted".split(
        " "
    )
)
_ENDS = re.compile(r"[.;!?](?=\s|$)|[”\"]|\s[–—-]\s|\(|\n[^\S\n]*\n|:")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a person: `span` holds the honorific too, `name` is the full name where it is known."""

    span: Span
    name: str
    role: str = ""
    role_span: Span | None = None
    affiliation: str = ""

    def quote_span(self) -> Span:
        if self.role_span is None:
            return self.span
        return Span(min(self.span.start, self.role_span.start), max(self.span.end, self.role_span.end))


def find_people(text: str, passages: Sequence[Span]) -> tuple[Mention, ...]:
    """Every mention of a person within the passages (sentences or lines), short ones with the full name."""
    found: list[Mention] = []
    for passage in passages:
        found.extend(_in_passage(text, passage))
    return join_mentions(text, passages, found)


def join_mentions(text: str, passages: Sequence[Span], found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions found, names made full, and every further mention of the persons they name."""
    full = _full_names([m.name for m in found])
    resolved = [replace(m, name=_resolve(m.name, full) or m.name) for m in found]
    taken = [m.span for m in resolved]
    resolved.extend(_repeats(text, passages, full, taken))
    resolved.sort(key=lambda m: (m.span, -len(m.role)))
    return tuple(dict.fromkeys(resolved))


def roles_of(mentions: Sequence[Mention]) -> dict[str, str]:
    """Each person's first stated role."""
    roles: dict[str, str] = {}
    for mention in mentions:
        if mention.role:
            roles.setdefault(mention.name, mention.role)
    return roles


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
        affiliation = owner["of"] if owner is not None and owned else ""
        taken.append(cut)
        yield from (
            replace(x, affiliation=affiliation) for x in _with_roles(text, passage, cut, collapse(cut.of(text)))
        )


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
    for word in words:
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
    if not head or len(head) > 140 or _SEGMENT_STOP.match(head) or _TITLED.match(head):
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
    """The end of a role that lists its fields: `member for children, families and education, asked …`."""
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
    return Span(passage.start + start, passage.start + m.end("head"))


def _full_names(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(n for n in names if len(n.split()) >= 2))


def _fold(name: str) -> str:
    return name.replace("’", "'").casefold()


def _resolve(name: str, full: Sequence[str]) -> str | None:
    """The one full name that a surname, a first name or another spelling of it stands for."""
    key = _fold(name)
    exact = [f for f in full if _fold(f) == key]
    if exact:
        return exact[0]
    by_surname = [f for f in full if _fold(f).split()[-1] == key or _fold(f).endswith(" " + key)]
    if len(by_surname) == 1:
        return by_surname[0]
    by_first = [f for f in full if _fold(f).split()[0] == key]
    return by_first[0] if len(by_first) == 1 and not by_surname else None


def _repeats(text: str, passages: Sequence[Span], full: Sequence[str], taken: list[Span]) -> Iterator[Mention]:
    """Mentions without evidence of their own: the full name again, or the first or last name alone."""
    for name in full:
        parts = name.split()
        for words in dict.fromkeys((name, parts[0], parts[-1])):
            if _resolve(words, full) != name or len(words) < 3:
                continue
            if words != name and (not plausible([words]) or _also_a_word(text, words)):
                continue
            pattern = re.sub(r"['’]", "['’]", re.escape(words).replace(r"\ ", r"\s+"))
            for m in re.finditer(rf"(?<![\w'’.@-]){pattern}(?![\w@]|-\w|['’](?!s\b))", text):
                span = Span(*m.span())
                if any(span.overlaps(t) for t in taken) or not any(p.covers(span) for p in passages):
                    continue
                if words != name and _within_another_name(text, span):
                    continue
                taken.append(span)
                yield Mention(span, name)


def _also_a_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text) is not None


def _within_another_name(text: str, span: Span) -> bool:
    """`Edwards` in `Edwards Street`, or `Samantha` in `Samantha Jones`: somebody or something else."""
    after = re.match(r"\s[A-Z]\w", text[span.end : span.end + 3])
    before = re.search(r"[A-Z][\w.]*\s$", text[max(0, span.start - 20) : span.start])
    sentence_start = re.search(r"(?:[.!?:”\"]\s+|^|\n\s*)[A-Z]\w*\s$", text[max(0, span.start - 30) : span.start])
    return after is not None or (before is not None and sentence_start is None)
