"""What a set of readable documents teaches the question: its names, its kinds, how rare its words are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from ingest.notice import Document
from ingest.snapshot import Snapshot
from retrieval.evidence.rarity import Rarity
from retrieval.names.index import NameIndex


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything learned from the index; nothing in it comes from a list in the code."""

    snapshot: Snapshot
    names: NameIndex
    rarity: Rarity
    kinds: frozenset[str]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Knowledge:
        documents = tuple(snapshot.documents.values())
        return cls(snapshot, NameIndex(documents), Rarity(documents), frozenset(d.kind for d in documents))

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(self.snapshot.documents.values())


class KnowledgeCache:
    """Knowledge is dear to learn and cheap to keep: one for each set of documents used lately.  Thread-safe."""

    def __init__(self, most: int = 16) -> None:
        self._most = most
        self._known: OrderedDict[tuple[tuple[str, str], ...], Knowledge] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, snapshot: Snapshot) -> Knowledge:
        key = tuple(sorted((d.id, d.version) for d in snapshot.documents.values()))
        with self._lock:
            known = self._known.get(key)
            if known is None:
                known = Knowledge.of(snapshot)
                self._known[key] = known
            self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
            # The same documents may come from another library, or a later generation: search in theirs.
            return replace(known, snapshot=snapshot)
