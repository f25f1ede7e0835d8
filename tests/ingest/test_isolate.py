"""The process that reads: it is bounded, it may die, and the next file is read all the same."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from ingest import isolate
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.read import read_bytes
from tests.ingest.documents import Words, make_pdf

PAGE = make_pdf([[Words(72, 120, "The council must act.")]])


def test_a_file_is_read_in_another_process() -> None:
    assert "The council must act." in read_bytes(PAGE, "a.pdf").text
    process = isolate._child.process
    assert process is not None
    assert process.pid != os.getpid()


def test_errors_keep_the_name_and_the_advice() -> None:
    with pytest.raises(ReadError, match=r"^b\.pdf: it has 1 pages, more than the limit of 0"):
        read_bytes(PAGE, "b.pdf", Limits(pages=0))


def test_a_process_that_dies_is_started_again() -> None:
    read_bytes(PAGE, "a.pdf")
    process = isolate._child.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert "The council must act." in read_bytes(PAGE, "a.pdf").text


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes(PAGE, "a.pdf")
    process = isolate._child.process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    monkeypatch.setattr(isolate, "_GRACE", 0.2)
    with pytest.raises(ReadError, match="took longer than 0 seconds"):
        read_bytes(PAGE, "a.pdf", Limits(seconds=0.3))
    assert process.poll() is not None
    monkeypatch.undo()
    assert "The council must act." in read_bytes(PAGE, "a.pdf").text


def test_memory_is_bounded() -> None:
    isolate._child.stop()
    try:
        with pytest.raises(ReadError, match=r"memory|damaged"):
            read_bytes(PAGE, "a.pdf", Limits(memory=30_000_000))
    finally:
        isolate._child.stop()


def test_the_sources_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate._child.stop()
    monkeypatch.chdir(tmp_path)
    assert "The council must act." in read_bytes(PAGE, "a.pdf").text
