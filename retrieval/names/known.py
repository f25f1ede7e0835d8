"""What a known name is, and the form in which names are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.words import fold


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


def surname_pattern(name: Name) -> str:
    """The last word of a name, as a pattern."""
    return re.escape(name.shown.split()[-1])
