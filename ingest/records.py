"""What happened: answers given (the audit), feedback on them, what was done to documents, and conversations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.sql import Select

from ingest import tables as t
from ingest.database import Database

PAGE = 500


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """What a reader thought of an answer."""

    answer_id: str
    at: datetime  # UTC
    asker: str
    helpful: bool
    comment: str | None


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer as it was given.  `payload` is JSON: the reply, the documents and versions, settings and models."""

    id: str
    at: datetime  # UTC
    asker: str
    question: str
    payload: Mapping[str, Any]
    feedback: tuple[FeedbackRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class EventRecord:
    """Something done to the documents: `action` is upload, delete, ingest …"""

    at: datetime  # UTC
    actor: str
    action: str
    payload: Mapping[str, Any]


class Records:
    """The records of one database.  Thread-safe; every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_answer(self, answer_id: str, asker: str, question: str, payload: Mapping[str, Any]) -> None:
        """Keep an answer; `payload` must be JSON."""
        row = {"id": answer_id, "at": _now(), "asker": asker, "question": storable(question)}
        with self._database.write() as connection:
            connection.execute(insert(t.answers).values(**row, payload=_storable(payload)))

    def answer(self, answer_id: str) -> AnswerRecord | None:
        """One answer with its feedback, or None."""
        return next(self._answers(select(t.answers).where(t.answers.c.id == answer_id)), None)

    def answers(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[AnswerRecord]:
        """Answers with their feedback, the oldest first, read page by page.  Times are UTC; `until` is excluded."""
        c = t.answers.c
        query = select(t.answers).order_by(c.at, c.id).limit(PAGE)
        if since is not None:
            query = query.where(c.at >= _naive(since))
        if until is not None:
            query = query.where(c.at < _naive(until))
        last: AnswerRecord | None = None
        while True:
            page = query
            if last is not None:
                at = _naive(last.at)
                page = query.where((c.at > at) | ((c.at == at) & (c.id > last.id)))
            records = list(self._answers(page))
            yield from records
            if len(records) < PAGE:
                return
            last = records[-1]

    def add_feedback(self, answer_id: str, helpful: bool, comment: str | None = None, asker: str = "") -> bool:
        """Keep what a reader thought; False when there is no such answer."""
        with self._database.write() as connection:
            if connection.execute(select(t.answers.c.id).where(t.answers.c.id == answer_id)).first() is None:
                return False
            said = None if comment is None else storable(comment)
            row = {"answer_id": answer_id, "at": _now(), "asker": asker, "helpful": helpful, "comment": said}
            connection.execute(insert(t.feedback).values(**row))
        return True

    def forget_answers(self, before: datetime) -> int:
        """Erase answers, with their feedback, given before a time; how many."""
        with self._database.write() as connection:
            return connection.execute(delete(t.answers).where(t.answers.c.at < _naive(before))).rowcount

    def add_event(self, actor: str, action: str, payload: Mapping[str, Any]) -> None:
        """Keep what was done to the documents, and by whom."""
        with self._database.write() as connection:
            row = {"at": _now(), "actor": actor, "action": action, "payload": _storable(payload)}
            connection.execute(insert(t.events).values(**row))

    def events(self, since: datetime | None = None) -> tuple[EventRecord, ...]:
        """What was done, the oldest first."""
        query = select(t.events).order_by(t.events.c.id)
        if since is not None:
            query = query.where(t.events.c.at >= _naive(since))
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(EventRecord(_aware(r.at), r.actor, r.action, r.payload) for r in rows)

    def save_conversation(self, conversation_id: str, state: Mapping[str, Any]) -> None:
        """Keep a conversation's state, which must be JSON."""
        values = {"updated_at": _now(), "state": _storable(state)}
        c = t.conversations.c
        with self._database.write() as connection:
            changed = connection.execute(update(t.conversations).where(c.id == conversation_id).values(**values))
            if changed.rowcount == 0:
                connection.execute(insert(t.conversations).values(id=conversation_id, **values))

    def conversation(self, conversation_id: str, younger_than: timedelta) -> Mapping[str, Any] | None:
        """The state of a conversation that went on within that time, or None."""
        c = t.conversations.c
        with self._database.read() as connection:
            state = connection.execute(
                select(c.state).where(c.id == conversation_id, c.updated_at > _now() - younger_than)
            ).scalar_one_or_none()
        return dict(state) if state is not None else None

    def forget_conversations(self, older_than: timedelta) -> int:
        """Erase conversations that nobody went on with for that time; how many."""
        with self._database.write() as connection:
            old = delete(t.conversations).where(t.conversations.c.updated_at <= _now() - older_than)
            return connection.execute(old).rowcount

    def _answers(self, query: Select[Any]) -> Iterator[AnswerRecord]:
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            said: dict[str, list[FeedbackRecord]] = {row.id: [] for row in rows}
            f = t.feedback
            for row in connection.execute(select(f).where(f.c.answer_id.in_(list(said))).order_by(f.c.id)):
                said[row.answer_id].append(_feedback(row))
        for row in rows:
            yield AnswerRecord(row.id, _aware(row.at), row.asker, row.question, row.payload, tuple(said[row.id]))


def storable(text: str) -> str:
    """A text that any database takes: halves of characters and NULs are replaced."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _storable(value: Any) -> Any:
    """The same for every string of a JSON value."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): _storable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable(part) for part in value]
    return value


def _feedback(row: Row[Any]) -> FeedbackRecord:
    return FeedbackRecord(row.answer_id, _aware(row.at), row.asker, row.helpful, row.comment)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _naive(moment: datetime) -> datetime:
    """UTC without saying so, as it is stored; a time without a zone is taken for UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
