"""The names an index knows (subjects, people, organisations) and how a question is read against them.

Names are looked up, never embedded: exactly, then normalised, then by edit distance.  One edit from exactly one
known name is taken as that name and said; two edits are a suggestion; a name no document has is unknown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

from ingest.names import core, is_government, shown_core
from ingest.notice import Document
from retrieval.english import is_common, is_written
from retrieval.known import HONORIFIC, Mention, Name, NameKind, Reading, initials, key_of, mentioned, subjects_of
from retrieval.words import PAPER, STOP, fold, stem, stems, thesaurus

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*\.?")
_PEOPLE = frozenset({"person_role", "signatory", "person"})
_ORGANISATIONS = frozenset({"organisation", "issuer", "subject"})
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
# What may follow or lead a name that a question uses as a subject.
_OWNER = re.compile(r"^(?:council|borough|county|city|authority|school|police|trust|'s)", re.I)
_LEADS = re.compile(
    r"\b(?:for|to|about|of|does|did|must|should|is|was|has|will|and|council|in|at|by|on|what about|how about)\s+$", re.I
)


_QUALIFIERS = frozenset(
    "upper lower north south east west great little new old high nether saint st much long market".split()
)
_JOINED_ON = frozenset("upon under le by-the-sea".split())


def _another_place(question: str, words: list[tuple[str, int, int]], start: int, end: int) -> str | None:
    """The name that the words really are, when a known name is only a part of it."""
    if (
        start > 0
        and words[start - 1][0].casefold() in _QUALIFIERS
        and words[start - 1][0][0].isupper() == words[start][0][0].isupper()
    ):
        return " ".join(w for w, _, _ in words[start - 1 : end])
    if (
        end + 1 < len(words)
        and words[end][0].casefold() in _JOINED_ON
        and fold(words[end + 1][0]) not in STOP
        and not question[words[end - 1][2] : words[end][1]].strip()
        and words[end + 1][0][0].isupper() == words[start][0][0].isupper()
    ):
        return " ".join(w for w, _, _ in words[start : end + 2])
    return None


class NameIndex:
    """Every name of the given documents, ready for look-up."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._names: dict[str, tuple[Name, ...]] = {}
        self._vocabulary: Counter[str] = Counter()
        entries: dict[str, set[Name]] = defaultdict(set)
        documents = tuple(documents)
        for document in documents:
            self._vocabulary.update(stems(document.text))
            self._vocabulary.update(
                stems(f"{document.title} {document.kind} {document.issuer or ''} {document.subject or ''}")
            )
        self.issuer_words = frozenset(word for d in documents for word in _called(d.issuer))
        self.issuers = _issuers(documents)
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
        self._names = {
            key: tuple(sorted(names, key=lambda n: (n.kind is not NameKind.SUBJECT, n.shown)))
            for key, names in entries.items()
        }
        self._squeezed: dict[str, str] = {}
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        self._longest = max((len(key.split()) for key in self._names), default=1)

    def _add(self, entries: dict[str, set[Name]], kind: NameKind, shown: str, holders: Mapping[str, None]) -> None:
        plain = HONORIFIC.sub("", shown)
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

    def has_word(self, word: str) -> bool:
        """Whether any document has the word, in any inflection."""
        return stem(word) in self._vocabulary

    def people(self) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(n for names in self._names.values() for n in names if n.kind is NameKind.PERSON))

    def read(self, question: str) -> Reading:
        """Find the known names of a question, correct near misses, and tell what no document knows."""
        words = [
            (m.group().rstrip("."), m.start(), m.start() + len(m.group().rstrip("."))) for m in _WORD.finditer(question)
        ]
        mentions: list[Mention] = []
        strange: list[str] = []  # names that only hold a known one: "Upper X", "X upon Y"
        free = [True] * len(words)
        for width in range(min(self._longest + 1, len(words)), 0, -1):
            for at in range(len(words) - width + 1):
                if all(free[at : at + width]) and (names := self._exact(question, words[at : at + width])):
                    if (
                        other := _another_place(question, words, at, at + width)
                        if names[0].kind is NameKind.SUBJECT
                        else None
                    ):
                        strange.append(other)
                        free[max(0, at - 1) : at + width + 2] = [False] * len(free[max(0, at - 1) : at + width + 2])
                        continue
                    mentions += [Mention(name, words[at][1], words[at + width - 1][2]) for name in names]
                    free[at : at + width] = [False] * width
        corrected = self._near(question, words, free)
        mentions += corrected
        unknown, suggestions, respelt = self._rest(question, words, free)
        mentions.sort(key=lambda mention: mention.start)
        return Reading(tuple(mentions), (*strange, *unknown), suggestions, respelt)

    def _exact(self, question: str, words: list[tuple[str, int, int]]) -> tuple[Name, ...]:
        text = question[words[0][1] : words[-1][2]]
        if len(words) > 1 and (titled := HONORIFIC.sub("", text)) != text:
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

    def _near(self, question: str, words: list[tuple[str, int, int]], free: list[bool]) -> list[Mention]:
        found: list[Mention] = []
        for width in range(min(self._longest, 3), 0, -1):
            for at in range(len(words) - width + 1):
                if not all(free[at : at + width]):
                    continue
                text = question[words[at][1] : words[at + width - 1][2]]
                key = key_of(re.sub(r"['’]s$", "", text))
                if len(key) < 5 or (width == 1 and (self.has_word(key) or (is_common(key) and text[:1].islower()))):
                    continue
                if (
                    width > 1
                    and all(self.has_word(word) or is_common(word) for word in key.split())
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
                    found.append(Mention(subjects.pop(), words[at][1], words[at + width - 1][2], corrected_from=text))
                    free[at : at + width] = [False] * width
        return found

    def _rest(
        self, question: str, words: list[tuple[str, int, int]], free: list[bool]
    ) -> tuple[tuple[str, ...], tuple[tuple[str, Name], ...], tuple[tuple[str, str], ...]]:
        unknown: list[tuple[int, str]] = []
        suggestions: list[tuple[str, Name]] = []
        respelt: list[tuple[str, str]] = []
        subjects = any(free_ is False for free_ in free)
        letters = [w for w, _, _ in words if w[0].isalpha()]
        capitals = sum(1 for w in letters if w[0].isupper())
        styled = len(letters) > 3 and capitals > 0.6 * len(letters)
        for at, (word, start, end) in enumerate(words):
            bare = re.sub(r"['’]s?$", "", word)
            lower = fold(bare)
            if (
                not free[at]
                or not bare
                or any(ch.isdigit() for ch in bare)
                or lower in STOP
                or lower in PAPER
                or lower in _MONTHS
            ):
                continue
            if (
                len(bare) < 3
                or self.has_word(bare)
                or (all(self.has_word(p) or is_common(p) for p in re.split(r"[-']", lower) if p) and "-" in bare)
            ):
                continue
            leads = (
                start == 0 and at + 1 < len(words) and fold(words[at + 1][0]) in PAPER and not is_common(bare)
            )  # "Farley notice: who signed?"
            proper = bare[0].isupper() and (start > 0 or leads) and not styled and not bare.isupper()
            owner = (
                bool(_OWNER.match(question[end:].lstrip()) and _LEADS.search(question[:start])) and bare[0].isupper()
            )
            if is_common(bare) and not proper and not owner:
                if not is_written(bare) and (doubled := self._squeezed.get(_squeeze(lower))):
                    respelt.append((bare, doubled))
                continue
            if (meant := self._respell(lower)) and not proper:
                respelt.append((bare, meant))
                continue
            if full := self._abbreviated([fold(w) for w, _, _ in words], at):
                respelt.append((bare, full))
                continue
            if thesaurus().of(stem(bare)) or not (
                proper or owner or (not subjects and _in_a_slot(question, words, at))
            ):
                continue
            near = [
                n
                for k, names in self._names.items()
                for n in names
                if n.kind is NameKind.SUBJECT and len(k) >= 5 and OSA.distance(k, key_of(bare), score_cutoff=2) == 2
            ]
            if len(set(near)) == 1:
                suggestions.append((bare, near[0]))
            unknown.append((start, bare))
        return _joined(question, unknown), tuple(suggestions), tuple(respelt)

    def _abbreviated(self, words: list[str], at: int) -> str | None:
        """The word of the documents that a clipped one stands for, beside another clipped one ("Lib Dem")."""
        for first in (at - 1, at):
            pair = words[max(0, first) : first + 2]
            if first >= 0 and len(pair) == 2 and all(len(word) >= 3 for word in pair):
                one, two = pair[0], pair[1].removesuffix("s")
                for a, b in self._pairs:
                    if a.startswith(one) and b.startswith(two):
                        return a if first == at else b
        return None

    def _respell(self, lower: str) -> str | None:
        """The one word of the documents (or of the thesaurus) that is a typing slip away, if there is just one."""
        if len(lower) < 3:
            return None
        best: dict[str, int] = {}
        limit = 1 if len(lower) < 8 else 2
        for known in self._words:
            if (
                abs(len(known) - len(lower)) <= limit
                and known[0] == lower[0]
                and (len(lower) > 3 or sorted(known) == sorted(lower))
            ):
                distance = OSA.distance(known, lower, score_cutoff=limit)
                if distance <= limit:
                    best[known] = distance
        if not best:
            return None
        nearest = min(best.values())
        candidates = {stem(word): word for word in sorted(best) if best[word] == nearest}
        return next(iter(candidates.values())) if candidates and (len(candidates) == 1 or nearest == 1) else None

    def learn(self, documents: Iterable[Document]) -> NameIndex:
        """Remember the written words of the documents, for respelling."""
        written = {w for d in documents for w in re.findall(r"[a-z]{4,}", fold(f"{d.text} {d.title}"))}
        self._pairs = frozenset(
            (fold(m[1]), fold(m[2]))
            for d in documents
            for m in re.finditer(r"\b([A-Z][a-z]{3,})(?= ([A-Z][a-z]{3,}))", d.text)
        )
        self._words = frozenset(written | thesaurus().written | {w for w in STOP | PAPER if len(w) > 2} | _ASKED)
        self._squeezed = {_squeeze(w): w for w in sorted(self._words, reverse=True) if _squeeze(w) != w}
        return self


def _issuers(documents: Iterable[Document]) -> frozenset[str]:
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


# Words of questions that documents seldom have, for spelling.
_ASKED = frozenset(
    "deadline often frequency signed issued address postcode penalty consequence consequences summary summarise "
    "difference compare adviser signature signatory meeting people chief executive director leader deliver finish "
    "because identified supporting".split()
)


def _squeeze(word: str) -> str:
    """A word with each run of one letter as one: what is left of it when doubled letters are typed once."""
    return re.sub(r"(.)\1+", r"\1", word)


_NAMED_FOR_WORK = re.compile(r"\b(?:council|office|service|commission|agency|authority|inspect\w*)\b", re.I)


def _called(issuer: str | None) -> Iterator[str]:
    """The words, folded, by which a question calls the body that issued a paper: its initials, "department"."""
    if issuer and len(issuer.split()) > 1:
        words = issuer.split()
        yield from map(fold, initials(issuer))
        if is_government(words[0]):
            yield fold(words[0])
        elif not _NAMED_FOR_WORK.search(issuer):
            yield from (fold(word) for word in words if word[0].isupper() and len(word) > 3)


def _in_a_slot(question: str, words: list[tuple[str, int, int]], at: int) -> bool:
    """Whether a word typed in lower case stands where a name would: after "for", before "council", last of few."""
    _, start, end = words[at]
    after = question[end:].lstrip()
    return (
        start == 0
        or _LEADS.search(question[:start]) is not None
        or _OWNER.match(after) is not None
        or any(fold(word) in PAPER for word, _, _ in words[at + 1 : at + 3])
        or (at == len(words) - 1 and len(words) <= 6)
    )


def _joined(question: str, found: list[tuple[int, str]]) -> tuple[str, ...]:
    """Adjacent unknown words are one name ("Jane Doe")."""
    names: list[str] = []
    last_end = -10
    for start, word in sorted(found):
        if names and question[last_end:start] == " ":
            names[-1] += f" {word}"
        else:
            names.append(word)
        last_end = start + len(word)
    return tuple(dict.fromkeys(names))
