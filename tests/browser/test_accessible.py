"""axe-core finds nothing to complain of, in every state of every page, light and dark, wide, narrow and zoomed."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"wide": (1280, 800), "tablet": (768, 900), "narrow": (320, 640), "zoomed": (320, 256)}  # 1280 by 1024 at 400%
LOOKS: list[tuple[str, Any]] = [
    ("wide", "light"),
    ("wide", "dark"),
    ("tablet", "light"),
    ("narrow", "light"),
    ("narrow", "dark"),
    ("zoomed", "light"),
]
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


def look(page: Page, size: str, scheme: Any) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_state_of_the_chat_page(page: Page, service: str, size: str, scheme: Any) -> None:
    look(page, size, scheme)
    page.goto(service)
    every_state(page)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_state_of_the_widget_on_another_page(page: Page, host: str, service: str, size: str, scheme: Any) -> None:
    look(page, size, scheme)
    page.goto(host)
    expect(page.locator(".launcher")).to_be_visible()
    check(page, "closed")
    page.locator(".launcher").click()
    every_state(page)


def every_state(page: Page) -> None:
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
    check_missing(page, service)
    page.goto(f"{service}/documents/{SEFTON}?start=100&end=160#clause-5-b")
    check(page, "document")


def check_missing(page: Page, service: str) -> None:
    page.goto(f"{service}/documents/none")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    check(page, "missing")


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
    assert said[0] == "Looking for the answer…"
    assert len(said) == 2
    assert said[1].startswith("Found in the documents. By the end of May 2022")
    assert "[1]" not in said[1]


def test_nothing_moves_for_those_who_ask_for_that(page: Page, service: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(service)
    page.route("**/api/ask", lambda route: None)
    ask(page, "when must Sefton deliver its plan?")
    stage = page.locator(".stage")
    expect(stage).to_be_visible()
    assert stage.evaluate("e => getComputedStyle(e, '::before').animationName") == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert stage.evaluate("e => getComputedStyle(e, '::before').animationName") == "breathe"
    page.get_by_role("button", name="Stop").click()


def test_words_can_be_spaced_out(page: Page, service: str) -> None:
    """WCAG 1.4.12: nothing is cut off with wide spacing."""
    page.goto(service)
    ask(page, "when must Sefton deliver its plan?")
    expect(page.locator(".value")).to_be_visible()
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* {line-height: 1.5 !important; letter-spacing: .12em !important;
                word-spacing: .16em !important}`);
            document.querySelector("clausewise-chat").shadowRoot.adoptedStyleSheets.push(sheet); }"""
    )
    check(page, "spaced")
    cut = page.evaluate(
        """() => [...document.querySelector("clausewise-chat").shadowRoot.querySelectorAll(".chip,.send,.plain,.value")]
            .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.className)"""
    )
    assert cut == []
