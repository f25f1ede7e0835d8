"""Mentions of people, and the joining of short ones (`Prof Bell`, `Ann`) to the full name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts.names import places, plausible
from ingest.notice import Span


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
    in_order = sorted(passages)
    starts = [p.start for p in in_order]
    common = set(re.findall(r"\b[a-z]\w*", text)) if full else set()
    for name in full:
        parts = name.split()
        for words in dict.fromkeys((name, parts[0], parts[-1])):
            if _resolve(words, full) != name or len(words) < 3:
                continue
            if words != name and (not plausible([words]) or words.lower() in common):
                continue
            for span in _places(words, text):
                passage = in_order[max(0, bisect_right(starts, span.start) - 1)]
                if not passage.covers(span) or re.search(r"[\w'’.@-]$", text[max(0, span.start - 1) : span.start]):
                    continue
                if any(span.overlaps(t) for t in taken) or (words != name and _within_another_name(text, span)):
                    continue
                taken.append(span)
                yield Mention(span, name)


_GOES_ON = re.compile(r"[\w@]|-\w|['’](?!s\b)")


def _places(words: str, text: str) -> Iterator[Span]:
    """Where the text has the name, but not as the beginning of a longer word."""
    return (span for span in places(words, text) if _GOES_ON.match(text, span.end) is None)


def _within_another_name(text: str, span: Span) -> bool:
    """`Bell` in `Bell Street`, or `Ann` in `Ann Jones`: somebody or something else."""
    after = re.match(r"\s[A-Z]\w", text[span.end : span.end + 3])
    before = re.search(r"[A-Z][\w.]*\s$", text[max(0, span.start - 20) : span.start])
    sentence_start = re.search(r"(?:[.!?:”\"]\s+|^|\n\s*)[A-Z]\w*\s$", text[max(0, span.start - 30) : span.start])
    return after is not None or (before is not None and sentence_start is None)
