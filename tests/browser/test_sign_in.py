"""Signing in to the pages in a real browser: with a key, and with an identity provider over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from api.app import create_app
from api.auth import Gate
from api.commands.opening import answerer
from api.keys import KeyStore
from api.oidc import Provider
from api.parts import Options
from api.tokens import Signer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.settings import OidcSettings
from ingest.sync import sync
from tests.browser.conftest import Host
from tests.issuer import CLIENT, Issuer, issuing
from tests.serving import running

pytestmark = pytest.mark.browser

SEFTON = "sefton-improvement-notice-2021-06-07"
PAGE = f"/documents/{SEFTON}?start=100&end=160"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, seeds: Path, tiny_encoder: Encoder) -> Iterator[Library]:
    """The seeds; the Sefton notice is for the staff alone."""
    folder = tmp_path_factory.mktemp("signed-in")
    (folder / "corpus").mkdir()
    for file in seeds.glob("*.txt"):
        (folder / "corpus" / file.name).write_bytes(file.read_bytes())
    (folder / "corpus" / f"{SEFTON}.txt.meta.toml").write_text('audience = ["staff"]\n')
    with Library.open(folder / "data", tiny_encoder) as library:
        sync(folder / "corpus", library)
        yield library


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        issuer.users["sam"] = []
        yield issuer


@pytest.fixture
def guarded(library: Library, issuer: Issuer, tmp_path: Path) -> Iterator[str]:
    settings = OidcSettings(issuer=issuer.url, audience="clausewise", client_id=CLIENT)
    gate = Gate(None, None, Signer.of(tmp_path), Provider(settings))
    with running(create_app(library, answerer(), gate=gate)) as url:
        yield url


def sign_in(page: Page, user: str) -> None:
    expect(page.get_by_role("heading", name="Example ID")).to_be_visible()
    page.get_by_label("Name").fill(user)
    page.get_by_role("button", name="Continue").click()


def ask(page: Page, question: str) -> None:
    page.get_by_label("Ask about the documents").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".reply").last).to_be_visible()


def test_with_an_identity_provider(page: Page, guarded: str, issuer: Issuer) -> None:
    page.goto(guarded + PAGE)
    sign_in(page, "alex")
    expect(page.locator("#marked")).to_be_visible()
    assert page.url == guarded + PAGE, "back at the page that was asked for"
    cookies = {str(cookie.get("name")): cookie for cookie in page.context.cookies(guarded)}
    assert set(cookies) == {"clausewise"}, "what was begun is done with"
    assert (cookies["clausewise"]["httpOnly"], cookies["clausewise"]["sameSite"]) == (True, "Lax")
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("link", name="Clausewise").click()
    ask(page, "when must Sefton deliver its plan?")
    expect(page.locator(".value")).to_have_text("End of May 2022")
    with page.context.expect_page() as opened:
        page.locator(".chip").click()
        page.get_by_role("link", name="Open the whole document").click()
    expect(opened.value.locator("#marked")).to_be_visible()
    assert issuer.refused == []

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert page.context.cookies(guarded) == []
    page.get_by_role("link", name="Sign in again").click()
    sign_in(page, "sam")
    ask(page, "when must Sefton deliver its plan?")
    expect(page.locator(".status").last).to_have_text("Not found in the documents")
    page.goto(guarded + PAGE)
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()


def test_a_page_of_another_site_cannot_ask_for_who_is_signed_in(page: Page, guarded: str, host: str) -> None:
    page.goto(guarded)
    sign_in(page, "alex")
    expect(page.get_by_label("Ask about the documents")).to_be_visible()
    page.goto(f"{host}/bare")
    outcome = page.evaluate(
        """async (url) => {
            const out = [];
            const send = (path, options) => fetch(url + path, options).then((r) => r.text(), () => "blocked");
            for (const credentials of ["include", "omit"])
                for (const type of ["application/json", "text/plain"]) {
                    const body = '{"question": "when?"}';
                    const headers = {"Content-Type": type};
                    out.push(await send("/api/ask", {method: "POST", credentials, headers, body}));
                }
            out.push(await send("/api/documents", {credentials: "include"}));
            return out;
        }""",
        guarded,
    )
    assert outcome == ["blocked"] * 5


def test_with_a_key(page: Page, library: Library, tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    _, words = store.create("team", scopes=["ask"], groups=["staff"], days=None)
    app = create_app(library, answerer(), gate=Gate(None, store, Signer.of(tmp_path)), options=Options())
    with running(app) as url:
        page.goto(url + PAGE)
        assert Axe().run(page).response["violations"] == []
        page.get_by_label("Your key").fill("cw_wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("That key is not valid.")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.get_by_label("Your key").fill(words)
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("#marked")).to_be_visible()
        assert page.url == url + PAGE


def test_a_widget_with_a_token_of_its_host(
    page: Page, library: Library, tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host's server has the key; its page has a token of minutes, and gets another when that has ended."""
    store, signer = KeyStore(tmp_path), Signer.of(tmp_path)
    key, _ = store.create("intranet", scopes=["ask"], groups=["staff"], days=None)
    app = create_app(library, answerer(), gate=Gate(None, store, signer), options=Options(origins=(host,)))
    with running(app) as url:
        tokens = [
            signer.sign("widget", "alex", seconds=seconds, groups=["staff"], scopes=["ask"], origin=host, key=key.id)
            for seconds in (-1, 60)
        ]
        monkeypatch.setattr(Host, "service", url)
        monkeypatch.setattr(Host, "policy", f"script-src {url}; connect-src {url}")
        page.add_init_script(
            f"""addEventListener("DOMContentLoaded", () => {{
                window.fresh = [];
                const tokens = {tokens!r};
                document.querySelector("clausewise-chat").token = (fresh) => {{
                    window.fresh.push(fresh);
                    return tokens[fresh ? 1 : 0];
                }};
            }})"""
        )
        page.goto(f"{host}/?open=")
        ask(page, "when must Sefton deliver its plan?")
        expect(page.locator(".value")).to_have_text("End of May 2022")
        assert True in page.evaluate("window.fresh")
