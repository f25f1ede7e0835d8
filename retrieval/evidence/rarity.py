"""How much a word weighs: rare words tell documents apart, common ones do not."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from ingest.notice import Document
from retrieval.evidence.units import units


class Rarity:
    """How much a word weighs: rare words tell documents apart, common ones do not."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._having: Counter[str] = Counter()
        self._units = 0
        for document in documents:
            for unit in units(document):
                self._units += 1
                self._having.update(set(unit.own))

    def is_absent(self, stemmed: str) -> bool:
        """Whether no document has the word."""
        return all(self._having[word] == 0 for word in stemmed.split())

    def weight(self, stemmed: str) -> float:
        """Inverse document frequency over units, 1..~7; a phrase weighs what its rarest word does."""
        if " " in stemmed:
            return max(self.weight(word) for word in stemmed.split())
        return 1.0 + math.log((self._units + 1) / (self._having[stemmed] + 1)) if self._units else 1.0
