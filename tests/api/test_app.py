"""Health, headers, static files and the errors of the framework."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.commands.opening import answerer
from api.static_files import static_files
from ingest.library import Library


def test_the_process_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def wait_for(client: TestClient, path: str, status: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if client.get(path).status_code == status:
            return True
        time.sleep(0.01)
    return False


def test_not_ready_while_the_library_opens(library: Library) -> None:
    go = threading.Event()

    def opening() -> Library:
        go.wait(10)
        return library

    with TestClient(create_app(opening, answerer())) as client:
        assert client.get("/healthz").status_code == 200
        for response in (client.get("/readyz"), client.post("/api/ask", json={"question": "when?"})):
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert int(response.headers["retry-after"]) > 0
        assert "clausewise_ready 0.0" in client.get("/metrics").text
        go.set()
        assert wait_for(client, "/readyz", 200)


def test_a_library_that_cannot_be_opened_is_told_in_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    def opening() -> Library:
        raise OSError("/srv/secret is gone")

    with TestClient(create_app(opening, answerer())) as client:
        deadline = time.monotonic() + 10
        while "secret" not in caplog.text and time.monotonic() < deadline:
            time.sleep(0.01)
        response = client.get("/readyz")
        assert response.status_code == 503
        assert "secret" not in response.text
        assert "administrator" in response.json()["detail"]


def test_metrics_count_questions_and_say_nothing_of_them(client: TestClient) -> None:
    client.post("/api/ask", json={"question": "when must Sefton deliver its plan?"})
    text = client.get("/metrics").text
    assert 'clausewise_questions_total{status="answered"} 1.0' in text
    assert "clausewise_documents 5.0" in text
    assert 'route="/api/ask",status="200"' in text
    assert "Sefton" not in text


def test_metrics_tell_of_abstentions_stages_and_the_age_of_the_index(client: TestClient) -> None:
    client.post("/api/ask", json={"question": "what is the phone number of Sefton council?"})
    text = client.get("/metrics").text
    assert 'clausewise_questions_total{status="not_found"} 1.0' in text
    assert "clausewise_abstentions_total 1.0" in text
    for stage in ("waiting", "understanding", "searching", "composing", "verifying", "keeping"):
        assert f'clausewise_stage_seconds_count{{stage="{stage}"}} 1.0' in text
    age = re.search(r"(?m)^clausewise_index_age_seconds (\S+)", text)
    assert age is not None
    assert 0 <= float(age[1]) < 600


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/none", 404), ("PUT", "/api/ask", 405), ("POST", "/healthz", 405), ("GET", "/static/../app.py", 404)],
)
def test_the_frameworks_errors_are_problems(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_405_says_what_is_allowed(client: TestClient) -> None:
    assert client.get("/api/ask").headers["allow"] == "POST"


PATHS = ["/", "/documents/sefton-improvement-notice-2021-06-07", "/api/documents", "/none", "/widget.js", "/healthz"]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-request-id"]


def test_a_page_needs_no_inline_script_or_style(client: TestClient) -> None:
    for path in PATHS[:2]:
        page = client.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert all("src=" in tag for tag in page.split("<script")[1:])
        assert "http://" not in page
        assert "https://" not in page


def test_a_request_id_is_kept_when_it_is_harmless(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "abcd-1234"}).headers["x-request-id"] == "abcd-1234"
    assert client.get("/healthz", headers={"X-Request-Id": "a b"}).headers["x-request-id"] != "a b"


def test_static_files_are_cached_by_their_content(client: TestClient) -> None:
    first = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["access-control-allow-origin"] == "*"
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_widget_is_small() -> None:
    """What an embedding page loads: the widget and the modules, strings and styles it asks for."""
    of_the_widget = [name for name in static_files() if name.endswith((".js", ".json"))]
    assert "widget.js" in of_the_widget
    assert sum(len(static_files()[name].body) for name in of_the_widget) < 40_000


@pytest.fixture
def fresh(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library, answerer())) as client:
        yield client


def test_a_service_is_not_an_ingest_for_everyone(fresh: TestClient) -> None:
    response = fresh.post("/api/ingest", json={"corpus": "/etc"})
    assert response.status_code == 403
