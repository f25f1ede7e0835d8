"""axe-core finds nothing to complain of, in every state of every page, light and dark, wide, narrow and zoomed."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"wide": (1280, 800), "tablet": (768, 900), "narrow": (320, 640)}  # 320 is 1280 at 400% zoom
SEFTON = "sefton-improvement-notice-2021-06-07"


def check(page: Page, state: str) -> None:
    results = Axe().run(page, options=RULES)
    found = [f"{v['id']}: {[node['target'] for node in v['nodes']]}" for v in results.response["violations"]]
    assert found == [], state
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{state}: the page scrolls sideways by {wider} pixels"


def ask(page: Page, question: str) -> None:
    page.get_by_label("Ask about the documents").fill(question)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("size", "scheme"),
    [("wide", "light"), ("wide", "dark"), ("tablet", "light"), ("narrow", "light"), ("narrow", "dark")],
)
def test_every_state_of_the_chat_page(page: Page, service: str, size: str, scheme: Any) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(service)
    expect(page.locator(".suggestions button").first).to_be_visible()
    check(page, "start")
    page.get_by_role("button", name="Ask", exact=True).click()
    check(page, "nothing typed")

    page.route("**/api/ask", lambda route: None)  # a question that is never answered
    ask(page, "when must Sefton deliver its plan?")
    expect(page.locator(".stage")).to_be_visible()
    check(page, "waiting")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.").first).to_be_visible()
    page.unroute("**/api/ask")

    ask(page, "when must Sefton deliver its plan?")
    expect(page.locator(".value")).to_be_visible()
    check(page, "answered")
    page.locator(".chip").first.click()
    expect(page.locator("mark")).to_be_visible()
    check(page, "clause open")
    page.keyboard.press("Escape")
    ask(page, "what does clause 9 of the Sefton notice require?")
    expect(page.locator(".reply")).to_have_count(2)
    ask(page, "compare the deadlines of Halton and Sefton")
    expect(page.locator(".sides")).to_be_visible()
    check(page, "list and comparison")
    ask(page, "what is the phone number of Sefton council?")
    expect(page.locator(".not_found")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    page.get_by_role("button", name="This did not help").last.click()
    check(page, "not found, nearest clauses and comment open")
    page.route("**/api/ask", lambda route: route.abort())
    ask(page, "anything else?")
    expect(page.locator(".trouble")).to_be_visible()
    check(page, "error")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_document_page(page: Page, service: str, size: str, scheme: Any) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{service}/documents/{SEFTON}?start=100&end=160#clause-5-b")
    check(page, "document")


def test_the_answer_is_said_once_and_politely(page: Page, service: str) -> None:
    page.goto(service)
    expect(page.get_by_label("Ask about the documents")).to_be_visible()
    page.evaluate(
        """() => {
            window.said = [];
            const region = document.querySelector("clausewise-chat").shadowRoot.querySelector(".panel > [role=status]");
            new MutationObserver(() => window.said.push(region.textContent)).observe(region, {childList: true});
        }"""
    )
    ask(page, "when must Sefton deliver its plan?")
    expect(page.locator(".value")).to_be_visible()
    said = page.evaluate("window.said")
    assert said[0] == "Searching the documents…"
    assert len(said) == 2
    assert said[1].startswith("Found in the documents. By the end of May 2022")
    assert "[1]" not in said[1]
