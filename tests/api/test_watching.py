"""A service that follows its folder: it answers all along, and from the new documents once they are in."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import httpx

from api.app import create_app
from api.commands.opening import answerer
from api.commands.watching import in_step, watching
from ingest.encode import Encoder
from ingest.library import Library
from ingest.settings import Settings
from tests.serving import running

QUESTION = "when must Sefton deliver its plan?"


def test_the_answers_follow_the_folder(tmp_path: Path, seeds: Path, tiny_encoder: Encoder) -> None:
    shutil.copytree(seeds, tmp_path / "corpus")
    settings = Settings(data=tmp_path / "var", corpus=tmp_path / "corpus")
    notice = next(settings.corpus.glob("sefton*.txt"))
    with Library.open(settings.data, tiny_encoder) as library:
        in_step(settings, library)
        with running(create_app(library, answerer())) as url, watching(settings, library, 0.1):

            def ask() -> str | None:
                response = httpx.post(f"{url}/api/ask", json={"question": QUESTION}, timeout=30)
                assert response.status_code == 200, "a sync keeps nobody from asking"
                value: str | None = response.json()["value"]
                return value

            assert ask() == "end of May 2022"
            notice.write_text(notice.read_text().replace("May 2022", "August 2023"))
            seen = {ask()}
            deadline = time.monotonic() + 60
            while "end of August 2023" not in seen and time.monotonic() < deadline:
                seen.add(ask())
            assert seen == {"end of May 2022", "end of August 2023"} or seen == {"end of August 2023"}
        notice.unlink()
        time.sleep(0.5)
        assert any("sefton" in name for name in library.snapshot().documents), "nobody watches any more"


def test_without_the_flag_nothing_is_watched(tmp_path: Path, tiny_encoder: Encoder) -> None:
    settings = Settings(data=tmp_path / "var", corpus=tmp_path / "corpus")
    settings.corpus.mkdir()
    (settings.corpus / "a.txt").write_text("1. The plan is due in May.")
    with Library.open(settings.data, tiny_encoder) as library, watching(settings, library, None):
        time.sleep(0.3)
        assert not library.snapshot().documents
