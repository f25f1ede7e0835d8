"""Asking the pipeline over a folder, and what must hold of every reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest.encode import Encoder
from ingest.library import Library
from ingest.snapshot import Snapshot
from ingest.sync import sync
from retrieval.answer import Answer, Ask, Status
from retrieval.conversation import Conversations
from retrieval.pipeline import answer_question

MARKS = re.compile(r"(?:\[\d+\])+$")


@dataclass
class Desk:
    """A snapshot with its conversations: `ask` one question, `talk` several of one conversation."""

    snapshot: Snapshot
    memory: Conversations = field(default_factory=Conversations)

    def ask(self, question: str, **options: object) -> Answer:
        return answer_question(Ask(question, **options), self.snapshot, self.memory)  # type: ignore[arg-type]

    def talk(self, *questions: str) -> Answer:
        """The reply to the last of these."""
        answer = self.ask(questions[0])
        for question in questions[1:]:
            answer = self.ask(question, conversation_id=answer.conversation_id)
        return answer


@contextmanager
def desk_over(corpus: Path, data: Path, encoder: Encoder) -> Iterator[Desk]:
    """The documents of `corpus` indexed in `data`."""
    with Library.open(data, encoder) as library:
        sync(corpus, library)
        yield Desk(library.ready())


def cited(answer: Answer) -> set[tuple[str, str]]:
    return {(c.document_id, c.clause) for c in answer.citations}


def faults(answer: Answer, snapshot: Snapshot) -> list[str]:
    """What is wrong with a reply whatever was asked: quotes that are not exact, lines that cite nothing …"""
    found: list[str] = []
    for citation in (*answer.citations, *answer.related):
        document = snapshot.documents.get(citation.document_id)
        if document is None:
            found.append(f"{citation.document_id} is no document")
            continue
        if document.text[citation.start : citation.end] != citation.quote or not citation.quote.strip():
            found.append(f"not the exact words of {citation.document_id}: {citation.quote!r}")
        if document.clause(citation.clause) is None:
            found.append(f"{citation.document_id} has no clause {citation.clause!r}")
        if citation.version != document.version:
            found.append("another version")
    if answer.status is Status.ANSWERED:
        used = {int(n) for line in answer.lines for n in re.findall(r"\d+", _marks(line))}
        found += [f"no citation in {line!r}" for line in answer.lines if not MARKS.search(line)]
        if not answer.citations or used != {c.number for c in answer.citations}:
            found.append(f"cited {sorted(used)} of {len(answer.citations)}")
        if [c.number for c in answer.citations] != list(range(1, len(answer.citations) + 1)):
            found.append("citations are not numbered from 1")
    elif answer.citations:
        found.append(f"{answer.status} with citations")
    if answer.text != " ".join(answer.lines) or not answer.text.strip():
        found.append("the text is not its lines")
    if not 0 <= answer.confidence <= 1:
        found.append(f"confidence {answer.confidence}")
    if not answer.conversation_id or not answer.answer_id or answer.took_ms < 0:
        found.append("no id or time")
    return found


def _marks(line: str) -> str:
    found = MARKS.search(line)
    return found.group() if found else ""
