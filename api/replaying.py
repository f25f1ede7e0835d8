"""An answer of the audit asked again, as its asker and after the same questions, and held against what was given."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from api.audit import index_digest
from api.problems import Problem, not_found
from api.schemas import AnswerOut, ReplayOut
from api.service import Service
from ingest.records import AnswerRecord
from ingest.snapshot import Snapshot
from retrieval.answer import Ask


def replay(service: Service, answer_id: str) -> ReplayOut:
    """Raises the 404 problem for an answer that is not kept.  What is answered now is not kept."""
    if service.audit is None:
        raise Problem(404, "Answers are not kept: the setting keep_answers_days is 0.")
    record = service.audit.records.answer(answer_id)
    if record is None:
        raise not_found("answer with this id in the audit; it may have been erased by its age")
    then = AnswerOut.model_validate_json(json.dumps(record.payload["reply"]))
    now, snapshot = ask_again(service, record)
    changes = differences(then, now)
    return ReplayOut(
        same=not changes,
        at=record.at.isoformat(timespec="seconds"),
        then=then,
        now=now,
        changes=changes,
        causes=causes(record, service.audit.about, snapshot) if changes else [],
    )


def ask_again(service: Service, record: AnswerRecord) -> tuple[AnswerOut, Snapshot]:
    """What the asker would be answered now, and the documents that they may read."""
    kept = record.payload
    groups = None if kept.get("groups") is None else frozenset(kept["groups"])
    snapshot = service.view(groups)
    asker = f"replay {uuid.uuid4().hex}"  # the conversation is one of its own
    conversation: str | None = None
    for earlier in kept.get("after", ()):
        conversation = service.answer(_ask(earlier, conversation, groups, snapshot), asker, snapshot).conversation_id
    again = {"question": record.question, "documents": kept.get("documents"), "as_at": kept.get("as_at")}
    return service.answer(_ask(again, conversation, groups, snapshot), asker, snapshot), snapshot


def _ask(kept: Mapping[str, Any], conversation: str | None, groups: frozenset[str] | None, snapshot: Snapshot) -> Ask:
    documents = kept.get("documents")
    return Ask(
        question=kept["question"],
        conversation_id=conversation,
        documents=None if documents is None else tuple(name for name in documents if name in snapshot.documents),
        as_at=date.fromisoformat(kept["as_at"]) if kept.get("as_at") else None,
        groups=groups,
    )


def differences(then: AnswerOut, now: AnswerOut) -> list[str]:
    """What is another, in words; empty when status, answer, value and citations are the same."""
    out = []
    if then.status != now.status:
        out.append(f"the status was {then.status} and is {now.status}")
    if then.answer != now.answer:
        out.append("the answer reads otherwise")
    if then.value != now.value:
        out.append(f"the value was {then.value} and is {now.value}")
    cited = [[(c.document_id, c.clause, c.quote) for c in reply.citations] for reply in (then, now)]
    if cited[0] != cited[1]:
        out.append("other words are cited")
    return out


def causes(record: AnswerRecord, made_by: Mapping[str, Any], snapshot: Snapshot) -> list[str]:
    """What has changed since that may be why."""
    out = []
    for name, version in record.payload.get("cited", {}).items():
        current = snapshot.documents.get(name)
        if current is None:
            out.append(f"{name}, which was cited, is gone")
        elif current.version != version:
            out.append(f"{name}, which was cited, has changed")
    if not out and record.payload.get("index") != index_digest(snapshot):
        out.append("other documents than the cited ones have come, gone or changed")
    for name, value in record.payload.get("about", {}).items():
        if made_by.get(name) != value:
            out.append(f"the {name} was {value} and is {made_by.get(name)}")
    today = datetime.now(UTC).date()
    if record.at.date() != today:
        out.append(f"the day was {record.at.date().isoformat()} and is {today.isoformat()}")
    return out
