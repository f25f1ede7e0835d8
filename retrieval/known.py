"""Known names: what a name is, and how the names of subjects and people are gathered from the documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ingest.names import core, same, shown_core
from ingest.notice import Document
from retrieval.english import is_common
from retrieval.words import PAPER, STOP, fold

HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|professor|cllr|councillor|sir|dame|lord|lady|rev)\.?\s+", re.I)


class NameKind(StrEnum):
    SUBJECT = "subject"
    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Name:
    """One known name: `shown` as the documents write it, `documents` that are about it or mention it."""

    kind: NameKind
    shown: str
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name met in a question, at `[start, end)` of the question."""

    name: Name
    start: int
    end: int
    corrected_from: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What names a question holds."""

    mentions: tuple[Mention, ...] = ()
    unknown: tuple[str, ...] = ()  # names and rare words that no document has
    suggestions: tuple[tuple[str, Name], ...] = ()  # (as typed, a known name two edits away)
    respelt: tuple[tuple[str, str], ...] = ()  # (as typed, the ordinary word meant)

    def of(self, kind: NameKind) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(mention.name for mention in self.mentions if mention.name.kind is kind))


def initials(body: str) -> tuple[str, str]:
    """The initials of a body's name: those of all its words, and those of the words in capitals."""
    words = body.split()
    return "".join(w[0] for w in words if w[0].isalpha()), "".join(w[0] for w in words if w[0].isupper())


def key_of(words: str) -> str:
    """The form in which names are compared: folded, no punctuation, `saint` as `st`."""
    plain = re.sub(r"[^\w\s]", "", fold(words).replace("-", " "))
    return " ".join("st" if word == "saint" else word for word in plain.split())


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
            keys |= _short(
                written_name, [d.subject for d in documents if d.subject and not same(d.subject, written_name)]
            )
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


def _short(name: str, all_names: Iterable[str]) -> set[str]:
    """What a name is cut to in speech: "Farley" of "London Borough of Farley", a distinctive first word of several."""
    short = {key_of(_OF.sub("", name))}
    words = [word for word in shown_core(name).split() if not _INITIALS.fullmatch(word)]
    led = len(words) < len(shown_core(name).split())  # "Marlow" of "J.T. Marlow Ltd", whatever it means as a word
    if words and len(words[0]) > 3 and (led or (len(words) > 1 and not is_common(words[0]))):
        others = [other for other in all_names if other != name and words[0].casefold() in other.casefold().split()]
        if not others:
            short.add(key_of(words[0]))
    return short


def mentioned(documents: tuple[Document, ...], kinds: frozenset[str]) -> dict[str, dict[str, None]]:
    holders: dict[str, dict[str, None]] = defaultdict(dict)
    for document in documents:
        for fact in document.facts:
            if fact.kind in kinds:
                holders[HONORIFIC.sub("", fact.normalised or fact.value)][document.id] = None
    return holders
