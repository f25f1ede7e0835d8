"""Clause retrieval over ObliQA, through the product's own index and search.

40 documents of financial regulation in 13,012 clauses, and questions with the clauses that answer them.  The files
are not part of the project: `passages.jsonl` (id, document, clause, text) and `dev.jsonl` (id, question, gold), or
another file of questions of that form.
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from ingest.catalogue import Entry
from ingest.encode import Encoder
from ingest.errors import InputError
from ingest.library import Library
from ingest.notice import Clause, ClauseKind, Document, Span
from ingest.snapshot import Snapshot
from retrieval.search import search

FOLDER = Path(__file__).parents[2] / "shared" / "bench" / "obliqa"
DEPTH = 10  # both measures look at the first ten clauses
_HEADING = 120  # code points: a shorter passage that ends in no stop heads the passages under it

Place = tuple[str, str]  # document id, clause label


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question and the clauses that answer it."""

    question: str
    gold: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Figures:
    """What `measure` found: means over the questions."""

    questions: int
    recall: float  # share of the gold clauses among the first ten
    precision: float  # mean average precision: precision at each gold clause found, over min(gold, 10)
    p50_ms: float  # of one search, the question's encoding included
    p95_ms: float

    def told(self) -> dict[str, float]:
        return {
            "n": self.questions,
            "recall_at_10": round(self.recall, 4),
            "map_at_10": round(self.precision, 4),
            "p50_ms": round(self.p50_ms, 1),
            "p95_ms": round(self.p95_ms, 1),
        }


def bench(encoder: Encoder, folder: Path = FOLDER, questions: str = "dev.jsonl") -> Mapping[str, float] | None:
    """R@10, MAP@10 and time a question; None where the files are missing.  Embeds 13,012 clauses first (minutes)."""
    if not (folder / "passages.jsonl").is_file() or not (folder / questions).is_file():
        return None
    entries, places = read_passages(folder / "passages.jsonl")
    wanted = read_questions(folder / questions, places)
    with (
        tempfile.TemporaryDirectory(prefix="clausewise-obliqa-") as data,
        Library.open(Path(data), encoder) as library,
    ):
        return measure(library.apply(entries), wanted).told()


def measure(snapshot: Snapshot, wanted: Sequence[Wanted]) -> Figures:
    """Search for every question and compare the first ten clauses with the gold."""
    recalls, precisions, times = [], [], []
    for one in wanted:
        started = time.perf_counter()
        hits = search(snapshot, one.question, k=DEPTH)
        times.append(1000 * (time.perf_counter() - started))
        recall, precision = score([(hit.chunk.document_id, hit.chunk.label) for hit in hits], one.gold)
        recalls.append(recall)
        precisions.append(precision)
    p50, p95 = np.percentile(times, [50, 95]) if times else (0.0, 0.0)
    return Figures(
        len(wanted), float(np.mean(recalls or [0])), float(np.mean(precisions or [0])), float(p50), float(p95)
    )


def score(found: Sequence[Place], gold: frozenset[Place]) -> tuple[float, float]:
    """Recall and average precision of the first ten places."""
    hits, total = 0, 0.0
    for rank, place in enumerate(found[:DEPTH], 1):
        if place in gold:
            hits += 1
            total += hits / rank
    return hits / len(gold), total / min(len(gold), DEPTH)


def read_passages(path: Path) -> tuple[list[Entry], dict[str, Place]]:
    """The documents with their clauses, and where each passage id stands.  Raises InputError."""
    entries: list[Entry] = []
    places: dict[str, Place] = {}
    for number, rows in groupby(_lines(path, "id", "document", "clause", "text"), key=lambda row: row["document"]):
        document, labels = _document(f"obliqa-{number}", list(rows))
        entries.append(Entry(document, document.source))
        places.update({passage: (document.id, label) for passage, label in labels.items()})
    return entries, places


def read_questions(path: Path, places: Mapping[str, Place]) -> list[Wanted]:
    """Raises InputError, also for a gold id that no passage has."""
    found = []
    for row in _lines(path, "question", "gold"):
        unknown = [passage for passage in row["gold"] if passage not in places]
        if unknown or not row["gold"]:
            raise InputError(f"{path}: {row['question'][:60]!r} names no passage, or an unknown one: {unknown[:1]}")
        found.append(Wanted(row["question"], frozenset(places[passage] for passage in row["gold"])))
    return found


def _document(id_: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Document, dict[str, str]]:
    """A document whose clauses are the passages, whole; and each passage id's label."""
    text, clauses, labels = "", [], {}
    used: set[str] = set()
    headings: dict[tuple[str, ...], str] = {}
    for row in rows:
        words = str(row["text"]).strip()
        key = tuple(re.findall(r"\w+", str(row["clause"])))
        label = str(row["clause"]).rstrip(".") or "clause"
        if label in used:
            label = next(f"{label} ({n})" for n in range(2, len(rows) + 2) if f"{label} ({n})" not in used)
        used.add(label)
        above = (headings[key[:depth]] for depth in range(len(key) - 1, 0, -1) if key[:depth] in headings)
        span = Span(len(text), len(text) + len(words))
        clauses.append(Clause(label, span, ClauseKind.NUMBERED, heading=next(above, None)))
        labels[str(row["id"])] = label
        if len(words) < _HEADING and not words.endswith((".", ";", ":")):
            headings[key] = words
        text += words + "\n\n"
    title = f"Document {id_.rpartition('-')[2]}"
    return (
        Document(id_, "1", f"{id_}.jsonl", "0" * 64, title, "rules", None, None, None, text, tuple(clauses)),
        labels,
    )


def _lines(path: Path, *fields: str) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                row = json.loads(line)
                if missing := [name for name in fields if name not in row]:
                    raise InputError(f"{path}, line {number}: the field {missing[0]!r} is missing")
                yield row
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is no file of JSON lines that can be read: {error}") from error
