"""Answers are kept, joined with feedback, exported, asked again and forgotten."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.audit import Audit, about, index_digest
from api.commands.audit import _csv, _harmless, _jsonl
from api.commands.opening import answerer
from api.replaying import differences
from api.schemas import AnswerOut
from ingest.encode import Encoder
from ingest.library import Library
from ingest.sync import sync

QUESTION = "when must Sefton deliver its plan?"


@pytest.fixture
def own(tmp_path: Path, seeds: Path, tiny_encoder: Encoder) -> Iterator[Library]:
    with Library.open(tmp_path / "data", tiny_encoder) as library:
        sync(seeds, library)
        yield library


@pytest.fixture
def audited(own: Library) -> Iterator[TestClient]:
    made_by = about("1", own.encoder.id, None)
    with TestClient(create_app(own, answerer(), audited=lambda library: Audit(library.records, made_by))) as client:
        yield client


def test_an_answer_is_kept_with_what_made_it(audited: TestClient, own: Library) -> None:
    first = audited.post("/api/ask", json={"question": QUESTION}).json()
    follow = {"question": "who signed it?", "conversation_id": first["conversation_id"], "as_at": "2022-01-01"}
    second = audited.post("/api/ask", json=follow).json()
    record = own.records.answer(second["answer_id"])
    assert record is not None
    assert (record.question, record.asker) == ("who signed it?", "anyone")
    assert record.payload["reply"] == second
    assert record.payload["after"] == [{"question": QUESTION, "documents": None, "as_at": None}]
    assert record.payload["as_at"] == "2022-01-01"
    assert record.payload["about"]["model"] == own.encoder.id
    assert record.payload["index"] == index_digest(own.snapshot())


def test_feedback_is_joined_and_unknown_answers_are_404(audited: TestClient, own: Library) -> None:
    answer_id = audited.post("/api/ask", json={"question": QUESTION}).json()["answer_id"]
    body = {"answer_id": answer_id, "helpful": False, "comment": "wrong year"}
    assert audited.post("/api/feedback", json=body).status_code == 204
    assert audited.post("/api/feedback", json={"answer_id": "none", "helpful": True}).status_code == 404
    record = own.records.answer(answer_id)
    assert record is not None
    assert [(said.helpful, said.comment) for said in record.feedback] == [(False, "wrong year")]


def test_a_streamed_answer_is_kept_too(audited: TestClient, own: Library) -> None:
    audited.post("/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert [record.question for record in own.records.answers()] == [QUESTION]


def test_answers_are_exported_without_formulas(audited: TestClient, own: Library) -> None:
    audited.post("/api/ask", json={"question": QUESTION})
    audited.post("/api/ask", json={"question": "=HYPERLINK(1) when?"})
    lines, cells = io.StringIO(), io.StringIO()
    _jsonl(own.records.answers(), lines)
    _csv(own.records.answers(), cells)
    rows = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [row["question"] for row in rows] == [QUESTION, "=HYPERLINK(1) when?"]
    assert rows[0]["reply"]["value"] == "end of May 2022"
    table = list(csv.DictReader(io.StringIO(cells.getvalue())))
    assert table[0]["citations"] == "sefton-improvement-notice-2021-06-07 11"
    assert table[1]["question"] == "'=HYPERLINK(1) when?"


@given(cell=st.text())
@example(cell=" =1+1")
@example(cell="\t@SUM(1)")
@example(cell="\uff1d1+1")
@example(cell="\ufe631")
def test_no_cell_is_a_formula(cell: str) -> None:
    safe = _harmless(cell)
    assert safe in (cell, f"'{cell}")
    assert not unicodedata.normalize("NFKC", safe).strip().startswith(("=", "+", "-", "@"))


def test_old_answers_are_forgotten(audited: TestClient, own: Library) -> None:
    audited.post("/api/ask", json={"question": QUESTION})
    assert Audit(own.records, {}, keep_days=1).forget() == 0
    assert own.records.forget_answers(datetime.now(UTC) + timedelta(minutes=1)) == 1


def test_differences_are_told_in_words(audited: TestClient) -> None:
    then = AnswerOut.model_validate_json(audited.post("/api/ask", json={"question": QUESTION}).content)
    again = AnswerOut.model_validate_json(audited.post("/api/ask", json={"question": QUESTION}).content)
    assert differences(then, again) == []
    other = then.model_copy(update={"value": "June", "answer": "June. [1]"})
    assert differences(then, other) == ["the answer reads otherwise", "the value was end of May 2022 and is June"]
