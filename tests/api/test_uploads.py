"""Documents added and taken out over HTTP: by administrators alone, through every check, and kept in the audit."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.audit import Audit
from api.auth import Gate
from api.commands.audit import _events
from api.commands.opening import answerer
from api.keys import KeyStore
from api.parts import Options
from api.tokens import Signer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.limits import Limits
from ingest.sync import sync

NOTICE = """Improvement Notice

To: Wexham Borough Council

1. The council must publish its plan by {day} June 2031.

Signed: Ada Quill
"""
ID = "wexham-notice"


@pytest.fixture
def corpus(tmp_path: Path, seeds: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "hr").mkdir(parents=True)
    (folder / "manifest.toml").write_text('[folders."hr"]\naudience = ["hr"]\n')
    first = next(seeds.glob("sefton*.txt"))
    (folder / first.name).write_bytes(first.read_bytes())
    return folder


@pytest.fixture
def library(tmp_path: Path, corpus: Path, tiny_encoder: Encoder) -> Iterator[Library]:
    with Library.open(tmp_path / "data", tiny_encoder) as library:
        sync(corpus, library)
        yield library


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    store = KeyStore(tmp_path)
    made = {"admin": (["ask", "admin"], ["hr"]), "asker": (["ask"], []), "hr": (["ask"], ["hr"])}
    return {name: store.create(name, scopes=s, groups=g, days=None)[1] for name, (s, g) in made.items()}


@pytest.fixture
def client(library: Library, corpus: Path, keys: dict[str, str], tmp_path: Path) -> Iterator[TestClient]:
    gate = Gate(None, KeyStore(tmp_path), Signer.of(tmp_path))
    options = Options(corpus=corpus, upload_bytes=200_000, limits=Limits(bytes=100_000), body_limit=10_000)
    app = create_app(library, answerer(), gate=gate, options=options, audited=lambda opened: Audit(opened.records, {}))
    with TestClient(app, headers={"Authorization": f"Bearer {keys['admin']}"}, raise_server_exceptions=False) as client:
        yield client


def send(client: TestClient, name: str = "wexham-notice.txt", content: bytes | None = None, **more: Any) -> Any:
    content = NOTICE.format(day=9).encode() if content is None else content
    return client.post("/api/documents", files={"file": (name, content)}, **more)


def test_an_upload_is_answered_from_at_once_and_stays(client: TestClient, corpus: Path, library: Library) -> None:
    response = send(client)
    assert response.status_code == 201
    assert response.json()["created"] == [ID]
    assert response.json()["documents"][0]["subject"] == "Wexham Borough Council"
    reply = client.post("/api/ask", json={"question": "when must Wexham publish its plan?"}).json()
    assert reply["value"] == "9 June 2031"
    report = sync(corpus, library)
    assert not report.changed, "the next sync finds what was uploaded"


def test_an_upload_of_the_same_name_is_a_new_version(client: TestClient, library: Library) -> None:
    send(client)
    response = send(client, content=NOTICE.format(day=12).encode())
    assert response.json()["updated"] == [ID]
    assert len(library.versions(ID)) == 2


def test_only_administrators_may(client: TestClient, keys: dict[str, str], corpus: Path) -> None:
    headers = {"Authorization": f"Bearer {keys['asker']}"}
    assert send(client, headers=headers).status_code == 403
    assert client.delete("/api/documents/sefton-improvement-notice-2021-06-07", headers=headers).status_code == 403
    assert send(client, headers={"Authorization": "Bearer none"}).status_code == 401
    assert not (corpus / "wexham-notice.txt").exists()


def test_who_may_not_upload_is_told_before_the_body_is_read(client: TestClient, keys: dict[str, str]) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield b"x" * 1000

    headers = {"Authorization": f"Bearer {keys['asker']}", "Content-Type": "multipart/form-data; boundary=b"}
    assert client.post("/api/documents", content=endless(), headers=headers).status_code == 403
    sent = client.post("/api/documents", content=endless(), headers={"Content-Type": headers["Content-Type"]})
    assert sent.status_code in (400, 413)


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.txt", "..", "a/b.txt", "\\..\\evil.txt", ".hidden.txt", "evil", "", "x" * 200 + ".txt", "a\n.txt"),
        *("manifest.toml", "sefton.txt.meta.toml", "~$lock.docx", "-rf.txt", "a\x00.txt", "con\u202etxt.exe "),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(client: TestClient, corpus: Path, name: str) -> None:
    before = sorted(path for path in corpus.parent.rglob("*") if "data" not in path.parts)
    assert send(client, name=name).status_code in (400, 422)
    assert sorted(path for path in corpus.parent.rglob("*") if "data" not in path.parts) == before


@pytest.mark.parametrize(
    "folder", ["../x", "/etc", "a/../../b", ".git", "a//../b", "x\x00y", "sefton-improvement-notice-2021-06-07.txt"]
)
def test_a_folder_that_could_lead_elsewhere_is_refused(client: TestClient, folder: str, corpus: Path) -> None:
    assert send(client, data={"folder": folder}).status_code == 422
    assert not list(corpus.parent.rglob("wexham*"))


def test_a_link_in_the_corpus_is_not_followed(client: TestClient, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (corpus / "linked").symlink_to(tmp_path / "outside")
    assert send(client, data={"folder": "linked"}).status_code == 422
    assert not list((tmp_path / "outside").iterdir())


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 20_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return packed.getvalue()


@pytest.mark.parametrize("content", [b"", b"   ", b"\x7fELF" + bytes(100), b"%PDF-1.4 broken", bomb()])
def test_what_cannot_be_read_is_refused_and_leaves_nothing(client: TestClient, corpus: Path, content: bytes) -> None:
    response = send(client, name="wexham-notice.docx", content=content)
    assert response.status_code == 422
    assert "wexham-notice.docx cannot be used: " in response.json()["detail"]
    assert str(corpus) not in response.text
    assert not list(corpus.glob("wexham*"))
    assert not list(corpus.glob(".*"))


def test_a_bad_new_version_leaves_the_last_good_one(client: TestClient, corpus: Path, library: Library) -> None:
    send(client)
    assert send(client, content=b"").status_code == 422
    assert (corpus / "wexham-notice.txt").read_text() == NOTICE.format(day=9)
    assert len(library.versions(ID)) == 1


def test_a_double_is_refused(client: TestClient) -> None:
    send(client)
    response = send(client, name="another-name.txt")
    assert response.status_code == 422
    assert "wexham-notice.txt" in response.json()["detail"]


def test_too_large_an_upload_is_413_or_named(client: TestClient) -> None:
    assert send(client, content=b"a " * 150_000).status_code == 413
    assert send(client, content=b"a " * 60_000).status_code == 422


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=b"),
        (b"--b\r\n\r\n", "multipart/form-data; boundary=b"),
        (b"file=x", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"x", "multipart/form-data"),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_what_is_no_upload_is_refused(client: TestClient, body: bytes, kind: str) -> None:
    response = client.post("/api/documents", content=body, headers={"Content-Type": kind})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_the_audience_is_that_of_the_folder_or_of_the_upload(client: TestClient, keys: dict[str, str]) -> None:
    outsider = {"Authorization": f"Bearer {keys['asker']}"}
    insider = {"Authorization": f"Bearer {keys['hr']}"}
    send(client, data={"folder": "hr"})
    assert client.get(f"/api/documents/{ID}", headers=insider).status_code == 200
    assert client.get(f"/api/documents/{ID}", headers=outsider).status_code == 404
    send(client, name="oakham-notice.txt", content=NOTICE.replace("Wexham", "Oakham").encode(), data={"audience": "hr"})
    assert client.get("/api/documents/oakham-notice", headers=insider).status_code == 200
    assert client.get("/api/documents/oakham-notice", headers=outsider).status_code == 404
    assert send(client, data={"audience": 'x"]\ntitle = "y'}).status_code == 422


def test_a_deleted_document_is_gone_with_its_file(client: TestClient, corpus: Path, library: Library) -> None:
    send(client)
    assert client.delete(f"/api/documents/{ID}").json() == {"deleted": [ID]}
    assert client.get(f"/api/documents/{ID}").status_code == 404
    assert client.delete(f"/api/documents/{ID}").status_code == 404
    assert not (corpus / "wexham-notice.txt").exists()
    assert len(library.versions(ID)) == 1, "answers given from it can still be looked into"
    send(client)
    client.delete(f"/api/documents/{ID}?purge=true")
    assert library.versions(ID) == ()


def test_both_are_kept_in_the_audit(client: TestClient, library: Library) -> None:
    send(client)
    client.delete(f"/api/documents/{ID}")
    events = library.records.events()
    assert [(event.action, event.actor.endswith("(admin)")) for event in events] == [("upload", True), ("delete", True)]
    assert events[0].payload["created"] == [ID]
    assert events[1].payload["documents"] == [ID]
    written = io.StringIO()
    _events(events, None, written)
    assert [json.loads(line)["action"] for line in written.getvalue().splitlines()] == ["upload", "delete"]


def test_without_authentication_nobody_uploads(library: Library, corpus: Path) -> None:
    with TestClient(create_app(library, answerer(), options=Options(corpus=corpus, upload_bytes=1000))) as client:
        assert send(client).status_code == 403
        assert client.delete("/api/documents/sefton-improvement-notice-2021-06-07").status_code == 403
