from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from ingest.errors import SettingsError
from ingest.limits import Limits
from ingest.settings import describe_settings, load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    settings = load_settings()
    assert (settings.data, settings.corpus, settings.host, settings.port) == (
        Path("var"),
        Path("corpus"),
        "127.0.0.1",
        8000,
    )


def test_flags_win_over_variables_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("clausewise.toml").write_text('data = "file"\ncorpus = "file"\nport = 1\n[limits]\npages = 7\n')
    monkeypatch.setenv("CLAUSEWISE_CORPUS", "variable")
    monkeypatch.setenv("CLAUSEWISE_PORT", "2")
    settings = load_settings(None, {"port": 3, "data": None})
    assert (settings.data, settings.corpus, settings.port) == (Path("file"), Path("variable"), 3)
    assert settings.limits.pages == 7


def test_a_named_file_is_read_and_a_missing_one_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.toml"
    other.write_text("port = 9")
    assert load_settings(other).port == 9
    monkeypatch.setenv("CLAUSEWISE_CONFIG", str(other))
    assert load_settings().port == 9
    with pytest.raises(SettingsError, match=r"nowhere\.toml: there is no such settings file"):
        load_settings(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", r"clausewise\.toml: prot: there is no such setting; did you mean `port`\?"),
        ("port = ", r"clausewise\.toml: is not valid TOML"),
        ("port = 'x'", r"clausewise\.toml: port: input should be a valid integer.*'x'"),
        ("[limits]\npages = 0", r"limits\.pages: input should be greater"),
        ("[limits]\npgaes = 3", r"limits\.pgaes"),
        ("chroma_url = 'localhost'", r"chroma_url: must begin with http"),
    ],
)
def test_a_wrong_file_is_told_with_its_setting(text: str, message: str) -> None:
    Path("clausewise.toml").write_text(text)
    with pytest.raises(SettingsError, match=message):
        load_settings()


def test_wrong_variables_and_flags_are_named_as_they_were_written(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"^--port: "):
        load_settings(None, {"port": 70_000})
    monkeypatch.setenv("CLAUSEWISE_LIMITS__PAGES", "many")
    with pytest.raises(SettingsError, match=r"^CLAUSEWISE_LIMITS__PAGES: "):
        load_settings()


def test_an_address_with_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEWISE_CHROMA_URL", "ftp://user:hunter2@host")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_an_unknown_variable_is_warned_of(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("CLAUSEWISE_PROT", "1")
    load_settings()
    assert "did you mean `port`" in caplog.text


def test_limits_are_the_readers() -> None:
    assert load_settings().limits.of_one_file() == Limits()
    assert {field.name for field in fields(Limits)} <= {
        name.removeprefix("limits.") for name, _, _ in describe_settings()
    }


def test_every_setting_has_a_meaning() -> None:
    assert all(meaning for _, _, meaning in describe_settings())
