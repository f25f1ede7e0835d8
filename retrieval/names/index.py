"""Every name of an index, ready for look-up.

Names are looked up, never embedded: exactly, then normalised, then by edit distance.  One edit from exactly one
known name is taken as that name and said; two edits are a suggestion; a name no document has is unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from ingest.names import core, shown_core
from ingest.notice import Document
from retrieval.english import is_common
from retrieval.names.gathered import calling, issuer_names, issuers_of, mentioned, subjects_of
from retrieval.names.honorifics import MOST_TITLES, without_honorific
from retrieval.names.known import Mention, Name, NameKind, Reading, key_of
from retrieval.names.spelling import Spelling
from retrieval.names.typed import Word, words_of
from retrieval.names.unknown import another_place, left_over
from retrieval.words import STOP

_PEOPLE = frozenset({"person_role", "signatory", "person"})
_ORGANISATIONS = frozenset({"organisation", "issuer", "subject"})


class NameIndex:
    """Every name of the given documents, ready for look-up."""

    def __init__(self, documents: Iterable[Document]) -> None:
        entries: dict[str, set[Name]] = defaultdict(set)
        documents = tuple(documents)
        self._spelling = Spelling(documents)
        self.issuer_words = frozenset(word for d in documents for name in issuer_names(d) for word in calling(name))
        self.issuers = issuers_of(documents)
        self.subjects = subjects_of(documents)
        for subject, keys in self.subjects.items():
            for key in keys:
                entries[key].add(subject)
        for kind, members in (
            (NameKind.PERSON, mentioned(documents, _PEOPLE)),
            (NameKind.ORGANISATION, mentioned(documents, _ORGANISATIONS)),
        ):
            for shown, holders in members.items():
                self._add(entries, kind, shown, holders)
        self._names: dict[str, tuple[Name, ...]] = {
            key: tuple(sorted(names, key=lambda n: (n.kind is not NameKind.SUBJECT, n.shown)))
            for key, names in entries.items()
        }
        self._longest = max((len(key.split()) for key in self._names), default=1)

    def _add(self, entries: dict[str, set[Name]], kind: NameKind, shown: str, holders: Mapping[str, None]) -> None:
        plain = without_honorific(shown)
        keys = {key_of(shown), key_of(plain)}
        if kind is NameKind.PERSON:
            parts = plain.split()
            if len(parts) > 1:
                keys |= {key_of(parts[-1]), key_of(parts[0])} | {key_of(f"{parts[0]} {parts[-1]}")}
        else:
            keys |= {key_of(core(shown)), key_of(shown_core(shown))}
            known = {key for _, ks in self.subjects.items() for key in ks}
            if key_of(core(shown)) in known:
                return
        name = Name(kind, plain, frozenset(holders))
        for key in keys:
            if (
                key
                and key not in STOP
                and not (
                    len(key.split()) == 1
                    and kind is NameKind.ORGANISATION
                    and is_common(key)
                    and key not in shown.casefold().split()
                )
            ):
                entries[key].add(name)

    def read(self, question: str) -> Reading:
        """Find the known names of a question, correct near misses, and tell what no document knows."""
        words = words_of(question)
        mentions: list[Mention] = []
        strange: list[str] = []  # names that only hold a known one: "Upper X", "X upon Y"
        free = [True] * len(words)
        for width in range(min(self._longest + MOST_TITLES, len(words)), 0, -1):
            for at in range(len(words) - width + 1):
                if all(free[at : at + width]) and (names := self._exact(question, words[at : at + width])):
                    if (
                        other := another_place(question, words, at, at + width)
                        if names[0].kind is NameKind.SUBJECT
                        else None
                    ):
                        strange.append(other)
                        free[max(0, at - 1) : at + width + 2] = [False] * len(free[max(0, at - 1) : at + width + 2])
                        continue
                    mentions += [Mention(name, words[at].start, words[at + width - 1].end) for name in names]
                    free[at : at + width] = [False] * width
        corrected = self._near(question, words, free)
        mentions += corrected
        unknown, suggestions, respelt = left_over(question, words, free, self._names, self._spelling)
        mentions.sort(key=lambda mention: mention.start)
        return Reading(tuple(mentions), (*strange, *unknown), suggestions, respelt)

    def _exact(self, question: str, words: list[Word]) -> tuple[Name, ...]:
        text = question[words[0].start : words[-1].end]
        if len(words) > 1 and (titled := without_honorific(text)) != text:
            people = tuple(
                n for n in self._names.get(key_of(re.sub(r"['’]s?$", "", titled)), ()) if n.kind is NameKind.PERSON
            )
            if people:
                return people
        for form in (
            text,
            re.sub(r"['’]s?$", "", text),
            text.replace("’s", "").replace("'s", ""),
            re.sub(r"(?<=\w{4})s$", "", text),
        ):
            names = self._names.get(key_of(form), ())
            if names and len(words) == 1:
                lower = text.islower() and not question.islower()
                if (
                    (lower or text[:1].islower())
                    and is_common(form)
                    and all(n.kind is not NameKind.SUBJECT for n in names)
                ):
                    continue
                persons = {n for n in names if n.kind is NameKind.PERSON}
                if len(persons) > 1 and len(persons) == len(names):
                    return tuple(sorted(persons, key=lambda n: n.shown))
            if names:
                best = names[0].kind
                return tuple(n for n in names if n.kind is best)
        return ()

    def _near(self, question: str, words: list[Word], free: list[bool]) -> list[Mention]:
        found: list[Mention] = []
        for width in range(min(self._longest, 3), 0, -1):
            for at in range(len(words) - width + 1):
                if not all(free[at : at + width]):
                    continue
                text = question[words[at].start : words[at + width - 1].end]
                key = key_of(re.sub(r"['’]s$", "", text))
                if len(key) < 5 or (
                    width == 1 and (self._spelling.has_word(key) or (is_common(key) and text[:1].islower()))
                ):
                    continue
                if (
                    width > 1
                    and all(self._spelling.has_word(word) or is_common(word) for word in key.split())
                    and "st" not in key.split()
                ):
                    continue
                near = {
                    n
                    for k, names in self._names.items()
                    for n in names
                    if abs(len(k) - len(key)) <= 1 and len(k) >= 5 and OSA.distance(k, key, score_cutoff=1) <= 1
                }
                subjects = {n for n in near if n.kind is NameKind.SUBJECT} or near
                if len(subjects) == 1:
                    found.append(
                        Mention(subjects.pop(), words[at].start, words[at + width - 1].end, corrected_from=text)
                    )
                    free[at : at + width] = [False] * width
        return found
