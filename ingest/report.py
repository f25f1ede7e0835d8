"""What a sync did, file by file, and how it tells while it works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ingest.corpus import SyncProblem


class Progress(Protocol):
    """Called as a sync goes on, one call at a time but from two threads.

    `stage` is `reading` (files) or `embedding` (clauses, whose number is only known when all files are read).
    """

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def silent(stage: str, done: int, total: int, /) -> None:
    """Progress that is not told."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, or would do.

    created, updated, deleted, skipped   document ids; skipped ones are in step already
    renamed     (old source, new source) of documents whose file moved; they are in none of the above
    duplicates  (source, source of the same content): only the second is indexed
    problems    files left out, with why; what was indexed of them before is kept
    notes       what is worth telling and left no file out: a manifest's entry for a file that is not there, pages
                of a document that were not read
    embedded    clauses that were encoded
    dry_run     nothing was changed
    """

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    problems: tuple[SyncProblem, ...] = ()
    notes: tuple[str, ...] = ()
    embedded: int = 0
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether any document is another than before."""
        return bool(self.created or self.updated or self.deleted or self.renamed)

    def summary(self) -> str:
        """One line, such as `3 created, 1 updated, 0 deleted, 4 skipped; 1 problem`."""
        counts = {"created": self.created, "updated": self.updated, "deleted": self.deleted, "skipped": self.skipped}
        line = ", ".join(f"{len(ids)} {name}" for name, ids in counts.items())
        if self.renamed:
            line += f", {len(self.renamed)} renamed"
        if self.duplicates:
            line += f", {len(self.duplicates)} duplicate{'s' * (len(self.duplicates) != 1)}"
        if self.problems:
            line += f"; {len(self.problems)} problem{'s' * (len(self.problems) != 1)}"
        return f"{line} (nothing was changed: --dry-run)" if self.dry_run else line
