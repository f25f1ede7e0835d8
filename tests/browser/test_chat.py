"""The chat page as a person uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTION = "when must Sefton deliver its plan?"


def ask(page: Page, question: str) -> None:
    page.get_by_label("Ask about the documents").fill(question)
    page.keyboard.press("Enter")


def answer(page: Page, number: int = 0) -> None:
    expect(page.locator(".reply").nth(number)).to_be_visible()


def test_a_question_its_answer_and_its_clause(page: Page, service: str) -> None:
    """The page opens, a question is asked, the citation clicked, the clause highlighted."""
    page.goto(service)
    ask(page, QUESTION)
    expect(page.locator(".value")).to_have_text("End of May 2022")
    expect(page.locator(".status")).to_have_text("Found in the documents")
    chip = page.locator(".chip")
    expect(chip).to_contain_text("Clause 11")
    expect(chip).to_contain_text("7 June 2021")
    chip.click()
    reader = page.get_by_role("complementary")
    expect(reader.get_by_role("heading", level=2)).to_have_text("Clause 11")
    marked = reader.locator("mark")
    expect(marked).to_contain_text("by the end of May 2022")
    expect(marked).to_be_in_viewport()

    with page.context.expect_page() as opened:
        reader.get_by_role("link", name="Open the whole document").click()
    document = opened.value
    expect(document.locator("#clause-11 mark")).to_contain_text("by the end of May 2022")
    expect(document.locator("#clause-11 mark")).to_be_in_viewport()
    assert document.url.endswith("#clause-11")


def test_the_whole_way_by_keyboard(page: Page, service: str) -> None:
    page.goto(service)
    expect(page.get_by_label("Ask about the documents")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.querySelector('clausewise-chat').shadowRoot.activeElement?.id") == "question":
            break
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answer(page)
    page.keyboard.press("Shift+Tab")
    for _ in range(12):
        focused = page.evaluate("document.querySelector('clausewise-chat').shadowRoot.activeElement?.className")
        if focused == "chip":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").locator("mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("aside")).to_be_hidden()
    assert page.evaluate("document.querySelector('clausewise-chat').shadowRoot.activeElement.className") == "chip"


def test_a_follow_up_and_a_reload_keep_the_conversation(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, QUESTION)
    answer(page)
    ask(page, "and who signed it?")
    answer(page, 1)
    expect(page.locator(".value").nth(1)).to_contain_text("Goggin")
    page.reload()
    expect(page.locator(".reply")).to_have_count(2)
    page.get_by_role("button", name="New question").click()
    expect(page.locator(".reply")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="What do you want to know?")).to_be_visible()


def test_a_starter_question_is_asked_with_a_click(page: Page, service: str) -> None:
    page.goto(service)
    page.locator(".suggestions button").first.click()
    answer(page)
    expect(page.locator(".status").first).to_have_text("Found in the documents")


def test_an_abstention_is_said_plainly(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, "what is the phone number of Sefton council?")
    expect(page.locator(".status")).to_have_text("Not found in the documents")
    expect(page.locator(".value")).to_have_count(0)


def test_a_suggestion_after_an_abstention_is_asked_with_a_click(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, "what is the phone number of Sefton council?")
    answer(page)
    suggestion = page.locator(".not_found .suggestions button").first
    words = suggestion.inner_text()
    suggestion.click()
    answer(page, 1)
    expect(page.locator(".question").last).to_contain_text(words)
    expect(page.locator(".status").last).to_have_text("Found in the documents")


def test_answers_that_differ_stand_side_by_side(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, "compare the deadlines of Halton and Sefton")
    answer(page)
    sides = page.locator(".side")
    expect(sides).to_have_count(2)
    first, second = (side.bounding_box() for side in sides.all())
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    for side, month in zip(sides.all(), ("November 2022", "May 2022"), strict=True):
        expect(side).to_contain_text(month)
        expect(side.locator(".chip")).to_have_count(1)


def test_an_answer_can_be_stopped_and_asked_again(page: Page, service: str) -> None:
    page.goto(service)
    page.route("**/api/ask", lambda route: None)
    ask(page, QUESTION)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped. You can ask again.").first).to_be_visible()
    page.unroute("**/api/ask")
    ask(page, QUESTION)
    expect(page.locator(".value")).to_have_text("End of May 2022")


def test_a_document_prints_as_a_document(page: Page, service: str) -> None:
    page.goto(f"{service}/documents/sefton-improvement-notice-2021-06-07")
    page.emulate_media(media="print")
    for hidden in (".bar", "nav", ".permalink"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_the_contents_lead_to_the_clauses(page: Page, service: str) -> None:
    page.goto(f"{service}/documents/sefton-improvement-notice-2021-06-07")
    entry = page.locator("nav a").nth(1)
    entry.click()
    target = page.locator(f"[id='{str(entry.get_attribute('href'))[1:]}']")
    expect(target).to_be_in_viewport()


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Type a question first."), ("?!", "Ask in words"), ("a" * 1003, "3 characters too long")]
)
def test_what_is_no_question_is_told_at_the_field(page: Page, service: str, typed: str, told: str) -> None:
    page.goto(service)
    box = page.get_by_label("Ask about the documents")
    box.fill(typed)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".wrong")).to_contain_text(told)
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_be_focused()


def test_a_service_that_is_gone_is_told_and_tried_again(page: Page, service: str) -> None:
    page.goto(service)
    expect(page.get_by_label("Ask about the documents")).to_be_visible()
    page.route("**/api/ask", lambda route: route.abort())
    ask(page, QUESTION)
    expect(page.locator(".trouble")).to_contain_text("cannot be reached")
    page.unroute("**/api/ask")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".value")).to_have_text("End of May 2022")


def test_feedback_and_copy(page: Page, service: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(service)
    ask(page, QUESTION)
    answer(page)
    page.get_by_role("button", name="Copy answer").click()
    expect(page.locator(".note")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"\[1\] .*7 June 2021.*Clause 11", copied)
    with page.expect_response("**/api/feedback") as sent:
        page.get_by_role("button", name="This did not help").click()
    assert sent.value.status == 204
    page.get_by_label("What was wrong or missing?").fill("nothing, thank you")
    with page.expect_response("**/api/feedback") as sent:
        page.get_by_role("button", name="Send").click()
    assert sent.value.status == 204
