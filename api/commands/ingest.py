"""Bring the index in step with the documents.

Without a path: everything in the corpus folder, deletions included. With paths: those files (or the files
under those folders) are added or updated, and nothing is deleted. What has not changed costs nothing.
Exit status 1 when a file had to be left out, 2 when nothing could be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Never

from tqdm import tqdm

from api.commands.backend import client_of, request
from api.commands.opening import absolute, open_library, settings_of
from api.schemas import SyncOut
from ingest.errors import printable
from ingest.lock import Service, find_service
from ingest.report import Progress, silent
from ingest.settings import Settings
from ingest.sync import sync


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="only these files or folders of the corpus")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--rebuild-vectors", action="store_true", help="throw the vectors away and make them again")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    running = find_service(settings.data)
    report = _by_service(args, settings, running) if running is not None else _here(args, settings)
    for note in report.notes:
        print(f"clausewise: {printable(note)}", file=sys.stderr)
    for problem in report.problems:
        print(f"clausewise: {printable(problem.source)}: skipped: {printable(problem.why)}", file=sys.stderr)
    print(json.dumps(report.model_dump(), ensure_ascii=False, indent=2) if args.json else _shown(report))
    if not report.problems:
        return 0
    return 1 if any((report.created, report.updated, report.deleted, report.skipped)) else 2


def _here(args: argparse.Namespace, settings: Settings) -> SyncOut:
    with open_library(settings) as library, Bars() as bars:
        if args.rebuild_vectors and not args.dry_run:
            library.rebuild_vectors(lambda done, total: bars("embedding", done, total))
        report = sync(
            settings.corpus,
            library,
            only=args.paths or None,
            dry_run=args.dry_run,
            progress=bars if sys.stderr.isatty() else silent,
            limits=settings.limits.of_one_file(),
            most_files=settings.limits.files,
        )
        if report.changed and not args.dry_run:
            library.snapshot().tokens(["ready?"])  # what reads questions is made now, not at the first of them
        return SyncOut.of(report)


def _by_service(args: argparse.Namespace, settings: Settings, service: Service) -> SyncOut:
    """A service has the data folder: it does the work, and its answers follow at once."""
    print(f"the service at {service.url} brings its index in step …", file=sys.stderr)
    body = {
        "corpus": str(settings.corpus.absolute()),
        "paths": absolute(args.paths) or None,
        "dry_run": args.dry_run,
        "rebuild_vectors": args.rebuild_vectors,
    }
    with client_of(settings, service.url) as client:
        return SyncOut.model_validate_json(request(client, "POST", "/api/ingest", json=body, timeout=None))


def _shown(report: SyncOut) -> str:
    """One line a document that changed, and a last line of counts."""
    lines: list[str] = []
    lines += [f"ingested  {name} (new)" for name in report.created]
    lines += [f"ingested  {name} (changed: its earlier version is kept)" for name in report.updated]
    lines += [f"deleted   {name}" for name in report.deleted]
    lines += [f"renamed   {printable(old)} -> {printable(new)}" for old, new in report.renamed]
    lines += [
        f"skipped   {printable(one)}: it has the same content as {printable(other)}" for one, other in report.duplicates
    ]
    return "\n".join([*_shortened(lines), report.summary])


def _shortened(lines: Sequence[str], most: int = 40) -> list[str]:
    return [*lines] if len(lines) <= most else [*lines[:most], f"… and {len(lines) - most} more"]


class Bars(Progress):
    """A progress bar for each stage, on standard error."""

    _WORDS = {"reading": ("Reading", "file"), "embedding": ("Embedding", "clause")}  # noqa: RUF012

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[Never]] = {}

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        if not sys.stderr.isatty():
            return
        bar = self._bars.get(stage)
        if bar is None:
            words, unit = self._WORDS.get(stage, (stage.capitalize(), ""))
            bar = self._bars[stage] = tqdm(total=total, desc=words, unit=f" {unit}", file=sys.stderr, leave=False)
        bar.total = total
        bar.update(done - bar.n)

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *_: object) -> None:
        for bar in self._bars.values():
            bar.close()
