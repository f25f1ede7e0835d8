"""The widget on a page of another origin, under a strict policy of that page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_the_widget_on_a_page_of_another_origin(page: Page, host: str, service: str) -> None:
    page.goto(host)
    launcher = page.get_by_role("button", name="Ask the documents")
    expect(launcher).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    launcher.click()
    box = page.get_by_label("Ask about the documents")
    expect(box).to_be_focused()
    box.fill("when must Sefton deliver its plan?")
    page.keyboard.press("Enter")
    expect(page.locator(".value")).to_have_text("End of May 2022")
    page.locator(".chip").click()
    expect(page.locator("mark")).to_contain_text("by the end of May 2022")
    assert Axe().run(page).response["violations"] == []
    assert page.get_by_role("dialog", name="Ask us").bounding_box() is not None
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()


def test_the_widget_fills_a_phone(page: Page, host: str, service: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(host)
    page.get_by_role("button", name="Ask the documents").click()
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}


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
