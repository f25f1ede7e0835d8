"""The documents to search."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.notice import Document
from retrieval.question import Question


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents to search and why these."""

    documents: tuple[Document, ...]
    why: str
    question: Question
    narrowed: bool = False  # by a name or a document that the question gives

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self.documents)

    def of_kinds(self, kinds: frozenset[str]) -> Scope:
        """Only the documents of these kinds, when there are any."""
        kept = tuple(d for d in self.documents if d.kind in kinds)
        return (
            replace(self, documents=kept, why=f"{self.why}; {', '.join(sorted(kinds))}", narrowed=True)
            if kept
            else self
        )
