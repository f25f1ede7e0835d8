"""The textbook pipeline: recursive character splitting, one Chroma collection, the best chunk as the answer.

It never abstains and cites every clause that its chunk touches, which is generous to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.reply import Asker, Cited, Reply
from ingest.encode import Encoder
from ingest.notice import Document, Span
from ingest.snapshot import Snapshot
from retrieval.answer import Ask

SIZE, OVERLAP = 1000, 200  # characters, as the tutorials have it
_SEPARATORS = ("\n\n", "\n", " ", "")


def textbook(snapshot: Snapshot, encoder: Encoder) -> Asker:
    """An asker over all documents of the snapshot, with vectors in a Chroma collection in memory."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    name = "textbook"
    if name in {collection.name for collection in client.list_collections()}:
        client.delete_collection(name)
    store = client.create_collection(name, metadata={"hnsw:space": "cosine"})
    pieces = [(document, span) for document in snapshot.documents.values() for span in split(document.text)]
    texts = [span.of(document.text) for document, span in pieces]
    for start in range(0, len(texts), 512):
        ids = [str(number) for number in range(start, min(start + 512, len(texts)))]
        store.add(ids=ids, embeddings=encoder.encode(texts[start : start + 512]))

    def ask(question: Ask) -> Reply:
        found = store.query(query_embeddings=encoder.encode([question.question]), n_results=1)
        document, span = pieces[int(found["ids"][0][0])]
        return Reply("answered", span.of(document.text), citations=_cited(document, span))

    return ask


def split(text: str, size: int = SIZE, overlap: int = OVERLAP) -> tuple[Span, ...]:
    """Spans of at most `size` characters, cut at the coarsest separator that will do, overlapping by `overlap`."""
    spans: list[Span] = []
    parts = _parts(text, 0, size, _SEPARATORS)
    first = 0
    while first < len(parts):
        last = first
        while last + 1 < len(parts) and parts[last + 1].end - parts[first].start <= size:
            last += 1
        spans.append(Span(parts[first].start, parts[last].end))
        if last + 1 == len(parts):
            break
        following = last + 1
        while following - 1 > first and parts[last].end - parts[following - 1].start <= overlap:
            following -= 1
        first = following
    return tuple(span for span in spans if span.of(text).strip())


def _parts(text: str, offset: int, size: int, separators: Sequence[str]) -> list[Span]:
    """The text cut into parts of at most `size`, each with the separator that ends it."""
    if len(text) <= size:
        return [Span(offset, offset + len(text))] if text else []
    separator, finer = separators[0], separators[1:]
    if not separator:
        return [Span(offset + at, offset + min(at + size, len(text))) for at in range(0, len(text), size)]
    found: list[Span] = []
    at = 0
    for piece in text.split(separator):
        end = min(at + len(piece) + len(separator), len(text))
        found += (
            _parts(text[at:end], offset + at, size, finer) if end - at > size else [Span(offset + at, offset + end)]
        )
        at = end
    return [span for span in found if len(span)]


def _cited(document: Document, span: Span) -> tuple[Cited, ...]:
    quote = span.of(document.text)
    touched = [clause.label for clause in document.clauses if clause.span.overlaps(span)]
    return tuple(Cited(document.id, label, quote, span.start, span.end) for label in touched)
