"""A fact of the register against the question."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.notice import Document, Fact
from retrieval.words import fold


@dataclass(frozen=True, slots=True)
class Match:
    """A fact against the question."""

    document: Document
    fact: Fact
    score: float
    coverage: float
    missing: tuple[str, ...]

    by_role: bool = False  # the role is what is asked for, not the name

    @property
    def value(self) -> str:
        """What tells two matches apart."""
        return fold(self.fact.topic) if self.by_role else fold(self.fact.normalised or self.fact.value)
