"""Write out the answers that were given, with the feedback on them: `clausewise audit export`.

Answers are kept for as many days as the setting keep_answers_days says (90), then erased.
`clausewise audit events` writes out what was done to the documents over HTTP, and by whom; that is kept for good.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from api.commands.opening import settings_of
from ingest.database import Database
from ingest.errors import InputError, NotReadyError
from ingest.records import AnswerRecord, EventRecord, Records
from ingest.settings import Settings

_FORMULA = ("=", "+", "-", "@")
COLUMNS = ("id", "at", "asker", "question", "status", "answer", "citations", "helpful", "comments", "version", "model")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("export", "events"), help="what to do")
    parser.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="JSON Lines or CSV")
    parser.add_argument("--since", metavar="DATE", help="from this day on (YYYY-MM-DD, UTC)")
    parser.add_argument("--until", metavar="DATE", help="before this day")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of standard output")


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    with records_of(settings) as records:
        since, until = _day(args.since, "--since"), _day(args.until, "--until")
        with _opened(args.output) as out:
            if args.action == "events":
                _events(records.events(since), until, out)
            elif args.format == "csv":
                _csv(records.answers(since, until), out)
            else:
                _jsonl(records.answers(since, until), out)
    return 0


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    """The file, which its user alone can read, since it holds what others asked; None: standard output."""
    if path is None:
        yield sys.stdout
        return
    path.unlink(missing_ok=True)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
    ) as out:
        yield out


@contextmanager
def records_of(settings: Settings) -> Iterator[Records]:
    """The records, read beside a running service.  Raises NotReadyError when there is no catalogue yet."""
    if settings.database_url is None and not (settings.data / "catalogue.sqlite").is_file():
        raise NotReadyError(f"there is no index in {settings.data}: run `clausewise ingest` first")
    url = settings.database_url
    database = Database.at(url) if url else Database.sqlite(settings.data / "catalogue.sqlite")
    try:
        yield Records(database)
    finally:
        database.close()


def _day(text: str | None, flag: str) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise InputError(f"{flag}: {text} is not a day written YYYY-MM-DD") from error


def _jsonl(answers: Iterable[AnswerRecord], out: TextIO) -> None:
    for answer in answers:
        feedback = [
            {"at": said.at.isoformat(), "asker": said.asker, "helpful": said.helpful, "comment": said.comment}
            for said in answer.feedback
        ]
        row: dict[str, Any] = {
            "id": answer.id,
            "at": answer.at.isoformat(),
            "asker": answer.asker,
            "question": answer.question,
            **answer.payload,
            "feedback": feedback,
        }
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _events(events: Iterable[EventRecord], until: datetime | None, out: TextIO) -> None:
    for event in events:
        if until is None or event.at < until:
            row = {"at": event.at.isoformat(), "actor": event.actor, "action": event.action, **event.payload}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(answers: Iterable[AnswerRecord], out: TextIO) -> None:
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for answer in answers:
        reply, about = answer.payload.get("reply", {}), answer.payload.get("about", {})
        cited = "; ".join(f"{c['document_id']} {c['clause']}" for c in reply.get("citations", ()))
        helpful = "; ".join("yes" if said.helpful else "no" for said in answer.feedback)
        comments = "; ".join(said.comment for said in answer.feedback if said.comment)
        row = [answer.id, answer.at.isoformat(), answer.asker, answer.question, reply.get("status", "")]
        row += [reply.get("answer", ""), cited, helpful, comments, about.get("version", ""), about.get("model", "")]
        writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, wide forms and leading blanks included."""
    plain = unicodedata.normalize("NFKC", cell).lstrip()
    return f"'{cell}" if plain.startswith(_FORMULA) or cell.startswith(("\t", "\r", "\n")) else cell
