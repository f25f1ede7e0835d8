"""The search as a LangChain retriever, for those who build their own chain on the index."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PositiveInt

from ingest.snapshot import Snapshot
from retrieval.search import Hit, search


class ClauseRetriever(BaseRetriever):
    """The best `k` clauses of the current documents for a question, best first.

    snapshot  gives the documents to search in, anew for each question: `library.snapshot`
    within    ids of the documents to search in; None is all of them

    A clause comes as a LangChain document: its own words as they stand in the text, and in the metadata
    `document_id`, `version`, `clause`, `title`, `start`, `end` (code points of the document's text), `score`,
    `lexical` and `dense`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    snapshot: Callable[[], Snapshot]
    within: frozenset[str] | None = None
    k: PositiveInt = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        snapshot = self.snapshot()
        return [_as_document(snapshot, hit) for hit in search(snapshot, query, within=self.within, k=self.k)]


def _as_document(snapshot: Snapshot, hit: Hit) -> Document:
    chunk = hit.chunk
    document = snapshot.documents[chunk.document_id]
    return Document(
        id=f"{chunk.document_id}#{chunk.label}",
        page_content=document.quote(chunk.span),
        metadata={
            "document_id": chunk.document_id,
            "version": chunk.version,
            "clause": chunk.label,
            "title": document.title,
            "start": chunk.span.start,
            "end": chunk.span.end,
            "score": hit.score,
            "lexical": hit.lexical,
            "dense": hit.dense,
        },
    )
