"""Knowledge is kept by documents, never by the library that they came from."""

from __future__ import annotations

from pathlib import Path

from ingest.encode import HashEncoder
from ingest.library import Library
from ingest.sync import sync
from retrieval.knowledge import KnowledgeCache

NOTICE = """Improvement Notice

To: Farley Council

1. The council must reply by 3 May 2022.

Signed: Ann Lee
Date: 1 May 2022
"""


def test_the_same_documents_of_another_library_are_searched_in_that_library(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "farley-notice.txt").write_text(NOTICE)
    cache = KnowledgeCache()
    for place in ("one", "two"):
        library = Library.open(tmp_path / place, HashEncoder())
        sync(corpus, library)
        snapshot = library.snapshot()
        known = cache.of(snapshot)
        assert known.snapshot is snapshot
        assert known.snapshot.dense_scores("reply by", range(len(snapshot.chunks)))
        library.close()
