"""A unit scored against one question."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.evidence.covering import COVERS, Where
from retrieval.evidence.units import Unit
from retrieval.features import Features


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its features; `score` is what ranks it, comparable within one question."""

    unit: Unit
    features: Features
    score: float
    missing: tuple[str, ...]  # words of the topic that nothing here covers
    asked: int  # words of the topic
    far: float  # what these weigh, 0..1, those near to a word of the unit in meaning counting less

    @property
    def coverage(self) -> float:
        """Share of the question's weighted words that the unit and its surroundings have, 0..1."""
        f = self.features
        return f.exact + COVERS[Where.CLOSE] * f.close + COVERS[Where.AROUND] * f.around + COVERS[Where.ABOUT] * f.about

    @property
    def dense(self) -> float:
        return self.features.dense
