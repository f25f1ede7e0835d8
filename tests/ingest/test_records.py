from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest import records as module
from ingest.library import Library
from ingest.records import Records


@pytest.fixture
def records(library: Library) -> Records:
    return library.records


def test_answers_with_their_feedback(records: Records) -> None:
    records.add_answer("a1", "ann", "when?", {"answer": "May [1]", "citations": [{"clause": "5(b)"}]})
    records.add_answer("a2", "bob", "who?\0\ud800", {"answer": "\0"})
    assert records.add_feedback("a1", True, "thanks", "ann")
    assert records.add_feedback("a1", False)
    assert not records.add_feedback("unknown", True)
    found = records.answer("a1")
    assert found is not None
    assert (found.asker, found.question, found.payload["citations"]) == ("ann", "when?", [{"clause": "5(b)"}])
    assert [(f.helpful, f.comment) for f in found.feedback] == [(True, "thanks"), (False, None)]
    assert found.at <= datetime.now(UTC)
    assert records.answer("unknown") is None
    assert [record.id for record in records.answers()] == ["a1", "a2"]


def test_answers_are_read_page_by_page(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    moment = datetime(2026, 1, 1)
    monkeypatch.setattr(module, "_now", lambda: moment)  # all at one moment: the id decides
    for name in "edcba":
        records.add_answer(name, "", "q", {})
    assert [record.id for record in records.answers()] == list("abcde")


def test_since_until_and_forgetting(records: Records) -> None:
    before = datetime.now(UTC)
    records.add_answer("a1", "", "q", {})
    records.add_feedback("a1", True)
    after = datetime.now(UTC) + timedelta(seconds=1)
    assert [r.id for r in records.answers(since=before, until=after)] == ["a1"]
    assert not list(records.answers(since=after))
    assert not list(records.answers(until=before))
    assert records.forget_answers(before) == 0
    assert records.forget_answers(after) == 1
    assert records.answer("a1") is None


def test_events(records: Records) -> None:
    records.add_event("ann", "upload", {"source": "a.txt"})
    records.add_event("bob", "delete", {"document_id": "a"})
    assert [(e.actor, e.action, e.payload) for e in records.events()] == [
        ("ann", "upload", {"source": "a.txt"}),
        ("bob", "delete", {"document_id": "a"}),
    ]
    assert records.events(since=datetime.now(UTC) + timedelta(hours=1)) == ()


def test_conversations(records: Records) -> None:
    hour = timedelta(hours=1)
    records.save_conversation("c", {"turns": [1]})
    records.save_conversation("c", {"turns": [1, 2]})
    assert records.conversation("c", hour) == {"turns": [1, 2]}
    assert records.conversation("c", timedelta()) is None
    assert records.conversation("d", hour) is None
    assert records.forget_conversations(hour) == 0
    assert records.forget_conversations(timedelta()) == 1
    assert records.conversation("c", hour) is None
