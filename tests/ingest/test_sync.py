from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest import intake
from ingest import plan as plan_module
from ingest.encode import HashEncoder, Vectors
from ingest.errors import BusyError, EmptyCorpusError, InputError, ManifestError
from ingest.intake import take_in
from ingest.library import Library
from ingest.parse import parse
from ingest.report import SyncReport
from ingest.sync import sync

NOTICE = "Notice\n\n1. The plan is due in {month}.\n2. The board of {name} meets each month.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("alpha", "beta", "gamma"):
        _write(folder, name)
    return folder


def _write(corpus: Path, name: str, month: str = "May") -> Path:
    path = corpus / f"{name}.txt"
    path.write_text(NOTICE.format(name=name, month=month))
    return path


def _problems(report: SyncReport) -> dict[str, str]:
    return {problem.source: problem.why for problem in report.problems}


def test_first_and_second_time(corpus: Path, library: Library) -> None:
    told: list[tuple[str, int, int]] = []
    report = sync(corpus, library, progress=lambda *step: told.append(step))
    assert (report.created, report.updated, report.deleted, report.skipped) == (("alpha", "beta", "gamma"), (), (), ())
    assert report.changed
    assert report.embedded == len(library.snapshot().chunks) > 0
    assert told[0] == ("reading", 0, 3)
    assert ("reading", 3, 3) in told
    assert told[-1] == ("embedding", report.embedded, report.embedded)
    assert report.summary() == "3 created, 0 updated, 0 deleted, 0 skipped"
    generation = library.snapshot().generation
    again = sync(corpus, library)
    assert (again.skipped, again.changed, again.embedded) == (("alpha", "beta", "gamma"), False, 0)
    assert library.snapshot().generation == generation


