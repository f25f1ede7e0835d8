"""Documents that try to be more than text, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.commands.opening import answerer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.sync import sync
from tests.serving import running

pytestmark = pytest.mark.browser

HOSTILE = """Improvement Notice <script>window.bitten = 1</script>

To: Evil" onmouseover="window.bitten=1 Council

1. The council must deliver its plan by 9 June 2022 <img src=x onerror="window.bitten=1"> without delay.
2. <svg onload="window.bitten=1"><a href="javascript:window.bitten=1">click</a> {{ 7*7 }} </textarea></script>

Signed: <b>Bold</b> Name
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "evil-notice.txt").write_text(HOSTILE)
    with Library.open(folder / "data", tiny_encoder) as library:
        sync(folder / "corpus", library)
        with running(create_app(library, answerer())) as url:
            yield url


def test_nothing_of_a_document_is_run(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/documents/evil-notice?start=0&end=200")
    expect(page.locator("main")).to_contain_text('<img src=x onerror="window.bitten=1">')
    expect(page.locator("main")).to_contain_text("{{ 7*7 }}")
    page.goto(hostile)
    page.get_by_label("Ask about the documents").fill("what does clause 2 say? <img src=x onerror=window.bitten=1>")
    page.keyboard.press("Enter")
    expect(page.locator(".reply")).to_be_visible()
    page.get_by_label("Ask about the documents").fill("by when must the plan be delivered?")
    page.keyboard.press("Enter")
    expect(page.locator(".reply")).to_have_count(2)
    for chip in page.locator(".chip").all():
        chip.click()
        expect(page.locator("aside mark").first).to_be_visible()
    assert page.evaluate("window.bitten") is None
    assert page.locator("clausewise-chat img").count() == 0
