"""A service on a real port: the other commands use it over HTTP, many ask at once, and it stops cleanly."""

from __future__ import annotations

import io
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import api.commands.opening
from api.app import create_app
from api.audit import Audit
from api.auth import Gate
from api.cli import main
from api.commands.opening import answerer
from api.keys import KeyStore
from api.local_key import make_local_key
from evals.load import ask_at_once
from ingest.encode import Encoder
from ingest.library import Library
from ingest.lock import announce, withdraw
from ingest.sync import sync
from tests.serving import running

QUESTION = "when must Sefton deliver its plan?"


@pytest.fixture
def place(tmp_path: Path, seeds: Path, tiny_encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with `corpus/` and `var/`, which a running service has open."""
    monkeypatch.setattr(api.commands.opening, "encoder_of", lambda settings: tiny_encoder)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(seeds, tmp_path / "corpus")
    data = tmp_path / "var"
    with Library.open(data, tiny_encoder) as library:
        sync(tmp_path / "corpus", library)
        gate = Gate(make_local_key(data))
        app = create_app(library, answerer(), gate=gate, audited=lambda opened: Audit(opened.records, {}))
        with running(app) as url:
            announce(data, url)
            yield tmp_path
            withdraw(data)


def test_commands_use_the_running_service(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--json"]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert reply["value"] == "end of May 2022"
    assert main(["documents", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["documents"]) == 5
    assert main(["facts", "--kind", "deadline", "--subject", "Sefton"]) == 0
    assert "2022-05" in capsys.readouterr().out
    assert main(["ask", "when?", "--document", "none"]) == 2
    assert "none" in capsys.readouterr().err


def test_ingest_through_the_service_shows_at_once(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = next((place / "corpus").glob("sefton*.txt"))
    notice.write_text(notice.read_text().replace("May 2022", "August 2023"))
    (place / "corpus" / "empty.txt").write_bytes(b"")
    assert main(["ingest"]) == 1
    out, err = capsys.readouterr()
    assert "1 updated" in out
    assert "empty.txt" in err
    main(["ask", QUESTION, "--json"])
    assert json.loads(capsys.readouterr().out)["value"] == "end of August 2023"


def test_an_answer_is_replayed_and_exported_beside_the_service(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", QUESTION, "--json"])
    answer_id = json.loads(capsys.readouterr().out)["answer_id"]
    assert main(["replay", answer_id]) == 0
    assert "The same answer" in capsys.readouterr().out
    notice = next((place / "corpus").glob("sefton*.txt"))
    notice.write_text(notice.read_text().replace("May 2022", "August 2023"))
    main(["ingest"])
    capsys.readouterr()
    assert main(["replay", answer_id]) == 1
    said = capsys.readouterr().out
    assert "the value was end of May 2022 and is end of August 2023" in said
    assert "sefton-improvement-notice-2021-06-07, which was cited, has changed" in said
    assert main(["replay", "none"]) == 2
    capsys.readouterr()
    assert main(["audit", "export"]) == 0
    assert QUESTION in {json.loads(line)["question"] for line in capsys.readouterr().out.splitlines()}


def no_library(*_: object, **__: object) -> None:
    raise AssertionError("the data folder is the service's: nothing else may open it")


@pytest.fixture
def closed(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, and no library can be opened from now on: whatever answers is the service."""
    monkeypatch.setattr(Library, "open", no_library)
    return place


def test_chat_goes_through_the_service(
    closed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{QUESTION}\nwho signed it?\n/quit\n"))
    assert main(["chat"]) == 0
    assert "end of May 2022" in capsys.readouterr().out
    main(["audit", "export"])
    kept = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["question"] for one in kept] == [QUESTION, "who signed it?"]


def test_eval_of_the_services_data_goes_through_it(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (closed / "cases.yaml").write_text(
        f"- id: sefton-plan\n  question: '{QUESTION}'\n  part: tuning\n  status: answered\n"
        "  expect: {type: date, value: 2022-05}\n"
        "  citations:\n    - {document: sefton-improvement-notice-2021-06-07, clause: '11'}\n"
    )
    assert main(["eval", "cases.yaml", "--data", "var", "--json", "told.json"]) == 0
    told = json.loads((closed / "told.json").read_text())
    assert told["about"]["url"] == json.loads((closed / "var" / "service.json").read_text())["url"]
    capsys.readouterr()
    main(["audit", "export"])
    assert QUESTION in capsys.readouterr().out


def test_keys_made_beside_the_service_are_its_own_at_once(
    tmp_path: Path, tiny_encoder: Encoder, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "var"
    with Library.open(data, tiny_encoder) as library:
        sync(seeds, library)
        gate = Gate(make_local_key(data), keys=KeyStore(data))
        with running(create_app(library, answerer(), gate=gate)) as url:
            announce(data, url)
            try:
                assert main(["keys", "create", "intranet", "--data", str(data)]) == 0
                words = capsys.readouterr().out.strip()
                headers = {"Authorization": f"Bearer {words}"}
                with httpx.Client(base_url=url, headers=headers, timeout=10) as client:
                    assert client.post("/api/ask", json={"question": QUESTION}).status_code == 200
                    assert main(["keys", "list", "--data", str(data)]) == 0
                    identifier = capsys.readouterr().out.splitlines()[-1].split()[0]
                    assert main(["keys", "revoke", identifier, "--data", str(data)]) == 0
                    assert client.post("/api/ask", json={"question": QUESTION}).status_code == 401
            finally:
                withdraw(data)


def test_many_ask_at_once(place: Path) -> None:
    """32 askers for five seconds, every fourth question streamed: every one is answered."""
    url = json.loads((place / "var" / "service.json").read_text())["url"]
    load = ask_at_once(url, [QUESTION, "who signed the Halton notice?", "what is due?"], askers=32, seconds=5)
    assert load.errors == 0, load.outcomes
    assert load.outcomes["200"] >= 32


def test_a_load_that_is_not_answered_is_told() -> None:
    load = ask_at_once("http://127.0.0.1:9", [QUESTION], askers=2, seconds=0.1)
    assert load.told()["errors"] == load.outcomes["ConnectError"] > 0


def test_a_reader_who_goes_away_ends_the_stream(place: Path) -> None:
    url = json.loads((place / "var" / "service.json").read_text())["url"]
    with httpx.Client(base_url=url, timeout=10) as client:
        for _ in range(20):
            headers = {"Accept": "text/event-stream"}
            with client.stream("POST", "/api/ask", json={"question": QUESTION}, headers=headers) as stream:
                next(stream.iter_lines())
        deadline = time.monotonic() + 10
        while client.post("/api/ask", json={"question": QUESTION}).status_code != 200:
            assert time.monotonic() < deadline
