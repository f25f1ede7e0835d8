"""All that a strategy may look at for one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ingest.adapter import adapter_of
from ingest.notice import Document
from retrieval.acceptance import probability
from retrieval.evidence.covering import light
from retrieval.evidence.ranking import Ranking
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import is_head, units
from retrieval.knowledge import Knowledge
from retrieval.question import Question
from retrieval.scope import Scope
from retrieval.soft import SoftMatcher

READ_ALL = 600  # clauses: a scope this small is read whole, a larger one through search
READ_CLOSELY = 8  # documents that may each be read token by token
READ_TOP = 60  # clauses read of a larger scope


@dataclass(frozen=True)
class Context:
    """One question in one scope.  Scores are computed once and kept."""

    question: Question
    knowledge: Knowledge
    scope: Scope
    near: Mapping[tuple[str, str], float] = field(default_factory=dict)
    # (document, clause) that the last answer cited and those beside it, where the question points back: a bonus each
    closely: bool = True  # whether sentences are compared with the question token by token

    def within(self, documents: Iterable[Document]) -> Context:
        """The same question over fewer documents; one by one out of many, they are not read as closely."""
        closely = self.closely and len(self.scope.documents) <= READ_CLOSELY
        return replace(self, scope=replace(self.scope, documents=tuple(documents)), closely=closely)

    def asking(self, question: Question) -> Context:
        return replace(self, question=question)

    @cached_property
    def ranking(self) -> Ranking:
        return Ranking(self.question, self.knowledge.rarity, self._dense, self.near, self._soft)

    @cached_property
    def _soft(self) -> SoftMatcher | None:
        if not self.closely:
            return None
        rarity, lights = self.knowledge.rarity, {term.stem: light(term) for term in self.question.terms}
        return SoftMatcher(
            self.question.bare,
            lambda stemmed: rarity.weight(stemmed) * lights.get(stemmed, 1.0),
            self.knowledge.snapshot.tokens,
            adapter_of(self.knowledge.snapshot.encoder_id),
        )

    @cached_property
    def _positions(self) -> tuple[int, ...]:
        """Positions of the clauses to read."""
        snapshot = self.knowledge.snapshot
        everything = tuple(p for document in self.scope.documents for p in snapshot.positions(document.id))
        if len(everything) <= READ_ALL:
            return everything
        from retrieval.search import search

        within = self.scope.ids if len(self.scope.documents) < len(snapshot.documents) else None
        return tuple(hit.position for hit in search(snapshot, self.question.text, within=within, k=READ_TOP))

    @cached_property
    def _dense(self) -> dict[tuple[str, str], float]:
        snapshot = self.knowledge.snapshot
        scores = snapshot.dense_scores(self.question.bare, self._positions) if self._positions else {}
        return {(snapshot.chunks[p].document_id, snapshot.chunks[p].label): score for p, score in scores.items()}

    @cached_property
    def ranked(self) -> list[Scored]:
        """The units of the clauses to read, best first."""
        chunks = self.knowledge.snapshot.chunks
        wanted = {(chunks[p].document_id, chunks[p].label) for p in self._positions}
        return self.ranking.rank(
            unit
            for document in self.scope.documents
            for unit in units(document)
            if (document.id, unit.clause.label) in wanted and unit.clause.label != "title" and not is_head(unit)
        )

    @cached_property
    def lost(self) -> frozenset[str]:
        """The words of the topic that no unit in scope covers."""
        return frozenset.intersection(*(frozenset(s.missing) for s in self.ranked)) if self.ranked else frozenset()

    @cached_property
    def probability(self) -> float:
        """How likely the best unit is to answer."""
        return probability(self.ranked)
