"""The manifest and the sidecars: what wins, and how a mistake is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import ClausewiseError, ManifestError
from ingest.manifest import MAX_BYTES, NOTHING_SAID, is_manifest, load_manifest


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "hr" / "secret").mkdir(parents=True)
    for name in ("a.txt", "hr/b.txt", "hr/secret/c.txt"):
        (tmp_path / name).write_text("words\n")
    return tmp_path


def write(corpus: Path, text: str) -> None:
    (corpus / "manifest.toml").write_text(text, encoding="utf-8")


def test_a_folder_without_a_manifest_says_nothing(corpus: Path) -> None:
    manifest = load_manifest(corpus)
    assert manifest.entry("a.txt") == NOTHING_SAID
    assert manifest.entry("a.txt").overrides() == {}
    assert manifest.problems == ()


def test_all_keys_are_read_and_only_those_of_the_document_override(corpus: Path) -> None:
    write(
        corpus,
        """
        [documents."a.txt"]
        title = " Notice to Ambridge "
        kind = "notice"
        subject = "Ambridge Council"
        subject_names = ["Ambridge Borough Council", "the borough"]
        issuer = "A Department"
        issued_on = 2021-06-07
        audience = ["legal"]
        licence = "OGL"
        source = "the website"
        attribution = "© someone"
        """,
    )
    entry = load_manifest(corpus).entry("a.txt")
    assert entry.licence == "OGL"
    assert entry.attribution == "© someone"
    assert entry.overrides() == {
        "title": "Notice to Ambridge",
        "kind": "notice",
        "subject": "Ambridge Council",
        "subject_names": ("Ambridge Borough Council", "the borough"),
        "issuer": "A Department",
        "issued_on": date(2021, 6, 7),
        "audience": ("legal",),
    }


def test_a_day_may_be_written_as_a_string(corpus: Path) -> None:
    write(corpus, '[documents."a.txt"]\nissued_on = "2021-06-07"\n')
    assert load_manifest(corpus).entry("a.txt").issued_on == date(2021, 6, 7)


def test_sidecar_wins_over_document_over_folder_over_folder_above(corpus: Path) -> None:
    write(
        corpus,
        """
        [folders."hr"]
        audience = ["hr"]
        issuer = "HR"
        kind = "letter"
        [folders."hr/secret"]
        audience = ["board"]
        [documents."hr/secret/c.txt"]
        kind = "notice"
        title = "From the manifest"
        """,
    )
    (corpus / "hr/secret/c.txt.meta.toml").write_text('title = "From the sidecar"\n')
    manifest = load_manifest(corpus)
    assert manifest.entry("hr/b.txt").overrides() == {"audience": ("hr",), "issuer": "HR", "kind": "letter"}
    assert manifest.entry("hr/secret/c.txt").overrides() == {
        "audience": ("board",),
        "issuer": "HR",
        "kind": "notice",
        "title": "From the sidecar",
    }
    assert manifest.entry("a.txt") == NOTHING_SAID


def test_an_empty_audience_opens_one_document_of_a_closed_folder(corpus: Path) -> None:
    write(corpus, '[folders."hr"]\naudience = ["hr"]\n[documents."hr/b.txt"]\naudience = []\n')
    manifest = load_manifest(corpus)
    assert manifest.entry("hr/b.txt").overrides() == {"audience": ()}
    assert manifest.entry("hr/secret/c.txt").overrides() == {"audience": ("hr",)}


def test_the_root_folder_is_named_by_a_dot(corpus: Path) -> None:
    write(corpus, '[folders."."]\naudience = ["staff"]\n')
    assert load_manifest(corpus).entry("hr/b.txt").audience == ("staff",)


def test_an_entry_for_a_missing_file_is_told_and_stops_nothing(corpus: Path) -> None:
    write(corpus, '[documents."a.txt"]\nkind = "letter"\n\n[documents."gone.txt"]\nkind = "notice"\n')
    manifest = load_manifest(corpus)
    assert manifest.entry("a.txt").kind == "letter"
    (problem,) = manifest.problems
    assert "line 4" in problem
    assert '"gone.txt" is not in the corpus' in problem


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[documents."a.txt"]\n\nisuer = "x"\n', ["line 3", '"isuer"', "did you mean issuer?"]),
        ('[documents."a.txt"]\nxyzzy = "x"\n', ["line 2", '"xyzzy"', "the fields are attribution, audience"]),
        ('[documents."a.txt"]\ntitle = 7\n', ["line 2", '"title"', "string"]),
        ('[documents."a.txt"]\ntitle = " "\n', ["line 2", '"title"', "1 character"]),
        ('[documents."a.txt"]\nissued_on = 20210607\n', ["line 2", '"issued_on"', "such as 2021-06-07"]),
        ('[documents."a.txt"]\nissued_on = 2021-06-07T10:00:00\n', ["line 2", "such as 2021-06-07"]),
        ('[documents."a.txt"]\nissued_on = "7 June 2021"\n', ["line 2", "such as 2021-06-07"]),
        ('[documents."a.txt"]\naudience = "hr"\n', ["line 2", '"audience"', "list of names"]),
        ('[documents."a.txt"]\naudience = [1]\n', ["line 2", '"audience"', "list of names"]),
        (
            '[documents."a.txt"]\ntitle = "x"\n[documents."hr/b.txt"]\ntitle = 1\n',
            ["line 4", '"title"'],
        ),
        ("[documents]\na = 1\n", ["line 2", '[documents."a"]', "no table"]),
        ("documents = 3\n", ["line 1", "[documents."]),
        ('[document."a.txt"]\ntitle = "x"\n', ["line 1", '"document"', "expected [documents."]),
        ('[documents."../a.txt"]\n', ["line 1", "inside the corpus"]),
        ('[documents."/etc/passwd"]\n', ["line 1", "inside the corpus"]),
        ("[documents.'hr\\b.txt']\n", ["inside the corpus"]),
        ('[documents."a.txt"]\n[documents."./a.txt"]\n', ["line 2", "twice"]),
        ('[documents."a.txt"\n', ["not valid TOML", "line 1"]),
        ('[documents."a.txt"]\n[documents."a.txt"]\n', ["not valid TOML"]),
        ("x = " + "[" * 5000, ["not valid TOML"]),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(corpus: Path, text: str, parts: list[str]) -> None:
    write(corpus, text)
    with pytest.raises(ManifestError) as caught:
        load_manifest(corpus)
    message = str(caught.value)
    assert isinstance(caught.value, ClausewiseError)
    assert "manifest.toml" in message
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_a_wrong_sidecar_is_named(corpus: Path) -> None:
    (corpus / "a.txt.meta.toml").write_text('\ntitel = "x"\n')
    manifest = load_manifest(corpus)
    with pytest.raises(
        ManifestError, match=r'a\.txt\.meta\.toml: line 2, field "titel": unknown, did you mean title\?'
    ):
        manifest.entry("a.txt")
    assert manifest.entry("hr/b.txt") == NOTHING_SAID


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(corpus: Path) -> None:
    (corpus / "manifest.toml").write_bytes(b'\xef\xbb\xbf[documents."a.txt"]\r\nkind = "notice"\r\n')
    assert load_manifest(corpus).entry("a.txt").kind == "notice"


def test_what_cannot_be_read_is_named(corpus: Path) -> None:
    (corpus / "manifest.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(ManifestError, match="byte 9: not UTF-8"):
        load_manifest(corpus)
    (corpus / "manifest.toml").unlink()
    (corpus / "manifest.toml").mkdir()
    with pytest.raises(ManifestError, match="cannot be read"):
        load_manifest(corpus)


def test_a_huge_manifest_is_not_read(corpus: Path) -> None:
    with (corpus / "manifest.toml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ManifestError, match="larger than"):
        load_manifest(corpus)


def test_manifest_and_sidecars_are_no_documents() -> None:
    assert is_manifest(Path("corpus/manifest.toml"))
    assert is_manifest(Path("corpus/a.txt.meta.toml"))
    assert not is_manifest(Path("corpus/a.txt"))
    assert not is_manifest(Path("corpus/meta.toml"))


def test_the_manifest_of_the_seed_corpus_covers_every_document() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    manifest = load_manifest(corpus)
    assert manifest.problems == ()
    for path in corpus.rglob("*"):
        if path.is_file() and not is_manifest(path):
            entry = manifest.entry(path.relative_to(corpus).as_posix())
            assert entry.licence, path
            assert entry.source, path
            assert entry.overrides() == {}, "the documents speak for themselves"