def test_a_second_run_encodes_nothing(corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(corpus, library)

    def encode(_: object, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"{len(texts)} texts encoded")

    monkeypatch.setattr(HashEncoder, "encode", encode)
    sync(corpus, library)


def test_changes(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    old = library.snapshot().documents["alpha"]
    _write(corpus, "alpha", "June")
    (corpus / "beta.txt").unlink()
    _write(corpus, "delta")
    report = sync(corpus, library)
    assert (report.created, report.updated, report.deleted, report.skipped) == (
        ("delta",), ("alpha",), ("beta",), ("gamma",)
    )  # fmt: skip
    assert set(library.snapshot().documents) == {"alpha", "delta", "gamma"}
    assert "June" in library.snapshot().documents["alpha"].text
    assert library.document("alpha", old.version) == old
    assert library.missing_vectors() == 0


def test_dry_run_says_and_does_nothing(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    before = library.snapshot()
    _write(corpus, "alpha", "June")
    (corpus / "beta.txt").unlink()
    report = sync(corpus, library, dry_run=True)
    assert (report.updated, report.deleted, report.dry_run) == (("alpha",), ("beta",), True)
    assert "--dry-run" in report.summary()
    assert library.snapshot() is before


def test_a_rename_is_told_and_costs_no_encoding(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    (corpus / "alpha.txt").rename(corpus / "omega.txt")
    (corpus / "sub").mkdir()
    (corpus / "beta.txt").rename(corpus / "sub" / "beta.txt")
    report = sync(corpus, library)
    assert report.renamed == (("beta.txt", "sub/beta.txt"), ("alpha.txt", "omega.txt")) or set(report.renamed) == {
        ("alpha.txt", "omega.txt"),
        ("beta.txt", "sub/beta.txt"),
    }
    assert (report.created, report.updated, report.deleted) == ((), (), ())
    assert report.embedded == 0
    assert "2 renamed" in report.summary()
    documents = library.snapshot().documents
    assert set(documents) == {"omega", "beta", "gamma"}
    assert documents["beta"].source == "sub/beta.txt"
    assert sync(corpus, library).changed is False


def test_the_same_content_twice_is_indexed_once(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    (corpus / "aaa.txt").write_bytes((corpus / "beta.txt").read_bytes())
    report = sync(corpus, library)
    assert report.duplicates == (("aaa.txt", "beta.txt"),)  # the one that was there first stays
    assert not report.changed
    assert "1 duplicate" in report.summary()
    assert sync(corpus, library, only=[corpus / "aaa.txt"]).duplicates == (("aaa.txt", "beta.txt"),)
    (corpus / "beta.txt").unlink()
    assert sync(corpus, library).renamed == (("beta.txt", "aaa.txt"),)


def test_a_document_that_becomes_anothers_double_goes(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    (corpus / "beta.txt").write_bytes((corpus / "alpha.txt").read_bytes())
    report = sync(corpus, library)
    assert report.duplicates == (("beta.txt", "alpha.txt"),)
    assert report.deleted == ("beta",)


def test_bad_files_are_told_and_the_rest_goes_on(corpus: Path, library: Library, tmp_path: Path) -> None:
    sync(corpus, library)
    before = library.snapshot().documents
    (tmp_path / "outside.txt").write_text("1. Out.")
    (corpus / "alpha.txt").write_text("")  # empty now
    (corpus / "beta.txt").unlink()
    (corpus / "beta.txt").symlink_to(tmp_path / "outside.txt")
    (corpus / "gamma.txt").write_bytes(bytes(range(256)) * 20)
    _write(corpus, "delta")
    report = sync(corpus, library)
    assert report.created == ("delta",)
    assert not report.deleted
    assert set(_problems(report)) == {"alpha.txt", "beta.txt", "gamma.txt"}
    assert "3 problems" in report.summary()
    documents = library.snapshot().documents
    assert {name: documents[name] for name in before} == dict(before)  # the last good state of each


def test_a_file_that_vanishes_while_it_is_read(corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(corpus, library)
    _write(corpus, "alpha", "June")
    honest = take_in

    def vanish(file, *rest):  # type: ignore[no-untyped-def]
        file.path.unlink()
        return honest(file, *rest)

    monkeypatch.setattr(plan_module, "take_in", vanish)
    report = sync(corpus, library)
    assert "vanished" in _problems(report)["alpha.txt"]
    assert "May" in library.snapshot().documents["alpha"].text
    monkeypatch.undo()
    assert sync(corpus, library).deleted == ("alpha",)


def test_a_parser_that_falls_over_is_a_problem(corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("secret detail")

    monkeypatch.setattr(intake, "parse", fail)
    report = sync(corpus, library)
    assert set(_problems(report)) == {"alpha.txt", "beta.txt", "gamma.txt"}
    assert "RecursionError" in _problems(report)["alpha.txt"]
    assert "secret" not in _problems(report)["alpha.txt"]


def test_two_files_with_one_id(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    (corpus / "ALPHA.md").write_text("1. Another alpha.")
    (corpus / "New one.txt").write_text("1. One.")
    (corpus / "new-one.txt").write_text("1. Two.")
    report = sync(corpus, library)
    problems = _problems(report)
    assert set(problems) == {"ALPHA.md", "New one.txt", "new-one.txt"}
    assert "ALPHA.md and alpha.txt would both be the document “alpha”" in problems["ALPHA.md"]
    assert "alpha" in report.skipped
    assert "new-one" not in library.snapshot().documents
    assert set(_problems(sync(corpus, library, only=[corpus / "ALPHA.md"]))) == {"ALPHA.md"}
    (corpus / "alpha.txt").unlink()
    assert sync(corpus, library).updated == ("alpha",)
    assert library.snapshot().documents["alpha"].source == "ALPHA.md"


def test_only_some_files(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    _write(corpus, "alpha", "June")
    _write(corpus, "beta", "June")
    (corpus / "gamma.txt").unlink()
    report = sync(corpus, library, only=[corpus / "alpha.txt", corpus / "gamma.txt"])
    assert report.updated == ("alpha",)
    assert not report.deleted
    assert _problems(report) == {"gamma.txt": "there is no such file"}
    assert "May" in library.snapshot().documents["beta"].text
    assert "gamma" in library.snapshot().documents


def test_an_empty_or_missing_corpus_wipes_nothing(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    for path in corpus.iterdir():
        path.unlink()
    with pytest.raises(EmptyCorpusError, match="is kept"):
        sync(corpus, library)
    corpus.rmdir()
    with pytest.raises(InputError, match="there is no corpus folder"):
        sync(corpus, library)
    assert len(library.snapshot().documents) == 3


def test_a_folder_that_cannot_be_listed_loses_nothing(
    corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    (corpus / "sub").mkdir()
    (corpus / "alpha.txt").rename(corpus / "sub" / "alpha.txt")
    sync(corpus, library)
    honest = os.scandir

    def refuse(path="."):  # type: ignore[no-untyped-def]
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return honest(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = sync(corpus, library)
    assert not report.deleted
    assert "may not read" in _problems(report)["sub"]
    assert "alpha" in library.snapshot().documents


def test_the_manifest_is_part_of_what_is_compared(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    (corpus / "manifest.toml").write_text('[documents."alpha.txt"]\naudience = ["legal"]\n')
    assert sync(corpus, library).updated == ("alpha",)
    assert library.snapshot().documents["alpha"].audience == ("legal",)
    (corpus / "beta.txt.meta.toml").write_text("issued_on = 2020-01-02\n")
    assert sync(corpus, library).updated == ("beta",)
    assert not sync(corpus, library).changed


def test_a_wrong_manifest_stops_before_anything_changes(corpus: Path, library: Library) -> None:
    sync(corpus, library)
    _write(corpus, "alpha", "June")
    (corpus / "manifest.toml").write_text("[documents]\nx = 1\n")
    with pytest.raises(ManifestError):
        sync(corpus, library)
    assert "May" in library.snapshot().documents["alpha"].text
    (corpus / "manifest.toml").unlink()
    (corpus / "beta.txt.meta.toml").write_text("nonsense = 1\n")  # a sidecar stops its own file alone
    report = sync(corpus, library)
    assert report.updated == ("alpha",)
    assert "nonsense" in _problems(report)["beta.txt"]
    assert "beta" in library.snapshot().documents


def test_an_upgrade_of_the_parser_parses_again(corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(corpus, library)
    for module in (plan_module, intake):
        monkeypatch.setattr(module, "parser_digest", lambda: "next")
    assert sync(corpus, library).skipped == ("alpha", "beta", "gamma")  # parsed, and the same as before
    assert {origin.parser for origin in library.catalogue.origins()} == {"next"}
    honest = parse

    def better(*arguments, **named):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        return replace(honest(*arguments, **named), title="A better title")

    monkeypatch.setattr(intake, "parse", better)
    for module in (plan_module, intake):
        monkeypatch.setattr(module, "parser_digest", lambda: "later")
    report = sync(corpus, library)
    assert report.updated == ("alpha", "beta", "gamma")
    assert library.missing_vectors() == 0


def test_another_sync_is_refused_while_one_runs(corpus: Path, library: Library) -> None:
    import threading

    refused: list[BusyError] = []

    def second() -> None:
        try:
            sync(corpus, library, wait=0.05)
        except BusyError as error:
            refused.append(error)

    def during(stage: str, done: int, total: int) -> None:
        if stage == "embedding" and not refused:
            thread = threading.Thread(target=second)
            thread.start()
            thread.join()

    sync(corpus, library, progress=during)
    assert "another ingest" in str(refused[0])
    assert library.missing_vectors() == 0


def test_names_that_hurt(corpus: Path, library: Library) -> None:
    (corpus / "two\nlines & <b>.txt").write_text("1. The plan of a strange name.")
    (corpus / "…").write_text("1. A name without letters.")
    report = sync(corpus, library)
    assert not report.problems
    assert "two-lines-b" in report.created
    assert len(report.created) == 5


def test_attachments_are_documents_of_their_own(
    corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.raw import Attachment, RawDocument

    def read(content: bytes, path: object, limits: object) -> RawDocument:
        text = content.decode()
        parts = [part.encode() for part in text.split("====")[1:]]
        if text.startswith("BAD"):
            from ingest.errors import ReadError

            raise ReadError(str(path), "it is bad")
        return RawDocument(text.split("====")[0], attachments=tuple(Attachment("../plan.txt", part) for part in parts))

    monkeypatch.setattr(intake.take_in, "__defaults__", (read,))
    (corpus / "mail.eml").write_text("1. See the plan.====1. The plan is due.====1. Another.====BAD")
    report = sync(corpus, library)
    assert {"mail", "mail-plan", "mail-plan-2"} <= set(report.created)
    assert library.snapshot().documents["mail-plan"].source == "mail.eml/plan.txt"
    assert _problems(report) == {"mail.eml/plan.txt": "it is bad"}
    (corpus / "mail-plan.txt").write_text("1. Takes the id of an attachment.")
    report = sync(corpus, library)
    assert "mail-plan" in library.snapshot().documents
    (corpus / "mail-plan.txt").unlink()
    (corpus / "mail.eml").write_text("1. See no plan.")
    sync(corpus, library)
    assert set(library.snapshot().documents) == {"alpha", "beta", "gamma", "mail"}
