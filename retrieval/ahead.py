"""Reading ahead: sentences are read closely before anybody asks, so that first questions are quick too."""

from __future__ import annotations

from collections.abc import Callable

from ingest.snapshot import Snapshot
from retrieval.evidence.units import units

MOST = 60_000  # tokens read ahead; the cache that keeps them holds a third more
TOGETHER = 8  # sentences between two looks at whether to stop


def read_ahead(snapshot: Snapshot, stopped: Callable[[], bool] = lambda: False) -> int:
    """Read the documents' sentences into the snapshot's cache, the newest first, until it is well filled.

    The number of tokens read.  Raises what encoding raises.
    """
    newest_first = sorted(
        snapshot.documents.values(), key=lambda d: d.issued_on.toordinal() if d.issued_on else 0, reverse=True
    )
    read = 0
    for document in newest_first:
        texts = list(dict.fromkeys(unit.in_place for unit in units(document)))
        for start in range(0, len(texts), TOGETHER):
            if read >= MOST or stopped():
                return read
            found = snapshot.tokens(texts[start : start + TOGETHER])
            if found is None:
                return read
            read += sum(len(tokens) for tokens in found)
    return read
