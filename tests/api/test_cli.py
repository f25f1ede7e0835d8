"""The command line, in this process, with hashed vectors."""

from __future__ import annotations

import io
import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import api.commands.opening
from api.cli import main
from api.commands.serve import check_address, is_loopback
from ingest.encode import Encoder
from ingest.errors import SettingsError

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    tmp_path: Path,
    seeds: Path,
    tiny_encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command over a copy of the seeds; gives status, standard output, standard error."""
    monkeypatch.setattr(api.commands.opening, "encoder_of", lambda settings: tiny_encoder)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(seeds, tmp_path / "corpus")

    def go(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return go


def test_ingest_says_what_it_did_and_does_nothing_twice(run: Run) -> None:
    status, out, err = run("ingest")
    assert (status, err) == (0, "")
    assert "5 created, 0 updated, 0 deleted, 0 skipped" in out
    status, out, _ = run("ingest")
    assert status == 0
    assert out.strip() == "0 created, 0 updated, 0 deleted, 5 skipped"


def test_a_file_that_cannot_be_used_is_told_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "empty.txt").write_bytes(b"")
    status, out, err = run("ingest")
    assert status == 1
    assert "5 created" in out
    assert err == "clausewise: empty.txt: skipped: it is empty\n"


def test_ingest_tells_what_became_of_each_file(run: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    assert "ingested  sefton-improvement-notice-2021-06-07 (new)" in run("ingest")[1]
    (corpus / "sefton-improvement-notice-2021-06-07.txt").rename(corpus / "moved.txt")
    (corpus / "copy.txt").write_bytes((corpus / "moved.txt").read_bytes())
    others = [path for path in sorted(corpus.glob("*.txt")) if path.stem not in ("moved", "copy")]
    others[0].write_text(others[0].read_text() + "\nOne more line.\n")
    others[1].unlink()
    _, planned, _ = run("ingest", "--dry-run")
    assert "nothing was changed" in planned
    _, out, _ = run("ingest")
    for line in (
        f"ingested  {others[0].stem} (changed: its earlier version is kept)",
        f"deleted   {others[1].stem}",
        "renamed   sefton-improvement-notice-2021-06-07.txt -> copy.txt",
        "skipped   moved.txt: it has the same content as copy.txt",
        "0 created, 1 updated, 1 deleted, 2 skipped, 1 renamed, 1 duplicate",
    ):
        assert line in out.splitlines(), out
    assert planned.splitlines()[:-1] == out.splitlines()[:-1], "the plan is what is done"


def test_ingest_of_one_path_leaves_the_others_alone(run: Run, tmp_path: Path) -> None:
    one = next((tmp_path / "corpus").glob("sefton*.txt"))
    status, out, _ = run("ingest", str(one))
    assert status == 0
    assert "1 created, 0 updated, 0 deleted, 0 skipped" in out


def test_an_empty_corpus_is_bad_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    status, out, err = run("ingest", "--corpus", "nothing")
    assert (status, out) == (2, "")
    assert err.startswith("clausewise: no documents in nothing")
    assert err.count("\n") == 1


def test_ask_answers_with_the_clause(run: Run) -> None:
    run("ingest")
    status, out, _ = run("ask", "when must Sefton deliver its plan?")
    assert status == 0
    assert "end of May 2022" in out
    assert "clause 11" in out
    status, out, _ = run("ask", "when must Sefton deliver its plan?", "--json")
    assert json.loads(out)["value"] == "end of May 2022"


def test_an_abstention_is_no_failure(run: Run) -> None:
    run("ingest")
    status, out, _ = run("ask", "what is the phone number of Leeds council?", "--json")
    assert status == 0
    assert json.loads(out)["status"] == "not_found"


@pytest.mark.parametrize("question", ["", "  ", "?!", "a" * 1001])
def test_a_question_that_is_none_is_bad_input(run: Run, question: str) -> None:
    status, out, err = run("ask", question)
    assert (status, out) == (2, "")
    assert err.startswith("clausewise: question: ")
    assert err.count("\n") == 1


def test_asking_before_an_ingest_says_what_to_do(run: Run) -> None:
    status, _, err = run("ask", "when?")
    assert status == 2
    assert "clausewise ingest" in err


def test_an_unknown_document_is_bad_input(run: Run) -> None:
    run("ingest")
    status, _, err = run("ask", "when?", "--document", "none")
    assert status == 2
    assert "none" in err


def test_chat_follows_up(run: Run) -> None:
    run("ingest")
    status, out, err = run(
        "chat", stdin="when must Sefton deliver its plan?\n\nand who signed it?\n???\n/quit\nnever\n"
    )
    assert status == 0
    assert "May 2022" in out
    assert "Carolan Goggin" in out
    assert "no letter or digit" in err


def test_documents_and_facts_are_listed(run: Run) -> None:
    run("ingest")
    status, out, _ = run("documents")
    assert status == 0
    assert len(out.splitlines()) == 6
    status, out, _ = run("facts", "--kind", "deadline", "--subject", "Halton", "--json")
    assert status == 0
    assert [fact["normalised"] for fact in json.loads(out)["facts"]] == ["2022-11"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("ask",),
        ("ask", "when?", "--colour"),
        ("serve", "--port", "lots"),
        ("ask", "w?", "--config", "x"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("clausewise")
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["ingest", "ask", "chat", "serve", "documents", "facts", "eval", "bench"])
def test_every_command_has_help_and_the_common_options(run: Run, command: str) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert all(flag in out for flag in ("--data", "--corpus", "--config"))
    assert command in run("--help")[1]


def test_an_error_of_ours_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/srv/secret")

    monkeypatch.setattr("api.commands.opening.load_settings", broken)
    status, _, err = run("documents")
    assert status == 2
    assert "RuntimeError" in err
    assert "secret" not in err


def test_a_port_in_use_is_told(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, err = run("serve", "--port", str(taken.getsockname()[1]))
    assert status == 2
    assert "--port" in err


def test_serve_with_nothing_to_serve_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert run("serve", "--port", "0", "--corpus", "nothing")[0] == 2
    assert run("serve", "--port", "0", "--corpus", "gone")[0] == 2


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "intranet.example"])
def test_another_address_needs_authentication(host: str) -> None:
    with pytest.raises(SettingsError, match="insecure"):
        check_address(host, authenticated=False, insecure=False)
    check_address(host, authenticated=True, insecure=False)
    check_address(host, authenticated=False, insecure=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.5.5.5", "::1", "localhost"])
def test_loopback_needs_none(host: str) -> None:
    assert is_loopback(host)
    check_address(host, authenticated=False, insecure=False)
