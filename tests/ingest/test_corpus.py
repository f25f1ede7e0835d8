from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.corpus import choose, scan
from ingest.errors import EmptyCorpusError, InputError


def _scan(corpus: Path) -> tuple[list[str], dict[str, str]]:
    found = scan(corpus, 1_000, 100)
    return [file.source for file in found.files], {problem.source: problem.why for problem in found.problems}


def test_documents_by_name_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.md", "sub/deep/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    for name in (".hidden", "~$lock.docx", "Thumbs.db", "manifest.toml", "a.txt.meta.toml", ".git"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".folder").mkdir()
    (tmp_path / ".folder" / "e.txt").write_text("x")
    assert _scan(tmp_path) == (["a.txt", "b.txt", "sub/c.md", "sub/deep/d.txt"], {})


def test_what_cannot_be_used_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "folder").mkdir()
    (corpus / "good.txt").write_text("x")
    (corpus / "empty.txt").write_text("")
    (corpus / "large.txt").write_text("x" * 1_001)
    (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "in.txt").symlink_to(corpus / "good.txt")
    (corpus / "nothing.txt").symlink_to(corpus / "missing.txt")
    (corpus / "loop.txt").symlink_to(corpus / "loop.txt")
    (corpus / "linked").symlink_to(tmp_path / "folder")
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "two\nlines.txt").write_text("x")
    sources, problems = _scan(corpus)
    assert sources == ["good.txt", "in.txt", "two\nlines.txt"]
    assert set(problems) == {
        "empty.txt", "large.txt", "out.txt", "nothing.txt", "loop.txt", "linked", "pipe.txt"
    }  # fmt: skip
    assert "1,001 bytes" in problems["large.txt"]
    assert "link out of the corpus" in problems["out.txt"]
    assert "no regular file" in problems["pipe.txt"]


def test_a_name_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    sources, problems = _scan(tmp_path)
    assert sources == []
    assert problems == {"caf\\udce9.txt": "its name is not valid UTF-8: rename it"}


def test_no_folder_an_empty_one_and_one_too_large(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no corpus folder"):
        scan(tmp_path / "missing", 1, 1)
    (tmp_path / "manifest.toml").write_text("")
    with pytest.raises(EmptyCorpusError, match="no documents in"):
        scan(tmp_path, 1, 1)
    for name in "abc":
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError, match="more than 2 files"):
        scan(tmp_path, 1, 2)


def test_chosen_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "sub").mkdir(parents=True)
    for name in ("a.txt", "sub/b.txt", "sub/c.txt", "manifest.toml"):
        (corpus / name).write_text("x")
    (tmp_path / "other.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    paths = [Path("corpus/a.txt"), corpus / "sub", Path("sub/b.txt")]
    found = choose(Path("corpus"), paths, 1_000)
    assert [file.source for file in found.files] == ["a.txt", "sub/b.txt", "sub/c.txt"]
    assert not found.problems
    bad = [Path("other.txt"), Path("corpus/../other.txt"), Path("gone.txt"), Path("corpus/manifest.toml")]
    problems = {problem.source: problem.why for problem in choose(Path("corpus"), bad, 1_000).problems}
    assert len(problems) == 4
    assert "not in the corpus folder" in problems["other.txt"]
    assert "not in the corpus folder" in problems["corpus/../other.txt"]
    assert problems["gone.txt"] == "there is no such file"
    assert "none itself" in problems["manifest.toml"]


def test_a_corpus_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real" / "sub").mkdir(parents=True)
    (tmp_path / "real" / "sub" / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert _scan(tmp_path / "link") == (["sub/a.txt"], {})
    for asked in ("link/sub/a.txt", "real/sub/a.txt", "real/sub", "link"):
        found = choose(tmp_path / "link", [tmp_path / asked], 1_000)
        assert [file.source for file in found.files] == ["sub/a.txt"], asked
