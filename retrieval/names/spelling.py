"""The words that the documents know, and which of these an ordinary word typed amiss stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from ingest.notice import Document
from retrieval.words import PAPER, STOP, fold, stem, stems, thesaurus

# Words of questions that documents seldom have, for spelling.
_ASKED = frozenset(
    "deadline often frequency signed issued address postcode penalty consequence consequences summary summarise "
    "difference compare adviser signature signatory meeting people chief executive director leader deliver finish "
    "because identified supporting".split()
)


class Spelling:
    """The written words of the documents, with those that questions are put in."""

    def __init__(self, documents: Iterable[Document]) -> None:
        documents = tuple(documents)
        self._stems = frozenset(
            word
            for d in documents
            for text in (d.text, f"{d.title} {d.kind} {d.issuer or ''} {d.subject or ''}")
            for word in stems(text)
        )
        written = {w for d in documents for w in re.findall(r"[a-z]{4,}", fold(f"{d.text} {d.title}"))}
        self._pairs = sorted(
            {
                (fold(m[1]), fold(m[2]))
                for d in documents
                for m in re.finditer(r"\b([A-Z][a-z]{3,})(?= ([A-Z][a-z]{3,}))", d.text)
            }
        )
        self._words = frozenset(written | thesaurus().written | {w for w in STOP | PAPER if len(w) > 2} | _ASKED)
        self._squeezed = {_squeeze(w): w for w in sorted(self._words, reverse=True) if _squeeze(w) != w}

    def has_word(self, word: str) -> bool:
        """Whether any document has the word, in any inflection."""
        return stem(word) in self._stems

    def with_doubles(self, lower: str) -> str | None:
        """The word meant where doubled letters were typed once."""
        return self._squeezed.get(_squeeze(lower))

    def abbreviated(self, words: list[str], at: int) -> str | None:
        """The word of the documents that a clipped one stands for, beside another clipped one ("Lib Dem")."""
        for first in (at - 1, at):
            pair = words[max(0, first) : first + 2]
            if first >= 0 and len(pair) == 2 and all(len(word) >= 3 for word in pair):
                one, two = pair[0], pair[1].removesuffix("s")
                for a, b in self._pairs:
                    if a.startswith(one) and b.startswith(two):
                        return a if first == at else b
        return None

    def respell(self, lower: str) -> str | None:
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


def _squeeze(word: str) -> str:
    """A word with each run of one letter as one: what is left of it when doubled letters are typed once."""
    return re.sub(r"(.)\1+", r"\1", word)
