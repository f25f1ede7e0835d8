"""How the names of subjects, people and issuers are gathered from the documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from ingest.names import core, is_government, same, shown_core
from ingest.notice import Document
from retrieval.english import is_common
from retrieval.names.honorifics import without_honorific
from retrieval.names.known import Name, NameKind, initials, key_of
from retrieval.words import PAPER, STOP, fold


def subjects_of(documents: tuple[Document, ...]) -> dict[Name, frozenset[str]]:
    """The subjects, each with the keys that name it."""
    groups: list[list[Document]] = []
    for document in sorted(documents, key=lambda d: d.id):
        if document.subject:
            home = next((g for g in groups if same(g[0].subject or "", document.subject)), None)
            home.append(document) if home is not None else groups.append([document])
    subjects: dict[Name, frozenset[str]] = {}
    for members in groups:
        written = Counter(m.subject for m in members if m.subject)
        shown = max(written, key=lambda name: (written[name], -len(name), name))
        keys = {
            key_of(core(members[0].subject or "")),
            key_of(shown_core(members[0].subject or "")),
            *(key_of(name) for m in members for name in (m.subject or "", *m.subject_names)),
        }
        for written_name in written:
            keys |= short_forms(
                written_name, [d.subject for d in documents if d.subject and not same(d.subject, written_name)]
            )
            keys |= led_by(written_name, members, documents)
        name = Name(NameKind.SUBJECT, shown, frozenset(m.id for m in members))
        subjects[name] = frozenset(
            key
            for key in keys
            if key and key not in STOP and key not in PAPER and key.removeprefix("the ") not in PAPER
        )
    return subjects


_OF = re.compile(
    r"^(?:the )?(?:(?:london|royal|metropolitan) )*(?:borough|city|county|district|council|corporation|university)"
    r"(?: council| corporation)? of ",
    re.I,
)


_INITIALS = re.compile(r"(?:[A-Z]\.?&?)+")


def short_forms(name: str, all_names: Iterable[str]) -> set[str]:
    """What a name is cut to in speech: "Farley" of "London Borough of Farley", a distinctive first word of several."""
    short = {key_of(_OF.sub("", name))}
    words = [word for word in shown_core(name).split() if not _INITIALS.fullmatch(word)]
    led = len(words) < len(shown_core(name).split())  # "Marlow" of "J.T. Marlow Ltd", whatever it means as a word
    for width in (1, 2):
        cut = " ".join(words[:width])
        if len(words) > width - led and len(words[0]) > 3 and (led or width > 1 or not is_common(cut)):
            others = [
                other for other in all_names if other != name and f" {cut} ".casefold() in f" {other} ".casefold()
            ]
            if not others:
                short.add(key_of(cut))
    return short


def led_by(name: str, members: Iterable[Document], documents: Iterable[Document]) -> set[str]:
    """The ordinary words that a name begins with: "Foxglove" of "Foxglove Ltd", "Blue Heron" of "Blue Heron Foods".

    Only where no paper about another has them, and those about this one never without their capitals.
    """
    words = shown_core(name).split()
    lead = " ".join(words[: 2 if len(words) > 2 else 1])
    if len(words) < 2 or len(lead) < 4 or not lead[0].isupper() or not is_common(words[0]):
        return set()
    own = {d.id for d in members}
    apart = re.compile(rf"\b{re.escape(lead)}\b", re.I)
    plain = re.compile(rf"\b{re.escape(lead.lower())}\b")
    taken = any((plain if d.id in own else apart).search(d.text) for d in documents)
    return set() if taken else {key_of(lead)}


def mentioned(documents: tuple[Document, ...], kinds: frozenset[str]) -> dict[str, dict[str, None]]:
    holders: dict[str, dict[str, None]] = defaultdict(dict)
    for document in documents:
        for fact in document.facts:
            if fact.kind in kinds:
                holders[without_honorific(fact.normalised or fact.value)][document.id] = None
    return holders


def issuers_of(documents: Iterable[Document]) -> frozenset[str]:
    """The cores of the issuers' names, and the initials that their documents give for them."""
    found: set[str] = set()
    for document in documents:
        if document.issuer:
            found.add(core(document.issuer))
            found |= {
                core(f.value)
                for f in document.facts
                if f.kind == "definition" and f.normalised and fold(f.normalised) in fold(document.issuer)
            }
    return frozenset(found)


def issuer_names(document: Document) -> Iterator[str]:
    """The issuer's name, and the longer one that the document has for it ("… Commissioner's Office")."""
    if document.issuer:
        yield document.issuer
        if found := re.search(rf"\b{re.escape(document.issuer)}['’]s (?:Office|Department|Service)\b", document.text):
            yield found.group()


_NAMED_FOR_WORK = re.compile(r"\b(?:council|office|service|commission|agency|authority|inspect\w*)\b", re.I)


def calling(issuer: str | None) -> Iterator[str]:
    """The words, folded, by which a question calls the body that issued a paper: its initials, "department"."""
    if issuer and len(issuer.split()) > 1:
        words = issuer.split()
        yield from map(fold, initials(issuer))
        if is_government(words[0]):
            yield fold(words[0])
        elif not _NAMED_FOR_WORK.search(issuer):
            yield from (fold(word) for word in words if word[0].isupper() and len(word) > 3)
