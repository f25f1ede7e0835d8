"""The widget on a page of another origin, under a strict policy of that page."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_the_widget_on_a_page_of_another_origin(page: Page, host: str, service: str) -> None:
    page.goto(host)
    launcher = page.get_by_role("button", name="Ask the documents")
    expect(launcher).to_be_visible()
    launcher.click()
    box = page.get_by_label("Ask about the documents")
    expect(box).to_be_focused()
    box.fill("when must Sefton deliver its plan?")
    page.keyboard.press("Enter")
    expect(page.locator(".value")).to_have_text("End of May 2022")
    page.locator(".chip").click()
    expect(page.locator("mark")).to_contain_text("by the end of May 2022")
    assert page.get_by_role("dialog", name="Ask us").bounding_box() is not None
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()


def test_the_widget_fills_a_phone(page: Page, host: str, service: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(host)
    page.get_by_role("button", name="Ask the documents").click()
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}


def test_the_full_screen_holds_the_focus(page: Page, host: str, service: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(host)
    launcher = page.get_by_role("button", name="Ask the documents")
    launcher.click()
    expect(page.get_by_label("Ask about the documents")).to_be_focused()
    expect(page.locator(".suggestions button").first).to_be_visible()
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") in ("clausewise-chat", "body"), "not behind the panel"
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()


def test_beside_the_page_the_focus_goes_on(page: Page, host: str, service: str) -> None:
    page.goto(host)
    page.get_by_role("button", name="Ask the documents").click()
    page.get_by_role("link", name="More").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_no_style_leaks_in_or_out(page: Page, host: str, service: str) -> None:
    """The page hides every button and makes all text green and huge: nothing of that reaches the widget."""
    page.goto(host)
    launcher = page.locator(".launcher")
    expect(launcher).to_be_visible()
    assert launcher.evaluate("e => getComputedStyle(e).color") == "rgb(255, 255, 255)"
    assert page.locator("h1").first.evaluate("e => getComputedStyle(e).fontSize") == "40px"
    launcher.click()
    assert page.locator(".body").evaluate("e => getComputedStyle(e).color") == "rgb(16, 24, 40)"


def test_every_attribute_does_what_is_said_of_it(page: Page, host: str, service: str) -> None:
    given = {
        "title": "Ask the register",
        "greeting": "Good morning",
        "starters": "who signed the Halton notice?|when must Sefton deliver its plan?",
        "colour": "#ffdd00",
        "font": "monospace",
        "width": "500px",
        "corner": "left",
        "theme": "light",
        "lang": "en",
        "open": "",
    }
    page.goto(f"{host}/?{urlencode(given)}")
    panel = page.get_by_role("dialog", name="Ask the register")
    expect(panel).to_be_visible()
    expect(page.get_by_role("heading", name="Good morning")).to_be_visible()
    questions = page.locator(".suggestions button")
    assert questions.all_inner_texts() == given["starters"].split("|")
    box = panel.bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["x"])) == (500, 20)
    send = page.get_by_role("button", name="Ask", exact=True)
    style = send.evaluate("e => { const s = getComputedStyle(e); return [s.backgroundColor, s.fontFamily] }")
    assert style == ["rgb(255, 221, 0)", "monospace"]
    text = send.evaluate(
        """e => { const c = new OffscreenCanvas(1, 1).getContext("2d"); c.fillStyle = getComputedStyle(e).color;
                  c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data].slice(0, 3) }"""
    )
    assert text == [0, 0, 0], "dark words on a bright colour"
    assert page.locator("clausewise-chat").get_attribute("title") is None, "no tooltip over everything"
    questions.last.click()
    expect(page.locator(".value")).to_have_text("End of May 2022")


def test_the_widget_sits_in_the_page(page: Page, host: str, service: str) -> None:
    page.goto(f"{host}/?inline=&starters=")
    expect(page.get_by_role("heading", name="What do you want to know?")).to_be_visible()
    assert page.locator(".suggestions").count() == 0
    assert page.locator(".launcher").is_hidden()


def test_a_conversation_is_kept_on_reload_and_cleared(page: Page, host: str, service: str) -> None:
    page.goto(f"{host}/?open=")
    page.get_by_label("Ask about the documents").fill("when must Sefton deliver its plan?")
    page.keyboard.press("Enter")
    expect(page.locator(".value")).to_be_visible()
    page.reload()
    expect(page.locator(".value")).to_have_text("End of May 2022")
    page.get_by_role("button", name="New question").click()
    expect(page.locator(".reply")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="What do you want to know?")).to_be_visible()


def test_no_request_goes_anywhere_else(page: Page, host: str, service: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host)
    page.get_by_role("button", name="Ask the documents").click()
    expect(page.locator(".suggestions button").first).to_be_visible()
    assert all(url.startswith((host, service)) for url in asked)


def test_the_frame_is_for_allowed_hosts(page: Page, host: str, service: str) -> None:
    page.goto(f"{host}/frame")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Ask about the documents").fill("who signed the Halton notice?")
    frame.get_by_role("button", name="Ask", exact=True).click()
    expect(frame.locator(".value")).to_contain_text("Carolan Goggin")
    headers = page.request.get(f"{service}/embed").headers
    assert f"frame-ancestors {host}" in headers["content-security-policy"]
    assert "x-frame-options" not in headers
    assert "frame-ancestors 'none'" in page.request.get(service).headers["content-security-policy"]
