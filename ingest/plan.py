"""What a sync has to do: every file of the folder held against what is indexed.  Nothing is changed here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.catalogue import Entry, Origin
from ingest.corpus import CorpusFile, Scan, SyncProblem, digest
from ingest.errors import ClausewiseError, DuplicateIdError, ReadError
from ingest.ids import document_id
from ingest.intake import Taken, overrides_digest, parser_digest, take_in
from ingest.library import Library
from ingest.limits import Limits
from ingest.manifest import Manifest
from ingest.report import SyncReport


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the corpus as it is now: its digest, and what the manifest says of it."""

    file: CorpusFile
    sha256: str
    overrides: Mapping[str, object]
    said: str

    @property
    def content(self) -> tuple[str, str]:
        return self.sha256, self.said


class Plan:
    """What has to be done, gathered file by file: `files`, then `take` each of them, then `removed` and `report`."""

    def __init__(self, corpus: Path, library: Library, found: Scan, *, notes: Sequence[str] = (), whole: bool) -> None:
        self._corpus = corpus
        self._found = found
        self._whole = whole
        self._notes = [*notes]
        self._before = library.snapshot().documents
        self._origins: dict[str, list[Origin]] = defaultdict(list)  # by file
        self._owner: dict[str, str] = {}  # file by document id
        for origin in library.catalogue.origins():
            self._origins[origin.file].append(origin)
            self._owner[origin.document_id] = origin.file
        self.put: list[Entry] = []
        self.problems: list[SyncProblem] = list(found.problems)
        self._skipped: set[str] = set()
        self._kept: set[str] = set()  # document ids that stay as they are
        self._duplicates: list[tuple[str, str]] = []

    def files(self, manifest: Manifest) -> list[Seen]:
        """The files to take in, one for each id and content; what is left out is told."""
        seen = [one for file in self._one_an_id() if (one := self._see(file, manifest)) is not None]
        first: dict[tuple[str, str], str] = self._indexed_contents(seen)
        chosen: list[Seen] = []
        for one in seen:
            keeper = first.setdefault(one.content, one.file.source)
            if keeper == one.file.source:
                chosen.append(one)
            else:
                self._duplicates.append((one.file.source, keeper))
        return chosen

    def take(self, seen: Seen, limits: Limits) -> tuple[Entry, ...]:
        """Parse one file, unless it is in step already; what is to be indexed of it."""
        before = self._origins.get(seen.file.source, [])
        main = next((origin for origin in before if origin.source == seen.file.source), None)
        in_step = all(origin.overrides == seen.said and origin.parser == parser_digest() for origin in before)
        if main is not None and main.sha256 == seen.sha256 and in_step:
            self._keep(before)
            return ()
        taken = take_in(seen.file, seen.overrides, limits)
        self.problems += taken.problems
        self._notes += [f"{note.source}: ingested; {note.why}" for note in taken.notes]
        failed = {problem.source for problem in taken.problems}
        whole = seen.file.source in failed
        if not failed and self._as_before(taken, before):
            self._keep(before)
            return ()
        self._keep([origin for origin in before if whole or origin.source in failed])
        for entry in taken.entries:
            self._put(entry)
        return taken.entries

    def removed(self) -> list[str]:
        """The documents whose file is gone, or is another's double, or no longer has them attached."""
        put = {entry.document.id for entry in self.put}
        here = {file.source for file in self._found.files}
        gone: list[str] = []
        for document_id_, file in self._owner.items():
            if document_id_ in put or document_id_ in self._kept or self._found.may_hold(file):
                continue
            if self._whole or file in here:
                gone.append(document_id_)
        return gone

    def report(self, removed: Sequence[str], embedded: int, *, dry_run: bool = False) -> SyncReport:
        renamed = self._renamed(removed)
        old_ids = {document_id(old) for old, _ in renamed}
        new_ids = {document_id(new) for _, new in renamed}
        created = [e.document.id for e in self.put if e.document.id not in self._before]
        updated = [
            e.document.id
            for e in self.put
            if e.document.id in self._before and self._before[e.document.id] != e.document
        ]
        same = {e.document.id for e in self.put if self._before.get(e.document.id) == e.document}
        return SyncReport(
            created=tuple(i for i in created if i not in new_ids),
            updated=tuple(i for i in updated if i not in new_ids),
            deleted=tuple(i for i in removed if i not in old_ids),
            skipped=tuple(sorted(self._skipped | same)),
            renamed=tuple(renamed),
            duplicates=tuple(self._duplicates),
            problems=tuple(self.problems),
            notes=tuple(self._notes),
            embedded=embedded,
            dry_run=dry_run,
        )

    def _one_an_id(self) -> list[CorpusFile]:
        """The files, without those whose id another file has; the one indexed already keeps it."""
        by_id: dict[str, list[CorpusFile]] = defaultdict(list)
        for file in self._found.files:
            by_id[document_id(file.source)].append(file)
        alone: list[CorpusFile] = []
        for name, files in by_id.items():
            sources = [file.source for file in files]
            owner = self._owner.get(name)
            if owner is not None and owner not in sources and self._still_there(owner):
                sources.append(owner)
            if len(sources) == 1:
                alone += files
                continue
            for file in files:
                if file.source == owner:
                    alone.append(file)
                else:
                    others = [owner] if owner in sources else [source for source in sources if source != file.source]
                    why = str(DuplicateIdError(name, [file.source, *others[:3]]))
                    self.problems.append(SyncProblem(file.source, why))
                    self._keep(self._origins.get(file.source, []))
        return alone

    def _as_before(self, taken: Taken, before: Sequence[Origin]) -> bool:
        """Whether a file gave what is indexed of it already."""
        made = {entry.document.id: (entry.overrides, entry.parser) for entry in taken.entries}
        return made == {origin.document_id: (origin.overrides, origin.parser) for origin in before} and all(
            self._before.get(entry.document.id) == entry.document for entry in taken.entries
        )

    def _see(self, file: CorpusFile, manifest: Manifest) -> Seen | None:
        try:
            overrides = manifest.entry(file.source).overrides()
            return Seen(file, digest(file), overrides, overrides_digest(overrides))
        except ClausewiseError as error:
            why = error.why if isinstance(error, ReadError) else str(error)
            self.problems.append(SyncProblem(file.source, why))
            self._keep(self._origins.get(file.source, []))
            return None

    def _indexed_contents(self, seen: Sequence[Seen]) -> dict[tuple[str, str], str]:
        """The file that each content is indexed from already, as far as it still has that content."""
        now = {one.file.source: one.content for one in seen}
        found: dict[tuple[str, str], str] = {}
        for file, origins in sorted(self._origins.items()):
            for origin in origins:
                content = (origin.sha256, origin.overrides)
                unread = file not in now and self._still_there(file)
                if origin.source == file and (now.get(file) == content or unread):
                    found.setdefault(content, file)
        return found

    def _still_there(self, source: str) -> bool:
        """Whether a file outside this sync's own is in the corpus."""
        return not self._whole and (self._corpus / source).is_file()

    def _keep(self, origins: Sequence[Origin]) -> None:
        """These stay as they are: in step, or beyond what can be read now."""
        failed = {problem.source for problem in self.problems}
        for origin in origins:
            self._kept.add(origin.document_id)
            if origin.file not in failed and origin.source not in failed:
                self._skipped.add(origin.document_id)

    def _put(self, entry: Entry) -> None:
        """Queue a document, unless its id is another file's: only an attachment's can be by now."""
        name = entry.document.id
        owner = next((other.file for other in self.put if other.document.id == name), self._owner.get(name))
        taken = owner is not None and owner != entry.file
        if taken and (name in self._kept or any(other.document.id == name for other in self.put)):
            why = str(DuplicateIdError(name, [entry.document.source, owner or ""]))
            self.problems.append(SyncProblem(entry.document.source, why))
        else:
            self.put.append(entry)

    def _renamed(self, removed: Sequence[str]) -> list[tuple[str, str]]:
        """Pairs of a source that is gone and one that is new with the same bytes."""
        gone: dict[str, list[str]] = defaultdict(list)
        moved = {e.document.id: e for e in self.put}
        for origins in self._origins.values():
            for origin in origins:
                left = origin.document_id in removed
                elsewhere = origin.document_id in moved and moved[origin.document_id].file != origin.file
                if origin.source == origin.file and (left or elsewhere):
                    gone[origin.sha256].append(origin.source)
        pairs: list[tuple[str, str]] = []
        for entry in self.put:
            new = entry.document.source == entry.file and entry.file not in self._origins
            if new and gone[entry.document.sha256]:
                pairs.append((gone[entry.document.sha256].pop(0), entry.file))
        return pairs
