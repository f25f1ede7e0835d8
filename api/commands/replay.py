"""Ask a question of the audit again, and say whether the answer is the same; exit status 1 when it is not."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from api.audit import about
from api.commands.audit import records_of
from api.commands.backend import Backend, connect, question_of
from api.commands.opening import encoder_of, settings_of
from api.commands.show import show_answer
from api.schemas import AnswerOut
from api.version import product_version
from ingest.errors import InputError
from ingest.records import AnswerRecord

SAME, OTHER = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("answer_id", help="id of the answer")


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    with records_of(settings) as records:
        record = records.answer(args.answer_id)
    if record is None:
        raise InputError(f"there is no answer {args.answer_id} in the audit: it may have been erased by its age")
    with connect(args, audited=False) as backend:
        now = ask_again(backend, record)
        versions = {document.id: document.version for document in backend.documents()}
    then = AnswerOut.model_validate_json(json.dumps(record.payload["reply"]))
    changes = differences(then, now)
    if not changes:
        print(f"The same answer as on {record.at:%d %B %Y at %H:%M} UTC:\n\n{show_answer(now)}")
        return SAME
    print(f"Another answer than on {record.at:%d %B %Y at %H:%M} UTC:")
    for change in [
        *changes,
        *causes(record.payload, about(product_version(), encoder_of(settings).id, settings), versions),
    ]:
        print(f"- {change}")
    print(f"\nThen:\n{show_answer(then)}\n\nNow:\n{show_answer(now)}")
    return OTHER


def ask_again(backend: Backend, record: AnswerRecord) -> AnswerOut:
    """The answer that the question gets now, after the same questions as then."""
    payload = record.payload
    known = {document.id for document in backend.documents()}
    documents = payload.get("documents")
    if documents is not None:
        documents = [name for name in documents if name in known]
    conversation: str | None = None
    for question in payload.get("after", ()):
        conversation = backend.ask(question_of(question, conversation_id=conversation)).conversation_id
    return backend.ask(
        question_of(record.question, conversation_id=conversation, documents=documents, as_at=payload.get("as_at"))
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


def causes(payload: Mapping[str, Any], made_by: Mapping[str, Any], versions: Mapping[str, str]) -> list[str]:
    """What has changed since that may be why."""
    out = []
    for document, version in payload.get("cited", {}).items():
        if document not in versions:
            out.append(f"{document}, which was cited, is gone")
        elif versions[document] != version:
            out.append(f"{document}, which was cited, has changed")
    for name, value in payload.get("about", {}).items():
        if made_by.get(name) != value:
            out.append(f"the {name} was {value} and is {made_by.get(name)}")
    return out or ["other documents than the cited ones may have changed"]
