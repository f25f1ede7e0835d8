"""The people of an e-mail's headers: names, addresses, and the body that an address belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.names import core, find_names
from ingest.notice import Span

_ENTRY = re.compile(r"(?P<name>[^<>;\n]*?)\s*<(?P<address>[^<>@\s]+@[^<>\s]+)>|(?P<bare>[^<>@\s,;]+@[^<>\s,;]+)")
_LISTED = re.compile(r"[^;\n]+")
_EDGES = " ,;\"'“”"
_LEAD = re.compile(r"[\s,;\"'“”]*")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_SURNAME_FIRST = re.compile(r"(?P<last>[A-Z][\w’' -]+),\s*(?P<first>[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]*)*)$")
_NO_BODY = frozenset("gov uk com org net edu co ac nhs police sch mod eu int info biz example mail email www".split())
_SORTS = (
    "council",
    "borough",
    "county",
    "city",
    "police",
    "school",
    "academy",
    "trust",
    "mbc",
    "mdc",
    "cc",
    "bc",
    "dc",
)
_WORD = re.compile(r"[\w’'-]+")
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One entry of a header: `span` the name as printed (the address where there is none), `name` in plain order."""

    span: Span
    name: str
    address: str


def mailboxes(text: str, within: Span) -> tuple[Mailbox, ...]:
    """The entries of `Ann Bell <ann@example.org>, Dunn, Carl <carl@example.org>`; semicolons part names alone."""
    found = list(_ENTRY.finditer(text, within.start, within.end))
    if found:
        return tuple(box for m in found if (box := _box(text, m)) is not None)
    named = (_trimmed(text, Span(*m.span())) for m in _LISTED.finditer(text, within.start, within.end))
    return tuple(Mailbox(span, _plain_order(span.of(text)), "") for span in named if len(span))


def _box(text: str, m: re.Match[str]) -> Mailbox | None:
    if m["bare"]:
        return Mailbox(Span(*m.span("bare")), m["bare"], m["bare"])
    span = _trimmed(text, Span(*m.span("name")))
    if not len(span):
        span = Span(*m.span("address"))
    return Mailbox(span, _plain_order(span.of(text)), m["address"])


def _trimmed(text: str, span: Span) -> Span:
    lead = _LEAD.match(text, span.start, span.end)
    start = lead.end() if lead else span.start
    end = start + len(text[start : span.end].rstrip(_EDGES))
    aside = _ASIDE.search(text, start, end)
    return Span(start, aside.start() if aside else max(start, end))


def _plain_order(words: str) -> str:
    """`Carl Dunn` of `Dunn, Carl`."""
    words = " ".join(words.split())
    turned = _SURNAME_FIRST.match(words)
    return f"{turned['first']} {turned['last']}" if turned else words


def domain_word(address: str) -> str:
    """What a mail address says of its owner's body: `northby` of `ann@mail.northby.gov.uk`; may be empty."""
    labels = [label for label in address.rpartition("@")[2].lower().split(".") if label]
    kept = [label for label in labels[:-1] if label not in _NO_BODY]
    return re.sub(r"[^a-z0-9]", "", kept[-1]) if kept else ""


def body_of(addresses: Sequence[str], sender: str, text: str) -> str | None:
    """The body that the text names and the addresses belong to, other than the sender's; None when there is none."""
    own = domain_word(sender)
    for word in dict.fromkeys(domain_word(address) for address in addresses):
        if not word or word == own:
            continue
        known = {word} | {word.removesuffix(sort) for sort in _SORTS if len(word) > len(sort) + 2}
        for match in find_names(text):
            if _squashed(core(match.name)) in known:
                return match.name
        if name := next(_runs_of(known, text), None):
            return name
    return None


def _squashed(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def _runs_of(known: set[str], text: str) -> Iterator[str]:
    """Runs of words that begin with a capital and spell one of the words: `St Bride` for `stbride`."""
    words = [m for m in _WORD.finditer(text) if "@" not in text[max(0, m.start() - 1) : m.end() + 1]]
    for n, first in enumerate(words):
        if not first.group()[0].isupper():
            continue
        for last in words[n : n + _LONGEST]:
            name = re.sub(r"[’']s$", "", text[first.start() : last.end()])
            if _squashed(name) in known and "\n\n" not in name:
                yield " ".join(name.split())
